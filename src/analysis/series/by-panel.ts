import { interpolated } from './controls.js';
import { type EffectTask, heaviest, type ScaledEffect } from './effect-task.js';
import { halfWidth, inferenceOf } from './inference.js';
import { mean } from './panel.js';
import { bestPanelMethod, type PanelEstimate, type PanelTask, panelEffect } from './panel-effect.js';

/** The effect against many untreated series, in their own units or as a share of their level before the event. */

/** The treated series and its controls in units in which the treated one has mean 0 and deviation 1. */
export interface PanelChoice {
  readonly panel: PanelTask;
  readonly method: PanelEstimate['method'];
  /** Value of the scaled series = centre + unit * value of the panel. */
  readonly centre: number;
  readonly unit: number;
  /** Error of predictions of the treated series before the event, in units of the scaled series. */
  readonly error: number;
  /** That of the series of the panel, in shares of their levels. */
  readonly usual: number;
}

/** Shares of the own level must predict better than the units themselves by this factor. */
const PREFERENCE = 0.95;

function panelOf(task: EffectTask, isIndexed: boolean): Omit<PanelChoice, 'method' | 'error' | 'usual'> | null {
  const { at, counted } = task;
  const whole = interpolated(task.values);
  const level = isIndexed ? mean(whole, 0, at) : 1;
  const own = whole.map((value) => value / level);
  const centre = mean(own, 0, at);
  const unit = Math.sqrt(
    mean(
      own.map((value) => (value - centre) ** 2),
      0,
      at,
    ),
  );
  const turn = (values: Float64Array, by: number) => values.map((value) => (value / by - centre) / unit);
  const controls = task.controls.map(({ values }) => turn(values, isIndexed ? mean(values, 0, at) : 1));
  if (controls.some((control) => control.some((value) => !(Math.abs(value) < 1e9)))) return null;
  return { panel: { treated: turn(whole, level), controls, at, counted }, centre: centre * level, unit: unit * level };
}

/** The scale and method that predict the time before the event best; null where that is too short to tell. */
export function bestPanel(task: EffectTask): PanelChoice | null {
  const isPositive = [task, ...task.controls].every(({ values }) => values.every((value) => !(value < 0)));
  let best: PanelChoice | null = null;
  for (const isIndexed of isPositive ? [false, true] : [false]) {
    const scaled = panelOf(task, isIndexed);
    const offset = scaled === null ? 0 : scaled.centre / scaled.unit;
    const levelOf = (series: Float64Array) => (isPositive ? mean(series, 0, task.at) + offset : 1);
    const choice = scaled === null ? null : bestPanelMethod(scaled.panel, levelOf);
    if (scaled === null || choice === null) continue;
    const { usual, method } = choice;
    const error = choice.error * scaled.unit;
    if (best === null || usual < best.usual * PREFERENCE) best = { ...scaled, method, error, usual };
  }
  return best;
}

export function byPanel(task: EffectTask, { panel, method, centre, unit }: PanelChoice): ScaledEffect {
  const names = task.controls.map(({ name }) => name);
  const found = panelEffect(panel, method);
  const half = halfWidth(found.degrees) * found.periodError * unit;
  const counterfactual = found.fit.path.map((value) => centre + unit * value);
  const { lower, upper, p, inner, detectable } = inferenceOf(found.effect, found.standardError, found.degrees);
  return {
    method,
    absolute: found.effect * unit,
    lower: lower * unit,
    upper: upper * unit,
    p,
    inner: [inner[0] * unit, inner[1] * unit],
    detectable: detectable * unit,
    counterfactual,
    low: counterfactual.map((value) => value - half),
    high: counterfactual.map((value) => value + half),
    heldOutError: found.heldOutError * unit,
    placebos: [
      ...found.inSpace.map((effect, i) => ({
        name: names[i] ?? '',
        kind: 'space' as const,
        absolute: effect * unit,
      })),
      ...found.inTime.map(({ before, effect }) => ({
        name: task.treated.dates[before] ?? '',
        kind: 'time' as const,
        absolute: effect * unit,
      })),
    ],
    leaveOneOut: found.leaveOneOut.map(({ index, effect }) => ({ left: names[index] ?? '', absolute: effect * unit })),
    weights: heaviest(names, found.fit.weights),
  };
}
