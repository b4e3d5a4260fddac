/** Big figures of a page: prices as they are set in flyers, with cents small and raised, apart or alone. */
import type { Box } from '../../model.js';
import { around, bottom, centreY, distance, gapX, gapY, right } from './boxes.js';
import { mendFigures } from './figure-signs.js';
import { parseNumber } from './numbers.js';
import type { PageWord } from './page.js';
import {
  digitsOf,
  isHundredths,
  type PriceSense,
  type Print,
  type Reading,
  reading,
  readPrint,
  signHint,
  TRAIL,
} from './price-print.js';
import { partSign, signOf } from './price-signs.js';
import { isUpright } from './runs.js';
import { endsWith, type Sense } from './sense.js';

/** A price in big print. */
export interface Figure {
  readonly words: readonly PageWord[];
  readonly text: string;
  readonly box: Box;
  readonly confidence: number;
  readonly currency: string | null;
  /** Likeliest first. */
  readonly readings: readonly Reading[];
}

/** The currency whose sign, code or hundredths the words hold. */
function currencyOf(words: readonly PageWord[], sense: PriceSense): string | null {
  const hint = signHint(sense);
  for (const { text } of words) {
    const bare = text.replace(TRAIL, '');
    const code = /\d/u.test(bare) ? partSign(bare, hint).currency : signOf(bare, hint);
    if (code !== null) return code;
    if (isHundredths(bare, sense)) return sense.currency ?? (/p$/u.test(bare) ? 'GBP' : /¢/u.test(bare) ? 'USD' : null);
  }
  return null;
}

/** Words with what they may say, as a figure. */
export function toFigure(words: readonly PageWord[], readings: readonly Reading[], sense: PriceSense): Figure {
  return {
    words,
    text: words.map((word) => word.text).join(' '),
    box: around(words.map((word) => word.box)),
    confidence: Math.min(...words.map((word) => word.confidence)),
    currency: currencyOf(words, sense),
    readings,
  };
}

