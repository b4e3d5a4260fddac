/** Writes down what is said in one piece of sound: makes it ready, decodes it, and tries again where that went wrong. */
import { SPEECH_RATE } from '../../../model.js';
import { type Hypothesis, meanLogProbability, search } from './beam.js';
import { isCertain, isJunk, isLoop } from './junk.js';
import { MIN_SAMPLES, type Moonshine } from './moonshine.js';
import { energies, levelled, padded } from './sound.js';
import { textOf } from './vocabulary.js';

/** How a piece is decoded. */
export interface TranscribeSettings {
  readonly beams: number;
  /** Tokens that a second of speech has at most: Spanish takes more tokens a word. */
  readonly tokensPerSecond: number;
  /** Somebody speaks for certain. */
  readonly mustSpeak?: boolean;
}

/** Tokens of a stretch of the piece, and the stretch. */
export interface Part {
  readonly hypothesis: Hypothesis;
  /** Samples of silence before the stretch that the decoder heard. */
  readonly padding: number;
  /** The stretch: where it starts in the piece, and its samples. */
  readonly start: number;
  readonly samples: Float32Array;
}

/** Silence around the speech, in samples: tried one after the other until the text is sound. */
const PADDINGS = [0, 0.1 * SPEECH_RATE, 0.3 * SPEECH_RATE];
/** A text below this mean log-probability is worth another try. */
const DOUBTFUL = -0.5;
/** A piece that cannot be decoded in one go is cut where it is quietest, unless it is shorter than this. */
const LEAST_CUT = 6 * SPEECH_RATE;

/** Parts in the order of time; none where nothing was said. `samples`: -1 to 1, 16 kHz. */
export async function transcribe(
  model: Moonshine,
  samples: Float32Array,
  settings: TranscribeSettings,
  start = 0,
): Promise<Part[]> {
  const best = await decode(model, samples, settings);
  if (best === null) return [];
  if (!best.isWhole && samples.length >= LEAST_CUT) {
    const cut = quietest(samples);
    const left = await transcribe(model, samples.subarray(0, cut), settings, start);
    const right = await transcribe(model, samples.subarray(cut), settings, start + cut);
    return [...left, ...right];
  }
  return isJunk(toDecoded(best)) ? [] : [{ ...best, start, samples }];
}

export interface Decoding extends Omit<Part, 'start' | 'samples'> {
  readonly seconds: number;
  readonly text: string;
  /** There are words, they end, and do not go in circles. */
  readonly isWhole: boolean;
}

function toDecoded({ hypothesis, text, seconds }: Decoding): Parameters<typeof isJunk>[0] {
  return { text, meanLogProbability: meanLogProbability(hypothesis), seconds };
}

/** The best of some tries; null where nothing was said. */
async function decode(model: Moonshine, samples: Float32Array, settings: TranscribeSettings): Promise<Decoding | null> {
  const level = levelled(samples);
  let best: Decoding | null = null;
  for (const padding of PADDINGS) {
    const one = await decodeOnce(model, level, padding, settings);
    if (one.text !== '' && (best === null || isBetter(one, best))) best = one;
    if (best?.isWhole && (padding > 0 || meanLogProbability(best.hypothesis) >= DOUBTFUL)) return best;
  }
  if (best !== null) return best;
  // Digits and single words are at times taken for silence: the text that would be there tells.
  const forced = await decodeOnce(model, level, 0, { ...settings, mustSpeak: true });
  return forced.isWhole && isCertain(toDecoded(forced)) ? forced : null;
}

function isBetter(one: Decoding, other: Decoding): boolean {
  if (one.isWhole !== other.isWhole) return one.isWhole;
  return meanLogProbability(one.hypothesis) > meanLogProbability(other.hypothesis);
}

/** One try. `samples` must be {@link levelled}. */
export async function decodeOnce(
  model: Moonshine,
  samples: Float32Array,
  padding: number,
  { beams, tokensPerSecond, mustSpeak = false }: TranscribeSettings,
): Promise<Decoding> {
  const after = Math.max(padding, MIN_SAMPLES - samples.length - padding);
  const heard = await model.hear(padding + after > 0 ? padded(samples, padding, after) : samples);
  const seconds = samples.length / SPEECH_RATE;
  const maxTokens = Math.max(8, Math.ceil(seconds * tokensPerSecond));
  const hypothesis = await search(model.tokensOf(heard), { beams, maxTokens, mustSpeak });
  const text = textOf(hypothesis.tokens).trim();
  return { hypothesis, padding, seconds, text, isWhole: hypothesis.isEnded && text !== '' && !isLoop(text) };
}

/** The middle of the quietest 200 ms of the middle half. */
function quietest(samples: Float32Array): number {
  const window = 0.2 * SPEECH_RATE;
  const values = energies(samples, window);
  const from = Math.floor(values.length / 4);
  let best = from;
  for (let index = from; index < values.length - from; index++) {
    if ((values[index] as number) < (values[best] as number)) best = index;
  }
  return Math.round((best + 0.5) * window);
}
