import { studentQuantile, studentTwoSided } from './student.js';

/** Interval, p-value and detectable size, all from one standard error and one t distribution. */

export interface Inference {
  readonly lower: number;
  readonly upper: number;
  readonly p: number;
  /** 90 % interval: an effect beyond it is ruled out by one of two tests at the 5 % level (Schuirmann 1987). */
  readonly inner: readonly [number, number];
  /** Found four times in five at the 5 % level. */
  readonly detectable: number;
}

const LEVEL = 0.975;
const ONE_SIDED = 0.95;
const POWER = 0.8;

/** Half the width of the 95 % interval, in standard errors. */
export function halfWidth(degrees: number): number {
  return studentQuantile(LEVEL, degrees);
}

export function inferenceOf(estimate: number, standardError: number, degrees: number): Inference {
  const half = halfWidth(degrees) * standardError;
  const innerHalf = studentQuantile(ONE_SIDED, degrees) * standardError;
  return {
    lower: estimate - half,
    upper: estimate + half,
    inner: [estimate - innerHalf, estimate + innerHalf],
    p: standardError > 0 ? studentTwoSided(estimate / standardError, degrees) : 1,
    detectable: half + studentQuantile(POWER, degrees) * standardError,
  };
}
