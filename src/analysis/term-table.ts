/** Counts of terms over many texts, by group, in bounded memory. */
import type { EntityType, TermKind, TermReading } from '../model.js';
import { Tally } from './tally.js';
import { CellsByGroup, type ExampleId, TermCell, type TermCount } from './term-cell.js';

export type { ExampleId, TermCount };

/** What the table needs to know of a text. */
export interface TermDocument {
  readonly id: string;
  readonly source: string;
  /** What it is counted under (a product, a period); one table may hold one group only. */
  readonly group: string;
  /** ISO 639-1, or null where it was not found. */
  readonly language: string | null;
  /** Sentiment of the whole text, for terms whose own context has none; null where unknown. */
  readonly score: number | null;
}

/** A term, its variants merged. */
export interface TermEntry {
  readonly key: string;
  /** Its most frequent form. */
  readonly term: string;
  readonly kind: TermKind;
  /** Null but for entities. */
  readonly entityType: EntityType | null;
  /** The language that all its texts share, or null. */
  readonly language: string | null;
  /** Texts of all groups that have it. */
  readonly documents: number;
}

/** A term with its counts by group; groups that do not have it are left out. */
export interface TermCounts {
  readonly entry: TermEntry;
  readonly counts: ReadonlyMap<string, TermCount>;
}

export interface GroupSize {
  readonly group: string;
  /** Texts with and without terms. */
  readonly documents: number;
}

export interface TermTableSettings {
  /** Pairs of term and group that are counted at once. */
  readonly maxCells?: number;
  readonly maxExamples?: number;
}

class Entry {
  documents = 0;
  readonly cells = new CellsByGroup();
  readonly forms: Tally<string>;
  readonly kinds: Tally<TermKind>;
  readonly types: Tally<EntityType | null>;
  readonly language: string | null;
  #isOfOneLanguage = true;

  constructor({ term, kind, entityType }: TermReading, language: string | null) {
    this.forms = new Tally(term, 0);
    this.kinds = new Tally(kind, 0);
    this.types = new Tally(entityType, 0);
    this.language = language;
  }

  add({ term, kind, entityType, mentions }: TermReading, language: string | null): void {
    this.forms.add(term, mentions.length);
    this.kinds.add(kind, mentions.length);
    if (entityType !== null) this.types.add(entityType, mentions.length);
    if (language !== this.language) this.#isOfOneLanguage = false;
  }

  /** A phrase that begins sentences has a capital there: it is written small where it ever stands so. */
  #formOf(kind: TermKind): string {
    const form = this.forms.top;
    const small = form.toLowerCase();
    return kind === 'phrase' && this.forms.has(small) ? small : form;
  }

  describe(key: string): TermEntry {
    const kind = this.kinds.top;
    return {
      key,
      term: this.#formOf(kind),
      kind,
      entityType: kind === 'entity' ? this.types.top : null,
      language: this.#isOfOneLanguage ? this.language : null,
      documents: this.documents,
    };
  }
}

/**
 * Counts terms by group. All counts are exact as long as no more than `maxCells` pairs of term and group are seen.
 * Beyond that the rarest pairs are forgotten, as in the lossy counting of Manku and Motwani 2002, "Approximate Frequency
 * Counts over Data Streams", with windows as large as memory allows: every pair with more than `maxUndercount` texts is
 * still there, and no count is short by more than `maxUndercount` texts. Counts are never too high.
 *
 * A term is known by its key alone: where one text writes a name large and the next one small, it is the same term.
 */
export class TermTable {
  readonly #maxCells: number;
  readonly #maxExamples: number;
  readonly #entries = new Map<string, Entry>();
  readonly #groups = new Map<string, { readonly index: number; documents: number }>();
  #cells = 0;
  #forgotten = 0;

  constructor({ maxCells = 400_000, maxExamples = 5 }: TermTableSettings = {}) {
    this.#maxCells = Math.max(16, maxCells);
    this.#maxExamples = maxExamples;
  }

  /** Counts a text; a text without terms counts in the size of its group. */
  add(document: TermDocument, terms: readonly TermReading[]): void {
    let group = this.#groups.get(document.group);
    if (group === undefined) {
      group = { index: this.#groups.size, documents: 0 };
      this.#groups.set(document.group, group);
    }
    group.documents += 1;
    const example = { source: document.source, id: document.id };
    for (const [key, readings] of readingsByKey(terms)) this.#count(key, readings, document, group.index, example);
    if (this.#cells > this.#maxCells) this.#forget();
  }

  /** Documents that a count may be short of; 0 where all counts are exact. */
  get maxUndercount(): number {
    return this.#forgotten;
  }

  /** All texts counted. */
  get documents(): number {
    let sum = 0;
    for (const { documents } of this.#groups.values()) sum += documents;
    return sum;
  }

  /** In the order in which they were first seen. */
  get groups(): GroupSize[] {
    return [...this.#groups].map(([group, { documents }]) => ({ group, documents }));
  }

  /** Every term, in the order in which they were first seen. */
  *entries(): Generator<TermCounts> {
    const names = [...this.#groups.keys()];
    for (const [key, entry] of this.#entries) {
      const counts = new Map<string, TermCount>();
      for (const [index, cell] of entry.cells) counts.set(names[index] ?? '', cell.count());
      yield { entry: entry.describe(key), counts };
    }
  }

  #count(
    key: string,
    readings: readonly TermReading[],
    document: TermDocument,
    group: number,
    example: ExampleId,
  ): void {
    const [first] = readings;
    if (first === undefined) return;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = new Entry(first, document.language);
      this.#entries.set(key, entry);
    }
    let cell = entry.cells.get(group);
    if (cell === undefined) {
      cell = new TermCell(example, this.#forgotten);
      entry.cells.set(group, cell);
      this.#cells += 1;
    }
    entry.documents += 1;
    for (const reading of readings) entry.add(reading, document.language);
    const { mentions, score } = contextOf(readings);
    cell.add(example, mentions, score ?? document.score, this.#maxExamples);
  }

  /** Makes room by half, the rarest pairs first. */
  #forget(): void {
    while (this.#cells > this.#maxCells / 2) {
      this.#forgotten += 1;
      for (const [key, entry] of this.#entries) {
        for (const [group, cell] of entry.cells) {
          if (cell.documents + cell.maxUndercount > this.#forgotten) continue;
          entry.cells.delete(group);
          this.#cells -= 1;
        }
        if (entry.cells.size === 0) this.#entries.delete(key);
      }
    }
  }
}

/** Readings of one text that are the same term (a name here, a phrase there) are taken together. */
function readingsByKey(terms: readonly TermReading[]): Map<string, TermReading[]> {
  const byKey = new Map<string, TermReading[]>();
  for (const reading of terms) {
    const known = byKey.get(reading.key);
    if (known === undefined) byKey.set(reading.key, [reading]);
    else known.push(reading);
  }
  return byKey;
}

/** Places of a term in one text, each once, and the mean of what they feel. */
function contextOf(readings: readonly TermReading[]): { readonly mentions: number; readonly score: number | null } {
  const starts = new Set<number>();
  let scored = 0;
  let sum = 0;
  for (const { mentions } of readings) {
    for (const { start, score } of mentions) {
      if (starts.has(start)) continue;
      starts.add(start);
      if (score === null) continue;
      scored += 1;
      sum += score;
    }
  }
  return { mentions: starts.size, score: scored === 0 ? null : sum / scored };
}
