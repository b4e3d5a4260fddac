import { kalmanFilter } from './kalman.js';
import { variancesOf, weighRatios } from './structural.js';
import { type StructuralShape, StructuralSystem } from './structural-system.js';

/** What past campaigns did. */

/** One value a period, by the name of the column: price, display, flyer. */
export type CampaignColumns = Readonly<Record<string, Float64Array>>;

/** How the values of a column become a regressor: from 0 to 1 over its past. */
export interface ColumnScale {
  readonly isLogarithmic: boolean;
  readonly low: number;
  readonly range: number;
}

/** Null where the column never changes: nothing can be learnt from it. Prices above 0 are taken as logarithms. */
export function columnScale(past: Float64Array): ColumnScale | null {
  const known = past.filter((value) => Number.isFinite(value));
  if (known.length === 0) return null;
  const isLogarithmic = known.every((value) => value > 0);
  const values = isLogarithmic ? known.map(Math.log) : known;
  const low = values.reduce((least, value) => Math.min(least, value));
  const range = values.reduce((most, value) => Math.max(most, value)) - low;
  return range > 0 && Number.isFinite(range) ? { isLogarithmic, low, range } : null;
}

/** Missing values are taken for what is usual, the middle of `usual`. */
export function regressorOf(
  values: Float64Array,
  { isLogarithmic, low, range }: ColumnScale,
  usual: number,
): Float64Array {
  return values.map((value) => {
    const known = Number.isFinite(value) && (!isLogarithmic || value > 0) ? value : usual;
    return ((isLogarithmic ? Math.log(known) : known) - low) / range;
  });
}

/** Coefficients of the regressors of `shape` on `values`. */
export function coefficientsOf(values: Float64Array, shape: StructuralShape): Float64Array {
  const system = new StructuralSystem(shape);
  const first = system.size - shape.regressors.length;
  const sum = new Float64Array(shape.regressors.length);
  for (const { ratio, weight } of weighRatios(values, system)) {
    const { state } = kalmanFilter(values, system, variancesOf(ratio, system));
    sum.forEach((value, i) => {
      sum[i] = value + weight * (state[first + i] as number);
    });
  }
  return sum;
}
