// Scores of effects that are known: coverage of intervals, how often an effect is told, bias and width.
import { estimateEffect } from '../../dist/analysis/series/effect.js';
import { randomSource } from '../../scripts/random.mjs';

export function seriesOf(values, frequency = 'index', name = null) {
  return {
    key: name === null ? {} : { name },
    frequency,
    dates: Array.from(values, (_, t) => String(t)),
    values: Float64Array.from(values),
  };
}

/** @param scenario name, what makes { treated, controls, at, effect } of a random source and settings, settings, share of runs */
export function score([name, make, settings, share], most) {
  const runs = Math.max(5, Math.round(most * share));
  let [within, found, error, width] = [0, 0, 0, 0];
  for (let run = 0; run < runs; run += 1) {
    const { treated, controls, at, effect } = make(randomSource(run * 7919 + 13), settings);
    const result = estimateEffect(treated, controls, at);
    const unit = settings.isShare ? result.absolute / result.relative / 100 : 1;
    if (result.lower <= effect && effect <= result.upper) within += 1;
    if (result.verdict === 'effect') found += 1;
    error += (result.absolute - effect) / unit / runs;
    width += (result.upper - result.lower) / 2 / unit / runs;
  }
  return { name, runs, coverage: within / runs, found: found / runs, bias: error, halfWidth: width };
}

const percent = (value) => `${(100 * value).toFixed(1)} %`;

export function table(results) {
  const rows = results.map(
    ({ name, runs, coverage, found, bias, halfWidth }) =>
      `| ${name} | ${runs} | ${percent(coverage)} | ${percent(found)} | ${bias.toFixed(2)} | ${halfWidth.toFixed(2)} |`,
  );
  return `| simulation | runs | 95 % interval holds the truth | verdict \`effect\` | bias | half width |\n|---|---|---|---|---|---|\n${rows.join('\n')}`;
}
