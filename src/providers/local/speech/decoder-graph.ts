/**
 * Takes a Moonshine decoder apart. Its file has one `If` node: one branch reads the first tokens and computes the keys
 * and values of what was heard, the other reads one token more. Of the first only the keys are needed, since the other
 * reads a first token as well; so the weights are loaded once instead of twice, several hypotheses go through together,
 * and it tells where each token looked.
 */
import {
  ATTRIBUTE,
  ATTRIBUTE_TYPE,
  bytesOf,
  ELEMENT,
  floatOutputs,
  GRAPH,
  graphOf,
  NODE,
  node,
  nodeText,
  nodeTexts,
  outputNames,
  TENSOR,
  textIn,
  textOf,
  usedNodes,
  VALUE,
  withGraph,
} from '../onnx-fields.js';
import { bytesField, decodeFields, encodeFields, type Field, textField, varintField } from '../protobuf.js';

export interface DecoderGraphs {
  /** From `encoder_hidden_states` the keys and values of what was heard: `present.*.encoder.*`. */
  readonly keys: Uint8Array;
  /**
   * Reads one token more: `input_ids` (int64, hypotheses x 1) and `past_key_values.*` give `logits`,
   * `present.*.decoder.*` and, for each layer, where the token looked: outputs `...encoder_attn...`,
   * `hypotheses x heads x 1 x frames`.
   */
  readonly next: Uint8Array;
}

const LOGITS = 'logits';

/** Throws where the file is no merged Moonshine decoder. */
export function takeDecoderApart(model: Uint8Array): DecoderGraphs {
  const fields = decodeFields(model);
  const graph = graphOf(fields);
  const choice = graph.find((field) => field.number === GRAPH.node && nodeText(field, NODE.op) === 'If');
  if (choice === undefined) throw new Error('the decoder has no branches: it is not a merged Moonshine decoder');
  const first = branchOf(choice, 'else_branch');
  const next = branchOf(choice, 'then_branch');
  const looks = next
    .filter((field) => field.number === GRAPH.node && nodeText(field, NODE.op) === 'Softmax')
    .map((field) => nodeText(field, NODE.output))
    .filter((name) => name.includes('encoder_attn'));
  if (looks.length === 0) throw new Error('the decoder does not attend to an encoder');
  const encode = (nodes: readonly Field[], branch: readonly Field[], outputs: readonly string[]): Uint8Array =>
    withGraph(fields, liftBranch(graph, nodes, branch, outputs));
  const isOfEncoder = (name: string): boolean => name.includes('.encoder.');
  const keyNames = outputNames(first).filter(isOfEncoder);
  const nextNames = [...outputNames(next).filter((name) => !isOfEncoder(name)), ...looks];
  return {
    keys: encode(withOneHypothesis(nodesOf(graph, first), keyNames), first, keyNames),
    next: encode(withIntegerLogits(nodesOf(graph, next)), next, nextNames),
  };
}

/** The nodes of a branch, and those of the outer graph that it may use. */
function nodesOf(graph: readonly Field[], branch: readonly Field[]): Field[] {
  return [...graph, ...branch].filter((field) => field.number === GRAPH.node && nodeText(field, NODE.op) !== 'If');
}

/** The branch as a graph: with the nodes, weights and inputs of the outer graph that it uses. */
function liftBranch(
  graph: readonly Field[],
  all: readonly Field[],
  branch: readonly Field[],
  outputs: readonly string[],
): Uint8Array {
  const nodes = usedNodes(all, outputs);
  const used = new Set([...outputs, ...nodes.flatMap((field) => nodeTexts(field, NODE.input))]);
  const weights = [...graph, ...branch].filter(
    (field) => field.number === GRAPH.initializer && used.has(textIn(field, TENSOR.name)),
  );
  const inputs = graph.filter((field) => field.number === GRAPH.input && used.has(textIn(field, VALUE.name)));
  return encodeFields([...nodes, textField(GRAPH.name, 'decoder'), ...weights, ...inputs, ...floatOutputs(outputs)]);
}

