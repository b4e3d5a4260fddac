/** Puts the rows of a table on a regular calendar. */
import { UsageError } from '../../model.js';
import type { DateOrder } from '../dates.js';
import type { Frequency, Series } from './series.js';
import type { Aggregate, RawSeries, SeriesTable } from './series-table.js';
import {
  areIndices,
  type Calendar,
  type FoundFrequency,
  frequencyOf,
  isoOfDay,
  periodName,
  periodNumber,
  readDate,
  type TableDate,
} from './table-calendar.js';

export interface RegularSettings {
  readonly order: DateOrder;
  /** Null where it is to be found. */
  readonly frequency: Frequency | null;
  /** Null: two rows of one series and period are an error. */
  readonly aggregate: Aggregate | null;
}

export interface RegularSeries {
  readonly calendar: Calendar;
  readonly series: readonly Series[];
  /** Periods from the first to the last date of the table. */
  readonly periods: number;
  /** Periods without a value, over all series. */
  readonly missing: number;
  /** Rows came in another order than that of their dates. */
  readonly wasUnordered: boolean;
}

/** Cells of series with more periods than these would be almost all empty. */
const MOST_PERIODS_A_DATE = 50;
const FEW_PERIODS = 20_000;

/** All series span the same periods. Throws {@link UsageError} where the dates make no regular calendar. */
export function regularize(table: SeriesTable, settings: RegularSettings): RegularSeries {
  const dates = datesOf(table.dates, settings);
  const raw = table.series;
  const days = dates.map((date) => ('index' in date ? date.index : date.day));
  const calendar = calendarOf(raw, dates, days, settings.frequency);
  const numbers = days.map((day) => periodNumber(day, calendar));
  const first = numbers.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY);
  const last = numbers.reduce((most, number) => Math.max(most, number), Number.NEGATIVE_INFINITY);
  const periods = last - first + 1;
  checkLength(periods, new Set(numbers).size, periodName(first, calendar), periodName(last, calendar));
  const names = Array.from({ length: periods }, (_, i) => periodName(first + i, calendar));
  let missing = 0;
  let wasUnordered = false;
  const series = raw.map((each): Series => {
    const values = valuesOf(each, numbers, first, names, settings.aggregate);
    for (const value of values) if (Number.isNaN(value)) missing += 1;
    wasUnordered ||= each.dates.some((date, i) => i > 0 && (days[date] ?? 0) < (days[each.dates[i - 1] ?? 0] ?? 0));
    return { key: each.key, frequency: calendar.frequency, dates: names, values };
  });
  return { calendar, series, periods, missing, wasUnordered };
}

function datesOf(cells: readonly string[], { order, frequency }: RegularSettings): TableDate[] {
  const isIndex = frequency === 'index' || (frequency === null && areIndices(cells));
  const dates = cells.map((cell) => readDate(cell, order, isIndex));
  const at = dates.indexOf(null);
  if (at !== -1) {
    const kind = isIndex ? 'whole number' : 'date';
    throw new UsageError(`--date: ${JSON.stringify(cells[at]?.slice(0, 40))} is no ${kind}; see --date-order`);
  }
  return dates.filter((date) => date !== null);
}

/** The calendar of all series. Throws {@link UsageError} where there is none, or more than one. */
function calendarOf(
  raw: readonly RawSeries[],
  dates: readonly TableDate[],
  days: readonly number[],
  given: Frequency | null,
): Calendar {
  const precisions = new Set(dates.map((date) => ('index' in date ? 'index' : date.precision)));
  if (given === 'index' || precisions.has('index')) {
    checkSteps(days);
    return { frequency: 'index', weekday: 0 };
  }
  if (given === null && precisions.size > 1) {
    throw new UsageError(`--date: some dates are of a ${[...precisions].join(', others of a ')}; write them alike`);
  }
  const [precision] = precisions;
  const found = given ?? (precision === 'week' ? precision : daysFrequency(raw, days));
  const frequency =
    found ?? (precision === undefined || precision === 'day' || precision === 'index' ? null : precision);
  if (frequency === null)
    throw new UsageError(
      new Set(days).size === 1
        ? '--date: a single date tells no frequency; give --frequency'
        : `--date: ${irregularity(days)}; give --frequency, and --aggregate to add up, or --date-order where day and month are the other way round`,
    );
  if (frequency !== 'week') return { frequency, weekday: 0 };
  const weekdays = new Set(days.map((day) => (((day + 3) % 7) + 7) % 7));
  return { frequency, weekday: weekdays.size === 1 ? ([...weekdays][0] ?? 0) : 0 };
}

/** Day 0 of spreadsheets is 30 December 1899. */
const SPREADSHEET_EPOCH = -25_569;
/** Numbers that spreadsheets have for days from 1982 to 2064. */
const [FIRST_SERIAL, LAST_SERIAL] = [30_000, 60_000];

