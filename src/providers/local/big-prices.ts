/**
 * Reads the big prices of flyers again. The detector is at its best with body text: of digits many times as high it finds
 * parts (the cents without the units, a digit cut through) or nothing. On the page at a third of its size they are of the
 * height of body text: their areas are found there, and where the page's lines do not give a whole price, the area is read
 * as one line.
 */
import type { ReadCharacter } from './ctc.js';
import { tidy } from './fusion.js';
import { type Bounds, boundsOfPoints, heightOf, type Quad, quadOfBounds, quadSize, unionOf, widthOf } from './geometry.js';
import { inkOfPrice } from './price-ink.js';
import { joinSplitPrices } from './price-join.js';
import { restoreDecimalPoint } from './price-layout.js';
import type { Raster } from './raster.js';
import type { LineReading, LineRecogniser } from './recognition.js';
import { toTextLine } from './text-line.js';

/** A line and where it stands. */
export interface ReadLine {
  readonly quad: Quad;
  readonly reading: LineReading;
}

/** Print is big from this many heights of the page's median line. */
const BIG = 1.5;
/** Places read again on a page: a bound on its time. */
const MAX_PLACES = 16;
/** Frames around a place, in its heights, tried one after the other. */
const FRAMES = [0, 0.12, 0.25];
/** The same around the ink of a price. */
const INK_FRAMES = [0.1, 0.2];
interface View {
  readonly bounds: Bounds;
  /** Whether these are the bounds of the price's ink. */
  readonly isInk: boolean;
}

/** A character that needs no second reading, and that a second one may not contradict. */
const SURE = 0.95;
/** The least sure character of a new reading: below it is left as it was, above the second it is taken at once. */
const ACCEPTED = 0.6;
const CLEAR = 0.9;

