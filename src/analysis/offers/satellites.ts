/** Blocks around an offer that name no goods but say more of it: stickers, conditions, sizes, unit prices. */
import type { Box } from '../../model.js';
import { cheapestColumns, type Pair } from './assign.js';
import { around, centreX, centreY, distance, gapX, gapY, right } from './boxes.js';
import type { Parts } from './facts.js';
import { type Goods, isFootnote } from './goods.js';
import type { Promotion } from './page.js';
import { findPromotions } from './promotions.js';
import type { Sense } from './sense.js';
import { soldBy } from './sold-by.js';
import { flatText, wordStretches } from './spans.js';
import { fitOf } from './sticker-fit.js';
import { overlap } from './stretches.js';
import type { Badge } from './tags.js';
import { isForeign, isOwn, type SharedPrices, sharedPrices } from './tiles.js';

/** Distances in heights of the running text: how far stickers may be, and other text. */
const STICKER_REACH = 14;
/** Of those that the prices or the other stickers speak for. */
const BORNE_REACH = 24;
const PLAIN_REACH = 2;
/** Of prices with the card, on strips of their own. */
const CARD_REACH = 3.5;
/** Under big prices text stands farther away: in heights of the price. */
const PRICE_REACH = 0.8;
const LEAST_CONFIDENCE = 0.8;
/** Offsets that differ less are the same place in the tile. */
const SAME_PLACE = 1.5;
/** What another sticker in the same place of its tile is worth, and all of them at most. */
const SUPPORT = 2;
const MOST_SUPPORT = 10;
/** What lying on the other side of the price than the page's stickers do costs. */
const OTHER_SIDE = 12;
/** Stickers this near lie beside their price, whatever the others do. */
const TOUCHING = 1;
/** What a sticker beside its goods and not above or below them costs, a height of the running text. */
const BESIDE = 1.5;
/** Heights of the running text between a name and a sticker on its line. */
const ON_LINE = 1.8;
/** What figures that bear a sticker out, or contradict it, are worth. */
const FIT = 20;
/** What lying outside of the tile that has the whole offer costs. */
const OUTSIDE = 14;
/** What lying in the tile of one offer alone is worth, and what lying in the tile of others costs. */
const OWN_TILE = 10;
const OTHER_TILE = 40;
/** A second sticker of an offer. */
const SECOND = 8;
const NEVER = 1000;
/** Letters around a promotion that make it a sentence of the page: `Download our app for £5 off your first order`. */
const LONG_TEXT = 40;
/** Blocks with less doubt describe goods, whether their price was read or not. */
const SURELY_GOODS = 2;
/** A sticker that the prices bear out tells more of where stickers lie. */
const BORNE_VOTES = 3;

interface Sticker {
  readonly goods: Goods;
  readonly promotions: readonly Promotion[];
}

