/** A sentence with what is known of the names in it. */
import type { Surroundings } from './entities-context.js';
import { NO_NAMES } from './entities-cues.js';
import { type Gazetteer, NAME } from './entities-gazetteer.js';
import type { NameSentence, NameWord } from './entities-words.js';

interface KnownName {
  /** End of the longest name, exclusive. */
  readonly to: number;
  /** 0 where the word begins no known name. */
  readonly kinds: number;
}

/** What the reader of spans asks about words. */
export interface NameKnowledge {
  readonly gazetteer: Gazetteer;
  /** Kinds of names that the user gave, by lower-case name. */
  readonly brands: ReadonlySet<string>;
  /** The small form is an everyday word of the language, so that a capital at the start of a sentence says nothing. */
  isCommon(word: string, language: string | null): boolean;
  /** Capitalised inside a sentence elsewhere in this text. */
  isCapitalElsewhere(word: string): boolean;
  /** Article, preposition and the like, which begins no name unless a known one. */
  isFunctionWord(word: string, language: string | null): boolean;
}

/** Longer rows of capitals are lists. */
export const LONGEST_RUN = 12;

/** Look-ups in one sentence; made anew for each. */
export class NameLine {
  readonly sentence: NameSentence;
  readonly words: readonly NameWord[];
  readonly known: NameKnowledge;
  readonly isSpanish: boolean;
  readonly #remembered = new Map<number, KnownName>();

  constructor(sentence: NameSentence, known: NameKnowledge) {
    this.sentence = sentence;
    this.words = sentence.words;
    this.known = known;
    this.isSpanish = sentence.language === 'es';
  }

  /** The word at `at`, empty past the ends. */
  text(at: number): string {
    return this.words[at]?.text ?? '';
  }

  /** It goes on with a capital, in the same line. */
  isCapital(at: number): boolean {
    const word = this.words[at];
    return word?.isCapital === true && !word.isAfterBreak;
  }

  /** Longest known name from here: its words and kinds. */
  longestKnown(from: number): KnownName {
    const remembered = this.#remembered.get(from);
    if (remembered) return remembered;
    const known = this.#lookUp(from);
    this.#remembered.set(from, known);
    return known;
  }

  #lookUp(from: number): KnownName {
    const { gazetteer, brands } = this.known;
    const first = this.words[from];
    const isCapitals = this.sentence.isAllCapitals || first?.isAllCapitals === true;
    const kindsOf = (name: string): number =>
      (brands.has(name.toLowerCase()) ? NAME.product : 0) |
      gazetteer.kindsOf(name) |
      (isCapitals && name.length > 3 ? gazetteer.kindsOfCapitals(name) : 0);
    let name = this.text(from);
    let best = { to: from + 1, kinds: kindsOf(name) };
    if (!gazetteer.isFirstWord(name) && brands.size === 0) return best;
    for (let at = from + 1; at < Math.min(this.words.length, from + gazetteer.longest); at += 1) {
      const word = this.words[at];
      if (!word || word.isAfterBreak || this.words[at - 1]?.isPossessive) break;
      name += ` ${word.text}`;
      const kinds = kindsOf(name);
      if (kinds) best = { to: at + 1, kinds };
    }
    return best;
  }

  isKnownLong(at: number): boolean {
    return this.longestKnown(at).to > at + 1;
  }

  /** English months and days are names in a Spanish text: `Juan March`. */
  isNoName(text: string): boolean {
    return NO_NAMES.has(text) && !(this.isSpanish && /^(?:March|May|August|June|July|April)$/.test(text));
  }

  around(from: number, to: number, isAfterTitle: boolean): Surroundings {
    const next = this.text(to);
    const isPlace = (at: number): boolean => this.isCapital(at) && (this.longestKnown(at).kinds & NAME.location) !== 0;
    return {
      isAfterTitle,
      isBeforePlace: next === ',' && from + 1 === to && isPlace(to + 1) && !this.words[to]?.isAfterBreak,
      isBeforeBracketedPlace:
        next === '(' && from + 2 <= to && isPlace(to + 1) && this.text(this.longestKnown(to + 1).to) === ')',
    };
  }
}