/** Throws {@link UsageError} where whole numbers count in steps: most periods between them would be empty. */
function checkSteps(numbers: readonly number[]): void {
  const sorted = inOrder(numbers);
  const first = sorted[0] ?? 0;
  const step = sorted.reduce((divisor, number) => gcd(number - first, divisor), 0);
  if (step <= 1 || sorted.length < 4) return;
  const serial = spreadsheetDate(first, sorted.at(-1) ?? 0);
  const hint = serial === null ? '' : ` (as a date of a spreadsheet ${first} is ${serial})`;
  throw new UsageError(
    `--date: the whole numbers are ${step} apart; number the periods 1, 2, 3, or write them as dates${hint}`,
  );
}

/** The first of whole numbers that may be dates as spreadsheets store them; null where they are not. */
export function spreadsheetDate(first: number, last: number): string | null {
  return first >= FIRST_SERIAL && last <= LAST_SERIAL ? isoOfDay(first + SPREADSHEET_EPOCH) : null;
}

function gcd(one: number, other: number): number {
  return other === 0 ? one : gcd(other, one % other);
}

/** What the series are at, each by itself, or all together where none is clear. */
function daysFrequency(raw: readonly RawSeries[], days: readonly number[]): FoundFrequency | null {
  const examples = new Map<FoundFrequency, RawSeries>();
  for (const series of raw) {
    const own = frequencyOf(inOrder(Array.from(series.dates, (date) => days[date] ?? 0)));
    if (own !== null && !examples.has(own)) examples.set(own, series);
  }
  const union = frequencyOf(inOrder(days));
  if (examples.size <= 1) return examples.keys().next().value ?? union;
  // where days are left out, a series of few rows may look as if it were weekly
  const [one, other] = [...examples];
  if (one === undefined || other === undefined) return null;
  if (union !== null && [...examples.values()].some((series) => series.dates.length < 8)) return union;
  throw new UsageError(
    `--date: mixed frequencies: ${nameOf(one[1])} has a row a ${one[0]}, ${nameOf(other[1])} a row a ${other[0]}; give --frequency with --aggregate, or run them apart`,
  );
}

function inOrder(days: readonly number[]): number[] {
  return [...new Set(days)].sort((one, other) => one - other);
}

function irregularity(days: readonly number[]): string {
  const sorted = inOrder(days);
  const gaps = sorted.slice(1).map((day, i) => ({ days: day - (sorted[i] ?? 0), from: sorted[i] ?? 0 }));
  gaps.sort((one, other) => one.days - other.days);
  const [least, most] = [gaps[0], gaps.at(-1)];
  return `the dates are neither days, weeks, months, quarters nor years apart (${least?.days} days after ${isoOfDay(least?.from ?? 0)}, ${most?.days} days after ${isoOfDay(most?.from ?? 0)})`;
}

function checkLength(periods: number, dates: number, first: string, last: string): void {
  if (periods <= FEW_PERIODS || periods <= dates * MOST_PERIODS_A_DATE) return;
  throw new UsageError(
    `--date: from ${first} to ${last} there are ${periods} periods and only ${dates} dates; is one of the two a mistake?`,
  );
}

function valuesOf(
  { key, dates, values }: RawSeries,
  numbers: readonly number[],
  first: number,
  names: readonly string[],
  aggregate: Aggregate | null,
): Float64Array {
  const regular = new Float64Array(names.length).fill(Number.NaN);
  const counts = new Uint32Array(names.length);
  const seen = new Uint8Array(names.length);
  for (let i = 0; i < dates.length; i += 1) {
    const at = (numbers[dates[i] as number] as number) - first;
    const value = values[i] as number;
    if (seen[at] === 1 && aggregate === null) {
      throw new UsageError(
        `${nameOf({ key })} has several rows of ${names[at]}; give --aggregate sum or mean, or name the columns that tell them apart with --by`,
      );
    }
    seen[at] = 1;
    if (Number.isNaN(value)) continue;
    const count = (counts[at] as number) + 1;
    const sum =
      count === 1
        ? value
        : (regular[at] as number) + (aggregate === 'mean' ? (value - (regular[at] as number)) / count : value);
    if (!Number.isFinite(sum))
      throw new UsageError(`${nameOf({ key })}: the sum of ${names[at]} is too large for a number`);
    regular[at] = sum;
    counts[at] = count;
  }
  return regular;
}

/** A series as messages name it. */
export function nameOf({ key }: Pick<Series, 'key'>): string {
  const names = Object.values(key).map((name) => (name.trim() === '' ? '(empty)' : name));
  return names.length === 0 ? 'the series' : names.join(', ');
}
