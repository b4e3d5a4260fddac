/** A page of words becomes offers. */
import { assign } from './assign.js';
import { findBlocks } from './blocks.js';
import { inRows } from './boxes.js';
import { withBundles } from './bundles.js';
import { withCardPrices } from './card-prices.js';
import { partsOf } from './crowded.js';
import { findDiscards } from './discards.js';
import { type PageFacts, toOffer } from './facts.js';
import { type Figure, findFigures } from './figures.js';
import { type Goods, toGoods, withFamilies } from './goods.js';
import { withHeadlines, withTitles } from './headlines.js';
import { withLineBoxes } from './line-boxes.js';
import { findListPrices } from './list-prices.js';
import type { Offer, OfferPage, PageOffers } from './page.js';
import { validityOf } from './page-validity.js';
import { printedCurrency } from './price-signs.js';
import { bodyHeight, findRuns } from './runs.js';
import { withSatellites } from './satellites.js';
import { isSaving } from './savings.js';
import { type Sense, saysLoyalty, toSense } from './sense.js';
import { findBadges, findTags } from './tags.js';
import type { OfferContext } from './text-parts.js';
import { withWantingTiles } from './tile-grid.js';
import { sharedPrices, type TilesApart, tilesApart } from './tiles.js';

/** Blocks with more doubt than this describe no goods. */
const MAX_DOUBT = 40;

/** The currency that the page prints most often, else the retailer's. */
function currencyOf(printed: readonly (string | null)[], sense: Sense): string | null {
  const counts = new Map<string, number>();
  for (const code of printed) if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? sense.retailer.currency;
}

/** Where no retailer says how dates are written, those of pages with prices in dollars begin with the month. */
function withDateOrder(context: OfferContext, words: OfferPage['words']): OfferContext {
  if (context.retailer.country !== null) return context;
  const count = (sign: RegExp) => words.filter(({ text }) => sign.test(text)).length;
  // Signs of cents are taken for those of euros.
  const isInDollars = count(/\$/u) > 2 * count(/£|\d[.,]\d\d\s?€|€\s?\d/u);
  return isInDollars ? { ...context, retailer: { ...context.retailer, dateOrder: 'mdy' } } : context;
}

interface Print {
  readonly figures: readonly Figure[];
  readonly goods: readonly Goods[];
}

/** The figures that ask something and the blocks. Big figures that are taken off (`Save £2`) are words of their blocks. */
function findPrint(words: OfferPage['words'], isApart: TilesApart, sense: Sense): Print {
  const { figures: big, rest } = findFigures(words, sense);
  const read = (figures: readonly Figure[], others: OfferPage['words']): Print => {
    const list = findListPrices(findRuns(others, isApart), figures, sense);
    const isLabel = (text: string) => /^\p{Ll}[^\d]{3,20}$/u.test(text) && saysLoyalty(text, sense);
    const goods = findBlocks(list.runs, { starts: list.starts, isApart, isLabel }).map((block) =>
      toGoods(block, sense),
    );
    return {
      figures: [...figures, ...list.figures],
      goods: withCardPrices(withTitles(withFamilies(goods), sense), sense),
    };
  };
  const first = read(big, rest);
  const savings = big.filter((figure) => isSaving(figure, first.goods, sense));
  if (savings.length === 0) return first;
  const asked = big.filter((figure) => !savings.includes(figure));
  return read(asked, [...rest, ...savings.flatMap((figure) => figure.words)]);
}

/**
 * Everything that a page offers: words become figures (prices) and blocks (texts), figures become price tags with what
 * stands around them, tags and blocks are paired at the least cost, and each pair is an offer. Prices that end in none
 * are discards. Crowded pages are read in parts.
 */
export function findOffers(page: OfferPage, context: OfferContext): PageOffers {
  const parts = partsOf(withLineBoxes(page)).map((part) => offersOf(part, context));
  return {
    offers: parts.flatMap(({ offers }) => offers),
    discards: parts.flatMap(({ discards }) => discards),
    priceCount: parts.reduce((sum, { priceCount }) => sum + priceCount, 0),
  };
}

function offersOf(page: OfferPage, context: OfferContext): PageOffers {
  const sense = toSense(withDateOrder(context, page.words), {
    language: page.language,
    body: bodyHeight(page.words),
    currency: printedCurrency(page.words, context.retailer.currency),
    // Recognisers are never sure of all words.
    isExact: page.words.every(({ confidence }) => confidence === 1),
  });
  const tiles = withWantingTiles(page.tiles ?? [], page.width * page.height);
  const { figures: asked, goods: blocks } = findPrint(page.words, tilesApart(tiles), sense);
  const shared = sharedPrices(
    tiles,
    asked.map(({ box }) => box),
  );
  const goods = withHeadlines(blocks, { figures: asked, shared }, sense);
  const badges = findBadges(goods, sense);
  const tags = findTags(asked, { badges, goods, shared }, sense);
  const named = goods.filter(({ doubt }) => doubt < MAX_DOUBT);
  const figured = assign(tags, named, { body: sense.body, shared });
  const { pairs, rest: others } = withBundles(figured, goods, sense);
  const printed = [...asked, ...goods.flatMap((one) => one.amounts)].map(({ currency }) => currency);
  const facts: PageFacts = {
    currency: currencyOf(printed, sense),
    validity: validityOf(goods, { pairs, height: page.height }, sense),
  };
  const found = withSatellites(pairs, { goods: others, badges, tiles, validity: facts.validity }, sense)
    .map((parts) => toOffer(parts, sense, facts))
    .filter((offer): offer is Offer => offer !== null);
  const offers = inRows(found, ({ box }) => box);
  const taken = [...new Set(offers.flatMap((offer) => offer.prices.map(({ box }) => box)))];
  const discards = findDiscards(asked, goods, { taken, sense, currency: facts.currency });
  return { offers, discards, priceCount: taken.length + discards.length };
}
