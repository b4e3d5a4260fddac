/**
 * Lines found and read by PP-OCR; in the `best` quality Tesseract reads the doubtful ones again, and the two readings
 * become one. Big prices, of which the detector loses parts, are read again at the end.
 */

import type { OnnxModel } from '../runtime.js';
import { findBigPrint, type ReadLine, readBigPrices } from './big-prices.js';
import { detectLines } from './detection.js';
import { acceptReading, fuseReadings, isDoubtful } from './fusion.js';
import { boundsOfPoints, heightOf, type Quad, quadOfBounds, quadSize, turnQuad } from './geometry.js';
import { joinSplitPrices } from './price-join.js';
import { restoreDecimalPoint } from './price-layout.js';
import type { Raster } from './raster.js';
import type { LineReading, LineRecogniser } from './recognition.js';
import type { TesseractReader } from './tesseract.js';
import { readLineWithTesseract } from './tesseract-lines.js';
import { type TextLine, toTextLine } from './text-line.js';

export interface HybridEngines {
  readonly detector: OnnxModel;
  readonly recogniser: LineRecogniser;
  /** Reads doubtful lines again; null takes the first reading as it is. */
  readonly tesseract: TesseractReader | null;
}

const DETECTION_SCALE = { maxLongSide: 1600, minShortSide: 736 };
const MIN_LINE_SIDE = 4;
/** Boxes taller than this (height / width) hold text that runs down the page. */
const VERTICAL_RATIO = 2.6;

/** Lines of the page, in pixels of the page, top to bottom. */
export async function readPageHybrid(engines: HybridEngines, page: Raster): Promise<TextLine[]> {
  const quads = await findQuads(engines.detector, page);
  const upright = await uprightQuads(engines.recogniser, page, quads);
  const shapes = await engines.recogniser.read(page, upright);
  const lines: ReadLine[] = [];
  for (const [index, quad] of upright.entries()) {
    const shape = shapes[index] as LineReading;
    const fused =
      engines.tesseract && isDoubtful(shape)
        ? fuseReadings(shape, readLineWithTesseract(engines.tesseract, page, quad))
        : acceptReading(shape);
    if (fused.text === '') continue;
    lines.push({ quad, reading: restoreDecimalPoint(page, quad, fused) });
  }
  const print = await findBigPrint(engines.detector, page);
  const whole = await readBigPrices(engines.recogniser, page, lines, print);
  return joinSplitPrices(whole.map(({ quad, reading }) => toTextLine(quad, reading)));
}

async function findQuads(detector: OnnxModel, page: Raster): Promise<Quad[]> {
  const found = await detectLines(detector, page, DETECTION_SCALE);
  return found
    .map((line) => line.quad)
    .filter((quad) => {
      const { width, height } = quadSize(quad);
      return width >= MIN_LINE_SIDE && height >= MIN_LINE_SIDE;
    })
    .sort((a, b) => boundsOfPoints(a).top - boundsOfPoints(b).top);
}

/** Quads of text that runs up or down the page are turned the way in which they read best. */
async function uprightQuads(recogniser: LineRecogniser, page: Raster, quads: readonly Quad[]): Promise<Quad[]> {
  const upright: Quad[] = [];
  for (const quad of quads) {
    const { width, height } = quadSize(quad);
    if (height < width * VERTICAL_RATIO) {
      upright.push(height > width * 1.5 ? quadOfBounds(boundsOfPoints(quad)) : quad);
      continue;
    }
    const ways = [turnQuad(quad, 'counter'), turnQuad(quad, 'clockwise')];
    if (heightOf(boundsOfPoints(quad)) < 60) ways.push(quad);
    const readings = await recogniser.read(page, ways);
    const best = readings.reduce(
      (top, reading, index) => (reading.confidence > (readings[top] as LineReading).confidence ? index : top),
      0,
    );
    upright.push(ways[best] as Quad);
  }
  return upright;
}
