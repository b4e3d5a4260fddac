/** The event that the flags name, and the days that they and files tell. */
import { type DateOrder, parseDate } from '../analysis/dates.js';
import { spanOf } from '../analysis/series/data-span.js';
import { relationOf } from '../analysis/series/event-time.js';
import { nameOf } from '../analysis/series/regular.js';
import type { Series, TimeEvent } from '../analysis/series/series.js';
import { hintOf, listNames } from '../io/texts/columns.js';
import { UsageError } from '../model.js';

export interface AskedSettings {
  readonly treated: string | null;
  readonly at: string | null;
  readonly by: readonly string[];
  readonly dateOrder: DateOrder;
}

/** The event of `--treated` and `--at`. */
export function eventOfFlags(
  { treated, at, by, dateOrder }: AskedSettings,
  series: readonly Series[],
): TimeEvent | null {
  if (at === null) {
    if (treated !== null) throw new UsageError('--treated: when? give --at DATE');
    return null;
  }
  const date = readDay(at, dateOrder);
  if (date === null) throw new UsageError(`--at: ${JSON.stringify(at)} is no date; give YYYY-MM-DD`);
  const span = spanOf(series);
  if (span !== null && !span.holds(date))
    throw new UsageError(`--at: ${date} is outside of the data, which go from ${span.start} to ${span.end}`);
  const key: Record<string, string> = {};
  for (const part of treated?.split(',') ?? []) {
    const [, column, value] = /^\s*([^=]+?)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (column === undefined || value === undefined || !by.includes(column)) {
      throw new UsageError(
        `--treated: ${JSON.stringify(part)} is not COLUMN=VALUE with a column of --by (${by.join(', ') || 'none'})`,
      );
    }
    const known = [...new Set(series.map((each) => each.key[column] ?? ''))];
    if (!known.includes(value)) {
      const hint = hintOf(value, known);
      throw new UsageError(
        `--treated: no series has ${column} ${JSON.stringify(value)}${hint}; there are ${listNames(known)}`,
      );
    }
    key[column] = value;
  }
  if (series.every((each) => relationOf({ key }, each) === 'other')) {
    throw new UsageError(
      `--treated: no series is ${Object.values(key).join(', ')}; there are ${listNames(series.map(nameOf))}`,
    );
  }
  const name = treated === null ? 'the event' : `the event of ${Object.values(key).join(', ')}`;
  return {
    date,
    dateTo: null,
    name,
    kind: null,
    key,
    direction: null,
    source: '--at',
    page: null,
    quote: null,
    figures: {},
  };
}

/** A day, or a whole number where series have no dates. */
export function readDay(text: string | null, order: DateOrder): string | null {
  if (text === null) return null;
  return parseDate(text, order)?.iso ?? (/^[+-]?\d{1,15}$/.test(text.trim()) ? String(Number(text)) : null);
}
