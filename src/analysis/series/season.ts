/** What repeats with a fixed period. */
import { combine, leastSquares } from './least-squares.js';
import type { Observations } from './segments.js';

/** Pairs of sine and cosine that are tried: the shape of a season is no finer than this. */
const MOST_HARMONICS = 6;

/** Sines and cosines of a season; the size of its swings may grow or shrink along the series where `isGrowing`. */
export function seasonColumns(
  times: Float64Array,
  period: number,
  harmonics: number,
  isGrowing = false,
): Float64Array[] {
  const last = times[times.length - 1] ?? 1;
  const columns: Float64Array[] = [];
  for (let k = 1; k <= harmonics; k += 1) {
    const angle = (2 * Math.PI * k) / period;
    const cosine = times.map((t) => Math.cos(angle * t));
    columns.push(cosine);
    const sine = 2 * k < period ? times.map((t) => Math.sin(angle * t)) : null;
    if (sine !== null) columns.push(sine);
    if (!isGrowing) continue;
    for (const column of sine === null ? [cosine] : [cosine, sine]) {
      columns.push(column.map((value, i) => value * (2 * ((times[i] as number) / last) - 1)));
    }
  }
  return columns;
}

/**
 * Columns of the season that explains `values` best beside the columns of `trend`, by the Bayesian information
 * criterion; null where none does, or where there are fewer than two full periods.
 */
export function chooseSeason(
  { times, values }: Observations,
  trend: readonly Float64Array[],
  period: number,
): Float64Array[] | null {
  const n = times.length;
  if (!(period >= 2) || (times[n - 1] ?? 0) - (times[0] ?? 0) + 1 < 2 * period || n < 2 * period * 0.7) return null;
  const penalty = (columns: number): number => columns * Math.log(n);
  const likelihood = (squares: number | undefined): number => n * Math.log((squares ?? 0) / n + 1e-12);
  let best: Float64Array[] | null = null;
  // a season has to earn its place clearly: one harmonic may be found in noise
  let lowest = likelihood(leastSquares(trend, values).squares.at(-1)) - penalty(2);
  for (const isGrowing of [false, true]) {
    const columns = seasonColumns(times, period, Math.min(MOST_HARMONICS, Math.floor(period / 2)), isGrowing);
    const { squares } = leastSquares([...trend, ...columns], values);
    const group = isGrowing ? 4 : 2;
    for (let count = group; count < columns.length + group; count += group) {
      const own = Math.min(count, columns.length);
      if (own + trend.length > n / 2) break;
      const criterion = likelihood(squares[trend.length + own - 1]) + penalty(own);
      if (criterion < lowest) {
        lowest = criterion;
        best = columns.slice(0, own);
      }
    }
  }
  return best;
}

/**
 * The season, a value for each row of `season`, fitted beside the columns of `trend` to `values`; where only some of the
 * rows are kept, `trend` and `values` have these only.
 */
export function fitSeason(
  season: readonly Float64Array[],
  trend: readonly Float64Array[],
  values: Float64Array,
  isKept?: Uint8Array,
): Float64Array {
  const kept = isKept === undefined ? season : season.map((column) => column.filter((_, i) => isKept[i] === 1));
  const { coefficients } = leastSquares([...trend, ...kept], values);
  return combine(season, coefficients.subarray(trend.length), season[0]?.length ?? 0);
}
