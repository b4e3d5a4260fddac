/**
 * Boxes as high as their line. Some engines give boxes that hug the ink (Google's): `con` is then lower than `del`, and
 * neither says how large it is set. From the letters of a word the height of its line can be told.
 */
import type { Box } from '../../model.js';
import { bottom, gapY, right } from './boxes.js';
import type { OfferPage, PageWord } from './page.js';

/** Above and below the baseline, in font sizes: means of common typefaces. */
const ASCENT = 0.72;
const LOW_ASCENT = 0.53;
const DESCENT = 0.21;
const COMMA_DESCENT = 0.11;

const HIGH = /[\p{Lu}\p{Nd}bdfhklijtßþ€$£¥¢%&()[\]{}/\\!?"'’‘”“*ºª°|#@]|\p{L}\p{M}/u;
const DEEP = /[gjpqyçþŋQ()[\]{}/\\|$@]/u;
const COMMA = /[,;]/u;
/** Dashes, points and other signs have heights of their own. */
const HAS_HEIGHT = /[\p{L}\p{Nd}]/u;

interface Extent {
  readonly above: number;
  readonly below: number;
}

function extentOf(text: string): Extent {
  const plain = text.normalize('NFD');
  const below = DEEP.test(text) ? DESCENT : COMMA.test(text) ? COMMA_DESCENT : 0;
  return { above: HIGH.test(plain) ? ASCENT : LOW_ASCENT, below };
}

const heightOf = ({ above, below }: Extent): number => above + below;

/** Words tell whether boxes hug their ink where their letters are this much higher or lower than their neighbour's. */
const LEAST_DIFFERENCE = 0.15;
const LEAST_VOTES = 6;
/** Of pages with boxes as high as their lines at most one in seven says so, for what engines round. */
const MAJORITY = 0.3;
/** From a word to its neighbour, in heights of the higher. */
const NEIGHBOUR = 1;
/** Words before and after one, by their feet, among which those on its line are looked for. */
const REACH = 40;

/** Words with the next one on their line. */
function neighbours(words: readonly PageWord[]): [PageWord, PageWord][] {
  const sorted = words.filter(({ text }) => HAS_HEIGHT.test(text)).sort((a, b) => bottom(a.box) - bottom(b.box));
  const pairs: [PageWord, PageWord][] = [];
  for (const [at, word] of sorted.entries()) {
    // Feet on one line lie near each other in this order.
    for (const other of sorted.slice(Math.max(0, at - REACH), at + REACH)) {
      const height = Math.max(word.box[3], other.box[3]);
      const gap = other.box[0] - right(word.box);
      if (other === word || gap < 0 || gap > NEIGHBOUR * height) continue;
      if (-gapY(word.box, other.box) >= 0.5 * Math.min(word.box[3], other.box[3])) pairs.push([word, other]);
    }
  }
  return pairs;
}

/** Whether the heights of neighbours differ as their letters do. */
function areTight(words: readonly PageWord[]): boolean {
  let [tight, votes] = [0, 0];
  for (const [one, other] of neighbours(words)) {
    const expected = Math.log(heightOf(extentOf(one.text)) / heightOf(extentOf(other.text)));
    const found = Math.log(one.box[3] / other.box[3]);
    // Of words of different sizes neither holds.
    if (Math.abs(expected) < LEAST_DIFFERENCE || Math.abs(found) > 2 * Math.abs(expected)) continue;
    votes++;
    if (Math.abs(found - expected) < Math.abs(found)) tight++;
  }
  return votes >= LEAST_VOTES && tight > votes * MAJORITY;
}

const sizeOf = ({ text, box }: PageWord): number => box[3] / heightOf(extentOf(text));

/** Words of one line and size: what a pixel makes of low letters, the others even out. */
const SAME_SIZE = 1.35;

/** Word -> font size, the same for all words that follow each other on a line, as far as theirs are alike. */
function sizesOf(words: readonly PageWord[]): Map<PageWord, number> {
  const lineOf = new Map<PageWord, PageWord[]>(words.map((word) => [word, [word]]));
  for (const [one, other] of neighbours(words)) {
    const [line, next] = [lineOf.get(one), lineOf.get(other)];
    const ratio = sizeOf(one) / sizeOf(other);
    if (line === undefined || next === undefined || line === next) continue;
    if (ratio > SAME_SIZE || ratio < 1 / SAME_SIZE) continue;
    line.push(...next);
    for (const word of next) lineOf.set(word, line);
  }
  return new Map(words.map((word) => [word, median((lineOf.get(word) ?? []).map(sizeOf))]));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** On the baseline of the word. */
function lineBox({ text, box }: PageWord, size: number): Box {
  const { below } = extentOf(text);
  const baseline = bottom(box) - below * sizeOf({ text, box, confidence: 1 });
  return [box[0], baseline - ASCENT * size, box[2], (ASCENT + DESCENT) * size];
}

/** The page, where its boxes hug their ink with boxes as high as their line. */
export function withLineBoxes(page: OfferPage): OfferPage {
  if (!areTight(page.words)) return page;
  const sizes = sizesOf(page.words.filter(({ text }) => HAS_HEIGHT.test(text)));
  const words = page.words.map((word) => {
    const size = sizes.get(word);
    return size === undefined ? word : { ...word, box: lineBox(word, size) };
  });
  return { ...page, words };
}
