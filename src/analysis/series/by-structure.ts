import { type EffectTask, heaviest, type ScaledEffect } from './effect-task.js';
import { rootMeanSquare } from './held-out.js';
import { halfWidth, inferenceOf } from './inference.js';
import type { Effect } from './series.js';
import {
  type Recipe,
  type StructuralEstimate,
  type StructuralTask,
  structuralEffect,
  structuralHeldOut,
  structuralPlacebos,
  valuesOf,
} from './structural-effect.js';

/** The effect against what a structural model of the series predicts, from its predictive distribution. */

export function structuralTask(task: EffectTask): StructuralTask {
  return {
    treated: task.values,
    controls: task.controls.map(({ values }) => values),
    at: task.at,
    counted: task.counted,
    seasons: task.seasons,
  };
}

/** Mean of the values that are counted. */
function countedMean(task: EffectTask): number {
  const known = task.values.subarray(task.at).filter((_, h) => task.counted[h]);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Bands around the prediction, and around the fit before the event. */
function bandsOf(estimate: StructuralEstimate, task: EffectTask, wider: number) {
  const { prediction, unit, centre, recipe } = estimate;
  const half = wider * halfWidth(prediction.degrees);
  const observed = task.values.subarray(0, task.at).map((value) => {
    return ((recipe.isLogarithmic ? Math.log(value) : value) - centre) / unit;
  });
  let [squares, count] = [0, 0];
  observed.forEach((value, t) => {
    if (Number.isNaN(value)) return;
    squares += (value - (prediction.fit[t] as number)) ** 2;
    count += 1;
  });
  const fitHalf = half * Math.sqrt(squares / Math.max(1, count));
  const { step } = estimate;
  const whole = step?.signal ?? Float64Array.from([...prediction.fit, ...prediction.means]);
  const width = whole.map((_, t) => {
    if (t < task.at) return fitHalf;
    return half * (step === null ? (prediction.errors[t - task.at] as number) : Math.hypot(step.error, step.noise));
  });
  return {
    counterfactual: valuesOf(estimate, whole),
    low: valuesOf(
      estimate,
      whole.map((value, t) => value - (width[t] as number)),
    ),
    high: valuesOf(
      estimate,
      whole.map((value, t) => value + (width[t] as number)),
    ),
  };
}

function inTime(structural: StructuralTask, recipe: Recipe, task: EffectTask): Effect['placebos'] {
  return structuralPlacebos(structural, recipe).map(({ before, effect }) => ({
    name: task.treated.dates[before] ?? '',
    kind: 'time',
    absolute: effect,
  }));
}

const MOST_IN_SPACE = 40;

interface Placebo {
  readonly name: string;
  readonly absolute: number;
  /** In standard errors of the model. */
  readonly relative: number;
}

/** Each untreated series in turn taken for treated. */
function inSpace(structural: StructuralTask, recipe: Recipe, names: readonly string[]): readonly Placebo[] {
  if (recipe.controls === 'none' || names.length < 2) return [];
  const counted = structural.counted.map(() => true);
  return structural.controls.slice(0, MOST_IN_SPACE).flatMap((treated, index) => {
    const controls = structural.controls.filter((_, other) => other !== index);
    const estimate = structuralEffect({ ...structural, treated, controls, counted }, recipe);
    if (estimate === null) return [];
    const after = treated.subarray(structural.at);
    const mean = after.reduce((sum, value) => sum + value, 0) / after.length;
    return [
      {
        name: names[index] ?? '',
        absolute: inUnits(estimate, estimate.difference, mean),
        relative: estimate.difference / estimate.error,
      },
    ];
  });
}

/** Placebos from which the standard error can be corrected. */
const FEWEST_PLACEBOS = 5;

/**
 * By how much the model's standard error is too small, as effects of events that never were say: weights of untreated
 * series that were chosen by their fit promise too much.
 */
function widening(placebos: readonly Placebo[]): number {
  if (placebos.length < FEWEST_PLACEBOS) return 1;
  return Math.max(1, rootMeanSquare(placebos.map(({ relative }) => relative)) ?? 1);
}

/** A difference of logarithms is a share of what is observed: increasing, and 0 where the difference is. */
function inUnits({ recipe }: StructuralEstimate, difference: number, observed: number): number {
  return recipe.isLogarithmic ? observed * -Math.expm1(-difference) : difference;
}

/** Null where there are too few periods for the recipe. */
export function byStructure(task: EffectTask, recipe: Recipe): ScaledEffect | null {
  const structural = structuralTask(task);
  const estimate = structuralEffect(structural, recipe);
  if (estimate === null) return null;
  const { prediction, difference, error } = estimate;
  const names = task.controls.map(({ name }) => name);
  const placebos = inSpace(structural, recipe, names);
  const wider = widening(placebos);
  const found = inferenceOf(difference, wider * error, prediction.degrees);
  const after = countedMean(task);
  const turned = (value: number) => inUnits(estimate, value, after);
  const leaveOneOut = heaviest(names, estimate.weights)
    .slice(0, names.length > 1 ? 10 : 0)
    .flatMap(({ name }) => {
      const others = structural.controls.filter((_, j) => names[j] !== name);
      const without = structuralEffect({ ...structural, controls: others }, recipe);
      return without === null ? [] : [{ left: name, absolute: turned(without.difference) }];
    });
  return {
    method: recipe.controls === 'none' ? 'structural-model' : 'structural-regression',
    absolute: turned(difference),
    lower: turned(found.lower),
    upper: turned(found.upper),
    p: found.p,
    inner: [turned(found.inner[0]), turned(found.inner[1])],
    detectable: turned(found.detectable),
    ...bandsOf(estimate, task, wider),
    heldOutError: structuralHeldOut(structural, recipe)?.error ?? null,
    placebos: [
      ...placebos.map(({ name, absolute }) => ({ name, kind: 'space' as const, absolute })),
      ...inTime(structural, recipe, task),
    ],
    leaveOneOut,
    weights: heaviest(names, estimate.weights),
  };
}
