/** Weights that are not below 0 and add up to 1. */

/** The nearest point with weights >= 0 that add up to 1 (Held, Wolfe and Crowder 1974). */
function projectOnSimplex(values: Float64Array, into: Float64Array): void {
  const sorted = values.slice().sort();
  let [sum, threshold] = [0, 0];
  for (let count = 1; count <= sorted.length; count += 1) {
    const value = sorted[sorted.length - count] as number;
    sum += value;
    if (value - (sum - 1) / count > 0) threshold = (sum - 1) / count;
  }
  for (let i = 0; i < values.length; i += 1) into[i] = Math.max(0, (values[i] as number) - threshold);
}

/** Writes the sum of the columns, each times its weight. */
export function mixColumns(columns: readonly Float64Array[], weights: Float64Array, into: Float64Array): void {
  into.fill(0);
  for (let j = 0; j < columns.length; j += 1) {
    const weight = weights[j] as number;
    if (weight === 0) continue;
    const column = columns[j] as Float64Array;
    for (let t = 0; t < into.length; t += 1) into[t] = (into[t] as number) + weight * (column[t] as number);
  }
}

/** Largest eigenvalue of A'A, by the power method, made a little too large rather than too small. */
function steepest(columns: readonly Float64Array[], length: number): number {
  let vector = new Float64Array(columns.length).fill(1 / Math.sqrt(columns.length));
  const mixed = new Float64Array(length);
  let largest = 0;
  for (let i = 0; i < 30; i += 1) {
    mixColumns(columns, vector, mixed);
    const next = Float64Array.from(columns, (column) => innerProduct(column, mixed));
    largest = Math.sqrt(innerProduct(next, next));
    if (largest === 0) return 0;
    vector = next.map((value) => value / largest);
  }
  return largest * 1.05;
}

function innerProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < b.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

const MOST_STEPS = 300;

/** Writes A'(A w - target) for weights w; through A'A where that is the smaller matrix. */
function gradientOf(
  columns: readonly Float64Array[],
  target: Float64Array,
): (w: Float64Array, into: Float64Array) => void {
  const count = columns.length;
  if (count > target.length) {
    const residual = new Float64Array(target.length);
    return (weights, into) => {
      mixColumns(columns, weights, residual);
      for (let t = 0; t < target.length; t += 1) residual[t] = (residual[t] as number) - (target[t] as number);
      for (let j = 0; j < count; j += 1) into[j] = innerProduct(columns[j] as Float64Array, residual);
    };
  }
  const products = columns.map((column) => Float64Array.from(columns, (other) => innerProduct(column, other)));
  const aims = columns.map((column) => innerProduct(column, target));
  return (weights, into) => {
    for (let j = 0; j < count; j += 1)
      into[j] = innerProduct(products[j] as Float64Array, weights) - (aims[j] as number);
  };
}

/**
 * Weights w on the simplex that make |sum of w_j column_j - target|² + ridge |w|² smallest, by the accelerated projected
 * gradient method with restarts (Beck and Teboulle 2009; O'Donoghue and Candès 2015).
 */
export function simplexWeights(columns: readonly Float64Array[], target: Float64Array, ridge: number): Float64Array {
  const count = columns.length;
  const weights = new Float64Array(count).fill(1 / count);
  const slope = steepest(columns, target.length) + ridge;
  if (count === 1 || slope === 0) return weights;
  const gradient = gradientOf(columns, target);
  const [ahead, moved, next] = [weights.slice(), new Float64Array(count), new Float64Array(count)];
  let momentum = 1;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    gradient(ahead, moved);
    for (let j = 0; j < count; j += 1) {
      moved[j] = (ahead[j] as number) - ((moved[j] as number) + ridge * (ahead[j] as number)) / slope;
    }
    projectOnSimplex(moved, next);
    let [change, agreement] = [0, 0];
    for (let j = 0; j < count; j += 1) {
      const difference = (next[j] as number) - (weights[j] as number);
      change = Math.max(change, Math.abs(difference));
      agreement += ((ahead[j] as number) - (next[j] as number)) * difference;
    }
    const grown = agreement > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum ** 2)) / 2;
    const carry = agreement > 0 ? 0 : (momentum - 1) / grown;
    for (let j = 0; j < count; j += 1) {
      ahead[j] = (next[j] as number) + carry * ((next[j] as number) - (weights[j] as number));
    }
    weights.set(next);
    momentum = grown;
    if (change < 1e-6) break;
  }
  return weights;
}
