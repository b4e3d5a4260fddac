/** A page of words becomes offers. */
import { assign } from './assign.js';
import { findBlocks } from './blocks.js';
import { findDiscards } from './discards.js';
import { type PageFacts, toOffer } from './facts.js';
import { findFigures } from './figures.js';
import { type Goods, isFootnote, toGoods, withFamilies } from './goods.js';
import { findListPrices } from './list-prices.js';
import type { Offer, OfferPage, PageOffers, Validity } from './page.js';
import { bodyHeight, findRuns } from './runs.js';
import { withSatellites } from './satellites.js';
import { type Sense, toSense } from './sense.js';
import { findBadges, findTags, isSaving } from './tags.js';
import type { OfferContext } from './text-offer.js';

/** Blocks with more doubt than this describe no goods. */
const MAX_DOUBT = 40;

/** The currency that the page prints most often, else the retailer's. */
function currencyOf(printed: readonly (string | null)[], sense: Sense): string | null {
  const counts = new Map<string, number>();
  for (const code of printed) if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? sense.retailer.currency;
}

/** The dates that hold for the page: the biggest that are printed, those with both ends first. */
function validityOf(goods: readonly Goods[], sense: Sense): Validity | null {
  const dated = goods.filter((one) => one.validity !== null);
  const rank = (one: Goods): number => {
    const isWhole = one.validity?.from != null && one.validity.to !== null;
    const height = Math.max(...one.block.lines.map((line) => line.box[3]));
    return height + (isWhole ? sense.body : 0) - (isFootnote(one, sense) ? 10 * sense.body : 0);
  };
  return dated.sort((a, b) => rank(b) - rank(a))[0]?.validity ?? null;
}

/**
 * Everything that a page offers: words become figures (prices) and blocks (texts), figures become price tags with what
 * stands around them, tags and blocks are paired at the least cost, and each pair is an offer. Prices that end in none
 * are discards.
 */
export function findOffers(page: OfferPage, context: OfferContext): PageOffers {
  const sense = toSense(context, { language: page.language, body: bodyHeight(page.words) });
  const { figures: big, rest } = findFigures(page.words, sense);
  const list = findListPrices(findRuns(rest), big, sense);
  const figures = [...big, ...list.figures];
  const goods = withFamilies(findBlocks(list.runs, list.starts).map((block) => toGoods(block, sense)));
  const asked = figures.filter((figure) => !isSaving(figure, goods, sense));
  const tags = findTags(asked, { badges: findBadges(goods, sense), goods }, sense);
  const pairs = assign(
    tags,
    goods.filter(({ doubt }) => doubt < MAX_DOUBT),
    sense.body,
  );
  const printed = [...figures, ...goods.flatMap((one) => one.amounts)].map(({ currency }) => currency);
  const facts: PageFacts = { currency: currencyOf(printed, sense), validity: validityOf(goods, sense) };
  const offers = withSatellites(pairs, goods, sense)
    .map((parts) => toOffer(parts, sense, facts))
    .filter((offer): offer is Offer => offer !== null);
  const taken = offers.flatMap((offer) => offer.priceBoxes);
  const discards = findDiscards(figures, goods, { taken, sense, currency: facts.currency });
  return { offers, discards, priceCount: taken.length + discards.length };
}
