/** Values of one or two periods that stand out and are gone again. */
import { standardized } from './segmentation.js';
import type { Observations } from './segments.js';
import { type Tail, tailOf } from './tails.js';

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
/** Middle absolute error of a normal distribution, in standard deviations. */
const NORMAL_MIDDLE = 0.6745;
/** Deviation of exact figures, as a share of their range. */
const SMALLEST = 1e-3;

/** p that spikes like these come by chance, all together. */
const LARGEST_P = 0.01;
/** Share of those reported that chance may have made. */
const LARGEST_FALSE_SHARE = 0.05;
/** Where more of the periods than this stand out, that is how the series is. */
const MOST = 0.05;

/** Finds them among values whose season was taken off. */
export function findSpikes({ times, values, scales = null }: Observations): readonly Spike[] {
  const first = times[0] ?? 0;
  const filled = withoutGaps({ times, values });
  const left = standardized(
    values.map((value, i) => value - median(neighbours(filled, (times[i] as number) - first))),
    scales,
  );
  const sizes = left.map(Math.abs).sort();
  const deviation = Math.max(SMALLEST, 1.4826 * (sizes[sizes.length >> 1] ?? 0), 1.2533 * trimmedMean(sizes));
  const spikes: Spike[] = [];
  for (let start = 0; start < left.length; start += 1) {
    const sign = Math.sign(left[start] as number);
    const reach = (limit: number): number => {
      let end = start;
      while (end < left.length && sign * (left[end] as number) > limit * deviation) end += 1;
      return end;
    };
    const pair = reach(OUTSTANDING / Math.SQRT2);
    const end = pair === start + LONGEST ? pair : reach(OUTSTANDING);
    if (end === start) continue;
    const [from, to] = [(times[start] as number) - first, (times[end - 1] as number) - first];
    const limit = (sign * OUTSTANDING * deviation * (scales?.[start] ?? 1)) / 2;
    if (end - start <= LONGEST && isOff(filled, from, to, limit)) spikes.push({ start, end });
    start = end - 1;
  }
  return spikes;
}

/** Neither the periods before nor those after lead to the values `from` to `to`, as they would to a corner or a step. */
function isOff(filled: Float64Array, from: number, to: number, limit: number): boolean {
  const before = filled.subarray(Math.max(0, from - REACH), from);
  const after = filled
    .subarray(to + 1, to + 1 + REACH)
    .slice()
    .reverse();
  const isBeyond = (side: Float64Array, end: number): boolean =>
    side.length < REACH || Math.sign(limit) * ((filled[end] as number) - ahead(side)) > Math.abs(limit);
  return isBeyond(before, from) && isBeyond(after, to);
}

/** Where a line leads next, by the median of the slopes between all pairs (Theil and Sen). */
function ahead(values: Float64Array): number {
  const slopes: number[] = [];
  for (let i = 0; i < values.length; i += 1) {
    for (let k = 0; k < i; k += 1) slopes.push(((values[i] as number) - (values[k] as number)) / (i - k));
  }
  const slope = median(slopes);
  return median(Array.from(values, (value, i) => value + slope * (values.length - i)));
}

/** The mean without the largest: of figures of which most are alike, such as small counts, the middle one says nothing. */
function trimmedMean(sorted: Float64Array): number {
  const kept = sorted.subarray(0, Math.ceil((1 - MOST) * sorted.length));
  return kept.reduce((sum, value) => sum + value, 0) / Math.max(1, kept.length);
}

/** A value a period; missing ones lie on straight lines between the others, so that a gap is no change. */
function withoutGaps({ times, values }: Observations): Float64Array {
  const first = times[0] ?? 0;
  const filled = new Float64Array((times.at(-1) ?? 0) - first + 1);
  for (let i = 0; i < times.length; i += 1) {
    const [time, value] = [times[i] as number, values[i] as number];
    filled[time - first] = value;
    const [timeBefore, before] = [times[i - 1] ?? time - 1, values[i - 1] ?? value];
    for (let t = timeBefore + 1; t < time; t += 1) {
      filled[t - first] = before + ((value - before) * (t - timeBefore)) / (time - timeBefore);
    }
  }
  return filled;
}

