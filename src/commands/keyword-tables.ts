/** What `uxd keywords` gathers over all texts, and the rows and panels made of it. */
import { type AssociatedTerm, findAssociations } from '../analysis/association.js';
import type { ParsedDate, Period } from '../analysis/dates.js';
import {
  type ExampleId,
  type TermCount,
  type TermDocument,
  type TermEntry,
  TermTable,
} from '../analysis/term-table.js';
import { TermTimeline, type TimelinePoint } from '../analysis/term-timeline.js';
import { plural } from '../cli/text.js';
import type { TermReading } from '../model.js';
import type { CloudPanel, CloudTerm } from '../report/term-cloud.js';
import type { KeywordRow } from '../rows/keyword.js';
import { roundScore } from '../rows/text-rows.js';

export interface TableSettings {
  /** Column that the texts are grouped by, or null. */
  readonly groupBy: string | null;
  readonly timeline: Period | null;
  /** Terms are counted in all, for a picture. */
  readonly hasCloud: boolean;
  readonly top: number;
  readonly minDocuments: number;
  readonly fdr: number;
  readonly provider: string;
}

export interface GatheredText extends Omit<TermDocument, 'group'> {
  /** Null where the column holds nothing. */
  readonly group: string | null;
  readonly date: ParsedDate | null;
  readonly model: string;
}

const SEVERAL_SOURCES = '';

/** Counts terms over all texts, as far as the flags ask for it. */
export class KeywordTables {
  readonly #settings: TableSettings;
  readonly #terms: TermTable | null;
  readonly #timeline: TermTimeline | null;
  #associations: Map<string, AssociatedTerm[]> | null = null;
  #ungrouped = 0;
  #source: string | null = null;
  #model: string | null = null;

  constructor(settings: TableSettings) {
    this.#settings = settings;
    const hasGroupRows = settings.groupBy !== null && settings.timeline === null;
    this.#terms = hasGroupRows || settings.hasCloud ? new TermTable() : null;
    this.#timeline = settings.timeline === null ? null : new TermTimeline(settings.timeline);
  }

  /** Takes a text with its terms, variants folded. */
  add({ group, model, date, ...text }: GatheredText, terms: readonly TermReading[]): void {
    this.#source = this.#source === null || this.#source === text.source ? text.source : SEVERAL_SOURCES;
    // texts without words are read by no model
    if (terms.length > 0) this.#model ??= model;
    if (this.#settings.groupBy !== null && group === null) {
      this.#ungrouped += 1;
      return;
    }
    this.#terms?.add({ ...text, group: group ?? '' }, terms);
    this.#timeline?.add({ ...text, group, date }, terms);
  }

