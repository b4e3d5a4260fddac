/**
 * Reading order: the page is cut into blocks along its white gaps, again and again ("recursive X-Y cut", Nagy and Seth,
 * ICPR 1984), columns before rows; inside a block the pieces of a row stand on one line.
 */
import { type Bounds, heightOf, unionOf, widthOf } from './geometry.js';
import { joinLines, type TextLine } from './text-line.js';

export interface TextBlock {
  readonly lines: readonly TextLine[];
  readonly bounds: Bounds;
}

/** Gaps that separate, in heights of a line. */
const COLUMN_GAP = 0.9;
const BLOCK_GAP = 0.9;
/** Lines of a table are at most this many times as high as the median of its first column. */
const TABLE_STRETCH = 1.9;
/** Pieces of one row differ in height by this factor at most. */
const SAME_ROW_STRETCH = 1.9;

/** Blocks in reading order, with their lines from top to bottom. */
export function arrangeLines(lines: readonly TextLine[]): TextBlock[] {
  return cut(lines).map((group) => {
    const rows = joinRows(group);
    return { lines: rows, bounds: unionOf(rows.map((row) => row.bounds)) };
  });
}

function cut(lines: readonly TextLine[]): TextLine[][] {
  if (lines.length <= 1) return lines.length === 0 ? [] : [[...lines]];
  const height = medianHeight(lines);
  const columns = splitAtGaps(lines, 'left', 'right', height * COLUMN_GAP);
  if (columns.length > 1 && !isTable(columns)) return columns.flatMap(cut);
  const bands = splitAtGaps(lines, 'top', 'bottom', height * BLOCK_GAP);
  if (bands.length > 1) return bands.flatMap(cut);
  return [[...lines]];
}

/** Groups along one direction, separated by gaps that no line reaches into. */
function splitAtGaps(
  lines: readonly TextLine[],
  start: 'left' | 'top',
  end: 'right' | 'bottom',
  minGap: number,
): TextLine[][] {
  const sorted = [...lines].sort((a, b) => a.bounds[start] - b.bounds[start]);
  const groups: TextLine[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const line of sorted) {
    if (line.bounds[start] - reach >= minGap) groups.push([]);
    (groups.at(-1) as TextLine[]).push(line);
    reach = Math.max(reach, line.bounds[end]);
  }
  return groups;
}

/**
 * Columns are a table's, to be read row by row, where all is set in one size and the later columns hold figures on the
 * rows of the first; tiles of a flyer stand in rows too, but have prices in large print and words under each other.
 */
function isTable(columns: readonly TextLine[][]): boolean {
  const [first, ...others] = columns as [TextLine[], ...TextLine[][]];
  const cells = others.flat();
  const onRow = cells.filter((cell) => first.some((line) => isSameRow(cell, line)));
  const figures = cells.filter((cell) => isFigure(cell.text));
  const isOneSize =
    [...first, ...cells].filter((line) => heightOf(line.bounds) > TABLE_STRETCH * medianHeight(first)).length === 0;
  return isOneSize && onRow.length >= cells.length * 0.6 && figures.length >= cells.length * 0.6;
}

/** An amount, a number or a date: digits with at most a unit or a currency. */
function isFigure(text: string): boolean {
  return /\d/.test(text) && text.replace(/[^\p{L}]/gu, '').length <= 3;
}

function isSameRow(a: TextLine, b: TextLine): boolean {
  const overlap = Math.min(a.bounds.bottom, b.bounds.bottom) - Math.max(a.bounds.top, b.bounds.top);
  const [low, high] = [heightOf(a.bounds), heightOf(b.bounds)].sort((x, y) => x - y) as [number, number];
  return overlap >= low * 0.5 && high <= low * SAME_ROW_STRETCH;
}

function joinRows(lines: readonly TextLine[]): TextLine[] {
  const rows: TextLine[][] = [];
  for (const line of [...lines].sort((a, b) => middle(a) - middle(b))) {
    const row = rows.findLast((candidate) =>
      candidate.every((piece) => isSameRow(piece, line) && !overlaps(piece, line)),
    );
    if (row === undefined) rows.push([line]);
    else row.push(line);
  }
  return rows.map((row) =>
    row.sort((a, b) => a.bounds.left - b.bounds.left).reduce((joined, piece) => joinLines(joined, piece, ' ')),
  );
}

function overlaps(a: TextLine, b: TextLine): boolean {
  const shared = Math.min(a.bounds.right, b.bounds.right) - Math.max(a.bounds.left, b.bounds.left);
  return shared > 0.5 * Math.min(widthOf(a.bounds), widthOf(b.bounds));
}

function middle(line: TextLine): number {
  return (line.bounds.top + line.bounds.bottom) / 2;
}

function medianHeight(lines: readonly TextLine[]): number {
  const heights = lines.map((line) => heightOf(line.bounds)).sort((a, b) => a - b);
  return heights[heights.length >> 1] as number;
}
