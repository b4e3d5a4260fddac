/** Linear regression. */

export interface LeastSquares {
  /** One a column; 0 for columns that the others already say. */
  readonly coefficients: Float64Array;
  /** Sum of the squares of what is left after each column. */
  readonly squares: Float64Array;
}

/** A column is said by the others where no more than this share of its length is its own. */
const DEPENDENT = 1e-9;

/** Least squares by modified Gram-Schmidt, twice, so that nearly dependent columns do no harm. */
export function leastSquares(columns: readonly Float64Array[], values: Float64Array): LeastSquares {
  const basis: Float64Array[] = [];
  const upper: Float64Array[] = [];
  const left = Float64Array.from(values);
  const projections: number[] = [];
  const squares: number[] = [];
  for (const column of columns) {
    const own = Float64Array.from(column);
    const before = Math.sqrt(dot(own, own));
    const shares = new Float64Array(basis.length + 1);
    for (let pass = 0; pass < 2; pass += 1) {
      for (const [k, other] of basis.entries()) shares[k] = (shares[k] as number) + takeOff(own, other);
    }
    const length = Math.sqrt(dot(own, own));
    const isOwn = length > DEPENDENT * before;
    const scale = isOwn ? 1 / length : 0;
    for (let i = 0; i < own.length; i += 1) own[i] = (own[i] as number) * scale;
    shares[basis.length] = isOwn ? length : 0;
    basis.push(own);
    upper.push(shares);
    projections.push(isOwn ? takeOff(left, own) : 0);
    squares.push(dot(left, left));
  }
  const coefficients = new Float64Array(columns.length);
  for (let k = columns.length - 1; k >= 0; k -= 1) {
    const diagonal = upper[k]?.[k] as number;
    if (diagonal === 0) continue;
    let sum = projections[k] as number;
    for (let j = k + 1; j < columns.length; j += 1) sum -= (upper[j]?.[k] as number) * (coefficients[j] as number);
    coefficients[k] = sum / diagonal;
  }
  return { coefficients, squares: Float64Array.from(squares) };
}

/** What the coefficients make of the columns. */
export function combine(columns: readonly Float64Array[], coefficients: Float64Array, length: number): Float64Array {
  const sum = new Float64Array(length);
  for (const [k, column] of columns.entries()) {
    const factor = coefficients[k] as number;
    if (factor !== 0) for (let i = 0; i < length; i += 1) sum[i] = (sum[i] as number) + factor * (column[i] as number);
  }
  return sum;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += (one[i] as number) * (other[i] as number);
  return sum;
}

/** Takes the share of a unit vector off `from` and gives it. */
function takeOff(from: Float64Array, unit: Float64Array): number {
  const share = dot(from, unit);
  for (let i = 0; i < from.length; i += 1) from[i] = (from[i] as number) - share * (unit[i] as number);
  return share;
}
