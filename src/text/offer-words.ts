/** What a language says on flyers, as it stands in data/offers/*.yaml, and how a retailer prints, in data/retailers/*.yaml. */

/** A way of announcing a promotion. */
export interface PromotionPhrases {
  readonly kind: string;
  /** Phrases with the gaps {take}, {pay}, {n}, {nth}, {percent}, {minus}, {price}, and those of `lists`. */
  readonly says: readonly string[];
  /** What the phrases say without a figure. */
  readonly take?: number;
  readonly pay?: number;
  readonly nth?: number;
  readonly percent?: number;
  /** The part of its price that is paid for the nth unit: 0 where it is free. */
  readonly share?: number;
  /** Whether a percentage is taken off or paid; `retailer`: the retailer's settings say. */
  readonly percentMeans?: 'discount' | 'pay' | 'retailer';
  /** Only with the retailer's card or app. */
  readonly loyalty?: boolean;
  /** The price beside it has the promotion in it already. */
  readonly isInPrice?: boolean;
}

/** Words for the parts of a date. */
export interface DateWords {
  /** Twelve lists, January first. */
  readonly months: readonly (readonly string[])[];
  /** Seven lists, Monday first. */
  readonly weekdays: readonly (readonly string[])[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly until: readonly string[];
  readonly of: readonly string[];
  readonly and: readonly string[];
  /** Before a single day: `only on`. */
  readonly only: readonly string[];
}

/** Words that tell what a text or a price is. */
export interface MarkerWords {
  /** Before a price that was asked earlier or elsewhere: antes, was, UVP, statt. */
  readonly regularPrice: readonly string[];
  /** Before the price that is asked: ahora, now, jetzt. */
  readonly currentPrice: readonly string[];
  /** Before the lowest of several prices. */
  readonly from: readonly string[];
  readonly saving: readonly string[];
  readonly deposit: readonly string[];
  readonly loyalty: readonly string[];
  /** After the price of one of several. */
  readonly each: readonly string[];
  /** Parts of texts that no offer is in. */
  readonly legal: readonly string[];
  /** Where the name of a product ends: `versch. Sorten`, `varios sabores`, `je`. */
  readonly descriptions: readonly string[];
  /** Between two products of one price: or, and. */
  readonly alternatives: readonly string[];
  /** Before what holds for those who have no card or app: without. */
  readonly without: readonly string[];
  /** On stickers that name no product: extra points, available online. */
  readonly stickers: readonly string[];
}

/** One language. */
export interface OfferWords {
  /** BCP 47: `es`. */
  readonly language: string;
  /** Lists of words that phrases name in braces. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly numbers: Readonly<Record<string, readonly string[]>>;
  readonly ordinals: Readonly<Record<string, readonly string[]>>;
  /** What makes an ordinal of a figure: the `ª` of 2ª. */
  readonly ordinalEndings: readonly string[];
  /** Unit of a size to its names. */
  readonly units: Readonly<Record<string, readonly string[]>>;
  /** What several are packed in: pack, caja, Kasten. */
  readonly packs: readonly string[];
  /** Between a count and a size: x, de, à. */
  readonly sizeLinks: readonly string[];
  /** Counts that are words: a dozen. */
  readonly counts: Readonly<Record<string, readonly string[]>>;
  readonly approximately: readonly string[];
  readonly dates: DateWords;
  readonly markers: MarkerWords;
  readonly promotions: readonly PromotionPhrases[];
  /** Phrases, with the gaps of those of promotions, that name neither goods nor what they cost: `limit 5`, `each`. */
  readonly conditions: readonly string[];
  /** Phrases beside the price for all where there is one with the card: `sin tarjeta`, `sonst`. */
  readonly withoutCard: readonly string[];
  /** Phrases with what was asked and then what is asked, in the gap {spent} each: `de R$ 29,90 por R$ 19,90`. */
  readonly priceChanges: readonly string[];
  /** Phrases with the gaps {base} and {price}. */
  readonly unitPrices: readonly string[];
}

/** How a retailer prints its offers. */
export interface RetailerSettings {
  /** The name of its file: `carrefour-es`; null where no retailer was named. */
  readonly id: string | null;
  readonly name: string | null;
  /** ISO 3166: `ES`. */
  readonly country: string | null;
  /** BCP 47. */
  readonly languages: readonly string[];
  /** ISO 4217. */
  readonly currency: string | null;
  /** Names of its card, app or club. */
  readonly loyaltyWords: readonly string[];
  /** Whether `2ª unidad al 70 %` takes 70 % off or asks 70 %. */
  readonly nthUnitPercentMeans: 'discount' | 'pay';
  /** What 4/5 is. */
  readonly dateOrder: 'dmy' | 'mdy';
}

/** Where no retailer is named. */
export const NO_RETAILER: RetailerSettings = {
  id: null,
  name: null,
  country: null,
  languages: [],
  currency: null,
  loyaltyWords: [],
  nthUnitPercentMeans: 'discount',
  dateOrder: 'dmy',
};
