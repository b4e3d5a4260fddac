/** One channel of a recording on its way from samples to pieces. */
import { SPEECH_RATE } from '../../model.js';
import { type CutPiece, Cutter, type CutterOptions } from './cutter.js';
import { amplified, FORESIGHT, type Loudness } from './loudness.js';
import { createResampler, type Resampler, toInt16 } from './resample.js';
import type { VoiceFinder, VoiceProgress } from './voice.js';

/** A piece with the probe of its channel. */
export interface ChannelPiece extends CutPiece {
  readonly channel: number | null;
  readonly languageProbe: Int16Array;
}

/** Voice that a language is found by. */
const PROBE_SAMPLES = 10 * SPEECH_RATE;
/** Where a channel says little, its pieces wait no longer than this for the probe to fill. */
const PROBE_PATIENCE = 60 * SPEECH_RATE;
/** Samples given to the voice finder at once: a second, by which loudness is measured too. */
const STEP = SPEECH_RATE;

/** Speech has no mean; only that of a faulty converter is that large, and hides the voice from who looks for it. */
const LEAST_OFFSET = 0.02 * 32_768;

/** The mean of the samples; 0 where it is small, so that sound without an offset is left as it is to the bit. */
function offsetOf(samples: Int16Array): number {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  return Math.abs(mean) < LEAST_OFFSET ? 0 : Math.round(mean);
}

/** Takes a constant offset out of the samples, in place. */
function takeAway(offset: number, samples: Int16Array): void {
  for (let index = 0; index < samples.length; index++) {
    samples[index] = Math.max(-32_768, Math.min(32_767, (samples[index] as number) - offset));
  }
}

/** Resamples, finds voices and cuts; a piece is ready when the probe is known. */
export class Channel {
  readonly #number: number | null;
  readonly #finder: VoiceFinder;
  readonly #cutter: Cutter;
  readonly #loudness: Loudness;
  #resampler: Resampler | null = null;
  #rate = 0;
  readonly #pending: Int16Array[] = [];
  #pendingCount = 0;
  #waiting: CutPiece[] = [];
  #ready: ChannelPiece[] = [];
  #probe: Int16Array | null = null;
  #offset = 0;
  /** Samples heard so far. */
  #count = 0;
  #isDone = false;

  /** @param loudness of the whole recording; what is pushed here has been added there. */
  constructor(number: number | null, finder: VoiceFinder, loudness: Loudness, options: CutterOptions) {
    this.#number = number;
    this.#finder = finder;
    this.#loudness = loudness;
    this.#cutter = new Cutter(options);
  }

  get seconds(): number {
    return (this.#count + this.#pendingCount) / SPEECH_RATE;
  }

  /** The next piece, where it is ready. */
  get head(): ChannelPiece | undefined {
    return this.#ready[0];
  }

  /** No piece that is not ready starts before this sample. */
  get settledUntil(): number {
    if (this.#isDone) return Number.POSITIVE_INFINITY;
    return this.#waiting[0]?.start ?? this.#cutter.settledUntil;
  }

  takeHead(): ChannelPiece | undefined {
    return this.#ready.shift();
  }

  async push(samples: Float32Array, sampleRate: number): Promise<void> {
    if (this.#rate !== sampleRate) {
      if (this.#resampler !== null) this.#queue(this.#resampler.flush());
      this.#resampler = createResampler(sampleRate);
      this.#rate = sampleRate;
    }
    this.#queue((this.#resampler as Resampler).push(samples));
    while (this.#pendingCount >= STEP * (1 + FORESIGHT)) await this.#hear();
  }

  /** The recording ends here. */
  async finish(): Promise<void> {
    if (this.#resampler !== null) this.#queue(this.#resampler.flush());
    while (this.#pendingCount > 0) await this.#hear();
    this.#take(await this.#finder.flush());
    this.#waiting.push(...this.#cutter.flush());
    this.#isDone = true;
    this.#release();
  }

  #queue(samples: Float32Array): void {
    if (samples.length === 0) return;
    this.#pending.push(toInt16(samples));
    this.#pendingCount += samples.length;
  }

  /** Gives the finder a step at a time, so that what it tells does not depend on the blocks of the decoder. */
  async #hear(): Promise<void> {
    const step = new Int16Array(Math.min(STEP, this.#pendingCount));
    for (let filled = 0; filled < step.length; ) {
      const first = this.#pending.shift() as Int16Array;
      const part = first.subarray(0, step.length - filled);
      if (part.length < first.length) this.#pending.unshift(first.subarray(part.length));
      step.set(part, filled);
      filled += part.length;
    }
    // The end of a recording is too short to have a mean of its own.
    if (step.length === STEP || this.#count === 0) this.#offset = offsetOf(step);
    if (this.#offset !== 0) takeAway(this.#offset, step);
    const gain = this.#loudness.gainAt(Math.floor(this.#count / STEP));
    this.#pendingCount -= step.length;
    this.#count += step.length;
    this.#cutter.add(step);
    this.#take(await this.#finder.push(gain === 1 ? step : amplified(step, gain)));
  }

  #take(progress: VoiceProgress): void {
    this.#waiting.push(...this.#cutter.cut(progress));
    this.#release();
  }

  #release(): void {
    const first = this.#waiting[0];
    if (first === undefined) return;
    this.#probe ??= this.#findProbe(first.start);
    const { languageProbe, channel } = { languageProbe: this.#probe, channel: this.#number };
    if (languageProbe === null) return;
    this.#ready.push(...this.#waiting.map((piece) => ({ ...piece, channel, languageProbe })));
    this.#waiting = [];
  }

  /** Null while more voice may come soon enough. */
  #findProbe(start: number): Int16Array | null {
    let count = 0;
    const parts: Int16Array[] = [];
    for (const piece of this.#waiting) {
      for (const { start: from, end: to } of piece.voiced) {
        const missing = PROBE_SAMPLES - count;
        const part = piece.samples.subarray(
          from - piece.start,
          Math.min(to - piece.start, from - piece.start + missing),
        );
        parts.push(part);
        count += part.length;
      }
    }
    const isKnown = this.#isDone || count >= PROBE_SAMPLES || this.#cutter.settledUntil - start >= PROBE_PATIENCE;
    if (!isKnown) return null;
    const probe = new Int16Array(count);
    let filled = 0;
    for (const part of parts) {
      probe.set(part, filled);
      filled += part.length;
    }
    return probe;
  }
}
