/** The `fast` quality for languages that the line recogniser has not all letters of: Tesseract reads the whole page. */
import { unionOf } from './geometry.js';
import type { TextBlock } from './layout.js';
import { grayPage } from './page-scale.js';
import type { GrayRaster, Raster } from './raster.js';
import type { TesseractLine, TesseractReader } from './tesseract.js';
import { lineOfWords, type TextLine } from './text-line.js';

/** Blocks of the page in Tesseract's reading order, in pixels of the page. */
export function readPageWithTesseract(reader: TesseractReader, page: Raster | GrayRaster): TextBlock[] {
  const gray = page.data.length === page.width * page.height ? page : grayPage(page);
  return reader.read(gray, 'page').flatMap((block) => {
    const lines = block.lines.map(toLine).filter((line) => line.text !== '');
    return lines.length === 0 ? [] : [{ lines, bounds: unionOf(lines.map((line) => line.bounds)) }];
  });
}

function toLine(line: TesseractLine): TextLine {
  const words = line.words.filter((word) => word.text.trim() !== '');
  const length = words.reduce((sum, word) => sum + word.text.length, 0);
  const weight = words.reduce((sum, word) => sum + word.confidence * word.text.length, 0);
  return lineOfWords(words, line.bounds, length === 0 ? 0 : weight / length);
}
