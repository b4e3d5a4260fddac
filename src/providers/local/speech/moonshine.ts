/**
 * The Moonshine speech recogniser (Jeffries et al., "Moonshine: Speech Recognition for Live Transcription and Voice
 * Commands", 2024, arXiv:2410.15608): an encoder of the waveform and a decoder of tokens.
 */
import type { OnnxRuntime, OnnxSession, OnnxTensor } from '../runtime.js';
import type { Hypothesis, TokenSource, TokenStep } from './beam.js';
import { EMPTY_PAST } from './decoder-graph.js';
import { openDecoder, openEncoder } from './graph-files.js';
import { STEP_INPUTS, STEP_OUTPUTS } from './step-graph.js';
import { END_TOKEN, START_TOKEN } from './vocabulary.js';

/** Samples that one frame of the encoder stands for: 24 ms. */
export const SAMPLES_PER_FRAME = 384;

/** Fewer samples leave the encoder without a frame. */
export const MIN_SAMPLES = 1600;

/** What the encoder made of a stretch of speech. */
export type Heard = OnnxTensor;

export interface Moonshine {
  /** `samples` -1 to 1 at 16 kHz, at least {@link MIN_SAMPLES}. */
  hear(samples: Float32Array): Promise<Heard>;
  /** The tokens of what was heard, for one search: `choices` of them at each step. */
  tokensOf(heard: Heard, choices: number): TokenSource;
  /** The hypotheses that some texts are, whether or not a search would come to them. */
  recite(heard: Heard, texts: readonly (readonly number[])[]): Promise<Hypothesis[]>;
}

type Tensors = Record<string, OnnxTensor>;

/**
 * Loads `encoder_model.onnx` and `decoder_model_merged.onnx` of a folder. Throws where they are no Moonshine model.
 *
 * @param keeps whether files may be added to the folder
 */
export async function loadMoonshine(folder: string, keeps: boolean, runtime: OnnxRuntime): Promise<Moonshine> {
  const encoder = await openEncoder(folder, keeps, (files) => runtime.open(files.encoder));
  const decoder = await openDecoder(folder, keeps, async (files): Promise<Decoder> => {
    const keys = await runtime.open(files.keys);
    return { keys, next: await runtime.open(files.next) };
  });
  return {
    async hear(samples) {
      const outputs = await encoder.run({ input_values: runtime.floats(samples, [1, samples.length]) });
      return outputs[encoder.outputNames[0] as string] as OnnxTensor;
    },
    tokensOf: (heard, choices) => createTokenSource(decoder, heard, choices, runtime),
    async recite(heard, texts) {
      if (texts.length === 0) return [];
      const before = await beforeTokens(decoder, heard, runtime);
      const recited: Hypothesis[] = [];
      for (const tokens of texts) recited.push(await reciteOne(decoder, before, tokens, runtime));
      return recited;
    },
  };
}

interface Decoder {
  readonly keys: OnnxSession;
  readonly next: OnnxSession;
}

function createTokenSource(decoder: Decoder, heard: Heard, choices: number, runtime: OnnxRuntime): TokenSource {
  let past: Past | null = null;
  const advance = async (parents: readonly number[], tokens: readonly number[]): Promise<readonly TokenStep[]> => {
    past ??= await beforeTokens(decoder, heard, runtime);
    const read = tokens.map((token) => [token]);
    const { steps, said } = await step(decoder, past, { parents, read, asked: read, choices }, runtime);
    past = { ...past, said };
    return steps;
  };
  return {
    begin: async () => {
      const [first] = await advance([0], [START_TOKEN]);
      return first as TokenStep;
    },
    advance,
  };
}

/** Tokens that are recited at a time: each takes 128 kB for the values of all tokens. */
const RECITED = 8;

