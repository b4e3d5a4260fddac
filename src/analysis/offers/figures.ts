/** Big figures of a page: prices as they are set in flyers, with cents small and raised, apart or alone. */
import type { Box } from '../../model.js';
import { around, centreY, distance, gapX, gapY } from './boxes.js';
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
import {
  areCentsAlone,
  areCentsOf,
  followedBy,
  isFormer,
  isInPrintOf,
  isPartOfText,
  signBeside,
  textBefore,
} from './print-places.js';
import { isUpright } from './runs.js';
import { endsWith, type Sense } from './sense.js';

/** In heights of the running text: of big prices, and those that are prices whatever stands beside them. */
const BIG = 1.45;
const CLEARLY_BIG = 1.8;
/** Of prices that stand alone, and how far away bigger ones are, in heights of theirs. */
const LONE = 1.2;
const LONE_REACH = 4;
/** Raised cents are smaller than their units. */
const RAISED = 0.85;
/** Prices of one style differ less in height, as a binary logarithm. */
const SIZE_CLASS = 0.5;

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
    // A price with a sign takes no other.
    if (currencyOf(parts, this.sense) !== null) return undefined;
    const sign = signBeside(around(parts.map((part) => part.box)), this.words, this.sense, parts[0]?.line);
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
    if (cents.box[3] < units.box[3] * RAISED) finder.raised.push(units.box[3]);
  }
}

/** Prices in the size of a word have raised cents more often than printed points. */
function mayHaveRaisedCents(word: PageWord, { words, raised, sense }: Finder): boolean {
  const isAlike = (height: number) => Math.abs(Math.log2(height / word.box[3])) < SIZE_CLASS;
  const withPoint = words.filter(({ text, box }) => isAlike(box[3]) && /\d[.,]\d{2}(?!\d)/u.test(text));
  return raised.filter(isAlike).length > withPoint.filter(({ text }) => readPrint(text, sense) !== null).length;
}

/** The readings of a number without a point: whole, unless the page's other prices have raised cents. */
function withoutPoint(word: PageWord, print: Print, finder: Finder): readonly Reading[] {
  if (digitsOf(word.text).length < 3) return print.readings;
  const isSigned = print.kind === 'units';
  const isRaised = mayHaveRaisedCents(word, finder);
  if (!isRaised && (isSigned || !finder.sense.isExact)) return print.readings;
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
  const mended = mendFigures(figures, words, sense).sort((a, b) => centreY(a.box) - centreY(b.box));
  return { figures: mended, rest: words.filter((word) => !used.has(word)) };
}
