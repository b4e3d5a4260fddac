/** What a page's languages and its retailer tell of a text: is it a label of the app, a footnote, a saving? */
import { levelText } from '../../text/level.js';
import type { MarkerWords, RetailerSettings } from '../../text/offer-words.js';
import { wordPattern } from '../../text/phrases.js';
import type { Stretch } from './page.js';
import type { OfferContext } from './text-parts.js';
import { findWords, type OfferVocabulary } from './vocabulary.js';

/** What steps need to know of a page beside its words. */
export interface Sense {
  readonly vocabulary: OfferVocabulary;
  readonly retailer: RetailerSettings;
  /** Of the retailer's card, app or club; what the languages say and what the retailer calls it. */
  readonly loyalty: RegExp;
  readonly language: string | null;
  /** ISO: gives undated years. */
  readonly date: string | null;
  /** ISO 4217: what the page prints most often, else the retailer's. */
  readonly currency: string | null;
  /** The words are those of a text layer, which are never misread. */
  readonly isExact: boolean;
  /** Height of the page's running text in pixels. */
  readonly body: number;
}

export function toSense(
  { vocabulary, retailer, date }: OfferContext,
  page: {
    readonly language: string | null;
    readonly body: number;
    readonly currency?: string | null;
    readonly isExact?: boolean;
  },
): Sense {
  const { source } = vocabulary.markers.loyalty;
  const own = wordPattern(retailer.loyaltyWords).source;
  const currency = page.currency ?? retailer.currency;
  return {
    ...page,
    isExact: page.isExact === true,
    currency,
    vocabulary,
    retailer,
    date,
    loyalty: new RegExp(`${source}|${own}`, 'u'),
  };
}

type Marker = keyof MarkerWords;

/** A footnote's figure stuck to a word: `APP-PREIS1`. */
const withoutFootnotes = (text: string): string => text.replace(/(?<=\p{L}{3})[\d¹²³⁴⁵*]{1,2}(?=\s|$)/gu, '');

export function says(text: string, marker: Marker, { vocabulary }: Sense): boolean {
  return findWords(withoutFootnotes(text), vocabulary.markers[marker]).length > 0;
}

export function saysLoyalty(text: string, { loyalty }: Sense): boolean {
  return loyalty.test(levelText(withoutFootnotes(text)));
}

/** The words stand at the end of the text, signs aside. */
export function endsWith(text: string, marker: Marker, { vocabulary }: Sense): boolean {
  return findWords(text, vocabulary.markers[marker]).some(({ end }) => !/[\p{L}\p{N}]/u.test(text.slice(end)));
}

/** The words stand at the start of the text, signs aside. */
export function startsWith(text: string, marker: Marker, { vocabulary }: Sense): boolean {
  return findWords(text, vocabulary.markers[marker]).some(({ start }) => !/[\p{L}\p{N}]/u.test(text.slice(0, start)));
}

/** The whole text is one of the words, signs aside. */
export function isWord(text: string, marker: Marker, sense: Sense): boolean {
  return startsWith(text, marker, sense) && endsWith(text, marker, sense);
}

/** Where the first of the words stands. */
export function firstOf(text: string, marker: Marker, { vocabulary }: Sense): Stretch | null {
  return findWords(text, vocabulary.markers[marker])[0] ?? null;
}