async function reciteOne(
  decoder: Decoder,
  before: Past,
  tokens: readonly number[],
  runtime: OnnxRuntime,
): Promise<Hypothesis> {
  const read = [START_TOKEN, ...tokens];
  const following = [...tokens, END_TOKEN];
  const logProbabilities: number[] = [];
  const looks: Float32Array[] = [];
  let past = before;
  for (let start = 0; start < read.length; start += RECITED) {
    const part = [read, following].map((list) => list.slice(start, start + RECITED)) as [number[], number[]];
    const request = { parents: [0], read: [part[0]], asked: [part[1]], choices: 1 };
    const { steps, said } = await step(decoder, past, request, runtime);
    past = { ...past, said };
    for (const { asked, look } of steps) {
      logProbabilities.push(asked);
      looks.push(look);
    }
  }
  return { tokens, logProbabilities, looks, isEnded: true };
}

/** Keys and values, as they go into the next step. */
interface Past {
  /** Of what was heard. */
  readonly heard: Tensors;
  /** Of what was said, for each hypothesis. */
  readonly said: Tensors;
}

async function beforeTokens({ keys, next }: Decoder, heard: Heard, runtime: OnnxRuntime): Promise<Past> {
  // Some exports take the number of hypotheses from the tokens.
  const tokens = keys.inputNames.includes('input_ids') ? { input_ids: runtime.integers([START_TOKEN], [1, 1]) } : {};
  const outputs = await keys.run({ ...tokens, encoder_hidden_states: heard });
  const empty = outputs[EMPTY_PAST] as OnnxTensor;
  const said = next.inputNames.filter((name) => name.includes('.decoder.')).map((name) => [name, empty] as const);
  return { heard: presentIn(outputs), said: Object.fromEntries(said) };
}

interface StepRequest {
  /** Of each hypothesis, which of those of the step before it goes on from. */
  readonly parents: readonly number[];
  /** Tokens that each hypothesis reads, as many of each. */
  readonly read: readonly (readonly number[])[];
  /** After each of them a token whose log-probability is asked for. */
  readonly asked: readonly (readonly number[])[];
  /** How many of the likeliest tokens are asked for. */
  readonly choices: number;
}

interface Stepped {
  /** A step for each token that was read, one hypothesis after the other. */
  readonly steps: readonly (TokenStep & { readonly asked: number })[];
  readonly said: Tensors;
}

async function step(
  { next }: Decoder,
  { heard, said }: Past,
  { parents, read, asked, choices }: StepRequest,
  runtime: OnnxRuntime,
): Promise<Stepped> {
  const size = [read.length, read[0]?.length ?? 0];
  const outputs = await next.run({
    input_ids: runtime.integers(read.flat(), size),
    [STEP_INPUTS.parents]: runtime.integers(parents, [parents.length]),
    [STEP_INPUTS.choices]: runtime.integers([choices], [1]),
    [STEP_INPUTS.asked]: runtime.integers(asked.flat(), [...size, 1]),
    ...heard,
    ...said,
  });
  const count = read.flat().length;
  const rowsOf = (name: string): Float32Array[] => {
    const data = (outputs[name] as OnnxTensor).data as Float32Array;
    const length = data.length / count;
    return Array.from({ length: count }, (_, row) => data.subarray(row * length, (row + 1) * length));
  };
  const [values, answers, looks] = [STEP_OUTPUTS.logProbabilities, STEP_OUTPUTS.asked, STEP_OUTPUTS.look].map(rowsOf);
  const steps = rowsOf(STEP_OUTPUTS.tokens).map((tokens, row) => ({
    candidates: Array.from(tokens, (token, index) => ({ token, logProbability: values?.[row]?.[index] as number })),
    asked: answers?.[row]?.[0] as number,
    look: looks?.[row] as Float32Array,
  }));
  return { steps, said: presentIn(outputs) };
}

/** Keys and values as they go into the next run. */
function presentIn(outputs: Readonly<Tensors>): Tensors {
  const entries = Object.entries(outputs).filter(([name]) => name.startsWith('present.'));
  return Object.fromEntries(entries.map(([name, tensor]) => [name.replace('present.', 'past_key_values.'), tensor]));
}
