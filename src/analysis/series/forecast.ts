import { datesAfter, SEASONS } from './calendar.js';
import type { CampaignColumns } from './campaigns.js';
import { backtest, calibration, coverageOf, meanAbsolute, originsOf } from './forecast-backtest.js';
import { type ForecastRecipe, type ForecastTask, liftsOf, predictAhead } from './forecast-model.js';
import type { ChangePoint, Series } from './series.js';
import { studentQuantile } from './student.js';

/** What comes next, with a plan of campaigns. */

/** A series with its campaigns so far: one value a period of the series. */
export interface SeriesCampaigns {
  readonly series: Series;
  readonly columns: CampaignColumns;
}

export interface ForecastSettings {
  /** Periods to come. */
  readonly periods: number;
  /** Campaigns so far, and those that are planned, one value a period to come; a column that is missing here stays as usual. */
  readonly history?: CampaignColumns;
  readonly plan?: CampaignColumns;
  /** What campaigns did for other series, from `expectedLifts`. */
  readonly expected?: Readonly<Record<string, number>>;
  readonly seasons?: readonly number[];
  /** Changes of the past; clear ones of the level are taken for known. */
  readonly changes?: readonly ChangePoint[];
}

export interface Forecast {
  readonly method: 'structural-model' | 'none';
  readonly dates: readonly string[];
  /** Empty where there are too few periods to learn from. */
  readonly mean: Float64Array;
  /** 95 % interval, as wide as the errors of the backtest say. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly backtest: {
    /** Mean absolute errors, of the model and of the naive seasonal forecast. */
    readonly error: number | null;
    readonly naiveError: number | null;
    /** Share of past values within the interval. */
    readonly coverage: number | null;
    readonly origins: number;
  };
  readonly warnings: readonly string[];
}

const FEWEST_PERIODS = 8;
const ORIGINS_TO_CHOOSE = 4;
const ORIGINS = 8;
/** A larger model must predict better by this factor. */
const GAIN = 0.98;
/** p of a change that is taken for known: smaller ones are within what a level does that wanders, or a campaign. */
const CERTAIN = 1e-6;
/** So many seasons must have been seen. */
const FEWEST_SEASONS = 1.5;

/** Season, level, slope and campaigns, chosen and calibrated by forecasts of the past. Never throws. */
export function forecast(series: Series, settings: ForecastSettings): Forecast {
  const { periods } = settings;
  const largest = series.values.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0);
  const scale = largest > 0 && Number.isFinite(largest) ? largest : 1;
  const values = series.values.map((value) => (Number.isFinite(value) ? value / scale : Number.NaN));
  const dates = datesAfter(series.dates, series.frequency, periods);
  const known = values.filter((value) => !Number.isNaN(value)).length;
  if (known < FEWEST_PERIODS) {
    return withoutFigures(dates, `${known} periods are too few: at least ${FEWEST_PERIODS} are needed`);
  }
  const { columns, warnings } = joinPlan(settings, values.length);
  const steps = (settings.changes ?? []).filter(({ kind, p }) => kind === 'level' && p < CERTAIN);
  const task = { values, columns, expected: settings.expected ?? {}, steps };
  const isPositive = values.every((value) => !(value <= 0));
  const seasons = (settings.seasons ?? SEASONS[series.frequency]).filter((s) => s * FEWEST_SEASONS <= values.length);
  const season = seasons[seasons.length - 1] ?? null;
  const recipe = bestRecipe(task, { seasons, periods, isPositive });
  const ahead = predictAhead(task, recipe, values.length, periods);
  if (ahead === null) return withoutFigures(dates, 'too few periods to learn from');
  const runs = backtest(task, recipe, season, periods, originsOf(values.length, periods, ORIGINS)) ?? [];
  if (runs.length === 0)
    warnings.push('too few periods to try the forecast on the past: its interval is not calibrated');
  const half = studentQuantile(0.975, ahead.degrees) * calibration(runs);
  const back = (sign: number) =>
    ahead.means.map((mean, h) => {
      const value = mean + sign * half * (ahead.errors[h] as number);
      return (recipe.isLogarithmic ? Math.exp(value) : value) * scale;
    });
  const [mean, lower, upper] = [back(0), back(-1), back(1)];
  if ([mean, lower, upper].some((one) => one.some((value) => !Number.isFinite(value)))) {
    return withoutFigures(dates, 'the values are too large to calculate with');
  }
  const inUnits = (error: number | null) => (error === null || !Number.isFinite(error * scale) ? null : error * scale);
  return {
    method: 'structural-model',
    dates,
    mean,
    lower,
    upper,
    backtest: {
      error: inUnits(meanAbsolute(runs.flatMap(({ errors }) => errors))),
      naiveError: inUnits(meanAbsolute(runs.flatMap(({ naive }) => naive))),
      coverage: coverageOf(runs),
      origins: runs.length,
    },
    warnings,
  };
}

