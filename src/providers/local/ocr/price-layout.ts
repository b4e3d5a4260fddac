/**
 * Prices whose cents are set apart from the units: raised and smaller ("1" with a high "99"), or in a box of their own.
 * A recogniser reads "199"; the layout of the digits tells where the decimal point belongs.
 */
import { type Component, componentsOf } from './components.js';
import type { ReadCharacter } from './ctc.js';
import type { Quad } from './geometry.js';
import { lineImage } from './line-image.js';
import type { Raster } from './raster.js';
import type { LineReading } from './recognition.js';

const PICTURE_HEIGHT = 64;
const INK_LIMIT = 128;

/** Three to five digits with at most two signs before and three after: what a price without its separator looks like. */
const BARE_PRICE = /^[^\d\p{L}]{0,2}\d{3,5}\D{0,3}$/u;

/** A word before or a measure behind the digits ("je 400 g") tells of a size, whatever its letters look like. */
const SIZE = /\d\s*(?:g|gr|kg|ml|cl|dl|l|m|cm|mm|W)\W*$/i;

/** Units and cents with a gap where the separator was, and the currency behind them. */
const LOST_SEPARATOR = /^(\D{0,2}\d{1,3}) \d{2} ?€/;

/** A price with a third digit behind its cents: the raised mark of a footnote, where it is small (fuel is sold at 1.699). */
const MARKED_PRICE = /^[^\d\p{L}]{0,2}\d{1,3}[.,]\d{2}[1-3]$/u;

/**
 * Puts the decimal point into a price that was read without one, where the digits' layout shows raised cents or a dot;
 * drops a footnote's mark behind the cents.
 */
export function restoreDecimalPoint(page: Raster, quad: Quad, reading: LineReading): LineReading {
  const apostrophe = reading.characters.findIndex((character, at) => isDoubtfulApostrophe(reading, character, at));
  if (apostrophe >= 0)
    return replaceCharacter(reading, apostrophe, reading.characters[apostrophe]?.second?.text ?? '.');
  const gap = LOST_SEPARATOR.exec(reading.text);
  if (gap !== null) return replaceCharacter(reading, (gap[1] as string).length, ',');
  if (MARKED_PRICE.test(reading.text) && endsWithMark(lineImage(page, quad, PICTURE_HEIGHT))) return dropMark(reading);
  const compact = reading.text.replace(/\s/g, '');
  if (!BARE_PRICE.test(compact) || SIZE.test(compact) || /[%x]/i.test(compact.replace(/^\D*\d+/, ''))) return reading;
  if (!showsCents(lineImage(page, quad, PICTURE_HEIGHT))) return reading;
  return insertPoint(reading);
}

/** Whether the first tall digit, before which a smaller currency sign may stand, has a dot or raised digits after it. */
function showsCents(image: { width: number; height: number; data: Uint8Array }): boolean {
  const components = componentsOf(image, INK_LIMIT);
  const digits = components
    .filter(
      (component) =>
        component.bottom - component.top > image.height * 0.3 &&
        component.right - component.left < image.width * 0.8 &&
        component.area > 30,
    )
    .sort((a, b) => a.left - b.left);
  const tallest = Math.max(0, ...digits.map(({ top, bottom }) => bottom - top));
  const at = digits.findIndex(({ top, bottom }) => bottom - top > tallest * 0.85);
  const first = digits[at];
  if (first === undefined || digits.length < 2) return false;
  return (
    components.some((component) => isDotAfter(component, first)) ||
    digits.slice(at + 1).some((digit) => isRaised(digit, first))
  );
}

/** A small blob at the foot of the first digit, to its right. */
function isDotAfter(dot: Component, digit: Component): boolean {
  const size = digit.bottom - digit.top;
  const height = dot.bottom - dot.top;
  const width = dot.right - dot.left;
  return (
    height <= size * 0.4 &&
    width <= size * 0.4 &&
    height >= size * 0.07 &&
    width >= size * 0.05 &&
    dot.bottom >= digit.bottom - size * 0.2 &&
    dot.top > digit.top + size * 0.5 &&
    dot.left > digit.right - size * 0.15
  );
}

/** A digit that is smaller than the first and stands above its foot. */
function isRaised(digit: Component, first: Component): boolean {
  const size = first.bottom - first.top;
  const height = digit.bottom - digit.top;
  return (
    height <= size * 0.86 &&
    height >= size * 0.3 &&
    digit.bottom <= first.bottom - size * 0.13 &&
    digit.top <= first.top + size * 0.3
  );
}

/** Whether the last ink is small and stands high; a line that strikes the digits through may make one area of them. */
function endsWithMark(image: { width: number; height: number; data: Uint8Array }): boolean {
  const ink = componentsOf(image, INK_LIMIT)
    .filter(({ top, bottom, area }) => area > 12 && bottom - top > image.height * 0.12)
    .sort((a, b) => a.right - b.right);
  const mark = ink.pop();
  if (mark === undefined || ink.length === 0) return false;
  const top = Math.min(...ink.map((component) => component.top));
  const bottom = Math.max(...ink.map((component) => component.bottom));
  const size = bottom - top;
  const isSmall = mark.bottom - mark.top < size * 0.72 && mark.right - mark.left < size * 0.5;
  return isSmall && mark.bottom < bottom - size * 0.25 && mark.left > Math.max(...ink.map(({ right }) => right)) - 2;
}

function dropMark(reading: LineReading): LineReading {
  const characters = reading.characters.slice(0, -1);
  return { ...reading, text: characters.map((character) => character.text).join(''), characters };
}

/** An apostrophe between digits that may as well be a point or a comma, which are more common. */
function isDoubtfulApostrophe({ characters }: LineReading, character: ReadCharacter, at: number): boolean {
  return (
    /['’]/.test(character.text) &&
    character.confidence < 0.8 &&
    /[.,]/.test(character.second?.text ?? '') &&
    /\d/.test(characters[at - 1]?.text ?? '') &&
    /\d/.test(characters[at + 1]?.text ?? '')
  );
}

function replaceCharacter(reading: LineReading, index: number, text: string): LineReading {
  const characters = reading.characters.map((character, at) => (at === index ? { ...character, text } : character));
  return { ...reading, text: characters.map((character) => character.text).join(''), characters };
}

/** Splits off the last two digits with a point. */
function insertPoint(reading: LineReading): LineReading {
  const digitAt = reading.characters.flatMap((character, index) => (/\d/.test(character.text) ? [index] : []));
  const cents = digitAt.at(-2);
  if (cents === undefined) return reading;
  const next = reading.characters[cents] as ReadCharacter;
  const previous = reading.characters[cents - 1] as ReadCharacter;
  const point = { text: '.', confidence: next.confidence, from: previous.to, to: next.from };
  const characters = [...reading.characters.slice(0, cents), point, ...reading.characters.slice(cents)];
  return { ...reading, text: characters.map((character) => character.text).join(''), characters };
}
