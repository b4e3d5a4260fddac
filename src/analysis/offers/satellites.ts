/** Blocks around an offer that name no goods but say more of it: stickers, conditions, sizes, unit prices. */
import type { Pair } from './assign.js';
import { around, centreX, centreY, distance, gapY } from './boxes.js';
import type { Parts } from './facts.js';
import { type Goods, isFootnote } from './goods.js';
import { findPromotions } from './promotions.js';
import type { Sense } from './sense.js';
import { flatText } from './spans.js';

/** Distances in heights of the running text: how far stickers may be, and other text. */
const STICKER_REACH = 14;
const PLAIN_REACH = 2;
const LEAST_CONFIDENCE = 0.8;
/** Offsets that differ less are the same place in the tile. */
const SAME_PLACE = 1.5;
/** What another sticker in the same place of its tile is worth. */
const SUPPORT = 3;
/** What lying on the other side of the price than the page's stickers do costs. */
const OTHER_SIDE = 12;

function reachOf(goods: Goods, sense: Sense): number {
  const words = goods.block.lines.flatMap((line) => line.words);
  if (isFootnote(goods, sense) || goods.validity !== null) return 0;
  if (words.some((word) => word.confidence < LEAST_CONFIDENCE)) return 0;
  if (findPromotions(flatText(goods.block), sense.vocabulary, sense.retailer).length > 0) return STICKER_REACH;
  return goods.amounts.length + goods.sizes.length > 0 ? PLAIN_REACH : 0;
}

type Offset = readonly [x: number, y: number];

/** From the price of a pair to a block, in heights of the running text. */
function offsetOf({ tag }: Pair, { block }: Goods, body: number): Offset {
  const { box } = tag.figure;
  return [(centreX(block.box) - centreX(box)) / body, (centreY(block.box) - centreY(box)) / body];
}

/** How many of the stickers lie at that offset from some price. */
function supportOf(offset: Offset, offsets: ReadonlyMap<Goods, readonly Offset[]>): number {
  let count = 0;
  for (const others of offsets.values()) {
    if (others.some((other) => Math.hypot(other[0] - offset[0], other[1] - offset[1]) < SAME_PLACE)) count++;
  }
  return count;
}

const awayFrom = ({ goods, tag }: Pair, { block }: Goods, body: number): number => {
  const place = around([goods.block.box, tag.box]);
  // What stands on the same lines belongs together rather than what stands above or below.
  return (distance(place, block.box) + Math.max(0, gapY(place, block.box))) / body;
};

/** Whether stickers lie above (-1) or below (1) their prices: those tell that can belong to prices on one side only. */
function sideOf(stickers: readonly Goods[], pairs: readonly Pair[], body: number): number {
  let sum = 0;
  for (const sticker of stickers) {
    const near = pairs.filter((pair) => awayFrom(pair, sticker, body) < STICKER_REACH);
    const signs = new Set(near.map((pair) => Math.sign(offsetOf(pair, sticker, body)[1])));
    if (signs.size === 1) sum += [...signs][0] ?? 0;
  }
  return Math.sign(sum);
}

/**
 * Each pair with the blocks that belong to it and are in no pair. The nearest pair has a block; of stickers the one that
 * they lie beside as other stickers do beside theirs, since in a grid the tile above may be nearer.
 */
export function withSatellites(pairs: readonly Pair[], goods: readonly Goods[], sense: Sense): Parts[] {
  const { body } = sense;
  const paired = new Set(pairs.map((pair) => pair.goods));
  const reaches = new Map(goods.filter((one) => !paired.has(one)).map((one) => [one, reachOf(one, sense)]));
  const stickers = [...reaches].filter(([, reach]) => reach === STICKER_REACH).map(([one]) => one);
  const offsets = new Map(stickers.map((one) => [one, pairs.map((pair) => offsetOf(pair, one, body))]));
  const side = sideOf(stickers, pairs, body);
  const found = new Map(pairs.map((pair): [Pair, Goods[]] => [pair, []]));
  for (const [one, reach] of reaches) {
    let best: { pair: Pair; cost: number } | null = null;
    for (const pair of pairs) {
      const away = awayFrom(pair, one, body);
      if (away >= reach) continue;
      const offset = offsetOf(pair, one, body);
      const isSticker = reach === STICKER_REACH;
      const isOther = isSticker && side !== 0 && Math.sign(offset[1]) === -side;
      const cost = away + (isOther ? OTHER_SIDE : 0) - (isSticker ? SUPPORT * supportOf(offset, offsets) : 0);
      if (best === null || cost < best.cost) best = { pair, cost };
    }
    if (best !== null) found.get(best.pair)?.push(one);
  }
  return pairs.map((pair) => ({ ...pair, satellites: found.get(pair) ?? [] }));
}
