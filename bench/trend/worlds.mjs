// Simulated worlds with one story each: is the change found, the right cause named, and never a wrong one with confidence?
//   node bench/trend/worlds.mjs [--seeds 200] [--show] [--write]
import { findChanges } from '../../dist/analysis/series/changes.js';
import { estimateEffect } from '../../dist/analysis/series/effect.js';
import { explain } from '../../dist/analysis/series/explain.js';
import { makeWorld, STORIES } from '../../scripts/sales-world.mjs';
import { report } from '../support/report.mjs';

const flag = (name) => process.argv.indexOf(name);
const seeds = flag('--seeds') < 0 ? 200 : Number(process.argv[flag('--seeds') + 1]);
const SEASON = 52;

const isKey = (one, other) => one.product === other.product && one.region === other.region;

/** What the analyses say of the story's series. */
function answer({ series, events, truth }) {
  const treated = series.find(({ key }) => isKey(key, truth.key));
  const relatives = series.filter(({ key }) => key.product === truth.key.product || key.region === truth.key.region);
  const history = relatives.map((one) => ({ series: one, changes: findChanges(one.values, { season: SEASON }) }));
  const own = history.find((one) => one.series === treated).changes;
  const near = own
    .filter(({ index, from, to }) => (from <= truth.at && truth.at <= to) || Math.abs(index - truth.at) <= 2)
    .sort((a, b) => Math.abs(a.index - truth.at) - Math.abs(b.index - truth.at))[0];
  if (truth.verdict === 'no effect') {
    const untreated = series.filter((one) => one !== treated);
    const { verdict } = estimateEffect(treated, untreated, truth.at);
    return { verdict: near === undefined ? verdict : 'change', name: null };
  }
  if (near === undefined) return { verdict: 'no change', name: null };
  const [first] = explain(treated, near, events, history);
  return { verdict: first.verdict, name: first.event?.name ?? null };
}

const figures = {};
let [right, wrong, total] = [0, 0, 0];
for (const story of Object.keys(STORIES)) {
  const counts = {};
  let [good, bad] = [0, 0];
  for (let seed = 1; seed <= seeds; seed += 1) {
    const world = makeWorld(story, seed);
    const { verdict, name } = answer(world);
    const isNamed = world.truth.causes.length === 0 ? name === null : world.truth.causes.includes(name);
    if (verdict === world.truth.verdict && isNamed) good += 1;
    else if (process.argv.includes('--show')) console.error(story, seed, verdict, name);
    if ((verdict === 'likely' && !isNamed) || verdict === 'effect') bad += 1;
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  figures[story] = { right: good, wrongWithConfidence: bad, counts };
  right += good;
  wrong += bad;
  total += seeds;
}

const share = (count, of) => `${((100 * count) / of).toFixed(1)} %`;
const lines = Object.entries(figures).map(
  ([story, { right: good, wrongWithConfidence }]) =>
    `| ${story} | ${share(good, seeds)} | ${share(wrongWithConfidence, seeds)} |`,
);
report(
  'trend-worlds',
  { seeds, ...figures },
  `${seeds} worlds a story: right verdict (and cause) ${share(right, total)}, a wrong cause named with confidence ${share(wrong, total)}.\n\n` +
    `| story | right | wrong with confidence |\n|---|---|---|\n${lines.join('\n')}`,
);
