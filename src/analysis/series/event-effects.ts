/** Effects of events on one series, each measured where no other event is in its way. */
import { type Claim, listed, named } from './claims.js';
import { estimateEffect } from './effect.js';
import { cannotTell } from './effect-task.js';
import { periodOf, relationOf } from './event-time.js';
import type { ChangePoint, Effect, Series, TimeEvent } from './series.js';
import { periodInWords } from './words.js';

export interface EffectFinding {
  readonly event: TimeEvent;
  /** First period after the event, and the one after its last. */
  readonly at: number;
  readonly end: number;
  readonly effect: Effect;
  /** Names of events that are measured with it. */
  readonly beside: readonly string[];
}

/** Where effects are looked for. */
export interface EffectScene {
  readonly all: readonly Series[];
  readonly events: readonly TimeEvent[];
}

/** Untreated series beyond these add time and no certainty. */
const MOST_CONTROLS = 200;
/** Periods before an event in which a change of the series is tested: it may be what the event seems to do. */
const RECENT = 8;
/** A change before the event that is smaller than this share of the effect leaves it as it is. */
const SMALL = 0.25;
/** A move the other way hides an effect rather than feigns one, unless the effect may be its end: then it is no smaller. */
const OPPOSED = 0.7;
/** Periods from an earlier event to the change that it brought. */
const LAG = 3;

/** The effect while the event lasts, as far as the data can tell it from other events and from earlier changes. */
export function effectOfClaim(
  series: Series,
  claim: Claim,
  changes: readonly ChangePoint[],
  scene: EffectScene,
): EffectFinding {
  const { event, at, end, wholeEnd, companions, obstacle } = claim;
  const finding = { event, at, end, beside: companions.map(({ name }) => name) };
  if (obstacle === null) {
    const { effect, together } = measuredEffect(series, claim, changes, scene);
    const beside = together.map(({ name }) => name).filter((name) => name !== event.name);
    const found = { ...finding, beside: [...new Set([...finding.beside, ...beside])], effect };
    if (effect.verdict !== 'cannot tell' || end === wholeEnd) return found;
    return quietEffect(series, claim, scene) ?? found;
  }
  return quietEffect(series, claim, scene) ?? { ...finding, effect: cannotTell([obstacle]) };
}

/** Where nothing happened in all of its time, other events do not matter; null where something may have. */
function quietEffect(series: Series, claim: Claim, scene: EffectScene): EffectFinding | null {
  const { event, at, wholeEnd: end } = claim;
  const controls = controlsOf(series, { ...claim, end }, scene);
  const cut = (one: Series) => between(one, 0, end);
  const effect = estimateEffect(cut(series), controls.map(cut), at);
  return effect.verdict === 'no effect' ? { event, at, end, beside: [], effect } : null;
}

function controlsOf(series: Series, claim: Claim, scene: EffectScene): Series[] {
  return Object.keys(claim.event.key).length === 0 ? [] : untreatedSeries(series, claim, scene);
}

/** The effect, and the events that may as well have brought it. */
function measuredEffect(series: Series, claim: Claim, changes: readonly ChangePoint[], scene: EffectScene) {
  const { at, end, hidden } = claim;
  const controls = controlsOf(series, claim, scene);
  const start = startOf(claim, changes, controls.length > 0);
  const cut = (one: Series) => between(one, start, end);
  const effect = estimateEffect(cut(hide(series, hidden)), controls.map(cut), at - start);
  const obstacle = movedBefore(series, claim, changes, effect, (from) => {
    const before = (one: Series) => between(one, start, at);
    const known = hide(series, new Set([...hidden].filter((t) => t < from)));
    return from <= start ? null : estimateEffect(before(known), controls.map(before), from - start);
  });
  if (obstacle !== null) return { effect: cannotTell([obstacle]), together: [] };
  const together = [...claim.together, ...((effect.absolute ?? 0) < 0 ? claim.rivals : [])];
  const others = together.length === 0 ? [] : [`${listed(together)} cannot be told from it`];
  const verdict = effect.verdict === 'effect' && together.length > 0 ? 'confounded' : effect.verdict;
  const reasons = [...others, ...claim.notes, ...effect.reasons];
  return { effect: { ...padded(effect, start), verdict, reasons } satisfies Effect, together };
}

