import type { Series, TimeEvent } from './series.js';

/** When events fall on the calendar of a series, and which series they concern. */

/** The period that `date` falls in; null before the first and more than a period after the last. */
export function periodOf({ dates, frequency }: Series, date: string): number | null {
  const isBefore =
    frequency === 'index' ? (a: string, b: string) => Number(a) < Number(b) : (a: string, b: string) => a < b;
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(date, dates[middle] as string)) high = middle;
    else low = middle + 1;
  }
  if (low === 0) return null;
  if (low === dates.length && isPastEnd(dates, frequency, date)) return null;
  return low - 1;
}

const MS_PER_DAY = 86_400_000;
const DAYS = { day: 1, week: 7, month: 31, quarter: 92, year: 366 } as const;

function isPastEnd(dates: readonly string[], frequency: Series['frequency'], date: string): boolean {
  const last = dates[dates.length - 1] as string;
  if (frequency === 'index') return Number(date) > Number(last);
  return (Date.parse(date) - Date.parse(last)) / MS_PER_DAY >= DAYS[frequency];
}

/** Whether the event is that of the flags, whose effect the user asks for. */
export function isAsked({ source }: Pick<TimeEvent, 'source'>): boolean {
  return source === '--at';
}

/** `own`: names the series, `all`: names none, `other`: names another one. */
export type Relation = 'own' | 'all' | 'other';

export function relationOf(event: Pick<TimeEvent, 'key'>, { key }: Pick<Series, 'key'>): Relation {
  const named = Object.entries(event.key);
  if (named.some(([column, value]) => key[column] !== undefined && key[column] !== value)) return 'other';
  return named.some(([column]) => key[column] !== undefined) ? 'own' : 'all';
}

/** What an event may do to a series, when it begins or when it ends. */
export interface Candidate {
  readonly event: TimeEvent;
  readonly phase: 'start' | 'end';
  readonly relation: Relation;
  /** The first period that may be different. */
  readonly index: number;
  readonly direction: 'up' | 'down' | null;
  /** Periods that it lasts; null where nobody says. */
  readonly length: number | null;
}

const OPPOSITE = { up: 'down', down: 'up' } as const;
/** What events of these kinds are known to do to the series that they name. */
const USUAL: Readonly<Record<string, 'up' | 'down'>> = {
  launch: 'up',
  listing: 'up',
  display: 'up',
  promo: 'up',
  promotion: 'up',
  flyer: 'up',
  campaign: 'up',
  delisting: 'down',
  stockout: 'down',
  recall: 'down',
};

/** An event that lasts less leaves a spike, whose end is no change of its own. */
const LASTING = 4;

/** Beginnings and ends of events that may concern a series; another series' event only where it is said to take away. */
export function candidatesFor(events: readonly TimeEvent[], series: Series): Candidate[] {
  return events.flatMap((event) => {
    const relation = relationOf(event, series);
    if (relation === 'other' && event.direction !== 'down') return [];
    const usual = relation === 'own' ? USUAL[event.kind ?? ''] : undefined;
    const direction = event.direction ?? usual ?? null;
    const first = periodOf(series, event.date);
    const last = event.dateTo === null ? null : periodOf(series, event.dateTo);
    const length = first !== null && last !== null ? last - first + 1 : null;
    const found: Candidate[] = [];
    if (first !== null) found.push({ event, phase: 'start', relation, index: first, direction, length });
    if (last !== null && last + 1 < series.dates.length && (length ?? LASTING) >= LASTING) {
      const turned = direction === null ? null : OPPOSITE[direction];
      found.push({ event, phase: 'end', relation, index: last + 1, direction: turned, length });
    }
    return found;
  });
}
