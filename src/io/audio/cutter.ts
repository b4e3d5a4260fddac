/** Cuts one channel into pieces of speech, at silences where there are any. */
import { SPEECH_RATE } from '../../model.js';
import type { VoicedStretch, VoiceProgress } from './voice.js';

/** A piece of a channel; `start` in samples from the start of the recording. */
export interface CutPiece {
  readonly start: number;
  readonly samples: Int16Array;
  /** Stretches of voice in it, in samples from the start of the recording. */
  readonly voiced: readonly VoicedStretch[];
}

export interface CutterOptions {
  /** Pieces are no longer than this. */
  readonly maxPieceSeconds: number;
}

/** Stretches with a shorter gap between them, their margins left out, stand in one piece. */
const MERGED_GAP = 0.8 * SPEECH_RATE;
/** ... as long as that piece is no longer than this. */
const MERGED_LENGTH = 16 * SPEECH_RATE;
/** Longer speech is cut where this window is quietest, in the latter part of what fits. */
const QUIET_WINDOW = 0.03 * SPEECH_RATE;
const LATTER_PART = 0.4;

/** Samples of a channel from the oldest that is still needed. */
class SampleStore {
  #samples = new Int16Array(SPEECH_RATE * 8);
  #start = 0;
  #count = 0;

  get end(): number {
    return this.#start + this.#count;
  }

  add(samples: Int16Array): void {
    const needed = this.#count + samples.length;
    if (needed > this.#samples.length) {
      const larger = new Int16Array(needed * 2);
      larger.set(this.#samples.subarray(0, this.#count));
      this.#samples = larger;
    }
    this.#samples.set(samples, this.#count);
    this.#count = needed;
  }

  /** A copy; places that are no longer, or not yet, here are left out. */
  slice(start: number, end: number): Int16Array {
    return this.#samples.slice(Math.max(0, start - this.#start), Math.min(this.#count, end - this.#start));
  }

  forgetBefore(place: number): void {
    const count = Math.min(place - this.#start, this.#count);
    // moved in large steps, so that each sample is moved a few times at most
    if (count < SPEECH_RATE || count < this.#count / 2) return;
    this.#samples.copyWithin(0, count, this.#count);
    this.#start += count;
    this.#count -= count;
  }
}

/** Joins stretches of voice to pieces. Every voiced sample is in exactly one piece; pieces come in order of time. */
export class Cutter {
  readonly #store = new SampleStore();
  readonly #maxLength: number;
  readonly #mergedLength: number;
  /** Stretches of the piece that may still grow. */
  #open: VoicedStretch[] = [];
  #settledUntil = 0;

  constructor({ maxPieceSeconds }: CutterOptions) {
    this.#maxLength = Math.floor(maxPieceSeconds * SPEECH_RATE);
    this.#mergedLength = Math.min(MERGED_LENGTH, this.#maxLength);
  }

  /** No later piece starts before this sample. */
  get settledUntil(): number {
    return this.#open[0]?.start ?? this.#settledUntil;
  }

  add(samples: Int16Array): void {
    this.#store.add(samples);
  }

  /** What is known of all samples that were added; gives the pieces that are complete. */
  cut(progress: VoiceProgress): CutPiece[] {
    const pieces = progress.stretches.flatMap((stretch) => this.#take(stretch));
    this.#settledUntil = Math.max(this.#settledUntil, progress.settledUntil);
    const last = this.#open.at(-1);
    if (last !== undefined && progress.settledUntil - last.end >= MERGED_GAP) pieces.push(...this.#close());
    this.#store.forgetBefore(this.settledUntil);
    return pieces;
  }

  /** The last piece, at the end of the recording. */
  flush(): CutPiece[] {
    return this.#close();
  }

  #take(stretch: VoicedStretch): CutPiece[] {
    const start = Math.max(0, stretch.start);
    const end = Math.min(stretch.end, this.#store.end);
    if (end <= start) return [];
    const first = this.#open[0];
    const last = this.#open.at(-1);
    const fits =
      first !== undefined &&
      last !== undefined &&
      start - last.end < MERGED_GAP &&
      end - first.start <= this.#mergedLength;
    const pieces = fits ? [] : this.#close();
    this.#open.push({ start, end });
    return pieces;
  }

  #close(): CutPiece[] {
    const voiced = this.#open;
    this.#open = [];
    const first = voiced[0];
    if (first === undefined) return [];
    const { start } = first;
    const samples = this.#store.slice(start, voiced.at(-1)?.end ?? start);
    if (samples.length <= this.#maxLength) return [{ start, samples, voiced }];
    return this.#cutLong(start, samples);
  }

  /** A stretch that is too long on its own. */
  #cutLong(start: number, samples: Int16Array): CutPiece[] {
    const pieces: CutPiece[] = [];
    for (let from = 0; from < samples.length; ) {
      const isRest = samples.length - from <= this.#maxLength;
      const to = isRest ? samples.length : quietestPlace(samples, from, from + this.#maxLength);
      const voiced = [{ start: start + from, end: start + to }];
      pieces.push({ start: start + from, samples: samples.slice(from, to), voiced });
      from = to;
    }
    return pieces;
  }
}

/** The middle of the quietest window in the latter part of `from` to `to`. */
function quietestPlace(samples: Int16Array, from: number, to: number): number {
  const step = QUIET_WINDOW / 2;
  let quietest = Number.POSITIVE_INFINITY;
  let place = to;
  const earliest = Math.floor(to - (to - from) * LATTER_PART);
  for (let at = Math.max(from + 1, earliest); at + QUIET_WINDOW <= to; at += step) {
    let energy = 0;
    for (let index = at; index < at + QUIET_WINDOW; index++) energy += (samples[index] as number) ** 2;
    if (energy < quietest) {
      quietest = energy;
      place = at + step;
    }
  }
  return place;
}