/** Series that no event names during the time of the claim. */
export function untreatedSeries(
  series: Pick<Series, 'dates' | 'frequency' | 'key'>,
  { at, end }: Pick<Claim, 'at' | 'end'>,
  { all, events }: EffectScene,
  treated: readonly Series[] = [],
): Series[] {
  const during = events
    .filter(({ key }) => Object.keys(key).length > 0)
    .filter((other) => isDuring(other, series, at, end));
  const isUntreated = (other: Series) => {
    return other !== series && !treated.includes(other) && during.every((each) => relationOf(each, other) !== 'own');
  };
  return all.filter(isUntreated).slice(0, MOST_CONTROLS);
}

/** Whether an event lasts into the periods that an effect is measured over. */
function isDuring(
  event: TimeEvent,
  series: Pick<Series, 'dates' | 'frequency' | 'key'>,
  at: number,
  end: number,
): boolean {
  const whole = { ...series, values: new Float64Array(0) };
  const first = periodOf(whole, event.date);
  const last = event.dateTo === null ? series.dates.length - 1 : periodOf(whole, event.dateTo);
  return (first ?? 0) < end && (last ?? series.dates.length - 1) >= at;
}

/**
 * The first period that is compared with: where a lasting event changed the series for good a good while before, the time
 * from then on, as far as there are untreated series to compare with.
 */
function startOf({ at, earlier }: Claim, changes: readonly ChangePoint[], hasControls: boolean): number {
  if (!hasControls) return 0;
  const starts = earlier
    .filter((other) => other.at <= at - RECENT)
    .flatMap((other) =>
      changes.filter(
        ({ kind, index, to }) => kind !== 'spike' && to < at && index >= other.at && index <= other.at + LAG,
      ),
    )
    .map(({ index }) => index)
    .filter((index) => index <= at - RECENT);
  return Math.max(0, ...starts);
}

/** Why the effect is none of the event's: the series had moved by as much shortly before. */
function movedBefore(
  series: Series,
  { at, earlier }: Claim,
  changes: readonly ChangePoint[],
  effect: Effect,
  placeboAt: (from: number) => Effect | null,
): string | null {
  if (effect.absolute === null) return null;
  const isRecent = (from: number) => from < at && from >= at - RECENT;
  // one that may have begun at the event is no earlier one
  const found = changes
    .filter(({ kind, index, to }) => kind === 'level' && isRecent(index) && to < at)
    .map(({ index }) => index);
  for (const from of new Set([...found, ...earlier.map((other) => other.at).filter(isRecent)])) {
    const placebo = placeboAt(from);
    if (placebo?.verdict !== 'effect') continue;
    const size = (placebo.absolute ?? 0) / effect.absolute;
    if (size < SMALL && size > -OPPOSED) continue;
    const cause = earlier.find((other) => other.at <= from && other.at >= from - LAG);
    const when = periodInWords(series.dates[from] ?? '', series.frequency);
    const also = cause === undefined ? '' : `, when ${named(cause.event)} was new`;
    return `the series had moved before it, from ${when}${also}`;
  }
  return null;
}

function hide(series: Series, hidden: ReadonlySet<number>): Series {
  if (hidden.size === 0) return series;
  return { ...series, values: series.values.map((value, t) => (hidden.has(t) ? Number.NaN : value)) };
}

/** The periods from `start` to `end`, exclusive. */
export function between(series: Series, start: number, end: number): Series {
  if (start === 0 && end >= series.dates.length) return series;
  return { ...series, dates: series.dates.slice(start, end), values: series.values.subarray(start, end) };
}

/** With the periods before `start`, of which nothing is known. */
function padded(effect: Effect, start: number): Effect {
  if (start === 0 || effect.counterfactual.length === 0) return effect;
  const pad = (values: Float64Array) => Float64Array.from([...new Float64Array(start).fill(Number.NaN), ...values]);
  return { ...effect, counterfactual: pad(effect.counterfactual), low: pad(effect.low), high: pad(effect.high) };
}
