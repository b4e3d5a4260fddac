// Step 2: puts stored lines and the head's first weights into one file for the trainer.
//   node bench/ocr/train/prepare.mjs --seeds 0,1,2 [--hidden 160] [--folder bench/ocr/work/train] [--out head.in]
// The direct layer starts as the recogniser's own columns, the hidden one at random, the output layer at zero.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { characters, startOf } from './alphabet.mjs';
import { FEATURES } from './head.mjs';
import { numbers } from './random.mjs';
import { ownLayer } from './recogniser.mjs';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '0' },
    hidden: { type: 'string', default: '160' },
    folder: { type: 'string', default: join(dirname(fileURLToPath(import.meta.url)), '..', 'work', 'train') },
    out: { type: 'string', default: 'head.in' },
  },
});

/** The lines of one seed whose characters are all known and that have enough steps for CTC. */
function readLines(seed) {
  const indices = new Map(characters.map((character, index) => [character, index]));
  const { buffer } = new Uint8Array(readFileSync(join(values.folder, `lines-${seed}.bin`)));
  const features = new Float32Array(buffer);
  return JSON.parse(readFileSync(join(values.folder, `lines-${seed}.json`), 'utf8')).flatMap(
    ({ text, offset, steps }) => {
      const labels = Array.from(text, (character) => indices.get(character));
      // Between equal neighbours CTC needs a blank.
      const needed = labels.length + labels.filter((label, index) => index > 0 && label === labels[index - 1]).length;
      if (labels.length === 0 || labels.includes(undefined) || needed > steps) return [];
      return [{ labels, steps, features: features.subarray(offset, offset + steps * FEATURES) }];
    },
  );
}

/** Weights and bias of the direct layer, class by class. */
function directLayer() {
  const own = ownLayer();
  const weights = new Float32Array(characters.length * FEATURES);
  const bias = new Float32Array(characters.length);
  for (const [row, character] of characters.entries()) {
    const { index, penalty } = startOf(character, own.characters);
    for (let feature = 0; feature < FEATURES; feature++) {
      weights[row * FEATURES + feature] = own.weights[feature * own.bias.length + index];
    }
    bias[row] = own.bias[index] - penalty;
  }
  return [weights, bias];
}

/** Root of the mean square of the features of 2,000 random lines. */
function featureSize(random, lines) {
  let sum = 0;
  let count = 0;
  for (let index = 0; index < 2000; index++) {
    const { features } = random.pick(lines);
    for (const value of features) sum += value * value;
    count += features.length;
  }
  return Math.sqrt(sum / count);
}

function shuffle(random, list) {
  for (let index = list.length - 1; index > 0; index--) {
    const other = Math.floor(random.next() * (index + 1));
    [list[index], list[other]] = [list[other], list[index]];
  }
}

function write(path, parameters, lines, hidden) {
  const file = openSync(path, 'w');
  const put = (array) => writeSync(file, Buffer.from(array.buffer, array.byteOffset, array.byteLength));
  put(Int32Array.of(characters.length, FEATURES, hidden, lines.length));
  for (const values of parameters) put(values);
  for (const { labels, steps, features } of lines) {
    put(Int32Array.of(steps, labels.length, ...labels));
    put(features);
  }
  closeSync(file);
}

const random = numbers(12345);
const hidden = Number(values.hidden);
const lines = values.seeds.split(',').flatMap(readLines);
if (lines.length === 0) throw new Error('no line is fit for training');
const deviation = Math.sqrt(1 / (3 * FEATURES)) / featureSize(random, lines);
const context = Float32Array.from({ length: hidden * 3 * FEATURES }, () => random.normal() * deviation);
shuffle(random, lines);
const parameters = [...directLayer(), context, new Float32Array(hidden), new Float32Array(characters.length * hidden)];
write(join(values.folder, values.out), parameters, lines, hidden);
console.log(`${lines.length} lines, ${characters.length} classes, ${hidden} hidden states`);
