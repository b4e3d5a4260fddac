/** What comes next: forecasts of the series, with a plan of campaigns. */
import type { CampaignColumns } from '../analysis/series/campaigns.js';
import { relationOf } from '../analysis/series/event-time.js';
import { expectedLifts, forecast } from '../analysis/series/forecast.js';
import type { SeriesForecast } from '../analysis/series/forecast-answer.js';
import { nameOf } from '../analysis/series/regular.js';
import type { ChangePoint, Series } from '../analysis/series/series.js';
import { type Calendar, dayOf, periodNumber } from '../analysis/series/table-calendar.js';
import { fold, hintOf, listNames } from '../io/texts/columns.js';
import { UsageError } from '../model.js';
import type { TrendFiles } from './trend-files.js';
import { readSeries, type SeriesInput, type SeriesSettings } from './trend-series.js';

export interface ForecastFlags extends SeriesSettings {
  /** Periods to come; null: those of the plan. */
  readonly forecast: number | null;
  readonly plan: string | null;
}

/** Series that are foretold, at most. */
export const MOST_FORECASTS = 400;

export interface ForecastInput {
  readonly forecasts: readonly SeriesForecast[];
  /** What the user should know of the plan. */
  readonly remarks: readonly string[];
}

const NOTHING: ForecastInput = { forecasts: [], remarks: [] };

/** Empty where nobody asks; `changes` are those of each series. Throws {@link UsageError} where the plan does not fit the table. */
export async function forecastSeries(
  input: SeriesInput,
  flags: ForecastFlags,
  files: TrendFiles,
  changes: readonly (readonly ChangePoint[])[],
): Promise<ForecastInput> {
  if (flags.forecast === null && flags.plan === null) return NOTHING;
  const plan = flags.plan === null ? NO_COLUMNS : await readPlan(flags.plan, input, flags, files);
  const history = await readHistory(input, [...plan.keys()], flags, files);
  const { calendar, series } = input;
  const last = numberOf(series[0]?.dates.at(-1) ?? '', calendar);
  const periods = flags.forecast ?? planned(plan, last, calendar);
  if (periods < 1) throw new UsageError(`--plan ${flags.plan}: none of its dates is after the last of ${input.source}`);
  const columnsOf = (one: Series): CampaignColumns => {
    const numbers = one.dates.map((date) => numberOf(date, calendar));
    return alignAll(history, one, numbers, calendar);
  };
  const shown = series.slice(0, MOST_FORECASTS);
  const pasts = shown.map((one) => ({ series: one, columns: columnsOf(one) }));
  const expected = plan.size === 0 ? {} : expectedLifts(pasts);
  const ahead = Array.from({ length: periods }, (_, i) => last + 1 + i);
  const forecasts = pasts.map(({ series: one, columns }, i) => {
    const own = alignAll(plan, one, ahead, calendar);
    const isPlanned = Object.values(own).some((values) => values.some(Number.isFinite));
    const settings = { periods, history: columns, plan: own, expected, changes: changes[i] ?? [] };
    return { series: one, forecast: forecast(one, settings), isPlanned };
  });
  return { forecasts, remarks: unknownNames(plan, series).map((names) => `${flags.plan}: ${names}`) };
}

/** Names of a plan that no series has. */
function unknownNames(plan: ColumnSeries, series: readonly Series[]): string[] {
  const [planned = []] = plan.values();
  const known = series.map(nameOf);
  const unknown = planned.filter((one) => series.every((each) => relationOf(one, each) === 'other'));
  return unknown.map((one) => {
    const hint = hintOf(nameOf(one), known) || `; there are ${listNames(known)}`;
    return `the plan names ${nameOf(one)}, which is no series${hint}`;
  });
}

/** Series of each column of a plan, or of the past. */
type ColumnSeries = ReadonlyMap<string, readonly Series[]>;

const NO_COLUMNS: ColumnSeries = new Map();

/** The columns of the plan but dates and keys, each as series of its own. */
async function readPlan(
  plan: string,
  input: SeriesInput,
  flags: ForecastFlags,
  files: TrendFiles,
): Promise<ColumnSeries> {
  const file = await files.open(plan, [input.date, ...input.by]);
  const by = input.by.filter((name) => file.names.includes(name));
  const date = file.names.find((name) => fold(name) === fold(input.date)) ?? null;
  const names = file.names.filter((name) => name !== date && name !== input.value && !by.includes(name));
  if (names.length === 0) throw new UsageError(`${plan}: a plan needs columns such as price or display`);
  const columns = new Map<string, readonly Series[]>();
  for (const value of names) {
    const { calendar } = input;
    const settings = { ...flags, date, value, by, frequency: calendar.frequency, aggregate: null };
    const { series, errors } = await readSeries(plan, settings, files);
    const [error] = errors;
    if (error !== undefined) throw new UsageError(`${plan}: ${error.error.message}`);
    columns.set(value, series);
  }
  return columns;
}

/** The same columns of the table; those that it lacks are left out, and the forecast says so. */
async function readHistory(
  input: SeriesInput,
  names: readonly string[],
  flags: ForecastFlags,
  files: TrendFiles,
): Promise<ColumnSeries> {
  const columns = new Map<string, readonly Series[]>();
  if (names.length === 0) return columns;
  const known = new Set((await files.open(input.source, [input.date])).names);
  for (const value of names.filter((name) => known.has(name))) {
    const settings = { ...flags, date: input.date, value, by: input.by, frequency: input.calendar.frequency };
    const { series } = await readSeries(input.source, { ...settings, aggregate: flags.aggregate && 'mean' }, files);
    columns.set(value, series);
  }
  return columns;
}

function numberOf(date: string, calendar: Calendar): number {
  return calendar.frequency === 'index' ? Number(date) : periodNumber(dayOf(date), calendar);
}

function planned(plan: ColumnSeries, last: number, calendar: Calendar): number {
  const dates = [...plan.values()].flatMap((series) => series.flatMap((one) => one.dates.at(-1) ?? []));
  return Math.max(0, ...dates.map((date) => numberOf(date, calendar) - last));
}

/** The values of the columns at these periods for one series; NaN where nothing is told. */
function alignAll(
  columns: ColumnSeries,
  series: Series,
  numbers: readonly number[],
  calendar: Calendar,
): CampaignColumns {
  return Object.fromEntries(
    [...columns].map(([name, all]) => {
      const own = all.find(({ key }) => Object.entries(key).every(([column, value]) => series.key[column] === value));
      const first = own === undefined ? 0 : numberOf(own.dates[0] ?? '', calendar);
      return [name, Float64Array.from(numbers, (number) => own?.values[number - first] ?? Number.NaN)];
    }),
  );
}
