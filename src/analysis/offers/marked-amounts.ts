/** Which amounts the words of a text belong to. */
import type { AmountInText, Stretch } from './page.js';
import { firstFrom } from './stretches.js';

/** A word belongs to the amount that it stands this near before. */
export const NEAR_BEFORE = 14;

/** Which amount is the word's where there is one on both sides: the one after it, or the lesser, as deposits are. */
export type Side = 'less' | 'after';

/** The amounts that words belong to: each word to one, the next after it or the one right before it. */
export function markedAmounts(
  text: string,
  amounts: readonly AmountInText[],
  words: readonly Stretch[],
  side: Side,
): Set<AmountInText> {
  const marked = new Set<AmountInText>();
  for (const word of words) {
    const next = amounts[firstFrom(amounts, word.end)];
    const isNext = next !== undefined && isNear(text, word, next);
    const last = amounts[firstFrom(amounts, word.start) - 1];
    const previous = last !== undefined && last.end <= word.start && word.start - last.end <= 2 ? last : undefined;
    const after = isNext ? next : undefined;
    const chosen = side === 'less' ? lessOf(previous, after) : (after ?? previous);
    // `zzgl. 3,10 Pfand` is one deposit
    if (chosen !== undefined && !(previous !== undefined && marked.has(previous))) marked.add(chosen);
  }
  return marked;
}

function lessOf(a: AmountInText | undefined, b: AmountInText | undefined): AmountInText | undefined {
  return a !== undefined && b !== undefined && b.amount < a.amount ? b : (a ?? b);
}

function isNear(text: string, word: Stretch, amount: Stretch): boolean {
  const gap = amount.start - word.end;
  return (
    gap >= 0 && gap <= NEAR_BEFORE && !/[.;\n|]|\d/.test(text.slice(word.end, amount.start).trim().replace(/^\D/, ''))
  );
}
