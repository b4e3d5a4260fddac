/** Scaling whole pages, done by the native image library. */
import { loadSharp } from '../../../io/bitmap.js';
import type { GrayRaster, Raster } from './raster.js';

/** The page at another size, RGB. */
export async function scalePage(page: Raster, width: number, height: number): Promise<Raster> {
  if (width === page.width && height === page.height) return page;
  const sharp = await loadSharp();
  const data = await sharp(page.data, {
    raw: { width: page.width, height: page.height, channels: 3 },
    limitInputPixels: false,
  })
    .resize({ width, height, fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return { width, height, data };
}

/** The page in grey (ITU-R 601 luma). */
export function grayPage(page: Raster): GrayRaster {
  const { width, height, data: rgb } = page;
  const data = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < data.length; at++, from += 3) {
    data[at] = (77 * (rgb[from] as number) + 150 * (rgb[from + 1] as number) + 29 * (rgb[from + 2] as number)) >> 8;
  }
  return { width, height, data };
}
