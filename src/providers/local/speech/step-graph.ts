/**
 * Makes one step of a Moonshine decoder cheap for several hypotheses of the same sound: what they share is looked at once
 * for all of them, the hypotheses that go on are taken inside the graph, and only the likeliest tokens come out of it.
 */
import {
  ATTRIBUTE,
  ATTRIBUTE_TYPE,
  bytesOf,
  ELEMENT,
  GRAPH,
  NODE,
  node,
  nodeText,
  nodeTexts,
  usedNodes,
  VALUE,
} from '../onnx-fields.js';
import { intsAttribute } from '../onnx-graph.js';
import { bytesField, decodeFields, encodeFields, type Field, textField, varintField } from '../protobuf.js';

/**
 * What a step takes beside the tokens and the past: the hypotheses that go on, how many tokens are asked for, and after
 * each token that is read one whose log-probability is asked for (hypotheses x tokens x 1). All are whole numbers.
 */
export const STEP_INPUTS = { parents: 'parents', choices: 'choices', asked: 'asked' } as const;
/**
 * What a step gives beside the past, after each token that it reads, one hypothesis after the other: the next tokens,
 * likeliest first, with their log-probabilities (both hypotheses x tokens x choices), that of the token asked for, and
 * where it looked, the mean over layers and heads (a row of frames each). All are floats.
 */
export const STEP_OUTPUTS = {
  tokens: 'step.tokens',
  logProbabilities: 'step.values',
  asked: 'step.asked',
  look: 'step.look',
} as const;

/** Hypotheses x heads x 1 x any, to 1 x heads x hypotheses x any, and back. */
const TURNED = [intsAttribute('perm', [1, 0, 2, 3])];

export interface StepGraph {
  readonly nodes: readonly Field[];
  /** Inputs of the graph that these nodes need and the decoder has not. */
  readonly inputs: readonly Field[];
  /** What is made of the keys and values of the sound before the first step: see {@link Prepared}. */
  readonly prepared: Prepared;
}

/** Nodes that turn `present.*.encoder.*` into `present.*.encoder.*.prepared`, and the names of those. */
export interface Prepared {
  readonly nodes: readonly Field[];
  readonly outputs: readonly string[];
}

/** @param logits name of the values of all tokens: hypotheses x 1 x tokens */
export function toStep(nodes: readonly Field[], logits: string): StepGraph {
  const attention = withSharedSound(nodes);
  const { step, prepared } = takeOutPrepared(attention.nodes, attention.ofSound);
  return {
    nodes: [...withChosenPast(step), ...likeliest(logits), ...meanOf(attention.looks)],
    inputs: [
      ...STEP_DIMENSIONS.map(([name, dimensions]) => inputOf(name, ELEMENT.int64, dimensions)),
      ...prepared.outputs.map(pastOf).map(soundInput),
    ],
    prepared,
  };
}

interface SharedSound {
  readonly nodes: readonly Field[];
  /** Where each layer looks: 1 x heads x hypotheses x frames. */
  readonly looks: readonly string[];
  /** What each layer looks at, the same at every step. */
  readonly ofSound: readonly string[];
}

/**
 * Every hypothesis looks at the same sound with one token: turned, they are the rows of one product a head, instead of a
 * product each. The file scales the keys of the sound at every step; here the token is scaled, which is as one of their
 * columns. Layers of another build are left as they are.
 */
