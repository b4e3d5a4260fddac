import { type CampaignColumns, type ColumnScale, coefficientsOf, columnScale, regressorOf } from './campaigns.js';
import type { ChangePoint } from './series.js';
import { median } from './spikes.js';
import { structuralPrediction } from './structural.js';

/** A structural model with campaigns, learnt before an origin and predicting the periods after it. */

export interface ForecastRecipe {
  /** Of logarithms: season and errors grow with the level. */
  readonly isLogarithmic: boolean;
  readonly season: { readonly period: number; readonly harmonics: number } | null;
  /** How fast the season changes, in deviations of the noise a period. */
  readonly seasonRatio: number;
  readonly hasSlope: boolean;
}

export interface ForecastTask {
  /** NaN: missing. */
  readonly values: Float64Array;
  /** Of the past and of the plan, one after the other. */
  readonly columns: CampaignColumns;
  /** Lifts of the same columns in other series: differences of logarithms a unit of the column (of its logarithm: prices). */
  readonly expected: Readonly<Record<string, number>>;
  /** Level changes of the past, in order. */
  readonly steps: readonly LevelStep[];
}

/** From `index` on the level is another; it may have changed from `from` on. */
export type LevelStep = Pick<ChangePoint, 'index' | 'from'>;

export interface Ahead {
  /** Of the values or their logarithms. */
  readonly means: Float64Array;
  readonly errors: Float64Array;
  readonly degrees: number;
}

/**
 * Variances of a lift about what is expected of it, in units of the noise's: with others to learn from, one campaign of
 * its own counts as much as all of theirs; alone, a lift is drawn a little towards none.
 */
const [WITH_OTHERS, ALONE] = [1, 4] as const;

/** Centre and deviation of the values that are known. */
function unitsOf(values: Float64Array): { centre: number; unit: number } {
  const known = values.filter((value) => !Number.isNaN(value));
  const centre = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const unit = Math.sqrt(known.reduce((sum, value) => sum + (value - centre) ** 2, 0) / Math.max(1, known.length - 1));
  return { centre, unit: unit > 0 ? unit : 1 };
}

/** Regressors that the past before `origin` says something about. */
function regressorsOf(columns: CampaignColumns, origin: number, to: number) {
  return Object.entries(columns).flatMap(([name, values]) => {
    const past = values.subarray(0, origin);
    const scale: ColumnScale | null = columnScale(past);
    if (scale === null) return [];
    const usual = median(Array.from(past).filter((value) => Number.isFinite(value)));
    return [{ name, scale, regressor: regressorOf(values.subarray(0, to), scale, usual) }];
  });
}

/** Predicts `horizon` periods after `origin`; null where there are too few before it. */
export function predictAhead(
  task: ForecastTask,
  recipe: ForecastRecipe,
  origin: number,
  horizon: number,
): Ahead | null {
  const past = task.values.subarray(0, origin);
  const turned = recipe.isLogarithmic ? past.map(Math.log) : past;
  const { centre, unit } = unitsOf(turned);
  const columns = regressorsOf(task.columns, origin, origin + horizon);
  const expected = columns.map(({ name, scale }) =>
    recipe.isLogarithmic ? (task.expected[name] ?? 0) * scale.range : 0,
  );
  const lift = (t: number) =>
    columns.reduce((sum, { regressor }, i) => sum + (expected[i] as number) * (regressor[t] as number), 0);
  const values = turned.map((value, t) => (value - centre - lift(t)) / unit);
  const steps = task.steps
    .filter(({ index }) => index < origin)
    .map(({ index }) => Float64Array.from({ length: origin + horizon }, (_, t) => (t >= index ? 1 : 0)));
  const hasOthers = columns.some(({ name }) => recipe.isLogarithmic && task.expected[name] !== undefined);
  const shape = {
    ...recipe,
    regressors: [...columns.map(({ regressor }) => regressor), ...steps],
    coefficientVariances: columns.map(() => (hasOthers ? WITH_OTHERS : ALONE)),
  };
  const prediction = structuralPrediction(values, shape, new Array<boolean>(horizon).fill(true));
  if (prediction === null) return null;
  return {
    means: prediction.means.map((value, h) => centre + unit * value + lift(origin + h)),
    errors: prediction.errors.map((error) => unit * error),
    degrees: prediction.degrees,
  };
}

/** Lifts of the columns in one series, as differences of logarithms a unit of the column. */
export function liftsOf(task: ForecastTask, recipe: ForecastRecipe): Readonly<Record<string, number>> {
  const length = task.values.length;
  const { centre, unit } = unitsOf(task.values.map(Math.log));
  const columns = regressorsOf(task.columns, length, length);
  const values = task.values.map((value) => (Math.log(value) - centre) / unit);
  const shape = {
    ...recipe,
    regressors: columns.map(({ regressor }) => regressor),
    coefficientVariances: columns.map(() => ALONE),
  };
  const coefficients = coefficientsOf(values, shape);
  return Object.fromEntries(
    columns.map(({ name, scale }, i) => [name, (unit * (coefficients[i] as number)) / scale.range]),
  );
}
