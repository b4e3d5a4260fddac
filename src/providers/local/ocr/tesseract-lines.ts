/** Reads line by line with Tesseract, from the pictures that the detector's lines cut out. */

import type { ReadCharacter } from './ctc.js';
import type { Quad } from './geometry.js';
import { lineImage, withBorder } from './line-image.js';
import type { Raster } from './raster.js';
import type { LineReading } from './recognition.js';
import type { TesseractBlock, TesseractReader } from './tesseract.js';

/** Tesseract's network sees lines at 36 pixels; a little more keeps thin strokes. */
const LINE_HEIGHT = 44;
const BORDER_X = 14;
const BORDER_Y = 12;

/** Reads one line of the page. Characters have their place as shares of the line's width. */
export function readLineWithTesseract(reader: TesseractReader, page: Raster, quad: Quad): LineReading {
  const image = lineImage(page, quad, LINE_HEIGHT);
  const blocks = reader.read(withBorder(image, BORDER_X, BORDER_Y), 'line');
  return toLineReading(blocks, (x) => Math.min(1, Math.max(0, (x - BORDER_X) / image.width)));
}

/** All words of the blocks as one line, with a space between words. */
function toLineReading(blocks: readonly TesseractBlock[], shareOf: (x: number) => number): LineReading {
  const words = blocks.flatMap((block) => block.lines).flatMap((line) => line.words);
  const characters: ReadCharacter[] = [];
  let weight = 0;
  let length = 0;
  for (const word of words) {
    const start = shareOf(word.bounds.left);
    if (characters.length > 0) {
      characters.push({ text: ' ', confidence: word.confidence, from: characters.at(-1)?.to ?? start, to: start });
    }
    for (const symbol of word.symbols) {
      const { left, right } = symbol.bounds;
      characters.push({ text: symbol.text, confidence: symbol.confidence, from: shareOf(left), to: shareOf(right) });
    }
    weight += word.confidence * word.text.length;
    length += word.text.length;
  }
  return {
    text: characters.map((character) => character.text).join(''),
    confidence: length === 0 ? 0 : weight / length,
    characters,
  };
}
