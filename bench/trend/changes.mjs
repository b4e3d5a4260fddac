// Change points: how often they are found where there are none, and how well where people would mark them.
//   node bench/trend/changes.mjs [--series 300] [--seeds 4] [--write]
import { parseArgs } from 'node:util';
import { findChanges } from '../../dist/analysis/series/changes.js';
import { report, round } from '../support/report.mjs';
import { noiseOf } from './noises.mjs';
import { NULLS } from './nulls.mjs';
import { normalOf, randomOf } from './random.mjs';
import { covering, f1Score } from './scores.mjs';
import { seriesSet } from './series-set.mjs';
import { range } from './shapes.mjs';

const { values } = parseArgs({
  options: {
    series: { type: 'string', default: '300' },
    seeds: { type: 'string', default: '4' },
    write: { type: 'boolean' },
  },
});

const LENGTHS = [60, 156, 520];
const wave = (i, period) => 2 * Math.sin((2 * Math.PI * i) / period);
function falseAlarms(season, make, length, count) {
  let alarms = 0;
  for (let k = 0; k < count; k += 1) {
    const random = randomOf(k * 7919 + length);
    const series = make(normalOf(random), random, length);
    if (findChanges(series, { season }).length > 0) alarms += 1;
  }
  return alarms / count;
}

/** The set as it is, and in other weather: name, shape of the noise, its size, share of values that are missing. */
const VARIANTS = [
  ['as it is', 'normal', 1, 0],
  ['noise of Student t3', 't3', 1, 0],
  ['noise of Laplace', 'laplace', 1, 0],
  ['exponential noise', 'skewed', 1, 0],
  ['half of the noise', 'normal', 0.5, 0],
  ['1.6 times the noise', 'normal', 1.6, 0],
  ['a tenth missing', 'normal', 1, 0.1],
];

/** Mean scores over all series and seeds, and those of each kind; `find` gives the indices. */
function scoreSet(seeds, find, [, shape, size, missing] = VARIANTS[0], kinds = new Map()) {
  const sums = { f1: 0, covering: 0, count: 0 };
  for (let seed = 1; seed <= seeds; seed += 1) {
    const noise = (normal, random) => {
      const one = noiseOf(shape, normal, random);
      return () => size * one();
    };
    for (const { name, season, values: series, marks } of seriesSet(seed, noise)) {
      const gap = randomOf(seed * 31 + sums.count);
      const found = find(
        series.map((value) => (gap() < missing ? Number.NaN : value)),
        season,
      );
      const f1 = f1Score(marks, found);
      sums.f1 += f1;
      sums.covering += covering(marks, found, series.length);
      sums.count += 1;
      kinds.set(name, [...(kinds.get(name) ?? []), f1]);
    }
  }
  return { f1: round(sums.f1 / sums.count, 3), covering: round(sums.covering / sums.count, 3) };
}

const count = Number(values.series);
const seeds = Number(values.seeds);
const figures = { falseAlarms: {} };
const rows = NULLS.map(({ name, season, allowed, make }) => {
  const shares = LENGTHS.map((length) => falseAlarms(season, make, length, count));
  figures.falseAlarms[name] = shares.map((share) => round(share, 4));
  return `| ${name} | ${shares.map((share) => `${(100 * share).toFixed(1)} %`).join(' | ')} | ${allowed === null ? '' : `${100 * allowed} %`} |`;
});

const lasting = (series, season) =>
  findChanges(series, { season })
    .filter(({ kind }) => kind !== 'spike')
    .map(({ index }) => index);
const kinds = new Map();
figures.found = Object.fromEntries(VARIANTS.map((variant) => [variant[0], scoreSet(seeds, lasting, variant, kinds)]));
const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
const worst = [...kinds]
  .map(([name, scores]) => [name, mean(scores)])
  .sort((one, other) => one[1] - other[1])
  .slice(0, 8);
figures.none = scoreSet(seeds, () => []);

const weekly = Array.from({ length: 500 }, (_, k) => {
  const normal = normalOf(randomOf(k));
  return range(156, (i) => wave(i, 52) + (k % 2 === 1 && i >= 80 ? 3 : 0) + normal());
});
const start = process.cpuUsage();
for (const series of weekly) findChanges(series, { season: 52 });
const used = process.cpuUsage(start);
figures.milliseconds = round((used.user + used.system) / 1000 / weekly.length, 1);

report(
  'trend-changes',
  figures,
  [
    `Share of ${count} simulated series in which nothing happens with any finding, by length:`,
    '',
    `| series | ${LENGTHS.map((length) => `n = ${length}`).join(' | ')} | allowed |`,
    `|---|${LENGTHS.map(() => '---|').join('')}---|`,
    ...rows,
    '',
    `Own set of ${seriesSet(1).length} kinds of series with the marks of five people, ${seeds} seeds (\`bench/trend/series-set.mjs\`), scored as van den Burg and Williams 2020 do (margin 5):`,
    '',
    '| | F1 | covering |',
    '|---|---|---|',
    ...Object.entries(figures.found).map(([name, score]) => `| ${name} | ${score.f1} | ${score.covering} |`),
    `| no change at all | ${figures.none.f1} | ${figures.none.covering} |`,
    '',
    `Worst kinds (F1 over all rows): ${worst.map(([name, f1]) => `${name} ${f1.toFixed(2)}`).join(', ')}.`,
    '',
    `A series of 156 weeks with a season takes ${figures.milliseconds} ms of one core.`,
  ].join('\n'),
);
