/** What counterfactuals from untreated series share. All series are complete and of about unit deviation. */

export interface PanelFit {
  /** What would have been in every period up to `to`; before the event the fit. */
  readonly path: Float64Array;
  /** One an untreated series. */
  readonly weights: Float64Array;
}

/** Learns from the periods before `before` and predicts those from `from` to `to` (exclusive). */
export interface Window {
  readonly before: number;
  readonly from: number;
  readonly to: number;
}

export type PanelMethod = (treated: Float64Array, controls: readonly Float64Array[], window: Window) => PanelFit;

export function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += values[i] as number;
  return sum / (to - from);
}

/** The values before `before`, less their mean. */
export function centred(values: Float64Array, before: number): Float64Array {
  const centre = mean(values, 0, before);
  return values.subarray(0, before).map((value) => value - centre);
}
