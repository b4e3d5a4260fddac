/** Line pictures as Tesseract reads them best: dark letters on white, whatever the colours were. */
import { type Quad, quadSize } from './geometry.js';
import { cutQuad, type GrayRaster, type Raster } from './raster.js';

/** Colour distances below this are noise of the background. */
const MIN_CONTRAST = 25;
/** The distance that becomes black: letters cover more of a line than this share. */
const INK_QUANTILE = 0.97;

/**
 * Cuts the line out at the given height and paints each pixel by its distance in colour from the line's background
 * (the median of its top and bottom rows): 255 for the background itself.
 */
export function lineImage(page: Raster, quad: Quad, height: number): GrayRaster {
  const size = quadSize(quad);
  const width = Math.max(8, Math.round((size.width * height) / Math.max(1, size.height)));
  const picture = cutQuad(page, quad, width, height);
  const background = borderMedian(picture);
  const distances = new Float32Array(width * height);
  for (let at = 0, from = 0; at < distances.length; at++, from += 3) {
    const red = (picture.data[from] as number) - background[0];
    const green = (picture.data[from + 1] as number) - background[1];
    const blue = (picture.data[from + 2] as number) - background[2];
    distances[at] = Math.sqrt(red * red + green * green + blue * blue);
  }
  const black = Math.max(MIN_CONTRAST, quantile(distances, INK_QUANTILE));
  const data = new Uint8Array(width * height);
  for (let at = 0; at < data.length; at++) {
    data[at] = 255 - Math.min(255, Math.round((255 * (distances[at] as number)) / black));
  }
  return { width, height, data };
}

/** A white frame, which Tesseract needs to find the line. */
export function withBorder(image: GrayRaster, horizontal: number, vertical: number): GrayRaster {
  const width = image.width + 2 * horizontal;
  const height = image.height + 2 * vertical;
  const data = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < image.height; y++) {
    data.set(image.data.subarray(y * image.width, (y + 1) * image.width), (y + vertical) * width + horizontal);
  }
  return { width, height, data };
}

function borderMedian({ width, height, data }: Raster): [number, number, number] {
  const histograms = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)] as const;
  for (const row of [0, 1, height - 2, height - 1]) {
    for (let x = 0; x < width; x++) {
      const at = (row * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const histogram = histograms[channel] as Uint32Array;
        const value = data[at + channel] as number;
        histogram[value] = (histogram[value] as number) + 1;
      }
    }
  }
  return [medianOf(histograms[0]), medianOf(histograms[1]), medianOf(histograms[2])];
}

function medianOf(histogram: Uint32Array): number {
  const half = histogram.reduce((sum, count) => sum + count, 0) / 2;
  let seen = 0;
  return Math.max(
    0,
    histogram.findIndex((count) => {
      seen += count;
      return seen >= half;
    }),
  );
}

function quantile(values: Float32Array, share: number): number {
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
