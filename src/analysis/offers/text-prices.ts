/** Which of the amounts in a text is the price, which the regular one, which that with a card. */

import { levelText } from '../../text/level.js';
import { findPhrases } from '../../text/phrases.js';
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
  const marked = (pattern: RegExp): ReadonlySet<AmountInText> =>
    markedAmounts(text, amounts, findWords(text, pattern), 'after');
  const priced = amounts.filter((amount) => !isUnitPrice(amount));
  const changes = changesIn(text, amounts, vocabulary);
  const [deposits, savings, regulars] = [
    depositsIn(text, priced, findWords(text, markers.deposit)),
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
  const currents = marked(markers.currentPrice);
  const regular =
    candidates.find((amount) => regulars.has(amount) || changes.has(amount)) ??
    impliedRegular(candidates, promotions) ??
    reduced(text, candidates, currents, markers.currentPrice);
  const current = candidates.filter((amount) => amount !== regular);
  const cards = findWords(text, markers.loyalty);
  const besideCard = marked(markers.loyalty);
  const loyalty =
    current.find((amount) => besideCard.has(amount)) ??
    current.find((amount) => isLoyalty(amount, amounts, cards)) ??
    null;
  const forAll = current.filter((amount) => amount !== loyalty);
  const price = forAll.find((amount) => currents.has(amount)) ?? forAll[0] ?? loyalty;
  if (price === null && regular === null) return null;
  // a card makes nothing dearer
  const others = current.filter((amount) => amount !== price && amount !== loyalty);
  const isSwapped = price !== null && loyalty !== null && loyalty.amount > price.amount;
  if (isSwapped) return { price: loyalty, regular, loyalty: price, others, isFrom: false };
  return { price, regular, loyalty, others, isFrom: price !== null && marked(markers.from).has(price) };
}

/** Which amount is the word's where there is one on both sides: the one after it, or the lesser, as deposits are. */
type Side = 'less' | 'after';

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
    const after = isNext ? next : undefined;
    const chosen = side === 'less' ? lessOf(previous, after) : (after ?? previous);
    // `zzgl. 3,10 Pfand` is one deposit
    if (chosen !== undefined && !(previous !== undefined && marked.has(previous))) marked.add(chosen);
  }
  return marked;
}

/** `zzgl. Pfand 3,10 €`; in `Bier 24 x 0,33 l zzgl. Pfand 9,99 €` the one amount is too great for a deposit. */
function depositsIn(text: string, amounts: readonly AmountInText[], words: readonly Stretch[]): Set<AmountInText> {
  const [only] = amounts;
  if (amounts.length === 1 && only?.currency === 'EUR' && only.amount > LARGEST_DEPOSIT) return new Set();
  return markedAmounts(text, amounts, words, 'less');
}

/** That of a crate of 24 bottles in Germany, in euros: 24 x 0.25 + 1.50. */
const LARGEST_DEPOSIT = 7.5;

function lessOf(a: AmountInText | undefined, b: AmountInText | undefined): AmountInText | undefined {
  return a !== undefined && b !== undefined && b.amount < a.amount ? b : (a ?? b);
}

function isNear(text: string, word: Stretch, amount: Stretch): boolean {
  const gap = amount.start - word.end;
  return (
    gap >= 0 && gap <= NEAR_BEFORE && !/[.;\n|]|\d/.test(text.slice(word.end, amount.start).trim().replace(/^\D/, ''))
  );
}

/** The first amounts of `de R$ 29,90 por R$ 19,90`: those that were asked before. */
function changesIn(text: string, amounts: readonly AmountInText[], vocabulary: OfferVocabulary): Set<AmountInText> {
  const firsts = new Set<AmountInText>();
  for (const { match } of findPhrases(levelText(text), vocabulary.priceChanges)) {
    const [first, second] = amounts.slice(firstFrom(amounts, match.index));
    if (first !== undefined && second !== undefined && second.amount < first.amount) firsts.add(first);
  }
  return firsts;
}

/** `1,49 € ora 0,99 €`, `1,49 € → 0,99 €`: a higher amount right before one that is asked now. */
function reduced(
  text: string,
  candidates: readonly AmountInText[],
  currents: ReadonlySet<AmountInText>,
  words: RegExp,
): AmountInText | null {
  const isArrow = (amount: AmountInText, i: number): boolean =>
    i > 0 && /^\s*(?:→|➔|➜|⇒|->|=>)\s*$/u.test(text.slice(candidates[i - 1]?.end, amount.start));
  const arrow = candidates.findIndex(isArrow);
  const now = arrow > 0 ? arrow : candidates.findIndex((amount) => currents.has(amount));
  const [before, price] = [candidates[now - 1], candidates[now]];
  if (before === undefined || price === undefined || before.amount <= price.amount) return null;
  if (now === arrow) return before;
  const between = text.slice(before.end, price.start);
  const [word] = between.length <= NEAR_BEFORE ? findWords(between, words) : [];
  const rest = word === undefined ? between : between.slice(0, word.start) + between.slice(word.end);
  return word !== undefined && !/[\p{L}\p{N}/]/u.test(rest) ? before : null;
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
