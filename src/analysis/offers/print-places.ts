/** Where words stand beside each other, as parts of a price. */
import type { Box } from '../../model.js';
import { bottom, gapX, gapY, right } from './boxes.js';
import type { PageWord } from './page.js';
import { type PriceSense, readPrint, signHint } from './price-print.js';
import { signOf } from './price-signs.js';

const FORMER = 1.4;
const CENTS = 0.85;
const SURE_CENTS = 0.85;
/** Of words in one print, in heights: how far heads and feet differ, and how wide a space is. */
const SAME_PRINT = 0.12;
const SPACE = 0.45;

/** Cents stand right of their units, not bigger, at the same top or (half size, without raising) foot. */
export function areCentsOf(units: PageWord, cents: PageWord): boolean {
  const height = Math.max(units.box[3], cents.box[3]);
  const gap = cents.box[0] - right(units.box);
  if (gap > height * 0.6 || gap < -height * 0.3) return false;
  if (cents.box[3] > units.box[3] * 1.4 || cents.box[3] < height * 0.3) return false;
  const isRaised = Math.abs(units.box[1] - cents.box[1]) < height * 0.3;
  return isRaised || Math.abs(bottom(units.box) - bottom(cents.box)) < height * 0.2;
}

/** A sign that ends another amount, in the size of the sign: `4,76 €`. */
function isOfOther(sign: PageWord, box: Box, words: readonly PageWord[], sense: PriceSense): boolean {
  return words.some(({ text, box: other }) => {
    const gap = sign.box[0] - right(other);
    if (gap < -sign.box[3] * 0.3 || gap > sign.box[3] || readPrint(text, sense)?.kind !== 'whole') return false;
    const isInFigure = gapX(other, box) < 0 && gapY(other, box) < 0;
    return !isInFigure && -gapY(other, sign.box) > sign.box[3] * 0.5 && other[3] < sign.box[3] * 1.6;
  });
}

/** From a figure to the sign that the engine read in its line, in heights of the figure. */
const LINE_SIGN = 0.9;

/** A currency alone, beside, over or under a figure; letters stand beside it. `line` is the engine's line of the figure. */
export function signBeside(
  box: Box,
  words: readonly PageWord[],
  sense: PriceSense,
  line?: number,
): PageWord | undefined {
  const near = words.filter(
    (word) =>
      gapX(box, word.box) < box[3] * (line !== undefined && word.line === line ? LINE_SIGN : 0.5) &&
      gapY(box, word.box) < box[3] * 0.25 &&
      (/^[€£$]$/u.test(word.text) ||
        (-gapY(box, word.box) > word.box[3] * 0.5 && signOf(word.text, signHint(sense)) !== null)) &&
      !isOfOther(word, box, words, sense),
  );
  return near.sort((a, b) => gapX(box, a.box) - gapX(box, b.box))[0];
}

/** Struck, beside a price in bigger print. */
export function isFormer({ look, box }: PageWord, words: readonly PageWord[], sense: PriceSense): boolean {
  if (look?.isStruck !== true) return false;
  return words.some(
    (other) =>
      other.look?.isStruck === false &&
      other.box[3] > box[3] * FORMER &&
      gapX(other.box, box) < other.box[3] * 2 &&
      gapY(other.box, box) < other.box[3] * 0.5 &&
      readPrint(other.text, sense)?.kind === 'whole',
  );
}

/** True where a word is the share of a percentage or fraction, or a count of something. */
export function isPartOfText(word: PageWord, words: readonly PageWord[], sense: PriceSense): boolean {
  return words.some((other) => {
    if (other === word || other.box[3] < word.box[3] * 0.6 || other.box[3] > word.box[3] * 1.6) return false;
    const gap = Math.max(other.box[0] - right(word.box), word.box[0] - right(other.box));
    if (gap <= -word.box[3] * 0.3 || gap >= word.box[3] * 0.7 || -gapY(word.box, other.box) <= word.box[3] * 0.5)
      return false;
    return signOf(other.text, signHint(sense)) === null && readPrint(other.text, sense) === null;
  });
}

/** Beside big print there may be two lines of small. */
const inReadingOrder = (a: PageWord, b: PageWord): number =>
  gapY(a.box, b.box) > -Math.min(a.box[3], b.box[3]) * 0.4 ? a.box[1] - b.box[1] : a.box[0] - b.box[0];

/** What stands left of a word on its line. */
export function textBefore(word: PageWord, words: readonly PageWord[]): string {
  return words
    .filter(({ box }) => box[0] < word.box[0] && -gapY(box, word.box) > Math.min(box[3], word.box[3]) * 0.5)
    .filter(({ box }) => word.box[0] - right(box) < word.box[3] * 4)
    .sort(inReadingOrder)
    .map(({ text }) => text)
    .join(' ');
}

/** Two figures with nothing beside them may be raised cents whose units were too big to be found. */
export function areCentsAlone(word: PageWord, words: readonly PageWord[], body: number): boolean {
  const [, , , height] = word.box;
  if (!/^[.,]?\d{2}\s?[€*]?$/u.test(word.text) || word.confidence < SURE_CENTS || height < body * CENTS) return false;
  return words.every(
    (other) =>
      other === word ||
      (/^\W*[€£$]\W*$/u.test(other.text) && !isInPrintOf(word, other)) ||
      gapX(other.box, word.box) > height * 1.2 ||
      -gapY(other.box, word.box) < Math.min(height, other.box[3]) * 0.4,
  );
}

/** The word in the same print right of a word, with no more than a space between. */
export function followedBy({ box }: PageWord, words: readonly PageWord[]): PageWord | undefined {
  return words.find(({ box: other }) => {
    const gap = other[0] - right(box);
    const slack = box[3] * SAME_PRINT;
    const isAlike = Math.abs(other[1] - box[1]) < slack && Math.abs(bottom(other) - bottom(box)) < slack;
    return gap > -slack && gap < box[3] * SPACE && isAlike;
  });
}

/** A sign in the print of the figures beside it, in a word of its own; beside raised cents it is small. */
export function isInPrintOf(word: PageWord, { box: sign }: PageWord): boolean {
  const { box } = word;
  return sign[3] > box[3] * 0.7 && Math.abs(bottom(sign) - bottom(box)) < box[3] * 0.2;
}
