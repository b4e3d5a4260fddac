/**
 * Takes a Moonshine decoder apart. Its file has one `If` node: one branch reads the first tokens and computes the keys
 * and values of what was heard, the other reads one token more. Of the first only the keys are needed, since the other
 * reads a first token as well; so the weights are loaded once instead of twice, several hypotheses go through together,
 * and it tells where each token looked.
 */
import {
  ATTRIBUTE,
  bytesOf,
  floatOutputs,
  GRAPH,
  graphOf,
  integers,
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
import { decodeFields, encodeFields, type Field, textField } from '../protobuf.js';
import { STEP_OUTPUTS, toFloat, toStep } from './step-graph.js';

export interface DecoderGraphs {
  /** From `encoder_hidden_states` the keys and values of what was heard, `present.*.encoder.*`, and {@link EMPTY_PAST}. */
  readonly keys: Uint8Array;
  /**
   * Reads one token more: `input_ids` (int64, hypotheses x 1), `past_key_values.*` and {@link STEP_INPUTS} give
   * `present.*.decoder.*` and {@link STEP_OUTPUTS}.
   */
  readonly next: Uint8Array;
}

/** The keys, and the values, of a layer before the first token. */
export const EMPTY_PAST = 'past.empty';
const LOGITS = 'logits';

/** Throws where the file is no merged Moonshine decoder. */
export function takeDecoderApart(model: Uint8Array): DecoderGraphs {
  const fields = decodeFields(model);
  const graph = graphOf(fields);
  const choice = graph.find((field) => field.number === GRAPH.node && nodeText(field, NODE.op) === 'If');
  if (choice === undefined) throw new Error('the decoder has no branches: it is not a merged Moonshine decoder');
  const first = branchOf(choice, 'else_branch');
  const next = branchOf(choice, 'then_branch');
  const step = toStep(withIntegerLogits(nodesOf(graph, next)), LOGITS);
  const keyNames = outputNames(first).filter((name) => name.includes('.encoder.'));
  const pastNames = outputNames(next).filter((name) => name.includes('.decoder.'));
  const { prepared } = step;
  const raw = keyNames.filter((name) => !prepared.outputs.includes(`${name}.prepared`));
  const keyNodes = [...withOneHypothesis(nodesOf(graph, first), keyNames), ...prepared.nodes, ...emptyPast(keyNames)];
  const keys = liftBranch([...graph, ...first], keyNodes, [...raw, ...prepared.outputs, EMPTY_PAST]);
  const outputs = [...pastNames, ...Object.values(STEP_OUTPUTS)];
  return {
    keys: withGraph(fields, keys),
    next: withGraph(fields, liftBranch([...graph, ...next, ...step.inputs], step.nodes, outputs)),
  };
}

/** The nodes of a branch, and those of the outer graph that it may use. */
function nodesOf(graph: readonly Field[], branch: readonly Field[]): Field[] {
  return [...graph, ...branch].filter((field) => field.number === GRAPH.node && nodeText(field, NODE.op) !== 'If');
}

/** A graph of those of the nodes, weights and inputs that these outputs need. */
function liftBranch(all: readonly Field[], candidates: readonly Field[], outputs: readonly string[]): Uint8Array {
  const nodes = usedNodes(candidates, outputs);
  const used = new Set([...outputs, ...nodes.flatMap((field) => nodeTexts(field, NODE.input))]);
  const weights = all.filter((field) => field.number === GRAPH.initializer && used.has(textIn(field, TENSOR.name)));
  const inputs = all.filter((field) => field.number === GRAPH.input && used.has(textIn(field, VALUE.name)));
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
  return [
    ...nodes.filter((node) => node !== product),
    node('DynamicQuantizeLinear', [hidden], ['last', 'last.scale', 'last.zero']),
    node('MatMulInteger', ['last', weights, 'last.zero', zero], ['last.product']),
    node('Mul', ['last.scale', scale], ['last.factor']),
    node('Cast', ['last.product'], ['last.floats'], [toFloat()]),
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
  const changed = nodes.map((each) => {
    if (!shapes.has(each) || nodeText(each, NODE.op) !== 'Concat') return each;
    const [, ...others] = nodeTexts(each, NODE.input);
    const attributes = decodeFields(bytesOf(each)).filter(({ number }) => number === NODE.attribute);
    return node('Concat', ['one', ...others], nodeTexts(each, NODE.output), attributes);
  });
  return [integers('one', [1]), ...changed];
}

/** No frames of the keys of a layer. */
function emptyPast([keys = '']: readonly string[]): Field[] {
  return [
    integers('past.none', [0]),
    integers('past.axis', [2]),
    node('Slice', [keys, 'past.none', 'past.none', 'past.axis'], [EMPTY_PAST]),
  ];
}

function branchOf(choice: Field, name: string): Field[] {
  for (const attribute of decodeFields(bytesOf(choice)).filter(({ number }) => number === NODE.attribute)) {
    const fields = decodeFields(bytesOf(attribute));
    if (textOf(fields.find(({ number }) => number === ATTRIBUTE.name)) !== name) continue;
    return decodeFields(bytesOf(fields.find(({ number }) => number === ATTRIBUTE.graph)));
  }
  throw new Error(`the decoder has no ${name}: it is not a merged Moonshine decoder`);
}
