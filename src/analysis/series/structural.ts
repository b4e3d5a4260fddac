import { kalmanFilter, predict, smoothedSignal } from './kalman.js';
import { type StructuralShape, StructuralSystem, type Variances } from './structural-system.js';

/**
 * A local level with slope, season and regression. The ratio of the level's deviation to the noise's is not fixed at its
 * likeliest value but averaged over, weighted by the marginal likelihood: with few periods the likeliest ratio is often 0
 * and intervals from it are too narrow. The scale is integrated out, which makes predictions Student's t.
 */

/** Ratios of deviations (level : noise) that are averaged over, evenly spaced in their logarithm; 0: a fixed level. */
const RATIOS = [0, ...Array.from({ length: 13 }, (_, i) => 0.03 * 1.55 ** i)] as const;
/** Prior weight of a fixed level against each of the others. */
const FIXED_WEIGHT = 10;
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

export function variancesOf(ratio: number, { seasonRatio }: StructuralSystem): Variances {
  return { noise: 1, level: ratio ** 2, slope: 0, season: seasonRatio ** 2 };
}

/** Logarithm of the diffuse likelihood with the scale integrated out, up to a constant of the shape. */
export function logLikelihood(values: Float64Array, system: StructuralSystem, variances: Variances): number {
  const { logDeterminant, squares, observed } = kalmanFilter(values, system, variances);
  const degrees = observed - system.size;
  return -0.5 * (logDeterminant + degrees * Math.log(Math.max(squares, 1e-12)));
}

/** Ratios and their shares of the weight. */
export function weighRatios(values: Float64Array, system: StructuralSystem): { ratio: number; weight: number }[] {
  const logs = RATIOS.map((ratio) => {
    const prior = ratio === 0 ? Math.log(FIXED_WEIGHT) : 0;
    return { ratio, log: logLikelihood(values, system, variancesOf(ratio, system)) + prior };
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
    const variances = variancesOf(ratio, system);
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
  const fit = smoothedSignal(system, kalmanFilter(values, system, variancesOf(likeliest.ratio, system), true));
  return { means, errors, mean, meanError: Math.sqrt(Math.max(0, meanSecond - mean ** 2)), degrees, fit };
}

export interface StepEstimate {
  /** Size of the lasting step and its standard error. */
  readonly step: number;
  readonly error: number;
  /** Deviation of the noise. */
  readonly noise: number;
  /** Smoothed signal without the step, of all periods. */
  readonly signal: Float64Array;
}

/**
 * The size of a step of constant size from period `at` on (Harvey and Durbin 1986, intervention analysis). How the level
 * moves and the scale are learnt before the step alone, so that what follows cannot change them.
 */
export function structuralStep(values: Float64Array, shape: StructuralShape, at: number): StepEstimate {
  const before = values.slice(0, at);
  const learnt = new StructuralSystem(shape);
  const column = values.map((_, t) => (t >= at ? 1 : 0));
  const system = new StructuralSystem({ ...shape, regressors: [...shape.regressors, column] });
  const last = system.size - 1;
  const signal = new Float64Array(values.length);
  let [step, second, noise] = [0, 0, 0];
  for (const { ratio, weight } of weighRatios(before, learnt)) {
    const variances = variancesOf(ratio, learnt);
    const { squares, observed } = kalmanFilter(before, learnt, variances);
    const scale = squares / (observed - learnt.size);
    const filtered = kalmanFilter(values, system, variances, true);
    const size = filtered.state[last] as number;
    step += weight * size;
    noise += weight * scale;
    second += weight * (scale * (filtered.covariance[last * system.size + last] as number) + size ** 2);
    smoothedSignal(system, filtered).forEach((value, t) => {
      signal[t] = (signal[t] as number) + weight * (value - (t >= at ? size : 0));
    });
  }
  return { step, error: Math.sqrt(Math.max(0, second - step ** 2)), noise: Math.sqrt(noise), signal };
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
