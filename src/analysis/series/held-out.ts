/** Stretches before the event that are predicted from what precedes them. */

export interface HeldOut {
  /** Periods that may be learnt from. */
  readonly before: number;
  /** End of the stretch to predict, exclusive. */
  readonly to: number;
}

const MOST_STRETCHES = 4;
export const FEWEST_PERIODS = 8;

/** At most four stretches, the latest first, each as long as the time after the event or a quarter of the time before. */
export function heldOutStretches(before: number, after: number): HeldOut[] {
  const length = Math.max(1, Math.min(after, Math.floor(before / 4)));
  const least = Math.max(FEWEST_PERIODS - 2, Math.floor(before / 3));
  const stretches: HeldOut[] = [];
  for (let to = before; to - length >= least && stretches.length < MOST_STRETCHES; to -= length) {
    stretches.push({ before: to - length, to });
  }
  return stretches;
}

/** Root mean square of errors, NaN left out; null for none. */
export function rootMeanSquare(errors: readonly number[]): number | null {
  let [squares, count] = [0, 0];
  for (const error of errors) {
    if (Number.isNaN(error)) continue;
    squares += error ** 2;
    count += 1;
  }
  return count === 0 ? null : Math.sqrt(squares / count);
}
