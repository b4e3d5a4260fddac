/** Values of one or two periods that stand out and are gone again. */
import { twoSided } from '../probability.js';
import type { Observations } from './segments.js';

/** One or two periods that stand out. */
export interface Spike {
  /** Places among the observations, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Longer runs are changes of level. */
const LONGEST = 2;
/** Observations on each side that a value is compared with. */
const REACH = 4;
/** Deviations (median absolute, scaled) from the median of the neighbours that stand out. */
const OUTSTANDING = 5;
/** Deviation of exact figures, as a share of their range. */
const SMALLEST = 1e-3;

/** p of a spike that is reported, over all periods of the series. */
const LARGEST_P = 0.0001;
/** How much larger it is than the largest error of the other periods. */
const APART = 1.8;
/** Where more of the periods than this stand out, that is how the series is. */
const MOST = 0.05;

/** Finds them among values whose season was taken off. */
export function findSpikes({ values }: Observations): readonly Spike[] {
  const left = values.map((value, i) => value - median(neighbours(values, i)));
  const deviation = Math.max(SMALLEST, 1.4826 * median(Array.from(left, Math.abs)));
  const spikes: Spike[] = [];
  for (let start = 0; start < left.length; start += 1) {
    const sign = Math.sign(left[start] as number);
    let end = start;
    while (end < left.length && sign * (left[end] as number) > OUTSTANDING * deviation) end += 1;
    if (end === start) continue;
    if (end - start <= LONGEST) spikes.push({ start, end });
    start = end - 1;
  }
  return spikes;
}

/** The series without its spikes. */
export interface Calm {
  /** What is fitted to the periods that are kept. */
  readonly base: Observations;
  /** Their absolute errors. */
  readonly errors: Float64Array;
  /** Standard deviation of the errors. */
  readonly deviation: number;
}

/** A spike, in units of the observations. */
export interface SpikeSize {
  readonly index: number;
  /** Periods. */
  readonly length: number;
  /** Mean over these periods. */
  readonly absolute: number;
  /** Standard error of `absolute`. */
  readonly error: number;
  readonly p: number;
  /** What would have been. */
  readonly level: number;
}

/** The spikes that chance does not explain, unless the series is full of them or they come back with the season. */
export function measureSpikes(
  { times, values }: Observations,
  spikes: readonly Spike[],
  { base, errors, deviation }: Calm,
  season: number | null,
): readonly SpikeSize[] {
  if (spikes.length > Math.max(1, MOST * times.length)) return [];
  const noise = Math.max(deviation, 1.4826 * median([...errors]));
  const least = APART * errors.reduce((most, error) => Math.max(most, error), 0);
  const sizes: SpikeSize[] = [];
  let next = 0;
  for (const { start, end } of spikes) {
    const index = times[start] as number;
    while (next < base.times.length - 1 && (base.times[next] as number) < index) next += 1;
    const level = ((base.values[Math.max(0, next - 1)] as number) + (base.values[next] as number)) / 2;
    const absolute = values.subarray(start, end).reduce((sum, value) => sum + value - level, 0) / (end - start);
    const error = noise / Math.sqrt(end - start);
    const p = Math.min(1, times.length * twoSided(absolute / error));
    const length = (times[end - 1] as number) - index + 1;
    if (p <= LARGEST_P && Math.abs(absolute) >= least) sizes.push({ index, length, absolute, error, p, level });
  }
  const isSeasonal = (one: SpikeSize): boolean =>
    season !== null &&
    sizes.some(
      (other) =>
        Math.sign(one.absolute) === Math.sign(other.absolute) &&
        Math.abs(Math.abs(one.index - other.index) - season) <= (season > 12 ? 1 : 0),
    );
  return sizes.filter((size) => !isSeasonal(size));
}

/** The value and those around it, as many on either side, so that a trend does no harm. */
function neighbours(values: Float64Array, i: number): number[] {
  const reach = Math.min(REACH, i, values.length - 1 - i);
  return Array.from(values.subarray(i - reach, i + reach + 1));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
