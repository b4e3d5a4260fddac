/** The time that the data tell of. */
import type { Series } from './series.js';

/** Days that a period has at most. */
const PERIOD_DAYS = { day: 1, week: 7, month: 31, quarter: 92, year: 366, index: 1 } as const;

/** From the first period of all series to the end of the last; nothing can be said of what lies outside. */
export interface DataSpan {
  readonly start: string;
  readonly end: string;
  holds(date: string): boolean;
}

/** Null where there are no series. */
export function spanOf(series: readonly Series[]): DataSpan | null {
  const [first] = series;
  if (first === undefined) return null;
  const placeOf = (day: string): number => (first.frequency === 'index' ? Number(day) : Date.parse(day) / 86_400_000);
  const byPlace = (one: string, other: string): number => placeOf(one) - placeOf(other);
  const start = series.flatMap(({ dates }) => dates[0] ?? []).sort(byPlace)[0];
  const end = series
    .flatMap(({ dates }) => dates.at(-1) ?? [])
    .sort(byPlace)
    .at(-1);
  if (start === undefined || end === undefined) return null;
  const until = placeOf(end) + PERIOD_DAYS[first.frequency];
  return { start, end, holds: (date) => placeOf(date) >= placeOf(start) && placeOf(date) < until };
}
