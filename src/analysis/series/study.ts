/** All that is found in one series: changes, effects of events, and explanations. */
import { estimateEffect } from './effect.js';
import type { SeriesChanges } from './event-record.js';
import { isAsked, periodOf, relationOf } from './event-time.js';
import { type Explanation, explain } from './explain.js';
import type { ChangePoint, Effect, Series, TimeEvent } from './series.js';

/** Values that findings need at least. */
const FEWEST = 8;
/** Untreated series beyond these add time and no certainty. */
const MOST_CONTROLS = 200;
/** Series whose changes tell what events of a kind did before. */
const MOST_HISTORY = 200;
/** Periods within which the effects of two events are hard to tell apart. */
const NEAR = 2;

export interface EffectFinding {
  readonly event: TimeEvent;
  /** First period after the event, and the one after its last. */
  readonly at: number;
  readonly end: number;
  readonly effect: Effect;
  /** Names of events that may have moved the series at about the same time. */
  readonly beside: readonly string[];
}

export interface ExplainedChange {
  readonly change: ChangePoint;
  /** The likeliest first; empty where no events were given. */
  readonly explanations: readonly Explanation[];
}

export interface Study {
  readonly series: Series;
  /** Why nothing can be said of it; null where something can. */
  readonly obstacle: string | null;
  readonly changes: readonly ExplainedChange[];
  readonly effects: readonly EffectFinding[];
}

export interface StudySettings {
  /** Effects that are estimated, at most. */
  readonly mostEffects: number;
}

/** Why nothing can be said of a series; null where something can. */
function obstacleOf({ values }: Series): string | null {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return 'all its values are missing';
  if (known.length < FEWEST)
    return `it has ${known.length === 1 ? 'one value' : `${known.length} values`}, and at least ${FEWEST} are needed`;
  if (known.every((value) => value === known[0])) return `all its values are ${known[0]}`;
  return null;
}

/** Studies of all series, in their order, from the changes found in each. */
export function studySeries(
  series: readonly Series[],
  changes: readonly (readonly ChangePoint[])[],
  events: readonly TimeEvent[],
  { mostEffects }: StudySettings,
): { readonly studies: readonly Study[] /** Effects that were not estimated. */; readonly effectsLeft: number } {
  const history = historyOf(series, changes, events);
  let effects = 0;
  let effectsLeft = 0;
  // what was asked for has its answer, however many other events there are
  const asked = events.filter(isAsked);
  const reserved = series.filter((each) => asked.some((event) => relationOf(event, each) !== 'other')).length;
  let reserve = Math.min(mostEffects, reserved);
  const studies = series.map((each, i): Study => {
    const obstacle = obstacleOf(each);
    const own = events.filter((event) => !isRivalOf(event, each));
    const explained = (changes[i] ?? []).map((change): ExplainedChange => {
      return { change, explanations: events.length === 0 ? [] : explain(each, change, own, history) };
    });
    const concerned = obstacle === null ? own.filter((event) => relationOf(event, each) !== 'other') : [];
    const found: EffectFinding[] = [];
    for (const event of concerned) {
      if (isAsked(event)) reserve = Math.max(0, reserve - 1);
      if (effects + (isAsked(event) ? 0 : reserve) >= mostEffects) {
        effectsLeft += 1;
        continue;
      }
      const finding = effectOn(each, event, series, events);
      if (finding === null) continue;
      effects += 1;
      found.push(finding);
    }
    return { series: each, obstacle, changes: explained, effects: found };
  });
  return { studies, effectsLeft };
}

/** An offer for the series itself is no rival's. */
function isRivalOf(event: TimeEvent, series: Series): boolean {
  return event.kind === 'rival offer' && relationOf(event, series) === 'own';
}

function historyOf(
  series: readonly Series[],
  changes: readonly (readonly ChangePoint[])[],
  events: readonly TimeEvent[],
): SeriesChanges[] {
  if (events.length === 0) return [];
  const all = series.map((each, i) => ({ series: each, changes: changes[i] ?? [] }));
  const named = all.filter((each) => events.some((event) => relationOf(event, each.series) === 'own'));
  return [...named, ...all.filter((each) => !named.includes(each))].slice(0, MOST_HISTORY);
}

/** The effect while the event lasts; null where it is not within the series. */
function effectOn(
  series: Series,
  event: TimeEvent,
  all: readonly Series[],
  events: readonly TimeEvent[],
): EffectFinding | null {
  const at = periodOf(series, event.date);
  if (at === null || at === 0) return null;
  const last = event.dateTo === null ? null : periodOf(series, event.dateTo);
  const end = last === null ? series.dates.length : last + 1;
  const rivals = events.filter(({ key }) => Object.keys(key).length > 0);
  const during = rivals.filter((other) => isDuring(other, series, at, end));
  const controls: Series[] = [];
  for (const other of all) {
    if (controls.length === MOST_CONTROLS) break;
    if (other !== series && during.every((each) => relationOf(each, other) !== 'own')) controls.push(upTo(other, end));
  }
  const concernsAll = Object.keys(event.key).length === 0;
  const effect = estimateEffect(upTo(series, end), concernsAll ? [] : controls, at);
  return { event, at, end, effect, beside: besideOf(event, at, series, events) };
}

function besideOf(event: TimeEvent, at: number, series: Series, events: readonly TimeEvent[]): string[] {
  const near = events.filter((other) => {
    const first = other === event ? null : periodOf(series, other.date);
    const mayMove = relationOf(other, series) !== 'other' || other.direction === 'down';
    return mayMove && !isRivalOf(other, series) && first !== null && Math.abs(first - at) <= NEAR;
  });
  return [...new Set(near.map(({ name }) => name))].filter((name) => name !== event.name);
}

/** Whether another event lasts into the periods that an effect is measured over. */
function isDuring(event: TimeEvent, series: Series, at: number, end: number): boolean {
  const first = periodOf(series, event.date);
  const last = event.dateTo === null ? series.dates.length - 1 : periodOf(series, event.dateTo);
  return (first ?? 0) < end && (last ?? series.dates.length - 1) >= at;
}

function upTo(series: Series, end: number): Series {
  if (end >= series.dates.length) return series;
  return { ...series, dates: series.dates.slice(0, end), values: series.values.subarray(0, end) };
}
