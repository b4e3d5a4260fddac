// Change points: how often they are found where there are none, and how well where people would mark them.
//   node bench/trend/changes.mjs [--series 1000] [--seeds 10] [--write]
import { parseArgs } from 'node:util';
import { findChanges } from '../../dist/analysis/series/changes.js';
import { report, round } from '../support/report.mjs';
import { autoregressive, normalOf, randomOf } from './random.mjs';
import { covering, f1Score } from './scores.mjs';
import { seriesSet } from './series-set.mjs';

const { values } = parseArgs({
  options: {
    series: { type: 'string', default: '1000' },
    seeds: { type: 'string', default: '10' },
    write: { type: 'boolean' },
  },
});

const LENGTHS = [60, 156, 520];
const wave = (i, period) => 2 * Math.sin((2 * Math.PI * i) / period);
const noise = (normal, length, at = () => 0) => Float64Array.from({ length }, (_, i) => at(i) + normal());
/** Series in which nothing happens: name, season, largest share with a change that is allowed, and what makes them. */
const NULLS = [
  ['white noise', null, 0.05, (normal, length) => noise(normal, length)],
  ['linear trend', null, 0.05, (normal, length) => noise(normal, length, (i) => 0.1 * i)],
  ['season of 52 weeks', 52, 0.05, (normal, length) => noise(normal, length, (i) => wave(i, 52))],
  ['season of 52 weeks and trend', 52, 0.05, (normal, length) => noise(normal, length, (i) => wave(i, 52) + 0.02 * i)],
  ['season of 12 months', 12, 0.05, (normal, length) => noise(normal, length, (i) => wave(i, 12))],
  [
    'season of 12 months, any shape',
    12,
    0.05,
    (normal, length) => {
      const months = Array.from({ length: 12 }, () => 2 * normal());
      return noise(normal, length, (i) => months[i % 12]);
    },
  ],
  ['AR(1) of 0.5', null, 0.1, (normal, length) => Float64Array.from(autoregressive(normal, length, 0.5))],
  ['AR(1) of 0.5, weekly', 52, 0.1, (normal, length) => Float64Array.from(autoregressive(normal, length, 0.5))],
];

function falseAlarms(season, make, length, count) {
  let alarms = 0;
  for (let k = 0; k < count; k += 1) {
    const series = make(normalOf(randomOf(k * 7919 + length)), length);
    if (findChanges(series, { season }).length > 0) alarms += 1;
  }
  return alarms / count;
}

/** Mean scores over all series and seeds; `find` gives the indices. */
function scoreSet(seeds, find) {
  const sums = { f1: 0, covering: 0, count: 0 };
  for (let seed = 1; seed <= seeds; seed += 1) {
    for (const { season, values: series, marks } of seriesSet(seed)) {
      const found = find(series, season);
      sums.f1 += f1Score(marks, found);
      sums.covering += covering(marks, found, series.length);
      sums.count += 1;
    }
  }
  return { f1: round(sums.f1 / sums.count, 3), covering: round(sums.covering / sums.count, 3) };
}

const count = Number(values.series);
const seeds = Number(values.seeds);
const figures = { falseAlarms: {} };
const rows = NULLS.map(([name, season, allowed, make]) => {
  const shares = LENGTHS.map((length) => falseAlarms(season, make, length, count));
  figures.falseAlarms[name] = shares.map((share) => round(share, 4));
  return `| ${name} | ${shares.map((share) => `${(100 * share).toFixed(1)} %`).join(' | ')} | ${100 * allowed} % |`;
});

const lasting = (series, season) =>
  findChanges(series, { season })
    .filter(({ kind }) => kind !== 'spike')
    .map(({ index }) => index);
figures.found = scoreSet(seeds, lasting);
figures.none = scoreSet(seeds, () => []);

const weekly = Array.from({ length: 500 }, (_, k) => {
  const normal = normalOf(randomOf(k));
  return noise(normal, 156, (i) => wave(i, 52) + (k % 2 === 1 && i >= 80 ? 3 : 0));
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
    `| \`findChanges\` | ${figures.found.f1} | ${figures.found.covering} |`,
    `| no change at all | ${figures.none.f1} | ${figures.none.covering} |`,
    '',
    `A series of 156 weeks with a season takes ${figures.milliseconds} ms of one core.`,
  ].join('\n'),
);
