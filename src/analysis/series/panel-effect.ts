import { heldOutStretches, rootMeanSquare } from './held-out.js';
import { mean, type PanelFit, type PanelMethod } from './panel.js';
import { median } from './spikes.js';
import { PANEL_METHODS } from './synthetic.js';

/** Effects by comparison with many untreated series, and how large such effects are where there was no event. */

export interface PanelEstimate {
  readonly method: keyof typeof PANEL_METHODS;
  readonly fit: PanelFit;
  readonly effect: number;
  readonly standardError: number;
  /** Of a single period after the event. */
  readonly periodError: number;
  readonly degrees: number;
  /** Error of predictions before the event. */
  readonly heldOutError: number;
  readonly inSpace: readonly number[];
  readonly inTime: readonly { readonly before: number; readonly effect: number }[];
  readonly leaveOneOut: readonly { readonly index: number; readonly effect: number }[];
}

export interface PanelTask {
  readonly treated: Float64Array;
  readonly controls: readonly Float64Array[];
  readonly at: number;
  /** Whether a period after the event is counted. */
  readonly counted: readonly boolean[];
}

/** A method that is not preferred must predict better by this factor. */
const PREFERENCE = 0.95;
/** How much of an error, squared, is the series' own. */
const OWN_SHARE = 0.75;
const MOST_LEFT_OUT = 10;
const LEAST_WEIGHT = 0.02;

function countedMean(values: Float64Array, path: Float64Array, at: number, counted: readonly boolean[]): number {
  let [sum, count] = [0, 0];
  counted.forEach((isCounted, h) => {
    if (!isCounted) return;
    sum += (values[at + h] as number) - (path[at + h] as number);
    count += 1;
  });
  return sum / count;
}

/** Errors of `method` in each stretch before the event. */
function heldOutErrors(method: PanelMethod, treated: Float64Array, controls: readonly Float64Array[], task: PanelTask) {
  return heldOutStretches(task.at, task.counted.length).map(({ before, to }) => {
    const { path } = method(treated, controls, { before, from: before, to });
    const errors = Array.from(path.subarray(before, to), (value, i) => (treated[before + i] as number) - value);
    return { before, errors };
  });
}

function errorOf(stretches: readonly { errors: readonly number[] }[]): number | null {
  return rootMeanSquare(stretches.flatMap(({ errors }) => errors));
}

/** A method, and how badly it predicts the time before the event. */
export interface MethodChoice {
  readonly method: keyof typeof PANEL_METHODS;
  /** Of the treated series. */
  readonly error: number;
  /** Mean over the treated and untreated series that were tried, in shares of their levels. */
  readonly usual: number;
}

/** Untreated series that methods are tried on. */
const MOST_TRIED = 12;

/**
 * The method that predicts the time before the event best for the series of the panel, the treated one being one of them;
 * null where that is too short to tell. Chosen for the treated series alone, its error would look smaller beside those of
 * the placebos than it is, and intervals from them would be too narrow.
 * @param levelOf what an error of a series is divided by
 */
export function bestPanelMethod(task: PanelTask, levelOf: (series: Float64Array) => number): MethodChoice | null {
  const step = Math.max(1, Math.ceil(task.controls.length / MOST_TRIED));
  let best: MethodChoice | null = null;
  for (const method of Object.keys(PANEL_METHODS) as (keyof typeof PANEL_METHODS)[]) {
    const errorIn = (series: Float64Array, controls: readonly Float64Array[]) =>
      errorOf(heldOutErrors(PANEL_METHODS[method], series, controls, task));
    const error = errorIn(task.treated, task.controls);
    if (error === null) return null;
    const errors = [error / levelOf(task.treated)];
    for (let i = 0; i < task.controls.length; i += step) {
      const control = task.controls[i] as Float64Array;
      const others = task.controls.filter((other) => other !== control);
      errors.push((errorIn(control, others) ?? error) / levelOf(control));
    }
    const usual = errors.reduce((sum, value) => sum + value, 0) / errors.length;
    if (best === null || usual < best.usual * PREFERENCE) best = { method, usual, error };
  }
  return best;
}

/**
 * The effect, and its standard error from placebos in space: each untreated series in turn is taken for treated, with the
 * others as its controls (Arkhangelsky et al. 2021, algorithm 4). Because series differ in how well they can be
 * predicted, each placebo effect is divided by its own error before the event, and the result is multiplied by the
 * treated series' error. These errors come from few stretches: each is moderated by the middle one of all.
 */
export function panelEffect(task: PanelTask, name: keyof typeof PANEL_METHODS): PanelEstimate {
  const method: PanelMethod = PANEL_METHODS[name];
  const { treated, controls, at, counted } = task;
  const window = { before: at, from: at, to: at + counted.length };
  const fit = method(treated, controls, window);
  const stretches = heldOutErrors(method, treated, controls, task);
  const heldOutError = errorOf(stretches) ?? 0;
  const placebos = controls.map((control, index) => {
    const others = controls.filter((_, other) => other !== index);
    const { path } = method(control, others, window);
    const gaps = counted.map((_, h) => (control[at + h] as number) - (path[at + h] as number));
    const error = errorOf(heldOutErrors(method, control, others, task)) ?? 0;
    return { effect: countedMean(control, path, at, counted), gap: rootMeanSquare(gaps) ?? 0, error };
  });
  const usual = median(placebos.map(({ error }) => error));
  const moderated = (error: number) => Math.sqrt(OWN_SHARE * error ** 2 + (1 - OWN_SHARE) * usual ** 2 + 1e-18);
  const ratio = (values: readonly number[]) => moderated(heldOutError) * (rootMeanSquare(values) ?? 0);
  return {
    method: name,
    fit,
    effect: countedMean(treated, fit.path, at, counted),
    standardError: ratio(placebos.map(({ effect, error }) => effect / moderated(error))),
    periodError: ratio(placebos.map(({ gap, error }) => gap / moderated(error))),
    degrees: controls.length - 1,
    heldOutError,
    inSpace: placebos.map(({ effect }) => effect),
    inTime: stretches.map(({ before, errors }) => ({
      before,
      effect: mean(Float64Array.from(errors), 0, errors.length),
    })),
    leaveOneOut: leaveOneOut(method, task, fit),
  };
}

/** The effect without each of the series that carry weight. */
function leaveOneOut(method: PanelMethod, task: PanelTask, { weights }: PanelFit) {
  const { treated, controls, at, counted } = task;
  return Array.from(weights, (weight, index) => ({ weight: Math.abs(weight), index }))
    .filter(({ weight }) => weight > LEAST_WEIGHT)
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, MOST_LEFT_OUT)
    .map(({ index }) => {
      const others = controls.filter((_, other) => other !== index);
      const { path } = method(treated, others, { before: at, from: at, to: at + counted.length });
      return { index, effect: countedMean(treated, path, at, counted) };
    });
}
