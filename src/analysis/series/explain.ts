import {
  type KindRecord,
  kindOf,
  LAG_WINDOW,
  outcomesOf,
  recordOf,
  type SeriesChanges,
  unexplainedRate,
} from './event-record.js';
import { type Candidate, candidatesFor } from './event-time.js';
import type { ChangePoint, Series, TimeEvent } from './series.js';

/** Which events may have caused a change. */

export type ExplanationVerdict = 'likely' | 'possible' | 'confounded' | 'unexplained';

export interface Explanation {
  readonly verdict: ExplanationVerdict;
  /** Null where the change is unexplained; with its source, page and quote. */
  readonly event: TimeEvent | null;
  /** Whether its beginning or its end may have caused the change. */
  readonly phase: 'start' | 'end' | null;
  /** Periods from the event to the change. */
  readonly lag: number | null;
  /** Share of the belief that this, and not another event or something unrecorded, is the cause. */
  readonly share: number;
  /** Probability that chance alone puts an event that near, times the number of events that were tried (Holm 1979). */
  readonly chance: number | null;
  /** Earlier events of the kind, and how many of them were followed by a change that way. */
  readonly before: { readonly events: number; readonly followed: number };
}

/** Shares of the changes that begin 0, 1, 2 and 3 periods after their cause. */
const LAGS = [0.62, 0.25, 0.09, 0.04] as const;
/** Of the belief about when a change began that lies on the estimated period; the rest is spread over its interval. */
const ON_INDEX = 0.6;
/** Contrary to what the event is said to do, and agreeing with it. */
const [CONTRARY, AGREEING, UNKNOWN] = [0.005, 0.95, 0.5];
/** A spike after a lasting event or the other way round, and as expected. */
const [MISMATCH, MATCH] = [0.15, 0.85];
/** An event that names no series says less than one that names this one. */
const UNNAMED = 0.3;
/** Beliefs that make a cause likely, and those of rivals that make it confounded. */
const LIKELY = 0.75;
const RIVAL = 0.2;
/** Events with less of the belief are not worth a row; where no agreeing one has more than this, none explains the change. */
const LEAST_SHARE = 0.01;
const UNEXPLAINED_BELOW = 0.2;
/** How probable by chance, at most, a likely cause may be. */
const MOST_CHANCE = 0.25;
/** Kinds that last, though they have no end. */
const LASTING = new Set(['launch', 'listing', 'delisting', 'price', 'competitor', 'opening', 'closing']);
/** Periods that a short event lasts at most. */
const SHORT = 4;

interface Weighed {
  readonly candidate: Candidate;
  readonly weight: number;
  readonly isContrary: boolean;
  readonly lag: number;
  readonly record: KindRecord;
  readonly chance: number;
}

/**
 * Causes of `change`, the likeliest first: the events in its window, weighed by lag, direction, duration and by what
 * events of their kind did before, against the rate of changes that no event explains. An event after the change is
 * none. Two that cannot be told apart are `confounded`; without any the one row is `unexplained`.
 */
export function explain(
  series: Series,
  change: ChangePoint,
  events: readonly TimeEvent[],
  history: readonly SeriesChanges[],
): readonly Explanation[] {
  const way = change.absolute > 0 ? 'up' : 'down';
  const all = candidatesFor(events, series);
  const agreeing = all.filter(({ direction }) => direction === null || direction === way);
  const outcomes = outcomesOf(events, history, { series, change });
  const weighed = levelled(
    distinct(
      all.flatMap((candidate) => {
        const timing = timingOf(candidate.index, change);
        if (timing === 0) return [];
        const record = recordOf(candidate, series, outcomes);
        return [weigh(candidate, change, { timing, record, density: agreeing.length / series.dates.length })];
      }),
    ),
  );
  const rate = unexplainedRate(events, history) * 0.5 * 0.5;
  const total = weighed.reduce((sum, { weight }) => sum + weight, rate);
  const ranked = weighed.sort((a, b) => b.weight - a.weight);
  const chances = holm(ranked.map(({ chance, isContrary }) => (isContrary ? null : chance)));
  const explanations = ranked.map((found, i) => explanationOf(found, total, chances[i] ?? 1, change));
  const verdicts = verdictsOf(ranked, explanations, change);
  const isExplained = ranked.some(({ isContrary, weight }) => !isContrary && weight / total > UNEXPLAINED_BELOW);
  if (!isExplained) return [UNEXPLAINED];
  return explanations
    .map((explanation, i) => ({ ...explanation, verdict: verdicts[i] ?? 'possible' }))
    .filter(({ share }) => share > LEAST_SHARE);
}

const UNEXPLAINED: Explanation = {
  verdict: 'unexplained',
  event: null,
  phase: null,
  lag: null,
  share: 0,
  chance: null,
  before: { events: 0, followed: 0 },
};

/** Of events of one kind that begin together, such as two products of one offer, the first stands for all. */
function distinct(weighed: readonly Weighed[]): Weighed[] {
  const seen = new Map<string, Weighed>();
  for (const found of weighed) {
    const { index, phase, relation } = found.candidate;
    const id = `${kindOf(found.candidate)}\u0000${index}\u0000${phase}\u0000${relation}`;
    const old = seen.get(id);
    if (old === undefined || found.weight > old.weight) seen.set(id, found);
  }
  return [...seen.values()];
}

