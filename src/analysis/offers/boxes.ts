/** Arithmetic on boxes. */
import type { Box } from '../../model.js';

export const right = ([x, , width]: Box): number => x + width;
export const bottom = ([, y, , height]: Box): number => y + height;
export const centreX = ([x, , width]: Box): number => x + width / 2;
export const centreY = ([, y, , height]: Box): number => y + height / 2;

/** Pixels between the sides of two boxes; negative where they overlap. */
export const gapX = (a: Box, b: Box): number => Math.max(a[0], b[0]) - Math.min(right(a), right(b));
export const gapY = (a: Box, b: Box): number => Math.max(a[1], b[1]) - Math.min(bottom(a), bottom(b));

/** Pixels between two boxes; 0 where they touch or overlap. */
export const distance = (a: Box, b: Box): number => Math.hypot(Math.max(0, gapX(a, b)), Math.max(0, gapY(a, b)));

/** The smallest box around all, `[0, 0, 0, 0]` around none. */
export function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return [0, 0, 0, 0];
  const x = Math.min(...boxes.map((box) => box[0]));
  const y = Math.min(...boxes.map((box) => box[1]));
  return [x, y, Math.max(...boxes.map(right)) - x, Math.max(...boxes.map(bottom)) - y];
}

/** Of the lower of two boxes this much lies on the lines of the other where they are one row. */
const SAME_ROW = 0.5;

interface Row<T> {
  readonly things: T[];
  /** The lines that all of them share. */
  top: number;
  foot: number;
}

/** Row by row from left to right; beside a high box the first of those stacked there is of its row. */
export function inRows<T>(things: readonly T[], boxOf: (thing: T) => Box): T[] {
  const rows: Row<T>[] = [];
  for (const thing of [...things].sort((a, b) => boxOf(a)[1] - boxOf(b)[1])) {
    const [, top, , height] = boxOf(thing);
    const row = rows.findLast((other) => {
      const shared = Math.min(other.foot, top + height) - Math.max(other.top, top);
      return shared >= SAME_ROW * Math.min(other.foot - other.top, height);
    });
    if (row === undefined) rows.push({ things: [thing], top, foot: top + height });
    else {
      row.things.push(thing);
      [row.top, row.foot] = [Math.max(row.top, top), Math.min(row.foot, top + height)];
    }
  }
  return rows.flatMap((row) => row.things.sort((a, b) => boxOf(a)[0] - boxOf(b)[0]));
}

/** The straight way from the middle of one box to the middle of another crosses the third. */
export function liesBetween(box: Box, a: Box, b: Box): boolean {
  const from = [centreX(a), centreY(a)] as const;
  const way = [centreX(b) - from[0], centreY(b) - from[1]] as const;
  let first = 0;
  let last = 1;
  for (const axis of [0, 1] as const) {
    const low = box[axis] - from[axis];
    const high = low + box[axis + 2 === 2 ? 2 : 3];
    if (way[axis] === 0) {
      if (low > 0 || high < 0) return false;
      continue;
    }
    const ends = [low / way[axis], high / way[axis]];
    first = Math.max(first, Math.min(...ends));
    last = Math.min(last, Math.max(...ends));
  }
  return first <= last;
}