/** Digits of units, with letters that recognisers take big digits for: `O`, `l`, and a point read as `s`. */
function unitsOf(text: string, sense: PriceSense): string | null {
  const match = /^(\d{1,3}|[Oo]|[Il|])[s.,:'’·]?$/u.exec(partSign(text.replace(TRAIL, ''), signHint(sense)).text);
  if (match === null) return null;
  return (match[1] ?? '').replace(/[Oo]/u, '0').replace(/[Il|]/u, '1');
}

/** Cents stand right of their units, not bigger, at the same top or (half size, without raising) foot. */
function areCentsOf(units: PageWord, cents: PageWord): boolean {
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

/** A currency alone, beside, over or under a figure; letters stand beside it. */
function signBeside(box: Box, words: readonly PageWord[], sense: PriceSense): PageWord | undefined {
  const near = words.filter(
    (word) =>
      gapX(box, word.box) < box[3] * 0.5 &&
      gapY(box, word.box) < box[3] * 0.25 &&
      (/^[€£$]$/u.test(word.text) ||
        (-gapY(box, word.box) > word.box[3] * 0.5 && signOf(word.text, signHint(sense)) !== null)) &&
      !isOfOther(word, box, words, sense),
  );
  return near.sort((a, b) => gapX(box, a.box) - gapX(box, b.box))[0];
}

/** Struck, beside a price in bigger print. */
function isFormer({ look, box }: PageWord, words: readonly PageWord[], sense: PriceSense): boolean {
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

const FORMER = 1.4;
/** Of prices that stand alone, and how far away bigger ones are, in heights of theirs. */
const LONE = 1.2;
const LONE_REACH = 4;
const BIG = 1.45;
const CLEARLY_BIG = 1.8;
const CENTS = 0.85;
const SURE_CENTS = 0.85;
/** Of words in one print, in heights: how far heads and feet differ, and how wide a space is. */
const SAME_PRINT = 0.12;
const SPACE = 0.45;
/** Prices of one style differ less in height, as a binary logarithm. */
const SIZE_CLASS = 0.5;
/** Words of a text layer are never misread. */
const EXACT = 1;

/** True where a word is the share of a percentage or fraction, or a count of something. */
function isPartOfText(word: PageWord, words: readonly PageWord[], sense: PriceSense): boolean {
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
function textBefore(word: PageWord, words: readonly PageWord[]): string {
  return words
    .filter(({ box }) => box[0] < word.box[0] && -gapY(box, word.box) > Math.min(box[3], word.box[3]) * 0.5)
    .filter(({ box }) => word.box[0] - right(box) < word.box[3] * 4)
    .sort(inReadingOrder)
    .map(({ text }) => text)
    .join(' ');
}

/** Two figures with nothing beside them may be raised cents whose units were too big to be found. */
function areCentsAlone(word: PageWord, words: readonly PageWord[], body: number): boolean {
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

/** A price alone on its line in print that is a little bigger than the text, with no bigger one near. */
function isLonePrice(word: PageWord, words: readonly PageWord[], figures: readonly Figure[], sense: Sense): boolean {
  const { box } = word;
  if (box[3] < sense.body * LONE || word.look?.isStruck === true || !isUpright(word)) return false;
  const { currency } = partSign(word.text.replace(TRAIL, ''), signHint(sense));
  if (currency === null || readPrint(word.text, sense)?.kind !== 'whole') return false;
  const isAlone = words.every(
    (other) =>
      other === word ||
      gapX(other.box, box) > box[3] * 1.5 ||
      -gapY(other.box, box) < Math.min(box[3], other.box[3]) * 0.3,
  );
  return isAlone && figures.every((figure) => distance(figure.box, box) > box[3] * LONE_REACH);
}

/** Words that are big enough for prices and in none yet, and the figures that they became. */
class Finder {
  readonly used = new Set<PageWord>();
  readonly figures: Figure[] = [];
  /** Heights of units with raised cents. */
  readonly raised: number[] = [];

  constructor(
    readonly words: readonly PageWord[],
    readonly sense: Sense,
  ) {}

  signOf(parts: readonly PageWord[]): PageWord | undefined {
    const sign = signBeside(around(parts.map((part) => part.box)), this.words, this.sense);
    return sign !== undefined && this.used.has(sign) ? undefined : sign;
  }

  add(parts: readonly PageWord[], readings: readonly Reading[]): void {
    const sign = this.signOf(parts);
    const all = sign === undefined ? parts : [...parts, sign];
    for (const part of all) this.used.add(part);
    this.figures.push(toFigure(all, readings, this.sense));
  }

  isAsked(word: PageWord): boolean {
    const isBig = word.box[3] >= this.sense.body * BIG && isUpright(word) && !this.used.has(word);
    if (!isBig || !/[\doil|]/iu.test(word.text)) return false;
    return (
      !endsWith(textBefore(word, this.words), 'regularPrice', this.sense) && !isFormer(word, this.words, this.sense)
    );
  }
}

/** `1` `299,00` `€`: thousands that a space parts. */
function addThousands(finder: Finder): void {
  const { words, sense } = finder;
  const textOf = ({ text }: PageWord) => partSign(text.replace(TRAIL, ''), signHint(sense)).text;
  for (const first of words) {
    if (!/^[1-9]\d{0,2}$/u.test(textOf(first)) || !finder.isAsked(first)) continue;
    const parts = [first];
    for (let next = followedBy(first, words); next !== undefined; next = followedBy(next, words)) {
      if (!/^\d{3}(?:[.,]\d{2})?$/u.test(textOf(next)) || finder.used.has(next)) break;
      parts.push(next);
    }
    const amount = parseNumber(parts.map(textOf).join(' '));
    const isMoney =
      finder.signOf(parts) !== undefined ||
      parts.some((part) => textOf(part) !== part.text.replace(TRAIL, '') || /[.,]/u.test(part.text));
    if (parts.length > 1 && amount !== null && isMoney) finder.add(parts, [reading(amount, 0.9)]);
  }
}

/** The word in the same print right of a word, with no more than a space between. */
function followedBy({ box }: PageWord, words: readonly PageWord[]): PageWord | undefined {
  return words.find(({ box: other }) => {
    const gap = other[0] - right(box);
    const slack = box[3] * SAME_PRINT;
    const isAlike = Math.abs(other[1] - box[1]) < slack && Math.abs(bottom(other) - bottom(box)) < slack;
    return gap > -slack && gap < box[3] * SPACE && isAlike;
  });
}

/** Units with cents in a word of their own. */
function addWithCents(finder: Finder): void {
  const { words, used, sense } = finder;
  for (const units of words) {
    const digits = unitsOf(units.text, sense);
    if (digits === null || !finder.isAsked(units)) continue;
    const cents = words
      .filter(
        (word) =>
          word !== units && !used.has(word) && /^\D?\d{2}(?:\D{0,2}|[¹²³])$/u.test(word.text) && word.text.length <= 5,
      )
      .filter((word) => !/%|\d[,.]/u.test(word.text) && areCentsOf(units, word))
      .sort((a, b) => a.box[0] - b.box[0])[0];
    if (cents === undefined) continue;
    finder.add([units, cents], [reading(Number(`${digits}.${digitsOf(cents.text)}`), 0.95)]);
    finder.raised.push(units.box[3]);
  }
}

/** Prices in the size of a word have raised cents more often than printed points. */
function mayHaveRaisedCents(word: PageWord, { words, raised, sense }: Finder): boolean {
  const isAlike = (height: number) => Math.abs(Math.log2(height / word.box[3])) < SIZE_CLASS;
  const withPoint = words.filter(({ text, box }) => isAlike(box[3]) && /\d[.,]\d{2}(?!\d)/u.test(text));
  return raised.filter(isAlike).length > withPoint.filter(({ text }) => readPrint(text, sense) !== null).length;
}

/** A sign in the print of the figures beside it, in a word of its own; beside raised cents it is small. */
function isInPrintOf(word: PageWord, { box: sign }: PageWord): boolean {
  const { box } = word;
  return sign[3] > box[3] * 0.7 && Math.abs(bottom(sign) - bottom(box)) < box[3] * 0.2;
}

/** The readings of a number without a point: whole, unless the page's other prices have raised cents. */
function withoutPoint(word: PageWord, print: Print, finder: Finder): readonly Reading[] {
  if (digitsOf(word.text).length < 3) return print.readings;
  const isSigned = print.kind === 'units';
  const isRaised = mayHaveRaisedCents(word, finder);
  if (!isRaised && (isSigned || word.confidence < EXACT)) return print.readings;
  return print.readings
    .map((one) => ({ ...one, likelihood: (one.isImplied === true) === isRaised ? 0.7 : 0.3 }))
    .sort((a, b) => b.likelihood - a.likelihood);
}

/** Prices in one word. */
function addWords(finder: Finder): void {
  const { words, sense, used } = finder;
  const isCompound = (word: PageWord) => isPartOfText(word, words, sense);
  // Judged before any is used, since what is used is no longer asked.
  for (const word of words.filter((one) => finder.isAsked(one))) {
    const sign = finder.signOf([word]);
    const isApart = sign !== undefined && /^\D*\d{2}$/u.test(word.text) && !isInPrintOf(word, sign);
    const print = readPrint(word.text, sense, sign !== undefined && !isApart);
    if (used.has(word) || print === null) continue;
    if (print.kind === 'units' && /^\D*\d/u.test(word.text)) {
      if (sign !== undefined || partSign(word.text.replace(TRAIL, ''), signHint(sense)).currency !== null)
        finder.add([word], withoutPoint(word, print, finder));
    } else if (print.kind === 'whole') {
      if (word.box[3] >= sense.body * CLEARLY_BIG || !isCompound(word)) finder.add([word], print.readings);
    } else if (print.kind !== 'units' && !isCompound(word)) {
      finder.add([word], withoutPoint(word, print, finder));
    }
  }
}

/** Prices in big print among the words, and the words that are in none. */
export function findFigures(words: readonly PageWord[], sense: Sense): { figures: Figure[]; rest: PageWord[] } {
  const finder = new Finder(words, sense);
  addThousands(finder);
  addWithCents(finder);
  addWords(finder);
  const { used, figures, raised } = finder;
  for (const word of words) {
    if (used.has(word) || !areCentsAlone(word, words, sense.body)) continue;
    // `89€` where no price has raised cents.
    if (word.text.includes('€') && raised.length === 0) continue;
    finder.add([word], [reading(Number(digitsOf(word.text)) / 100, 0.3, false)]);
  }
  for (const word of words) {
    if (used.has(word) || !isLonePrice(word, words, figures, sense)) continue;
    finder.add([word], readPrint(word.text, sense)?.readings ?? []);
  }
  const mended = mendFigures(figures, words).sort((a, b) => centreY(a.box) - centreY(b.box));
  return { figures: mended, rest: words.filter((word) => !used.has(word)) };
}
