/** Finds the offers of products that somebody watches, by names that are never written twice the same way. */

import { editDistance } from '../../text/edit-distance.js';

/** A product to look out for. */
export interface WatchEntry {
  /** Its name. */
  readonly product: string;
  /** Where given, an offer must name it. */
  readonly brand: string | null;
  readonly id: string | null;
  /** Other names: an offer that has all words of one of them matches too. */
  readonly keywords: readonly string[];
  /** Whether it is a rival's; null where the list does not tell. */
  readonly isRival: boolean | null;
}

/** What an offer is known by. */
export interface WatchedOffer {
  readonly product: string;
  readonly brand: string | null;
  /** All words around it. */
  readonly quote: string;
}

export interface WatchMatch {
  readonly entry: WatchEntry;
  /** 0 to 1. */
  readonly score: number;
}

/** Lower scores are chance: one of three words replaced by another gives 0.6, one of three left out 0.67. */
const MIN_SCORE = 0.62;
/** A word counts as found from here on. */
const FOUND = 0.7;
/** What words of the quote that are not in the name count. */
const QUOTE_SHARE = 0.9;
/** Part of the score that words of the offer that are not in the entry may take away. */
const EXTRA_SHARE = 0.3;
/** What a word counts that is part of a longer one (German writes them together). */
const PART_SCORE = 0.75;
/** Shorter words are too alike to be taken for each other: pollo and polvo. A letter may be missing from one this long. */
const MIN_FUZZY_LENGTH = 6;
const LONG_LENGTH = 9;

const FILLERS = new Set(
  'a al an and au aux avec com con d da das de degli dei del della delle der des di die do dos du e el em en et i im in l la las le les lo los mit o of oder ou para per por the u un una und von with y zu zum'.split(
    ' ',
  ),
);
/** Sizes say nothing of what it is, and are printed in many ways. */
const SIZE = /^(?:\d+(?:x\d+)?(?:g|gr|kg|ml|cl|l|cm|m|st|stk|ud|uds|un)?|g|gr|kg|ml|cl|l|ud|uds|pack|x)$/;

/** Marks that readers of text take for each other. */
const LOOKALIKES: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/[1i|!]/g, 'l'],
  [/0/g, 'o'],
  [/5/g, 's'],
  [/8/g, 'b'],
];

/** A word in the forms that are compared. */
interface Word {
  /** Without accents, case and plural. */
  readonly stem: string;
  /** The same with marks that look alike made one. */
  readonly shape: string;
}

function toWord(plain: string): Word {
  const singular = plain.length > 3 ? plain.replace(/s$/, '') : plain;
  const stem = singular.length > 4 ? singular.replace(/e$/, '') : singular;
  return { stem, shape: LOOKALIKES.reduce((shape, [pattern, sign]) => shape.replace(pattern, sign), stem) };
}

function wordsOf(text: string): Word[] {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .split(/[^\p{L}\p{N}|!]+/u);
  return plain.filter((word) => /\p{L}/u.test(word) && !FILLERS.has(word) && !SIZE.test(word)).map(toWord);
}

/** How alike two words are, 0 to 1. */
function likeness(wanted: Word, found: Word): number {
  if (wanted.stem === found.stem) return 1;
  if (wanted.shape === found.shape) return 0.95;
  const length = Math.min(wanted.shape.length, found.shape.length);
  const longer = Math.max(wanted.shape.length, found.shape.length);
  if (length < MIN_FUZZY_LENGTH - 1 || longer < MIN_FUZZY_LENGTH) return 0;
  // A letter makes another word of short ones, at their start most of all: pollo and bollo, patata and batata.
  if (length < LONG_LENGTH && wanted.shape[0] !== found.shape[0]) return partScore(wanted, found);
  const limit = length >= LONG_LENGTH ? 2 : 1;
  const distance =
    Math.abs(wanted.shape.length - found.shape.length) > limit ? limit + 1 : editDistance(wanted.shape, found.shape);
  if (distance <= limit) return 1 - distance / (length + 1);
  return partScore(wanted, found);
}

function partScore(wanted: Word, found: Word): number {
  return found.shape.includes(wanted.shape) ? PART_SCORE : 0;
}

/** Words, and each two neighbours as one: readers of text cut words in two. */
function withJoined(words: readonly Word[]): Word[] {
  const joined = words.slice(1).map(({ stem, shape }, at) => {
    const before = words[at] as Word;
    return { stem: before.stem + stem, shape: before.shape + shape };
  });
  return [...words, ...joined];
}

