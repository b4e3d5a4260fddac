/** Terms over time as rows and sentences. */
import type { TrendRow } from '../../rows/trend.js';
import { findingRow } from './finding-row.js';
import type { TermBurst, TermTrend } from './terms.js';
import { dayInWords, percent } from './words.js';

/** A term that is said more and more, or less and less. */
export function termTrendRow(source: string, group: string | null, trend: TermTrend): TrendRow {
  const { term, kind, slope, before, after, lift, p, q } = trend;
  const where = group === null ? '' : ` of ${group}`;
  return findingRow({
    source,
    finding: 'term',
    ...(group !== null && { group }),
    kind,
    absoluteEffect: slope,
    relativeEffect: lift - 1,
    p,
    verdict: q <= TERM_FDR ? 'effect' : 'cannot tell',
    method: 'logit-trend',
    event: term,
    message: `"${term}"${where} is ${kind}: ${percent(before)} of the texts earlier, ${percent(after)} later (${rate(q)}).`,
  });
}

/** `from 6 April 2020 to 20 April 2020`: first days of periods. */
export function burstSpan({ from, to }: Pick<TermBurst, 'from' | 'to'>): string {
  return from === to ? `in the period of ${dayInWords(from)}` : `from ${dayInWords(from)} to ${dayInWords(to)}`;
}

/** A stretch in which a term is said more than usual. */
export function termBurstRow(source: string, group: string | null, burst: TermBurst): TrendRow {
  const { term, from, to, weight, documents, documentsInPeriods, p, q } = burst;
  const where = group === null ? '' : ` of ${group}`;
  return findingRow({
    source,
    finding: 'term',
    ...(group !== null && { group }),
    kind: 'burst',
    date: from,
    dateFrom: from,
    dateTo: to,
    absoluteEffect: weight,
    p,
    verdict: q <= TERM_FDR ? 'effect' : 'cannot tell',
    method: 'kleinberg',
    event: term,
    message: `"${term}"${where} bursts ${burstSpan(burst)}: in ${documents} of ${documentsInPeriods} texts (${rate(q)}).`,
  });
}

/** False discoveries that are tolerated among terms. */
export const TERM_FDR = 0.05;

function rate(q: number): string {
  return `false-discovery rate ${q < 0.001 ? 'below 0.001' : q.toFixed(3)}`;
}
