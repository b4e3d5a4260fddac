// Simulated series with known effects and futures: are intervals right, is nothing found where nothing is, do forecasts beat the naive one?
//   node bench/trend/effects.mjs [--runs N] [--write]
import { estimateEffect } from '../../dist/analysis/series/effect.js';
import { expectedLifts, forecast } from '../../dist/analysis/series/forecast.js';
import { randomSource } from '../../dist/analysis/series/random.js';
import { makeWorld } from '../../scripts/sales-world.mjs';
import { report } from '../support/report.mjs';

const flag = process.argv.indexOf('--runs');
const most = flag < 0 ? 500 : Number(process.argv[flag + 1]);
const range = (length, make) => Array.from({ length }, (_, t) => make(t));

function seriesOf(values, frequency = 'index', name = null) {
  return {
    key: name === null ? {} : { name },
    frequency,
    dates: range(values.length, String),
    values: Float64Array.from(values),
  };
}

/** As in the vignette of CausalImpact: the control wanders, the treated series follows it; +10 in the last 30 of 100. */
function vignette(random, { effect, hasControl }) {
  let walk = 0;
  const control = range(100, () => {
    walk = 0.999 * walk + random.normal();
    return 100 + walk;
  });
  const treated = control.map((x, t) => 1.2 * x + random.normal() + (t >= 70 ? effect : 0));
  return { treated: seriesOf(treated), controls: hasControl ? [seriesOf(control, 'index', 'x1')] : [], at: 70, effect };
}

/** A level that wanders (or not), a yearly season and noise; 10 years by month before, 2 after. */
function seasonal(random, { effect, wander }) {
  let level = 100;
  const values = range(144, (t) => {
    level += wander * random.normal();
    const season = 8 * Math.sin((2 * Math.PI * t) / 12) + 4 * Math.cos((2 * Math.PI * t) / 6 + 1);
    return level + season + random.normal() + (t >= 120 ? effect : 0);
  });
  return { treated: seriesOf(values, 'month'), controls: [], at: 120, effect };
}

/** Errors that are alike from period to period, no season, no control. */
function alike(random, { effect }) {
  let error = 0;
  const values = range(100, (t) => {
    error = 0.5 * error + 3 * random.normal();
    return 50 + error + (t >= 80 ? effect : 0);
  });
  return { treated: seriesOf(values), controls: [], at: 80, effect };
}

/** Series that move with two common walks, each with errors (of unlike size) of its own, some with a week's rhythm. */
function panel(random, { count, length, at, effect, noise, unlike, rhythm, wander, treatedCount }) {
  const walks = range(2, () => {
    let walk = 0;
    return range(length, () => {
      walk += wander * random.normal();
      return walk;
    });
  });
  const unit = () => {
    const loads = walks.map(() => 0.5 + random.uniform());
    const [base, amplitude] = [100 + 10 * random.normal(), rhythm * (1 + 0.3 * random.normal())];
    const deviation = noise * Math.exp(unlike * random.normal());
    let error = 0;
    return range(length, (t) => {
      error = 0.5 * error + deviation * Math.sqrt(0.75) * random.normal();
      const common = loads.reduce((sum, load, i) => sum + load * walks[i][t], base);
      return common + error + amplitude * Math.sin((2 * Math.PI * t) / 7);
    });
  };
  const units = range(treatedCount, unit);
  const treated = range(
    length,
    (t) => units.reduce((sum, one) => sum + one[t], 0) / treatedCount + (t >= at ? effect : 0),
  );
  const frequency = rhythm > 0 ? 'day' : 'year';
  const controls = range(count, (k) => seriesOf(unit(), frequency, `s${k}`));
  return { treated: seriesOf(treated, frequency), controls, at, effect };
}

const STATES = { count: 38, length: 31, at: 19, noise: 2, unlike: 0.3, rhythm: 0, wander: 1, treatedCount: 1 };
const MARKETS = { count: 38, length: 105, at: 90, noise: 3, unlike: 0.3, rhythm: 8, wander: 0.3, treatedCount: 2 };

