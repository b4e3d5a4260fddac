/** The event that the flags name, and the days that they and files tell. */
import { type DateOrder, parseDate } from '../analysis/dates.js';
import { spanOf } from '../analysis/series/data-span.js';
import { relationOf } from '../analysis/series/event-time.js';
import { nameOf } from '../analysis/series/regular.js';
import type { Series, SeriesKey, TimeEvent } from '../analysis/series/series.js';
import { listInWords } from '../analysis/series/words.js';
import { hintOf, listNames } from '../io/texts/columns.js';
import { UsageError } from '../model.js';

export interface AskedSettings {
  readonly treated: readonly string[];
  readonly at: string | null;
  readonly by: readonly string[];
  readonly dateOrder: DateOrder;
}

/** The event of `--at`, once for each `--treated`. */
export function eventsOfFlags(
  { treated, at, by, dateOrder }: AskedSettings,
  series: readonly Series[],
): readonly TimeEvent[] {
  if (at === null) {
    if (treated.length > 0) throw new UsageError('--treated: when? give --at DATE');
    return [];
  }
  const date = readDay(at, dateOrder);
  if (date === null) throw new UsageError(`--at: ${JSON.stringify(at)} is no date; give YYYY-MM-DD`);
  const span = spanOf(series);
  if (span !== null && !span.holds(date))
    throw new UsageError(`--at: ${date} is outside of the data, which go from ${span.start} to ${span.end}`);
  const keys = treated.length === 0 ? [{}] : treated.map((text) => treatedKey(text, by, series));
  const names = keys.map((key) => Object.values(key).join(', '));
  const name = treated.length === 0 ? 'the event' : `the event of ${listInWords(names)}`;
  return keys.map((key) => ({
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
  }));
}

/** Columns and values of one `--treated`. */
function treatedKey(text: string, by: readonly string[], series: readonly Series[]): SeriesKey {
  const key: Record<string, string> = {};
  for (const part of text.split(',')) {
    const [, column, value] = /^\s*([^=]+?)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (column === undefined || value === undefined || !by.includes(column)) {
      throw new UsageError(
        `--treated: ${JSON.stringify(part)} is not COLUMN=VALUE with a column of --by (${by.join(', ') || 'none'})`,
      );
    }
    if (key[column] !== undefined) {
      throw new UsageError(`--treated: ${column} is given twice; give --treated once for each series`);
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
  return key;
}

/** A day, or a whole number where series have no dates. */
export function readDay(text: string | null, order: DateOrder): string | null {
  if (text === null) return null;
  return parseDate(text, order)?.iso ?? (/^[+-]?\d{1,15}$/.test(text.trim()) ? String(Number(text)) : null);
}
