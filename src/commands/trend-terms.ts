/** Terms over time: rows of `uxd keywords`, counted by period. */
import { type Period, parseDate, periodStart } from '../analysis/dates.js';
import { type TermBurst, type TermPeriod, type TermTrend, termBursts, termTrends } from '../analysis/series/terms.js';
import type { FieldValue } from '../io/records/record-file.js';
import { UsageError } from '../model.js';
import { findColumn, type TrendFiles, withFileName } from './trend-files.js';

export interface TermSettings {
  readonly terms: readonly string[];
  /** Column of the dates; null for `date`. */
  readonly date: string | null;
  /** Null: weeks. */
  readonly period: Period | null;
}

/** The terms of one group of one file. */
export interface TermFindings {
  readonly source: string;
  /** Null where the rows have no groups. */
  readonly group: string | null;
  readonly trends: readonly TermTrend[];
  readonly bursts: readonly TermBurst[];
}

/** All that may be something is told; the rate of false discoveries gives the verdict. */
const SETTINGS = { fdr: 1, minDocuments: 3 };
const MOST_CHANCE = 0.05;
const COLUMNS = ['schema', 'status', 'term', 'documents', 'documentsInPeriod', 'id', 'source', 'group'];

/** Throws {@link UsageError} where a file holds no dated rows of `uxd keywords`. */
export async function readTerms(settings: TermSettings, files: TrendFiles): Promise<readonly TermFindings[]> {
  const found: TermFindings[] = [];
  for (const source of settings.terms) {
    const groups = await withFileName(source, () => readGroups(source, settings, files));
    for (const [group, counts] of groups) {
      const table = [...counts.table()];
      found.push({
        source,
        group,
        trends: termTrends(table, SETTINGS).filter(isUnlikely),
        bursts: termBursts(table, SETTINGS).filter(isUnlikely),
      });
    }
  }
  return found;
}

function isUnlikely({ p }: { readonly p: number }): boolean {
  return p <= MOST_CHANCE;
}

async function readGroups(
  source: string,
  { date: wanted, period }: TermSettings,
  files: TrendFiles,
): Promise<ReadonlyMap<string | null, TermCounts>> {
  const file = await files.open(source, COLUMNS);
  const date = findColumn(file.names, wanted, { flag: '--date', usual: ['date'] });
  const groups = new Map<string | null, TermCounts>();
  for await (const batch of file.read([...COLUMNS, date])) {
    for (const record of batch) {
      if ('error' in record) continue;
      const [schema, status, term, documents, documentsInPeriod, id, origin, group, day] = record.values;
      const parsed = parseDate(String(day ?? ''), 'dmy');
      if (schema !== 'uxd.keyword/1' || status === 'error' || !term || parsed === null) continue;
      const start = periodStart(parsed, period ?? 'week');
      if (start === null) throw new UsageError(`${JSON.stringify(day)} tells no ${period ?? 'week'}; give --frequency`);
      const name = group === undefined || group === null ? null : String(group);
      const counts = groups.get(name) ?? new TermCounts();
      groups.set(name, counts);
      const total = numberOf(documentsInPeriod);
      if (total === null) counts.addText(String(term), start, `${origin}\u0000${id}`);
      else counts.addCount(String(term), start, numberOf(documents) ?? 0, total);
    }
  }
  if (groups.size === 0) {
    throw new UsageError(
      `${source}: no dated rows of uxd keywords; make them with uxd keywords --date-column COLUMN --timeline`,
    );
  }
  return groups;
}

function numberOf(value: FieldValue): number | null {
  const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Documents with a term, period by period, and all documents of the period. */
class TermCounts {
  readonly #terms = new Map<string, Map<string, number>>();
  readonly #totals = new Map<string, number>();
  readonly #texts = new Map<string, Set<string>>();

  addCount(term: string, period: string, documents: number, total: number): void {
    const counts = this.#terms.get(term) ?? new Map<string, number>();
    this.#terms.set(term, counts);
    counts.set(period, (counts.get(period) ?? 0) + documents);
    this.#totals.set(period, Math.max(total, this.#totals.get(period) ?? 0));
  }

  /** A row of one text: each text has a row a term. */
  addText(term: string, period: string, text: string): void {
    const texts = this.#texts.get(period) ?? new Set<string>();
    this.#texts.set(period, texts.add(text));
    this.addCount(term, period, 1, texts.size);
  }

  *table(): Generator<TermPeriod> {
    for (const [term, counts] of this.#terms) {
      for (const [period, documentsInPeriod] of this.#totals) {
        yield { term, period, documents: counts.get(period) ?? 0, documentsInPeriod };
      }
    }
  }
}
