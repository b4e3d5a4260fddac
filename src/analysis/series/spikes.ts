/** Values of one or two periods that stand out and are gone again. */
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

/** The value and those around it, near the ends more of one side. */
function neighbours(values: Float64Array, i: number): number[] {
  const start = Math.max(0, Math.min(i - REACH, values.length - 2 * REACH - 1));
  return Array.from(values.subarray(start, start + 2 * REACH + 1));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
