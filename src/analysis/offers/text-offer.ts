/** Reads one text, a line or a block of a flyer, as an offer. */
import { levelText } from '../../text/level.js';
import { matchesOf } from '../../text/matches.js';
import type { RetailerSettings } from '../../text/offer-words.js';
import { findPhrases } from '../../text/phrases.js';
import { bareMoney, withoutLooseCents } from './bare-money.js';
import { findCurrency } from './currencies.js';
import { effectiveUnitPrice, percentOff } from './effective-price.js';
import { findAmounts } from './money.js';
import type {
  AmountInText,
  Money,
  Promotion,
  Size,
  SizeInText,
  Stretch,
  TextOffer,
  UnitPrice,
  Validity,
} from './page.js';
import { productName, wordsOfPrices } from './product-name.js';
import { findPromotions } from './promotions.js';
import { agreesWithUnitPrice, findSizes, pricePerBaseUnit, soldSizes } from './sizes.js';
import { withWholeFigures } from './split-figures.js';
import { firstFrom, overlap, overlapWith } from './stretches.js';
import { findWithoutCard } from './text-cards.js';
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

/**
 * Reads what a text says of an offer; of several offers the first. An amount that is not in the text is in no price.
 */
export function readTextOffer(printed: string, context: OfferContext): TextOffer {
  const text = withWholeFigures(printed);
  const parts = partsOf(text, context);
  const end = endOfFirst(text, parts);
  return assemble(end === null ? parts : partsOf(text.slice(0, end), context));
}

