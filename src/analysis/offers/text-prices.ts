/** Which of the amounts in a text is the price, which the regular one, which that with a card. */

import { levelText } from '../../text/level.js';
import { findPhrases } from '../../text/phrases.js';
import { markedAmounts, NEAR_BEFORE } from './marked-amounts.js';
import type { AmountInText, Promotion, Stretch, UnitPrice } from './page.js';
import { firstFrom, overlapWith } from './stretches.js';
import { higherOf, readCard } from './text-cards.js';
import { findWords, type OfferVocabulary } from './vocabulary.js';

/** What the amounts of a text are. */
export interface Prices {
  readonly price: AmountInText | null;
  readonly regular: AmountInText | null;
  readonly loyalty: AmountInText | null;
  /** The words that name the card, where there is a price with it. */
  readonly label: string | null;
  /** Those that are neither: of other offers, or ends of ranges. In the order of the text. */
  readonly others: readonly AmountInText[];
  readonly isFrom: boolean;
}

/** What is known of a text. */
export interface Known {
  readonly text: string;
  readonly amounts: readonly AmountInText[];
  readonly promotions: readonly Promotion[];
  /** What names neither goods nor prices: conditions, days. */
  readonly conditions: readonly Stretch[];
  readonly unitPrices: readonly UnitPrice[];
  readonly vocabulary: OfferVocabulary;
}

/** Tells the amounts apart; null where none of them is a price. */
export function readPrices(known: Known): Prices | null {
  const { text, amounts, promotions, conditions, unitPrices, vocabulary } = known;
  const { markers } = vocabulary;
  const [isPromotion, isUnitPrice] = [overlapWith(promotions), overlapWith(unitPrices)];
  // `ahorra un 20 %`, `pack ahorro` and `ab Montag` say nothing of an amount
  const isPhrase = overlapWith([...promotions, ...conditions]);
  const marked = (words: readonly Stretch[]): ReadonlySet<AmountInText> => markedAmounts(text, amounts, words, 'after');
  const priced = amounts.filter((amount) => !isUnitPrice(amount));
  const [deposits, savings, regulars, currents] = [
    depositsIn(text, priced, findWords(text, markers.deposit)),
    marked(findWords(text, markers.saving).filter((word) => !isPhrase(word))),
    marked(findWords(text, markers.regularPrice)),
    marked(findWords(text, markers.currentPrice)),
  ];
  const free = amounts.filter((amount) => !isPromotion(amount));
  const sold = free.filter((amount) => !deposits.has(amount) && !savings.has(amount));
  const whole = sold.filter((amount) => !isUnitPrice(amount));
  const candidates = whole.length > 0 ? whole : sold;
  const card = readCard(known, candidates);
  const changes = changesIn(text, amounts, vocabulary);
  const regular =
    candidates.find((amount) => (regulars.has(amount) || changes.has(amount)) && !card.isForAll(amount)) ??
    (card.isLed
      ? null
      : (higherOf(candidates, promotions) ?? reduced(text, candidates, currents, markers.currentPrice)));
  const current = candidates.filter((amount) => amount !== regular);
  const loyalty = card.priceIn(current);
  const forAll = current.filter((amount) => amount !== loyalty);
  const price =
    forAll.find((amount) => card.isForAll(amount)) ??
    forAll.find((amount) => currents.has(amount)) ??
    forAll[0] ??
    loyalty;
  if (price === null && regular === null) return null;
  const others = current.filter((amount) => amount !== price && amount !== loyalty);
  // a card makes nothing dearer
  const isSwapped = price !== null && loyalty !== null && loyalty.amount > price.amount;
  const { label } = card;
  if (isSwapped) return { price: loyalty, regular, loyalty: price, label, others, isFrom: false };
  const isFrom = price !== null && marked(findWords(text, markers.from).filter((word) => !isPhrase(word))).has(price);
  return { price, regular, loyalty, label, others, isFrom };
}

/** `zzgl. Pfand 3,10 €`; in `Bier 24 x 0,33 l zzgl. Pfand 9,99 €` the one amount is too great for a deposit. */
function depositsIn(text: string, amounts: readonly AmountInText[], words: readonly Stretch[]): Set<AmountInText> {
  const [only] = amounts;
  if (amounts.length === 1 && only?.currency === 'EUR' && only.amount > LARGEST_DEPOSIT) return new Set();
  return markedAmounts(text, amounts, words, 'less');
}

/** That of a crate of 24 bottles in Germany, in euros: 24 x 0.25 + 1.50. */
const LARGEST_DEPOSIT = 7.5;

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
