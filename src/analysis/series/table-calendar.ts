/** Periods of a calendar: which ones dates are of, and their numbers and names. */
import { type DateOrder, type ParsedDate, parseDate } from '../dates.js';
import type { Frequency } from './series.js';

/** A calendar, and the day of the week that its weeks are named by. */
export interface Calendar {
  readonly frequency: Frequency;
  /** Days that the dates of weeks lie after their Mondays; 0 for other frequencies. */
  readonly weekday: number;
}

const MS_PER_DAY = 86_400_000;
/** 1 January 1970 was a Thursday. */
const DAYS_TO_MONDAY = 3;

/** A date of a table: a day with what it tells, or a whole number. */
export type TableDate =
  | { readonly day: number; readonly precision: ParsedDate['precision'] }
  | { readonly index: number };

/** Days since 1970 of YYYY-MM-DD. */
export function dayOf(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / MS_PER_DAY);
}

/** YYYY-MM-DD of days since 1970. */
export function isoOfDay(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** `202004`, which anywhere else may be a number. */
const YEAR_AND_MONTH = /^(\d{4})(\d{2})$/;

function parseTableDate(text: string, order: DateOrder): ParsedDate | null {
  return parseDate(text.trim().replace(YEAR_AND_MONTH, '$1-$2'), order);
}

const WHOLE_NUMBER = /^[+-]?\d{1,15}$/;

/** The date in a cell, or the whole number where the column holds numbers; null for neither. */
export function readDate(cell: string, order: DateOrder, isIndex: boolean): TableDate | null {
  const text = cell.trim();
  if (isIndex) return WHOLE_NUMBER.test(text) ? { index: Number(text) } : null;
  const parsed = parseTableDate(text, order);
  return parsed === null ? null : { day: dayOf(parsed.iso), precision: parsed.precision };
}

/** Whether a cell is a date or a whole number. */
export function isTableDate(cell: string, order: DateOrder): boolean {
  return WHOLE_NUMBER.test(cell.trim()) || parseDate(cell, order) !== null;
}

/** Whether cells are whole numbers of which some can be neither years, months (`202004`) nor days (`20200403`). */
export function areIndices(cells: Iterable<string>): boolean {
  let hasSmall = false;
  for (const cell of cells) {
    const text = cell.trim();
    if (!WHOLE_NUMBER.test(text)) return false;
    if (parseTableDate(text, 'dmy') === null) hasSmall = true;
  }
  return hasSmall;
}

/** Number of the period that a day is in, so that the next period has the next number. */
export function periodNumber(day: number, { frequency }: Calendar): number {
  if (frequency === 'day' || frequency === 'index') return day;
  if (frequency === 'week') return Math.floor((day + DAYS_TO_MONDAY) / 7);
  const date = new Date(day * MS_PER_DAY);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
  return Math.floor(months / MONTHS[frequency]);
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The date that a period goes by: its first day, for weeks the weekday of the table; for an index its number. */
export function periodName(period: number, { frequency, weekday }: Calendar): string {
  if (frequency === 'index') return String(period);
  if (frequency === 'day') return isoOfDay(period);
  if (frequency === 'week') return isoOfDay(period * 7 - DAYS_TO_MONDAY + weekday);
  const months = period * MONTHS[frequency];
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;
}

/** Periods after which seasons repeat, the one that changes are judged beside; null for none. */
export function seasonOf(frequency: Frequency): number | null {
  return { day: 7, week: 52, month: 12, quarter: 4, year: null, index: null }[frequency];
}

/** What a finding of frequencies says. */
export type FoundFrequency = Exclude<Frequency, 'index'>;

const TOLERANCE_DAYS = 3;

/** The frequency that days in order are at, or null where none is clear. Periods may be missing. */
export function frequencyOf(days: readonly number[]): FoundFrequency | null {
  const gaps = days.slice(1).map((day, i) => day - (days[i] ?? 0));
  if (gaps.length === 0) return null;
  const sorted = [...gaps].sort((one, other) => one - other);
  const least = sorted[0] ?? 0;
  const middle = sorted[sorted.length >> 1] ?? 0;
  if (least === 1) return middle <= 3 ? 'day' : null;
  if (least >= 28) return longFrequency(days);
  const offWeek = (gap: number): number => Math.abs(gap - 7 * Math.max(1, Math.round(gap / 7)));
  if (gaps.every((gap) => gap % 7 === 0)) return least === 7 ? 'week' : null;
  const areWeeks = least >= 5 && middle === 7 && gaps.every((gap) => offWeek(gap) <= 2);
  const weeks = new Set(days.map((day) => Math.floor((day + DAYS_TO_MONDAY) / 7)));
  return areWeeks && weeks.size === days.length ? 'week' : null;
}

function longFrequency(days: readonly number[]): FoundFrequency | null {
  const dates = days.map((day) => new Date(day * MS_PER_DAY));
  // the last days of months are as regular as the first ones
  const fromEnd = days.map((day) => new Date((day + TOLERANCE_DAYS + 1) * MS_PER_DAY).getUTCDate());
  const fromStart = dates.map((date) => date.getUTCDate());
  const isSteady = (places: readonly number[]): boolean => Math.max(...places) - Math.min(...places) <= TOLERANCE_DAYS;
  if (!isSteady(fromStart) && !isSteady(fromEnd)) return null;
  const months = dates.map((date) => date.getUTCFullYear() * 12 + date.getUTCMonth());
  const gaps = months.slice(1).map((month, i) => month - (months[i] ?? 0));
  if (gaps.some((gap) => gap < 1)) return null;
  if (gaps.every((gap) => gap % 12 === 0)) return 'year';
  return gaps.every((gap) => gap % 3 === 0) ? 'quarter' : 'month';
}
