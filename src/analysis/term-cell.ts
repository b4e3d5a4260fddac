/** What is counted of one term in one group. */

export interface ExampleId {
  readonly source: string;
  readonly id: string;
}

/** How a group speaks of a term. */
export interface TermCount {
  /** Texts that have it; of a pruned table at most `maxUndercount` more in truth. */
  readonly documents: number;
  readonly mentions: number;
  /** Mean over the texts of what its contexts feel, -1 to 1, each text once; null where none is known. */
  readonly sentiment: number | null;
  /** Share of these texts whose contexts are positive on the whole. */
  readonly positiveShare: number | null;
  /** The first texts that have it. */
  readonly examples: readonly ExampleId[];
}

/** Counts texts one after another. */
export class TermCell {
  documents = 0;
  mentions = 0;
  scored = 0;
  scoreSum = 0;
  positive = 0;
  readonly examples: ExampleId[];
  /** Documents that may have been forgotten before the cell was made. */
  readonly maxUndercount: number;

  constructor(first: ExampleId, maxUndercount: number) {
    // most cells stay at one text: an empty list would make room for many as soon as it grows
    this.examples = [first];
    this.maxUndercount = maxUndercount;
  }

  /** Counts a text; the first one is an example already. */
  add(document: ExampleId, mentions: number, score: number | null, maxExamples: number): void {
    this.documents += 1;
    this.mentions += mentions;
    if (score !== null) {
      this.scored += 1;
      this.scoreSum += score;
      if (score > 0) this.positive += 1;
    }
    if (this.documents > 1 && this.examples.length < maxExamples) this.examples.push(document);
  }

  count(): TermCount {
    const { documents, mentions, scored, examples } = this;
    const sentiment = scored === 0 ? null : this.scoreSum / scored;
    return { documents, mentions, sentiment, positiveShare: scored === 0 ? null : this.positive / scored, examples };
  }
}

/** The cells of a term by the number of the group; small where there is one, as for most terms. */
export class CellsByGroup {
  #group = -1;
  #cell: TermCell | null = null;
  #others: Map<number, TermCell> | null = null;

  get size(): number {
    return (this.#cell === null ? 0 : 1) + (this.#others?.size ?? 0);
  }

  get(group: number): TermCell | undefined {
    return group === this.#group && this.#cell !== null ? this.#cell : this.#others?.get(group);
  }

  set(group: number, cell: TermCell): void {
    if (this.#cell === null && !this.#others?.has(group)) {
      this.#group = group;
      this.#cell = cell;
      return;
    }
    this.#others ??= new Map();
    this.#others.set(group, cell);
  }

  delete(group: number): void {
    if (group === this.#group) this.#cell = null;
    else this.#others?.delete(group);
  }

  *[Symbol.iterator](): Generator<readonly [group: number, cell: TermCell]> {
    if (this.#cell !== null) yield [this.#group, this.#cell];
    if (this.#others !== null) yield* this.#others;
  }
}
