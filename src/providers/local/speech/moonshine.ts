/**
 * The Moonshine speech recogniser (Jeffries et al., "Moonshine: Speech Recognition for Live Transcription and Voice
 * Commands", 2024, arXiv:2410.15608): an encoder of the waveform and a decoder of tokens.
 */
import type { OnnxRuntime, OnnxSession, OnnxTensor } from '../runtime.js';
import type { TokenSource, TokenStep } from './beam.js';
import { decoderFiles, encoderFile } from './graph-files.js';
import { START_TOKEN } from './vocabulary.js';

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
}

type Tensors = Record<string, OnnxTensor>;

/**
 * Loads `encoder_model.onnx` and `decoder_model_merged.onnx` of a folder. Throws where they are no Moonshine model.
 *
 * @param keeps whether files may be added to the folder
 */
export async function loadMoonshine(folder: string, keeps: boolean, runtime: OnnxRuntime): Promise<Moonshine> {
  const encoder = await runtime.open(await encoderFile(folder, keeps));
  const decoder = await loadDecoder(folder, keeps, runtime);
  return {
    async hear(samples) {
      const outputs = await encoder.run({ input_values: runtime.floats(samples, [1, samples.length]) });
      return outputs[encoder.outputNames[0] as string] as OnnxTensor;
    },
    tokensOf: (heard) => createTokenSource(decoder, heard, runtime),
  };
}

interface Decoder {
  readonly keys: OnnxSession;
  readonly next: OnnxSession;
}

async function loadDecoder(folder: string, keeps: boolean, runtime: OnnxRuntime): Promise<Decoder> {
  const files = await decoderFiles(folder, keeps);
  return { keys: await runtime.open(files.keys), next: await runtime.open(files.next, { keepsBuffers: true }) };
}

function createTokenSource({ keys, next }: Decoder, heard: Heard, runtime: OnnxRuntime): TokenSource {
  let heardParts: Tensors = {};
  let saidParts: Tensors = {};
  const advance = async (parents: readonly number[], tokens: readonly number[]): Promise<TokenStep[]> => {
    const past: Tensors = {};
    for (const [name, tensor] of Object.entries(saidParts)) past[name] = takeRows(tensor, parents, runtime);
    const input = runtime.integers(tokens, [tokens.length, 1]);
    const outputs = await next.run({ input_ids: input, ...heardParts, ...past });
    saidParts = renamed(outputs);
    const logits = (outputs.logits as OnnxTensor).data as Float32Array;
    const size = logits.length / tokens.length;
    const layers = next.outputNames.filter((name) => name.includes('encoder_attn'));
    const looks = layers.map((name) => outputs[name] as OnnxTensor);
    return tokens.map((_, row) => ({
      logits: logits.subarray(row * size, (row + 1) * size),
      look: meanLook(looks, row),
    }));
  };
  return {
    async begin() {
      // Some exports take the number of hypotheses from the tokens.
      const input = runtime.integers([START_TOKEN], [1, 1]);
      const tokens = keys.inputNames.includes('input_ids') ? { input_ids: input } : {};
      heardParts = renamed(await keys.run({ ...tokens, encoder_hidden_states: heard }));
      for (const [name, tensor] of Object.entries(heardParts)) {
        const [, heads = 0, , size = 0] = tensor.dims;
        const empty = runtime.floats(new Float32Array(0), [1, heads, 0, size]);
        saidParts[name.replace('.encoder.', '.decoder.')] = empty;
      }
      const [step] = await advance([0], [START_TOKEN]);
      return step as TokenStep;
    },
    advance,
  };
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

/** Where one hypothesis looked: the mean over layers (each `hypotheses x heads x 1 x frames`) and heads. */
function meanLook(layers: readonly OnnxTensor[], row: number): Float32Array {
  const [, heads = 1, , frames = 0] = layers[0]?.dims ?? [];
  const mean = new Float32Array(frames);
  const share = 1 / (layers.length * heads);
  for (const layer of layers) {
    const data = layer.data as Float32Array;
    for (let head = row * heads; head < (row + 1) * heads; head++) {
      for (let frame = 0; frame < frames; frame++) {
        mean[frame] = (mean[frame] as number) + (data[head * frames + frame] as number) * share;
      }
    }
  }
  return mean;
}
