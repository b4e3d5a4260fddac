/** Which of the amounts in a text is the price, which the regular one, which that with a card. */

import type { AmountInText, Promotion, Stretch, UnitPrice } from './page.js';
import { firstFrom, overlapWith } from './stretches.js';
import { findWords, type OfferVocabulary } from './vocabulary.js';

/** What the amounts of a text are. */
export interface Prices {
  readonly price: AmountInText | null;
  readonly regular: AmountInText | null;
  readonly loyalty: AmountInText | null;
  /** Those that are neither: of other offers, or ends of ranges. In the order of the text. */
  readonly others: readonly AmountInText[];
  readonly isFrom: boolean;
}

/** A word belongs to the amount that it stands this near before. */
const NEAR_BEFORE = 14;
const NEAR_AFTER = 24;

/** What is known of a text. */
interface Known {
  readonly text: string;
  readonly amounts: readonly AmountInText[];
  readonly promotions: readonly Promotion[];
  readonly conditions: readonly Stretch[];
  readonly unitPrices: readonly UnitPrice[];
  readonly vocabulary: OfferVocabulary;
}

/** Tells the amounts apart; null where none of them is a price. */
export function readPrices({ text, amounts, promotions, conditions, unitPrices, vocabulary }: Known): Prices | null {
  const { markers } = vocabulary;
  const [isPromotion, isUnitPrice] = [overlapWith(promotions), overlapWith(unitPrices)];
  // `ahorra un 20 %` and `pack ahorro` say nothing of an amount
  const isPhrase = overlapWith([...promotions, ...conditions]);
  const marked = (pattern: RegExp, side: Side = 'after'): ReadonlySet<AmountInText> =>
    markedAmounts(text, amounts, findWords(text, pattern), side);
  const [deposits, savings, regulars] = [
    marked(markers.deposit, 'before'),
    markedAmounts(
      text,
      amounts,
      findWords(text, markers.saving).filter((word) => !isPhrase(word)),
      'after',
    ),
    marked(markers.regularPrice),
  ];
  const free = amounts.filter((amount) => !isPromotion(amount));
  const sold = free.filter((amount) => !deposits.has(amount) && !savings.has(amount));
  const whole = sold.filter((amount) => !isUnitPrice(amount));
  const candidates = whole.length > 0 ? whole : sold;
  const regular = candidates.find((amount) => regulars.has(amount)) ?? impliedRegular(candidates, promotions);
  const current = candidates.filter((amount) => amount !== regular);
  const cards = findWords(text, markers.loyalty);
  const besideCard = marked(markers.loyalty);
  const loyalty =
    current.find((amount) => besideCard.has(amount)) ??
    current.find((amount) => isLoyalty(amount, amounts, cards)) ??
    null;
  const forAll = current.filter((amount) => amount !== loyalty);
  const currents = marked(markers.currentPrice);
  const price = forAll.find((amount) => currents.has(amount)) ?? forAll[0] ?? loyalty;
  if (price === null && regular === null) return null;
  // a card makes nothing dearer
  const others = current.filter((amount) => amount !== price && amount !== loyalty);
  const isSwapped = price !== null && loyalty !== null && loyalty.amount > price.amount;
  if (isSwapped) return { price: loyalty, regular, loyalty: price, others, isFrom: false };
  return { price, regular, loyalty, others, isFrom: price !== null && marked(markers.from).has(price) };
}

/** On which side of a word its amount stands, where there is one on both. */
type Side = 'before' | 'after';

/** The amounts that words belong to: each word to one, the next after it or the one right before it. */
function markedAmounts(
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
    const chosen = side === 'before' ? (previous ?? (isNext ? next : undefined)) : isNext ? next : previous;
    // `zzgl. 3,10 Pfand` is one deposit
    if (chosen !== undefined && !(previous !== undefined && marked.has(previous))) marked.add(chosen);
  }
  return marked;
}

function isNear(text: string, word: Stretch, amount: Stretch): boolean {
  const gap = amount.start - word.end;
  return gap >= 0 && gap <= NEAR_BEFORE && !/[.;\n|]|\d/.test(text.slice(word.end, amount.start).trim().slice(1));
}

/** Of two prices with a discount that leads from one to the other, the higher: `2,35 € -30% 1,65 €`. */
function impliedRegular(candidates: readonly AmountInText[], promotions: readonly Promotion[]): AmountInText | null {
  const [low, high, ...others] = [...candidates].sort((a, b) => a.amount - b.amount);
  if (low === undefined || high === undefined || others.length > 0) return null;
  const isLed = promotions.some(({ percent, amount }) => {
    if (amount !== undefined) return Math.abs(high.amount - amount - low.amount) < 0.005;
    // percentages are printed rounded to whole ones, and shops like to round them up
    return percent !== undefined && Math.abs((1 - low.amount / high.amount) * 100 - percent) <= 1;
  });
  return isLed ? high : null;
}

/** The card is named after the amount, nearer than any other amount. */
function isLoyalty(amount: AmountInText, amounts: readonly AmountInText[], words: readonly Stretch[]): boolean {
  const next = words[firstFrom(words, amount.end)];
  if (next === undefined || next.start - amount.end > NEAR_AFTER) return false;
  const other = amounts[firstFrom(amounts, amount.end)];
  return other === undefined || other.start >= next.start;
}
