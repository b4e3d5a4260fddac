/** The answer in one sentence. */
import type { TrendRow } from '../../rows/trend.js';
import { causeClause, mainCauses } from './causes.js';
import { changeSentence, isBefore, shareOf } from './change-rows.js';
import { effectColumns, effectSentence, pooledRow } from './effect-rows.js';
import type { EffectFinding } from './event-effects.js';
import { relationOf } from './event-time.js';
import { type FindingOrigin, findingRow } from './finding-row.js';
import type { PooledEffect } from './pooled-effects.js';
import type { ChangePoint, Effect, TimeEvent } from './series.js';
import type { ExplainedChange, Studies, Study } from './study.js';
import { burstSpan, TERM_FDR } from './term-rows.js';
import type { TermBurst, TermTrend } from './terms.js';
import { capital, dayInWords, listInWords } from './words.js';

export interface SummarySettings extends FindingOrigin {
  /** The event whose effect the user asks for, once for each series that is named. */
  readonly asked: readonly TimeEvent[];
}

/** What a summary tells of. */
export interface Told {
  /** The series, the one whose figures are told first; empty where nothing was found. */
  readonly studies: readonly Study[];
  /** The effect whose figures are told; null where they are those of a change. */
  readonly effect: EffectFinding | null;
  /** Where that effect is one on several series together. */
  readonly pooled: PooledEffect | null;
}

export interface Answer {
  readonly row: TrendRow;
  readonly told: Told;
}

const NOTHING_TOLD: Told = { studies: [], effect: null, pooled: null };

/** The main answer for series: what the event did that was asked for, else what changed. */
export function summaryOf({ studies, pooled }: Pick<Studies, 'studies' | 'pooled'>, settings: SummarySettings): Answer {
  if (settings.asked.length > 0) return askedSummary({ studies, pooled }, settings);
  const best = byChange(studies)[0];
  const change = best === undefined ? null : largestChange(best);
  if (best !== undefined && change !== null) return changeSummary(best, change, settings);
  const together = surest(pooled);
  if (together?.finding.effect.verdict === 'effect') return pooledSummary(together, studies, settings);
  const effect = surest(effectsOf(studies));
  if (effect?.finding.effect.verdict === 'effect') return effectSummary(effect, settings);
  return quietSummary(studies, settings);
}

interface StudiedEffect {
  readonly study: Study;
  readonly finding: EffectFinding;
}

function effectsOf(studies: readonly Study[]): StudiedEffect[] {
  return studies.flatMap((study) => study.effects.map((finding) => ({ study, finding })));
}

function surest<T extends { readonly finding: EffectFinding }>(effects: readonly T[]): T | null {
  const chance = ({ finding }: T): number => finding.effect.p ?? 2;
  return effects.reduce<T | null>((best, one) => (best === null || chance(one) < chance(best) ? one : best), null);
}

/** What one event did: to its series together or to the only one, and to how many of them. */
function askedSummary({ studies, pooled }: Pick<Studies, 'studies' | 'pooled'>, settings: SummarySettings): Answer {
  const isOfAsked = ({ finding }: { readonly finding: EffectFinding }): boolean =>
    settings.asked.includes(finding.event);
  const concerned = studies.filter(({ series }) =>
    settings.asked.some((event) => relationOf(event, series) !== 'other'),
  );
  const found = effectsOf(concerned).filter(isOfAsked);
  const best = surest(found);
  // what some of them did together says nothing of the others
  const together = surest(pooled.filter((one) => isOfAsked(one) && one.members.length === concerned.length));
  if (best === null) return { row: withoutEffect(concerned, settings), told: { ...NOTHING_TOLD, studies: concerned } };
  const { row, told } =
    together === null ? effectSummary(best, settings) : pooledSummary(together, concerned, settings);
  const others = concerned.filter((study) => !told.studies.includes(study));
  return {
    row: { ...row, message: withCounts(row, found, concerned) },
    told: { ...told, studies: [...told.studies, ...others] },
  };
}

/** The sentence of one series or of all together, with what the event did in how many of them. */
function withCounts(
  { message }: TrendRow,
  found: readonly StudiedEffect[],
  { length: all }: readonly Study[],
): string | null {
  const count = (is: (effect: Effect) => boolean): number => found.filter(({ finding }) => is(finding.effect)).length;
  const [rose, fell] = [1, -1].map((way) =>
    count(({ verdict, absolute }) => verdict === 'effect' && Math.sign(absolute ?? 0) === way),
  ) as [number, number];
  // all of one kind, of which the sentence tells already
  if (all === 1 || rose === all || fell === all) return message;
  const unmoved = count(({ verdict }) => verdict === 'no effect');
  const counts = [
    [rose, 'rose'],
    [fell, 'fell'],
    [unmoved, unmoved === 1 ? 'shows no effect that matters' : 'show no effect that matters'],
    [all - rose - fell - unmoved, 'cannot be told'],
  ] as const;
  const told = counts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  return `${message?.replace(/\.$/, '')}; of the ${all} series that it concerns ${listInWords(told, told.length)}.`;
}

function withoutEffect(concerned: readonly Study[], { asked, value, source }: SummarySettings): TrendRow {
  const [event] = asked as [TimeEvent];
  const obstacle = concerned[0]?.obstacle ?? 'too little is known before it';
  return findingRow({
    source,
    finding: 'summary',
    date: event.date,
    verdict: 'cannot tell',
    event: event.name,
    message: `What ${event.name} (${dayInWords(event.date)}) did to ${value} cannot be told: ${obstacle}.`,
  });
}

function effectSummary({ study, finding }: StudiedEffect, { source, value }: SummarySettings): Answer {
  const row = findingRow({
    source,
    finding: 'summary',
    ...study.series.key,
    date: finding.event.date,
    ...effectColumns(finding),
    message: effectSentence(study.series, finding, value),
  });
  return { row, told: { studies: [study], effect: finding, pooled: null } };
}

