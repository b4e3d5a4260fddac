/** Prices with the retailer's card or app in one text. */
import { levelText } from '../../text/level.js';
import { findPhrases } from '../../text/phrases.js';
import { leadsTo } from './effective-price.js';
import { markedAmounts } from './marked-amounts.js';
import type { AmountInText, Promotion, Stretch } from './page.js';
import { firstFrom, overlapWith } from './stretches.js';
import type { Known } from './text-prices.js';
import { findWords, type OfferVocabulary } from './vocabulary.js';

/** From an amount to the word for the card after it. */
const NEAR_AFTER = 24;

/** What a text says of prices with a card. */
export interface Card {
  /** The words that name it, as they stand in the text. */
  readonly label: string | null;
  /** A discount with the card leads from one of two prices to the other. */
  readonly isLed: boolean;
  /** Asked where one has no card: `sin tarjeta 3,29 €`. */
  isForAll(amount: AmountInText): boolean;
  /** The one of some amounts that is asked with the card. */
  priceIn(current: readonly AmountInText[]): AmountInText | null;
}

/** The phrases of a text that stand beside the price for all. */
export function findWithoutCard(text: string, { withoutCard }: OfferVocabulary): Stretch[] {
  return Array.from(findPhrases(levelText(text), withoutCard), ({ match }) => ({
    start: match.index,
    end: match.index + match[0].trimEnd().length,
  }));
}

/** Reads what the words for cards say of the amounts that may be prices. */
export function readCard(known: Known, candidates: readonly AmountInText[]): Card {
  const { text, amounts, promotions, vocabulary } = known;
  const without = findWithoutCard(text, vocabulary);
  const isWithout = overlapWith(without);
  const words = findWords(text, vocabulary.markers.loyalty).filter((word) => !isWithout(word));
  const withCard = promotions.filter(({ needsLoyalty }) => needsLoyalty === true);
  const [label] = [...words, ...withCard].sort((a, b) => a.start - b.start);
  const forAll = label === undefined ? new Set() : markedAmounts(text, amounts, without, 'after');
  const high = higherOf(candidates, withCard);
  const low = high === null ? undefined : candidates.find((amount) => amount !== high);
  const beside = markedAmounts(text, amounts, words, 'after');
  return {
    label: label === undefined ? null : text.slice(label.start, label.end),
    isLed: high !== null,
    isForAll: (amount) => forAll.has(amount),
    priceIn: (current) => {
      const others = current.filter((amount) => !forAll.has(amount));
      return (
        low ??
        others.find((amount) => beside.has(amount)) ??
        others.find((amount) => isBefore(amount, amounts, words)) ??
        (forAll.size > 0 ? others[0] : undefined) ??
        null
      );
    },
  };
}

/** Of two prices with a discount that leads from one to the other, the higher: `2,35 € -30% 1,65 €`. */
export function higherOf(candidates: readonly AmountInText[], promotions: readonly Promotion[]): AmountInText | null {
  const [low, high, ...others] = [...candidates].sort((a, b) => a.amount - b.amount);
  if (low === undefined || high === undefined || others.length > 0) return null;
  return promotions.some((promotion) => leadsTo(promotion, high.amount, low.amount)) ? high : null;
}

/** The card is named after the amount, nearer than any other amount. */
function isBefore(amount: AmountInText, amounts: readonly AmountInText[], words: readonly Stretch[]): boolean {
  const next = words[firstFrom(words, amount.end)];
  if (next === undefined || next.start - amount.end > NEAR_AFTER) return false;
  const other = amounts[firstFrom(amounts, amount.end)];
  return other === undefined || other.start >= next.start;
}
