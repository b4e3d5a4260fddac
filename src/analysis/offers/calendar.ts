/** Puts days that are named in part into a year and a month. */

/** What is printed of a day; null what is not. */
export interface Day {
  /** 1 is Monday. */
  readonly weekday: number | null;
  readonly day: number | null;
  readonly month: number | null;
  readonly year: number | null;
}

interface Range {
  readonly from: string;
  readonly to: string;
}

const MS_PER_DAY = 86_400_000;

/** Offers hold for weeks, not for months: longer ranges were read from something else. */
const LONGEST_DAYS = 200;

/** An undated range that ended this long ago is still meant rather than that of next year. */
const PAST_DAYS = 60;

/** The day in the Gregorian calendar, YYYY-MM-DD, or null where it has no such day. */
export function isoOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isSame = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isSame ? date.toISOString().slice(0, 10) : null;
}

function timeOf(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`);
}

function weekdayOf(iso: string): number {
  return ((new Date(timeOf(iso)).getUTCDay() + 6) % 7) + 1;
}

function addDays(iso: string, days: number): string {
  return new Date(timeOf(iso) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** One day, by the date near which it lies; null where that is needed and not known. */
export function placeDay(day: Day, date: string | null): string | null {
  return placeRange(day, day, date)?.from ?? null;
}

/**
 * A range of days. What the first day does not say it has from the last: `del 9 al 22 de abril`. Where the year, or month
 * and year, are named nowhere, the first range is taken that contains the date or comes after it; one that ended within
 * {@link PAST_DAYS} days goes before one that begins in more than half a year. Weekdays that are printed must agree.
 */
export function placeRange(first: Day, last: Day, date: string | null): Range | null {
  if (first.day === null || last.day === null) return placeWeekdays(first, last, date);
  const month = first.month ?? last.month;
  const endMonth = last.month ?? first.month;
  const year = last.year ?? first.year;
  if (year === null && date === null) return null;
  const candidates: Range[] = [];
  for (const [endYear, monthOfEnd] of monthsNear(year, endMonth, date)) {
    const to = isoOf(endYear, monthOfEnd, last.day);
    if (to === null) continue;
    const from = firstDay(first, month === null ? null : month, monthOfEnd, endYear, to);
    if (from !== null && daysBetween(from, to) <= LONGEST_DAYS) candidates.push({ from, to });
  }
  const agreeing = candidates.filter(({ from, to }) => agrees(first, from) && agrees(last, to));
  const chosen = nearest(agreeing.length > 0 ? agreeing : candidates, date);
  const isLongPast = year === null && date !== null && chosen !== null && daysBetween(chosen.to, date) > LONGEST_DAYS;
  return isLongPast ? null : chosen;
}

/** The first day: in the month that is named, else in that of the last day or the one before it. */
function firstDay(first: Day, named: number | null, monthOfEnd: number, endYear: number, to: string): string | null {
  const day = first.day ?? 0;
  const months =
    named !== null && first.month !== null ? [named] : [monthOfEnd, monthOfEnd === 1 ? 12 : monthOfEnd - 1];
  for (const month of months) {
    const year = first.year ?? (month > monthOfEnd ? endYear - 1 : endYear);
    const iso = isoOf(year, month, day);
    if (iso !== null && iso <= to) return iso;
  }
  return null;
}

/** The months that the last day may lie in. */
function monthsNear(year: number | null, month: number | null, date: string | null): [number, number][] {
  const base = date === null ? (year ?? 0) * 12 : Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
  if (year !== null && month !== null) return [[year, month]];
  const found: [number, number][] = [];
  for (let offset = -12; offset <= 14; offset++) {
    const [y, m] = [Math.floor((base + offset) / 12), ((base + offset) % 12) + 1];
    const isNear = month === null ? offset >= -2 && offset <= 11 : m === month;
    if (isNear && (year === null || y === year)) found.push([y, m]);
  }
  return found;
}

function agrees(day: Day, iso: string): boolean {
  return day.weekday === null || weekdayOf(iso) === day.weekday;
}

function daysBetween(from: string, to: string): number {
  return (timeOf(to) - timeOf(from)) / MS_PER_DAY;
}

function nearest(ranges: readonly Range[], date: string | null): Range | null {
  if (date === null) return ranges[0] ?? null;
  const away = ({ from, to }: Range): number => {
    if (to >= date) return Math.max(0, daysBetween(date, from));
    const past = daysBetween(to, date);
    // the past is the worse guess, unless it is the recent past
    return past <= PAST_DAYS ? past + 120 : past + 10_000;
  };
  return [...ranges].sort((a, b) => away(a) - away(b))[0] ?? null;
}

/** `jueves a miércoles`: the range of weekdays that contains the date or comes next. */
function placeWeekdays(first: Day, last: Day, date: string | null): Range | null {
  if (date === null || first.weekday === null || last.weekday === null || first.day !== null || last.day !== null)
    return null;
  const length = (last.weekday - first.weekday + 7) % 7;
  const since = (weekdayOf(date) - first.weekday + 7) % 7;
  const from = addDays(date, since <= length ? -since : 7 - since);
  return { from, to: addDays(from, length) };
}
