import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GRAPH, graphOf, MODEL_GRAPH, NODE, node, nodeText, nodeTexts } from '../../src/providers/local/onnx-fields.js';
import { bytesField, decodeFields, encodeFields, textField } from '../../src/providers/local/protobuf.js';
import { withFloatProducts } from '../../src/providers/local/speech/encoder-graph.js';
import { openEncoder } from '../../src/providers/local/speech/graph-files.js';
import { toStep } from '../../src/providers/local/speech/step-graph.js';

const named = (field: number, name: string, number: number) =>
  bytesField(field, encodeFields([textField(number, name)]));

/** A model of these nodes, with weights of these names, from `x` to `y`. */
const modelOf = (nodes: ReturnType<typeof node>[], weights: string[]): Uint8Array => {
  const names = weights.map((name) => named(GRAPH.initializer, name, 8));
  const graph = [...nodes, ...names, named(GRAPH.input, 'x', 1), named(GRAPH.output, 'y', 1)];
  return encodeFields([bytesField(MODEL_GRAPH, encodeFields(graph))]);
};

const product = (weight: string) => [
  node('DynamicQuantizeLinear', ['x'], ['rounded', 'x.scale', 'x.zero']),
  node('MatMulInteger', ['rounded', weight, 'x.zero', 'w.zero'], ['product']),
  node('Cast', ['product'], ['floats']),
  node('Mul', ['x.scale', 'w.scale'], ['factor']),
  node('Mul', ['floats', 'factor'], ['y']),
];

const nodesIn = (model: Uint8Array) =>
  graphOf(decodeFields(model))
    .filter(({ number }) => number === GRAPH.node)
    .map((each) => [nodeText(each, NODE.op), nodeTexts(each, NODE.input), nodeTexts(each, NODE.output)]);

describe('encoder', () => {
  test('multiplies floats with its weights, and what served the integers is gone', () => {
    const made = withFloatProducts(modelOf(product('w'), ['w', 'w.zero', 'w.scale', 'unused']));
    expect(nodesIn(made as Uint8Array)).toEqual([
      ['DequantizeLinear', ['w', 'w.scale', 'w.zero'], ['product.weight']],
      ['MatMul', ['x', 'product.weight'], ['y']],
    ]);
    const weights = graphOf(decodeFields(made as Uint8Array)).filter(({ number }) => number === GRAPH.initializer);
    expect(weights).toHaveLength(3);
  });

  test('is left as it is where it has no products of integers with weights', () => {
    expect(withFloatProducts(modelOf([node('MatMul', ['x', 'w'], ['y'])], ['w']))).toBeNull();
    expect(withFloatProducts(modelOf(product('computed'), ['w.zero', 'w.scale']))).toBeNull();
  });

  test('is made again where the kept one is damaged', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'uxd-graphs-'));
    await writeFile(join(folder, 'encoder_model.onnx'), modelOf(product('w'), ['w', 'w.zero', 'w.scale']));
    const open = async ({ encoder }: { encoder: string | Uint8Array }) => nodesIn(await readFile(encoder as string));
    const nodes = await openEncoder(folder, true, open);
    const [kept] = (await readdir(folder)).filter((name) => name.startsWith('encoder.'));
    await writeFile(join(folder, kept as string), Uint8Array.of(9, 9, 9));
    expect(await openEncoder(folder, true, open)).toEqual(nodes);
    const refuse = async (): Promise<never> => {
      throw new Error('no room');
    };
    await expect(openEncoder(folder, true, refuse)).rejects.toThrow('no room');
    await rm(folder, { recursive: true });
  });

  test('of a damaged file is an error', () => {
    expect(() => withFloatProducts(Uint8Array.of(9, 9, 9))).toThrow('model file');
  });
});

const LOOK = 'layers.0/encoder_attn/look';
const shapes = (nodes: readonly ReturnType<typeof node>[]) =>
  nodes.map((each) => [nodeText(each, NODE.op), nodeTexts(each, NODE.input), nodeTexts(each, NODE.output)]);

describe('a step of a decoder', () => {
  const attention = [
    node('Concat', ['past_key_values.0.decoder.key', 'own.key'], ['present.0.decoder.key']),
    node('Constant', [], ['sizes']),
    node('Pad', ['past_key_values.0.encoder.key', 'sizes'], ['padded']),
    node('Transpose', ['padded'], ['keys']),
    node('Mul', ['keys', 'scale'], ['keys.scaled']),
    node('MatMul', ['token', 'keys.scaled'], ['scores']),
    node('Softmax', ['scores'], [LOOK]),
    node('MatMul', [LOOK, 'past_key_values.0.encoder.value'], ['seen']),
  ];

  test('prepares what it looks at once, and looks at it for all hypotheses at once', () => {
    const { nodes, inputs, prepared } = toStep(attention, 'logits');
    const [key, value] = ['present.0.encoder.key.prepared', 'present.0.encoder.value.prepared'];
    expect(prepared.outputs).toEqual([key, value]);
    expect(shapes(prepared.nodes)).toEqual([
      ['Constant', [], [`${key}/sound.first`]],
      ['Constant', [], [`${key}/sizes`]],
      ['Pad', ['present.0.encoder.key', `${key}/sizes`], [`${key}/padded`]],
      ['Transpose', [`${key}/padded`], [`${key}/keys`]],
      ['Gather', [`${key}/keys`, `${key}/sound.first`], [key]],
      ['Constant', [], [`${value}/sound.first`]],
      ['Gather', ['present.0.encoder.value', `${value}/sound.first`], [value]],
    ]);
    const all = shapes(nodes);
    expect(all).toContainEqual(['Mul', ['token', 'scale'], [`${LOOK}.token`]]);
    expect(all).toContainEqual(['Einsum', [`${LOOK}.token`, 'past_key_values.0.encoder.key.prepared'], ['scores']]);
    expect(all).toContainEqual(['Einsum', [LOOK, 'past_key_values.0.encoder.value.prepared'], ['seen']]);
    expect(inputs).toHaveLength(5);
  });

  test('takes the hypotheses that go on from the past', () => {
    const all = shapes(toStep(attention, 'logits').nodes);
    expect(all[0]).toEqual([
      'Gather',
      ['past_key_values.0.decoder.key', 'parents'],
      ['past_key_values.0.decoder.key.chosen'],
    ]);
    expect(all).toContainEqual([
      'Concat',
      ['past_key_values.0.decoder.key.chosen', 'own.key'],
      ['present.0.decoder.key'],
    ]);
  });

  test('of another build is left as it is, but for its outputs', () => {
    const plain = [node('MatMul', ['token', 'keys'], ['scores']), node('Softmax', ['scores'], [LOOK])];
    const { nodes, prepared } = toStep(plain, 'logits');
    expect(prepared.outputs).toEqual([]);
    expect(shapes(nodes).slice(1, 4)).toEqual([
      ['MatMul', ['token', 'keys'], ['scores']],
      ['Softmax', ['scores'], [LOOK]],
      ['Transpose', [LOOK], [`${LOOK}.heads`]],
    ]);
    expect(shapes(nodes).at(-1)).toEqual(['ReduceMean', ['step.looks'], ['step.look']]);
  });

  test('that looks at no sound is an error', () => {
    expect(() => toStep([node('Softmax', ['x'], ['self_attn'])], 'logits')).toThrow('does not attend');
  });
});
