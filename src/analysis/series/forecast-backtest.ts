import { type ForecastRecipe, type ForecastTask, predictAhead } from './forecast-model.js';
import { studentQuantile } from './student.js';

/** Forecasts of the past, from what was known before. */

export interface BacktestRun {
  readonly origin: number;
  /** Errors in units of the series, of the model and of the naive seasonal forecast; NaN where nothing was observed. */
  readonly errors: readonly number[];
  readonly naive: readonly number[];
  /** Errors in half widths of the model's own interval; NaN from a level change on that nobody knew of before. */
  readonly relative: readonly number[];
}

/** Ends of the past that are forecast from, the latest last. */
export function originsOf(length: number, horizon: number, most: number): number[] {
  const least = Math.max(12, Math.floor(length / 2));
  const latest = length - horizon;
  if (latest < least) return [];
  const count = Math.min(most, latest - least + 1);
  const step = count === 1 ? 0 : (latest - least) / (count - 1);
  return Array.from({ length: count }, (_, i) => Math.round(latest - (count - 1 - i) * step));
}

/** What was a season before, or the last value where that is not known. */
function naiveForecast(values: Float64Array, origin: number, h: number, season: number | null): number {
  if (season !== null) {
    const back = Math.round(season) * Math.ceil((h + 1) / Math.round(season));
    const value = values[origin + h - back];
    if (value !== undefined && !Number.isNaN(value)) return value;
  }
  for (let t = origin - 1; t >= 0; t -= 1) if (!Number.isNaN(values[t])) return values[t] as number;
  return Number.NaN;
}

/** Null where the past is too short for the recipe at one of the origins. */
export function backtest(
  task: ForecastTask,
  recipe: ForecastRecipe,
  season: number | null,
  horizon: number,
  origins: readonly number[],
): readonly BacktestRun[] | null {
  const runs: BacktestRun[] = [];
  for (const origin of origins) {
    const ahead = predictAhead(task, recipe, origin, horizon);
    if (ahead === null) return null;
    const half = studentQuantile(0.975, ahead.degrees);
    const unknown = task.steps.find(({ index }) => index >= origin)?.from ?? Number.POSITIVE_INFINITY;
    const actual = task.values.subarray(origin, origin + horizon);
    const turned = recipe.isLogarithmic ? actual.map(Math.log) : actual;
    runs.push({
      origin,
      errors: Array.from(
        ahead.means,
        (value, h) => (actual[h] as number) - (recipe.isLogarithmic ? Math.exp(value) : value),
      ),
      naive: Array.from(actual, (value, h) => value - naiveForecast(task.values, origin, h, season)),
      relative: Array.from(ahead.means, (value, h) =>
        origin + h >= unknown ? Number.NaN : ((turned[h] as number) - value) / (half * (ahead.errors[h] as number)),
      ),
    });
  }
  return runs;
}

export function meanAbsolute(values: readonly number[]): number | null {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? null : known.reduce((sum, value) => sum + Math.abs(value), 0) / known.length;
}

/** Weight of the model's own width, in forecasts of the past. */
const OWN_WEIGHT = 20;
const COVERED = 0.95;

/** By how much the interval has to be widened for 95 % of the errors to be within, the model's own width counted in. */
export function calibration(runs: readonly BacktestRun[]): number {
  const sizes = runs
    .flatMap(({ relative }) => relative)
    .filter((value) => Number.isFinite(value))
    .map(Math.abs)
    .sort((a, b) => a - b);
  if (sizes.length === 0) return 1;
  const found = sizes[Math.min(sizes.length - 1, Math.ceil(COVERED * (sizes.length + 1)) - 1)] as number;
  return (OWN_WEIGHT + sizes.length * found) / (OWN_WEIGHT + sizes.length);
}

/** Share of the past within the interval, each forecast calibrated on the others; null for none. */
export function coverageOf(runs: readonly BacktestRun[]): number | null {
  let [within, count] = [0, 0];
  runs.forEach((run, i) => {
    const width = calibration(runs.filter((_, other) => other !== i));
    for (const value of run.relative) {
      if (Number.isNaN(value)) continue;
      count += 1;
      if (Math.abs(value) <= width) within += 1;
    }
  });
  return count === 0 ? null : within / count;
}
