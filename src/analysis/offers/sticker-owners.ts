import { cheapestColumns, type Pair } from './assign.js';
import { around, centreX, centreY, distance, gapX, gapY, right } from './boxes.js';
import type { Goods } from './goods.js';
import type { Promotion } from './page.js';
import { fitOf } from './sticker-fit.js';
import { isForeign, isOwn, type SharedPrices } from './tiles.js';

/** Distances in heights of the running text: how far stickers may be, and other text. */
const STICKER_REACH = 14;
/** Of those that the prices or the other stickers speak for. */
const BORNE_REACH = 24;
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
/** A sticker that the prices bear out tells more of where stickers lie. */
const BORNE_VOTES = 3;

/** A block that announces promotions. */
export interface Sticker {
  readonly goods: Goods;
  readonly promotions: readonly Promotion[];
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

/** How far a block lies from the goods and the price of a pair, in heights of the running text. */
export const awayFrom = ({ goods, tag }: Pair, { block }: Goods, body: number): number => {
  const place = around([goods.block.box, tag.box]);
  // What stands on the same lines belongs together rather than what stands above or below.
  return (distance(place, block.box) + Math.max(0, gapY(place, block.box))) / body;
};

/** What tells how blocks lie to prices. */
export interface Layout {
  readonly body: number;
  readonly shared: SharedPrices;
}

/** A block lies in a tile with other prices and without that of the pair. */
export const isInOtherTile = ({ tag }: Pair, { block }: Goods, { shared }: Layout): boolean =>
  isForeign(block.box, tag.figure.box, shared);

/** The tile that a block lies in has the price of the pair and no other. */
export const isInOwnTile = ({ tag }: Pair, { block }: Goods, { shared }: Layout): boolean =>
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
export function stickerOwners(stickers: readonly Sticker[], pairs: readonly Pair[], layout: Layout): Map<Goods, Pair> {
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
