/** Where the words of a cloud go. */
import { widthOf } from './glyph-widths.js';

export interface CloudWord {
  readonly text: string;
  /** More than 0; the area of a word grows with it. */
  readonly weight: number;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedWord<W extends CloudWord> {
  readonly word: W;
  readonly fontSize: number;
  /** Middle of the word. */
  readonly x: number;
  /** Its baseline. */
  readonly baseline: number;
  readonly box: Area;
}

const SMALLEST_FONT = 12;
const LARGEST_FONT = 96;
/** Words of one weight are no larger than this: large letters would say that they weigh much. */
const MIDDLE_FONT = 40;
/** Room above and below the baseline, as shares of the font size: enough for accents on capitals. */
const ASCENT = 0.95;
const DESCENT = 0.25;
/** Free room around a word, in pixels. */
const GAP = 3;
const SHRINK = 0.92;
/** At the size that would fill the area, words never fit. */
const PACKED = 0.88;
/** Pixels from one try to the next along the spiral. */
const STEP = 5;

/**
 * Places words on a spiral from the middle of the area outward, heaviest first, as large as they fit all together; no
 * two boxes touch. Words that do not fit even in the smallest font are left out, lightest first. Equal input gives
 * equal output: there is no chance in it.
 */
export function placeWords<W extends CloudWord>(words: readonly W[], area: Area): PlacedWord<W>[] {
  const sorted = [...words].sort((one, other) => other.weight - one.weight || (one.text < other.text ? -1 : 1));
  const cap = sorted[0]?.weight === sorted.at(-1)?.weight ? MIDDLE_FONT : LARGEST_FONT;
  let largest = Math.max(SMALLEST_FONT, Math.min(cap, area.height / 4, largestFilling(sorted, area)));
  for (;;) {
    const placed = placeAll(sorted, largest, area);
    if (placed.length === sorted.length || largest <= SMALLEST_FONT) return placed;
    largest = Math.max(SMALLEST_FONT, largest * SHRINK);
  }
}

/** The largest font size at which the boxes would fill the area if there were no room between them. */
function largestFilling(sorted: readonly CloudWord[], area: Area): number {
  const heaviest = sorted[0]?.weight ?? 1;
  const filled = sorted.reduce((sum, { text, weight }) => sum + (widthOf(text) * weight) / heaviest, 0);
  return Math.sqrt((area.width * area.height) / (Math.max(filled, 0.1) * (ASCENT + DESCENT))) * PACKED;
}

function placeAll<W extends CloudWord>(words: readonly W[], largest: number, area: Area): PlacedWord<W>[] {
  const heaviest = words[0]?.weight ?? 1;
  const placed: PlacedWord<W>[] = [];
  for (const word of words) {
    const wanted = Math.max(SMALLEST_FONT, largest * Math.sqrt(word.weight / heaviest));
    const width = widthOf(word.text);
    const fontSize = Math.floor(Math.min(wanted, (area.width - 2 * GAP) / width));
    if (fontSize < 8) continue;
    const place = findPlace(fontSize * width + 2 * GAP, fontSize * (ASCENT + DESCENT) + 2 * GAP, area, placed);
    if (place === null) {
      // smaller letters for all are tried before words are left out
      if (largest > SMALLEST_FONT) return placed;
      continue;
    }
    const x = place.x + place.width / 2;
    placed.push({ word, fontSize, x, baseline: place.y + GAP + fontSize * ASCENT, box: place });
  }
  return placed;
}

/** The first free place along a spiral that is as wide and as high as the area. */
function findPlace(width: number, height: number, area: Area, placed: readonly { readonly box: Area }[]): Area | null {
  if (width > area.width || height > area.height) return null;
  const middleX = area.x + area.width / 2;
  const middleY = area.y + area.height / 2;
  const flatness = area.height / area.width;
  const end = area.width / Math.SQRT2;
  // larger words need not be tried at every pixel
  const step = Math.max(STEP, height / 5);
  let inTheWay: Area | undefined;
  let angle = 0;
  for (let radius = 0; radius < end; radius = (step * angle) / (2 * Math.PI)) {
    const x = middleX + radius * Math.cos(angle) - width / 2;
    const y = middleY + radius * Math.sin(angle) * flatness - height / 2;
    const box = { x, y, width, height };
    angle += step / Math.max(step, radius);
    // the word that was in the way is likely to be so still
    if (!isInside(box, area) || (inTheWay !== undefined && overlap(box, inTheWay))) continue;
    inTheWay = placed.find((other) => overlap(box, other.box))?.box;
    if (inTheWay === undefined) return box;
  }
  return null;
}

function isInside(box: Area, area: Area): boolean {
  return (
    box.x >= area.x &&
    box.y >= area.y &&
    box.x + box.width <= area.x + area.width &&
    box.y + box.height <= area.y + area.height
  );
}

function overlap(one: Area, other: Area): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
