/**
 * The last layer of the line recogniser: turns the network's features of each step into characters. The network's own
 * last layer knows Chinese and few accents; this one was trained on its features for Latin script, with accents, currency
 * signs and spaces: logits = W x[t] + U max(0, V x[t-1..t+1] + c) + b.
 */
import { LINE_HEAD } from './line-head-weights.js';

/** Weights row by row; a row has `columns` numbers. */
export interface Layer {
  readonly rows: number;
  readonly columns: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface LineHead {
  /** Text of each class; class 0 is the blank of CTC. */
  readonly characters: readonly string[];
  /** W and b: features to classes. */
  readonly direct: Layer;
  /** V and c: the features of three steps, the earliest first, to hidden states. */
  readonly context: Layer;
  /** U: hidden states to classes; its bias is zero. */
  readonly output: Layer;
}

/** Decodes the weights: of a matrix each row is its scale (float32) and then its weights as signed bytes. */
export function loadLineHead(): LineHead {
  const bytes = Buffer.from(LINE_HEAD.weights, 'base64');
  const { featureSize, hiddenSize } = LINE_HEAD;
  const characters = ['', ...LINE_HEAD.alphabet];
  const classes = characters.length;
  let at = 0;
  const matrix = (rows: number, columns: number): Float32Array => {
    const weights = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      const scale = bytes.readFloatLE(at);
      for (let column = 0; column < columns; column++) {
        weights[row * columns + column] = bytes.readInt8(at + 4 + column) * scale;
      }
      at += 4 + columns;
    }
    return weights;
  };
  const floats = (length: number): Float32Array => {
    const values = Float32Array.from({ length }, (_, index) => bytes.readFloatLE(at + index * 4));
    at += length * 4;
    return values;
  };
  const layer = (rows: number, columns: number, hasBias: boolean): Layer => {
    const weights = matrix(rows, columns);
    return { rows, columns, weights, bias: hasBias ? floats(rows) : new Float32Array(rows) };
  };
  return {
    characters,
    direct: layer(classes, featureSize, true),
    context: layer(hiddenSize, featureSize * 3, true),
    output: layer(classes, hiddenSize, false),
  };
}
