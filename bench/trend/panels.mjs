// Simulated panels with known effects: states by year with an effect that grows, markets by day of which two are treated.
//   node bench/trend/panels.mjs [--runs N] [--write]
import { report } from '../support/report.mjs';
import { score, table } from './effect-scores.mjs';
import { markets, states } from './panel-worlds.mjs';

const flag = process.argv.indexOf('--runs');
const most = flag < 0 ? 500 : Number(process.argv[flag + 1]);
const SCENARIOS = [
  ['39 states, 31 years, -5 to -25', states, { effect: -15 }, 1],
  ['39 states, 31 years, none', states, { effect: 0 }, 1],
  ['40 markets, 105 days, two treated, +5 % (in %)', markets, { share: 0.05, isShare: true }, 0.4],
  ['40 markets, 105 days, two treated, none (in %)', markets, { share: 0, isShare: true }, 0.4],
];

const results = SCENARIOS.map((scenario) => score(scenario, most));
report('trend-panels', { panels: results }, table(results));
