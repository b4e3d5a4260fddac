import type { StructuralSystem, Variances } from './structural-system.js';

/**
 * Kalman filter of a structural model: level, slope, trigonometric season and regression (Harvey 1989; Durbin and Koopman
 * 2012, chapters 3 and 4). Missing values are predicted and not corrected; the start is diffuse (a large variance).
 * All variances are relative to a common scale that the caller gets from `squares`.
 */

/** What the filter knew before each period. */
export interface Filtered {
  /** Sum of the logarithms of the prediction variances, diffuse ones included (a constant for one shape). */
  readonly logDeterminant: number;
  /** Sum of squared innovations over their variances. */
  readonly squares: number;
  /** Observed periods. */
  readonly observed: number;
  /** State and its covariance after the last observed period of the filter, one step ahead. */
  readonly state: Float64Array;
  readonly covariance: Float64Array;
  /** One-step predictions and their variances (without noise), and the states for the smoother. */
  readonly trace: Trace | null;
}

interface Trace {
  readonly states: readonly Float64Array[];
  readonly covariances: readonly Float64Array[];
  readonly innovations: Float64Array;
  readonly innovationVariances: Float64Array;
}

/** Filters `values` (NaN: missing) from the first period on. */
export function kalmanFilter(
  values: Float64Array,
  system: StructuralSystem,
  variances: Variances,
  keepsTrace = false,
): Filtered {
  const m = system.size;
  const state = new Float64Array(m);
  const covariance = new Float64Array(m * m);
  for (let i = 0; i < m; i += 1) covariance[i * m + i] = system.startVariance(i);
  const seen = new Float64Array(m);
  const gain = new Float64Array(m);
  const trace = keepsTrace ? emptyTrace(values.length) : null;
  let [logDeterminant, squares, observed] = [0, 0, 0];
  for (let t = 0; t < values.length; t += 1) {
    system.observe(t, seen);
    const value = values[t] as number;
    const predicted = dot(seen, state);
    const signalVariance = multiply(covariance, seen, gain);
    const total = signalVariance + variances.noise;
    const isObserved = !Number.isNaN(value) && total > 0;
    trace?.states.push(state.slice());
    trace?.covariances.push(covariance.slice());
    if (trace !== null) {
      trace.innovations[t] = isObserved ? value - predicted : Number.NaN;
      trace.innovationVariances[t] = total;
    }
    if (isObserved) {
      correct(state, covariance, gain, value - predicted, total);
      logDeterminant += Math.log(total);
      squares += (value - predicted) ** 2 / total;
      observed += 1;
    }
    system.advance(state, 0, 1);
    system.advanceCovariance(covariance, variances);
  }
  return { logDeterminant, squares, observed, state, covariance, trace };
}

function emptyTrace(length: number) {
  return {
    states: [] as Float64Array[],
    covariances: [] as Float64Array[],
    innovations: new Float64Array(length),
    innovationVariances: new Float64Array(length),
  };
}

function correct(
  state: Float64Array,
  covariance: Float64Array,
  gain: Float64Array,
  innovation: number,
  variance: number,
): void {
  const m = state.length;
  for (let i = 0; i < m; i += 1) {
    const share = (gain[i] as number) / variance;
    state[i] = (state[i] as number) + share * innovation;
    for (let j = 0; j < m; j += 1) {
      covariance[i * m + j] = (covariance[i * m + j] as number) - share * (gain[j] as number);
    }
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Writes `matrix * vector` into `into` and gives `vector' * matrix * vector`. */
function multiply(matrix: Float64Array, vector: Float64Array, into: Float64Array): number {
  const m = vector.length;
  let form = 0;
  for (let i = 0; i < m; i += 1) {
    let sum = 0;
    for (let j = 0; j < m; j += 1) sum += (matrix[i * m + j] as number) * (vector[j] as number);
    into[i] = sum;
    form += sum * (vector[i] as number);
  }
  return form;
}

/** Means of the signal (without noise) in each period, given all periods (Durbin and Koopman 2012, section 4.4). */
export function smoothedSignal(system: StructuralSystem, filtered: Filtered): Float64Array {
  const { trace } = filtered;
  if (trace === null) throw new Error('the filter kept no trace');
  const m = system.size;
  const length = trace.states.length;
  const signal = new Float64Array(length);
  const later = new Float64Array(m);
  const seen = new Float64Array(m);
  const gain = new Float64Array(m);
  for (let t = length - 1; t >= 0; t -= 1) {
    system.observe(t, seen);
    const covariance = trace.covariances[t] as Float64Array;
    multiply(covariance, seen, gain);
    if (t < length - 1) system.retreat(later);
    const innovation = trace.innovations[t] as number;
    if (!Number.isNaN(innovation)) {
      const variance = trace.innovationVariances[t] as number;
      const push = (innovation - dot(gain, later)) / variance;
      for (let i = 0; i < m; i += 1) later[i] = (later[i] as number) + push * (seen[i] as number);
    }
    signal[t] = dot(seen, trace.states[t] as Float64Array) + dot(gain, later);
  }
  return signal;
}

export interface Prediction {
  readonly means: Float64Array;
  /** Of single values, noise included. */
  readonly variances: Float64Array;
  /** Variance of the mean over the periods of `counted`, noise included. */
  readonly meanVariance: number;
}

/** Predicts the periods from `start` on, after the filter; `counted` says which of them the mean is over. */
export function predict(
  system: StructuralSystem,
  { state, covariance }: Filtered,
  variances: Variances,
  start: number,
  counted: readonly boolean[],
): Prediction {
  const m = system.size;
  const horizon = counted.length;
  const [now, spread] = [state.slice(), covariance.slice()];
  const rows = Array.from({ length: horizon }, (_, h) => {
    const row = new Float64Array(m);
    system.observe(start + h, row);
    return row;
  });
  const means = new Float64Array(horizon);
  const single = new Float64Array(horizon);
  const together = new Float64Array(m);
  let [sum, count] = [0, 0];
  for (let h = 0; h < horizon; h += 1) {
    const seen = rows[h] as Float64Array;
    means[h] = dot(seen, now);
    const own = multiply(spread, seen, together) + variances.noise;
    single[h] = own;
    if (counted[h]) {
      count += 1;
      sum += own;
      for (let later = h + 1; later < horizon; later += 1) {
        system.advance(together, 0, 1);
        if (counted[later]) sum += 2 * dot(rows[later] as Float64Array, together);
      }
    }
    system.advance(now, 0, 1);
    system.advanceCovariance(spread, variances);
  }
  return { means, variances: single, meanVariance: count === 0 ? 0 : sum / count ** 2 };
}
