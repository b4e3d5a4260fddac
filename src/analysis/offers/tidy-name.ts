/** What recognisers and labels leave at the ends of names. */
import { isOfFillers } from './product-name.js';
import type { Sense } from './sense.js';
import { findSizes } from './sizes.js';
import { findWords } from './vocabulary.js';

/**
 * A name without a label before it (`with card Tylenol`), a size behind it and letters that are signs (`echt &c gut`);
 * null where only words are left that tell of prices.
 */
export function tidyName(name: string, { vocabulary }: Sense): string | null {
  const text = name.replace(/(?<=\s)&[ceo](?=\s)/gu, '&').replace(/[»«]+$/u, '');
  const label = findWords(text, vocabulary.markers.loyalty).find(({ start }) => start === 0);
  const own = label === undefined ? text : text.slice(label.end).replace(/^[\s:,.-]+/u, '');
  const size = findSizes(own, vocabulary).find(({ start, end }) => start > 0 && end === own.length);
  const tidy = size === undefined ? own : own.slice(0, size.start).replace(/[\s,(-]+$/u, '');
  if (!/\p{L}{2}/u.test(tidy)) return name;
  return isOfFillers(tidy, vocabulary) ? null : tidy;
}
