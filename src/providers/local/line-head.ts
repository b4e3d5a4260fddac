/**
 * The last layer of the line recogniser: turns the network's features of each step into characters. The network's own
 * last layer knows Chinese and few accents; this one was trained on its features for Latin script, with accents, currency
 * signs and spaces: logits = W x[t] + U max(0, V x[t-1..t+1] + c) + b.
 */
import { LINE_HEAD } from './line-head-weights.js';
import { toProbabilities } from './shape-head.js';

export interface LineHead {
  /** Text of each class; class 0 is the blank of CTC. */
  readonly characters: readonly string[];
  /** Probabilities, `steps` rows of one column a class, from `steps` rows of features. */
  classify(features: Float32Array, steps: number): Float32Array;
}

interface Layer {
  readonly rows: number;
  readonly columns: number;
  readonly weights: Float32Array;
}

/** Decodes the weights: one scale (float32) a row, then the row's weights as signed bytes. */
export function loadLineHead(): LineHead {
  const bytes = Buffer.from(LINE_HEAD.weights, 'base64');
  const { featureSize, hiddenSize } = LINE_HEAD;
  const characters = ['', ...LINE_HEAD.alphabet];
  let at = 0;
  const layer = (rows: number, columns: number): Layer => {
    const weights = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      const scale = bytes.readFloatLE(at);
      for (let column = 0; column < columns; column++) {
        weights[row * columns + column] = bytes.readInt8(at + 4 + column) * scale;
      }
      at += 4 + columns;
    }
    return { rows, columns, weights };
  };
  const floats = (length: number): Float32Array => {
    const values = Float32Array.from({ length }, (_, index) => bytes.readFloatLE(at + index * 4));
    at += length * 4;
    return values;
  };
  const classes = characters.length;
  const direct = layer(classes, featureSize);
  const bias = floats(classes);
  const context = layer(hiddenSize, featureSize * 3);
  const contextBias = floats(hiddenSize);
  const output = layer(classes, hiddenSize);
  return {
    characters,
    classify: (features, steps) => {
      const hidden = hiddenStates(context, contextBias, padSteps(features, steps, featureSize), steps, featureSize);
      const logits = new Float32Array(steps * classes);
      for (let step = 0; step < steps; step++) logits.set(bias, step * classes);
      addProducts(direct, features, featureSize, logits, steps);
      addProducts(output, hidden, hiddenSize, logits, steps);
      toProbabilities(logits, steps, classes);
      return logits;
    },
  };
}

/** The features with a step of zeros before and after, so that three steps are one run of numbers. */
function padSteps(features: Float32Array, steps: number, size: number): Float32Array {
  const padded = new Float32Array((steps + 2) * size);
  padded.set(features.subarray(0, steps * size), size);
  return padded;
}

function hiddenStates(
  layer: Layer,
  bias: Float32Array,
  padded: Float32Array,
  steps: number,
  featureSize: number,
): Float32Array {
  const hidden = new Float32Array(steps * layer.rows);
  for (let step = 0; step < steps; step++) hidden.set(bias, step * layer.rows);
  addProducts(layer, padded, featureSize, hidden, steps);
  return hidden.map((value) => Math.max(0, value));
}

/** Adds `weights x input` to each step's row of the output. Inputs of consecutive steps start `stride` apart. */
function addProducts(
  { rows, columns, weights }: Layer,
  input: Float32Array,
  stride: number,
  output: Float32Array,
  steps: number,
): void {
  for (let step = 0; step < steps; step++) {
    const from = step * stride;
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      let sum = 0;
      for (let column = 0; column < columns; column++) {
        sum += (weights[start + column] as number) * (input[from + column] as number);
      }
      const at = step * rows + row;
      output[at] = (output[at] as number) + sum;
    }
  }
}
