/** Tiles of a page as evidence: what stands in one tile belongs to the prices of that tile. */
import type { Box } from '../../model.js';
import { bottom, right } from './boxes.js';

/** Stickers lie over the corners of tiles: this much of a box is in the tile that it is counted to. */
const LEAST_SHARE = 0.4;
/** A tile of which this much lies in another is one within it. */
const WITHIN = 0.9;

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

/** Of words this much lies in the tile that they are printed on. */
const PRINTED = 0.8;

/** Whether two boxes are printed on different tiles, neither of which lies over the other. */
export type TilesApart = (a: Box, b: Box) => boolean;

/** Tells what stands on different tiles of a page; nothing does where there is no picture. */
export function tilesApart(tiles: readonly Box[]): TilesApart {
  const known = new Map<Box, readonly Box[]>();
  const around = (box: Box): readonly Box[] => {
    const found = known.get(box) ?? tiles.filter((tile) => shareIn(box, tile) >= PRINTED);
    known.set(box, found);
    return found;
  };
  return (a, b) =>
    around(a).some((one) => around(b).some((other) => shareIn(one, other) === 0 && !around(b).includes(one)));
}

/** The tile with prices that a box overlaps most, of those that have no other of them within. */
function tileOf(box: Box, tiles: readonly PricedTile[]): PricedTile | null {
  const around = tiles
    .map((tile) => ({ tile, share: shareIn(box, tile.box) }))
    .filter(({ share }) => share >= LEAST_SHARE);
  const innermost = around.filter(({ tile }) =>
    around.every(({ tile: other }) => other === tile || shareIn(other.box, tile.box) < WITHIN),
  );
  return innermost.sort((a, b) => b.share - a.share)[0]?.tile ?? null;
}

/** Makes the tiles of a page (none where there is no picture) tell prices by the boxes that are given. */
export function sharedPrices(tiles: readonly Box[], prices: readonly Box[]): SharedPrices {
  const priced = tiles
    .map((box): PricedTile => ({ box, prices: new Set(prices.filter((price) => shareIn(price, box) > 0.5)) }))
    .filter((tile) => tile.prices.size > 0);
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

/** A box stands in a tile whose only price this is. */
export function isOwn(box: Box, price: Box, shared: SharedPrices): boolean {
  const prices = shared(box);
  return prices !== null && prices.size === 1 && prices.has(price);
}

/** A box stands in a tile with other prices and without this one. */
export function isForeign(box: Box, price: Box, shared: SharedPrices): boolean {
  return shared(box)?.has(price) === false;
}
