/** A page of words becomes offers. */
import { assign, type Pair } from './assign.js';
import { findBlocks } from './blocks.js';
import { around } from './boxes.js';
import { findFigures } from './figures.js';
import { findListPrices } from './list-prices.js';
import { agreement, toGoods } from './goods.js';
import type { RetailerSettings } from '../../text/offer-words.js';
import type { Offer, OfferPage, PageOffers } from './page.js';
import { toSense } from './sense.js';
import type { OfferVocabulary } from './vocabulary.js';
import { bodyHeight, findRuns } from './runs.js';
import { findBadges, findTags } from './tags.js';

function toOffer({ tag, goods, margin }: Pair): Offer | null {
  const { name } = goods;
  if (name === null) return null;
  const agreed = agreement(tag, goods);
  const reading = agreed ?? tag.readings.find((one) => one.isWhole);
  if (reading === undefined) return null;
  const regular = tag.regular;
  return {
    ...name,
    size: goods.sizes[0] ?? null,
    price: reading.amount,
    currency: tag.figure.currency,
    regularPrice: regular?.amount ?? null,
    discountPercent: tag.badge?.percent ?? null,
    promotion: 'none',
    promotionText: null,
    effectiveUnitPrice: reading.amount,
    pricePerBaseUnit: null,
    baseUnit: null,
    loyaltyRequired: tag.needsLoyalty,
    loyaltyPrice: tag.loyalty?.readings.find((one) => one.isWhole)?.amount ?? null,
    validFrom: null,
    validTo: null,
    flags: [],
    box: around([goods.block.box, tag.box]),
    priceBoxes: [tag.figure.box],
    confidence: Math.max(0.05, Math.min(1, 0.5 + margin / 40)),
    quote: `${goods.block.text}\n${tag.figure.text}`,
  };
}

/** What is known before a page is read. */
export interface OfferContext {
  readonly vocabulary: OfferVocabulary;
  readonly retailer: RetailerSettings;
  /** ISO: gives undated years. */
  readonly date: string | null;
}

/** Everything that a page offers. */
export function findOffers(page: OfferPage, context: OfferContext): PageOffers {
  const body = bodyHeight(page.words);
  const sense = toSense(context.vocabulary, context.retailer, { language: page.language, body });
  const { figures: big, rest } = findFigures(page.words, { body });
  const list = findListPrices(findRuns(rest), big, sense);
  const figures = [...big, ...list.figures];
  const blocks = findBlocks(list.runs, list.starts);
  const goods = blocks.map((block) => toGoods(block, sense));
  const amounts = goods.flatMap((one) => one.amounts);
  const tags = findTags(figures, { badges: findBadges(rest, body), amounts, goods }, sense);
  const pairs = assign(
    tags,
    goods.filter((one) => one.doubt < 40),
    body,
  );
  const offers: Offer[] = [];
  for (const pair of pairs) {
    const offer = toOffer(pair);
    if (offer !== null) offers.push(offer);
  }
  return { offers, discards: [], priceCount: 0 };
}
