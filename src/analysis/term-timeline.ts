/** How often terms are said, period by period. */
import type { TermReading } from '../model.js';
import { type ParsedDate, type Period, periodStart } from './dates.js';
import { type ExampleId, type TermCounts, type TermDocument, type TermEntry, TermTable } from './term-table.js';

export interface TimelineDocument extends Omit<TermDocument, 'group'> {
  /** Null where the texts are not grouped. */
  readonly group: string | null;
  /** Null where it has no date that can be read. */
  readonly date: ParsedDate | null;
}

/** A term in one period of one group. */
export interface TimelinePoint extends Omit<TermEntry, 'key' | 'documents'> {
  readonly group: string | null;
  /** First day of the period, YYYY-MM-DD. */
  readonly date: string;
  /** Texts of the period that have the term; 0 where none of them has. */
  readonly documents: number;
  /** All texts of the period in the group. */
  readonly documentsInPeriod: number;
  readonly mentions: number;
  /** Mean over the texts of what its contexts feel, -1 to 1; null where none is known. */
  readonly sentiment: number | null;
  readonly positiveShare: number | null;
  readonly examples: readonly ExampleId[];
}

export interface TimelineSettings {
  /** Terms of a group, the most frequent ones. */
  readonly top: number;
  /** Terms that fewer texts of the group have are left out. */
  readonly minDocuments: number;
}

/** One group in one period, as a name for the table. */
function slotOf(group: string | null, date: string): string {
  return JSON.stringify([date, group]);
}

function partsOf(slot: string): [date: string, group: string | null] {
  return JSON.parse(slot) as [string, string | null];
}

/** Counts terms by period, and by group where there are groups, in the bounded memory of a {@link TermTable}. */
export class TermTimeline {
  readonly #table: TermTable;
  #undated = 0;

  constructor(
    readonly period: Period,
    maxCells?: number,
  ) {
    this.#table = new TermTable({ maxExamples: 3, ...(maxCells === undefined ? {} : { maxCells }) });
  }

  add({ date, group, ...document }: TimelineDocument, terms: readonly TermReading[]): void {
    const start = date === null ? null : periodStart(date, this.period);
    if (start === null) this.#undated += 1;
    else this.#table.add({ ...document, group: slotOf(group, start) }, terms);
  }

  /** Texts left out: without a date, or with one that is wider than the period. */
  get undated(): number {
    return this.#undated;
  }

  /** Texts that a count may be short of; 0 where all are exact. */
  get maxUndercount(): number {
    return this.#table.maxUndercount;
  }

  /**
   * A point for each term and each period in which the group has texts, zeros included: groups by name, terms by
   * frequency, periods in order. Periods without any text have no points: nothing is known of them.
   */
  *points({ top, minDocuments }: TimelineSettings): Generator<TimelinePoint> {
    const periodsByGroup = this.#periodsByGroup();
    const keysByGroup = this.#frequentTerms(minDocuments, top);
    const wanted = new Set([...keysByGroup.values()].flat());
    const terms = new Map<string, TermCounts>();
    for (const term of this.#table.entries()) if (wanted.has(term.entry.key)) terms.set(term.entry.key, term);
    for (const [group, periods] of periodsByGroup) {
      for (const key of keysByGroup.get(group) ?? []) {
        const found = terms.get(key);
        if (found === undefined) continue;
        const { term, kind, entityType, language } = found.entry;
        for (const [date, documentsInPeriod] of periods) {
          const count = found.counts.get(slotOf(group, date)) ?? NOTHING;
          yield { group, date, term, kind, entityType, language, documentsInPeriod, ...count };
        }
      }
    }
  }

  /** Periods in order with their numbers of texts, for each group by name. */
  #periodsByGroup(): [string | null, [string, number][]][] {
    const byGroup = new Map<string | null, [string, number][]>();
    for (const { group: slot, documents } of this.#table.groups) {
      const [date, group] = partsOf(slot);
      const periods = byGroup.get(group) ?? [];
      byGroup.set(group, periods);
      periods.push([date, documents]);
    }
    for (const periods of byGroup.values()) periods.sort(([one], [other]) => (one < other ? -1 : 1));
    return [...byGroup].sort(([one], [other]) => ((one ?? '') < (other ?? '') ? -1 : 1));
  }

  /** Keys of the terms that most texts of each group have. */
  #frequentTerms(minDocuments: number, top: number): Map<string | null, string[]> {
    const groups = new Map(this.#table.groups.map(({ group: slot }) => [slot, partsOf(slot)[1]]));
    const totals = new Map<string | null, { readonly key: string; readonly documents: number }[]>();
    for (const { entry, counts } of this.#table.entries()) {
      const sums = new Map<string | null, number>();
      for (const [slot, { documents }] of counts) {
        const group = groups.get(slot) ?? null;
        sums.set(group, (sums.get(group) ?? 0) + documents);
      }
      for (const [group, documents] of sums) {
        if (documents < minDocuments) continue;
        const list = totals.get(group) ?? [];
        totals.set(group, list);
        list.push({ key: entry.key, documents });
      }
    }
    return new Map([...totals].map(([group, list]) => [group, mostFrequent(list, top)]));
  }
}

function mostFrequent(list: { readonly key: string; readonly documents: number }[], top: number): string[] {
  list.sort((one, other) => other.documents - one.documents || (one.key < other.key ? -1 : 1));
  return list.slice(0, top).map(({ key }) => key);
}

const NOTHING = { documents: 0, mentions: 0, sentiment: null, positiveShare: null, examples: [] } as const;