const PRICE = /^(?:[€$£]\s?)?\d{1,3}[.,'’]\d{2}\s?€?$|^[€$£]\s?\d{1,2}$|^\d{1,2}\s?€$/;
/** Cents whose units were not found. */
const ORPHAN = /^[.,'’]?\d{2}(?:\s?€)?$/;

/** The lines with big prices read again where the first reading gave no whole price; `areas` are places of big print. */
export async function readBigPrices(
  recogniser: LineRecogniser,
  page: Raster,
  lines: readonly ReadLine[],
  areas: readonly Quad[],
): Promise<ReadLine[]> {
  const bigHeight = BIG * medianHeight(lines);
  let kept = [...lines];
  let count = 0;
  for (const place of placesOf(lines, areas, bigHeight)) {
    const pieces = kept.filter((line) => isWithin(boundsOfPoints(line.quad), place));
    if (!pieces.every((piece) => isPiece(piece.reading)) || isWhole(pieces, place)) continue;
    if (++count > MAX_PLACES) break;
    const price = await readPlace(recogniser, page, place, pieces);
    if (price === undefined) continue;
    kept = kept.filter((line) => !isReplaced(line, price));
    kept.push(price);
  }
  return kept;
}

/** Where prices in big print may stand: places of big print, and pieces of prices; those that overlap are one. */
function placesOf(lines: readonly ReadLine[], areas: readonly Quad[], bigHeight: number): Bounds[] {
  const pieces = lines.filter(({ reading }) => isPiece(reading) && /\d/.test(reading.text));
  const places: Bounds[] = [];
  for (const quad of [...areas, ...pieces.map((piece) => piece.quad)]) {
    let place = boundsOfPoints(quad);
    if (heightOf(place) < bigHeight) continue;
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

/** Whether this may be a part of a price: figures and signs, with at most one letter that is a misread one. */
function isPiece({ characters }: LineReading): boolean {
  const others = characters.filter(({ text }) => /[\p{L}%/]/u.test(text));
  return others.length <= 1 && others.every(({ confidence }) => confidence < SURE);
}

/** Whether the pieces are one whole price that was read surely, and all of it lies inside its line. */
function isWhole(pieces: readonly ReadLine[], place: Bounds): boolean {
  const withDigits = pieces.filter(({ reading }) => /\d/.test(reading.text));
  const joined = joinSplitPrices(withDigits.map(({ quad, reading }) => toTextLine(quad, reading)));
  const [line] = joined;
  if (line === undefined || joined.length > 1 || !PRICE.test(line.text)) return false;
  const isSure = withDigits.every(({ reading }) => reading.characters.every(({ text, confidence }) => !/\d/.test(text) || confidence >= CLEAR));
  return isSure && line.bounds.left - place.left < heightOf(place) * 0.3;
}

/** Reads crops of the place until one is clear or two agree in their digits. */
async function readPlace(
  recogniser: LineRecogniser,
  page: Raster,
  place: Bounds,
  pieces: readonly ReadLine[],
): Promise<ReadLine | undefined> {
  const seen = new Map<string, ReadLine>();
  for (const { bounds, isInk } of viewsOf(page, place, pieces)) {
    const quad = quadOfBounds(bounds);
    const [read] = (await recogniser.read(page, [quad])) as [LineReading];
    const reading = restoreDecimalPoint(page, quad, tidy(read.characters, read.confidence));
    const least = Math.min(...reading.characters.map(({ confidence }) => confidence));
    if (!PRICE.test(reading.text) || least < ACCEPTED) continue;
    if (!pieces.every((piece) => agrees(piece, bounds, reading.text))) continue;
    const digits = reading.text.replace(/\D/g, '');
    const price = seen.get(digits) ?? { quad, reading };
    if (seen.has(digits) || (isInk && least >= CLEAR)) return price;
    seen.set(digits, price);
  }
  return undefined;
}

/** Crops of the place to read: its ink with what belongs to it, then the place with frames of several widths. */
function viewsOf(page: Raster, place: Bounds, pieces: readonly ReadLine[]): View[] {
  const size = heightOf(place);
  const [only] = pieces.filter(({ reading }) => /\d/.test(reading.text));
  const isOrphan = only !== undefined && ORPHAN.test(only.reading.text);
  const seed = isOrphan ? boundsOfPoints(only.quad) : place;
  const room = heightOf(seed);
  const window = isOrphan
    ? { left: seed.left - 2 * room, top: seed.top - 0.6 * room, right: seed.right + 0.5 * room, bottom: seed.bottom + 1.5 * room }
    : grown(place, size * 0.3);
  const ink = inkOfPrice(page, seed, window);
  const inkViews = ink === undefined ? [] : INK_FRAMES.map((share) => grown(ink, share * heightOf(ink)));
  return [
    ...inkViews.map((bounds) => ({ bounds, isInk: true })),
    ...FRAMES.map((share) => ({ bounds: grown(place, share * size), isInk: false })),
  ];
}

/** Whether the reading has the sure digits of a piece, in their order. Digits at a cut edge of the piece are not sure. */
function agrees(piece: ReadLine, place: Bounds, text: string): boolean {
  const isCut =
    !ORPHAN.test(piece.reading.text) && boundsOfPoints(piece.quad).left - place.left > heightOf(place) * 0.3;
  if (ORPHAN.test(piece.reading.text) && !/\d\D*\d\d/.test(text)) return false;
  let at = 0;
  for (const character of sureCharacters(piece.reading.characters, isCut)) {
    at = text.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function sureCharacters(characters: readonly ReadCharacter[], isCut: boolean): string[] {
  return characters
    .filter(({ text, confidence }, index) => /[\d€$£]/.test(text) && confidence >= SURE && !(isCut && index === 0))
    .map(({ text }) => text);
}

/** Whether the price says what the line said; a currency sign on its own stays where the price was read without it. */
function isReplaced({ quad, reading }: ReadLine, price: ReadLine): boolean {
  const place = boundsOfPoints(price.quad);
  if (!isPiece(reading) || !isWithin(boundsOfPoints(quad), place)) return false;
  return /\d/.test(reading.text)
    ? agrees({ quad, reading }, place, price.reading.text)
    : price.reading.text.includes(reading.text) || !/[€$£]/.test(reading.text);
}

function isWithin(inner: Bounds, outer: Bounds): boolean {
  const across = Math.min(inner.right, outer.right) - Math.max(inner.left, outer.left);
  const down = Math.min(inner.bottom, outer.bottom) - Math.max(inner.top, outer.top);
  return across > 0 && down > 0 && across * down > 0.5 * widthOf(inner) * heightOf(inner);
}

function grown({ left, top, right, bottom }: Bounds, frame: number): Bounds {
  return { left: left - frame, top: top - frame, right: right + frame, bottom: bottom + frame };
}

function medianHeight(lines: readonly ReadLine[]): number {
  const heights = lines.map(({ quad }) => quadSize(quad).height).sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
}
