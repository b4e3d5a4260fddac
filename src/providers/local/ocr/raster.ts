/** Pixels of a page and the straight pieces cut out of it. */
import type { Point, Quad } from './geometry.js';

/** 8-bit RGB, rows from the top, no padding. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** 8-bit grey, rows from the top, no padding. */
export interface GrayRaster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Samples a pixel side when shrinking: more would cost time without a visible difference. */
const MAX_SAMPLES = 4;

/**
 * Cuts a turned rectangle out of the page and scales it to `width` x `height`: bilinear where it grows, the mean of
 * several samples a pixel where it shrinks. Beyond the page's edge its edge pixels repeat.
 */
export function cutQuad(page: Raster, quad: Quad, width: number, height: number): Raster {
  const [origin, right, , down] = quad;
  const stepX = { x: (right.x - origin.x) / width, y: (right.y - origin.y) / width };
  const stepY = { x: (down.x - origin.x) / height, y: (down.y - origin.y) / height };
  const samplesX = samplesFor(stepX);
  const samplesY = samplesFor(stepY);
  const data = new Uint8Array(width * height * 3);
  const sum = new Float32Array(3);
  const share = 1 / (samplesX * samplesY);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      sum.fill(0);
      for (let j = 0; j < samplesY; j++) {
        const v = row + (j + 0.5) / samplesY;
        for (let i = 0; i < samplesX; i++) {
          const u = column + (i + 0.5) / samplesX;
          addBilinear(
            page,
            origin.x + u * stepX.x + v * stepY.x - 0.5,
            origin.y + u * stepX.y + v * stepY.y - 0.5,
            sum,
          );
        }
      }
      const at = (row * width + column) * 3;
      data[at] = (sum[0] as number) * share + 0.5;
      data[at + 1] = (sum[1] as number) * share + 0.5;
      data[at + 2] = (sum[2] as number) * share + 0.5;
    }
  }
  return { width, height, data };
}

function samplesFor(step: Point): number {
  return Math.min(MAX_SAMPLES, Math.max(1, Math.round(Math.hypot(step.x, step.y))));
}

function addBilinear(page: Raster, x: number, y: number, sum: Float32Array): void {
  const { width, height, data } = page;
  const clampedX = Math.max(0, Math.min(x, width - 1));
  const clampedY = Math.max(0, Math.min(y, height - 1));
  const left = clampedX | 0;
  const top = clampedY | 0;
  const fx = clampedX - left;
  const fy = clampedY - top;
  const a = (top * width + left) * 3;
  const b = left + 1 < width ? a + 3 : a;
  const down = top + 1 < height ? width * 3 : 0;
  const wa = (1 - fx) * (1 - fy);
  const wb = fx * (1 - fy);
  const wc = (1 - fx) * fy;
  const wd = fx * fy;
  for (let channel = 0; channel < 3; channel++) {
    (sum[channel] as number) +=
      wa * (data[a + channel] as number) +
      wb * (data[b + channel] as number) +
      wc * (data[a + down + channel] as number) +
      wd * (data[b + down + channel] as number);
  }
}
