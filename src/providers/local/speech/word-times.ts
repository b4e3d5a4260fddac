/** When words were said: the frames that the decoder looked at, moved to where the sound begins and ends. */
import type { FrameSpan } from './alignment.js';
import { SAMPLES_PER_FRAME } from './moonshine.js';
import type { WordTokens } from './vocabulary.js';

/** Samples from the start of the piece. */
export interface SampleSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The middle of what a frame sees lies this many samples behind the middle of the 24 ms that it stands for: the encoder's
 * convolutions (127 wide by 64, 7 by 3, 3 by 2) look 895 samples ahead. That is 255; the decoder turns to a word a
 * little before it begins besides, by about 15 ms (bench/speech/times.mjs).
 */
const FRAME_DELAY = 255 + 240;
/** Loudness is looked at in steps of 10 ms. */
const STEP = 160;
/** A word cannot be shorter. */
const MIN_WORD = 800;
/** How far a start may be moved, in steps: the decoder looks at the middle of the first sound, not at its onset. */
const MOST_STEPS_BACK = 20;
/** Shares of the loudness of the word: below the first there is a pause for certain, above the second there is none. */
const SURE_PAUSE = 0.02;
const SURE_SOUND = 0.1;
/** Between them a pause is what is not much louder than the quietest part of the piece, so that soft consonants count. */
const ABOVE_NOISE = 3;

/**
 * The span of each word. They do not overlap and are in order.
 *
 * @param spans frames of each token
 * @param samples the piece, before it was padded
 * @param padding samples of silence that the decoder heard before the piece
 */
export function timeWords(
  words: readonly WordTokens[],
  spans: readonly FrameSpan[],
  samples: Float32Array,
  padding: number,
): SampleSpan[] {
  const rough = words.map(({ first, last }): SampleSpan => {
    const start = (spans[first]?.first ?? 0) * SAMPLES_PER_FRAME + FRAME_DELAY - padding;
    const end = ((spans[last]?.last ?? 0) + 1) * SAMPLES_PER_FRAME + FRAME_DELAY - padding;
    return { start: clamp(start, samples.length), end: clamp(end, samples.length) };
  });
  return inOrder(snap(rough, samples), samples.length);
}

function clamp(at: number, length: number): number {
  return Math.max(0, Math.min(length, at));
}

/** Moves starts and ends to the edges of the sound. */
function snap(rough: readonly SampleSpan[], samples: Float32Array): SampleSpan[] {
  const loudness = stepLoudness(samples);
  const noise = loudness.slice().sort()[Math.floor(loudness.length / 20)] ?? 0;
  let before = 0;
  return rough.map(({ start, end }, index) => {
    const first = Math.floor(start / STEP);
    const last = Math.min(loudness.length, Math.ceil(end / STEP));
    const loud = Math.max(...loudness.slice(Math.max(0, first - MOST_STEPS_BACK), last), 1e-4);
    const quiet = Math.min(loud * SURE_SOUND, Math.max(loud * SURE_PAUSE, noise * ABOVE_NOISE));
    const from = onset(loudness, { first, last }, Math.max(before, first - MOST_STEPS_BACK), quiet);
    const next = rough[index + 1];
    const limit = next === undefined ? loudness.length : Math.floor(next.start / STEP);
    const to = offset(loudness, last, Math.max(from + 1, limit), quiet);
    before = to;
    return { start: from * STEP, end: to * STEP };
  });
}

/** Root mean square of each step, over three steps. */
function stepLoudness(samples: Float32Array): Float32Array {
  const steps = Math.ceil(samples.length / STEP);
  const values = new Float32Array(steps);
  for (let step = 0; step < steps; step++) {
    const part = samples.subarray(Math.max(0, (step - 1) * STEP), (step + 2) * STEP);
    let sum = 0;
    for (const sample of part) sum += sample * sample;
    values[step] = Math.sqrt(sum / Math.max(1, part.length));
  }
  return values;
}

/** Where the sound begins that is heard at `first`; where it is quiet there, where the next sound of the word begins. */
function onset(
  loudness: Float32Array,
  { first: at, last }: { readonly first: number; readonly last: number },
  earliest: number,
  quiet: number,
): number {
  const isQuiet = (step: number): boolean => (loudness[step] ?? 0) < quiet;
  if (isQuiet(at)) {
    for (let step = at; step < last; step++) if (!isQuiet(step)) return step;
    return at;
  }
  let step = at;
  while (step > earliest && !isQuiet(step - 1)) step -= 1;
  return step > earliest || isQuiet(step - 1) ? step : at;
}

/** Where the sound ends that is heard just before `at`. */
function offset(loudness: Float32Array, at: number, latest: number, quiet: number): number {
  let step = Math.min(at, latest);
  while (step > 0 && step > at - MOST_STEPS_BACK && (loudness[step - 1] ?? 0) < quiet) step -= 1;
  return step;
}

/** No word begins before the one before it has ended, and none is without length. */
function inOrder(spans: readonly SampleSpan[], length: number): SampleSpan[] {
  const ordered: SampleSpan[] = [];
  for (const span of spans) {
    const start = Math.min(Math.max(span.start, ordered.at(-1)?.end ?? 0), length);
    ordered.push({ start, end: Math.min(length, Math.max(span.end, start + Math.min(MIN_WORD, length - start))) });
  }
  return ordered;
}
