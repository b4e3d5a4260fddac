// Step 4: writes the trained weights as the module that the engine loads, a matrix row as its scale and signed bytes.
//   node bench/ocr/train/export.mjs [--folder bench/ocr/work/train] [--weights head.out]
// Writes line-head-weights.ts into the folder; the file in src/ is replaced by hand, after the check.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { characters } from './alphabet.mjs';
import { FEATURES, splitWeights } from './head.mjs';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: join(dirname(fileURLToPath(import.meta.url)), '..', 'work', 'train') },
    weights: { type: 'string', default: 'head.out' },
  },
});

/** Each row: its scale (float32, largest weight / 127), then its weights as signed bytes. */
function quantised(matrix, columns) {
  const rows = Array.from({ length: matrix.length / columns }, (_, row) => {
    const weights = matrix.subarray(row * columns, (row + 1) * columns);
    const scale = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127 || 1e-9;
    const bytes = Buffer.alloc(4 + columns);
    bytes.writeFloatLE(scale, 0);
    for (const [column, weight] of weights.entries()) bytes.writeInt8(Math.round(weight / scale), 4 + column);
    return bytes;
  });
  return Buffer.concat(rows);
}

const floats = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

const { buffer } = new Uint8Array(readFileSync(join(values.folder, values.weights)));
const head = splitWeights(new Float32Array(buffer));
const bytes = Buffer.concat([
  quantised(head.direct, FEATURES),
  floats(head.bias),
  quantised(head.context, 3 * FEATURES),
  floats(head.contextBias),
  quantised(head.output, head.hidden),
]);
const alphabet = characters.join('').replace(/[\\']/g, (sign) => `\\${sign}`);
const path = join(values.folder, 'line-head-weights.ts');
writeFileSync(
  path,
  `/** Weights of the line head, made by the script that trains it; see line-head.ts for the layout. */
export const LINE_HEAD = {
  /** Characters of the classes after the blank. */
  alphabet:
    '${alphabet}',
  featureSize: ${FEATURES},
  hiddenSize: ${head.hidden},
  weights:
    '${bytes.toString('base64')}',
} as const;
`,
);
console.log(`${path}: ${bytes.length} bytes of weights`);
