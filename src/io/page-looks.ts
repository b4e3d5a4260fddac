/** How words look in the picture of their page: colours, weight of the strokes, lines through them. */
import type { Box, Rgb, WordLook } from '../model.js';
import type { Bitmap } from './bitmap.js';

/** Colours nearer to the ground than this (of 441) hold no ink that can be told from noise. */
const MIN_CONTRAST = 40;
const BINS = 64;
/** What is looked at around boxes that hug their letters, as a share of their height. */
const WIDE_RIM = 0.25;
/** The rim of a box is mostly ground even where bold letters cover most of the middle. */
const RIM_WEIGHT = 3;
/** Colours that differ less than 2 to this are taken together. */
const ALIKE_BITS = 5;

interface Word {
  readonly text: string;
  readonly box: Box;
}

interface Crop {
  readonly width: number;
  readonly height: number;
  /** Colours, three a pixel. */
  readonly data: Uint8Array;
}

function crop(bitmap: Bitmap, box: Box, scale: number, share: number): Crop | null {
  const rim = Math.round((box[3] / scale) * share);
  const side = Math.max(1, rim);
  const left = Math.max(0, Math.round(box[0] / scale) - side);
  const top = Math.max(0, Math.round(box[1] / scale) - rim);
  const width = Math.min(bitmap.width, Math.round((box[0] + box[2]) / scale) + side) - left;
  const height = Math.min(bitmap.height, Math.round((box[1] + box[3]) / scale) + rim) - top;
  if (width < 3 || height < 5) return null;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * bitmap.width + left) * 3;
    data.set(bitmap.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, data };
}

/** Letters cover about half of their box at most: the most frequent colour is the ground. */
function groundOf({ width, height, data }: Crop): Rgb {
  const bins = new Map<number, [count: number, red: number, green: number, blue: number]>();
  const take = (x: number, y: number) => {
    const at = (y * width + x) * 3;
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    const key = ((red >> ALIKE_BITS) << 16) | ((green >> ALIKE_BITS) << 8) | (blue >> ALIKE_BITS);
    const bin = bins.get(key);
    if (bin === undefined) bins.set(key, [1, red, green, blue]);
    else {
      bin[0]++;
      bin[1] += red;
      bin[2] += green;
      bin[3] += blue;
    }
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isRim = y === 0 || y === height - 1 || x === 0 || x === width - 1;
      for (let times = isRim ? RIM_WEIGHT : 1; times > 0; times--) take(x, y);
    }
  }
  let best: readonly number[] = [1, 255, 255, 255];
  let most = 0;
  for (const bin of bins.values()) {
    if (bin[0] > most) [best, most] = [bin, bin[0]];
  }
  const mean = (channel: number) => Math.round((best[channel] ?? 0) / (best[0] ?? 1));
  return [mean(1), mean(2), mean(3)];
}

/** Distance of each pixel from the ground. */
function contrasts({ width, height, data }: Crop, ground: Rgb): Float32Array {
  const result = new Float32Array(width * height);
  for (let i = 0; i < result.length; i++) {
    const red = (data[i * 3] ?? 0) - ground[0];
    const green = (data[i * 3 + 1] ?? 0) - ground[1];
    const blue = (data[i * 3 + 2] ?? 0) - ground[2];
    result[i] = Math.sqrt(red * red + green * green + blue * blue);
  }
  return result;
}

/** The contrast that a twentieth of the pixels reach, and the mean colour of those that do. */
function inkOf({ data }: Crop, contrast: Float32Array): { full: number; ink: Rgb } {
  const histogram = new Uint32Array(BINS);
  for (const value of contrast) {
    const at = Math.min(BINS - 1, Math.floor((value / 442) * BINS));
    histogram[at] = (histogram[at] ?? 0) + 1;
  }
  let bin = BINS - 1;
  for (let seen = 0; bin > 0; bin--) {
    seen += histogram[bin] ?? 0;
    if (seen >= contrast.length / 20) break;
  }
  const full = (bin / BINS) * 442;
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < contrast.length; i++) {
    if ((contrast[i] ?? 0) < full) continue;
    for (const channel of [0, 1, 2] as const) sum[channel] = (sum[channel] ?? 0) + (data[i * 3 + channel] ?? 0);
    sum[3] = (sum[3] ?? 0) + 1;
  }
  const count = Math.max(1, sum[3] ?? 1);
  const mean = (channel: number) => Math.round((sum[channel] ?? 0) / count);
  return { full, ink: [mean(0), mean(1), mean(2)] };
}

