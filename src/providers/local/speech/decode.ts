/** Decodes one stretch of sound in one language, and tries again where that went wrong. */
import { SPEECH_RATE } from '../../../model.js';
import { choicesFor, type Hypothesis, meanLogProbability, search } from './beam.js';
import { isCertain, isLoop } from './junk.js';
import { type Heard, MIN_SAMPLES, type Moonshine } from './moonshine.js';
import { padded } from './sound.js';
import { brighter, quicker, type View } from './views.js';
import { textOf } from './vocabulary.js';

/** A model, and the language that it hears. */
export interface Ear {
  readonly language: string;
  /** As rows name it. */
  readonly name: string;
  readonly model: Moonshine;
}

export interface Decoding {
  readonly language: string;
  /** Name of the model. */
  readonly name: string;
  /** What the encoder made of it. */
  readonly heard: Heard;
  readonly hypothesis: Hypothesis;
  /** What else the search came to, highest mean log-probability first. */
  readonly others: readonly Hypothesis[];
  readonly meanLogProbability: number;
  /** Samples of silence before the stretch that the decoder heard. */
  readonly padding: number;
  readonly seconds: number;
  readonly text: string;
  /** There are words, they end, and do not go in circles. */
  readonly isWhole: boolean;
  /** The decoder would rather have said nothing. */
  readonly isForced: boolean;
}

/** What was decoded of a stretch of the piece, and the stretch. */
export interface Part extends Decoding {
  /** Where it starts in the piece, in samples. */
  readonly start: number;
  readonly samples: Float32Array;
  /** Share of its confidence that is left to it. */
  readonly trust: number;
  /** It is probably in another language. */
  readonly isDoubtful: boolean;
}

interface Try {
  /** Samples of silence on both sides. */
  readonly padding?: number;
  readonly beams?: number;
  readonly isForced?: boolean;
  /** What the encoder makes of the samples with this padding, where it is known. */
  readonly heard?: Heard;
}

/** More hypotheses than these cost time and find nothing better. */
const BEAMS = 4;
/** Silence around the speech, in samples: tried one after the other where the text without is not sound. */
const PADDINGS = [0.1 * SPEECH_RATE, 0.3 * SPEECH_RATE];
/** Other ways of hearing, tried where nothing was heard. */
const VIEWS: readonly View[] = [quicker, brighter];
/** Log-probability of the end as the first token. */
const SURE_OF_SILENCE = Math.log(0.9);
/** A text below this mean log-probability is worth another try. */
const DOUBTFUL = -0.5;
/** Tokens that a second of speech has at most: Spanish takes more tokens a word. */
const TOKENS_PER_SECOND: Readonly<Record<string, number>> = { en: 8 };
const MANY_TOKENS_PER_SECOND = 12;

/** What is known of the samples before. */
interface Before {
  /** The first try. */
  readonly first?: Decoding;
  /** What the encoder makes of them. */
  readonly heard?: Heard;
}

/** The best of some tries; its text is empty where nothing was heard. */
export async function decode(ear: Ear, samples: Float32Array, { first, heard }: Before = {}): Promise<Decoding> {
  let best = first ?? (await decodeOnce(ear, samples, heard && { heard }));
  if (best.isWhole && best.meanLogProbability >= DOUBTFUL) return best;
  for (const padding of PADDINGS) {
    const one = await decodeOnce(ear, samples, { padding });
    if (isBetter(one, best)) best = one;
    if (best.isWhole) return best;
  }
  if (best.text !== '' || isSureOfSilence(best)) return best;
  for (const view of VIEWS) {
    // No padding told more, so this is what the encoder made of the sound as it is.
    const one = await decodeView(ear, samples, view, best.heard);
    if (one.isWhole) return one;
  }
  return best;
}

/** Made to speak all the same, a model writes what it has often seen: "Gracias por ver el video". */
export function isSureOfSilence({ text, meanLogProbability }: Decoding): boolean {
  return text === '' && meanLogProbability > SURE_OF_SILENCE;
}

/** Digits and single words are at times taken for silence: the texts that would be there, where they may be right. */
export async function decodeForced(ears: readonly Ear[], samples: Float32Array): Promise<Decoding[]> {
  const forced: Decoding[] = [];
  for (const ear of ears) {
    const one = await decodeOnce(ear, samples, { isForced: true });
    if (one.isWhole && isCertain(one)) forced.push(one);
  }
  return forced;
}

/** What a language sounds like, at the least cost. Empty where the decoder hears nothing. */
export function glance(ear: Ear, samples: Float32Array): Promise<Decoding> {
  return decodeOnce(ear, samples, { beams: 1 });
}

function isBetter(one: Decoding, other: Decoding): boolean {
  if (one.text === '' || other.text === '') return one.text !== '';
  if (one.isWhole !== other.isWhole) return one.isWhole;
  return one.meanLogProbability > other.meanLogProbability;
}

/** One try. */
export async function decodeOnce(
  { language, name, model }: Ear,
  samples: Float32Array,
  { padding = 0, beams = BEAMS, isForced = false, heard: known }: Try = {},
): Promise<Decoding> {
  const heard = known ?? (await model.hear(heardSamples(samples, padding)));
  const seconds = samples.length / SPEECH_RATE;
  const maxTokens = Math.max(8, Math.ceil(seconds * (TOKENS_PER_SECOND[language] ?? MANY_TOKENS_PER_SECOND)));
  const tokens = model.tokensOf(heard, choicesFor(beams));
  const [hypothesis, ...others] = (await search(tokens, { beams, maxTokens, mustSpeak: isForced })) as [
    Hypothesis,
    ...Hypothesis[],
  ];
  const text = textOf(hypothesis.tokens).trim();
  const isWhole = hypothesis.isEnded && text !== '' && !isLoop(text);
  const mean = meanLogProbability(hypothesis);
  return {
    language,
    name,
    heard,
    hypothesis,
    others,
    meanLogProbability: mean,
    padding,
    seconds,
    text,
    isWhole,
    isForced,
  };
}

/** One try at another view. Where the words were, the sound as it is tells; how sure they are, the view. */
async function decodeView(ear: Ear, samples: Float32Array, view: View, heard: Heard): Promise<Decoding> {
  const one = await decodeOnce(ear, view(heardSamples(samples, 0)));
  if (!one.isWhole) return one;
  const [hypothesis] = (await ear.model.recite(heard, [one.hypothesis.tokens])) as [Hypothesis];
  return { ...one, heard, hypothesis, others: [], seconds: samples.length / SPEECH_RATE };
}

/** With silence on both sides; at least as long as the encoder needs. */
export function heardSamples(samples: Float32Array, padding: number): Float32Array {
  const after = Math.max(padding, MIN_SAMPLES - samples.length - padding);
  return padding + after > 0 ? padded(samples, padding, after) : samples;
}
