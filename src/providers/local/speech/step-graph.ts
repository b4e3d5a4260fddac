/**
 * Makes one step of a Moonshine decoder cheap for several hypotheses of the same sound: what they share is looked at once
 * for all of them, the hypotheses that go on are taken inside the graph, and only the likeliest tokens come out of it.
 */
import {
  ELEMENT,
  inputOf,
  intAttribute,
  integers,
  intsAttribute,
  NODE,
  node,
  nodeText,
  nodeTexts,
  outerNames,
  renamed,
  textAttribute,
  usedNodes,
} from '../onnx-fields.js';
import type { Field } from '../protobuf.js';

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

/** Hypotheses x heads x tokens x frames, to heads x hypotheses x tokens x frames. */
const HEADS_FIRST = [intsAttribute('perm', [1, 0, 2, 3])];
/**
 * Products by head (h) for all hypotheses (b) and tokens (t) at once, over the size of a head (s) or the frames (f) of the
 * sound. `Einsum` makes of them a product of matrices a head.
 */
const SCORES = [textAttribute('equation', 'bhts,hsf->hbtf')];
const SUMS = [textAttribute('equation', 'hbtf,hfs->bhts')];
const FIRST = 'sound.first';

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

/** @param logits name of the values of all tokens that may follow: hypotheses x tokens x vocabulary */
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
  /** Where each layer looks: heads x hypotheses x tokens x frames. */
  readonly looks: readonly string[];
  /** What each layer looks at, the same at every step. */
  readonly ofSound: readonly string[];
}

/**
 * The file has a product for each head and hypothesis, and scales the keys of the sound at every step. Here a head has one
 * for all hypotheses, and the token is scaled. Layers of another build are left as they are.
 */
function withSharedSound(nodes: readonly Field[]): SharedSound {
  const replaced = new Map<Field, readonly Field[]>();
  const looks: string[] = [];
  const ofSound: string[] = [];
  for (const softmax of nodes.filter((each) => nodeText(each, NODE.op) === 'Softmax')) {
    const look = nodeText(softmax, NODE.output);
    if (!look.includes('encoder_attn')) continue;
    const attention = attentionOf(softmax, nodes);
    if (attention === null) {
      replaced.set(softmax, [softmax, node('Transpose', [look], [`${look}.heads`], HEADS_FIRST)]);
      looks.push(`${look}.heads`);
      continue;
    }
    const { scores, scaling, sum } = attention;
    const [token = ''] = nodeTexts(scores, NODE.input);
    const [keys = '', scale = ''] = nodeTexts(scaling, NODE.input);
    const [, values = ''] = nodeTexts(sum, NODE.input);
    const own = { token: `${look}.token`, keys: `${look}.keys`, values: `${look}.values` };
    replaced.set(scores, [
      node('Mul', [token, scale], [own.token]),
      node('Gather', [keys, FIRST], [own.keys]),
      node('Einsum', [own.token, own.keys], nodeTexts(scores, NODE.output), SCORES),
    ]);
    replaced.set(sum, [
      node('Gather', [values, FIRST], [own.values]),
      node('Einsum', [look, own.values], nodeTexts(sum, NODE.output), SUMS),
    ]);
    looks.push(look);
    ofSound.push(own.keys, own.values);
  }
  if (looks.length === 0) throw new Error('the decoder does not attend to an encoder');
  return { nodes: [integers(FIRST, 0), ...nodes.flatMap((each) => replaced.get(each) ?? [each])], looks, ofSound };
}

interface Attention {
  /** `MatMul(token, scaled keys)`, the input of the softmax. */
  readonly scores: Field;
  /** `Mul(keys, scale)`. */
  readonly scaling: Field;
  /** `MatMul(softmax, values)`. */
  readonly sum: Field;
}

/** Null where the layer is built in another way. */
function attentionOf(softmax: Field, nodes: readonly Field[]): Attention | null {
  const made = (name: string | undefined, op: string): Field | undefined =>
    nodes.find((each) => nodeText(each, NODE.op) === op && nodeTexts(each, NODE.output)[0] === name);
  const scores = made(nodeText(softmax, NODE.input), 'MatMul');
  const scaling = scores && made(nodeTexts(scores, NODE.input)[1], 'Mul');
  const look = nodeText(softmax, NODE.output);
  const sum = nodes.find((each) => nodeText(each, NODE.op) === 'MatMul' && nodeText(each, NODE.input) === look);
  return scores && scaling && sum ? { scores, scaling, sum } : null;
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
      return each === name ? output : `${output}/${each}`;
    };
    made.push(...own.map((each) => renamed(each, (text) => (text === '' ? text : rename(text)))));
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

/** Keys or values: heads x size x frames, or heads x frames x size. */
function soundInput(name: string): Field {
  return inputOf(name, ELEMENT.float, ['heads', `${name}.rows`, `${name}.columns`]);
}

const STEP_DIMENSIONS: readonly (readonly [string, readonly string[]])[] = [
  [STEP_INPUTS.parents, ['parents']],
  [STEP_INPUTS.choices, ['one']],
  [STEP_INPUTS.asked, ['hypotheses', 'tokens', 'one']],
];
