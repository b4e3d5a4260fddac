/**
 * The Moonshine speech recogniser (Jeffries et al., "Moonshine: Speech Recognition for Live Transcription and Voice
 * Commands", 2024, arXiv:2410.15608): an encoder of the waveform and a decoder of tokens.
 */
import type { OnnxRuntime, OnnxSession, OnnxTensor } from '../runtime.js';
import { type Hypothesis, logProbabilityOf, type TokenSource, type TokenStep } from './beam.js';
import { openDecoder, openEncoder } from './graph-files.js';
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
  /** The tokens of what was heard; for one search. */
  tokensOf(heard: Heard): TokenSource;
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
    return { keys, next: await runtime.open(files.next, { keepsBuffers: true }) };
  });
  return {
    async hear(samples) {
      const outputs = await encoder.run({ input_values: runtime.floats(samples, [1, samples.length]) });
      return outputs[encoder.outputNames[0] as string] as OnnxTensor;
    },
    tokensOf: (heard) => createTokenSource(decoder, heard, runtime),
    async recite(heard, texts) {
      if (texts.length === 0) return [];
      const heardParts = await keysOf(decoder, heard, runtime);
      const recited: Hypothesis[] = [];
      for (const tokens of texts) recited.push(await reciteOne(decoder, heardParts, tokens, runtime));
      return recited;
    },
  };
}

interface Decoder {
  readonly keys: OnnxSession;
  readonly next: OnnxSession;
}

function createTokenSource(decoder: Decoder, heard: Heard, runtime: OnnxRuntime): TokenSource {
  let heardParts: Tensors = {};
  let saidParts: Tensors = {};
  const advance = async (parents: readonly number[], tokens: readonly number[]): Promise<TokenStep[]> => {
    const past: Tensors = {};
    for (const [name, tensor] of Object.entries(saidParts)) past[name] = takeRows(tensor, parents, runtime);
    const input = runtime.integers(tokens, [tokens.length, 1]);
    const outputs = await decoder.next.run({ input_ids: input, ...heardParts, ...past });
    saidParts = renamed(outputs);
    return stepsOf(outputs);
  };
  return {
    async begin() {
      heardParts = await keysOf(decoder, heard, runtime);
      saidParts = nothingSaid(heardParts, runtime);
      const [step] = await advance([0], [START_TOKEN]);
      return step as TokenStep;
    },
    advance,
  };
}

/** Tokens that are recited at a time: each takes 128 kB of logits. */
const RECITED = 16;

async function reciteOne(
  { next }: Decoder,
  heardParts: Readonly<Tensors>,
  tokens: readonly number[],
  runtime: OnnxRuntime,
): Promise<Hypothesis> {
  const read = [START_TOKEN, ...tokens];
  const said = [...tokens, END_TOKEN];
  const logProbabilities: number[] = [];
  const looks: Float32Array[] = [];
  let saidParts = nothingSaid(heardParts, runtime);
  for (let start = 0; start < read.length; start += RECITED) {
    const part = read.slice(start, start + RECITED);
    const outputs = await next.run({
      input_ids: runtime.integers(part, [1, part.length]),
      ...heardParts,
      ...saidParts,
    });
    saidParts = renamed(outputs);
    for (const [index, { logits, look }] of stepsOf(outputs).entries()) {
      logProbabilities.push(logProbabilityOf(logits, said[start + index] as number));
      looks.push(look);
    }
  }
  return { tokens, logProbabilities, looks, isEnded: true };
}

/** Keys and values of what was heard. */
async function keysOf({ keys }: Decoder, heard: Heard, runtime: OnnxRuntime): Promise<Tensors> {
  // Some exports take the number of hypotheses from the tokens.
  const tokens = keys.inputNames.includes('input_ids') ? { input_ids: runtime.integers([START_TOKEN], [1, 1]) } : {};
  return renamed(await keys.run({ ...tokens, encoder_hidden_states: heard }));
}

/** Keys and values of what was said, before anything is. */
function nothingSaid(heardParts: Readonly<Tensors>, runtime: OnnxRuntime): Tensors {
  const entries = Object.entries(heardParts).map(([name, { dims }]): [string, OnnxTensor] => {
    const [, heads = 0, , size = 0] = dims;
    return [name.replace('.encoder.', '.decoder.'), runtime.floats(new Float32Array(0), [1, heads, 0, size])];
  });
  return Object.fromEntries(entries);
}

/** A step for each token of each hypothesis, one hypothesis after the other. */
function stepsOf(outputs: Readonly<Tensors>): TokenStep[] {
  const { logits: tensor } = outputs as { readonly logits: OnnxTensor };
  const logits = tensor.data as Float32Array;
  const [hypotheses = 1, tokens = 1, size = 0] = tensor.dims;
  const looks = Object.entries(outputs).filter(([name]) => name.includes('encoder_attn'));
  const layers = looks.map(([, layer]) => layer);
  return Array.from({ length: hypotheses * tokens }, (_, index) => ({
    logits: logits.subarray(index * size, (index + 1) * size),
    look: meanLook(layers, Math.floor(index / tokens), index % tokens),
  }));
}

/** Keys and values as they go into the next run. */
function renamed(outputs: Readonly<Tensors>): Tensors {
  const entries = Object.entries(outputs).filter(([name]) => name.startsWith('present.'));
  return Object.fromEntries(entries.map(([name, tensor]) => [name.replace('present.', 'past_key_values.'), tensor]));
}

/** The keys or values of these hypotheses. */
function takeRows(tensor: OnnxTensor, rows: readonly number[], runtime: OnnxRuntime): OnnxTensor {
  const [count = 1, ...dims] = tensor.dims;
  if (count === rows.length && rows.every((row, index) => row === index)) return tensor;
  const data = tensor.data as Float32Array;
  const size = data.length / count;
  const taken = new Float32Array(size * rows.length);
  for (const [index, row] of rows.entries()) taken.set(data.subarray(row * size, (row + 1) * size), index * size);
  return runtime.floats(taken, [rows.length, ...dims]);
}

/** Where one token of a hypothesis looked: the mean over layers (each `hypotheses x heads x tokens x frames`) and heads. */
function meanLook(layers: readonly OnnxTensor[], hypothesis: number, token: number): Float32Array {
  const [, heads = 1, tokens = 1, frames = 0] = layers[0]?.dims ?? [];
  const mean = new Float32Array(frames);
  const share = 1 / (layers.length * heads);
  for (const layer of layers) {
    const data = layer.data as Float32Array;
    for (let head = hypothesis * heads; head < (hypothesis + 1) * heads; head++) {
      const start = (head * tokens + token) * frames;
      for (let frame = 0; frame < frames; frame++) {
        mean[frame] = (mean[frame] as number) + (data[start + frame] as number) * share;
      }
    }
  }
  return mean;
}
