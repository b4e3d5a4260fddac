/** What repeats with a fixed period. */
import { combine, leastSquares } from './least-squares.js';
import type { Observations } from './segments.js';

/** Pairs of sine and cosine that are tried: the shape of a season is no finer than this. */
const MOST_HARMONICS = 6;
/** Share of two periods that has to be there. */
const LEAST_PRESENT = 0.7;
/** Variance, as a share of the squared range, that figures are never without. */
const ROUNDING = 1e-12;

/** Sines and cosines of a season; the size of its swings may follow `level`, where there is one. */
export function seasonColumns(
  times: Float64Array,
  period: number,
  harmonics: number,
  level: Float64Array | null = null,
): Float64Array[] {
  const columns: Float64Array[] = [];
  for (let k = 1; k <= harmonics; k += 1) {
    const angle = (2 * Math.PI * k) / period;
    const cosine = times.map((t) => Math.cos(angle * t));
    columns.push(cosine);
    const sine = 2 * k < period ? times.map((t) => Math.sin(angle * t)) : null;
    if (sine !== null) columns.push(sine);
    if (level === null) continue;
    for (const column of sine === null ? [cosine] : [cosine, sine]) {
      columns.push(column.map((value, i) => value * (level[i] as number)));
    }
  }
  return columns;
}

/** A season that was found; it is made of {@link seasonColumns}. */
export interface Season {
  readonly period: number;
  readonly harmonics: number;
  readonly isGrowing: boolean;
  readonly coefficients: Float64Array;
}

/**
 * The season that explains `values` best beside the columns of `trend`, by the Bayesian information criterion; null where
 * none does, or where there are fewer than two full periods. Its swings may grow with `level` where that is given.
 */
export function findSeason(
  { times, values }: Observations,
  trend: readonly Float64Array[],
  period: number,
  level: Float64Array | null,
): Season | null {
  const n = times.length;
  if (!(period >= 2) || (times[n - 1] ?? 0) - (times[0] ?? 0) + 1 < 2 * period || n < 2 * period * LEAST_PRESENT)
    return null;
  const most = Math.min(MOST_HARMONICS, Math.floor(period / 2));
  const criterion = (squares: number | undefined, columns: number): number =>
    n * Math.log((squares ?? 0) / n + ROUNDING) + columns * Math.log(n);
  // a season has to earn its place clearly: one harmonic may be found in noise
  let lowest = criterion(leastSquares(trend, values).squares.at(-1), -2);
  let best: { readonly harmonics: number; readonly isGrowing: boolean } | null = null;
  for (const isGrowing of level === null ? [false] : [false, true]) {
    const columns = seasonColumns(times, period, most, isGrowing ? level : null);
    const { squares } = leastSquares([...trend, ...columns], values);
    for (let harmonics = 1; harmonics <= most; harmonics += 1) {
      const count = Math.min(columns.length, harmonics * (isGrowing ? 4 : 2));
      if (count + trend.length > n / 2) break;
      const value = criterion(squares[trend.length + count - 1], count);
      if (value >= lowest) continue;
      lowest = value;
      best = { harmonics, isGrowing };
    }
  }
  if (best === null) return null;
  const columns = seasonColumns(times, period, best.harmonics, best.isGrowing ? level : null);
  const { coefficients } = leastSquares([...trend, ...columns], values);
  return { period, ...best, coefficients: coefficients.subarray(trend.length) };
}

/** The season at `times`, where the series has `level`. */
export function seasonAt(
  { period, harmonics, isGrowing, coefficients }: Season,
  times: Float64Array,
  level: Float64Array | null,
): Float64Array {
  return combine(seasonColumns(times, period, harmonics, isGrowing ? level : null), coefficients, times.length);
}
