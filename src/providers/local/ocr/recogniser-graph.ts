/** Puts the line head into the recogniser's graph, beside the recogniser's own last layer. */

import { intsAttribute } from '../onnx-fields.js';
import type { Layer, LineHead } from './line-head.js';
import { OnnxGraph } from './onnx-graph.js';

export interface RecogniserGraph {
  /** Its outputs are logits, `1 x classes x steps`: first those of the line head, then those of the shapes. */
  readonly model: Uint8Array;
  /** Classes of the line head; class 0 is the blank. */
  readonly characters: readonly string[];
  /** Classes of the recogniser's own layer, those in Latin script; class 0 is the blank. */
  readonly shapes: readonly string[];
}

/**
 * Replaces the recogniser's end (transposition, matrix product, bias, softmax over 6,625 classes, most of them Chinese).
 * `dictionary` names the classes, one a line. Throws where the model ends otherwise.
 */
export function buildRecogniser(model: Uint8Array, dictionary: string, head: LineHead): RecogniserGraph {
  const graph = new OnnxGraph(model);
  const softmax = graph.producerOf(graph.outputNames[0] as string);
  const add = graph.producerOf(softmax?.inputs[0] ?? '');
  const product = graph.producerOf(add?.inputs[0] ?? '');
  const transposition = graph.producerOf(product?.inputs[0] ?? '');
  const features = transposition?.inputs[0];
  const weights = graph.constant(product?.inputs[1] ?? '');
  const bias = graph.constant(add?.inputs.find((input) => input !== product?.outputs[0]) ?? '');
  if (transposition?.op !== 'Transpose' || features === undefined || weights === null || bias === null) {
    throw new Error('the recogniser ends in another layer than expected');
  }
  const { shapes, layer } = latinLayer(weights.data, bias.data, dictionary);
  convolve(graph, 'shapes', features, layer);
  convolve(graph, 'direct', features, head.direct);
  convolve(graph, 'context', features, head.context);
  graph.nodes.push({ op: 'Relu', inputs: ['context'], outputs: ['hidden'], attributes: [] });
  convolve(graph, 'output', 'hidden', head.output);
  graph.nodes.push({ op: 'Add', inputs: ['direct', 'output'], outputs: ['characters'], attributes: [] });
  graph.setOutputs(['characters', 'shapes']);
  graph.prune();
  return { model: graph.encode(), characters: head.characters, shapes };
}

/** The classes in Latin script: Chinese readings of dirt would only take the place of Latin ones. */
function latinLayer(weights: Float32Array, bias: Float32Array, dictionary: string): { shapes: string[]; layer: Layer } {
  const all = ['', ...dictionary.replace(/\r?\n$/, '').split(/\r?\n/), ' '];
  if (all.length !== bias.length) throw new Error('the recogniser and its dictionary do not belong together');
  const kept = all.flatMap((text, index) =>
    index === 0 || /^[\u0020-\u024f\u2010-\u203a]$/.test(text) ? [index] : [],
  );
  const columns = weights.length / all.length;
  const latin = new Float32Array(kept.length * columns);
  for (const [row, index] of kept.entries()) {
    for (let column = 0; column < columns; column++) {
      latin[row * columns + column] = weights[column * all.length + index] as number;
    }
  }
  return {
    shapes: kept.map((index) => all[index] as string),
    layer: {
      rows: kept.length,
      columns,
      weights: latin,
      bias: Float32Array.from(kept, (index) => bias[index] as number),
    },
  };
}

/** A layer as a convolution along the steps, one step wide or three. */
function convolve(graph: OnnxGraph, name: string, input: string, layer: Layer): void {
  const isWide = name === 'context';
  const taps = isWide ? 3 : 1;
  const inputs = layer.columns / taps;
  // Rows hold tap after tap, a convolution wants all taps of an input together.
  const data = new Float32Array(layer.weights.length);
  for (let row = 0; row < layer.rows; row++) {
    for (let tap = 0; tap < taps; tap++) {
      for (let column = 0; column < inputs; column++) {
        data[(row * inputs + column) * taps + tap] = layer.weights[
          row * layer.columns + tap * inputs + column
        ] as number;
      }
    }
  }
  graph.setConstant(`${name}.weights`, { dims: [layer.rows, inputs, taps], data });
  graph.setConstant(`${name}.bias`, { dims: [layer.rows], data: layer.bias });
  graph.nodes.push({
    op: 'Conv',
    inputs: [input, `${name}.weights`, `${name}.bias`],
    outputs: [name],
    attributes: [intsAttribute('kernel_shape', [taps]), intsAttribute('pads', isWide ? [1, 1] : [0, 0])],
  });
}