const SCENARIOS = [
  ['+10 as in the vignette, one control', vignette, { effect: 10, hasControl: true }, 1],
  ['the same without the control', vignette, { effect: 10, hasControl: false }, 1],
  ['month, season, fixed level, +10', seasonal, { effect: 10, wander: 0 }, 0.3],
  ['month, season, wandering level, +10', seasonal, { effect: 10, wander: 0.5 }, 0.3],
  ['errors alike from period to period, none', alike, { effect: 0 }, 1],
  ['one control, none', vignette, { effect: 0, hasControl: true }, 1],
  ['38 states, 31 years, -15', panel, { ...STATES, effect: -15 }, 0.1],
  ['38 states, 31 years, none', panel, { ...STATES, effect: 0 }, 0.1],
  ['40 markets, 105 days, two treated, +5', panel, { ...MARKETS, effect: 5 }, 0.04],
  ['40 markets, 105 days, two treated, none', panel, { ...MARKETS, effect: 0 }, 0.04],
];

function score([name, make, settings, share]) {
  const runs = Math.max(5, Math.round(most * share));
  let [within, found, error, width] = [0, 0, 0, 0];
  for (let run = 0; run < runs; run += 1) {
    const { treated, controls, at, effect } = make(randomSource(run * 7919 + 13), settings);
    const result = estimateEffect(treated, controls, at);
    if (result.lower <= effect && effect <= result.upper) within += 1;
    if (result.verdict === 'effect') found += 1;
    error += (result.absolute - effect) / runs;
    width += (result.upper - result.lower) / 2 / runs;
  }
  return {
    name,
    effect: settings.effect,
    runs,
    coverage: within / runs,
    found: found / runs,
    bias: error,
    halfWidth: width,
  };
}

/** The last eight weeks of series in which nothing happens but campaigns, told to the forecast as its plan. */
function scoreForecasts(worlds) {
  let [error, naive, within, count] = [0, 0, 0, 0];
  for (let seed = 1; seed <= worlds; seed += 1) {
    const { series, columns } = makeWorld('nothing', seed);
    const cut = series[0].values.length - 8;
    const past = series.map((one, i) => ({
      series: { ...one, dates: one.dates.slice(0, cut), values: one.values.slice(0, cut) },
      columns: Object.fromEntries(Object.entries(columns[i]).map(([name, values]) => [name, values.slice(0, cut)])),
    }));
    const expected = expectedLifts(past);
    series.forEach(({ values }, i) => {
      const plan = Object.fromEntries(Object.entries(columns[i]).map(([name, all]) => [name, all.slice(cut)]));
      const { mean, lower, upper } = forecast(past[i].series, { periods: 8, history: past[i].columns, plan, expected });
      values.slice(cut).forEach((value, h) => {
        count += 1;
        error += Math.abs(mean[h] - value) / value;
        naive += Math.abs(values[cut + h - 52] - value) / value;
        if (lower[h] <= value && value <= upper[h]) within += 1;
      });
    });
  }
  return { worlds, error: error / count, naive: naive / count, coverage: within / count };
}

const results = SCENARIOS.map(score);
const forecasts = scoreForecasts(Math.max(1, Math.round(most / 60)));
const percent = (value) => `${(100 * value).toFixed(1)} %`;
const rows = results.map(
  ({ name, runs, coverage, found, bias, halfWidth }) =>
    `| ${name} | ${runs} | ${percent(coverage)} | ${percent(found)} | ${bias.toFixed(2)} | ${halfWidth.toFixed(2)} |`,
);
report(
  'trend-effects',
  { effects: results, forecasts },
  `| simulation | runs | 95 % interval holds the truth | verdict \`effect\` | bias | half width |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n\n` +
    `Forecasts of eight weeks for ${forecasts.worlds * 16} series of simulated sales with campaigns: mean error ${percent(forecasts.error)}, ` +
    `naive seasonal ${percent(forecasts.naive)}; ${percent(forecasts.coverage)} within the 95 % interval.`,
);
