/** Tiles of a page: areas of one ground, found in its picture at a low resolution. */
import type { Box } from '../model.js';
import type { Bitmap } from './bitmap.js';

/** Cells along the longer side of a page: a gap of 6 pixels between tiles of a page 1500 pixels wide is seen. */
const CELLS = 320;
/** Colours that differ less (the sum of three channels) are one ground; scans have noise, light tiles lie on white. */
const SAME_GROUND = 17;
/** Smaller areas are letters, price tags and stickers; shares of the page. */
const LEAST_AREA = 0.012;
const LEAST_SIDE = 0.05;
/** Of its box a tile covers this much, with all that lies within it. */
const LEAST_FILL = 0.75;

interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Pixels from cell to cell. */
  readonly step: number;
  /** Where the pixel of a cell begins in the picture. */
  readonly pixelOf: (column: number, row: number) => number;
}

function gridOf({ width, height }: Bitmap): Grid {
  const step = Math.max(2, Math.round(Math.max(width, height) / CELLS));
  const half = step >> 1;
  return {
    columns: Math.floor((width - half - 1) / step) + 1,
    rows: Math.floor((height - half - 1) / step) + 1,
    step,
    pixelOf: (column, row) => ((row * step + half) * width + column * step + half) * 3,
  };
}

/** The way from one pixel to another, `count` steps of `stride` bytes, stays on the ground of the first. */
function isOpen(data: Uint8Array, from: number, stride: number, count: number): boolean {
  // Two pixels have less noise than one.
  const mean = (at: number) => ((data[at] ?? 0) + (data[at + stride] ?? 0)) / 2;
  const [red, green, blue] = [mean(from), mean(from + 1), mean(from + 2)];
  for (let i = 1, at = from + stride; i <= count; i++, at += stride) {
    const difference =
      Math.abs((data[at] ?? 0) - red) + Math.abs((data[at + 1] ?? 0) - green) + Math.abs((data[at + 2] ?? 0) - blue);
    if (difference >= SAME_GROUND) return false;
  }
  return true;
}

/** Whether a cell's ground goes on to the right (1) and below (2). */
function linksOf({ data, width }: Bitmap, { columns, rows, step, pixelOf }: Grid): Uint8Array {
  const links = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = pixelOf(column, row);
      // From one cell before, so that the soft edge of a tile, half as strong, is not taken for ground.
      const [left, up] = [column > 0 ? 1 : 0, row > 0 ? 1 : 0];
      const isRight = column + 1 < columns && isOpen(data, from - left * step * 3, 3, (1 + left) * step);
      const isDown = row + 1 < rows && isOpen(data, from - up * step * width * 3, 3 * width, (1 + up) * step);
      links[row * columns + column] = (isRight ? 1 : 0) | (isDown ? 2 : 0);
    }
  }
  return links;
}

/** For each cell the first cell of its area (union-find with halved paths). */
function areasOf(links: Uint8Array, columns: number): Int32Array {
  const parent = Int32Array.from(links, (_, at) => at);
  const rootOf = (cell: number): number => {
    let at = cell;
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up;
      at = up;
    }
    return at;
  };
  const join = (a: number, b: number) => {
    const [one, other] = [rootOf(a), rootOf(b)];
    parent[Math.max(one, other)] = Math.min(one, other);
  };
  for (let at = 0; at < links.length; at++) {
    const link = links[at] ?? 0;
    if ((link & 1) !== 0) join(at, at + 1);
    if ((link & 2) !== 0) join(at, at + columns);
  }
  for (let at = 0; at < links.length; at++) parent[at] = rootOf(at);
  return parent;
}

type Bounds = [left: number, top: number, right: number, foot: number];

/** The bounds of areas, in cells, by their first cells. */
function boundsOf(areas: Int32Array, columns: number): Map<number, Bounds> {
  const all = new Map<number, Bounds>();
  for (let at = 0; at < areas.length; at++) {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    const bounds = all.get(areas[at] ?? at);
    if (bounds === undefined) all.set(areas[at] ?? at, [column, row, column, row]);
    else {
      if (column < bounds[0]) bounds[0] = column;
      if (column > bounds[2]) bounds[2] = column;
      bounds[3] = row;
    }
  }
  return all;
}

/** The share of its bounds that an area covers, with what it surrounds: by rows or by columns, the lesser. */
function fillOf(areas: Int32Array, area: number, [left, top, right, foot]: Bounds, columns: number): number {
  const [width, height] = [right - left + 1, foot - top + 1];
  const highest = new Int32Array(width).fill(-1);
  const lowest = new Int32Array(width).fill(-2);
  let inRows = 0;
  for (let row = top; row <= foot; row++) {
    let [first, last] = [-1, -2];
    for (let column = left; column <= right; column++) {
      if (areas[row * columns + column] !== area) continue;
      if (first < 0) first = column;
      last = column;
      if ((highest[column - left] ?? -1) < 0) highest[column - left] = row;
      lowest[column - left] = row;
    }
    inRows += last - first + 1;
  }
  const inColumns = highest.reduce((sum, top, i) => sum + (lowest[i] ?? 0) - top + 1, 0);
  return Math.min(inRows, inColumns) / (width * height);
}

/**
 * The areas of one ground that are as big as tiles, as boxes in the pixels in which words are told: `scale` times those
 * of the bitmap. The page's own ground is among them, and tiles may lie in others.
 */
export function findTiles(bitmap: Bitmap, scale = 1): Box[] {
  const grid = gridOf(bitmap);
  const { columns, rows, step } = grid;
  const areas = areasOf(linksOf(bitmap, grid), columns);
  const tiles: Box[] = [];
  for (const [area, bounds] of boundsOf(areas, columns)) {
    const [width, height] = [bounds[2] - bounds[0] + 1, bounds[3] - bounds[1] + 1];
    if (width < LEAST_SIDE * columns || height < LEAST_SIDE * rows) continue;
    if (width * height < LEAST_AREA * columns * rows || fillOf(areas, area, bounds, columns) < LEAST_FILL) continue;
    const pixels = (cells: number) => Math.round(cells * step * scale);
    tiles.push([pixels(bounds[0]), pixels(bounds[1]), pixels(width), pixels(height)]);
  }
  return tiles;
}