/**
 * The last layer multiplies with the table of 32,768 tokens, kept as 8-bit integers. The file turns all of it into floats
 * for every token, which takes most of the time; here the integers are multiplied, as in all other layers.
 */
function withIntegerLogits(nodes: readonly Field[]): Field[] {
  const product = nodes.find((node) => nodeText(node, NODE.output) === LOGITS);
  const [hidden, floats] = product === undefined ? [] : nodeTexts(product, NODE.input);
  const table = nodes.find((node) => nodeText(node, NODE.output) === floats);
  if (hidden === undefined || table === undefined || nodeText(table, NODE.op) !== 'DequantizeLinear') return [...nodes];
  const [weights, scale, zero] = nodeTexts(table, NODE.input) as [string, string, string];
  const toFloat = [
    bytesField(
      NODE.attribute,
      encodeFields([
        textField(ATTRIBUTE.name, 'to'),
        varintField(ATTRIBUTE.int, ELEMENT.float),
        varintField(ATTRIBUTE.type, ATTRIBUTE_TYPE.int),
      ]),
    ),
  ];
  return [
    ...nodes.filter((node) => node !== product),
    node('DynamicQuantizeLinear', [hidden], ['last', 'last.scale', 'last.zero']),
    node('MatMulInteger', ['last', weights, 'last.zero', zero], ['last.product']),
    node('Mul', ['last.scale', scale], ['last.factor']),
    node('Cast', ['last.product'], ['last.floats'], toFloat),
    node('Mul', ['last.floats', 'last.factor'], [LOGITS]),
  ];
}

/**
 * The keys of what was heard are given the shape `hypotheses x heads x frames x size`, and the number of hypotheses is
 * taken from the tokens, by way of all layers before. There is one: with that said, none of those layers is needed.
 */
function withOneHypothesis(nodes: readonly Field[], keys: readonly string[]): Field[] {
  const producers = new Map(nodes.flatMap((each) => nodeTexts(each, NODE.output).map((name) => [name, each] as const)));
  const inputOf = (of: Field | undefined, index: number): Field | undefined =>
    of && producers.get(nodeTexts(of, NODE.input)[index] ?? '');
  const shapes = new Set(keys.map((name) => inputOf(inputOf(producers.get(name), 0), 1)));
  const one = encodeFields([
    varintField(TENSOR.dims, 1),
    varintField(TENSOR.type, ELEMENT.int64),
    varintField(TENSOR.int64Data, 1),
  ]);
  const value = encodeFields([
    textField(ATTRIBUTE.name, 'value'),
    bytesField(ATTRIBUTE.tensor, one),
    varintField(ATTRIBUTE.type, ATTRIBUTE_TYPE.tensor),
  ]);
  const changed = nodes.map((each) => {
    if (!shapes.has(each) || nodeText(each, NODE.op) !== 'Concat') return each;
    const [, ...others] = nodeTexts(each, NODE.input);
    const attributes = decodeFields(bytesOf(each)).filter(({ number }) => number === NODE.attribute);
    return node('Concat', ['one', ...others], nodeTexts(each, NODE.output), attributes);
  });
  return [node('Constant', [], ['one'], [bytesField(NODE.attribute, value)]), ...changed];
}

function branchOf(choice: Field, name: string): Field[] {
  for (const attribute of decodeFields(bytesOf(choice)).filter(({ number }) => number === NODE.attribute)) {
    const fields = decodeFields(bytesOf(attribute));
    if (textOf(fields.find(({ number }) => number === ATTRIBUTE.name)) !== name) continue;
    return decodeFields(bytesOf(fields.find(({ number }) => number === ATTRIBUTE.graph)));
  }
  throw new Error(`the decoder has no ${name}: it is not a merged Moonshine decoder`);
}
