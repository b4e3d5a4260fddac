/** How far texts agree with the stars that were given with them. */
import type { Sentiment, SentimentLabel } from '../model.js';
import { shorten } from './aspect-table.js';

/** A text that says the opposite of its stars. */
export interface Contradiction {
  readonly id: string;
  readonly stars: number;
  readonly label: SentimentLabel;
  readonly score: number;
  readonly quote: string;
}

export interface StarAgreement {
  /** Texts with stars and a sentiment. */
  readonly documents: number;
  /** Texts whose stars are no number from 0 to the most that can be given. */
  readonly unreadable: number;
  readonly meanStars: number;
  /** Share of texts whose stars and text are both positive, both negative, or both neither. */
  readonly agreement: number;
  /** Spearman's rank correlation of stars and score; null where one of them never varies. */
  readonly correlation: number | null;
  /** Texts that contradict their stars, in all. */
  readonly contradicting: number;
  /** The clearest of them, clearest first. */
  readonly contradictions: readonly Contradiction[];
}

type Leaning = 'positive' | 'negative' | 'neither';

/** From 1 star (0) to the most that can be given (1). */
function positionOf(stars: number, starsMax: number): number {
  return (stars - 1) / (starsMax - 1);
}

/**
 * What stars say: of 5, 1 and 2 are negative, 4 and 5 positive; of 10, 1 to 4 and 7 to 10. Halves beside the middle
 * (2.5, 3.5) are neither.
 */
function leaningOfStars(stars: number, starsMax: number): Leaning {
  const position = positionOf(stars, starsMax);
  if (position < 3 / 8) return 'negative';
  return position > 5 / 8 ? 'positive' : 'neither';
}

function leaningOfText({ label }: Sentiment): Leaning {
  return label === 'positive' || label === 'negative' ? label : 'neither';
}

/** Weaker texts may well go with any stars. */
const CLEAR_SCORE = 0.25;

/** The text clearly praises what the stars blame, or the other way round. */
export function contradictsStars(sentiment: Sentiment, stars: number, starsMax: number): boolean {
  if (Math.abs(sentiment.score) < CLEAR_SCORE) return false;
  const said = leaningOfText(sentiment);
  const given = leaningOfStars(stars, starsMax);
  return said !== 'neither' && given !== 'neither' && said !== given;
}

const MAX_CONTRADICTIONS = 20;
/** Scores are ranked in steps of a hundredth, so that the table of ranks stays small. */
const STEPS = 100;

/** Compares texts with stars in bounded memory. */
export class StarTable {
  readonly #starsMax: number;
  /** Texts by stars and by score in steps. */
  readonly #cells = new Map<number, Map<number, number>>();
  readonly #contradictions: (Contradiction & { readonly strength: number })[] = [];
  #documents = 0;
  #unreadable = 0;
  #starSum = 0;
  #agreeing = 0;
  #contradicting = 0;

  constructor(starsMax: number) {
    this.#starsMax = starsMax;
  }

  add(id: string, text: string, sentiment: Sentiment, stars: number): void {
    const starsMax = this.#starsMax;
    if (!(stars >= 0 && stars <= starsMax)) {
      this.#unreadable += 1;
      return;
    }
    this.#documents += 1;
    this.#starSum += stars;
    if (leaningOfText(sentiment) === leaningOfStars(stars, starsMax)) this.#agreeing += 1;
    const scores = this.#cells.get(stars) ?? new Map<number, number>();
    this.#cells.set(stars, scores);
    const step = Math.round(sentiment.score * STEPS);
    scores.set(step, (scores.get(step) ?? 0) + 1);
    if (!contradictsStars(sentiment, stars, starsMax)) return;
    this.#contradicting += 1;
    const strength = Math.abs(sentiment.score - (2 * positionOf(stars, starsMax) - 1));
    this.#keep(strength, id, text, sentiment, stars);
  }

  /** Null where no text had stars. */
  result(): StarAgreement | null {
    const documents = this.#documents;
    if (documents + this.#unreadable === 0) return null;
    return {
      documents,
      unreadable: this.#unreadable,
      meanStars: documents === 0 ? 0 : this.#starSum / documents,
      agreement: documents === 0 ? 0 : this.#agreeing / documents,
      correlation: rankCorrelation(this.#cells),
      contradicting: this.#contradicting,
      contradictions: this.#contradictions.map(({ strength: _, ...contradiction }) => contradiction),
    };
  }

  #keep(strength: number, id: string, text: string, { label, score }: Sentiment, stars: number): void {
    const kept = this.#contradictions;
    const last = kept.at(-1);
    if (kept.length >= MAX_CONTRADICTIONS && last && strength <= last.strength) return;
    const at = kept.findIndex((other) => other.strength < strength);
    const quote = shorten(text, { start: 0, end: text.length });
    kept.splice(at < 0 ? kept.length : at, 0, { id, stars, label, score, quote, strength });
    if (kept.length > MAX_CONTRADICTIONS) kept.pop();
  }
}

/** Ranks of values given with their frequencies; equal values share the mean of their ranks. */
function midRanks(frequencies: ReadonlyMap<number, number>): Map<number, number> {
  const ranks = new Map<number, number>();
  let before = 0;
  for (const [value, count] of [...frequencies].sort(([one], [other]) => one - other)) {
    ranks.set(value, before + (count + 1) / 2);
    before += count;
  }
  return ranks;
}

/**
 * Spearman's rank correlation of a table of frequencies, ties with mean ranks; null where one of the two never varies.
 */
export function rankCorrelation(cells: ReadonlyMap<number, ReadonlyMap<number, number>>): number | null {
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  let total = 0;
  for (const [row, counts] of cells) {
    for (const [column, count] of counts) {
      rows.set(row, (rows.get(row) ?? 0) + count);
      columns.set(column, (columns.get(column) ?? 0) + count);
      total += count;
    }
  }
  if (rows.size < 2 || columns.size < 2) return null;
  const rowRanks = midRanks(rows);
  const columnRanks = midRanks(columns);
  const middle = (total + 1) / 2;
  let covariance = 0;
  for (const [row, counts] of cells) {
    for (const [column, count] of counts) {
      covariance += count * ((rowRanks.get(row) ?? 0) - middle) * ((columnRanks.get(column) ?? 0) - middle);
    }
  }
  return covariance / Math.sqrt(spreadOf(rows, rowRanks, middle) * spreadOf(columns, columnRanks, middle));
}

function spreadOf(
  frequencies: ReadonlyMap<number, number>,
  ranks: ReadonlyMap<number, number>,
  middle: number,
): number {
  let sum = 0;
  for (const [value, count] of frequencies) sum += count * ((ranks.get(value) ?? 0) - middle) ** 2;
  return sum;
}