/**
 * Of events that begin together and of whose kinds nothing is known but the name, each has the mean of their weights: the
 * data cannot tell them apart.
 */
function levelled(weighed: readonly Weighed[]): Weighed[] {
  const isAlike = (one: Weighed, other: Weighed): boolean =>
    [one, other].every(({ isContrary, record }) => !isContrary && record.events === 0) &&
    one.candidate.index === other.candidate.index &&
    one.candidate.phase === other.candidate.phase &&
    one.candidate.relation === other.candidate.relation &&
    one.candidate.length === other.candidate.length &&
    one.candidate.event.direction === other.candidate.event.direction;
  return weighed.map((found) => {
    const alike = weighed.filter((other) => other === found || isAlike(found, other));
    return { ...found, weight: alike.reduce((sum, { weight }) => sum + weight, 0) / alike.length };
  });
}

/** What the weight of an event rests on, beside what the change and it are. */
interface Evidence {
  readonly timing: number;
  readonly record: KindRecord;
  /** Events a period that may have moved the series that way. */
  readonly density: number;
}

function weigh(candidate: Candidate, change: ChangePoint, { timing, record, density }: Evidence): Weighed {
  const isUp = change.absolute > 0;
  const followed = isUp ? record.up : record.down;
  const isContrary = candidate.direction !== null && (candidate.direction === 'up') !== isUp;
  const said = candidate.direction === null ? (followed + 1) / (record.up + record.down + 2) : AGREEING;
  const direction = isContrary ? CONTRARY : candidate.direction === null ? Math.max(said, UNKNOWN / 5) : said;
  const moved = (Math.max(record.up, record.down) + 1) / (record.events + 2);
  const relation = candidate.relation === 'all' && candidate.direction === null ? UNNAMED : 1;
  const reach = Math.max(0, change.index - candidate.index) + (change.to - change.from) + 1;
  return {
    candidate,
    weight: moved * direction * timing * durationFit(candidate, change) * relation,
    isContrary,
    lag: change.index - candidate.index,
    record,
    chance: -Math.expm1(-density * reach),
  };
}

/** How well the event's date agrees with the change's: its lag, over the interval in which the change began. */
function timingOf(start: number, { index, from, to }: ChangePoint): number {
  let sum = 0;
  for (let began = from; began <= to; began += 1) {
    const belief = (began === index ? ON_INDEX : 0) + (1 - ON_INDEX) / (to - from + 1);
    sum += belief * (LAGS[began - start] ?? 0);
  }
  return start > to || start < from - LAG_WINDOW ? 0 : sum;
}

/** Spikes come of short events, levels and slopes of lasting ones, or of the end of short ones that last for a while. */
function durationFit({ event, length, phase }: Candidate, change: ChangePoint): number {
  if (change.kind === 'spike') {
    if (phase === 'end') return MISMATCH;
    if (length !== null) return length <= Math.max(SHORT, (change.length ?? 1) + 1) ? MATCH : MISMATCH;
    return LASTING.has(event.kind ?? '') ? MISMATCH : UNKNOWN;
  }
  if (length !== null) return length > SHORT - 1 ? MATCH : length > 1 ? UNKNOWN : MISMATCH;
  return LASTING.has(event.kind ?? '') ? MATCH : UNKNOWN;
}

/** Adjusted p-values (Holm 1979) in the order given; what was not tried is null and stays 1. */
function holm(values: readonly (number | null)[]): number[] {
  const tried = values.flatMap((value, place) => (value === null ? [] : [{ value, place }]));
  const adjusted = values.map(() => 1);
  let highest = 0;
  tried
    .sort((a, b) => a.value - b.value)
    .forEach(({ value, place }, rank) => {
      highest = Math.max(highest, Math.min(1, value * (tried.length - rank)));
      adjusted[place] = highest;
    });
  return adjusted;
}

function explanationOf(found: Weighed, total: number, chance: number, change: ChangePoint): Explanation {
  const { candidate, weight, lag, record } = found;
  return {
    verdict: 'possible',
    event: candidate.event,
    phase: candidate.phase,
    lag,
    share: weight / total,
    chance,
    before: { events: record.events, followed: change.absolute > 0 ? record.up : record.down },
  };
}

/** Words for the ranked causes. */
function verdictsOf(
  ranked: readonly Weighed[],
  explanations: readonly Explanation[],
  change: ChangePoint,
): ExplanationVerdict[] {
  const [first] = explanations;
  const [best] = ranked;
  if (first === undefined || best === undefined) return [];
  const rivals = explanations.filter(({ share }) => share >= RIVAL * first.share && share > 0.05);
  const together = rivals.reduce((sum, { share }) => sum + share, 0);
  if (rivals.length > 1 && together >= LIKELY) {
    return explanations.map((explanation) => (rivals.includes(explanation) ? 'confounded' : 'possible'));
  }
  const isLikely =
    first.share >= LIKELY &&
    (first.chance ?? 1) <= MOST_CHANCE &&
    !best.isContrary &&
    best.candidate.index <= change.index;
  return explanations.map((_, i) => (i === 0 && isLikely ? 'likely' : 'possible'));
}
