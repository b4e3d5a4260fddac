// Simulated series with known effects and futures: are intervals right, is nothing found where nothing is, do forecasts beat the naive one?
//   node bench/trend/effects.mjs [--runs N] [--write]
import { findChanges } from '../../dist/analysis/series/changes.js';
import { expectedLifts, forecast } from '../../dist/analysis/series/forecast.js';
import { randomSource } from '../../scripts/random.mjs';
import { makeWorld } from '../../scripts/sales-world.mjs';
import { report } from '../support/report.mjs';
import { score, seriesOf, table } from './effect-scores.mjs';

const flag = process.argv.indexOf('--runs');
const most = flag < 0 ? 500 : Number(process.argv[flag + 1]);
const range = (length, make) => Array.from({ length }, (_, t) => make(t));

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

const SCENARIOS = [
  ['+10 as in the vignette, one control', vignette, { effect: 10, hasControl: true }, 1],
  ['the same without the control', vignette, { effect: 10, hasControl: false }, 1],
  ['month, season, fixed level, +10', seasonal, { effect: 10, wander: 0 }, 0.3],
  ['month, season, wandering level, +10', seasonal, { effect: 10, wander: 0.5 }, 0.3],
  ['errors alike from period to period, none', alike, { effect: 0 }, 1],
  ['one control, none', vignette, { effect: 0, hasControl: true }, 1],
];

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
      const changes = findChanges(past[i].series.values, { season: 52 });
      const settings = { periods: 8, history: past[i].columns, plan, expected, changes };
      const { mean, lower, upper } = forecast(past[i].series, settings);
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

/** The same with one column, displays, for series by day, month and quarter; each with two others to learn from. */
function scorePlans(worlds, { frequency, length, season, horizon, dateOf }) {
  const tally = { frequency, error: 0, naive: 0, within: 0, count: 0 };
  for (let seed = 1; seed <= worlds; seed += 1) {
    const random = randomSource(seed * 77 + length);
    const all = range(3, () => displayed(random, { frequency, length, season, horizon, dateOf }));
    const past = ({ series, display }) => ({ series, columns: { display: display.slice(0, length) } });
    const expected = expectedLifts(all.map(past));
    for (const one of all) {
      const plan = { display: one.display.slice(length) };
      const { mean, lower, upper } = forecast(one.series, {
        periods: horizon,
        history: past(one).columns,
        plan,
        expected,
        changes: findChanges(one.series.values, { season }),
      });
      one.values.slice(length).forEach((value, h) => {
        const back = one.values[length + h - season * Math.ceil((h + 1) / season)];
        tally.count += 1;
        tally.error += Math.abs(mean[h] - value) / value;
        tally.naive += Math.abs(back - value) / value;
        if (lower[h] <= value && value <= upper[h]) tally.within += 1;
      });
    }
  }
  return tally;
}

/** A season, errors alike from period to period, and displays that add 35 % in one period of twenty. */
function displayed(random, { frequency, length, season, horizon, dateOf }) {
  const display = Float64Array.from(range(length + horizon, () => (random.uniform() < 0.05 ? 1 : 0)));
  const level = 5 + random.normal();
  let error = 0;
  const values = display.map((on, t) => {
    error = 0.4 * error + 0.04 * random.normal();
    return Math.exp(level + 0.2 * Math.cos((2 * Math.PI * t) / season) + error + 0.3 * on);
  });
  const dates = range(length, (t) => new Date(dateOf(t)).toISOString().slice(0, 10));
  const series = { key: { shop: String(level) }, frequency, dates, values: values.slice(0, length) };
  return { series, display, values };
}

/**
 * The last eight of 104 weeks, of series with noise of 8 about 200 that is alike from week to week, with and without a step
 * of 40 in the later half; changes of the past are found, as the command finds them.
 */
function scoreSteps(runs, { name, alike, step, walk }) {
  const widths = [];
  let [within, error] = [0, 0];
  for (let run = 1; run <= runs; run += 1) {
    const random = randomSource(run * 31 + 7);
    let [last, level] = [random.normal(), 200];
    const at = 52 + Math.floor(36 * random.uniform());
    const values = Float64Array.from({ length: 104 }, (_, t) => {
      last = alike * last + Math.sqrt(1 - alike ** 2) * random.normal();
      level += walk * random.normal();
      return level + 8 * last + (t >= at ? step : 0);
    });
    const weeks = range(96, (t) => new Date(Date.UTC(2022, 0, 3 + 7 * t)).toISOString().slice(0, 10));
    const past = { ...seriesOf(values.slice(0, 96), 'week'), dates: weeks };
    const changes = findChanges(past.values, { season: 52 });
    const { mean, lower, upper } = forecast(past, { periods: 8, changes });
    values.slice(96).forEach((value, h) => {
      widths.push(upper[h] - lower[h]);
      error += Math.abs(mean[h] - value) / (8 * runs);
      if (lower[h] <= value && value <= upper[h]) within += 1;
    });
  }
  widths.sort((a, b) => a - b);
  return { name, runs, error, coverage: within / widths.length, width: widths[widths.length >> 1] };
}

const STEPS = [
  { name: 'white noise', alike: 0, step: 0, walk: 0 },
  { name: 'white noise and a step', alike: 0, step: 40, walk: 0 },
  { name: 'errors alike (0.5)', alike: 0.5, step: 0, walk: 0 },
  { name: 'errors alike (0.5) and a step', alike: 0.5, step: 40, walk: 0 },
  { name: 'a level that wanders', alike: 0, step: 0, walk: 3 },
  { name: 'a level that wanders, and a step', alike: 0, step: 40, walk: 3 },
];

const PLANS = [
  { frequency: 'day', length: 400, season: 7, horizon: 14, dateOf: (t) => Date.UTC(2019, 0, 1 + t) },
  { frequency: 'month', length: 72, season: 12, horizon: 6, dateOf: (t) => Date.UTC(2010, t) },
  { frequency: 'quarter', length: 40, season: 4, horizon: 4, dateOf: (t) => Date.UTC(2010, 3 * t) },
];

const results = SCENARIOS.map((scenario) => score(scenario, most));
const forecasts = scoreForecasts(Math.max(1, Math.round(most / 60)));
const plans = PLANS.map((plan) => scorePlans(Math.max(1, Math.round(most / 25)), plan));
const steps = STEPS.map((scenario) => scoreSteps(Math.max(1, Math.round(most / 2.5)), scenario));
const percent = (value) => `${(100 * value).toFixed(1)} %`;
const planned = plans.map(
  ({ frequency, error, naive, within, count }) =>
    `by ${frequency} ${percent(error / count)}, ${percent(naive / count)} and ${percent(within / count)}`,
);
const stepRows = steps.map(
  ({ name, runs, error, coverage, width }) =>
    `| ${name} | ${runs} | ${error.toFixed(1)} | ${percent(coverage)} | ${width.toFixed(0)} |`,
);
const stepTable = `| forecasts of eight weeks of | series | mean error | in the 95 % interval | median width |\n|---|---|---|---|---|\n${stepRows.join('\n')}`;
report(
  'trend-effects',
  { effects: results, forecasts, plans, steps },
  `${table(results)}\n\n` +
    `Forecasts of eight weeks for ${forecasts.worlds * 16} series of simulated sales with campaigns: mean error ${percent(forecasts.error)}, ` +
    `naive seasonal ${percent(forecasts.naive)}; ${percent(forecasts.coverage)} within the 95 % interval. ` +
    `With planned displays, for ${plans[0].count / PLANS[0].horizon} series each: ${planned.join('; ')}.\n\n${stepTable}`,
);
