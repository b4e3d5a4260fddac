/** What the languages of a page say, ready to be looked for. */
import { levelText } from '../../text/level.js';
import { matchesOf } from '../../text/matches.js';
import { offerGaps } from '../../text/offer-gaps.js';
import type { DateWords, MarkerWords, OfferWords, PromotionPhrases } from '../../text/offer-words.js';
import { type CompiledPhrase, compilePhrase, oneOf, wordPattern } from '../../text/phrases.js';
import type { Stretch } from './page.js';

/** A phrase of a promotion, with what it says beside its gaps. */
export interface PromotionPattern extends CompiledPhrase {
  readonly says: PromotionPhrases;
  readonly numbers: ReadonlyMap<string, number>;
}

/** The words of all languages that apply. Patterns are for levelled texts: {@link findWords} does that. */
export interface OfferVocabulary {
  readonly languages: readonly string[];
  /** Levelled names of units to the unit. */
  readonly units: ReadonlyMap<string, string>;
  /** A size: see sizes.ts. */
  readonly unitNames: string;
  readonly sizeLinks: string;
  readonly packs: string;
  readonly approximately: string;
  /** Levelled words for counts: a dozen. */
  readonly counts: ReadonlyMap<string, number>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly promotions: readonly PromotionPattern[];
  readonly conditions: readonly CompiledPhrase[];
  readonly withoutCard: readonly CompiledPhrase[];
  readonly priceChanges: readonly CompiledPhrase[];
  readonly unitPrices: readonly CompiledPhrase[];
  readonly dates: DateWords;
  /** Levelled words that tell of prices and days, and name nothing. */
  readonly fillers: readonly string[];
  readonly markers: Readonly<Record<keyof MarkerWords, RegExp>>;
}

/** Puts the words of several languages together; the first goes before the others where they clash. */
export function makeVocabulary(languages: readonly OfferWords[]): OfferVocabulary {
  const units = new Map<string, string>();
  const counts = new Map<string, number>();
  const numbers = new Map<string, number>();
  for (const words of languages) {
    for (const [unit, names] of Object.entries(words.units)) addAll(units, names, unit);
    for (const [count, names] of Object.entries(words.counts)) addAll(counts, names, Number(count));
    for (const [number, names] of Object.entries(words.numbers)) addAll(numbers, names, Number(number));
  }
  const all = (read: (words: OfferWords) => readonly string[]): string[] => languages.flatMap(read);
  return {
    languages: languages.map(({ language }) => language),
    units,
    unitNames: oneOf([...units.keys()]),
    sizeLinks: oneOf(['x', '*', ...all((words) => words.sizeLinks)]),
    packs: oneOf(['pack', ...all((words) => words.packs)]),
    approximately: oneOf(['ca.', ...all((words) => words.approximately)]),
    counts,
    numbers,
    promotions: unique(languages.flatMap(promotionPatterns), ({ says: { says: _, ...means } }) => means),
    conditions: unique(languages.flatMap((words) => compileAll(words, words.conditions))),
    withoutCard: unique(languages.flatMap((words) => compileAll(words, words.withoutCard))),
    priceChanges: languages.flatMap((words) => compileAll(words, words.priceChanges)),
    unitPrices: unique(languages.flatMap((words) => compileAll(words, words.unitPrices, languages))),
    fillers: languages.flatMap(fillersOf).map(levelText),
    dates: mergeDates(languages.map(({ dates }) => dates)),
    markers: mergeMarkers(languages.map(({ markers }) => markers)),
  };
}

/** The stretches of a text that the words of a pattern stand in. */
export function findWords(text: string, pattern: RegExp): readonly Stretch[] {
  const last = lastFound.get(pattern);
  if (last?.text === text) return last.found;
  const found = matchesOf(levelText(text), pattern).map(({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
  }));
  lastFound.set(pattern, { text, found });
  return found;
}

/** Prices and names of a text are read with the same words. */
const lastFound = new WeakMap<RegExp, { readonly text: string; readonly found: readonly Stretch[] }>();

function addAll<T>(map: Map<string, T>, names: readonly string[], value: T): void {
  for (const name of names) if (!map.has(levelText(name))) map.set(levelText(name), value);
}

/** Without phrases that say the same in several languages: `{minus} {price}`. */
function unique<T extends CompiledPhrase>(phrases: readonly T[], means: (phrase: T) => object = () => ({})): T[] {
  const first = new Map<string, T>();
  for (const phrase of phrases) {
    const key = phrase.pattern.source + JSON.stringify(means(phrase));
    if (!first.has(key)) first.set(key, phrase);
  }
  return [...first.values()];
}

function fillersOf({ dates, markers }: OfferWords): string[] {
  const { legal: _, descriptions: __, ...told } = markers;
  const { from, to, until, of, and, only } = dates;
  return [...Object.values(told).flat(), ...from, ...to, ...until, ...of, ...and, ...only];
}

function compileAll(words: OfferWords, phrases: readonly string[], all?: readonly OfferWords[]): CompiledPhrase[] {
  const gaps = offerGaps(words, all);
  return phrases.map((phrase) => compilePhrase(phrase, gaps));
}

function promotionPatterns(words: OfferWords): PromotionPattern[] {
  const gaps = offerGaps(words);
  const numbers = new Map<string, number>();
  for (const lists of [words.numbers, words.ordinals])
    for (const [number, names] of Object.entries(lists)) addAll(numbers, names, Number(number));
  return words.promotions.flatMap((says) =>
    says.says.map((phrase) => ({ ...compilePhrase(phrase, gaps), says, numbers })),
  );
}

function mergeDates(all: readonly DateWords[]): DateWords {
  const lists = (read: (words: DateWords) => readonly (readonly string[])[], size: number): string[][] =>
    Array.from({ length: size }, (_, i) => all.flatMap((words) => read(words)[i] ?? []));
  const list = (read: (words: DateWords) => readonly string[]): string[] => all.flatMap(read);
  return {
    months: lists(({ months }) => months, 12),
    weekdays: lists(({ weekdays }) => weekdays, 7),
    from: list(({ from }) => from),
    to: list(({ to }) => to),
    until: list(({ until }) => until),
    of: list(({ of }) => of),
    and: list(({ and }) => and),
    only: list(({ only }) => only),
  };
}

function mergeMarkers(all: readonly MarkerWords[]): Record<keyof MarkerWords, RegExp> {
  const words = (name: keyof MarkerWords): RegExp => wordPattern(all.flatMap((markers) => markers[name] ?? []));
  return {
    regularPrice: words('regularPrice'),
    currentPrice: words('currentPrice'),
    from: words('from'),
    saving: words('saving'),
    deposit: words('deposit'),
    loyalty: words('loyalty'),
    each: words('each'),
    legal: words('legal'),
    descriptions: words('descriptions'),
    alternatives: words('alternatives'),
    without: words('without'),
    stickers: words('stickers'),
  };
}
