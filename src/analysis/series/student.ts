import { logGamma } from '../probability.js';

/**
 * Student's distribution for any degrees of freedom above 0, also broken ones: the one source of intervals, p-values and
 * detectable effects, so that they cannot contradict each other. Checked against SciPy in the tests.
 */

/** Continued fraction of the incomplete beta function by Lentz's method (Numerical Recipes, section 6.4). */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1), tiny);
  let fraction = d;
  for (let m = 1; m <= 500; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d, tiny);
    c = nonZero(1 + even / c, tiny);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d, tiny);
    c = nonZero(1 + odd / c, tiny);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return fraction;
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** Regularised incomplete beta function. */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

/** Probability that |t| is at least as large as `t`: the two-sided p-value. */
export function studentTwoSided(t: number, degrees: number): number {
  const square = t * t;
  if (!Number.isFinite(square)) return 0;
  // for small t the distance from 1 is exact, for large t the tail itself
  if (square < 1) return 1 - incompleteBeta(0.5, degrees / 2, square / (degrees + square));
  return incompleteBeta(degrees / 2, 0.5, degrees / (degrees + square));
}

/** The value below which t lies with `probability` (in [0.5, 1)), by bisection. */
export function studentQuantile(probability: number, degrees: number): number {
  const tail = 2 * (1 - probability);
  let low = 0;
  let high = 2;
  while (studentTwoSided(high, degrees) > tail && high < 1e12) high *= 2;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, degrees) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
