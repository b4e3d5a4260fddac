/** Which series an offer of a flyer concerns. */
import type { SeriesKey } from './series.js';

export interface OfferNames {
  /** Values of the columns that tell series apart. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
  /** Words of rivals' offers. */
  readonly rivals: readonly string[];
}

export interface OfferText {
  readonly product: string;
  readonly brand: string | null;
  /** Entry of the watch list that it matched. */
  readonly watch: string | null;
  /** What the watch list says of it; null where there is none. */
  readonly isRival: boolean | null;
}

export interface OfferMatch {
  /** Empty: all series. */
  readonly key: SeriesKey;
  readonly direction: 'up' | 'down';
}

/** Words without case and accents. */
function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Whether the words stand in the text side by side. */
function holds(text: string, words: readonly string[]): boolean {
  return words.length > 0 && ` ${text} `.includes(` ${words.join(' ')} `);
}

/**
 * An offer concerns the series of a value that its product, brand or watch-list entry names in full, and moves them up;
 * for the other series it is a rival's, and moves them down. Where it names none, the watch list or the words of rivals
 * say that it is a rival's of all. Empty: it concerns nobody.
 */
export function matchOffer(
  { product, brand, watch, isRival }: OfferText,
  { values, rivals }: OfferNames,
): OfferMatch[] {
  const text = wordsOf([product, brand, watch].filter((part) => part !== null).join(' \u00b7 ')).join(' ');
  for (const [column, names] of values) {
    const [longest] = [...names]
      .filter((name) => holds(text, wordsOf(name)))
      .sort((one, other) => other.length - one.length);
    if (longest === undefined) continue;
    const key = { [column]: longest };
    const own: OfferMatch = { key, direction: 'up' };
    return isRival === false || names.size < 2 ? [own] : [own, { key, direction: 'down' }];
  }
  const isNamed = rivals.some((rival) => holds(text, wordsOf(rival)));
  return isRival === true || isNamed ? [{ key: {}, direction: 'down' }] : [];
}
