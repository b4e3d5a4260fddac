/**
 * Reads the big prices of flyers again. The detector is at its best with body text: of digits many times as high it finds
 * parts (the cents without the units, a digit cut through) or nothing. On a small copy of the page they are as high as
 * body text: their places are found there, and where the page's lines give no whole price, the place is read again.
 */

import type { OnnxModel } from '../runtime.js';
import { detectLines } from './detection.js';
import {
  type Bounds,
  boundsOfPoints,
  grown,
  heightOf,
  type Quad,
  quadOfBounds,
  quadSize,
  unionOf,
  widthOf,
} from './geometry.js';
import { joinSplitPrices } from './price-join.js';
import { PRICE, type PricePlace, type PriceReading, readPricePlace } from './price-views.js';
import type { Raster } from './raster.js';
import type { LineReading, LineRecogniser } from './recognition.js';
import { toTextLine } from './text-line.js';

/** A line and where it stands. */
export interface ReadLine {
  readonly quad: Quad;
  readonly reading: LineReading;
}

/** The small copy of the page: prices of 50 to 150 pixels on a page of 1600 have 14 to 42. */
const SMALL_PAGE = { maxLongSide: 448, minShortSide: 1 };
/** Print is big from this many heights of the page's median line. */
const BIG = 1.5;
/** Cents may be smaller than that by this factor. */
const BIG_CENTS = 0.8;
/** Places read again on a page: a bound on its time. */
const MAX_PLACES = 12;
/** A character that needs no second reading, and one that a second one may not contradict. */
const CLEAR = 0.9;
const SURE = 0.95;
/** 999.99, and no amounts of thousands. */
const MAX_DIGITS = 5;
/** A price with units and cents, and with what may follow them. */
const WHOLE = /^\D{0,2}\d{1,3}[.,'’]\d{2}/;
/** Cents whose units were not found. */
const ORPHAN = /^[.,'’]?\d{2}(?:\s?€)?$/;

/** Places of print on the small copy of the page, in pixels of the page. */
export async function findBigPrint(detector: OnnxModel, page: Raster): Promise<Bounds[]> {
  const found = await detectLines(detector, page, SMALL_PAGE);
  return found.map(({ quad }) => boundsOfPoints(quad));
}

/** The lines with big prices read again where the first reading gave no whole price; `print` is that of the small page. */
export async function readBigPrices(
  recogniser: LineRecogniser,
  page: Raster,
  lines: readonly ReadLine[],
  print: readonly Bounds[],
): Promise<ReadLine[]> {
  const places = placesOf(lines, print, BIG * medianHeight(lines));
  let kept = [...lines];
  const found: PriceReading[] = [];
  let count = 0;
  for (const bounds of places) {
    if (found.some((price) => sharedArea(price.bounds, bounds) > 0.3 * areaOf(bounds))) continue;
    if (hasText(kept, bounds) || isSettled(kept, bounds)) continue;
    if (++count > MAX_PLACES) break;
    const price = await readPricePlace(recogniser, page, describePlace(kept, bounds), (reading) =>
      isPossible(kept, reading),
    );
    if (price === undefined) continue;
    found.push(price);
    kept = kept.filter((line) => !isReplaced(line, price));
    kept.push({ quad: quadOfBounds(price.bounds), reading: price.reading });
  }
  return kept;
}

function describePlace(lines: readonly ReadLine[], bounds: Bounds): PricePlace {
  const pieces = digitsAt(lines, bounds);
  const [only] = pieces;
  const isOrphan = only !== undefined && pieces.length === 1 && ORPHAN.test(only.reading.text);
  return {
    bounds,
    orphan: isOrphan ? boundsOfPoints(only.quad) : undefined,
    known: pieces
      .filter(({ reading }) => !WHOLE.test(reading.text))
      .sort((a, b) => boundsOfPoints(a.quad).left - boundsOfPoints(b.quad).left)
      .map(({ reading }) => digitsOf(reading.text))
      .join(''),
  };
}

function digitsAt(lines: readonly ReadLine[], place: Bounds): ReadLine[] {
  return lines.filter(({ quad, reading }) => /\d/.test(reading.text) && isWithin(boundsOfPoints(quad), place));
}

/** Whether no line contradicts the price. One without cents has no digits near it: they may be its cents. */
function isPossible(lines: readonly ReadLine[], price: PriceReading): boolean {
  const isWithoutCents = /^\D*\d{1,2}\D*$/.test(price.reading.text);
  const size = heightOf(price.bounds);
  const { left, top, right, bottom } = price.bounds;
  const around = { left: left - size, top: top + 0.15 * size, right: right + size, bottom };
  return lines.every((line) => {
    const bounds = boundsOfPoints(line.quad);
    if (isWithoutCents && /\d/.test(line.reading.text) && sharedArea(bounds, around) > 0) return false;
    return !isPartOf(line, price) || agrees(line, price);
  });
}

/** Where prices in big print may stand: big print, and pieces of prices; those that overlap are one place. */
function placesOf(lines: readonly ReadLine[], print: readonly Bounds[], bigHeight: number): Bounds[] {
  const pieces = lines.filter(({ quad, reading }) => {
    const share = ORPHAN.test(reading.text) ? BIG_CENTS : 1;
    return isPiece(reading) && /\d/.test(reading.text) && heightOf(boundsOfPoints(quad)) >= share * bigHeight;
  });
  const big = print.filter((bounds) => heightOf(bounds) >= bigHeight && !hasText(lines, bounds));
  const places: Bounds[] = [];
  for (const bounds of [...big, ...pieces.map(({ quad }) => boundsOfPoints(quad))]) {
    let place = bounds;
    for (let index = places.length - 1; index >= 0; index--) {
      const other = places[index] as Bounds;
      if (!isWithin(place, other) && !isWithin(other, place)) continue;
      place = unionOf([place, other]);
      places.splice(index, 1);
    }
    places.push(place);
  }
  return places;
}

/** Whether this may be a part of a price: a few figures and signs, with at most one letter that is a misread one. */
function isPiece({ text, characters }: LineReading): boolean {
  if (digitsOf(text).length > MAX_DIGITS) return false;
  const others = characters.filter(({ text }) => /[\p{L}%/=]/u.test(text));
  return others.length <= 1 && others.every(({ text, confidence }) => confidence < SURE || /[lIO]/.test(text));
}

/** Whether other text stands at the place, or fills it. */
function hasText(lines: readonly ReadLine[], place: Bounds): boolean {
  return lines.some(({ quad, reading }) => {
    if (isPiece(reading)) return false;
    const bounds = boundsOfPoints(quad);
    return isWithin(bounds, place) || sharedArea(bounds, place) > 0.4 * areaOf(place);
  });
}

/** Whether a whole price was read surely at the place and fills it, or only a sign does. */
function isSettled(lines: readonly ReadLine[], place: Bounds): boolean {
  const pieces = lines.filter(({ quad }) => isWithin(boundsOfPoints(quad), place));
  const size = heightOf(place);
  if (digitsAt(lines, place).length === 0) return pieces.some(({ quad }) => quadSize(quad).height > 0.7 * size);
  const near = lines.filter(({ quad }) => sharedArea(boundsOfPoints(quad), grown(place, 0.5 * size)) > 0);
  const clear = near.filter(({ reading }) =>
    reading.characters.every(({ text, confidence }) => !/\d/.test(text) || confidence >= CLEAR),
  );
  return joinSplitPrices(clear.map(({ quad, reading }) => toTextLine(quad, reading))).some(
    ({ text, bounds }) =>
      PRICE.test(text) &&
      heightOf(bounds) > 0.5 * size &&
      bounds.left - place.left < 0.3 * size &&
      sharedArea(bounds, place) > 0.4 * Math.min(areaOf(bounds), areaOf(place)),
  );
}

/**
 * Whether the price has the sure digits and signs of a piece, in their order. The first one of a piece whose left edge
 * may have cut through it is not sure; to cents alone the units have to come, and no digit may go.
 */
function agrees({ quad, reading }: ReadLine, price: PriceReading): boolean {
  const isOrphan = ORPHAN.test(reading.text);
  const digits = digitsOf(price.reading.text);
  if (digits.length < Math.max(digitsOf(reading.text).length, isOrphan ? 3 : 1)) return false;
  const isCut =
    price.isInk && !isOrphan && boundsOfPoints(quad).left - price.bounds.left > heightOf(price.bounds) * 0.35;
  let at = 0;
  for (const [index, { text, confidence }] of reading.characters.entries()) {
    if (!/[\d€$£]/.test(text) || confidence < SURE || (isCut && index === 0)) continue;
    at = price.reading.text.indexOf(text, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Whether the line is at the price's place, and not a small price beside it, as a struck one is. */
function isPartOf({ quad, reading }: ReadLine, price: PriceReading): boolean {
  const bounds = boundsOfPoints(quad);
  if (sharedArea(bounds, price.bounds) < 0.3 * areaOf(bounds)) return false;
  return !WHOLE.test(reading.text) || quadSize(quad).height > 0.5 * heightOf(price.bounds);
}

/** Whether the price says what the line said; a currency sign on its own stays where the price was read without it. */
function isReplaced(line: ReadLine, price: PriceReading): boolean {
  const { text } = line.reading;
  const isAtPlace = isPartOf(line, price) && isWithin(boundsOfPoints(line.quad), price.bounds);
  if (!isPiece(line.reading) || !isAtPlace) return false;
  return /\d/.test(text) ? agrees(line, price) : price.reading.text.includes(text) || !/[€$£]/.test(text);
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

function isWithin(inner: Bounds, outer: Bounds): boolean {
  return sharedArea(inner, outer) > 0.5 * areaOf(inner);
}

function areaOf(bounds: Bounds): number {
  return widthOf(bounds) * heightOf(bounds);
}

function sharedArea(a: Bounds, b: Bounds): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return across > 0 && down > 0 ? across * down : 0;
}

function medianHeight(lines: readonly ReadLine[]): number {
  const heights = lines.map(({ quad }) => quadSize(quad).height).sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
}