interface Parts {
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

function partsOf(text: string, context: OfferContext): Parts {
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
function endOfFirst(text: string, { prices, used, context }: Parts): number | null {
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

function assemble({ text, context, prices, promotion, sizes, unitPrices, validity, used }: Parts): TextOffer {
  // `3 por 5 €` may be the only price there is
  const price = prices.price?.amount ?? promotion?.bundlePrice ?? promotion?.eachPrice ?? null;
  const regular = prices.regular?.amount ?? null;
  const size = sizeOf(sizes);
  const isReduced = price !== null && promotion !== null && isInPrice(promotion, prices);
  const each = promotion?.bundlePrice === price ? effectiveUnitPrice(price, promotion) : price;
  const discount = discountOf(each, regular, promotion);
  const sold =
    prices.price === null && size !== null ? { ...size, count: size.count * (promotion?.bundleCount ?? 1) } : size;
  const isEach = prices.price !== null && /(?<!\p{L})je\s$/iu.test(text.slice(0, prices.price.start));
  const perBase = perBaseOf(price, prices.price, sold, unitPrices, isEach);
  const withCard = prices.loyalty === prices.price ? null : prices.loyalty;
  // where there is a price with the card, a percentage is what leads to it
  const isOfCard = withCard !== null && (promotion === null || isWeak(promotion));
  const effective = isOfCard
    ? withCard.amount
    : effectiveUnitPrice(price, isReduced ? { ...promotion, isInPrice: true } : promotion);
  const needsCard = promotion?.needsLoyalty === true || prices.loyalty !== null;
  const flags = [
    ...(promotion?.isAmbiguous === true ? ['ambiguous-promotion'] : []),
    ...(discount.isDerived ? ['derived-percent'] : []),
    ...(prices.isFrom ? ['from-price'] : []),
    ...(isSizeRange(sizes, text) ? ['size-range'] : []),
    ...(perBase.disagrees ? ['unit-price-differs'] : []),
  ];
  const product = productName(text, used, context.vocabulary);
  // a line that holds one amount and nothing else holds money, whatever that is called: `RRP £12.99`
  const isMoney = price === null && regular !== null && product === null && promotion === null && size === null;
  return {
    product,
    brand: null,
    size,
    price: isMoney ? regular : price,
    currency: currencyOf(text, prices, context),
    regularPrice: regular,
    discountPercent: discount.percent,
    promotion: isOfCard ? 'loyalty' : (promotion?.kind ?? 'none'),
    promotionText: promotion?.text ?? (isOfCard ? prices.label : null),
    effectiveUnitPrice: effective,
    pricePerBaseUnit: perBase.amount,
    baseUnit: perBase.unit,
    loyaltyRequired: needsCard && withCard === null,
    loyaltyPrice: withCard?.amount ?? null,
    validFrom: validity.find(({ from }) => from !== null)?.from ?? null,
    validTo: validity.find(({ to }) => to !== null)?.to ?? null,
    flags,
  };
}

function currencyOf(text: string, prices: Prices, { retailer }: OfferContext): string | null {
  const printed = prices.price?.currency ?? findCurrency(text, retailer.currency);
  return printed ?? (prices.price === null ? null : retailer.currency);
}

export function sizeOf(sizes: readonly Size[]): Size | null {
  // a measure tells more than a number of pieces
  const best = sizes.find(({ unit }) => unit !== 'piece') ?? sizes[0];
  return best === undefined ? null : { count: best.count, amount: best.amount, unit: best.unit };
}

function isSizeRange(sizes: readonly SizeInText[], text: string): boolean {
  return sizes.some((size, i) => {
    const next = sizes[i + 1];
    if (next === undefined) return false;
    const between = levelText(text.slice(size.end, next.start));
    return between === '' || /^\s?(?:-|bis|a|to|oder|o|or)\s?$/.test(between);
  });
}

/** Per kilogram, litre or piece: from price and size, else as printed. */
function perBaseOf(
  price: number | null,
  amount: AmountInText | null,
  size: Size | null,
  unitPrices: readonly UnitPrice[],
  isEach: boolean,
): { amount: number | null; unit: string | null; disagrees: boolean } {
  // a price may itself be for a base unit, `1,99 €/kg`; `0,89 €/ud` says less than a price and a size
  const own = unitPrices.find((found) => amount !== null && overlap(found, amount));
  const isOwn = own !== undefined && (own.unit !== 'piece' || size === null);
  const printed = isOwn ? own : unitPrices.find((found) => found !== own);
  const derived = price === null || size === null ? null : pricePerBaseUnit(price, size);
  // `ab 2 Stück je 1,49 €`
  if (isEach && price !== null && printed === undefined && derived === null)
    return { amount: price, unit: 'piece', disagrees: false };
  if (isOwn || derived === null)
    return { amount: printed?.amount ?? null, unit: printed?.unit ?? null, disagrees: false };
  const disagrees =
    printed !== undefined &&
    printed.unit === derived.unit &&
    size !== null &&
    price !== null &&
    !agreesWithUnitPrice(price, size, printed);
  return { amount: derived.amount, unit: derived.unit, disagrees };
}

/** Of several promotions the one that says most; conditions alone say least. */
export function mainPromotion(promotions: readonly Promotion[]): Promotion | null {
  const rank = ({ kind, isInPrice, eachPrice }: Promotion): number =>
    // `when you buy 2` says on what condition the others hold
    kind === 'multi-buy' && (isInPrice === true || eachPrice !== undefined)
      ? 6
      : ['nth-unit', 'multi-buy', 'bogo', 'bundle-price', 'percent-off', 'amount-off', 'free-gift', 'loyalty'].indexOf(
          kind,
        );
  const best = [...promotions].sort((a, b) => rank(a) - rank(b))[0] ?? null;
  if (best === null) return null;
  const isForCard = promotions.some(({ needsLoyalty }) => needsLoyalty);
  return isForCard ? { ...best, needsLoyalty: true } : best;
}

/** A promotion that a price with the card says more than. */
export function isWeak({ kind }: Promotion): boolean {
  return kind === 'percent-off' || kind === 'loyalty';
}

/** Whether the price that is printed has the discount in it: with a regular price, or where the discount stands first. */
function isInPrice(promotion: Promotion, { price, regular }: Prices): boolean {
  if (promotion.kind !== 'percent-off' && promotion.kind !== 'amount-off') return false;
  if (regular !== null) return true;
  const isConditional = promotion.needsLoyalty === true || promotion.take !== undefined;
  return price !== null && promotion.start < price.start && !isConditional;
}

function discountOf(
  price: number | null,
  regular: number | null,
  promotion: Promotion | null,
): { percent: number | null; isDerived: boolean } {
  if (promotion?.kind === 'percent-off' && promotion.percent !== undefined)
    return { percent: promotion.percent, isDerived: false };
  if (price === null || regular === null || !(regular > price)) return { percent: null, isDerived: false };
  return { percent: percentOff(price, regular), isDerived: true };
}

/** The prices of a text that holds one price or none. */
function onlyPrice({ length }: string, money: Money | null): Prices {
  const price = money === null ? null : { ...money, start: 0, end: length, per: null };
  return { price, regular: null, loyalty: null, label: null, others: [], isFrom: false };
}
