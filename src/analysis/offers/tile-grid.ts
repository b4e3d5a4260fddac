/** Tiles on the ground of the page itself, such as white ones on white: told by the grid of the others. */
import type { Box } from '../../model.js';
import { gapX, gapY } from './boxes.js';

/** Sides of neighbours in a grid differ by less than this share, and lie no farther apart than the other. */
const ALIKE = 0.3;
const APART = 0.1;
/** A cell that others reach into by less is free; a share of its area. */
const OVERLAP = 0.05;
/** Price tags stand in grids too: shares of the page. */
const LEAST_AREA = 0.02;
/** Tiles in a grid besides the one that is wanting. */
const LEAST_TILES = 3;

const isAlike = (a: number, b: number): boolean => Math.abs(a - b) < ALIKE * Math.max(a, b);
const area = ([, , width, height]: Box): number => width * height;

function overlapOf(a: Box, b: Box): number {
  const [width, height] = [-gapX(a, b), -gapY(a, b)];
  return width > 0 && height > 0 ? width * height : 0;
}

/** The cell below, above, left or right of both a tile of its column and a tile of its row; null where that is none. */
function cellOf(column: Box, row: Box): Box | null {
  if (!isAlike(column[2], row[2]) || !isAlike(column[3], row[3])) return null;
  const cell: Box = [column[0], row[1], column[2], row[3]];
  const [down, across] = [gapY(cell, column), gapX(cell, row)];
  const isNeighbour = (gap: number, side: number) => gap > -APART * side && gap < APART * side;
  return isNeighbour(down, cell[3]) && isNeighbour(across, cell[2]) ? cell : null;
}

/** The tiles and the cells of their grid in which none was seen. `page` is the page's area. */
export function withWantingTiles(tiles: readonly Box[], page: number): Box[] {
  const big = tiles.filter((tile) => area(tile) > LEAST_AREA * page && area(tile) < page / 3);
  if (big.length < LEAST_TILES) return [...tiles];
  const wanting: Box[] = [];
  for (const column of big) {
    for (const row of big) {
      const cell = cellOf(column, row);
      if (cell === null) continue;
      const isFree = [...big, ...wanting].every((other) => overlapOf(cell, other) < OVERLAP * area(cell));
      if (isFree) wanting.push(cell);
    }
  }
  return [...tiles, ...wanting];
}
