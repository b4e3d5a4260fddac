/** What offers are found on, and what they are made of: the shapes that the steps from words to offers share. */
import type { Box, WordLook } from '../../model.js';
import type { Size } from '../../rows/define.js';
import type { PromotionKind } from '../../rows/offer.js';

export type { Size };

export interface PageWord {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly box: Box;
  /** Absent where there is no picture. */
  readonly look?: WordLook;
  /** The line that the engine read it in, by number; absent where it told none. */
  readonly line?: number;
}

/** A page of words, in whatever order. */
export interface OfferPage {
  readonly width: number;
  readonly height: number;
  /** BCP 47, null where unknown. */
  readonly language: string | null;
  readonly words: readonly PageWord[];
  /** Areas of one ground that its picture shows, one in another too; absent where there is no picture. */
  readonly tiles?: readonly Box[];
}

/** A stretch of a text, in UTF-16 code units, the end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Money {
  /** As printed, in units of the currency: 2.49. */
  readonly amount: number;
  /** ISO 4217, null where none is printed. */
  readonly currency: string | null;
}

/** An amount in a text. */
export interface AmountInText extends Money, Stretch {
  /** What it is for, where that stands beside it: `kg`, `l`, `piece`, `100 g`. */
  readonly per: string | null;
}

export interface SizeInText extends Size, Stretch {}

/** A price for a base unit that is printed beside the price: `(1 kg = 4,69)`. */
export interface UnitPrice extends Stretch {
  readonly amount: number;
  /** `kg`, `l`, `piece`, `m` and the like; prices for 100 g are given for the kilogram. */
  readonly unit: string;
}

export type { PromotionKind };

/** A promotion in a text. */
export interface Promotion extends Stretch {
  readonly kind: Exclude<PromotionKind, 'none'>;
  /** As it stands in the text. */
  readonly text: string;
  /** Per cent off, 0 to 100 (percent-off). */
  readonly percent?: number;
  /** Money off (amount-off); off all of `take` where that is told. */
  readonly amount?: number;
  /** `3x2`: take 3, pay 2 (multi-buy, bogo); `when you buy 4`: take 4 at the price beside it. */
  readonly take?: number;
  readonly pay?: number;
  /** `2ª unidad -70 %`: of the second unit 0.3 of the price is paid (nth-unit). */
  readonly nth?: number;
  readonly nthShare?: number;
  /** `2ª unidad a 1 €` (nth-unit). */
  readonly nthPrice?: number;
  /** `3 por 5 €` (bundle-price). */
  readonly bundleCount?: number;
  readonly bundlePrice?: number;
  /** `comprando 2, la unidad sale a 1,25 €`: what each of `take` costs (multi-buy). */
  readonly eachPrice?: number;
  /** Only with the card or app of the retailer. */
  readonly needsLoyalty?: boolean;
  /** The price beside it has the promotion in it: `ahorra 1 €`. */
  readonly isInPrice?: boolean;
  /** It can be read in two ways; the retailer's settings chose one. */
  readonly isAmbiguous?: boolean;
}

/** From when to when; a side that is not told is null. ISO dates. */
export interface Validity extends Stretch {
  readonly from: string | null;
  readonly to: string | null;
}

/** What one text says of an offer; null where it does not say it. */
export interface TextOffer {
  readonly product: string | null;
  readonly brand: string | null;
  readonly size: Size | null;
  readonly price: number | null;
  readonly currency: string | null;
  readonly regularPrice: number | null;
  readonly discountPercent: number | null;
  readonly promotion: PromotionKind;
  readonly promotionText: string | null;
  /** What one unit costs where the promotion is used once. */
  readonly effectiveUnitPrice: number | null;
  readonly pricePerBaseUnit: number | null;
  readonly baseUnit: string | null;
  readonly loyaltyRequired: boolean;
  /** The price with the retailer's card or app, where there is one for all too. */
  readonly loyaltyPrice: number | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly flags: readonly string[];
}

/** An amount where it is printed. */
export interface PrintedPrice {
  readonly amount: number;
  readonly box: Box;
}

/** An offer of a page. */
export interface Offer extends Omit<TextOffer, 'product'> {
  readonly product: string;
  /** Around all that belongs to it. */
  readonly box: Box;
  /** The amounts of the page that it uses: price, regular price, price with the card, what several cost together. */
  readonly prices: readonly PrintedPrice[];
  /** 0 to 1. */
  readonly confidence: number;
  /** The words that it was read from. */
  readonly quote: string;
}

export const DISCARD_REASONS = [
  'legal text',
  'unit price',
  'regular price',
  'crossed out',
  'phone number',
  'low confidence',
  'deposit',
  'saving',
  'on a package',
  'no product',
] as const;
export type DiscardReason = (typeof DISCARD_REASONS)[number];

/** A price of the page that is in no offer, and why. */
export interface DiscardedPrice extends Money {
  readonly text: string;
  readonly box: Box;
  readonly reason: DiscardReason;
}

/** What a page says. Every price that was found is in an offer or among the discards. */
export interface PageOffers {
  readonly offers: readonly Offer[];
  readonly discards: readonly DiscardedPrice[];
  /** Prices that were found: those in offers and those discarded. */
  readonly priceCount: number;
}
