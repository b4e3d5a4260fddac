/** Which terms burst, rise and fall over time. */
import { liftOf, weightedLogOdds } from '../association.js';
import { falseDiscoveryRates, hypergeometricTail } from '../probability.js';
import { BURST_SETTINGS, type Burst, type BurstSettings, findBursts, type PeriodCount } from './bursts.js';
import { logitTrend } from './logit-trend.js';

/** How many documents of a period have a term; pairs of term and period that are not given have none. */
export interface TermPeriod extends PeriodCount {
  readonly term: string;
  /** Periods are ordered by this text, such as YYYY-MM-DD, and taken to be the same time apart. */
  readonly period: string;
}

export interface TermSettings {
  /** False-discovery rate that is allowed over all terms, such as 0.05. */
  readonly fdr: number;
  /** Terms that fewer documents have are left out. */
  readonly minDocuments: number;
}

/** A term that is said more and more, or less and less. */
export interface TermTrend {
  readonly term: string;
  readonly kind: 'rising' | 'falling';
  /** z; above 0 for rising terms. Terms are ordered by its size. */
  readonly score: number;
  /** Change of the log-odds a period; null for a contrast of two stretches. */
  readonly slope: number | null;
  /** Shares of the documents that have it in the earlier and the later periods. */
  readonly before: number;
  readonly after: number;
  /** `after` divided by `before`; half a document is assumed where there was none. */
  readonly lift: number;
  readonly documents: number;
  /** Two-sided. */
  readonly p: number;
  /** False-discovery rate at which it counts as found. */
  readonly q: number;
}

/** A stretch in which a term is said more than usual. */
export interface TermBurst extends Omit<Burst, 'from' | 'to'> {
  readonly term: string;
  /** First and last period. */
  readonly from: string;
  readonly to: string;
  readonly documents: number;
  readonly documentsInPeriods: number;
  /** Probability of so many documents in any stretch of periods, if the term were said evenly. */
  readonly p: number;
  readonly q: number;
}

/** Counts of all terms over the same periods. */
interface TermSeries {
  readonly periods: readonly string[];
  /** Documents of each period. */
  readonly totals: readonly number[];
  /** By term, in the order of first sight. */
  readonly counts: ReadonlyMap<string, readonly PeriodCount[]>;
}

/** Lines the counts up; throws a RangeError where they cannot be. */
function seriesOf(table: Iterable<TermPeriod>, minDocuments: number): TermSeries {
  const totals = new Map<string, number>();
  const byTerm = new Map<string, Map<string, number>>();
  for (const { term, period, documents, documentsInPeriod } of table) {
    const known = totals.get(period) ?? documentsInPeriod;
    if (known !== documentsInPeriod) {
      throw new RangeError(`period ${period} has ${known} documents in one row and ${documentsInPeriod} in another`);
    }
    if (!(documents >= 0 && documents <= documentsInPeriod)) {
      throw new RangeError(`${documents} of ${documentsInPeriod} documents have "${term}" in period ${period}`);
    }
    totals.set(period, known);
    const own = byTerm.get(term) ?? new Map<string, number>();
    byTerm.set(term, own);
    if (own.has(period)) throw new RangeError(`"${term}" is counted twice in period ${period}`);
    own.set(period, documents);
  }
  const periods = [...totals.keys()].sort();
  const counts = new Map<string, readonly PeriodCount[]>();
  for (const [term, own] of byTerm) {
    const list = periods.map((period) => ({
      documents: own.get(period) ?? 0,
      documentsInPeriod: totals.get(period) ?? 0,
    }));
    if (sumOf(list).documents >= minDocuments) counts.set(term, list);
  }
  return { periods, totals: periods.map((period) => totals.get(period) ?? 0), counts };
}

function sumOf(counts: readonly PeriodCount[]): PeriodCount {
  let documents = 0;
  let documentsInPeriod = 0;
  for (const count of counts) {
    documents += count.documents;
    documentsInPeriod += count.documentsInPeriod;
  }
  return { documents, documentsInPeriod };
}

/**
 * Terms whose share of the documents rises or falls over all periods ({@link logitTrend}), the surest first, with the
 * false-discovery rate over all terms held at `fdr` (Benjamini and Hochberg 1995). `before` and `after` are the first
 * and the last half of the periods.
 */
export function termTrends(table: Iterable<TermPeriod>, { fdr, minDocuments }: TermSettings): readonly TermTrend[] {
  const series = seriesOf(table, minDocuments);
  const half = Math.ceil(series.periods.length / 2);
  const found: Omit<TermTrend, 'q'>[] = [];
  for (const [term, counts] of series.counts) {
    const trend = logitTrend(counts);
    if (trend === null) continue;
    const { z, p, slope } = trend;
    found.push({ ...contrastOf(term, counts, half), kind: z > 0 ? 'rising' : 'falling', score: z, slope, p });
  }
  return controlled(found, fdr).sort(bySize);
}

