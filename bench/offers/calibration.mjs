// Is `confidence` what it says? Of the offers of each bin, the share that has the right name and price.
//   node bench/offers/calibration.mjs [--set FOLDER]... [--truth FOLDER --rows offers.jsonl] [--scores]
// FOLDER of --set: a set of make-set.mjs with its offers.jsonl (score-set.mjs writes it); --truth as in score.mjs.
// The error is the mean difference of confidence and share, weighted by offers (Naeini et al. 2015); Brier's is the mean square
// (1950). --scores prints the logistic fit of right or wrong on the logit of the confidence.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { leniently, pair, samePrice } from './matching.mjs';
import { rowsByFile } from './rows.mjs';

const { values } = parseArgs({
  options: {
    set: { type: 'string', multiple: true, default: [] },
    truth: { type: 'string' },
    rows: { type: 'string' },
    scores: { type: 'boolean' },
  },
});

const jsonIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      name: name.replace(/\.json$/u, ''),
      content: JSON.parse(readFileSync(join(folder, name), 'utf8')),
    }));

const isWithin = ([x, y, width, height], [left, top, across, down]) =>
  x + width / 2 >= left && x + width / 2 <= left + across && y + height / 2 >= top && y + height / 2 <= top + down;

/** [{ confidence, isRight }] of the offers of one page. */
function judge(expected, found, likeness) {
  const pairs = pair(expected, found, likeness, samePrice);
  const truthOf = new Map([...pairs].map(([truth, row]) => [row, truth]));
  return found.map((row) => {
    const truth = truthOf.get(row);
    const isRight =
      truth !== undefined && (truth.price === row.price || (truth.accepts?.price?.includes(row.price) ?? false));
    return { confidence: row.confidence, isRight };
  });
}

function ofSet(folder) {
  const rows = rowsByFile(join(folder, 'offers.jsonl'));
  return jsonIn(folder).flatMap(({ content }) =>
    judge(content.offers, rows.get(content.file) ?? [], (truth, row) =>
      isWithin(row.box, truth.box) ? leniently(truth.product, row.product) : 0,
    ),
  );
}

function ofTruth(folder, file) {
  const rows = new Map([...rowsByFile(file)].map(([name, all]) => [basename(name).replace(/\.\w+$/u, ''), all]));
  return jsonIn(folder).flatMap(({ name, content }) => {
    const expected = (content ?? []).map(({ product_name: product, price }) => ({
      product,
      price: price === null ? null : Number(price),
    }));
    return judge(expected, rows.get(name) ?? [], (truth, row) => leniently(truth.product, row.product));
  });
}

const EDGES = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01];
const mean = (list) => list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);

function table(name, judged) {
  console.log(
    `${name}: ${judged.length} offers, ${(100 * mean(judged.map(({ isRight }) => Number(isRight)))).toFixed(1)} % right`,
  );
  let error = 0;
  console.log('| confidence | offers | mean | right |\n|---|---|---|---|');
  for (const [at, from] of EDGES.slice(0, -1).entries()) {
    const bin = judged.filter(({ confidence }) => confidence >= from && confidence < EDGES[at + 1]);
    if (bin.length === 0) continue;
    const [said, right] = [mean(bin.map((one) => one.confidence)), mean(bin.map((one) => Number(one.isRight)))];
    error += (Math.abs(said - right) * bin.length) / judged.length;
    console.log(
      `| ${from} to ${Math.min(1, EDGES[at + 1])} | ${bin.length} | ${said.toFixed(2)} | ${right.toFixed(2)} |`,
    );
  }
  const brier = mean(judged.map(({ confidence, isRight }) => (confidence - Number(isRight)) ** 2));
  console.log(`expected calibration error ${(100 * error).toFixed(1)} %, Brier ${brier.toFixed(3)}\n`);
}

/** Slope and offset of the logit that make right and wrong likeliest, by Newton's method (Platt 1999). */
function fitLogistic(judged) {
  let [slope, offset] = [1, 0];
  for (let step = 0; step < 50; step++) {
    const sums = [0, 0, 0, 0, 0];
    for (const { confidence, isRight } of judged) {
      const clipped = Math.min(0.999, Math.max(0.001, confidence));
      const logit = Math.log(clipped / (1 - clipped));
      const p = 1 / (1 + Math.exp(-(slope * logit + offset)));
      const [miss, weight] = [Number(isRight) - p, p * (1 - p)];
      sums[0] += miss * logit;
      sums[1] += miss;
      sums[2] += weight * logit * logit;
      sums[3] += weight * logit;
      sums[4] += weight;
    }
    const determinant = sums[2] * sums[4] - sums[3] ** 2 || 1;
    slope += (sums[4] * sums[0] - sums[3] * sums[1]) / determinant;
    offset += (sums[2] * sums[1] - sums[3] * sums[0]) / determinant;
  }
  return { slope, offset };
}

const own = values.set.flatMap(ofSet);
if (own.length > 0) table('sets', own);
if (values.truth) table('truth', ofTruth(values.truth, values.rows));
if (values.scores) {
  const { slope, offset } = fitLogistic(own);
  console.log(`logit' = ${slope.toFixed(2)} logit + ${offset.toFixed(2)}`);
}
