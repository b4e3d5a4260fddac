/**
 * The Moonshine speech recogniser (Jeffries et al., "Moonshine: Speech Recognition for Live Transcription and Voice
 * Commands", 2024, arXiv:2410.15608): an encoder of the waveform and a decoder of tokens.
 */
import { join } from 'node:path';
import type { OnnxRuntime, OnnxSession, OnnxTensor } from '../runtime.js';
import type { TokenSource } from './beam.js';
import { decoderFiles } from './decoder-files.js';
import { START_TOKEN } from './vocabulary.js';

/** Samples that one frame of the encoder stands for: 24 ms. */
export const SAMPLES_PER_FRAME = 384;

/** Fewer samples leave the encoder without a frame. */
export const MIN_SAMPLES = 1600;

/** Where each token looked: a matrix tokens x frames, the mean of all layers and heads. */
export interface Attention {
  readonly tokens: number;
  readonly frames: number;
  readonly weights: Float32Array;
}

/** What the encoder made of a stretch of speech. */
export type Heard = OnnxTensor;

export interface Moonshine {
  /** `samples` -1 to 1 at 16 kHz, at least {@link MIN_SAMPLES}. */
  hear(samples: Float32Array): Promise<Heard>;
  /** The tokens of what was heard; for one search. */
  tokensOf(heard: Heard): TokenSource;
  /** Where the decoder looked for each of these tokens. */
  attend(heard: Heard, tokens: readonly number[]): Promise<Attention>;
}

type Tensors = Record<string, OnnxTensor>;

/**
 * Loads `encoder_model.onnx` and `decoder_model_merged.onnx` of a folder. Throws where they are no Moonshine model.
 *
 * @param keeps whether files may be added to the folder
 */
export async function loadMoonshine(folder: string, keeps: boolean, runtime: OnnxRuntime): Promise<Moonshine> {
  const encoder = await runtime.open(join(folder, 'encoder_model.onnx'));
  const decoder = await loadDecoder(folder, keeps, runtime);
  return {
    async hear(samples) {
      const outputs = await encoder.run({ input_values: runtime.floats(samples, [1, samples.length]) });
      return outputs[encoder.outputNames[0] as string] as OnnxTensor;
    },
    tokensOf: (heard) => createTokenSource(decoder, heard, runtime),
    async attend(heard, tokens) {
      const input = runtime.integers([START_TOKEN, ...tokens], [1, tokens.length + 1]);
      const outputs = await decoder.first.run({ input_ids: input, encoder_hidden_states: heard });
      return meanAttention(decoder.attentions.map((name) => outputs[name] as OnnxTensor));
    },
  };
}

interface Decoder {
  readonly first: OnnxSession;
  readonly next: OnnxSession;
  readonly attentions: readonly string[];
  readonly layers: number;
}

async function loadDecoder(folder: string, keeps: boolean, runtime: OnnxRuntime): Promise<Decoder> {
  const files = await decoderFiles(folder, keeps);
  const first = await runtime.open(files.first);
  const next = await runtime.open(files.next, { keepsBuffers: true });
  return {
    first,
    next,
    attentions: first.outputNames.filter((name) => name.includes('encoder_attn')),
    layers: first.outputNames.filter((name) => name.endsWith('.decoder.key')).length,
  };
}

function createTokenSource(decoder: Decoder, heard: Heard, runtime: OnnxRuntime): TokenSource {
  const parts = Array.from({ length: decoder.layers }, (_, layer) => [`${layer}.KIND.key`, `${layer}.KIND.value`]).flat();
  const heardParts: Tensors = {};
  let saidParts: Tensors = {};
  const keep = (outputs: Readonly<Tensors>): void => {
    saidParts = {};
    for (const part of parts.map((name) => name.replace('KIND', 'decoder'))) {
      saidParts[`past_key_values.${part}`] = outputs[`present.${part}`] as OnnxTensor;
    }
  };
  return {
    async begin() {
      const input = runtime.integers([START_TOKEN], [1, 1]);
      const outputs = await decoder.first.run({ input_ids: input, encoder_hidden_states: heard });
      for (const part of parts.map((name) => name.replace('KIND', 'encoder'))) {
        heardParts[`past_key_values.${part}`] = outputs[`present.${part}`] as OnnxTensor;
      }
      keep(outputs);
      return (outputs.logits as OnnxTensor).data as Float32Array;
    },
    async advance(parents, tokens) {
      const past: Tensors = {};
      for (const [name, tensor] of Object.entries(saidParts)) past[name] = takeRows(tensor, parents, runtime);
      const input = runtime.integers(tokens, [tokens.length, 1]);
      const outputs = await decoder.next.run({ input_ids: input, ...heardParts, ...past });
      keep(outputs);
      const logits = (outputs.logits as OnnxTensor).data as Float32Array;
      const size = logits.length / tokens.length;
      return tokens.map((_, row) => logits.subarray(row * size, (row + 1) * size));
    },
  };
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

/** The mean over layers (each `1 x heads x tokens x frames`) and heads. */
function meanAttention(layers: readonly OnnxTensor[]): Attention {
  const [, heads = 1, tokens = 0, frames = 0] = layers[0]?.dims ?? [];
  const weights = new Float32Array(tokens * frames);
  for (const layer of layers) {
    const data = layer.data as Float32Array;
    for (let index = 0; index < data.length; index++) {
      weights[index % weights.length] = (weights[index % weights.length] as number) + (data[index] as number);
    }
  }
  const count = layers.length * heads;
  for (let index = 0; index < weights.length; index++) weights[index] = (weights[index] as number) / count;
  return { tokens, frames, weights };
}
