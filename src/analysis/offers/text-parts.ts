/** Takes a text apart: prices, promotions, sizes, days and conditions, and what is left for the name. */
import { levelText } from '../../text/level.js';
import { matchesOf } from '../../text/matches.js';
import type { RetailerSettings } from '../../text/offer-words.js';
import { findPhrases } from '../../text/phrases.js';
import { bareMoney, withoutLooseCents } from './bare-money.js';
import { findCurrency } from './currencies.js';
import { findAmounts } from './money.js';
import type { Money, Promotion, SizeInText, Stretch, UnitPrice, Validity } from './page.js';
import { wordsOfPrices } from './product-name.js';
import { findPromotions } from './promotions.js';
import { findSizes, soldSizes } from './sizes.js';
import { firstFrom, overlapWith } from './stretches.js';
import { findWithoutCard } from './text-cards.js';
import { mainPromotion } from './text-facts.js';
import { type Prices, readPrices } from './text-prices.js';
import { findUnitPrices } from './unit-prices.js';
import { findValidity } from './validity.js';
import type { OfferVocabulary } from './vocabulary.js';

/** What texts are read with. */
export interface OfferContext {
  readonly vocabulary: OfferVocabulary;
  readonly retailer: RetailerSettings;
  /** ISO date that undated days lie near, null where there is none. */
  readonly date: string | null;
}

/** What is found in a text, before it is put together. */
export interface TextParts {
  readonly text: string;
  readonly context: OfferContext;
  readonly prices: Prices;
  readonly promotion: Promotion | null;
  readonly sizes: readonly SizeInText[];
  readonly unitPrices: readonly UnitPrice[];
  readonly validity: readonly Validity[];
  /** All that is no part of a name. */
  readonly used: readonly Stretch[];
}

/** What stands where in a text. */
export function partsOf(text: string, context: OfferContext): TextParts {
  const { vocabulary, retailer, date } = context;
  const validity = findValidity(text, vocabulary, { date, dateOrder: dateOrderOf(text, retailer) });
  const isDay = overlapWith(validity);
  const conditions = findConditions(text, vocabulary);
  const isCondition = overlapWith(conditions);
  // `pack ahorro 5 €`: the phrase that begins first is right
  const isInCondition = ({ start }: Stretch): boolean =>
    isCondition({ start: start - 1, end: start }) && isCondition({ start, end: start + 1 });
  const promotions = findPromotions(text, vocabulary, retailer).filter(
    (found) => !isDay(found) && !isInCondition(found),
  );
  const isPromotion = overlapWith(promotions);
  const amounts = findAmounts(withoutLooseCents(text), { currency: retailer.currency }).filter(
    (found) => !isDay(found) && !isCondition(found),
  );
  const isAmount = overlapWith(amounts);
  // `399 Ft` and the groszy of `3 zł 49 gr`
  const isInAmount = ({ start, end }: Stretch): boolean => {
    const amount = amounts[firstFrom(amounts, start + 1) - 1];
    return amount !== undefined && amount.currency !== null && end <= amount.end;
  };
  const sizes = findSizes(text, vocabulary).filter(
    (found) =>
      // `99 ct` are cents or pieces, not both
      !isPromotion(found) &&
      !isDay(found) &&
      !isCondition(found) &&
      !(found.unit === 'piece' && isAmount(found)) &&
      !isInAmount(found),
  );
  const unitPrices = findUnitPrices(text, vocabulary).filter((found) => !isPromotion(found) && !isDay(found));
  const prices =
    readPrices({ text, amounts, promotions, conditions: [...conditions, ...validity], unitPrices, vocabulary }) ??
    onlyPrice(text, promotions.length + sizes.length > 0 ? null : bareMoney(text, conditions, context));
  const promotion = mainPromotion(promotions);
  const used = [...conditions, ...validity, ...promotions, ...sizes, ...amounts, ...unitPrices];
  return { text, context, prices, promotion, sizes: soldSizes(sizes), unitPrices, validity, used };
}

/** Where no retailer says how dates are written, those of English texts with prices in US dollars begin with the month. */
function dateOrderOf(text: string, { country, currency, dateOrder }: RetailerSettings): RetailerSettings['dateOrder'] {
  if (country !== null || !text.includes('$') || !ENGLISH_DATE.test(text)) return dateOrder;
  return findCurrency(text, currency) === 'USD' ? 'mdy' : dateOrder;
}

/** Words that no other language has beside its dates. */
const ENGLISH_DATE =
  /\b(?:thru|through|to|until|till?|from|between|by|on|ends?|ending|expires?|exp|valid|good|starts?|starting|week|effective)\b[\s:.]{0,3}(?:[a-z]{2,9}[\s,.]{1,2}){0,2}\d{1,2}\/\d/i;

/** Where a second offer begins: at a name that stands between the price and one that is no price of the same goods. */
export function endOfFirst(text: string, { prices, used, context }: TextParts): number | null {
  if (prices.price === null || prices.others.length === 0) return null;
  const [first, next] = [prices.price, ...prices.others].sort((a, b) => a.start - b.start);
  if (first === undefined || next === undefined) return null;
  // where names stand behind their prices, the next price is where the next offer begins
  if (!hasName(text.slice(0, first.start))) return hasName(text.slice(first.end, next.start)) ? next.start : null;
  const isUsed = overlapWith([...used, ...wordsOfPrices(text, context.vocabulary)]);
  const name = matchesOf(text.slice(0, next.start), NAME).find(
    ({ index, 0: word }) => index >= first.end && !isUsed({ start: index, end: index + word.length }),
  );
  return name?.index ?? null;
}

/** A word that may begin a name. */
const NAME = /(?<![\p{L}\d])\p{Lu}\p{L}{2,}/gu;

function hasName(text: string): boolean {
  return matchesOf(text, NAME).length > 0;
}

/** The stretches of a text that tell on what conditions something is sold, and stickers. */
function findConditions(text: string, vocabulary: OfferVocabulary): Stretch[] {
  const found = Array.from(findPhrases(levelText(text), vocabulary.conditions), ({ match }) => ({
    start: match.index,
    end: match.index + match[0].trimEnd().length,
  }));
  return [...found, ...findWithoutCard(text, vocabulary)];
}

/** The prices of a text that holds one price or none. */
function onlyPrice({ length }: string, money: Money | null): Prices {
  const price = money === null ? null : { ...money, start: 0, end: length, per: null };
  return { price, regular: null, loyalty: null, label: null, others: [], isFrom: false };
}