/** The colour that a box is printed on; null for one of a few pixels. */
export function groundAt(bitmap: Bitmap, box: Box, scale: number): Rgb | null {
  const piece = crop(bitmap, box, scale, WIDE_RIM);
  return piece === null ? null : groundOf(piece);
}

/** Share of ink in each pixel, its total in each row, and the width of the strokes: twice the area by the outline. */
function strokesOf(contrast: Float32Array, full: number, width: number, height: number) {
  const share = (x: number, y: number) => Math.min(1, (contrast[y * width + x] ?? 0) / full);
  const rows = new Float32Array(height);
  let area = 0;
  let outline = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = share(x, y);
      rows[y] = (rows[y] ?? 0) + here;
      area += here;
      if (x + 1 < width && y + 1 < height) outline += Math.hypot(share(x + 1, y) - here, share(x, y + 1) - here);
    }
  }
  return { rows, stroke: outline > 0 ? (2 * area) / outline : 0 };
}

/** First and last row of the glyphs: from the fullest row outwards until one is all but empty. */
function extent(rows: Float32Array): [top: number, foot: number] {
  let fullest = 0;
  for (let y = 1; y < rows.length; y++) if ((rows[y] ?? 0) > (rows[fullest] ?? 0)) fullest = y;
  const empty = Math.max(0.5, (rows[fullest] ?? 0) * 0.06);
  let [top, foot] = [fullest, fullest];
  while (top > 0 && (rows[top - 1] ?? 0) > empty) top--;
  while (foot + 1 < rows.length && (rows[foot + 1] ?? 0) > empty) foot++;
  return [top, foot];
}

/** A straight line, level or slanting, runs through the glyphs and over the gaps between them. */
function isCrossed(contrast: Float32Array, full: number, width: number, [top, foot]: [number, number]): boolean {
  const height = foot - top + 1;
  if (width < height * 1.2 || height < 5) return false;
  const low = top + Math.round(height * 0.15);
  const high = foot - Math.round(height * 0.15);
  const middle = (top + foot) / 2;
  const steps = width - 5;
  for (let start = low; start <= high; start++) {
    for (let end = low; end <= high; end++) {
      if (Math.abs((start + end) / 2 - middle) > height * 0.22) continue;
      let covered = 0;
      for (let i = 0; i <= steps; i++) {
        const y = Math.round(start + ((end - start) * i) / steps);
        if ((contrast[y * width + i + 2] ?? 0) > full * 0.4) covered++;
      }
      if (covered >= 0.94 * (steps + 1)) return true;
    }
  }
  return false;
}

function lookIn(piece: Crop, text: string, scale: number): { look: WordLook; isTight: boolean } | null {
  const ground = groundOf(piece);
  const contrast = contrasts(piece, ground);
  const { full, ink } = inkOf(piece, contrast);
  if (full < MIN_CONTRAST) return null;
  const { rows, stroke } = strokesOf(contrast, full, piece.width, piece.height);
  const [top, foot] = extent(rows);
  const glyphHeight = foot - top + 1;
  const look: WordLook = {
    ink,
    ground,
    weight: stroke / glyphHeight,
    isStruck: /\d/.test(text) && isCrossed(contrast, full, piece.width, [top, foot]),
    glyphHeight: glyphHeight * scale,
  };
  return { look, isTight: top === 0 && foot === piece.height - 1 };
}

function lookOf(bitmap: Bitmap, { text, box }: Word, scale: number): WordLook | null {
  const piece = crop(bitmap, box, scale, 0);
  const found = piece === null ? null : lookIn(piece, text, scale);
  if (found?.isTight !== true || !/^\W*\d+\W*$/.test(text)) return found?.look ?? null;
  // A box that its letters fill shows too little ground: a bold figure may cover most of it.
  const wider = crop(bitmap, box, scale, WIDE_RIM);
  return (wider === null ? null : lookIn(wider, text, scale))?.look ?? found.look;
}

/**
 * The words with their looks, where the picture shows any. `scale` is the length in the words' pixels divided by the
 * length in the bitmap's (1 where they are the same).
 */
export function withLooks<W extends Word>(
  words: readonly W[],
  bitmap: Bitmap,
  scale = 1,
): (W & { readonly look?: WordLook })[] {
  return words.map((word) => {
    const look = lookOf(bitmap, word, scale);
    return look === null ? word : { ...word, look };
  });
}
