import { heldOutStretches, rootMeanSquare } from './held-out.js';
import { centred, mean } from './panel.js';
import { simplexWeights } from './simplex.js';
import {
  meanOf,
  type StepEstimate,
  type StructuralPrediction,
  structuralPrediction,
  structuralStep,
} from './structural.js';

/** Effects from a structural model of the series itself, with or without untreated series as regressors. */

export interface StructuralTask {
  readonly treated: Float64Array;
  readonly controls: readonly Float64Array[];
  readonly at: number;
  readonly counted: readonly boolean[];
  /** Periods a season, those that fit into the time before the event. */
  readonly seasons: readonly number[];
}

/** What a model is made of; chosen by its errors before the event. */
export interface Recipe {
  readonly isLogarithmic: boolean;
  readonly controls: 'none' | 'mixed' | 'one';
  readonly season: { readonly period: number; readonly harmonics: number } | null;
  readonly hasSlope: boolean;
}

const PLAIN: Recipe = { isLogarithmic: false, controls: 'none', season: null, hasSlope: false };
/** A larger model must predict better by this factor. */
const GAIN = 0.97;
/** A slope that is no slope leads far astray: it must do so by this one. */
const SLOPE_GAIN = 0.9;
/** Deviations between step and prediction that are still chance: exceeded one time in five. */
const HAUSMAN = 1.28;
/**
 * Where they disagree, the prediction is more often far off than it says: of the one time in five, one in twenty is
 * beyond the 99 % interval.
 */
const WIDENED = 2.58 / 1.96;

export interface StructuralEstimate {
  readonly recipe: Recipe;
  readonly prediction: StructuralPrediction;
  /** Mean difference to what would have been, and its standard error: in units, or of logarithms. */
  readonly difference: number;
  readonly error: number;
  /** Where a step of constant size agrees with the prediction, it is the more exact of the two. */
  readonly step: StepEstimate | null;
  readonly weights: Float64Array;
  /** Units of the prediction: value = centre + unit * prediction, of logarithms where the recipe says so. */
  readonly centre: number;
  readonly unit: number;
}

/** Deviation of the values before `before`, NaN left out. */
function deviation(values: Float64Array, before: number): { centre: number; unit: number } {
  let [count, sum, squares] = [0, 0, 0];
  for (let t = 0; t < before; t += 1) {
    const value = values[t] as number;
    if (Number.isNaN(value)) continue;
    count += 1;
    sum += value;
  }
  const centre = count === 0 ? 0 : sum / count;
  for (let t = 0; t < before; t += 1) {
    const value = values[t] as number;
    if (!Number.isNaN(value)) squares += (value - centre) ** 2;
  }
  const unit = Math.sqrt(squares / Math.max(1, count - 1));
  return { centre, unit: unit > 0 ? unit : 1 };
}

function standardised(values: Float64Array, before: number): Float64Array {
  const { centre, unit } = deviation(values, before);
  return values.map((value) => (value - centre) / unit);
}

/** Weights of the untreated series in the regressor, learnt before `before`. */
function controlWeights(
  target: Float64Array,
  controls: readonly Float64Array[],
  before: number,
  kind: 'mixed' | 'one',
) {
  const known = target.subarray(0, before);
  const columns = controls.map((control) => centred(control, before).filter((_, t) => !Number.isNaN(known[t])));
  const values = known.filter((value) => !Number.isNaN(value));
  if (kind === 'mixed') return simplexWeights(columns, values, 1e-3 * before);
  const fits = columns.map((column) =>
    Math.abs(column.reduce((sum, value, t) => sum + value * (values[t] as number), 0)),
  );
  const weights = new Float64Array(controls.length);
  weights[fits.indexOf(Math.max(...fits))] = 1;
  return weights;
}

/**
 * The step, unless it differs from the mean difference to the prediction by more than chance (Hausman 1978): then the
 * effect grows or fades, and only the prediction gives its mean.
 */
function agreeingStep(step: StepEstimate, mean: number, error: number): StepEstimate | null {
  const variance = error ** 2 - step.error ** 2;
  if (variance <= 0) return null;
  return Math.abs(mean - step.step) < HAUSMAN * Math.sqrt(variance) ? step : null;
}

