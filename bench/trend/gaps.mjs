// Gaps: what becomes of the changes of a series where one period, or a tenth of all, is missing.
//   node bench/trend/gaps.mjs [--seeds 20] [--write]
import { parseArgs } from 'node:util';
import { findChanges } from '../../dist/analysis/series/changes.js';
import { report, round } from '../support/report.mjs';
import { normalOf, randomOf } from './random.mjs';
import { range, season } from './shapes.mjs';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '20' }, write: { type: 'boolean' } } });

/** Name, season, places of changes, and values. */
const SERIES = [
  ['nothing', null, [], (n) => range(60, () => 100 + 4 * n())],
  ['step', null, [20], (n) => range(40, (i) => (i < 20 ? 100 : 130) + 4 * n())],
  ['step, weekly', 52, [20], (n) => range(40, (i) => (i < 20 ? 100 : 130) + 4 * n())],
  ['bend', null, [30], (n) => range(60, (i) => 100 + 3 * Math.max(0, i - 29) + 3 * n())],
  ['season of 12 months', 12, [], (n) => range(72, (i) => 100 + 20 * season(i, 12) + 4 * n())],
  ['season and step', 12, [40], (n) => range(72, (i) => 100 + 20 * season(i, 12) + (i < 40 ? 0 : 30) + 4 * n())],
];

/** Found with gaps: false where a change is new, gone, or more than two periods away. */
function isSame(full, found) {
  return (
    full.length === found.length &&
    full.every(({ index, kind }, k) => kind === found[k].kind && Math.abs(index - found[k].index) <= 2)
  );
}

const seeds = Number(values.seeds);
const figures = {};
for (const [name, period, places, make] of SERIES) {
  const counts = { one: 0, oneNew: 0, oneSame: 0, tenth: 0, tenthNew: 0, tenthSame: 0 };
  for (let seed = 1; seed <= seeds; seed += 1) {
    const random = randomOf(seed);
    const series = make(normalOf(random));
    const full = findChanges(series, { season: period });
    const without = (isMissing) =>
      findChanges(
        series.map((value, i) => (isMissing(i) ? Number.NaN : value)),
        { season: period },
      );
    const isNew = (found) =>
      found.some(
        ({ index }) => ![...places, ...full.map((change) => change.index)].some((at) => Math.abs(at - index) <= 2),
      );
    const add = (kind, found) => {
      counts[kind] += 1;
      if (isNew(found)) counts[`${kind}New`] += 1;
      if (isSame(full, found)) counts[`${kind}Same`] += 1;
    };
    for (let gap = 0; gap < series.length; gap += 1)
      add(
        'one',
        without((i) => i === gap),
      );
    for (let k = 0; k < 10; k += 1) {
      const gaps = new Set(
        Array.from({ length: Math.round(series.length / 10) }, () => Math.floor(random() * series.length)),
      );
      add(
        'tenth',
        without((i) => gaps.has(i)),
      );
    }
  }
  figures[name] = Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, round(count, 0)]));
}

const share = (count, of) => `${((100 * count) / of).toFixed(1)} %`;
report(
  'trend-gaps',
  figures,
  [
    `Each period left out in turn, and a tenth ten times, of ${seeds} series a kind: a change more than two periods away from all that there are is new; the same are those found without gaps, within two periods.`,
    '',
    '| series | one missing: new | the same | a tenth missing: new | the same |',
    '|---|---|---|---|---|',
    ...Object.entries(figures).map(
      ([name, { one, oneNew, oneSame, tenth, tenthNew, tenthSame }]) =>
        `| ${name} | ${share(oneNew, one)} | ${share(oneSame, one)} | ${share(tenthNew, tenth)} | ${share(tenthSame, tenth)} |`,
    ),
  ].join('\n'),
);
