// The layout of the trainer's files, described in ctc.c.
import { closeSync, openSync, readSync } from 'node:fs';
import { characters } from './alphabet.mjs';

/** Features of a step. */
export const FEATURES = 120;

/** Names the parts of the trained weights; the number of hidden states follows from how many there are. */
export function splitWeights(floats) {
  const classes = characters.length;
  const hidden = (floats.length - classes * FEATURES - classes) / (3 * FEATURES + 1 + classes);
  if (!Number.isInteger(hidden)) throw new Error('these are not the weights of a head with these classes');
  let at = 0;
  const take = (count) => {
    at += count;
    return floats.subarray(at - count, at);
  };
  return {
    hidden,
    direct: take(classes * FEATURES),
    bias: take(classes),
    context: take(hidden * 3 * FEATURES),
    contextBias: take(hidden),
    output: take(classes * hidden),
  };
}

/** The first `count` lines of the trainer's input: labels, and features step after step. */
export function readHeldOut(path, count) {
  const file = openSync(path, 'r');
  const read = (length, position) => {
    const bytes = new Uint8Array(length * 4);
    readSync(file, bytes, 0, bytes.length, position);
    return bytes.buffer;
  };
  const [classes, features, hidden, all] = new Int32Array(read(4, 0));
  let at = 4 * (4 + classes * features + classes + hidden * 3 * features + hidden + classes * hidden);
  const lines = [];
  while (lines.length < Math.min(count, all)) {
    const [steps, length] = new Int32Array(read(2, at));
    const labels = new Int32Array(read(length, at + 8));
    lines.push({ labels, steps, features: new Float32Array(read(steps * features, at + 8 + 4 * length)) });
    at += 8 + 4 * (length + steps * features);
  }
  closeSync(file);
  return lines;
}
