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
  readonly examples: ExampleId[] = [];
  /** Documents that may have been forgotten before the cell was made. */
  constructor(readonly maxUndercount: number) {}

  add(document: ExampleId, mentions: number, score: number | null, maxExamples: number): void {
    this.documents += 1;
    this.mentions += mentions;
    if (score !== null) {
      this.scored += 1;
      this.scoreSum += score;
      if (score > 0) this.positive += 1;
    }
    if (this.examples.length < maxExamples) this.examples.push(document);
  }

  count(): TermCount {
    const { documents, mentions, scored, examples } = this;
    const sentiment = scored === 0 ? null : this.scoreSum / scored;
    return { documents, mentions, sentiment, positiveShare: scored === 0 ? null : this.positive / scored, examples };
  }
}
