import { periodOf, relationOf } from './event-time.js';
import type { Series, TimeEvent } from './series.js';
import { dayInWords, listInWords } from './words.js';

/** What of a series tells the effect of one event, where other events are near it. */

/** Periods of an event in a series. */
export interface EventSpan {
  readonly event: TimeEvent;
  readonly at: number;
  /** The period after its last; that after the last of the series where it has no end. */
  readonly end: number;
}

export interface Claim extends EventSpan {
  /** The period after its last, of which `end` leaves away what cannot be measured. */
  readonly wholeEnd: number;
  /** Events of the same kind that begin and end with it, such as two offers of one page: one claim for all. */
  readonly companions: readonly TimeEvent[];
  /** Events of other kinds that the data cannot tell from it: what is measured is what all of them did. */
  readonly together: readonly TimeEvent[];
  /** Events of other series that are said to take away from this one, at about the same time. */
  readonly rivals: readonly TimeEvent[];
  /** Periods of other events, which tell nothing of this one. */
  readonly hidden: ReadonlySet<number>;
  /** Events that go on and began before it: they may have moved what it is compared with. */
  readonly earlier: readonly EventSpan[];
  /** What was left out, in words. */
  readonly notes: readonly string[];
  /** Why its effect cannot be told; null where it may be. */
  readonly obstacle: string | null;
}

/** Periods that are enough to measure an effect in, or to compare one with. */
const ENOUGH = 4;
/** Events that last longer are part of how the series was, not set aside. */
const SHORT = 4;
/** Where more of the periods before than this would be set aside, none are. */
const MOST_HIDDEN = 0.2;

/** Where an event falls in a series; null where it begins before, at its first period, or after it. */
export function spanIn(series: Series, event: TimeEvent): EventSpan | null {
  const at = periodOf(series, event.date);
  if (at === null || at === 0) return null;
  const last = event.dateTo === null ? null : periodOf(series, event.dateTo);
  return { event, at, end: last === null ? series.dates.length : Math.max(at, last) + 1 };
}

/**
 * Claims of the events that may have moved `series`, in their order. Of events that the data cannot tell apart the first
 * has the claim for all, as far as anything can be measured; the others have an obstacle that names it.
 */
export function claimsOf(series: Series, events: readonly TimeEvent[]): Claim[] {
  const all = events.flatMap((event) => spanIn(series, event) ?? []);
  const spans = all.filter(({ event }) => relationOf(event, series) !== 'other');
  const rivals = all.filter(({ event }) => relationOf(event, series) === 'other' && event.direction === 'down');
  const firsts = spans.filter((span, i) => !spans.slice(0, i).some((other) => isCompanion(other, span)));
  return firsts.map((span) => {
    const claim = claimOf(span, firsts, spans, series);
    const near = rivals.filter((rival) => rival.at > span.at - ENOUGH && isMostOf(rival, claim));
    return { ...claim, rivals: near.map(({ event }) => event) };
  });
}

/** Whether an event goes on for at least half of what another is measured over. */
function isMostOf(one: EventSpan, { at, end }: Pick<EventSpan, 'at' | 'end'>): boolean {
  return 2 * (Math.min(one.end, end) - Math.max(one.at, at)) >= end - at;
}

function isCompanion(one: EventSpan, other: EventSpan): boolean {
  const kindOf = ({ kind, name }: TimeEvent): string => kind ?? name;
  return one.at === other.at && one.end === other.end && kindOf(one.event) === kindOf(other.event);
}

function claimOf(
  span: EventSpan,
  firsts: readonly EventSpan[],
  all: readonly EventSpan[],
  series: Series,
): Omit<Claim, 'rivals'> {
  const { event, at, end } = span;
  const concernsAll = relationOf(event, series) === 'all';
  // what concerns all series moves the untreated ones too, and is no rival of an event that concerns some
  const others = firsts.filter((other) => other !== span && (concernsAll || relationOf(other.event, series) !== 'all'));
  const companions = all.filter((other) => other !== span && isCompanion(span, other)).map((other) => other.event);
  const own = measured(span, others);
  const before = hiddenBefore(at, others);
  const claim = { ...span, end: own.end, wholeEnd: end, companions, hidden: new Set([...own.hidden, ...before]) };
  const placeOf = (other: EventSpan) => firsts.indexOf(other);
  const hasClaim = (other: EventSpan) => {
    const isFirst = other.at < at || (other.at === at && placeOf(other) < placeOf(span));
    return (
      isFirst ||
      measured(
        other,
        firsts.filter((each) => each !== other),
      ).together.length === 0
    );
  };
  const first = own.together.find(hasClaim);
  return {
    ...claim,
    together: own.together.map((other) => other.event),
    earlier: others.filter((other) => other.at <= at - ENOUGH && other.end > at),
    notes: own.together.length > 0 ? [] : notesOf(own, { ...span, end }, others),
    obstacle: first === undefined ? null : `it cannot be told from ${named(first.event)}`,
  };
}

/** Periods in which the event can be measured: those without others, where they are enough. */
function measured({ at, end }: EventSpan, others: readonly EventSpan[]) {
  // what began a while before is how things were
  const overlapping = others.filter((other) => other.at > at - ENOUGH && other.at < end && other.end > at);
  const isFree = (t: number) => overlapping.every((other) => t < other.at || t >= other.end);
  const free = Array.from({ length: end - at }, (_, h) => at + h).filter(isFree);
  const last = free.at(-1);
  if (last === undefined || free.length < Math.min(ENOUGH, end - at)) {
    return { end, hidden: new Set<number>(), together: overlapping };
  }
  const hidden = new Set(Array.from({ length: last + 1 - at }, (_, h) => at + h).filter((t) => !isFree(t)));
  return { end: last + 1, hidden, together: [] };
}

function hiddenBefore(at: number, others: readonly EventSpan[]): ReadonlySet<number> {
  const hidden = new Set<number>();
  for (const other of others) {
    if (other.end - other.at > SHORT) continue;
    for (let t = other.at; t < Math.min(other.end, at); t += 1) hidden.add(t);
  }
  return hidden.size <= MOST_HIDDEN * at ? hidden : new Set();
}

function notesOf(
  own: { readonly end: number; readonly hidden: ReadonlySet<number> },
  { at, end }: EventSpan,
  others: readonly EventSpan[],
) {
  const next = others.find((other) => own.end < end && other.at === own.end);
  const within = others.filter((other) => other.at >= at && other.at < own.end);
  return [
    ...(next === undefined ? [] : [`measured until ${named(next.event)}`]),
    ...(within.length === 0 ? [] : [`without the time of ${listed(within.map(({ event }) => event))}`]),
  ];
}

/** Names of at most three events. */
export function listed(events: readonly TimeEvent[]): string {
  return listInWords([...new Set(events.map(named))]);
}

/** An event with its date. */
export function named({ name, date }: TimeEvent): string {
  return `${name} (${dayInWords(date)})`;
}
