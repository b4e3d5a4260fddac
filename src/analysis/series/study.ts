/** All that is found in one series: changes, effects of events, and explanations. */
import { type Claim, claimsOf } from './claims.js';
import { type EffectFinding, effectOfClaim } from './event-effects.js';
import type { SeriesChanges } from './event-record.js';
import { isAsked, relationOf } from './event-time.js';
import { type Explanation, explain } from './explain.js';
import { type PooledEffect, pooledEffects } from './pooled-effects.js';
import type { ChangePoint, Series, TimeEvent } from './series.js';

/** Values that findings need at least. */
const FEWEST = 8;
/** Series whose changes tell what events of a kind did before. */
const MOST_HISTORY = 200;

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

/** What is found in all series. */
export interface Studies {
  /** In the order of the series. */
  readonly studies: readonly Study[];
  /** Effects on several series together. */
  readonly pooled: readonly PooledEffect[];
  /** Effects that were not estimated. */
  readonly effectsLeft: number;
}

/** Studies of all series, from the changes found in each. */
export function studySeries(
  series: readonly Series[],
  changes: readonly (readonly ChangePoint[])[],
  events: readonly TimeEvent[],
  { mostEffects }: StudySettings,
): Studies {
  const history = historyOf(series, changes, events);
  const scene = { all: series, events };
  let room = mostEffects;
  let effectsLeft = 0;
  // what was asked for has its answer, however many other events there are
  const asked = events.filter(isAsked);
  const reserved = series.filter((each) => asked.some((event) => relationOf(event, each) !== 'other')).length;
  let reserve = Math.min(mostEffects, reserved);
  const studies = series.map((each, i): Study => {
    const obstacle = obstacleOf(each);
    const found = changes[i] ?? [];
    const own = events.filter((event) => !isRivalOf(event, each));
    const explained = found.map((change): ExplainedChange => {
      return { change, explanations: events.length === 0 ? [] : explain(each, change, own, history) };
    });
    const claims = obstacle === null ? claimsOf(each, own) : [];
    const told: Claim[] = [];
    for (const claim of claims) {
      const isWanted = isAsked(claim.event);
      if (isWanted) reserve = Math.max(0, reserve - 1);
      if (room > (isWanted ? 0 : reserve)) {
        room -= 1;
        told.push(claim);
      } else {
        effectsLeft += 1;
      }
    }
    const effects = told.map((claim) => effectOfClaim(each, claim, found, scene));
    return { series: each, obstacle, changes: explained, effects };
  });
  return { studies, pooled: pooledEffects(studies, scene), effectsLeft };
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