/**
 * Terms that are said in more, or in fewer, of the documents from the period `since` on than before, the surest first:
 * p is that of Fisher's exact test, two-sided, with the false-discovery rate held at `fdr`; the score is the weighted
 * log-odds ({@link weightedLogOdds}).
 */
export function termContrasts(
  table: Iterable<TermPeriod>,
  since: string,
  { fdr, minDocuments }: TermSettings,
): readonly TermTrend[] {
  const series = seriesOf(table, minDocuments);
  const at = series.periods.findIndex((period) => period >= since);
  if (at <= 0) return [];
  const found = [...series.counts].map(([term, counts]) => {
    const contrast = contrastOf(term, counts, at);
    const [earlier, later] = [sumOf(counts.slice(0, at)), sumOf(counts.slice(at))];
    const draw = {
      total: earlier.documentsInPeriod + later.documentsInPeriod,
      marked: contrast.documents,
      drawn: later.documentsInPeriod,
    };
    const more = hypergeometricTail(later.documents, draw);
    const fewer = hypergeometricTail(earlier.documents, { ...draw, drawn: earlier.documentsInPeriod });
    const score = weightedLogOdds(pairOf(later, earlier));
    const kind = more < fewer ? ('rising' as const) : ('falling' as const);
    return { ...contrast, kind, score, slope: null, p: Math.min(1, 2 * Math.min(more, fewer)) };
  });
  return controlled(found, fdr).sort(bySize);
}

function pairOf(group: PeriodCount, other: PeriodCount): Parameters<typeof weightedLogOdds>[0] {
  return {
    documents: group.documents,
    groupDocuments: group.documentsInPeriod,
    otherDocuments: other.documents,
    otherGroupDocuments: other.documentsInPeriod,
  };
}

/** Periods before the place `at` against those from there on. */
function contrastOf(
  term: string,
  counts: readonly PeriodCount[],
  at: number,
): Pick<TermTrend, 'term' | 'documents' | 'before' | 'after' | 'lift'> {
  const [earlier, later] = [sumOf(counts.slice(0, at)), sumOf(counts.slice(at))];
  return {
    term,
    documents: earlier.documents + later.documents,
    before: earlier.documents / Math.max(1, earlier.documentsInPeriod),
    after: later.documents / Math.max(1, later.documentsInPeriod),
    lift: liftOf(pairOf({ ...later, documentsInPeriod: Math.max(1, later.documentsInPeriod) }, earlier)),
  };
}

/**
 * Bursts of the terms (Kleinberg's automaton, {@link findBursts}), the weightiest first. The automaton finds some in even
 * counts too; those that chance explains are left out: p is that of Fisher's exact test for the periods of the burst
 * against the others, times the number of stretches that could have been chosen (Bonferroni), and the false-discovery
 * rate over the bursts of all terms is held at `fdr`, terms without any counting as p = 1.
 */
export function termBursts(
  table: Iterable<TermPeriod>,
  { fdr, minDocuments }: TermSettings,
  settings: BurstSettings = BURST_SETTINGS,
): readonly TermBurst[] {
  const series = seriesOf(table, minDocuments);
  const stretches = (series.periods.length * (series.periods.length + 1)) / 2;
  const total = series.totals.reduce((sum, count) => sum + count, 0);
  const found: Omit<TermBurst, 'q'>[] = [];
  let without = 0;
  for (const [term, counts] of series.counts) {
    const marked = sumOf(counts).documents;
    const bursts = findBursts(counts, settings);
    if (bursts.length === 0) without += 1;
    for (const { level, from, to, weight } of bursts) {
      const inside = sumOf(counts.slice(from, to + 1));
      const tail = hypergeometricTail(inside.documents, { total, marked, drawn: inside.documentsInPeriod });
      found.push({
        term,
        level,
        from: series.periods[from] as string,
        to: series.periods[to] as string,
        weight,
        documents: inside.documents,
        documentsInPeriods: inside.documentsInPeriod,
        p: Math.min(1, tail * stretches),
      });
    }
  }
  return controlled(found, fdr, without).sort(
    (one, other) =>
      other.weight - one.weight ||
      compare(one.term, other.term) ||
      compare(one.from, other.from) ||
      one.level - other.level,
  );
}

/** Those that are found at the false-discovery rate; `without` are tests with p = 1 that are not in the list. */
function controlled<T extends { readonly p: number }>(
  found: readonly T[],
  fdr: number,
  without = 0,
): (T & { q: number })[] {
  const sorted = [...found].sort((one, other) => one.p - other.p);
  const rates = falseDiscoveryRates(
    sorted.map(({ p }) => p),
    sorted.length + without,
  );
  return sorted.map((one, i) => ({ ...one, q: Math.min(1, rates[i] ?? 1) })).filter(({ q }) => q <= fdr);
}

function bySize(one: TermTrend, other: TermTrend): number {
  return Math.abs(other.score) - Math.abs(one.score) || compare(one.term, other.term);
}

/** By code units, so that the order never depends on the input. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
