/** The answer in one sentence. */
import type { TrendRow } from '../../rows/trend.js';
import { causeClause, mainCauses } from './causes.js';
import type { EffectFinding } from './event-effects.js';
import {
  capital,
  changeSentence,
  effectColumns,
  effectSentence,
  type FindingOrigin,
  findingRow,
  pooledRow,
  TERM_FDR,
} from './finding-rows.js';
import type { PooledEffect } from './pooled-effects.js';
import type { ChangePoint } from './series.js';
import type { ExplainedChange, Studies, Study } from './study.js';
import type { TermBurst, TermTrend } from './terms.js';
import { dayInWords } from './words.js';

export interface SummarySettings extends FindingOrigin {
  /** The user asks for the effect of one event. */
  readonly asksEffect: boolean;
}

/** The finding that ends the rows. */
export function summaryRow(
  { studies, pooled }: Pick<Studies, 'studies' | 'pooled'>,
  settings: SummarySettings,
): TrendRow {
  const [together] = [...pooled].sort((one, other) => (one.finding.effect.p ?? 2) - (other.finding.effect.p ?? 2));
  const effect = mainEffect(studies);
  if (settings.asksEffect && together !== undefined) return pooledSummary(together, settings);
  if (settings.asksEffect && effect !== null) return effectSummary(effect, settings);
  const best = byChange(studies)[0];
  const change = best === undefined ? null : largestChange(best);
  if (best !== undefined && change !== null) return changeSummary(best, change, settings);
  if (together?.finding.effect.verdict === 'effect') return pooledSummary(together, settings);
  if (effect !== null && effect.finding.effect.verdict === 'effect') return effectSummary(effect, settings);
  return quietSummary(studies, settings);
}

interface StudiedEffect {
  readonly study: Study;
  readonly finding: EffectFinding;
}

/** The surest effect. */
function mainEffect(studies: readonly Study[]): StudiedEffect | null {
  let best: StudiedEffect | null = null;
  for (const study of studies) {
    for (const finding of study.effects) {
      if (best === null || (finding.effect.p ?? 2) < (best.finding.effect.p ?? 2)) best = { study, finding };
    }
  }
  return best;
}

function effectSummary({ study, finding }: StudiedEffect, { source, value }: SummarySettings): TrendRow {
  return findingRow({
    source,
    finding: 'summary',
    ...study.series.key,
    date: finding.event.date,
    ...effectColumns(finding),
    message: effectSentence(study.series, finding, value),
  });
}

function pooledSummary(effect: PooledEffect, { source, value }: SummarySettings): TrendRow {
  return { ...pooledRow(effect, { source, value }), source, finding: 'summary' };
}

/** The effect of the event that is the likely cause of a change, where it says the same: it is the better measured. */
function effectOfCause({ effects }: Study, { change, explanations }: ExplainedChange): ChangePoint | null {
  const [first] = explanations;
  if (first?.verdict !== 'likely' || first.phase !== 'start' || change.kind === 'slope') return null;
  const found = effects.find(({ event }) => event === first.event)?.effect;
  if (found === undefined || found.verdict !== 'effect') return null;
  const { absolute, relative, lower, upper, p } = found;
  if (absolute === null || lower === null || upper === null || p === null) return null;
  if (Math.sign(absolute) !== Math.sign(change.absolute)) return null;
  return { ...change, absolute, relative, lower, upper, p };
}

function changeSummary(study: Study, explained: ExplainedChange, { source, value }: SummarySettings): TrendRow {
  const { series } = study;
  const { explanations } = explained;
  const measured = effectOfCause(study, explained);
  const change = measured ?? explained.change;
  const event = mainCauses(explanations)[0]?.event ?? null;
  const clause = causeClause(explanations);
  return findingRow({
    source: event?.source ?? source,
    finding: 'summary',
    ...series.key,
    kind: change.kind,
    date: series.dates[change.index] ?? null,
    dateFrom: series.dates[change.from] ?? null,
    dateTo: series.dates[change.to] ?? null,
    absoluteEffect: change.absolute,
    relativeEffect: change.relative,
    lower: change.lower,
    upper: change.upper,
    p: change.p,
    verdict: explanations[0]?.verdict ?? 'effect',
    event: event?.name ?? null,
    page: event?.page ?? null,
    quote: event?.quote ?? null,
    message: changeSentence(series, change, value).replace(/\.$/, `${clause}.`),
  });
}

function quietSummary(studies: readonly Study[], { source, value }: SummarySettings): TrendRow {
  const usable = studies.filter(({ obstacle }) => obstacle === null).length;
  const [only] = studies.length === 1 ? studies : [];
  const verdict = usable === 0 ? 'cannot tell' : 'no effect';
  const where = studies.length === 1 ? '' : ` in ${usable} series`;
  const cause = only?.obstacle ? `: ${only.obstacle}` : '';
  const message =
    usable === 0 ? `Nothing can be said of ${value}${cause}.` : `No change of ${value} was found${where}.`;
  return findingRow({ source, finding: 'summary', verdict, message });
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

/** The answer where there are terms only. */
export function termSummaryRow(
  source: string,
  findings: readonly { readonly trends: readonly TermTrend[]; readonly bursts: readonly TermBurst[] }[],
): TrendRow {
  const trends = findings.flatMap((finding) => finding.trends.filter(({ q }) => q <= TERM_FDR));
  const bursts = findings.flatMap((finding) => finding.bursts.filter(({ q }) => q <= TERM_FDR));
  const [trend] = [...trends].sort((one, other) => Math.abs(other.score) - Math.abs(one.score));
  const [burst] = [...bursts].sort((one, other) => other.weight - one.weight);
  const parts = [
    ...(trend === undefined ? [] : [`"${trend.term}" is ${trend.kind} most clearly`]),
    ...(burst === undefined
      ? []
      : [`"${burst.term}" bursts most, from ${dayInWords(burst.from)} to ${dayInWords(burst.to)}`]),
  ];
  const message =
    parts.length === 0 ? 'No term rises, falls or bursts more than chance explains.' : `${capital(parts.join('; '))}.`;
  const verdict = parts.length === 0 ? 'no effect' : 'effect';
  return findingRow({ source, finding: 'summary', verdict, event: burst?.term ?? trend?.term ?? null, message });
}