/** The series without its spikes. */
export interface Calm {
  /** What is fitted to the periods that are kept. */
  readonly base: Observations;
  /** Their errors, where these are 1 in size. */
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

type Sized = Omit<SpikeSize, 'p'> & { /** Distance from where most errors are. */ readonly deviant: number };

/** The spikes that chance does not explain, unless the series is full of them or they come back with the season. */
export function measureSpikes(
  observations: Observations,
  spikes: readonly Spike[],
  calm: Calm,
  season: number | null,
): readonly SpikeSize[] {
  const { times } = observations;
  if (spikes.length === 0 || spikes.length > Math.max(1, MOST * times.length)) return [];
  const usual = usualErrors(calm);
  const [first, last] = [times[0] as number, times.at(-1) as number];
  const found = clearOf(sizesOf(observations, spikes, calm.base, usual), usual.tail, times.length).sort(
    (one, other) => one.index - other.index,
  );
  return season === null ? found : found.filter((size) => !isSeasonal(size, found, season, first, last));
}

/** The errors of the periods that do not stand out. */
interface UsualErrors {
  /** Of lopsided errors the mean is not where most are. */
  readonly centre: number;
  readonly deviation: number;
  /** About the centre. */
  readonly tail: Tail;
}

function usualErrors({ errors, deviation }: Calm): UsualErrors {
  const centre = median(Array.from(errors));
  const absolute = errors.map((error) => Math.abs(error - centre));
  const middle = Math.max(1e-6, median(Array.from(absolute)), NORMAL_MIDDLE * deviation);
  const limit = absolute.reduce((most, error) => Math.max(most, error), (OUTSTANDING / NORMAL_MIDDLE) * middle);
  return { centre, deviation: middle / NORMAL_MIDDLE, tail: tailOf(absolute, limit, middle) };
}

/** Each against what is fitted beside it; where that steps, against the nearer side. */
function sizesOf(
  { times, values, scales = null }: Observations,
  spikes: readonly Spike[],
  base: Observations,
  { centre, deviation }: UsualErrors,
): Sized[] {
  let next = 0;
  return spikes.map(({ start, end }) => {
    const index = times[start] as number;
    while (next < base.times.length - 1 && (base.times[next] as number) < index) next += 1;
    const mean = values.subarray(start, end).reduce((sum, value) => sum + value, 0) / (end - start);
    const sides = [base.values[Math.max(0, next - 1)] as number, base.values[next] as number];
    const level = sides.reduce((one, other) => (Math.abs(mean - one) <= Math.abs(mean - other) ? one : other));
    const length = (times[end - 1] as number) - index + 1;
    const absolute = mean - level;
    const scale = scales?.[start] ?? 1;
    const error = (scale * deviation) / Math.sqrt(end - start);
    return { index, length, absolute, error, level, deviant: Math.abs(absolute / scale - centre) };
  });
}

/**
 * The largest ones, as many as chance makes neither together (a few of a size are less likely than one) nor one in twenty
 * of (Benjamini and Hochberg 1995); p is the larger of the two.
 */
function clearOf(sizes: readonly Sized[], tail: Tail, periods: number): SpikeSize[] {
  const sorted = [...sizes].sort((one, other) => other.deviant - one.deviant);
  let clear: SpikeSize[] = [];
  for (const [i, { deviant }] of sorted.entries()) {
    const together = sorted.length * tail.probability(deviant, periods, i + 1);
    const share = tail.expected(deviant, periods) / (i + 1);
    if (together > LARGEST_P || share > LARGEST_FALSE_SHARE) continue;
    const p = Math.max(together, share);
    clear = sorted.slice(0, i + 1).map(({ deviant: _, ...size }) => ({ ...size, p }));
  }
  return clear;
}

/** It comes back in every season of the data; weeks of a date are 52 or 53 apart. */
function isSeasonal(one: SpikeSize, all: readonly SpikeSize[], season: number, first: number, last: number): boolean {
  const isLike = (from: number, to: number): boolean =>
    all.some(({ index, absolute }) => index >= from && index <= to && Math.sign(absolute) === Math.sign(one.absolute));
  let [back, seen] = [0, 0];
  for (let k = Math.ceil((first - one.index) / season); one.index + k * season <= last; k += 1) {
    if (k === 0) continue;
    const at = one.index + k * season;
    const shift = season > 12 ? Math.sign(k) : 0;
    seen += 1;
    if (isLike(Math.min(at, at + shift), Math.max(at, at + shift))) back += 1;
  }
  return seen > 0 && back > seen / 2;
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
