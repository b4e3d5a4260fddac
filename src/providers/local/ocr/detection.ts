/**
 * Finds the lines of a page with the PP-OCRv4 text detector, a DB network: it gives each pixel the probability that it
 * lies in the shrunken core of a text line (Liao et al., "Real-time Scene Text Detection with Differentiable
 * Binarization", AAAI 2020).
 */

import type { OnnxModel } from '../runtime.js';
import { type DbSettings, linesOfProbabilityMap } from './db-postprocess.js';
import type { Quad } from './geometry.js';
import { scalePage } from './page-scale.js';
import type { Raster } from './raster.js';

/** Scaling of the page before detection. The caps bound memory: the network's buffers grow with the pixels. */
export interface DetectionScale {
  /** The long side is shrunk to this many pixels at most. */
  readonly maxLongSide: number;
  /** Pages with a shorter short side are enlarged to it, as far as `maxLongSide` allows. */
  readonly minShortSide: number;
}

/** The network halves its input five times. */
const STRIDE = 32;
/** ImageNet statistics. The network was trained on BGR pictures with these in this order. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;

const DB_SETTINGS: DbSettings = { pixelThreshold: 0.3, boxThreshold: 0.5, unclipRatio: 1.6, minSide: 3 };

export interface DetectedLine {
  readonly quad: Quad;
  /** Mean probability inside the line, 0 to 1. */
  readonly score: number;
}

/** Lines of the page in pixels of `page`, in no particular order. */
export async function detectLines(model: OnnxModel, page: Raster, scale: DetectionScale): Promise<DetectedLine[]> {
  const ratio = Math.min(
    scale.maxLongSide / Math.max(page.width, page.height),
    Math.max(1, scale.minShortSide / Math.min(page.width, page.height)),
  );
  const width = toStride(page.width * ratio);
  const height = toStride(page.height * ratio);
  const input = toDetectorInput(await scalePage(page, width, height));
  const [probabilities] = await model.run(input, [1, 3, height, width]);
  if (probabilities === undefined) throw new Error('the text detector gave no output');
  const scaleX = page.width / width;
  const scaleY = page.height / height;
  return linesOfProbabilityMap(probabilities.data, width, height, DB_SETTINGS).map(({ quad, score }) => ({
    quad: quad.map(({ x, y }) => ({ x: x * scaleX, y: y * scaleY })) as unknown as Quad,
    score,
  }));
}

function toStride(length: number): number {
  return Math.max(STRIDE, Math.round(length / STRIDE) * STRIDE);
}

function toDetectorInput({ width, height, data }: Raster): Float32Array {
  const plane = width * height;
  const input = new Float32Array(plane * 3);
  for (let channel = 0; channel < 3; channel++) {
    const scale = 1 / (255 * (DEVIATION[channel] as number));
    const offset = (MEAN[channel] as number) / (DEVIATION[channel] as number);
    const start = channel * plane;
    for (let at = 0, from = 2 - channel; at < plane; at++, from += 3) {
      input[start + at] = (data[from] as number) * scale - offset;
    }
  }
  return input;
}
