/**
 * The Moonshine speech recogniser (Jeffries et al., "Moonshine: Speech Recognition for Live Transcription and Voice
 * Commands", 2024, arXiv:2410.15608): an encoder of the waveform and a decoder of tokens.
 */
import type { OnnxRuntime, OnnxSession, OnnxTensor } from '../runtime.js';
import type { TokenSource, TokenStep } from './beam.js';
import { EMPTY_PAST } from './decoder-graph.js';
import { openDecoder, openEncoder } from './graph-files.js';
import { STEP_INPUTS, STEP_OUTPUTS } from './step-graph.js';
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
  /** The tokens of what was heard, for one search: `choices` of them at each step. */
  tokensOf(heard: Heard, choices: number): TokenSource;
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
    tokensOf: (heard, choices) => createTokenSource(decoder, heard, choices, runtime),
  };
}

interface Decoder {
  readonly keys: OnnxSession;
  readonly next: OnnxSession;
}

function createTokenSource({ keys, next }: Decoder, heard: Heard, choices: number, runtime: OnnxRuntime): TokenSource {
  const wanted = runtime.integers([choices], [1]);
  let heardParts: Tensors = {};
  let saidParts: Tensors = {};
  const advance = async (parents: readonly number[], tokens: readonly number[]): Promise<TokenStep[]> => {
    const outputs = await next.run({
      input_ids: runtime.integers(tokens, [tokens.length, 1]),
      [STEP_INPUTS.parents]: runtime.integers(parents, [parents.length]),
      [STEP_INPUTS.choices]: wanted,
      [STEP_INPUTS.asked]: runtime.integers(tokens, [tokens.length, 1, 1]),
      ...heardParts,
      ...saidParts,
    });
    saidParts = renamed(outputs);
    const [best, logProbabilities, look] = [STEP_OUTPUTS.tokens, STEP_OUTPUTS.logProbabilities, STEP_OUTPUTS.look].map(
      (name) => rowsOf(outputs[name] as OnnxTensor, tokens.length),
    ) as [Rows, Rows, Rows];
    return tokens.map((_, row) => ({
      candidates: Array.from(best(row), (token, index) => ({
        token,
        logProbability: logProbabilities(row)[index] as number,
      })),
      look: look(row),
    }));
  };
  return {
    async begin() {
      // Some exports take the number of hypotheses from the tokens.
      const input = runtime.integers([START_TOKEN], [1, 1]);
      const tokens = keys.inputNames.includes('input_ids') ? { input_ids: input } : {};
      const outputs = await keys.run({ ...tokens, encoder_hidden_states: heard });
      heardParts = renamed(outputs);
      const empty = outputs[EMPTY_PAST] as OnnxTensor;
      const past = next.inputNames.filter((name) => name.includes('.decoder.'));
      saidParts = Object.fromEntries(past.map((name) => [name, empty]));
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

type Rows = (row: number) => Float32Array;

/** The numbers of each hypothesis. */
function rowsOf(tensor: OnnxTensor, hypotheses: number): Rows {
  const data = tensor.data as Float32Array;
  const size = data.length / hypotheses;
  return (row) => data.subarray(row * size, (row + 1) * size);
}
