import { studentQuantile, studentTwoSided } from './student.js';

/** Interval, p-value and detectable size, all from one standard error and one t distribution. */

export interface Inference {
  readonly lower: number;
  readonly upper: number;
  readonly p: number;
  /** Found four times in five at the 5 % level. */
  readonly detectable: number;
}

const LEVEL = 0.975;
const POWER = 0.8;

/** Half the width of the 95 % interval, in standard errors. */
export function halfWidth(degrees: number): number {
  return studentQuantile(LEVEL, degrees);
}

export function inferenceOf(estimate: number, standardError: number, degrees: number): Inference {
  const half = halfWidth(degrees) * standardError;
  return {
    lower: estimate - half,
    upper: estimate + half,
    p: standardError > 0 ? studentTwoSided(estimate / standardError, degrees) : 1,
    detectable: half + studentQuantile(POWER, degrees) * standardError,
  };
}
