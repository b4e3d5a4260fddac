/** Puts boxes in the order of reading by the white space between them. */
import type { Box } from '../model.js';

/** Something with a box `[left, top, width, height]`, in the frame of the text. */
export interface Placed {
  readonly box: Box;
}

/** Splits at the widest empty band across all boxes, or returns null where there is none. */
function cut<P extends Placed>(placed: readonly P[], axis: 0 | 1): [P[], P[], number] | null {
  const sorted = placed.toSorted((a, b) => a.box[axis] - b.box[axis]);
  let end = Number.NEGATIVE_INFINITY;
  let best: { at: number; gap: number } | null = null;
  for (const [i, { box }] of sorted.entries()) {
    if (i > 0 && box[axis] - end > (best?.gap ?? 0)) best = { at: i, gap: box[axis] - end };
    end = Math.max(end, box[axis] + box[axis === 0 ? 2 : 3]);
  }
  return best === null ? null : [sorted.slice(0, best.at), sorted.slice(best.at), best.gap];
}

const MAX_CUTS = 200;

/** Recursive XY-cut (Nagy and Seth 1984): columns left to right, bands top to bottom, by the wider gap. */
export function xyOrder<P extends Placed>(placed: readonly P[], depth = 0): P[] {
  if (placed.length < 2) return [...placed];
  const columns = cut(placed, 0);
  const bands = cut(placed, 1);
  // A gap between columns is rarely wider than one between bands, and yet it matters more.
  const split = columns !== null && (bands === null || columns[2] * 2 > bands[2]) ? columns : bands;
  if (split === null || depth > MAX_CUTS) {
    return placed.toSorted((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0]);
  }
  return [...xyOrder(split[0], depth + 1), ...xyOrder(split[1], depth + 1)];
}