function pooledSummary(pooled: PooledEffect, studies: readonly Study[], { source, value }: SummarySettings): Answer {
  const row: TrendRow = { ...pooledRow(pooled, { source, value }), source, finding: 'summary' };
  const members = studies.filter(({ series }) => pooled.members.includes(series));
  return { row, told: { studies: members, effect: pooled.finding, pooled } };
}

/** The effect of the event that is the likely cause of a change, where it says the same: it is the better measured. */
function effectOfCause({ effects }: Study, { change, explanations }: ExplainedChange): EffectFinding | null {
  const [first] = explanations;
  if (first?.verdict !== 'likely' || first.phase !== 'start' || change.kind === 'slope') return null;
  const found = effects.find(({ event }) => event === first.event);
  return found?.effect.verdict === 'effect' && changeOfEffect(change, found.effect) !== null ? found : null;
}

/** The change with the figures of an effect that goes the same way; null where there is none. */
export function changeOfEffect(change: ChangePoint, effect: Effect): ChangePoint | null {
  const { absolute, relative, lower, upper, p } = effect;
  if (absolute === null || lower === null || upper === null || p === null) return null;
  if (Math.sign(absolute) !== Math.sign(change.absolute)) return null;
  return { ...change, absolute, relative, lower, upper, p };
}

function changeSummary(study: Study, explained: ExplainedChange, { source, value }: SummarySettings): Answer {
  const { series } = study;
  const { explanations } = explained;
  const measured = effectOfCause(study, explained);
  const change = (measured && changeOfEffect(explained.change, measured.effect)) ?? explained.change;
  const event = mainCauses(explanations)[0]?.event ?? null;
  const clause = causeClause(explanations);
  const beginning = isBefore(change, series, event) ? 'between' : 'at';
  const row = findingRow({
    source: event?.source ?? source,
    finding: 'summary',
    ...series.key,
    kind: change.kind,
    date: series.dates[change.index] ?? null,
    dateFrom: series.dates[change.from] ?? null,
    dateTo: series.dates[change.to] ?? null,
    absoluteEffect: change.absolute,
    relativeEffect: shareOf(change),
    lower: change.lower,
    upper: change.upper,
    p: change.p,
    verdict: explanations[0]?.verdict ?? 'effect',
    event: event?.name ?? null,
    page: event?.page ?? null,
    quote: event?.quote ?? null,
    message: changeSentence(series, change, value, beginning).replace(/\.$/, `${clause}.`),
  });
  return { row, told: { studies: [study], effect: measured, pooled: null } };
}

function quietSummary(studies: readonly Study[], { source, value }: SummarySettings): Answer {
  const usable = studies.filter(({ obstacle }) => obstacle === null).length;
  const [only] = studies.length === 1 ? studies : [];
  const verdict = usable === 0 ? 'cannot tell' : 'no effect';
  const where = studies.length === 1 ? '' : ` in ${usable} series`;
  const cause = only?.obstacle ? `: ${only.obstacle}` : '';
  const message =
    usable === 0 ? `Nothing can be said of ${value}${cause}.` : `No change of ${value} was found${where}.`;
  return { row: findingRow({ source, finding: 'summary', verdict, message }), told: NOTHING_TOLD };
}

/** The change that says most of a series: lasting ones before spikes, and large sure ones before small ones. */
export function largestChange({ changes }: Study): ExplainedChange | null {
  return [...changes].sort((one, other) => weightOf(other.change) - weightOf(one.change))[0] ?? null;
}

function weightOf({ kind, absolute, relative, lower, upper }: ChangePoint): number {
  const sureness = Math.abs(absolute) / Math.max(Number.MIN_VALUE, upper / 2 - lower / 2);
  return (kind === 'level' ? 3 : 1) * Math.min(2, Math.abs(relative ?? 1)) * Math.min(5, sureness);
}

/** The most changed series first, those of equal change in their order. */
export function byChange(studies: readonly Study[]): readonly Study[] {
  const weights = new Map<Study, number>();
  for (const study of studies) {
    const largest = largestChange(study);
    weights.set(study, largest === null ? 0 : weightOf(largest.change));
  }
  return [...studies].sort((one, other) => (weights.get(other) ?? 0) - (weights.get(one) ?? 0));
}

/** What the terms say most clearly; null where none were given. */
export function termSummaryRow(
  findings: readonly {
    readonly source: string;
    readonly trends: readonly TermTrend[];
    readonly bursts: readonly TermBurst[];
  }[],
): TrendRow | null {
  const [first] = findings;
  if (first === undefined) return null;
  const trends = findings.flatMap((finding) => finding.trends.filter(({ q }) => q <= TERM_FDR));
  const bursts = findings.flatMap((finding) => finding.bursts.filter(({ q }) => q <= TERM_FDR));
  const [trend] = [...trends].sort((one, other) => Math.abs(other.score) - Math.abs(one.score));
  const [burst] = [...bursts].sort((one, other) => other.weight - one.weight);
  const parts = [
    ...(trend === undefined ? [] : [`"${trend.term}" is ${trend.kind} most clearly`]),
    ...(burst === undefined ? [] : [`"${burst.term}" bursts most, ${burstSpan(burst)}`]),
  ];
  const message =
    parts.length === 0 ? 'No term rises, falls or bursts more than chance explains.' : `${capital(parts.join('; '))}.`;
  const verdict = parts.length === 0 ? 'no effect' : 'effect';
  return findingRow({
    source: first.source,
    finding: 'summary',
    verdict,
    event: burst?.term ?? trend?.term ?? null,
    message,
  });
}
