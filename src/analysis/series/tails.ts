/** How far errors reach, as those that are at hand tell. */
import { logGamma } from '../probability.js';
import { studentTwoSided } from './student.js';

/** Degrees of freedom of the distributions that are weighed against each other, from heavy tails to nearly normal ones. */
const DEGREES = [3, 4, 6, 10, 30] as const;
/** Their weights before the errors are seen. */
const PRIOR = [0.25, 0.2, 0.15, 0.15, 0.25] as const;
/** Scales that are weighed, as shares of the middle absolute error of each distribution. */
const SCALES = [0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4] as const;

/** One distribution, and how much it counts. */
interface Candidate {
  readonly degrees: number;
  readonly scale: number;
  weight: number;
}

/** What errors of the same kind would do by chance. */
export interface Tail {
  /** Expected number, of `count` errors, that are at least as large as `size` (absolute). */
  expected(size: number, count: number): number;
  /** Probability that `least` or more of `count` errors are. */
  probability(size: number, count: number, least: number): number;
}

/**
 * The tail of absolute `errors`, none of them above `limit` (larger ones were set aside, so that the likelihood is that of
 * what is left), half of them below `middle`: a mean over Student distributions, weighted by how likely each makes them.
 * Few errors tell little of tails; then the weights of before count more.
 */
export function tailOf(errors: Float64Array, limit: number, middle: number): Tail {
  const candidates: Candidate[] = [];
  for (const [k, degrees] of DEGREES.entries()) {
    for (const share of SCALES) {
      const scale = (share * middle) / studentMiddle(degrees);
      const weight = Math.log(PRIOR[k] as number) + logLikelihood(errors, limit, degrees, scale);
      candidates.push({ degrees, scale, weight });
    }
  }
  const highest = candidates.reduce((most, { weight }) => Math.max(most, weight), Number.NEGATIVE_INFINITY);
  for (const candidate of candidates) candidate.weight = Math.exp(candidate.weight - highest);
  const sum = candidates.reduce((total, { weight }) => total + weight, 0);
  const mean = (of: (chance: number) => number, size: number): number =>
    candidates.reduce(
      (total, { degrees, scale, weight }) => total + (weight / sum) * of(studentTwoSided(size / scale, degrees)),
      0,
    );
  return {
    expected: (size, count) => mean((chance) => count * chance, size),
    probability: (size, count, least) => mean((chance) => poissonTail(count * chance, least), size),
  };
}

/** Probability that a Poisson number with this mean is `least` or more, for `least` of at least 1. */
function poissonTail(mean: number, least: number): number {
  let term = Math.exp(-mean);
  if (mean > 1) {
    let below = 0;
    for (let k = 0; k < least; k += 1) {
      below += term;
      term *= mean / (k + 1);
    }
    return Math.max(0, 1 - below);
  }
  for (let k = 1; k <= least; k += 1) term *= mean / k;
  let sum = 0;
  for (let k = least + 1; term > sum * 1e-12; k += 1) {
    sum += term;
    term *= mean / k;
  }
  return sum;
}

/** Of Student's distribution cut off at `limit`. */
function logLikelihood(errors: Float64Array, limit: number, degrees: number, scale: number): number {
  const constant = logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - Math.log(scale * Math.sqrt(degrees * Math.PI));
  const inside = Math.log(1 - studentTwoSided(limit / scale, degrees));
  let sum = 0;
  for (const error of errors) sum += Math.log1p((error / scale) ** 2 / degrees);
  return errors.length * (constant - inside) - ((degrees + 1) / 2) * sum;
}

const middles = new Map<number, number>();

/** The absolute value that half of Student's distribution is below. */
function studentMiddle(degrees: number): number {
  const known = middles.get(degrees);
  if (known !== undefined) return known;
  let [low, high] = [0, 1];
  for (let i = 0; i < 50; i += 1) {
    const half = (low + high) / 2;
    if (studentTwoSided(half, degrees) > 0.5) low = half;
    else high = half;
  }
  middles.set(degrees, low);
  return low;
}