/** Learns from the periods before `before` and predicts those of `counted`; null where there are too few. */
function predictFrom(
  task: StructuralTask,
  recipe: Recipe,
  before: number,
  counted: readonly boolean[],
  isEvent = false,
): StructuralEstimate | null {
  const turn = (values: Float64Array) => (recipe.isLogarithmic ? values.map(Math.log) : values);
  const to = before + counted.length;
  const values = turn(task.treated).subarray(0, to);
  const { centre, unit } = deviation(values, before);
  const target = values.map((value) => (value - centre) / unit);
  let weights: Float64Array = new Float64Array(task.controls.length);
  const regressors: Float64Array[] = [];
  if (recipe.controls !== 'none') {
    const columns = task.controls.map((control) => standardised(turn(control).subarray(0, to), before));
    weights = controlWeights(target, columns, before, recipe.controls);
    const mixed = new Float64Array(to);
    columns.forEach((column, j) => {
      for (let t = 0; t < to; t += 1) mixed[t] = (mixed[t] as number) + (weights[j] as number) * (column[t] as number);
    });
    regressors.push(mixed);
  }
  const shape = { hasSlope: recipe.hasSlope, season: recipe.season, regressors };
  const prediction = structuralPrediction(target.slice(0, before), shape, counted);
  if (prediction === null) return null;
  const mean = meanOf(target.subarray(before), counted) - prediction.mean;
  const step = isEvent ? agreeingStep(structuralStep(target, shape, before), mean, prediction.meanError) : null;
  const difference = (step?.step ?? mean) * unit;
  const error = (step?.error ?? prediction.meanError * (isEvent ? WIDENED : 1)) * unit;
  return { recipe, prediction, difference, error, step, weights, centre, unit };
}

/** Values that the estimate predicts, in units of the series. */
export function valuesOf({ recipe, centre, unit }: StructuralEstimate, standard: Float64Array): Float64Array {
  return standard.map((value) => {
    const moved = centre + unit * value;
    return recipe.isLogarithmic ? Math.exp(moved) : moved;
  });
}

/** Predictions of the stretches before the event; null where one of them is too short for the recipe. */
export function structuralHeldOut(task: StructuralTask, recipe: Recipe) {
  const stretches: { before: number; errors: number[] }[] = [];
  for (const { before, to } of heldOutStretches(task.at, task.counted.length)) {
    const known = Array.from(task.treated.subarray(before, to), (value) => !Number.isNaN(value));
    const estimate = predictFrom(task, recipe, before, known);
    if (estimate === null) return null;
    const means = valuesOf(estimate, estimate.prediction.means);
    stretches.push({ before, errors: Array.from(means, (value, h) => (task.treated[before + h] as number) - value) });
  }
  const error = rootMeanSquare(stretches.flatMap(({ errors }) => errors));
  return error === null ? null : { error, stretches };
}

/** Harmonics to try: few for a long season, all for a short one. */
function harmonicsOf(period: number): number[] {
  const most = Math.floor((period - 1e-9) / 2);
  return most <= 6 ? [most] : [2, 5];
}

/** Adds one thing after the other to the plain model, where the time before the event is predicted better with it. */
export function bestRecipe(task: StructuralTask): { recipe: Recipe; error: number } {
  let best: { recipe: Recipe; error: number } = {
    recipe: PLAIN,
    error: structuralHeldOut(task, PLAIN)?.error ?? Number.POSITIVE_INFINITY,
  };
  const consider = (changes: readonly Partial<Recipe>[], gain = GAIN) => {
    const { recipe: start, error: before } = best;
    for (const change of changes) {
      const recipe = { ...start, ...change };
      const error = structuralHeldOut(task, recipe)?.error;
      if (error !== undefined && error < before * gain && error < best.error) best = { recipe, error };
    }
  };
  const isPositive = [task.treated, ...task.controls].every((values) => values.every((value) => !(value <= 0)));
  if (task.controls.length === 1) consider([{ controls: 'one' }]);
  if (task.controls.length > 1) consider([{ controls: 'mixed' }, { controls: 'one' }]);
  for (const period of task.seasons) {
    consider(harmonicsOf(period).map((harmonics) => ({ season: { period, harmonics } })));
  }
  if (isPositive) consider([{ isLogarithmic: true }], 1);
  consider([{ hasSlope: true }], SLOPE_GAIN);
  return best;
}

/** The estimate for the event itself. */
export function structuralEffect(task: StructuralTask, recipe: Recipe): StructuralEstimate | null {
  return predictFrom(task, recipe, task.at, task.counted, true);
}

/** Mean errors of the stretches before the event: effects of events that never were. */
export function structuralPlacebos(task: StructuralTask, recipe: Recipe) {
  return (structuralHeldOut(task, recipe)?.stretches ?? []).map(({ before, errors }) => {
    const known = Float64Array.from(errors.filter((error) => !Number.isNaN(error)));
    return { before, effect: known.length === 0 ? 0 : mean(known, 0, known.length) };
  });
}
