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

/** Row by row from left to right; boxes whose middles are within the height of the row's first are one row. */
export function inRows<T>(things: readonly T[], boxOf: (thing: T) => Box): T[] {
  const rows: T[][] = [];
  let [middle, height] = [0, 0];
  for (const thing of [...things].sort((a, b) => centreY(boxOf(a)) - centreY(boxOf(b)))) {
    const box = boxOf(thing);
    const row = rows.at(-1);
    if (row !== undefined && centreY(box) - middle <= height) row.push(thing);
    else {
      rows.push([thing]);
      [middle, height] = [centreY(box), box[3]];
    }
  }
  return rows.flatMap((row) => row.sort((a, b) => boxOf(a)[0] - boxOf(b)[0]));
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
