/** Draws over pictures. */
import { type Bitmap, loadSharp } from './bitmap.js';

/** Size of the drawing, and of the picture in its top left corner. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly pageWidth: number;
  readonly pageHeight: number;
}

/** A PNG of the picture, scaled to the drawing, with the drawing over it. */
export async function drawOver(bitmap: Bitmap, drawing: Drawing): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const { width, height, channels, data } = bitmap;
  const page = await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .resize({ width: drawing.pageWidth, height: drawing.pageHeight, fit: 'fill' })
    .extend({
      right: drawing.width - drawing.pageWidth,
      bottom: drawing.height - drawing.pageHeight,
      background: '#ffffff',
    })
    .raw()
    .toBuffer();
  const raw = { width: drawing.width, height: drawing.height, channels } as const;
  return sharp(page, { raw, limitInputPixels: false })
    .composite([{ input: Buffer.from(drawing.svg), limitInputPixels: false }])
    .png({ compressionLevel: 7 })
    .toBuffer();
}
