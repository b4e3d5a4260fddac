import type { Frequency } from './series.js';

/** Periods to come, and seasons. */

/** Periods of the seasons that series of a frequency have. */
export const SEASONS: Readonly<Record<Frequency, readonly number[]>> = {
  day: [7, 365.25],
  week: [365.25 / 7],
  month: [12],
  quarter: [4],
  year: [],
  index: [],
};

const DAYS = { day: 1, week: 7 } as const;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The `count` periods after the last of `dates`. */
export function datesAfter(dates: readonly string[], frequency: Frequency, count: number): string[] {
  const last = dates[dates.length - 1] ?? '';
  return Array.from({ length: count }, (_, i) => {
    if (frequency === 'index') return String(Number(last) + i + 1);
    const date = new Date(`${last}T00:00:00Z`);
    if (frequency === 'day' || frequency === 'week') date.setUTCDate(date.getUTCDate() + (i + 1) * DAYS[frequency]);
    else date.setUTCMonth(date.getUTCMonth() + (i + 1) * MONTHS[frequency]);
    return date.toISOString().slice(0, 10);
  });
}
