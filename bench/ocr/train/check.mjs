// Step 5: reads the exported module back, compares it with the trained weights and reads the held-out lines with it.
//   node bench/ocr/train/check.mjs [--folder bench/ocr/work/train] [--held-out 700] [--file line-head-weights.ts]
// Fails where a weight is off by more than its rounding. The errors should be those that the trainer printed last.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { characters } from './alphabet.mjs';
import { FEATURES, readHeldOut, splitWeights } from './head.mjs';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: join(dirname(fileURLToPath(import.meta.url)), '..', 'work', 'train') },
    'held-out': { type: 'string', default: '700' },
    file: { type: 'string' },
  },
});

/** The weights of an exported module, as floats in the trainer's order. */
function readExported(path) {
  const source = readFileSync(path, 'utf8');
  const bytes = Buffer.from(/weights:\s*'([^']+)'/.exec(source)[1], 'base64');
  const hidden = Number(/hiddenSize: (\d+)/.exec(source)[1]);
  const weights = [];
  let at = 0;
  const floats = (count) => {
    for (const end = at + 4 * count; at < end; at += 4) weights.push(bytes.readFloatLE(at));
  };
  const matrix = (rows, columns) => {
    for (let row = 0; row < rows; row++, at += 4 + columns) {
      const scale = bytes.readFloatLE(at);
      for (let column = 0; column < columns; column++) weights.push(bytes.readInt8(at + 4 + column) * scale);
    }
  };
  matrix(characters.length, FEATURES);
  floats(characters.length);
  matrix(hidden, 3 * FEATURES);
  floats(hidden);
  matrix(characters.length, hidden);
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes are left over`);
  return splitWeights(Float32Array.from(weights));
}

/** Largest difference of two matrices, in steps of each row's quantisation. */
function worstRounding(exported, trained, columns) {
  let worst = 0;
  for (let start = 0; start < trained.length; start += columns) {
    const row = trained.subarray(start, start + columns);
    const step = row.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127 || 1;
    for (const [column, weight] of row.entries()) {
      worst = Math.max(worst, Math.abs(weight - exported[start + column]) / step);
    }
  }
  return worst;
}

function dot(weights, start, values, length) {
  let sum = 0;
  for (let index = 0; index < length; index++) sum += weights[start + index] * values[index];
  return sum;
}

/** The likeliest class of each step, without repetitions and blanks. */
function readLine(head, { features, steps }) {
  const padded = new Float32Array((steps + 2) * FEATURES);
  padded.set(features, FEATURES);
  const read = [];
  let previous = 0;
  for (let step = 0; step < steps; step++) {
    const best = likeliest(head, padded.subarray(step * FEATURES, (step + 3) * FEATURES));
    if (best !== 0 && best !== previous) read.push(best);
    previous = best;
  }
  return read;
}

function likeliest({ hidden, direct, bias, context, contextBias, output }, around) {
  const middle = around.subarray(FEATURES, 2 * FEATURES);
  const states = Float32Array.from({ length: hidden }, (_, index) =>
    Math.max(0, contextBias[index] + dot(context, index * around.length, around, around.length)),
  );
  let best = 0;
  let most = -Infinity;
  for (const index of characters.keys()) {
    const logit =
      bias[index] + dot(direct, index * FEATURES, middle, FEATURES) + dot(output, index * hidden, states, hidden);
    if (logit > most) [best, most] = [index, logit];
  }
  return best;
}

/** Levenshtein distance. */
function distance(truth, read) {
  let row = Array.from({ length: read.length + 1 }, (_, index) => index);
  for (const [index, label] of truth.entries()) {
    const next = [index + 1];
    for (const [column, other] of read.entries()) {
      next.push(Math.min(row[column] + (label === other ? 0 : 1), row[column + 1] + 1, next[column] + 1));
    }
    row = next;
  }
  return row[read.length];
}

const { buffer } = new Uint8Array(readFileSync(join(values.folder, 'head.out')));
const trained = splitWeights(new Float32Array(buffer));
const exported = readExported(values.file ?? join(values.folder, 'line-head-weights.ts'));
const rounding = Math.max(
  worstRounding(exported.direct, trained.direct, FEATURES),
  worstRounding(exported.context, trained.context, 3 * FEATURES),
  worstRounding(exported.output, trained.output, trained.hidden),
);
console.log(`largest rounding: ${rounding.toFixed(3)} of a step`);
const isSame = (one, other) => one.every((value, index) => value === other[index]);
const sameBias = isSame(trained.bias, exported.bias) && isSame(trained.contextBias, exported.contextBias);
const lines = readHeldOut(join(values.folder, 'head.in'), Number(values['held-out']));
const wrong = lines.reduce((sum, line) => sum + distance(line.labels, readLine(exported, line)), 0);
const all = lines.reduce((sum, { labels }) => sum + labels.length, 0);
console.log(`${lines.length} lines held out: ${((100 * wrong) / all).toFixed(3)}% of the characters wrong`);
if (rounding > 0.51 || !sameBias) {
  console.error('the exported weights are not those that were trained');
  process.exitCode = 1;
}
