/** What kind of change it is, how large, and when at the earliest and latest. */
import { leastSquares } from './least-squares.js';
import type { Observations, Segment } from './segments.js';

/** A change between two segments, in the units of the observations. */
export interface ChangeSize {
  readonly kind: 'level' | 'slope';
  /** First period that is different, and its 95 % interval, both ends inclusive. */
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly absolute: number;
  /** Standard error of `absolute`. */
  readonly error: number;
}

/** Observations on each side that are looked at. */
const REACH = 150;
/** 95 % points of the likelihood ratio of a place: of a step (Hansen 2000, "Sample splitting and threshold estimation"), of a bend. */
const PLACE = { level: 7.35, slope: 3.84 } as const;
/** Observations on each side of the border among which the best place is looked for. */
const NEAR = 15;
/** What a second term has to explain, in variances of the noise, to be taken for real. */
const MATERIAL = 9;

/**
 * Measures the change where `after` follows `before`: as a step or as a bend, whichever explains more; `noise` is the
 * long-run variance of the errors, so that neighbouring errors that are alike do not make it look more certain.
 */
export function measureChange(
  { times, values }: Observations,
  before: Segment,
  after: Segment,
  noise: number,
): ChangeSize {
  const start = Math.max(before.start, after.start - REACH);
  const end = Math.min(after.end, after.start + REACH);
  const own = values.subarray(start, end);
  const t = times.subarray(start, end).map((time) => time - (times[after.start] as number));
  const trend = [t.map(() => 1), ...(before.degree + after.degree > 0 ? [t] : [])];
  const step = (at: number): Float64Array => t.map((_, i) => (i >= at ? 1 : 0));
  const bend = (at: number): Float64Array => t.map((time) => Math.max(0, time - (t[at] as number)));
  const left = (...columns: Float64Array[]): number => leastSquares([...trend, ...columns], own).squares.at(-1) ?? 0;
  const border = after.start - start;
  const lowest = Math.max(1, border - NEAR, Math.ceil((before.start + after.start) / 2) - start);
  const highest = Math.min(own.length - 1, border + NEAR, Math.ceil((after.start + after.end) / 2) - 1 - start);
  const best = (term: (k: number) => Float64Array): readonly [squares: number, place: number] => {
    let least: readonly [number, number] = [left(term(border)), border];
    for (let k = lowest; k <= highest; k += 1) {
      const squares = left(term(k));
      if (squares < least[0]) least = [squares, k];
    }
    return least;
  };
  const isFlat = trend.length === 1;
  const stepped = best(step);
  const bent = isFlat ? stepped : best(bend);
  const kind = stepped[0] <= bent[0] ? 'level' : 'slope';
  const [first, second] = kind === 'level' ? [step, bend] : [bend, step];
  const isBoth = !isFlat && Math.min(stepped[0], bent[0]) - left(step(border), bend(border)) > MATERIAL * noise;
  const place = isBoth ? border : (kind === 'level' ? stepped : bent)[1];
  const at = (k: number): Float64Array[] => [...trend, ...(isBoth ? [second(k)] : []), first(k)];
  const squares = (k: number): number => leastSquares(at(k), own).squares.at(-1) ?? 0;
  const limit = squares(place) + PLACE[kind] * noise;
  const [from, to] = reachOf(place, own.length, (k) => squares(k) <= limit);
  const columns = at(place);
  const last = columns.pop() as Float64Array;
  const { coefficients } = leastSquares([...columns, last], own);
  const alone = leastSquares(columns, last).squares.at(-1) ?? 0;
  return {
    kind,
    index: times[start + place] as number,
    from: times[start + from] as number,
    to: times[start + to] as number,
    absolute: coefficients.at(-1) ?? 0,
    error: Math.sqrt(noise / Math.max(alone, 1e-12)),
  };
}

/** The furthest places on both sides that are still as likely; a few that are not may lie between. */
function reachOf(place: number, length: number, isLikely: (k: number) => boolean): readonly [number, number] {
  const furthest = (direction: 1 | -1): number => {
    let last = place;
    for (let k = place + direction; k > 0 && k < length && Math.abs(k - last) <= 5; k += direction) {
      if (isLikely(k)) last = k;
    }
    return last;
  };
  return [furthest(-1), furthest(1)];
}
