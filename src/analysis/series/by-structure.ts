import { type EffectTask, heaviest, type ScaledEffect } from './effect-task.js';
import { halfWidth, inferenceOf } from './inference.js';
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
function bandsOf(estimate: StructuralEstimate, task: EffectTask) {
  const { prediction, unit, centre, recipe } = estimate;
  const half = halfWidth(prediction.degrees);
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

/** Null where there are too few periods for the recipe. */
export function byStructure(task: EffectTask, recipe: Recipe): ScaledEffect | null {
  const structural = structuralTask(task);
  const estimate = structuralEffect(structural, recipe);
  if (estimate === null) return null;
  const { prediction, difference, error } = estimate;
  const found = inferenceOf(difference, error, prediction.degrees);
  const after = countedMean(task);
  // a difference of logarithms is a share of what is observed: increasing, and 0 where the difference is
  const inUnits = (value: number) => (recipe.isLogarithmic ? after * -Math.expm1(-value) : value);
  const names = task.controls.map(({ name }) => name);
  const leaveOneOut = heaviest(names, estimate.weights)
    .slice(0, names.length > 1 ? 10 : 0)
    .flatMap(({ name }) => {
      const others = structural.controls.filter((_, j) => names[j] !== name);
      const without = structuralEffect({ ...structural, controls: others }, recipe);
      return without === null ? [] : [{ left: name, absolute: inUnits(without.difference) }];
    });
  return {
    method: recipe.controls === 'none' ? 'structural-model' : 'structural-regression',
    absolute: inUnits(difference),
    lower: inUnits(found.lower),
    upper: inUnits(found.upper),
    p: found.p,
    detectable: inUnits(found.detectable),
    ...bandsOf(estimate, task),
    heldOutError: structuralHeldOut(structural, recipe)?.error ?? null,
    placebos: structuralPlacebos(structural, recipe).map(({ before, effect }) => ({
      name: task.treated.dates[before] ?? '',
      kind: 'time' as const,
      absolute: effect,
    })),
    leaveOneOut,
    weights: heaviest(names, estimate.weights),
  };
}