interface Entry {
  readonly entry: WatchEntry;
  readonly words: readonly Word[];
  readonly brand: readonly Word[];
  readonly keywords: readonly (readonly Word[])[];
}

/** The products of a list. */
export class WatchList {
  readonly #entries: readonly Entry[];

  constructor(entries: readonly WatchEntry[]) {
    this.#entries = entries.map((entry) => {
      const brand = entry.brand === null ? [] : wordsOf(entry.brand);
      const isBrand = (word: Word): boolean => brand.some(({ stem }) => stem === word.stem);
      const words = wordsOf(entry.product);
      const others = words.filter((word) => !isBrand(word));
      // The brand is asked for on its own; a name of nothing else is kept as it is.
      return {
        entry,
        words: others.length > 0 ? others : words,
        brand,
        keywords: entry.keywords.map(wordsOf).filter((phrase) => phrase.length > 0),
      };
    });
  }

  /** The entry that an offer matches best, the first of equals; null where none does. */
  match(offer: WatchedOffer): WatchMatch | null {
    const sight = new Sight(offer);
    let best: WatchMatch | null = null;
    for (const entry of this.#entries) {
      const score = Math.round(sight.score(entry) * 100) / 100;
      if (score >= MIN_SCORE && score > (best?.score ?? 0)) best = { entry: entry.entry, score };
    }
    return best;
  }
}

/** The words of one offer, and how well words of the list are found among them. */
class Sight {
  readonly #name: readonly Word[];
  readonly #brand: readonly Word[];
  readonly #joinedName: readonly Word[];
  readonly #joinedQuote: readonly Word[];
  readonly #known = new Map<string, number>();

  constructor({ product, brand, quote }: WatchedOffer) {
    this.#name = wordsOf(product);
    this.#brand = brand === null ? [] : wordsOf(brand);
    this.#joinedName = withJoined([...this.#brand, ...this.#name]);
    this.#joinedQuote = withJoined(wordsOf(quote));
  }

  score({ words, brand, keywords }: Entry): number {
    if (!brand.every((word) => this.#find(word) >= FOUND)) return 0;
    const named = keywords.map((phrase) => {
      const found = phrase.map((word) => this.#find(word));
      return found.every((share) => share >= FOUND) ? mean(found) * 0.95 : 0;
    });
    return Math.max(this.#nameScore(words, brand), ...named);
  }

  #nameScore(words: readonly Word[], brand: readonly Word[]): number {
    if (words.length === 0) return 0;
    const found = this.#findAll(words);
    const coverage = mean(found);
    const isWhole = found.every((share) => share >= FOUND);
    // Another maker's product of nearly the same name is another product.
    const isOthers = brand.length === 0 && this.#brand.length > 0 && !this.#brand.some((own) => isAmong(own, words));
    if (isOthers && !isWhole) return 0;
    const extra = this.#name.filter((word) => !isAmong(word, words) && !isAmong(word, brand)).length;
    const precision = this.#name.length === 0 ? 1 : 1 - extra / this.#name.length;
    // Of a name that is there whole, what else is printed takes little away.
    return coverage * (1 - (isWhole ? EXTRA_SHARE / 3 : EXTRA_SHARE) * (1 - precision));
  }

  /** How well each word is found; two that the offer writes as one are found together. */
  #findAll(words: readonly Word[]): number[] {
    const found = words.map((word) => this.#find(word));
    for (let at = 1; at < words.length; at++) {
      if ((found[at] ?? 0) >= FOUND && (found[at - 1] ?? 0) >= FOUND) continue;
      const both = withJoined(words.slice(at - 1, at + 1))[2] as Word;
      const share = this.#find(both);
      if (share < FOUND) continue;
      found[at - 1] = Math.max(found[at - 1] ?? 0, share);
      found[at] = Math.max(found[at] ?? 0, share);
    }
    return found.map((share) => (share >= FOUND ? share : 0));
  }

  #find(word: Word): number {
    const known = this.#known.get(word.stem);
    if (known !== undefined) return known;
    const best = (among: readonly Word[]): number =>
      among.reduce((most, other) => (most === 1 ? 1 : Math.max(most, likeness(word, other))), 0);
    const inName = best(this.#joinedName);
    const share = inName >= FOUND ? inName : Math.max(inName, best(this.#joinedQuote) * QUOTE_SHARE);
    this.#known.set(word.stem, share);
    return share;
  }
}

function isAmong(word: Word, words: readonly Word[]): boolean {
  return withJoined(words).some((other) => likeness(other, word) >= FOUND);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
