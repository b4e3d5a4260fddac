/** Effects of events as rows and sentences. */
import type { TrendRow } from '../../rows/trend.js';
import { moved, shareOf } from './change-rows.js';
import type { EffectFinding } from './event-effects.js';
import { eventDate, sentenceName } from './event-words.js';
import { type FindingOrigin, findingRow, subjectOf } from './finding-row.js';
import type { PooledEffect } from './pooled-effects.js';
import { nameOf } from './regular.js';
import type { Frequency, Series } from './series.js';
import type { Study } from './study.js';
import { capital, inWords, listInWords, percent, periodNoun, probability } from './words.js';

/** What rows of an effect, and a summary of one, tell of it. */
export function effectColumns({ effect, event }: Pick<EffectFinding, 'effect' | 'event'>) {
  return {
    absoluteEffect: effect.absolute,
    relativeEffect: shareOf(effect),
    cumulativeEffect: effect.cumulative,
    lower: effect.lower,
    upper: effect.upper,
    p: effect.p,
    verdict: effect.verdict,
    method: effect.method,
    event: event.name,
    page: event.page,
    quote: event.quote,
  };
}

export function effectRow(
  { series }: Pick<Study, 'series'>,
  finding: EffectFinding,
  { value }: FindingOrigin,
): TrendRow {
  return rowOf(series, finding, effectSentence(series, finding, value));
}

function rowOf(series: Series, finding: EffectFinding, message: string): TrendRow {
  const { event, at, end } = finding;
  return findingRow({
    source: event.source,
    finding: 'effect',
    ...series.key,
    date: event.date,
    dateFrom: series.dates[at] ?? null,
    dateTo: series.dates[end - 1] ?? null,
    ...effectColumns(finding),
    message,
  });
}

export function effectSentence(series: Series, finding: Told, value: string): string {
  return sentenceOf(subjectOf(value, series), series.frequency, finding);
}

/** What a sentence needs of an effect. */
type Told = Pick<EffectFinding, 'event' | 'effect' | 'beside'>;

function sentenceOf(subject: string, frequency: Frequency, { event, effect, beside }: Told, more = ''): string {
  const others = listInWords(beside);
  const own = sentenceName(event);
  const together = others === '' ? own : `${own} with ${others}`;
  const date = eventDate(event, frequency);
  const name = `${together} (${date})`;
  const { absolute, lower, upper, p, verdict, weights, method } = effect;
  const relative = shareOf(effect);
  const reasons = effect.reasons.length === 0 ? '' : `: ${effect.reasons.join('; ')}`;
  if (absolute === null || lower === null || upper === null)
    return `What ${name} did to ${subject} cannot be told${reasons}.`;
  const chance = p === null ? '' : `, ${probability(p)}`;
  const basis = weights.length > 0 && method !== 'structural-model' ? 'untreated series' : 'its own past';
  const size = `${capital(subject)} ${moved({ absolute, relative, lower, upper })}`;
  const when = event.dateTo === null ? 'after' : 'during';
  if (verdict === 'effect') return `${size} ${when} ${name}${more}, compared with ${basis}${chance}.`;
  if (verdict === 'confounded') {
    return `${size} when ${own} and ${others} came (${date}), compared with ${basis}${chance}: which of them did it cannot be told.`;
  }
  const farthest = Math.max(Math.abs(lower), Math.abs(upper));
  // `no effect` tells what was tested
  const largest = verdict === 'no effect' ? (effect.limit ?? farthest) : farthest;
  const unit = relative === null || absolute === 0 ? null : relative / absolute;
  const limit = unit === null ? inWords(largest) : percent(Math.abs(largest * unit));
  if (verdict === 'no effect') return `${capital(name)} had no effect on ${subject} larger than ${limit}.`;
  return `Whether ${name} had an effect on ${subject} cannot be told: anything up to ${limit} is possible.`;
}

/** The effect on several series together. */
export function pooledRow(pooled: PooledEffect, { value }: FindingOrigin): TrendRow {
  return rowOf(pooled.series, pooled.finding, pooledSentence(pooled, value));
}

function pooledSentence({ series, members, finding }: PooledEffect, value: string): string {
  const { absolute, cumulative } = finding.effect;
  const sizes =
    absolute === null || cumulative === null
      ? ''
      : `: ${inWords(Math.abs(absolute))} a ${periodNoun(series.frequency)} in each, ${inWords(Math.abs(cumulative))} in all`;
  return sentenceOf(pooledSubject({ series, members }, value), series.frequency, finding, sizes);
}

/** `units of Nuvela (north and centre) together`: what the series share, and what tells them apart. */
export function pooledSubject({ series, members }: Pick<PooledEffect, 'series' | 'members'>, value: string): string {
  const isShared = (column: string): boolean => Object.hasOwn(series.key, column);
  const own = members.map(({ key }) =>
    nameOf({ key: Object.fromEntries(Object.entries(key).filter(([column]) => !isShared(column))) }),
  );
  const names = own.length > 3 ? `${own.length} series` : listInWords(own);
  const isAny = Object.keys(series.key).length > 0;
  return isAny ? `${value} of ${nameOf(series)} (${names}) together` : `${value} of ${names} together`;
}
