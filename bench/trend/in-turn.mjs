// Each series of simulated panels without an event taken for treated in turn: how often does its interval hold 0, with one
// method for all series of a panel, and with the one that predicts the treated series best?
//   node bench/trend/in-turn.mjs [--panels N] [--write]
import { heldOutStretches, rootMeanSquare } from '../../dist/analysis/series/held-out.js';
import { halfWidth } from '../../dist/analysis/series/inference.js';
import { mean } from '../../dist/analysis/series/panel.js';
import { median } from '../../dist/analysis/series/spikes.js';
import { PANEL_METHODS } from '../../dist/analysis/series/synthetic.js';
import { randomSource } from '../../scripts/random.mjs';
import { report } from '../support/report.mjs';
import { states } from './panel-worlds.mjs';

const flag = process.argv.indexOf('--panels');
const panels = flag < 0 ? 15 : Number(process.argv[flag + 1]);
const METHODS = Object.keys(PANEL_METHODS);
/** As in src/analysis/series/panel-effect.ts. */
const [PREFERENCE, OWN_SHARE] = [0.95, 0.75];

/** What a method finds in one series where nothing happened, and its error before. */
function placebo(method, series, others, at) {
  const to = series.length;
  const gaps = ({ before, from, end }) => {
    const { path } = PANEL_METHODS[method](series, others, { before, from, to: end });
    return series.subarray(from, end).map((value, i) => value - path[from + i]);
  };
  const errors = heldOutStretches(at, to - at).flatMap(({ before, to: end }) => [
    ...gaps({ before, from: before, end }),
  ]);
  const after = gaps({ before: at, from: at, end: to });
  return { effect: mean(after, 0, after.length), error: rootMeanSquare(errors) };
}

/** Whether the interval of the series in place `at` holds 0, as placebos of all others tell. */
function holdsNothing(found, at) {
  const usual = median(found.map(({ error }) => error));
  const moderated = found.map(({ error }) => Math.sqrt(OWN_SHARE * error ** 2 + (1 - OWN_SHARE) * usual ** 2));
  const others = found.flatMap(({ effect }, i) => (i === at ? [] : [effect / moderated[i]]));
  return Math.abs(found[at].effect) <= halfWidth(others.length - 1) * rootMeanSquare(others) * moderated[at];
}

const tally = Object.fromEntries([...METHODS, 'own'].map((name) => [name, { held: 0, count: 0 }]));
const note = (name, held) => {
  tally[name].count += 1;
  if (held) tally[name].held += 1;
};
for (let run = 0; run < panels; run += 1) {
  const { treated, controls, at } = states(randomSource((1000 + run) * 7919 + 13), { effect: 0 });
  const all = [treated, ...controls].map(({ values }) => values.map((value) => value / 100));
  const found = Object.fromEntries(
    METHODS.map((method) => [
      method,
      all.map((one) =>
        placebo(
          method,
          one,
          all.filter((other) => other !== one),
          at,
        ),
      ),
    ]),
  );
  all.forEach((_, i) => {
    for (const method of METHODS) note(method, holdsNothing(found[method], i));
    const own = METHODS.reduce((best, method) => {
      return found[method][i].error < found[best][i].error * PREFERENCE ? method : best;
    });
    note('own', holdsNothing(found[own], i));
  });
}
const rows = Object.entries(tally).map(([name, { held, count }]) => {
  const words = name === 'own' ? 'the one that predicts the treated series best' : `\`${name}\` for all`;
  return `| ${words} | ${count} | ${((100 * held) / count).toFixed(1)} % |`;
});
report(
  'trend-in-turn',
  { panels, ...tally },
  `| method | series | 95 % interval holds 0 |\n|---|---|---|\n${rows.join('\n')}`,
);
