/** Turns offers and discarded prices into rows. */
import type { ItemError } from '../../model.js';
import { errorColumns } from '../../rows/common.js';
import type { DiscardRow, OfferRow } from '../../rows/offer.js';
import type { DiscardedPrice, Offer, TextOffer } from './page.js';
import type { WatchMatch } from './watch-list.js';

/** What all rows of a page, or of a text, have. */
export interface OfferOrigin {
  readonly source: string;
  readonly page: number | null;
  readonly retailer: string | null;
  readonly provider: string | null;
  readonly model: string | null;
}

/** Two decimals are cents; prices for base units and confidences get as many as tell them apart. */
function rounded(value: number | null, decimals: number): number | null {
  return value === null ? null : Math.round(value * 10 ** decimals) / 10 ** decimals;
}

/** The row of an offer of a page; `watch` is what it matches in the watch list, where there is one. */
export function offerRow(offer: Offer, origin: OfferOrigin, watch: WatchMatch | null): OfferRow {
  return {
    ...startOf(origin),
    box: offer.box,
    ...factsOf(offer),
    retailer: origin.retailer,
    confidence: rounded(offer.confidence, 4),
    quote: offer.quote,
    flags: offer.flags,
    ...(watch && watchColumns(watch)),
    provider: origin.provider,
    model: origin.model,
  };
}

/** The row of a line of text. */
export function textOfferRow(offer: TextOffer, text: string, line: number, origin: OfferOrigin): OfferRow {
  return {
    ...startOf(origin),
    line,
    ...factsOf(offer),
    retailer: origin.retailer,
    confidence: null,
    quote: text,
    flags: offer.flags,
    provider: origin.provider,
    model: origin.model,
  };
}

/** The one row of an input, or of a page or line of it, that could not be read. */
export function failedOfferRow(error: ItemError, attempts: number, line: number | null, origin: OfferOrigin): OfferRow {
  const { source, page, retailer, provider } = origin;
  return {
    schema: 'uxd.offer/1',
    source,
    status: 'error',
    page,
    ...(line !== null && { line }),
    ...NOTHING,
    retailer,
    confidence: null,
    quote: null,
    flags: null,
    provider,
    model: null,
    ...errorColumns(error, attempts),
  };
}

/** The row of a price that is in no offer. */
export function discardRow(discard: DiscardedPrice, page: number, origin: OfferOrigin): DiscardRow {
  const { text, amount, currency, reason, box } = discard;
  const { source, retailer, provider, model } = origin;
  const start = { schema: 'uxd.discard/1', source, status: 'ok', page, box } as const;
  return { ...start, text, amount, currency, reason, retailer, provider, model };
}

function startOf({ source, page }: OfferOrigin) {
  return { schema: 'uxd.offer/1', source, status: 'ok', page } as const;
}

const NOTHING = {
  product: null,
  brand: null,
  size: null,
  price: null,
  currency: null,
  regularPrice: null,
  discountPercent: null,
  promotion: null,
  promotionText: null,
  effectiveUnitPrice: null,
  pricePerBaseUnit: null,
  baseUnit: null,
  loyaltyRequired: null,
  loyaltyPrice: null,
  validFrom: null,
  validTo: null,
} as const;

function factsOf(offer: TextOffer) {
  return {
    product: offer.product,
    brand: offer.brand,
    size: offer.size && { count: offer.size.count, amount: offer.size.amount, unit: offer.size.unit },
    price: offer.price,
    currency: offer.currency,
    regularPrice: offer.regularPrice,
    discountPercent: rounded(offer.discountPercent, 2),
    promotion: offer.promotion,
    promotionText: offer.promotionText,
    effectiveUnitPrice: rounded(offer.effectiveUnitPrice, 4),
    pricePerBaseUnit: rounded(offer.pricePerBaseUnit, 4),
    baseUnit: offer.baseUnit,
    loyaltyRequired: offer.loyaltyRequired,
    loyaltyPrice: offer.loyaltyPrice,
    validFrom: offer.validFrom,
    validTo: offer.validTo,
  };
}

function watchColumns({ entry, score }: WatchMatch) {
  return { watch: entry.product, watchId: entry.id, watchRival: entry.isRival, watchScore: score };
}
