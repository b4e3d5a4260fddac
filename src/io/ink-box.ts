/** Boxes grown to the ink that they cut: engines that tell lines apart well place the words of a line by guess. */
import type { Box, Rgb } from '../model.js';
import type { Bitmap } from './bitmap.js';
import { groundAt } from './page-looks.js';

/** Colours nearer to the ground (of 441) are no ink. */
const CONTRAST = 60;
/** Of its height a box grows by so much at most, and over gaps of so much. */
const MOST = 0.8;
const GAP = 0.12;
/** A column of which more is no ground is the edge of a plate. */
const EDGE = 0.95;
const LEAST_INK = 0.03;
/** Over photographs there is no one ground to tell ink from. */
const LEAST_GROUND = 0.2;

/** The share of a column of pixels that is not of the colour. */
function inkIn({ width, data }: Bitmap, ground: Rgb, x: number, [top, foot]: readonly [number, number]): number {
  let count = 0;
  for (let y = top; y < foot; y++) {
    const at = (y * width + x) * 3;
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    if (Math.hypot(red - ground[0], green - ground[1], blue - ground[2]) > CONTRAST) count++;
  }
  return count / Math.max(1, foot - top);
}

/** A box with the letters that its left and right sides cut, where these stand on one ground. `scale` as of a picture. */
export function grownToInk(bitmap: Bitmap, box: Box, scale: number): Box {
  const [left, right] = [Math.max(0, Math.round(box[0] / scale)), Math.round((box[0] + box[2]) / scale)];
  const lines = [Math.max(0, Math.round(box[1] / scale)), Math.round((box[1] + box[3]) / scale)] as const;
  const height = lines[1] - lines[0];
  const ground = height < 5 ? null : groundAt(bitmap, box, scale);
  if (ground === null || right > bitmap.width || lines[1] > bitmap.height) return box;
  let ink = 0;
  for (let x = left; x < right; x++) ink += inkIn(bitmap, ground, x, lines);
  if (ink > (1 - LEAST_GROUND) * (right - left)) return box;
  const grow = (from: number, step: 1 | -1): number => {
    let last = from;
    for (let away = 0; away < height * MOST; away++) {
      const x = from + step * away;
      if (x < 0 || x >= bitmap.width || Math.abs(x - last) > height * GAP) break;
      const share = inkIn(bitmap, ground, x, lines);
      if (share > EDGE) break;
      if (share > LEAST_INK) last = x + step;
    }
    return last;
  };
  const [start, end] = [grow(left - 1, -1) + 1, grow(right, 1)];
  return [start * scale, box[1], (end - start) * scale, box[3]];
}
