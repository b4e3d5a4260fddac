/** Pixels in memory, and the native library that makes them. */

/** An upright picture: 8-bit sRGB, rows from the top, no padding. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly channels: 3;
  /** `width * height * 3` bytes. */
  readonly data: Uint8Array;
}

type SharpFunction = typeof import('sharp').default;

let sharpModule: Promise<SharpFunction> | undefined;

/**
 * The `sharp` function, loaded on first use and set up for many pictures at once: no cache (inputs are read once) and
 * one thread a picture (the callers run in parallel themselves).
 */
export function loadSharp(): Promise<SharpFunction> {
  sharpModule ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  });
  return sharpModule;
}

/** The factor by which each side shrinks so that the picture has at most `maxPixels`; 1 where it already fits. */
export function shrinkFactor(width: number, height: number, maxPixels: number): number {
  return Math.max(1, Math.sqrt((width * height) / maxPixels));
}
