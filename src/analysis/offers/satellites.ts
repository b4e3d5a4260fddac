/** Blocks around an offer that name no goods but say more of it: stickers, conditions, sizes, unit prices. */
import type { Pair } from './assign.js';
import { around, distance, gapY } from './boxes.js';
import type { Parts } from './facts.js';
import { type Goods, isFootnote } from './goods.js';
import { findPromotions } from './promotions.js';
import type { Sense } from './sense.js';
import { flatText } from './spans.js';

/** Distances in heights of the running text. */
const REACH = 8;
const PLAIN_REACH = 2;
const LEAST_CONFIDENCE = 0.8;

function tellsMore(goods: Goods, sense: Sense): number {
  const words = goods.block.lines.flatMap((line) => line.words);
  if (isFootnote(goods, sense) || goods.validity !== null) return 0;
  if (words.some((word) => word.confidence < LEAST_CONFIDENCE)) return 0;
  if (findPromotions(flatText(goods.block), sense.vocabulary, sense.retailer).length > 0) return REACH;
  return goods.amounts.length + goods.sizes.length > 0 ? PLAIN_REACH : 0;
}

/** Each pair with the blocks that are nearest to it and in no pair. */
export function withSatellites(pairs: readonly Pair[], goods: readonly Goods[], sense: Sense): Parts[] {
  const paired = new Set(pairs.map((pair) => pair.goods));
  const places = pairs.map((pair) => around([pair.goods.block.box, pair.tag.box]));
  const found = pairs.map((): Goods[] => []);
  for (const one of goods) {
    if (paired.has(one)) continue;
    const reach = tellsMore(one, sense) * sense.body;
    if (reach === 0) continue;
    // What stands on the same lines belongs together rather than what stands above or below.
    const gaps = places.map((place) => distance(place, one.block.box) + Math.max(0, gapY(place, one.block.box)));
    const nearest = gaps.indexOf(Math.min(...gaps));
    if ((gaps[nearest] ?? reach) < reach) found[nearest]?.push(one);
  }
  return pairs.map((pair, i) => ({ ...pair, satellites: found[i] ?? [] }));
}
