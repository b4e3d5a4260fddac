/** Tiles of a page as evidence: what stands in one tile belongs to the prices of that tile. */
import type { Box } from '../../model.js';
import { bottom, right } from './boxes.js';

/** Stickers lie over the corners of tiles: this much of a box is in the tile that it is counted to. */
const LEAST_SHARE = 0.4;
/** Of tiles that hold nearly as much of a box the smallest counts. */
const NEARLY = 0.9;

interface PricedTile {
  readonly box: Box;
  /** The prices in it, by their boxes. */
  readonly prices: ReadonlySet<Box>;
}

/** Which prices of a page share a tile with a box; null where that tells nothing. */
export type SharedPrices = (box: Box) => ReadonlySet<Box> | null;

/** The share of a box that lies in another. */
function shareIn(box: Box, tile: Box): number {
  const width = Math.min(right(box), right(tile)) - Math.max(box[0], tile[0]);
  const height = Math.min(bottom(box), bottom(tile)) - Math.max(box[1], tile[1]);
  return width <= 0 || height <= 0 ? 0 : (width * height) / (box[2] * box[3]);
}

/** The smallest tile with prices that a box lies in, tiles from the smallest. */
function tileOf(box: Box, tiles: readonly PricedTile[]): PricedTile | null {
  const shares = tiles.map((tile) => shareIn(box, tile.box));
  const most = Math.max(0, ...shares);
  if (most < LEAST_SHARE) return null;
  return tiles[shares.findIndex((share) => share >= most * NEARLY)] ?? null;
}

/** Makes the tiles of a page (none where there is no picture) tell prices by the boxes that are given. */
export function sharedPrices(tiles: readonly Box[], prices: readonly Box[]): SharedPrices {
  const priced = tiles
    .map((box): PricedTile => ({ box, prices: new Set(prices.filter((price) => shareIn(price, box) > 0.5)) }))
    .filter((tile) => tile.prices.size > 0)
    .sort((a, b) => a.box[2] * a.box[3] - b.box[2] * b.box[3]);
  const known = new Map<Box, ReadonlySet<Box> | null>();
  return (box) => {
    const before = known.get(box);
    if (before !== undefined) return before;
    const tile = tileOf(box, priced);
    const found = tile === null || tile.prices.size === prices.length ? null : tile.prices;
    known.set(box, found);
    return found;
  };
}

/** A box stands in a tile with other prices and without this one. */
export function isForeign(box: Box, price: Box, shared: SharedPrices): boolean {
  return shared(box)?.has(price) === false;
}