function withSharedSound(nodes: readonly Field[]): SharedSound {
  const producers = new Map(nodes.flatMap((each) => nodeTexts(each, NODE.output).map((name) => [name, each] as const)));
  const replaced = new Map<Field, readonly Field[]>();
  const looks: string[] = [];
  const ofSound: string[] = [];
  for (const softmax of nodes.filter((each) => nodeText(each, NODE.op) === 'Softmax')) {
    const look = nodeText(softmax, NODE.output);
    if (!look.includes('encoder_attn')) continue;
    const scores = producers.get(nodeText(softmax, NODE.input));
    const [token = '', scaled = ''] = scores === undefined ? [] : nodeTexts(scores, NODE.input);
    const [scaling, sum] = [producers.get(scaled), nodes.find((each) => nodeTexts(each, NODE.input)[0] === look)];
    if (scores === undefined || scaling === undefined || sum === undefined || nodeText(scaling, NODE.op) !== 'Mul') {
      replaced.set(softmax, [softmax, node('Transpose', [look], [`${look}.turned`], TURNED)]);
      looks.push(`${look}.turned`);
      continue;
    }
    const [keys = '', scale = ''] = nodeTexts(scaling, NODE.input);
    const [, values = ''] = nodeTexts(sum, NODE.input);
    const seen = nodeText(sum, NODE.output);
    const [ownKeys, ownValues] = [`${look}.keys`, `${look}.values`];
    replaced.set(scores, [
      node('Mul', [token, scale], [`${look}.token`]),
      node('Gather', [keys, FIRST], [ownKeys]),
      node('Einsum', [`${look}.token`, ownKeys], nodeTexts(scores, NODE.output), [textAttribute('equation', 'bhts,hsf->hbtf')]),
    ]);
    replaced.set(sum, [
      node('Gather', [values, FIRST], [ownValues]),
      node('Einsum', [look, ownValues], [seen], [textAttribute('equation', 'hbtf,hfs->bhts')]),
    ]);
    looks.push(look);
    ofSound.push(ownKeys, ownValues);
  }
  if (looks.length === 0) throw new Error('the decoder does not attend to an encoder');
  return { nodes: [integers(FIRST, []), ...nodes.flatMap((each) => replaced.get(each) ?? [each])], looks, ofSound };
}

/** What is computed from keys or values of the sound alone is computed once, before the first step. */
function takeOutPrepared(
  nodes: readonly Field[],
  ofSound: readonly string[],
): { step: readonly Field[]; prepared: Prepared } {
  const taken = new Map<string, string>();
  const made: Field[] = [];
  for (const name of ofSound) {
    const own = usedNodes(nodes, [name]);
    const [source = '', ...others] = outerNames(own);
    if (!PAST_OF_SOUND.test(source) || others.length > 0) continue;
    const output = `${presentOf(source)}.prepared`;
    const rename = (each: string): string => {
      if (each === source) return presentOf(source);
      return each === name ? output : `prepared/${each}`;
    };
    const inner = new Set(own.flatMap((each) => nodeTexts(each, NODE.output)));
    made.push(
      ...own.map((each) => renamed(each, (text) => (inner.has(text) || text === source ? rename(text) : text))),
    );
    taken.set(name, pastOf(output));
  }
  const isOutput = (name: string): boolean => taken.has(name);
  const step = nodes
    .filter((each) => !nodeTexts(each, NODE.output).some(isOutput))
    .map((each) => renamed(each, (name) => taken.get(name) ?? name));
  return { step, prepared: { nodes: made, outputs: [...taken.values()].map(presentOf) } };
}

const PAST_OF_SOUND = /^past_key_values\..*\.encoder\./;

function presentOf(past: string): string {
  return past.replace('past_key_values.', 'present.');
}

function pastOf(present: string): string {
  return present.replace('present.', 'past_key_values.');
}

/** Names that these nodes read and none of them makes: inputs of the graph and weights. */
function outerNames(nodes: readonly Field[]): string[] {
  const made = new Set(nodes.flatMap((each) => nodeTexts(each, NODE.output)));
  return [...new Set(nodes.flatMap((each) => nodeTexts(each, NODE.input)))].filter(
    (name) => name !== '' && !made.has(name),
  );
}

/** The node with other names of its inputs and outputs. */
function renamed(each: Field, rename: (name: string) => string): Field {
  const [inputs, outputs] = [nodeTexts(each, NODE.input), nodeTexts(each, NODE.output)];
  if ([...inputs, ...outputs].every((name) => rename(name) === name)) return each;
  const attributes = decodeFields(bytesOf(each)).filter(({ number }) => number === NODE.attribute);
  return node(nodeText(each, NODE.op), inputs.map(rename), outputs.map(rename), attributes);
}

