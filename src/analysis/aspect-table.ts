/** What is judged in many texts, in bounded memory. */
import type { AspectReading, TextSpan } from '../model.js';
import { Tally } from './tally.js';

/** What a group says of one aspect. */
export interface AspectOpinion {
  readonly aspect: string;
  /** Null where unknown. */
  readonly category: string | null;
  /** Texts that judge or mention it. */
  readonly documents: number;
  /** Texts that praise it on the whole. */
  readonly praisedBy: number;
  /** Texts that blame it on the whole. */
  readonly blamedBy: number;
  /** Mean over the texts, each once, -1 to 1. */
  readonly meanScore: number;
  /** Ids of the texts that say so most strongly. */
  readonly examples: readonly string[];
  /** The strongest of them, shortened. */
  readonly quote: string;
}

interface Example {
  readonly id: string;
  readonly score: number;
  readonly quote: string;
}

class Aspect {
  documents = 0;
  praisedBy = 0;
  blamedBy = 0;
  scoreSum = 0;
  readonly categories: Tally<string | null>;
  readonly best: Example[] = [];
  readonly worst: Example[] = [];

  constructor(
    category: string | null,
    readonly maxUndercount: number,
  ) {
    this.categories = new Tally(category, 0);
  }
}

const MAX_EXAMPLES = 5;
const QUOTE_LENGTH = 120;
/** Means nearer to 0 are neither praise nor blame. */
const CLEAR_SCORE = 0.05;

/**
 * Counts aspects by text. Exact up to `maxAspects` different ones; beyond that the rarest are forgotten, as in
 * {@link TermTable}.
 */
export class AspectTable {
  readonly #aspects = new Map<string, Aspect>();
  #forgotten = 0;

  constructor(readonly maxAspects = 20_000) {}

  /** Texts that a count may be short of; 0 where all counts are exact. */
  get maxUndercount(): number {
    return this.#forgotten;
  }

  /** Counts the aspects of one text; spans are of `text`. */
  add(id: string, text: string, readings: readonly AspectReading[]): void {
    for (const reading of readings) this.#count(id, text, reading);
    if (this.#aspects.size > this.maxAspects) this.#forget();
  }

  /** Most praised first: by the sum of what the texts feel about it, which is their number times their mean. */
  praised(limit: number): AspectOpinion[] {
    return this.#ranked(limit, 1);
  }

  /** Most blamed first. */
  blamed(limit: number): AspectOpinion[] {
    return this.#ranked(limit, -1);
  }

  #count(id: string, text: string, { aspect: name, category, mentions }: AspectReading): void {
    let aspect = this.#aspects.get(name);
    if (aspect === undefined) {
      aspect = new Aspect(category, this.#forgotten);
      this.#aspects.set(name, aspect);
    }
    const score = mentions.reduce((sum, mention) => sum + mention.score, 0) / mentions.length;
    aspect.documents += 1;
    aspect.scoreSum += score;
    aspect.categories.add(category);
    if (score > CLEAR_SCORE) aspect.praisedBy += 1;
    if (score < -CLEAR_SCORE) aspect.blamedBy += 1;
    if (Math.abs(score) <= CLEAR_SCORE) return;
    const strongest = mentions.reduce((best, mention) => (mention.score / score > best.score / score ? mention : best));
    keepStrongest(score > 0 ? aspect.best : aspect.worst, { id, score, quote: shorten(text, strongest) });
  }

  #ranked(limit: number, sign: 1 | -1): AspectOpinion[] {
    return [...this.#aspects]
      .filter(([, { scoreSum, documents }]) => (sign * scoreSum) / documents > CLEAR_SCORE)
      .sort(([name, one], [otherName, other]) => {
        const difference = sign * (other.scoreSum - one.scoreSum) || other.documents - one.documents;
        return difference || (name < otherName ? -1 : 1);
      })
      .slice(0, limit)
      .map(([name, { categories, documents, praisedBy, blamedBy, scoreSum, best, worst }]) => {
        const examples = sign > 0 ? best : worst;
        return {
          aspect: name,
          category: categories.top,
          documents,
          praisedBy,
          blamedBy,
          meanScore: scoreSum / documents,
          examples: examples.map(({ id }) => id),
          quote: examples[0]?.quote ?? '',
        };
      });
  }

  #forget(): void {
    while (this.#aspects.size > this.maxAspects / 2) {
      this.#forgotten += 1;
      for (const [name, { documents, maxUndercount }] of this.#aspects) {
        if (documents + maxUndercount <= this.#forgotten) this.#aspects.delete(name);
      }
    }
  }
}

/** The strongest examples, the first of equals first. */
function keepStrongest(examples: Example[], example: Example): void {
  const last = examples.at(-1);
  if (examples.length >= MAX_EXAMPLES && last && Math.abs(example.score) <= Math.abs(last.score)) return;
  const at = examples.findIndex(({ score }) => Math.abs(score) < Math.abs(example.score));
  examples.splice(at < 0 ? examples.length : at, 0, example);
  if (examples.length > MAX_EXAMPLES) examples.pop();
}

/** A quote on one line, cut at a word where it is long. */
export function shorten(text: string, { start, end }: TextSpan, length = QUOTE_LENGTH): string {
  // a few more characters than are wanted: white space may shrink
  const quote = text
    .slice(start, Math.min(end, start + 4 * length))
    .replace(/\s+/g, ' ')
    .trim();
  if (quote.length <= length) return quote;
  const cut = quote.slice(0, length - 1);
  const word = cut.lastIndexOf(' ');
  const whole = (word > length / 2 ? cut.slice(0, word) : cut).replace(/[\uD800-\uDBFF]$/, '');
  return `${whole.replace(/[\s,;:.]+$/, '')}…`;
}