  /** Rows of the groups or periods, once all texts are in. */
  *rows(): Generator<KeywordRow> {
    if (this.#timeline !== null) {
      for (const point of this.#timeline.points(this.#settings)) yield this.#periodRow(point);
      return;
    }
    if (this.#settings.groupBy === null) return;
    for (const terms of this.#associationsByGroup().values()) {
      for (const term of terms.slice(0, this.#settings.top)) yield this.#groupRow(term);
    }
  }

  /** One panel a group, or one of all texts. */
  panels(): CloudPanel[] {
    if (this.#settings.groupBy === null) return [{ title: null, terms: this.#frequentTerms() }];
    return [...this.#associationsByGroup()].map(([title, terms]) => ({
      title,
      terms: terms.slice(0, this.#settings.top).map(
        ({ term, score, inGroup }): CloudTerm => ({
          term,
          weight: score,
          sentiment: inGroup.sentiment,
          remark: remarkOf(inGroup.documents),
        }),
      ),
    }));
  }

  /** No text has been added, not even one without a group. */
  get isEmpty(): boolean {
    return this.#source === null;
  }

  /** What the user should know of the figures. */
  remarks(): string[] {
    const { groupBy, timeline } = this.#settings;
    const remarks: string[] = [];
    if (this.#ungrouped > 0) {
      remarks.push(`${plural(this.#ungrouped, 'text')} left out: nothing in the column "${groupBy}"`);
    }
    const undated = this.#timeline?.undated ?? 0;
    if (undated > 0) remarks.push(`${plural(undated, 'text')} left out: no date that tells the ${timeline}`);
    if (groupBy !== null && timeline === null && !this.isEmpty) remarks.push(...this.#remarksOnGroups(groupBy));
    const undercount = Math.max(this.#terms?.maxUndercount ?? 0, this.#timeline?.maxUndercount ?? 0);
    if (undercount > 0) {
      remarks.push(`there are so many terms that each count may be up to ${plural(undercount, 'text')} short`);
    }
    return remarks;
  }

  #remarksOnGroups(groupBy: string): string[] {
    const groups = this.#associationsByGroup();
    if (groups.size < 2) return [`nothing to compare: the column "${groupBy}" tells fewer than two groups apart`];
    const alike = [...groups.values()].filter((terms) => terms.length === 0).length;
    if (alike === 0) return [];
    const { fdr, minDocuments } = this.#settings;
    const which = `${alike} of ${groups.size} groups ${alike === 1 ? 'has' : 'have'} no term of ${alike === 1 ? 'its' : 'their'} own`;
    if (fdr < 1) {
      const steps = 'raise --fdr (with --fdr 1 the q of each row says at which rate its term would count)';
      return [
        `${which} at a false-discovery rate of ${fdr}: ${steps}, fold variants with --synonyms, or give more texts`,
      ];
    }
    const fewer = minDocuments > 1 ? 'lower --min-documents or ' : '';
    return [`${which} in at least ${plural(minDocuments, 'text')}: ${fewer}give more texts`];
  }

  /** Largest group first. */
  #associationsByGroup(): Map<string, AssociatedTerm[]> {
    if (this.#associations !== null) return this.#associations;
    const table = this.#terms ?? new TermTable();
    const found = findAssociations(table, this.#settings);
    const groups = table.groups.sort(
      (one, other) => other.documents - one.documents || (one.group < other.group ? -1 : 1),
    );
    this.#associations = new Map(groups.map(({ group }) => [group, found.get(group) ?? []]));
    return this.#associations;
  }

  #frequentTerms(): CloudTerm[] {
    const terms: { readonly entry: TermEntry; readonly count: TermCount }[] = [];
    for (const { entry, counts } of this.#terms?.entries() ?? []) {
      const count = counts.get('');
      if (count !== undefined && count.documents >= this.#settings.minDocuments) terms.push({ entry, count });
    }
    terms.sort(
      (one, other) => other.count.documents - one.count.documents || (one.entry.key < other.entry.key ? -1 : 1),
    );
    return terms.map(({ entry, count }) => ({
      term: entry.term,
      weight: count.documents,
      sentiment: count.sentiment,
      remark: remarkOf(count.documents),
    }));
  }

  #groupRow({ group, inGroup, score, lift, q, ...entry }: AssociatedTerm): KeywordRow {
    const figures = { score: roundScore(score), lift: roundScore(lift), q: Number(q.toPrecision(4)) };
    return { ...this.#row(group, entry, inGroup), ...figures };
  }

  #periodRow({ group, date, documentsInPeriod, ...point }: TimelinePoint): KeywordRow {
    return { ...this.#row(group, point, point), score: null, date, documentsInPeriod };
  }

  #row(
    group: string | null,
    { term, kind, entityType, language }: Pick<TermEntry, 'term' | 'kind' | 'entityType' | 'language'>,
    count: TermCount,
  ): KeywordRow {
    const { groupBy, provider } = this.#settings;
    const grouped = groupBy === null || group === null ? {} : { group, [groupBy]: group };
    return {
      schema: 'uxd.keyword/1',
      source: this.#source ?? SEVERAL_SOURCES,
      status: 'ok',
      id: null,
      ...grouped,
      term,
      kind,
      entityType,
      score: null,
      count: count.mentions,
      documents: count.documents,
      sentiment: count.sentiment === null ? null : roundScore(count.sentiment),
      positiveShare: count.positiveShare === null ? null : roundScore(count.positiveShare),
      examples: count.examples.map((example) => this.#exampleOf(example)),
      language,
      provider,
      model: this.#model,
    };
  }

  /** Ids tell the texts of one source apart only. */
  #exampleOf({ source, id }: ExampleId): string {
    return this.#source === SEVERAL_SOURCES ? `${source}:${id}` : id;
  }
}

function remarkOf(documents: number): string {
  return plural(documents, 'text');
}
