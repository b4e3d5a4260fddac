import {
  kalmanFilter,
  predict,
  type StructuralShape,
  StructuralSystem,
  smoothedSignal,
  type Variances,
} from './kalman.js';

/**
 * A local level with slope, season and regression. The ratio of the level's deviation to the noise's is not fixed at its
 * likeliest value but averaged over, weighted by the marginal likelihood: with few periods the likeliest ratio is often 0
 * and intervals from it are too narrow. The scale is integrated out, which makes predictions Student's t.
 */

/** Ratios of deviations (level : noise) that are averaged over, evenly spaced in their logarithm; 0: a fixed level. */
const RATIOS = [0, ...Array.from({ length: 21 }, (_, i) => 0.01 * 10 ** (i * 0.15))] as const;
/** Prior weight of a fixed level against each of the others. */
const FIXED_WEIGHT = 4;
/** Ratios with less of the weight are left out. */
const LEAST_WEIGHT = 0.002;

export interface StructuralPrediction {
  readonly means: Float64Array;
  /** Standard errors of single values. */
  readonly errors: Float64Array;
  readonly mean: number;
  readonly meanError: number;
  readonly degrees: number;
  /** Smoothed signal of the periods that were fitted. */
  readonly fit: Float64Array;
}

function variancesOf(ratio: number): Variances {
  return { noise: 1, level: ratio ** 2, slope: 0, season: 0 };
}

/** Logarithm of the diffuse likelihood with the scale integrated out, up to a constant of the shape. */
export function logLikelihood(values: Float64Array, system: StructuralSystem, variances: Variances): number {
  const { logDeterminant, squares, observed } = kalmanFilter(values, system, variances);
  const degrees = observed - system.size;
  return -0.5 * (logDeterminant + degrees * Math.log(Math.max(squares, 1e-12)));
}

/** Ratios and their shares of the weight. */
function weighRatios(values: Float64Array, system: StructuralSystem): { ratio: number; weight: number }[] {
  const logs = RATIOS.map((ratio) => {
    const prior = ratio === 0 ? Math.log(FIXED_WEIGHT) : 0;
    return { ratio, log: logLikelihood(values, system, variancesOf(ratio)) + prior };
  });
  const best = Math.max(...logs.map(({ log }) => log));
  const kept = logs
    .map(({ ratio, log }) => ({ ratio, weight: Math.exp(log - best) }))
    .filter(({ weight }) => weight > LEAST_WEIGHT);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.map(({ ratio, weight }) => ({ ratio, weight: weight / total }));
}

/**
 * Fits `values` (of about unit deviation; NaN: missing) and predicts as many periods as `counted` has, which says over
 * which the mean is taken; null where there are too few values for the shape.
 */
export function structuralPrediction(
  values: Float64Array,
  shape: StructuralShape,
  counted: readonly boolean[],
): StructuralPrediction | null {
  const system = new StructuralSystem(shape);
  let observed = 0;
  for (const value of values) if (!Number.isNaN(value)) observed += 1;
  const degrees = observed - system.size;
  if (degrees < 3) return null;
  const horizon = counted.length;
  const means = new Float64Array(horizon);
  const [seconds, errors] = [new Float64Array(horizon), new Float64Array(horizon)];
  let [mean, meanSecond] = [0, 0];
  const parts = weighRatios(values, system);
  for (const { ratio, weight } of parts) {
    const variances = variancesOf(ratio);
    const filtered = kalmanFilter(values, system, variances);
    const scale = filtered.squares / degrees;
    const part = predict(system, filtered, variances, values.length, counted);
    const partMean = meanOf(part.means, counted);
    mean += weight * partMean;
    meanSecond += weight * (scale * part.meanVariance + partMean ** 2);
    for (let h = 0; h < horizon; h += 1) {
      const value = part.means[h] as number;
      means[h] = (means[h] as number) + weight * value;
      seconds[h] = (seconds[h] as number) + weight * (scale * (part.variances[h] as number) + value ** 2);
    }
  }
  for (let h = 0; h < horizon; h += 1) {
    errors[h] = Math.sqrt(Math.max(0, (seconds[h] as number) - (means[h] as number) ** 2));
  }
  const likeliest = parts.reduce((best, part) => (part.weight > best.weight ? part : best));
  const fit = smoothedSignal(system, kalmanFilter(values, system, variancesOf(likeliest.ratio), true));
  return { means, errors, mean, meanError: Math.sqrt(Math.max(0, meanSecond - mean ** 2)), degrees, fit };
}

/** Mean of the values that are counted; 0 for none. */
export function meanOf(values: Float64Array, counted: readonly boolean[]): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < values.length; i += 1) {
    if (!counted[i]) continue;
    sum += values[i] as number;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}
