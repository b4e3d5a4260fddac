/** Writes down what is said in one piece of sound, in the language that it is in. */
import { SPEECH_RATE } from '../../../model.js';
import {
  type Decoding,
  decode,
  decodeForced,
  decodeOnce,
  type Ear,
  glance,
  isSureOfSilence,
  type Part,
} from './decode.js';
import { isJunk, spokenLetters } from './junk.js';
import { chooseLanguage, isForeign, plausibility } from './language.js';
import { reconsider } from './reconsider.js';
import { energies, levelled } from './sound.js';

/** A stretch of the piece in which somebody speaks, but nothing could be understood; in samples. */
export interface Unclear {
  readonly start: number;
  readonly end: number;
}

/** In the order of time. */
export interface Transcription {
  readonly parts: readonly Part[];
  readonly unclear: readonly Unclear[];
}

/** A piece that cannot be decoded in one go is cut where it is quietest, unless it is shorter than this. */
const LEAST_CUT = 4 * SPEECH_RATE;
/** Below this plausibility all models listen; below it, or with a rival that is so near, a piece may hold two languages. */
const SURE = -0.25;
const NEAR = 0.3;
/** How much of its confidence is left to a text that was forced, or is in words of another language. */
const DOUBT = 0.5;

const NOTHING: Transcription = { parts: [], unclear: [] };

/**
 * Each piece decides for itself: the likeliest ear listens, the others glance; one that is surer listens too, and all of
 * them do, several times, where none is sure.
 *
 * @param ears the likeliest first
 * @param samples -1 to 1, 16 kHz
 * @param expected the language that the recording begins with, where it is known
 */
export async function transcribe(
  ears: readonly Ear[],
  samples: Float32Array,
  expected: string | null,
  start = 0,
): Promise<Transcription> {
  const level = levelled(samples);
  const { best, heard, isContested } = await hearBest(ears, level, expected);
  const canBeCut = samples.length >= LEAST_CUT;
  const isGood = best !== null && isSound(best);
  const bestPart = async (decoding: Decoding): Promise<Transcription> => {
    const ear = ears.find(({ language }) => language === decoding.language) as Ear;
    return partOf(await reconsider(ear, level, decoding), start, samples);
  };
  if (isGood && !(isContested && canBeCut)) return bestPart(best);
  if (canBeCut) {
    const halves = await transcribeHalves(ears, samples, expected, start);
    const isBetter = isGood ? isInTwoLanguages(halves, best) : halves.parts.length > 0;
    if (isBetter) return halves;
  }
  if (best !== null && !isJunk(best)) return bestPart(best);
  const unsure = ears.filter((_, index) => !isSureOfSilence(heard[index] as Decoding));
  const forced = chooseLanguage(await decodeForced(unsure, level));
  if (forced !== null) return partOf(forced, start, samples);
  return { ...NOTHING, unclear: [{ start, end: start + samples.length }] };
}

function partOf(decoding: Decoding, start: number, samples: Float32Array): Transcription {
  const isDoubtful = isForeign(decoding.text, decoding.language);
  const trust = isDoubtful || decoding.isForced ? DOUBT : 1;
  return { ...NOTHING, parts: [{ ...decoding, start, samples, trust, isDoubtful }] };
}

async function transcribeHalves(
  ears: readonly Ear[],
  samples: Float32Array,
  expected: string | null,
  start: number,
): Promise<Transcription> {
  const cut = quietest(samples);
  const left = await transcribe(ears, samples.subarray(0, cut), expected, start);
  const right = await transcribe(ears, samples.subarray(cut), expected, start + cut);
  return { parts: [...left.parts, ...right.parts], unclear: [...left.unclear, ...right.unclear] };
}

interface Best {
  readonly best: Decoding | null;
  /** Of each ear. */
  readonly heard: readonly Decoding[];
  /** A rival is near, so that both may be right in part. */
  readonly isContested: boolean;
}

/** The best of what the ears heard, unforced: of one try each where that is sure, else of all tries. */
async function hearBest(ears: readonly Ear[], level: Float32Array, expected: string | null): Promise<Best> {
  const [likeliest, ...others] = ears as readonly [Ear, ...Ear[]];
  let heard = [await decodeOnce(likeliest, level)];
  for (const ear of others) heard.push(await glance(ear, level));
  const leader = chooseLanguage(heard.filter(isSound), expected);
  const isSure = leader !== null && plausibility(leader) >= SURE;
  for (const [index, ear] of ears.entries()) {
    if (isSure ? leader.language === ear.language && index > 0 : true) {
      const one = heard[index] as Decoding;
      heard = heard.with(index, await decode(ear, level, index === 0 ? { first: one } : { heard: one.heard }));
    }
  }
  const sound = heard.filter(isSound);
  const best = chooseLanguage(sound.length > 0 ? sound : heard, expected);
  return { best, heard, isContested: best !== null && heard.some((one) => one !== best && isRival(one, best)) };
}

/** There is a text, it is whole, and something of the kind may have been said. */
function isSound(decoding: Decoding): boolean {
  return decoding.isWhole && !isJunk(decoding);
}

function isRival(one: Decoding, best: Decoding): boolean {
  if (one.text === '') return false;
  const own = plausibility(best);
  return own < SURE || plausibility(one) > own - NEAR;
}

/** The halves are in different languages, and not less was heard, nor heard less surely. */
function isInTwoLanguages({ parts }: Transcription, whole: Decoding): boolean {
  if (new Set(parts.map(({ language }) => language)).size < 2) return false;
  let [letters, sum] = [0, 0];
  for (const part of parts) {
    const own = spokenLetters(part.text);
    letters += own;
    sum += own * (part.isForced ? Math.min(-0.5, plausibility(part)) : plausibility(part));
  }
  return letters >= 0.8 * spokenLetters(whole.text) && sum / letters > plausibility(whole);
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
