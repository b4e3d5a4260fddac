/** Decides whether the text layer of a PDF page is worth taking instead of reading its picture. */
import type { PageGlyphs } from './pdf-glyphs.js';

const LETTERS = /[\p{L}\p{N}]/u;
/** Fewer letters and digits than this are no text layer. */
const MIN_LETTERS = 8;
/** More characters without a meaning than this share: the fonts lack their tables, the text would be full of holes. */
const MAX_UNREADABLE_SHARE = 0.1;
/** Text is made of letters and digits; a bad recognition leaves mostly dots, bars and quotes. */
const MIN_LETTER_SHARE = 0.4;
/** From this share of the page on, the picture may be a scan. */
const SCAN_COVERAGE = 0.5;
/** Over a scan, a stamp, a header and a page number have fewer characters than this, in fewer bands of the page. */
const MIN_CHARACTERS_OVER_SCAN = 250;
const BANDS = 20;
const MIN_BANDS_OVER_SCAN = 5;

function bandsWithText({ glyphs }: PageGlyphs, pageHeight: number): number {
  // A watermark across the page is in every band, and yet it is not the text of the page.
  const straight = glyphs.filter(({ slant }) => slant === 0);
  const bands = new Set(straight.map(({ edges }) => Math.floor((((edges[1] + edges[3]) / 2) * BANDS) / pageHeight)));
  return bands.size;
}

/** Leaders (`.....`) and rules (`-----`) say nothing about the quality of a text. */
function withoutRepeats({ glyphs }: PageGlyphs): string[] {
  return glyphs.map(({ text }) => text).filter((text, i, all) => LETTERS.test(text) || text !== all[i - 1]);
}

/** Whether the text layer is usable. `coverage` is the share of the page under pictures, `pageHeight` in pixels. */
export function isUsableTextLayer(page: PageGlyphs, coverage: number, pageHeight: number): boolean {
  const characters = withoutRepeats(page);
  const letters = characters.filter((text) => LETTERS.test(text)).length;
  if (letters < MIN_LETTERS || letters < MIN_LETTER_SHARE * characters.length) return false;
  if (page.unreadable > MAX_UNREADABLE_SHARE * (page.unreadable + page.glyphs.length)) return false;
  // Invisible text is the work of OCR software: it stands for the whole picture, however short it is.
  const isFromOcr = page.invisible > 0.5 * page.glyphs.length;
  if (coverage < SCAN_COVERAGE || isFromOcr) return true;
  return page.glyphs.length >= MIN_CHARACTERS_OVER_SCAN || bandsWithText(page, pageHeight) >= MIN_BANDS_OVER_SCAN;
}
