/** Big figures of a page: prices as they are set in flyers, with cents small and raised, apart or alone. */
import type { Box } from '../../model.js';
import { around, bottom, centreY, distance, gapX, gapY, right } from './boxes.js';
import { mendFigures } from './figure-signs.js';
import type { PageWord } from './page.js';
import { isUpright } from './runs.js';
import { endsWith, type Sense } from './sense.js';

/** What a figure may say. */
export interface Reading {
  readonly amount: number;
  /** Digits were seen for all of it; false where the units left of the cents were not found. */
  readonly isWhole: boolean;
  /** 0 to 1: how likely it is before anything else is known. */
  readonly likelihood: number;
}

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

const CURRENCY_SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', $: 'USD', '¢': 'USD', p: 'GBP' };
/** Marks of footnotes and what recognisers make of them. */
const TRAIL = /[\s*"'’‘`´°ºª¹²³⁴⁺+]+$/u;
const LEAD = /^[\s"'’‘`´*|:;]+/u;

interface Print {
  readonly kind: 'whole' | 'units' | 'cents' | 'joined';
  readonly readings: readonly Reading[];
}

const reading = (amount: number, likelihood: number, isWhole = true): Reading => ({ amount, likelihood, isWhole });

/** A word without currency and marks, with the digits that letters were taken for: `£l.75` is 1.75. */
function bare(word: string): string {
  const text = word
    .replace(TRAIL, '')
    .replace(LEAD, '')
    .replace(/^[€£$]\s?|\s?[€£$]$/gu, '')
    .replace(/^[.…]{2,}|^…/u, '');
  if (!/\d/u.test(text) || /[^\dlIO|.,'’·:]/u.test(text)) return text;
  return text.replace(/[lI|]/gu, '1').replace(/O/gu, '0');
}

/** One word as (a part of) a price, null where it is none. */
export function readPrint(word: string): Print | null {
  const text = bare(word);
  const hasSign = /[€£$]/u.test(word);
  const decimal = /^(\d{1,4})[.,'’·:]{1,2}(\d{2})(\d)?$/u.exec(text);
  if (decimal !== null) {
    const amount = Number(`${decimal[1]}.${decimal[2]}`);
    return { kind: 'whole', readings: [reading(amount, decimal[3] === undefined ? 1 : 0.8)] };
  }
  if (/^\d{1,2}\s?(?:p|¢|cts?|cent|c)$/iu.test(text)) {
    return { kind: 'whole', readings: [reading(Number.parseInt(text, 10) / 100, 0.9)] };
  }
  const round = /^(\d{1,4})[.,]?[-–—]+$/u.exec(text);
  if (round !== null) return { kind: 'whole', readings: [reading(Number(round[1]), 0.9)] };
  // A letter where the units should be was not read for what it is.
  const headless = /^\p{Lu}(\d{2})$/u.exec(text);
  if (headless !== null) return { kind: 'cents', readings: [reading(Number(headless[1]) / 100, 0.3, false)] };
  const units = /^(\d{1,4})([.,:'’·]?)$/u.exec(text);
  if (units === null) return null;
  const digits = units[1] ?? '';
  if (hasSign) {
    const whole = reading(Number(digits), digits.length <= 2 ? 0.8 : 0.4);
    const implied = reading(Number(digits) / 100, digits.length <= 2 ? 0.3 : 0.7);
    return { kind: 'units', readings: digits.length <= 2 ? [whole, implied] : [implied, whole] };
  }
  if (digits.length >= 3 && units[2] === '') return { kind: 'joined', readings: [reading(Number(digits) / 100, 0.6)] };
  const isCents = digits.length === 2 && units[2] === '';
  return { kind: isCents ? 'cents' : 'units', readings: [reading(Number(digits) / 100, 0.3, false)] };
}

function currencyOf(words: readonly PageWord[]): string | null {
  for (const { text } of words) {
    for (const sign of ['€', '£', '$', '¢']) if (text.includes(sign)) return CURRENCY_SIGNS[sign] ?? null;
    if (/^\d{1,2}p$/u.test(text)) return 'GBP';
  }
  return null;
}

/** Words with what they may say, as a figure. */
export function toFigure(words: readonly PageWord[], readings: readonly Reading[]): Figure {
  return {
    words,
    text: words.map((word) => word.text).join(' '),
    box: around(words.map((word) => word.box)),
    confidence: Math.min(...words.map((word) => word.confidence)),
    currency: currencyOf(words),
    readings,
  };
}

/** Digits of units, with letters that recognisers take big digits for: `O`, `l`, and a point read as `s`. */
function unitsOf(text: string): string | null {
  const match = /^[€£$]?\s?(\d{1,3}|[Oo]|[Il|])[s.,:'’·]?[€£$]?$/u.exec(text.replace(TRAIL, ''));
  if (match === null) return null;
  return (match[1] ?? '').replace(/[Oo]/u, '0').replace(/[Il|]/u, '1');
}

const digitsOf = (text: string): string => text.match(/\d+/u)?.[0] ?? '';

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
function isOfOther(sign: PageWord, box: Box, words: readonly PageWord[]): boolean {
  return words.some(({ text, box: other }) => {
    const gap = sign.box[0] - right(other);
    if (gap < -sign.box[3] * 0.3 || gap > sign.box[3] || readPrint(text)?.kind !== 'whole') return false;
    const isInFigure = gapX(other, box) < 0 && gapY(other, box) < 0;
    return !isInFigure && -gapY(other, sign.box) > sign.box[3] * 0.5 && other[3] < sign.box[3] * 1.6;
  });
}

/** From a figure to the sign that the engine read in its line, in heights of the figure. */
const LINE_SIGN = 0.9;

/** A currency sign alone, beside, over or under a figure. */
function signsBeside(box: Box, words: readonly PageWord[], line?: number): PageWord[] {
  const near = words.filter(
    (word) =>
      /^[€£$]$/u.test(word.text) &&
      gapX(box, word.box) < box[3] * (line !== undefined && word.line === line ? LINE_SIGN : 0.5) &&
      gapY(box, word.box) < box[3] * 0.25 &&
      !isOfOther(word, box, words),
  );
  return near.sort((a, b) => gapX(box, a.box) - gapX(box, b.box)).slice(0, 1);
}

/** Struck, beside a price in bigger print. */
function isFormer({ look, box }: PageWord, words: readonly PageWord[]): boolean {
  if (look?.isStruck !== true) return false;
  return words.some(
    (other) =>
      other.look?.isStruck === false &&
      other.box[3] > box[3] * FORMER &&
      gapX(other.box, box) < other.box[3] * 2 &&
      gapY(other.box, box) < other.box[3] * 0.5 &&
      readPrint(other.text)?.kind === 'whole',
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

/** True where a word is the share of a percentage or fraction, or a count of something. */
function isPartOfText(word: PageWord, words: readonly PageWord[]): boolean {
  return words.some((other) => {
    if (other === word || /^[€£$]/u.test(other.text) || readPrint(other.text) !== null) return false;
    if (other.box[3] < word.box[3] * 0.6 || other.box[3] > word.box[3] * 1.6) return false;
    const gap = Math.max(other.box[0] - right(word.box), word.box[0] - right(other.box));
    return gap > -word.box[3] * 0.3 && gap < word.box[3] * 0.7 && -gapY(word.box, other.box) > word.box[3] * 0.5;
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
      /^\W*[€£$]\W*$/u.test(other.text) ||
      gapX(other.box, word.box) > height * 1.2 ||
      -gapY(other.box, word.box) < Math.min(height, other.box[3]) * 0.4,
  );
}

/** A price alone on its line in print that is a little bigger than the text, with no bigger one near. */
function isLonePrice(word: PageWord, words: readonly PageWord[], figures: readonly Figure[], body: number): boolean {
  const { box } = word;
  if (box[3] < body * LONE || word.look?.isStruck === true || !isUpright(word)) return false;
  if (!/[€£$]/u.test(word.text) || readPrint(word.text)?.kind !== 'whole') return false;
  const isAlone = words.every(
    (other) =>
      other === word ||
      gapX(other.box, box) > box[3] * 1.5 ||
      -gapY(other.box, box) < Math.min(box[3], other.box[3]) * 0.3,
  );
  return isAlone && figures.every((figure) => distance(figure.box, box) > box[3] * LONE_REACH);
}

/** Prices in big print among the words, and the words that are in none. */
export function findFigures(words: readonly PageWord[], sense: Sense): { figures: Figure[]; rest: PageWord[] } {
  const { body } = sense;
  const used = new Set<PageWord>();
  const figures: Figure[] = [];
  const add = (parts: readonly PageWord[], readings: readonly Reading[]) => {
    const hasSign = parts.some(({ text }) => /[€£$]/u.test(text));
    const near = hasSign ? [] : signsBeside(around(parts.map((part) => part.box)), words, parts[0]?.line);
    const signs = near.filter((sign) => !used.has(sign));
    const all = [...parts, ...signs];
    for (const part of all) used.add(part);
    figures.push(toFigure(all, readings));
  };
  const isBig = (word: PageWord) => word.box[3] >= body * BIG && isUpright(word);
  const isRegular = (word: PageWord) =>
    endsWith(textBefore(word, words), 'regularPrice', sense) || isFormer(word, words);
  const big = words.filter((word) => isBig(word) && readPrint(word.text) !== null && !isRegular(word));
  for (const units of words) {
    const digits = unitsOf(units.text);
    if (used.has(units) || digits === null || !isBig(units) || isRegular(units)) continue;
    const cents = words
      .filter(
        (word) =>
          word !== units && !used.has(word) && /^\D?\d{2}(?:\D{0,2}|[¹²³])$/u.test(word.text) && word.text.length <= 5,
      )
      .filter((word) => !/%|\d[,.]/u.test(word.text) && areCentsOf(units, word))
      .sort((a, b) => a.box[0] - b.box[0])[0];
    if (cents !== undefined) add([units, cents], [reading(Number(`${digits}.${digitsOf(cents.text)}`), 0.95)]);
  }
  for (const word of big) {
    const print = readPrint(word.text);
    if (used.has(word) || print === null) continue;
    const sign = signsBeside(word.box, words)[0];
    if (print.kind === 'units' && /^\D*\d/u.test(word.text) && (sign !== undefined || /[€£$]/u.test(word.text))) {
      add([word], sign === undefined ? print.readings : [reading(Number(digitsOf(word.text)), 0.8)]);
    } else if (print.kind === 'whole') {
      if (word.box[3] >= body * CLEARLY_BIG || !isPartOfText(word, words)) add([word], print.readings);
    }
    if (print.kind !== 'whole' && print.kind !== 'units' && !isPartOfText(word, words)) add([word], print.readings);
  }
  for (const word of words) {
    if (used.has(word) || !areCentsAlone(word, words, body)) continue;
    add([word], [reading(Number(digitsOf(word.text)) / 100, 0.3, false)]);
  }
  for (const word of words) {
    if (!used.has(word) && isLonePrice(word, words, figures, body)) add([word], readPrint(word.text)?.readings ?? []);
  }
  const mended = mendFigures(figures, words).sort((a, b) => centreY(a.box) - centreY(b.box));
  return { figures: mended, rest: words.filter((word) => !used.has(word)) };
}
