/**
 * Changes the sample rate of a stream: a windowed-sinc low-pass filter in polyphase form (J. O. Smith, "Digital Audio
 * Resampling", https://ccrma.stanford.edu/~jos/resample/). The filter is symmetrical and its delay is taken off, so
 * that a sample stands where it did; positions are whole numbers, so that no clock drifts.
 */
import { SPEECH_RATE } from '../../model.js';

/** Where the pass band ends and the stop band begins, as parts of the lower Nyquist frequency. */
const PASS_EDGE = 0.88;
const STOP_EDGE = 1;
/** Of the stop band; a Kaiser window of this shape has it below -80 dB. */
const ATTENUATION_DB = 85;
/** Rates without a common measure share this many phases, between which is interpolated: below -95 dB. */
const MOST_PHASES = 640;

export interface Resampler {
  /** The samples that are complete now, at {@link SPEECH_RATE}. */
  push(samples: Float32Array): Float32Array;
  /** The rest; as many samples in all as the input lasts, rounded to the nearest. */
  flush(): Float32Array;
}

/** Modified Bessel function of the first kind, order 0. */
function bessel0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

interface PolyphaseFilter {
  /** Taps of a phase. */
  readonly length: number;
  readonly phases: number;
  /** `phases` + 1 rows: the last is the first of the next sample. */
  readonly rows: readonly Float64Array[];
}

/** A filter for `rate`; row p weighs the samples around a place p / phases after a sample. */
function designFilter(rate: number, phases: number): PolyphaseFilter {
  const nyquist = Math.min(rate, SPEECH_RATE) / 2;
  const cutoff = ((PASS_EDGE + STOP_EDGE) / 2) * (nyquist / rate);
  const transition = (STOP_EDGE - PASS_EDGE) * (nyquist / rate);
  const half = Math.ceil((ATTENUATION_DB - 7.95) / (14.36 * transition) / 2);
  const beta = 0.1102 * (ATTENUATION_DB - 8.7);
  const length = 2 * half;
  const rows = Array.from({ length: phases + 1 }, (_, phase) => {
    const row = new Float64Array(length);
    let sum = 0;
    for (let tap = 0; tap < length; tap++) {
      const distance = tap - (half - 1) - phase / phases;
      const angle = 2 * Math.PI * cutoff * distance;
      const sinc = distance === 0 ? 1 : Math.sin(angle) / angle;
      const inside = Math.max(0, 1 - (distance / half) ** 2);
      const weight = sinc * (bessel0(beta * Math.sqrt(inside)) / bessel0(beta));
      row[tap] = weight;
      sum += weight;
    }
    return row.map((weight) => weight / sum);
  });
  return { length, phases, rows };
}

/** Filters by rate: designing one takes a while, and a folder has many files of one rate. */
const filters = new Map<number, PolyphaseFilter>();
const KEPT_FILTERS = 8;

function filterFor(rate: number, phases: number): PolyphaseFilter {
  const filter = filters.get(rate) ?? designFilter(rate, phases);
  filters.delete(rate);
  filters.set(rate, filter);
  if (filters.size > KEPT_FILTERS) filters.delete(filters.keys().next().value as number);
  return filter;
}

/** @param rate samples a second of the input, a whole number */
export function createResampler(rate: number): Resampler {
  if (rate === SPEECH_RATE) return { push: (samples) => samples.slice(), flush: () => new Float32Array(0) };
  return new PolyphaseResampler(rate);
}

class PolyphaseResampler implements Resampler {
  readonly #rate: number;
  readonly #filter: PolyphaseFilter;
  /** Input samples and output samples of the same time. */
  readonly #inputStep: number;
  readonly #outputStep: number;
  /** Input from the first sample that is still needed. */
  #held: Float64Array;
  #heldCount: number;
  /** Place of the next output in {@link #held}, of its first tap: whole samples and a part of {@link #outputStep}. */
  #at = 0;
  #part = 0;
  #taken = 0;
  #given = 0;

  constructor(rate: number) {
    this.#rate = rate;
    const divisor = greatestCommonDivisor(rate, SPEECH_RATE);
    this.#inputStep = rate / divisor;
    this.#outputStep = SPEECH_RATE / divisor;
    this.#filter = filterFor(rate, Math.min(this.#outputStep, MOST_PHASES));
    // silence before the start, so that the first output is centred on the first sample
    this.#heldCount = this.#filter.length / 2 - 1;
    this.#held = new Float64Array(Math.max(4096, this.#filter.length * 2));
  }

  push(samples: Float32Array): Float32Array {
    this.#taken += samples.length;
    return this.#filterNext(samples, Number.POSITIVE_INFINITY);
  }

  flush(): Float32Array {
    const total = Math.round((this.#taken * SPEECH_RATE) / this.#rate);
    return this.#filterNext(new Float32Array(this.#filter.length), total - this.#given);
  }

  #filterNext(samples: Float32Array, most: number): Float32Array {
    this.#hold(samples);
    const { length } = this.#filter;
    const ready = Math.floor(((this.#heldCount - length - this.#at + 1) * this.#outputStep) / this.#inputStep) + 2;
    const output = new Float32Array(Math.max(0, Math.min(most, ready)));
    let count = 0;
    while (count < output.length && this.#at + length <= this.#heldCount) {
      output[count++] = this.#sampleAt(this.#at, this.#part);
      this.#part += this.#inputStep;
      const whole = Math.floor(this.#part / this.#outputStep);
      this.#at += whole;
      this.#part -= whole * this.#outputStep;
    }
    this.#given += count;
    return output.subarray(0, count);
  }

  /** Adds input and forgets what no output needs any more. */
  #hold(samples: Float32Array): void {
    const forgotten = Math.min(this.#at, this.#heldCount);
    const kept = this.#heldCount - forgotten;
    const needed = kept + samples.length;
    const target = needed > this.#held.length ? new Float64Array(needed * 2) : this.#held;
    target.set(this.#held.subarray(forgotten, this.#heldCount));
    target.set(samples, kept);
    this.#held = target;
    this.#heldCount = needed;
    this.#at -= forgotten;
  }

  #sampleAt(at: number, part: number): number {
    const { rows, phases } = this.#filter;
    if (phases === this.#outputStep) return weigh(this.#held, at, rows[part] as Float64Array);
    const place = (part * phases) / this.#outputStep;
    const phase = Math.floor(place);
    const before = weigh(this.#held, at, rows[phase] as Float64Array);
    const after = weigh(this.#held, at, rows[phase + 1] as Float64Array);
    return before + (after - before) * (place - phase);
  }
}

/** Sums of products; four at a time, and of doubles, which need no conversion: three times as fast. */
function weigh(samples: Float64Array, at: number, row: Float64Array): number {
  const length = row.length & ~3;
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let tap = 0;
  for (; tap < length; tap += 4) {
    first += (samples[at + tap] as number) * (row[tap] as number);
    second += (samples[at + tap + 1] as number) * (row[tap + 1] as number);
    third += (samples[at + tap + 2] as number) * (row[tap + 2] as number);
    fourth += (samples[at + tap + 3] as number) * (row[tap + 3] as number);
  }
  for (; tap < row.length; tap++) first += (samples[at + tap] as number) * (row[tap] as number);
  return first + second + third + fourth;
}

/** Floats of full scale 1 to 16 bits, rounded; what is louder is clipped. */
export function toInt16(samples: Float32Array): Int16Array {
  const integers = new Int16Array(samples.length);
  for (let index = 0; index < samples.length; index++) {
    const value = Math.round((samples[index] as number) * 32_768);
    integers[index] = value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value;
  }
  return integers;
}
