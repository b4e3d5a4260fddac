/** Effects of events as rows and sentences. */
import type { TrendRow } from '../../rows/trend.js';
import { moved } from './change-rows.js';
import { type FindingOrigin, findingRow, subjectOf } from './finding-row.js';
import type { Series } from './series.js';
import type { EffectFinding, Study } from './study.js';
import { capital, dayInWords, inWords, listInWords, percent, probability } from './words.js';

/** What rows of an effect, and a summary of one, tell of it. */
export function effectColumns({ effect, event }: Pick<EffectFinding, 'effect' | 'event'>) {
  return {
    absoluteEffect: effect.absolute,
    relativeEffect: effect.relative,
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
  const { event, at, end } = finding;
  return findingRow({
    source: event.source,
    finding: 'effect',
    ...series.key,
    date: event.date,
    dateFrom: series.dates[at] ?? null,
    dateTo: series.dates[end - 1] ?? null,
    ...effectColumns(finding),
    message: effectSentence(series, finding, value),
  });
}

export function effectSentence(
  series: Series,
  { event, effect, beside }: Pick<EffectFinding, 'event' | 'effect' | 'beside'>,
  value: string,
): string {
  const subject = subjectOf(value, series);
  const name = `${event.name} (${dayInWords(event.date)})`;
  const { absolute, lower, upper, relative, p, verdict } = effect;
  const others = beside.length === 0 ? '' : `; ${listInWords(beside)} came at about the same time`;
  const reasons = effect.reasons.length === 0 ? '' : `: ${effect.reasons.join('; ')}`;
  if (absolute === null || lower === null || upper === null)
    return `What ${name} did to ${subject} cannot be told${reasons}.`;
  if (verdict === 'effect') {
    return `${capital(subject)} ${moved({ absolute, relative, lower, upper })} through ${name}${p === null ? '' : `, ${probability(p)}`}${others}.`;
  }
  const largest = Math.max(Math.abs(lower), Math.abs(upper));
  const unit = relative === null || absolute === 0 ? null : relative / absolute;
  const limit = unit === null ? inWords(largest) : percent(Math.abs(largest * unit));
  if (verdict === 'no effect') return `${capital(name)} had no effect on ${subject} larger than ${limit}.`;
  return `Whether ${name} had an effect on ${subject} cannot be told: anything up to ${limit} is possible.`;
}
