/** Blocks around an offer that name no goods but say more of it: stickers, conditions, sizes, unit prices. */
import type { Box } from '../../model.js';
import type { Pair } from './assign.js';
import type { Parts } from './facts.js';
import { type Goods, isFootnote } from './goods.js';
import type { Promotion, Validity } from './page.js';
import { isShorter } from './page-validity.js';
import { findPromotions } from './promotions.js';
import type { Sense } from './sense.js';
import { soldBy } from './sold-by.js';
import { flatText, wordStretches } from './spans.js';
import { awayFrom, isInOtherTile, isInOwnTile, type Layout, type Sticker, stickerOwners } from './sticker-owners.js';
import { overlap } from './stretches.js';
import { type Badge, badgePromotion } from './tags.js';
import { sharedPrices } from './tiles.js';

/** Distances in heights of the running text: how far text may be that is no sticker. */
const PLAIN_REACH = 2;
/** Of prices with the card, on strips of their own. */
const CARD_REACH = 3.5;
/** Under big prices text stands farther away: in heights of the price. */
const PRICE_REACH = 0.8;
const LEAST_CONFIDENCE = 0.8;
/** Letters around a promotion that make it a sentence of the page: `Download our app for £5 off your first order`. */
const LONG_TEXT = 40;
/** Blocks with less doubt describe goods, whether their price was read or not. */
const SURELY_GOODS = 2;

function promotionsOf(goods: Goods, badges: readonly Badge[], { vocabulary, retailer }: Sense): Promotion[] {
  const text = flatText(goods.block);
  const found = findPromotions(text, vocabulary, retailer).filter(
    ({ start, end }) => text.length - (end - start) < LONG_TEXT,
  );
  const badge = found.length === 0 ? badgeIn(goods, badges) : undefined;
  return badge === undefined ? found : [badgePromotion(badge)];
}

const badgeIn = ({ block }: Goods, badges: readonly Badge[]): Badge | undefined =>
  badges.find(({ word }) => block.lines.some(({ words }) => words.includes(word)));

function isReadable(goods: Goods, sense: Sense): boolean {
  const words = goods.block.lines.flatMap((line) => line.words);
  return !isFootnote(goods, sense) && words.every((word) => word.confidence >= LEAST_CONFIDENCE);
}

/** Print on packs may run into a sticker: its own words are enough. */
function saysReadably({ block }: Goods, promotions: readonly Promotion[]): boolean {
  const words = wordStretches(block);
  return promotions.some((promotion) =>
    words.filter((word) => overlap(word, promotion)).every(({ word }) => word.confidence >= LEAST_CONFIDENCE),
  );
}

/** The percentage of the stickers that a pair owns; one beside the price that is another's sticker is not this one's. */
function withOwnBadge(pair: Pair, owners: ReadonlyMap<Goods, Pair>, badges: readonly Badge[]): Pair {
  const owned = [...owners].flatMap(([goods, owner]) => (owner === pair ? (badgeIn(goods, badges) ?? []) : []))[0];
  const { badge } = pair.tag;
  const isStrange =
    badge !== null && [...owners].some(([goods, owner]) => owner !== pair && badgeIn(goods, [badge]) !== undefined);
  const own = isStrange || badge === null ? (owned ?? null) : badge;
  return own === badge ? pair : { ...pair, tag: { ...pair.tag, badge: own } };
}

/** A price with the card is text of the price for all. */
const hasCardPrice = ({ amounts }: Goods): boolean => amounts.some(({ role }) => role === 'with loyalty');

const saysMore = ({ amounts, sizes, validity, block }: Goods, sense: Sense): boolean =>
  amounts.length + sizes.length > 0 || validity !== null || soldBy(block, sense) !== null;

const reachOf = ({ tag }: Pair, goods: Goods, { body }: Layout): number => {
  return Math.max(hasCardPrice(goods) ? CARD_REACH : PLAIN_REACH, (PRICE_REACH * tag.figure.box[3]) / body);
};

/** The pair that plain text stands beside. */
function nearestPair(pairs: readonly Pair[], goods: Goods, layout: Layout): Pair | null {
  const near = pairs
    .map((pair) => ({ pair, away: awayFrom(pair, goods, layout.body) }))
    .filter(({ pair, away }) => away < reachOf(pair, goods, layout) && !isInOtherTile(pair, goods, layout));
  return near.sort((a, b) => a.away - b.away)[0]?.pair ?? null;
}

/**
 * Each pair with the blocks that belong to it and are in no pair. Plain text goes to the nearest pair; of stickers see
 * `costsOf`, since in a grid the tile above may be nearer than their own.
 */
export function withSatellites(
  pairs: readonly Pair[],
  {
    goods,
    badges,
    tiles,
    validity: page,
  }: {
    readonly goods: readonly Goods[];
    readonly badges: readonly Badge[];
    readonly tiles: readonly Box[];
    readonly validity: Validity | null;
  },
  sense: Sense,
): Parts[] {
  const { body } = sense;
  const prices = pairs.map(({ tag }) => tag.figure.box);
  const layout: Layout = { body, shared: sharedPrices(tiles, prices) };
  const paired = new Set(pairs.map((pair) => pair.goods));
  const free = goods.filter((one) => !paired.has(one) && !isFootnote(one, sense));
  // Blocks with dates are the page's, but for those in the tile of an offer and those for fewer days.
  const isOfPage = (one: Goods) =>
    one.validity !== null && !isShorter(one.validity, page) && !pairs.some((pair) => isInOwnTile(pair, one, layout));
  const said = free
    .filter((one) => !isOfPage(one))
    .map((one): Sticker => ({ goods: one, promotions: hasCardPrice(one) ? [] : promotionsOf(one, badges, sense) }))
    .filter(({ goods: one, promotions }) => isReadable(one, sense) || saysReadably(one, promotions));
  const owners = stickerOwners(
    said.filter(({ promotions }) => promotions.length > 0),
    pairs,
    layout,
  );
  const found = new Map(pairs.map((pair): [Pair, Goods[]] => [pair, []]));
  for (const [sticker, pair] of owners) found.get(pair)?.push(sticker);
  for (const { goods: one, promotions } of said) {
    const isOther = one.name !== null && one.doubt < SURELY_GOODS;
    if (promotions.length > 0 || isOther || !saysMore(one, sense)) continue;
    const owner = pairs.find((pair) => isInOwnTile(pair, one, layout)) ?? nearestPair(pairs, one, layout);
    if (owner !== null) found.get(owner)?.push(one);
  }
  return pairs.map((pair) => ({ ...withOwnBadge(pair, owners, badges), satellites: found.get(pair) ?? [] }));
}
