/** Distributions and intervals that the analyses share. Checked against SciPy in the tests. */

/** Lanczos coefficients (g = 7, n = 9), as in Numerical Recipes, third edition, section 6.1. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** Natural logarithm of the gamma function for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let sum: number = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i += 1) sum += (LANCZOS[i] ?? 0) / (shifted + i);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** A draw without replacement: `drawn` of `total` things, of which `marked` are marked. */
export interface Draw {
  readonly total: number;
  readonly marked: number;
  readonly drawn: number;
}

/**
 * Probability that at least `count` of the drawn things are marked (hypergeometric distribution): the p-value of
 * Fisher's exact test, one-sided. With `isMid` only half of the probability of `count` itself is taken (mid-p,
 * Lancaster 1961), which makes up for the steps of the distribution.
 */
export function hypergeometricTail(count: number, { total, marked, drawn }: Draw, isMid = false): number {
  const lowest = Math.max(0, marked + drawn - total);
  const highest = Math.min(marked, drawn);
  if (count > highest) return 0;
  if (count <= lowest && !isMid) return 1;
  const start = Math.max(count, lowest);
  const own = Math.exp(logChoose(marked, start) + logChoose(total - marked, drawn - start) - logChoose(total, drawn));
  const isUpper = start * total >= marked * drawn;
  // summed away from the mode, where the terms fall fast
  const others = sumOfTail(own, start, isUpper, { total, marked, drawn });
  const atLeast = isUpper ? own + others : 1 - others;
  return Math.min(1, Math.max(0, isMid ? atLeast - own / 2 : atLeast));
}

/** Sum of the probabilities above (or below) `start`, whose own probability is `own`. */
function sumOfTail(own: number, start: number, isUpper: boolean, { total, marked, drawn }: Draw): number {
  let sum = 0;
  let term = own;
  for (let k = start; ; k += isUpper ? 1 : -1) {
    term *= isUpper
      ? ((marked - k) * (drawn - k)) / ((k + 1) * (total - marked - drawn + k + 1))
      : (k * (total - marked - drawn + k)) / ((marked - k + 1) * (drawn - k + 1));
    sum += term;
    if (!(term > sum * 1e-16)) return sum;
  }
}

/**
 * For p-values in ascending order, the false-discovery rate at which each counts as found: Benjamini and Hochberg 1995,
 * "Controlling the False Discovery Rate", as adjusted p-values. `tests` may be larger than the list, for tests whose p
 * is known to be larger than all that are given.
 */
export function falseDiscoveryRates(ascending: readonly number[], tests = ascending.length): number[] {
  const rates = new Array<number>(ascending.length);
  let lowest = 1;
  for (let i = ascending.length - 1; i >= 0; i -= 1) {
    lowest = Math.min(lowest, ((ascending[i] ?? 1) * tests) / (i + 1));
    rates[i] = lowest;
  }
  return rates;
}

export type Interval = readonly [lower: number, upper: number];

const Z_95 = 1.959963984540054;

/** 95% interval of a share (Wilson 1927); null for no trials. */
export function wilsonInterval(successes: number, trials: number): Interval | null {
  if (trials <= 0) return null;
  const share = successes / trials;
  const square = Z_95 ** 2 / trials;
  const centre = (share + square / 2) / (1 + square);
  const half = (Z_95 / (1 + square)) * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/**
 * The value that Student's t exceeds with probability 2.5%: exact for 1 and 2 degrees of freedom, else the expansion
 * of Abramowitz and Stegun 26.7.5 (off by less than 0.01 from 3 on, by less than 0.001 from 5 on).
 */
export function tQuantile975(degrees: number): number {
  if (degrees < 1) return Number.POSITIVE_INFINITY;
  if (degrees === 1) return Math.tan(0.475 * Math.PI);
  if (degrees === 2) return 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2));
  const z = Z_95;
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  const g4 = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160;
  return z + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3 + g4 / degrees ** 4;
}

/**
 * Probability that a standard normal variable is as far from 0 as `z`: the complementary error function as a Chebyshev
 * expansion (Numerical Recipes, second edition, section 6.2; off by less than 1.2e-7 of itself).
 */
export function twoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  let sum = 0;
  for (const coefficient of ERFC) sum = sum * t + coefficient;
  return t * Math.exp(-x * x + sum);
}

/** Of the highest power first. */
const ERFC = [
  0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368,
  -1.26551223,
] as const;

/** Probability that Student's t with these degrees of freedom is as far from 0 as `t`. */
export function studentTwoSided(t: number, degrees: number): number {
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/**
 * Regularised incomplete beta function, as a continued fraction evaluated by the method of Lentz (Numerical Recipes,
 * third edition, section 6.4).
 */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const away = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return Math.min(1, front * fraction);
}

/** Mean and variance of a stream (Welford 1962). */
export class RunningMean {
  count = 0;
  mean = 0;
  #squares = 0;

  add(value: number): void {
    this.count += 1;
    const difference = value - this.mean;
    this.mean += difference / this.count;
    this.#squares += difference * (value - this.mean);
  }

  /** Of the sample; 0 for fewer than two values. */
  get variance(): number {
    return this.count < 2 ? 0 : this.#squares / (this.count - 1);
  }

  /** 95% interval of the mean (Student's t); null for fewer than two values. */
  interval(): Interval | null {
    if (this.count < 2) return null;
    const half = tQuantile975(this.count - 1) * Math.sqrt(this.variance / this.count);
    return [this.mean - half, this.mean + half];
  }
}
