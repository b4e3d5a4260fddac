/** Reads the place of a price in crops of several sizes, until their readings settle it. */
import { tidy } from './fusion.js';
import { type Bounds, grown, heightOf, quadOfBounds, unionOf } from './geometry.js';
import { inkOfPrice, unitsAndCents } from './price-ink.js';
import { restoreDecimalPoint } from './price-layout.js';
import type { Raster } from './raster.js';
import type { LineReading, LineRecogniser } from './recognition.js';

/** A whole price; without cents only with its currency. */
export const PRICE = /^(?:[€$£]\s?)?\d{1,3}[.,'’]\d{2}\s?€?\*?$|^[€$£]\s?\d{1,2}$|^\d{1,2}\s?€$/;

/** Where a price may stand. */
export interface PricePlace {
  readonly bounds: Bounds;
  /** Its cents, where nothing else was found of it. */
  readonly orphan: Bounds | undefined;
  /** The digits that were read at it so far: '' for none. */
  readonly known: string;
}

export interface PriceReading {
  readonly bounds: Bounds;
  readonly reading: LineReading;
  /** Whether the bounds are those of ink, and nothing of the price lies beyond them. */
  readonly isInk: boolean;
}

/** Frames around the place and around the ink, in their heights, tried one after the other. */
const FRAMES = [0, 0.12, 0.25];
const INK_FRAMES = [0.1, 0.2];
/** The least sure sign of a reading: from the first on it counts, from the second on that of the ink decides at once. */
const ACCEPTED = 0.6;
const CLEAR = 0.9;
/** Of an only reading that fits with what was read before. */
const LIKELY = 0.8;

/** The price at this place; undefined where its crops give none, or several. `isPossible` refuses readings. */
export async function readPricePlace(
  recogniser: LineRecogniser,
  page: Raster,
  place: PricePlace,
  isPossible: (price: PriceReading) => boolean,
): Promise<PriceReading | undefined> {
  const seen = new Map<string, PriceReading>();
  const ink = inkOf(page, place);
  const size = heightOf(place.bounds);
  const views = [
    ...(ink.length === 0 ? [] : INK_FRAMES.map((share) => ({ bounds: framed(unionOf(ink), share), isInk: true }))),
    ...FRAMES.map((share) => ({ bounds: grown(place.bounds, share * size), isInk: false })),
  ];
  let isUnchanged = false;
  for (const { bounds, isInk } of views) {
    if (isInk && isUnchanged) continue;
    const reading = await readCrop(recogniser, page, bounds);
    const digits = reading.text.replace(/\D/g, '');
    if ((digits === '' && place.known === '') || isText(reading)) break;
    const price = { bounds, reading, isInk };
    if (!PRICE.test(reading.text)) {
      if (digits === place.known && isUnchanged && !isInk && digits.length < 3) break;
      isUnchanged = digits === place.known;
      continue;
    }
    const least = leastSure(reading);
    if (least < ACCEPTED || !isPossible(price)) continue;
    if (seen.has(digits) || digits === place.known || (isInk && least >= CLEAR)) return seen.get(digits) ?? price;
    seen.set(digits, price);
  }
  const parts = unitsAndCents(ink);
  if (parts !== undefined) {
    const price = await readParts(recogniser, page, parts);
    if (price !== undefined && isPossible(price)) return price;
  }
  const [only, ...others] = seen.values();
  return only !== undefined && others.length === 0 && leastSure(only.reading) >= (place.known === '' ? CLEAR : LIKELY)
    ? only
    : undefined;
}

function isText({ text, confidence }: LineReading): boolean {
  return (text.match(/\p{L}/gu)?.length ?? 0) > 2 && confidence > CLEAR;
}

/** The ink at the place, looked for in smaller and smaller windows: a wide one may show the edges of a tile. */
function inkOf(page: Raster, { bounds, orphan }: PricePlace): Bounds[] {
  const seed = orphan ?? bounds;
  const size = heightOf(seed);
  const windows =
    orphan === undefined
      ? [beside(bounds), ...[0.3, 0.1, 0].map((share) => grown(bounds, share * size))]
      : [
          {
            left: seed.left - 2.2 * size,
            top: seed.top - 0.6 * size,
            right: seed.right + 0.5 * size,
            bottom: seed.bottom + 1.5 * size,
          },
          {
            left: seed.left - 1.5 * size,
            top: seed.top - 0.3 * size,
            right: seed.right + 0.2 * size,
            bottom: seed.bottom + size,
          },
        ];
  for (const window of windows) {
    const ink = inkOfPrice(page, seed, window);
    if (ink.length > 1 && heightOf(unionOf(ink)) >= size * 0.5) return ink;
  }
  return [];
}

/** The place with room to both sides: units may have been found without their cents. */
function beside({ left, top, right, bottom }: Bounds): Bounds {
  const size = bottom - top;
  return { left: left - 0.7 * size, top: top - 0.25 * size, right: right + 1.3 * size, bottom: bottom + 0.25 * size };
}

async function readParts(
  recogniser: LineRecogniser,
  page: Raster,
  parts: { units: Bounds; cents: Bounds },
): Promise<PriceReading | undefined> {
  const units = await readCrop(recogniser, page, framed(parts.units, 0.15));
  const cents = await readCrop(recogniser, page, framed(parts.cents, 0.2));
  if (!/^[€$£]?\d{1,3}[.,'’]?$/.test(units.text) || !/^[.,'’]?\d\d€?$/.test(cents.text)) return undefined;
  if (Math.min(leastSure(units), leastSure(cents)) < CLEAR) return undefined;
  const bounds = unionOf([parts.units, parts.cents]);
  const width = bounds.right - bounds.left;
  const shareAt = (x: number): number => (x - bounds.left) / width;
  const placed = (reading: LineReading, { left, right }: Bounds) =>
    reading.characters
      .filter(({ text }) => /[\d€$£]/.test(text))
      .map((character) => ({
        ...character,
        from: shareAt(left + character.from * (right - left)),
        to: shareAt(left + character.to * (right - left)),
      }));
  const point = { text: '.', confidence: CLEAR, from: shareAt(parts.units.right), to: shareAt(parts.cents.left) };
  const characters = [...placed(units, parts.units), point, ...placed(cents, parts.cents)];
  return { bounds, reading: tidy(characters, Math.min(units.confidence, cents.confidence)), isInk: true };
}

/** Reads one crop as a price: without a letter that its edge cut off, with digits for letters of their shape. */
async function readCrop(recogniser: LineRecogniser, page: Raster, bounds: Bounds): Promise<LineReading> {
  const quad = quadOfBounds(bounds);
  const [read] = (await recogniser.read(page, [quad])) as [LineReading];
  const tidied = tidy(read.characters, read.confidence);
  const characters =
    /^\p{L}[€$£]?\d/u.test(tidied.text) && !/^[OlI]/.test(tidied.text) ? tidied.characters.slice(1) : tidied.characters;
  const text = characters.map((character) => character.text).join('');
  const meant = Array.from(
    text
      .replace(/^([€$£]?\d{1,3})[ -](\d\d)(?=€?$)/, '$1.$2')
      .replace(/^([€$£]?)([OlI])(?=[.,'’]\d\d)/, (_, sign, letter) => sign + (letter === 'O' ? '0' : '1')),
  );
  const price = characters.map((character, index) => ({ ...character, text: meant[index] ?? character.text }));
  return restoreDecimalPoint(page, quad, tidy(price, tidied.confidence));
}

/** Confidence in the least sure digit or currency sign; the separator's shape does not matter. */
function leastSure({ characters }: LineReading): number {
  return Math.min(1, ...characters.filter(({ text }) => /[\d€$£]/.test(text)).map(({ confidence }) => confidence));
}

function framed(bounds: Bounds, share: number): Bounds {
  return grown(bounds, share * heightOf(bounds));
}