function promotionsOf(goods: Goods, badges: readonly Badge[], { vocabulary, retailer }: Sense): Promotion[] {
  const text = flatText(goods.block);
  const found = findPromotions(text, vocabulary, retailer).filter(
    ({ start, end }) => text.length - (end - start) < LONG_TEXT,
  );
  const badge = found.length === 0 ? badgeIn(goods, badges) : undefined;
  if (badge === undefined) return found;
  const { percent, word } = badge;
  return [{ kind: 'percent-off', percent, text: word.text, start: 0, end: word.text.length }];
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

type Offset = readonly [x: number, y: number];

/** From the price of a pair to a block (its left, middle and right), in heights of the running text. */
function offsetsOf({ tag }: Pair, { block }: Goods, body: number): Offset[] {
  const { box } = tag.figure;
  const y = (centreY(block.box) - centreY(box)) / body;
  const xs = [centreX(block.box) - centreX(box), right(block.box) - right(box), block.box[0] - box[0]];
  return xs.map((x): Offset => [x / body, y]);
}

/** How many of the other stickers lie at one of these offsets from some price. */
function supportOf(own: Goods, pair: Pair, offsets: ReadonlyMap<Goods, readonly Offset[][]>, body: number): number {
  const wanted = offsetsOf(pair, own, body);
  const isSame = (all: readonly Offset[], edge: number) => {
    const [other, offset] = [all[edge], wanted[edge]];
    return other !== undefined && offset !== undefined
      ? Math.hypot(other[0] - offset[0], other[1] - offset[1]) < SAME_PLACE
      : false;
  };
  const counts = [0, 1, 2].map(
    (edge) => [...offsets].filter(([other, all]) => other !== own && all.some((each) => isSame(each, edge))).length,
  );
  return Math.max(...counts);
}

const awayFrom = ({ goods, tag }: Pair, { block }: Goods, body: number): number => {
  const place = around([goods.block.box, tag.box]);
  // What stands on the same lines belongs together rather than what stands above or below.
  return (distance(place, block.box) + Math.max(0, gapY(place, block.box))) / body;
};

interface Layout {
  readonly body: number;
  readonly shared: SharedPrices;
}

const isInOtherTile = ({ tag }: Pair, { block }: Goods, { shared }: Layout): boolean =>
  isForeign(block.box, tag.figure.box, shared);

/** The tile that a block lies in has the price of the pair and no other. */
const isInOwnTile = ({ tag }: Pair, { block }: Goods, { shared }: Layout): boolean =>
  isOwn(block.box, tag.figure.box, shared);

/** A tile has the goods and the price of the pair and no other price, and not this block. */
function isOutside(pair: Pair, { block }: Goods, { shared }: Layout): boolean {
  const { box } = pair.goods.block;
  return isOwn(box, pair.tag.figure.box, shared) && shared(box) !== shared(block.box);
}

/** Whether stickers lie above (-1) or below (1) their prices: those tell that can belong to prices on one side only. */
function sideOf(stickers: readonly Sticker[], pairs: readonly Pair[], layout: Layout): number {
  const { body } = layout;
  let sum = 0;
  for (const { goods, promotions } of stickers) {
    const near = pairs.filter(
      (pair) => awayFrom(pair, goods, body) < BORNE_REACH && !isInOtherTile(pair, goods, layout),
    );
    const borne = near.filter((pair) => fitOf(pair, promotions) > 0);
    const able = borne.length > 0 ? borne : near.filter((pair) => awayFrom(pair, goods, body) < STICKER_REACH);
    const signs = new Set(able.map((pair) => Math.sign(centreY(goods.block.box) - centreY(pair.tag.figure.box))));
    if (signs.size === 1) sum += ([...signs][0] ?? 0) * (borne.length > 0 ? BORNE_VOTES : 1);
  }
  return Math.sign(sum);
}

function tileCost(pair: Pair, goods: Goods, layout: Layout): number {
  if (isInOtherTile(pair, goods, layout)) return OTHER_TILE;
  return isOutside(pair, goods, layout) ? OUTSIDE : 0;
}

/** What each sticker costs with each pair, from the distance, the place in the tile and the figures. */
function costsOf(stickers: readonly Sticker[], pairs: readonly Pair[], layout: Layout): number[][] {
  const { body } = layout;
  const offsets = new Map(
    stickers.map(({ goods }) => [goods, pairs.map((pair) => offsetsOf(pair, goods, body))] as const),
  );
  const side = sideOf(stickers, pairs, layout);
  return stickers.map(({ goods, promotions }) =>
    pairs.map((pair) => {
      const away = awayFrom(pair, goods, body);
      const fit = FIT * fitOf(pair, promotions);
      if (isInOwnTile(pair, goods, layout)) return -OWN_TILE - fit;
      if (away >= BORNE_REACH) return NEVER;
      const { box } = goods.block;
      const sign = Math.sign(centreY(box) - centreY(pair.tag.figure.box));
      const isOther = side !== 0 && sign === -side && away > TOUCHING;
      const place = around([pair.goods.block.box, pair.tag.box]);
      const isOnLine = gapY(pair.goods.block.box, box) < 0 && gapX(pair.goods.block.box, box) < ON_LINE * body;
      const beside = isOnLine ? -1 : Math.max(0, gapX(place, box)) / body;
      const support = Math.min(MOST_SUPPORT, SUPPORT * supportOf(goods, pair, offsets, body));
      const strange = (isOther ? OTHER_SIDE : 0) + tileCost(pair, goods, layout);
      return away + BESIDE * beside + strange - support - fit;
    }),
  );
}

/** Sticker -> pair: all at once at the least cost, so that tiles with one already do not take their neighbours'. */
function stickerOwners(stickers: readonly Sticker[], pairs: readonly Pair[], layout: Layout): Map<Goods, Pair> {
  const owners = new Map<Goods, Pair>();
  if (stickers.length === 0 || pairs.length === 0) return owners;
  const costs = costsOf(stickers, pairs, layout);
  // What one sticker explains needs no second one.
  const more = stickers.map(({ promotions }) =>
    pairs.map((pair) => SECOND + FIT * Math.max(0, fitOf(pair, promotions))),
  );
  const rows = costs.map((row, i) => [
    ...row,
    ...row.map((cost, j) => cost + (more[i]?.[j] ?? 0)),
    ...row.map((cost, j) => cost + SECOND + (more[i]?.[j] ?? 0)),
    ...stickers.map(() => STICKER_REACH),
  ]);
  for (const [i, column] of cheapestColumns(rows).entries()) {
    const [sticker, pair] = [stickers[i], column < 3 * pairs.length ? pairs[column % pairs.length] : undefined];
    if (sticker !== undefined && pair !== undefined) owners.set(sticker.goods, pair);
  }
  return owners;
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

const saysMore = ({ amounts, sizes, block }: Goods, sense: Sense): boolean =>
  amounts.length + sizes.length > 0 || soldBy(block, sense) !== null;

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
  }: { readonly goods: readonly Goods[]; readonly badges: readonly Badge[]; readonly tiles: readonly Box[] },
  sense: Sense,
): Parts[] {
  const { body } = sense;
  const prices = pairs.map(({ tag }) => tag.figure.box);
  const layout: Layout = { body, shared: sharedPrices(tiles, prices) };
  const paired = new Set(pairs.map((pair) => pair.goods));
  const free = goods.filter((one) => !paired.has(one) && !isFootnote(one, sense));
  // Blocks with dates are the page's, but for those in the tile of an offer.
  const isOfPage = (one: Goods) => one.validity !== null && !pairs.some((pair) => isInOwnTile(pair, one, layout));
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