function withoutFigures(dates: readonly string[], warning: string): Forecast {
  const none = new Float64Array(0);
  const backtest = { error: null, naiveError: null, coverage: null, origins: 0 };
  return { method: 'none', dates, mean: none, lower: none, upper: none, backtest, warnings: [warning] };
}

/** Past and plan in one column each, and what of the plan the past says nothing about. */
function joinPlan({ history = {}, plan = {}, periods }: ForecastSettings, length: number) {
  const warnings: string[] = [];
  const columns: Record<string, Float64Array> = {};
  for (const [name, past] of Object.entries(history)) {
    const planned = plan[name] ?? new Float64Array(periods).fill(Number.NaN);
    const whole = new Float64Array(length + periods).fill(Number.NaN);
    whole.set(past.subarray(0, length));
    whole.set(planned.subarray(0, periods), length);
    columns[name] = whole;
    const known = past.filter((value) => Number.isFinite(value));
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const outside = planned.filter((value) => value < low || value > high);
    if (outside.length > 0 && known.length > 0) {
      warnings.push(`${name} is planned at ${outside.join(', ')}, outside its past of ${low} to ${high}`);
    }
  }
  for (const name of Object.keys(plan)) {
    if (history[name] === undefined) warnings.push(`${name} is planned, but nothing is known of it in the past`);
  }
  return { columns, warnings };
}

/** How fast seasons may change, in deviations of the noise a period. */
const SEASON_RATIOS = [0.2] as const;

interface Choices {
  readonly seasons: readonly number[];
  readonly periods: number;
  readonly isPositive: boolean;
}

/**
 * The recipe whose forecasts of the past are best: one thing after the other is added, where it is better by a good deal.
 * Positive series are taken as logarithms, unless units are better; with campaigns always, because lifts are shares.
 */
function bestRecipe(task: ForecastTask, { seasons, periods, isPositive }: Choices): ForecastRecipe {
  const origins = originsOf(task.values.length, periods, ORIGINS_TO_CHOOSE);
  let best: ForecastRecipe = { isLogarithmic: isPositive, season: null, seasonRatio: 0, hasSlope: false };
  const errorOf = (recipe: ForecastRecipe) => {
    const runs = backtest(task, recipe, null, periods, origins);
    // a level change that nobody could foresee says nothing of a recipe
    const foreseen = runs?.flatMap(({ errors, relative }) => errors.filter((_, h) => !Number.isNaN(relative[h])));
    return foreseen === undefined ? null : meanAbsolute(foreseen);
  };
  let error = errorOf(best) ?? Number.POSITIVE_INFINITY;
  const consider = (changes: readonly Partial<ForecastRecipe>[], gain = GAIN) => {
    const [start, before] = [best, error];
    for (const change of changes) {
      const recipe = { ...start, ...change };
      const found = errorOf(recipe);
      if (found !== null && found < before * gain && found < error) [best, error] = [recipe, found];
    }
  };
  for (const period of seasons) {
    const most = Math.floor((period - 1e-9) / 2);
    const harmonics = most <= 6 ? [most] : [1, 3];
    consider(harmonics.map((count) => ({ season: { period, harmonics: count } })));
  }
  consider([{ hasSlope: true }]);
  if (best.season !== null)
    consider(
      SEASON_RATIOS.map((seasonRatio) => ({ seasonRatio })),
      0.9,
    );
  if (isPositive && Object.keys(task.columns).length === 0) consider([{ isLogarithmic: false }], 0.95);
  return best;
}

/** Means over series of what their campaigns did, for `expected`; series with values of 0 or below are left out. */
export function expectedLifts(all: readonly SeriesCampaigns[]): Readonly<Record<string, number>> {
  const found = new Map<string, number[]>();
  for (const { series, columns } of all) {
    const { values, frequency } = series;
    if (values.filter((v) => v > 0).length < FEWEST_PERIODS || values.some((v) => v <= 0)) continue;
    const period = SEASONS[frequency].find((s) => s * FEWEST_SEASONS <= values.length);
    const season = period === undefined ? null : { period, harmonics: Math.min(3, Math.floor((period - 1e-9) / 2)) };
    const recipe = { isLogarithmic: true, season, seasonRatio: 0, hasSlope: false };
    const lifts = liftsOf({ values, columns, expected: {}, steps: [] }, recipe);
    for (const [name, lift] of Object.entries(lifts)) found.set(name, [...(found.get(name) ?? []), lift]);
  }
  return Object.fromEntries([...found].map(([name, lifts]) => [name, lifts.reduce((a, b) => a + b, 0) / lifts.length]));
}
