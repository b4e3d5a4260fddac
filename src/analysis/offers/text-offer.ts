/** Reads one text, a line or a block of a flyer, as an offer. */
import { findCurrency } from './currencies.js';
import { effectiveUnitPrice } from './effective-price.js';
import type { TextOffer } from './page.js';
import { productName } from './product-name.js';
import { withWholeFigures } from './split-figures.js';
import { discountOf, isInPrice, isSizeRange, isWeak, perBaseOf, sizeOf } from './text-facts.js';
import { endOfFirst, type OfferContext, partsOf, type TextParts } from './text-parts.js';
import type { Prices } from './text-prices.js';

/**
 * Reads what a text says of an offer; of several offers the first. An amount that is not in the text is in no price.
 */
export function readTextOffer(printed: string, context: OfferContext): TextOffer {
  const text = withWholeFigures(printed);
  const parts = partsOf(text, context);
  const end = endOfFirst(text, parts);
  return assemble(end === null ? parts : partsOf(text.slice(0, end), context));
}

function assemble({ text, context, prices, promotion, sizes, unitPrices, validity, used }: TextParts): TextOffer {
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