/** Of what was said before, the rows of the hypotheses that go on. */
function withChosenPast(nodes: readonly Field[]): Field[] {
  const isPast = (name: string): boolean => name.startsWith('past_key_values.') && name.includes('.decoder.');
  const past = new Set(nodes.flatMap((each) => nodeTexts(each, NODE.input)).filter(isPast));
  const chosen = [...past].map((name) => node('Gather', [name, STEP_INPUTS.parents], [`${name}.chosen`]));
  const others = nodes.map((each) => renamed(each, (name) => (past.has(name) ? `${name}.chosen` : name)));
  return [...chosen, ...others];
}

function likeliest(logits: string): Field[] {
  return [
    node('LogSoftmax', [logits], ['step.all']),
    node('TopK', ['step.all', STEP_INPUTS.choices], [STEP_OUTPUTS.logProbabilities, 'step.integers']),
    node('Cast', ['step.integers'], [STEP_OUTPUTS.tokens], [toFloat()]),
    node('GatherElements', ['step.all', STEP_INPUTS.asked], [STEP_OUTPUTS.asked], [intAttribute('axis', 2)]),
  ];
}

function meanOf(looks: readonly string[]): Field[] {
  return [
    node('Mean', looks, ['step.looks']),
    node('ReduceMean', ['step.looks'], [STEP_OUTPUTS.look], [intsAttribute('axes', [0]), intAttribute('keepdims', 0)]),
  ];
}

/** The attribute of a `Cast` to floats. */
export function toFloat(): Field {
  return intAttribute('to', ELEMENT.float);
}

function intAttribute(name: string, value: number): Field {
  const fields = [
    textField(ATTRIBUTE.name, name),
    varintField(ATTRIBUTE.int, value),
    varintField(ATTRIBUTE.type, ATTRIBUTE_TYPE.int),
  ];
  return bytesField(NODE.attribute, encodeFields(fields));
}

const STEP_DIMENSIONS: readonly (readonly [string, readonly string[]])[] = [
  [STEP_INPUTS.parents, ['parents']],
  [STEP_INPUTS.choices, ['one']],
  [STEP_INPUTS.asked, ['hypotheses', 'tokens', 'one']],
];

function soundInput(name: string): Field {
  return inputOf(name, ELEMENT.float, ['heads', `${name}.rows`, `${name}.columns`]);
}

/** An input of the graph, with names for its dimensions. */
function inputOf(name: string, element: number, dimensions: readonly string[]): Field {
  const shape = encodeFields(dimensions.map((each) => bytesField(1, encodeFields([textField(2, each)]))));
  const tensor = encodeFields([varintField(1, element), bytesField(2, shape)]);
  const type = encodeFields([bytesField(1, tensor)]);
  return bytesField(GRAPH.input, encodeFields([textField(VALUE.name, name), bytesField(VALUE.type, type)]));
}

const FIRST = 'sound.first';

export function textAttribute(name: string, value: string): Field {
  const fields = [textField(1, name), textField(4, value), varintField(20, 3)];
  return bytesField(NODE.attribute, encodeFields(fields));
}

/** A constant: a list, or without values the number 0. */
function integers(name: string, values: readonly number[]): Field {
  const tensor = encodeFields([
    ...(values.length > 0 ? [varintField(1, values.length)] : []),
    varintField(2, ELEMENT.int64),
    ...(values.length > 0 ? values : [0]).map((value) => varintField(7, value)),
  ]);
  const value = encodeFields([
    textField(ATTRIBUTE.name, 'value'),
    bytesField(ATTRIBUTE.tensor, tensor),
    varintField(ATTRIBUTE.type, ATTRIBUTE_TYPE.tensor),
  ]);
  return node('Constant', [], [name], [bytesField(NODE.attribute, value)]);
}
