/** Turns SVG into PNG. */

/** Pixels of the picture for each of the drawing. */
const SCALE = 2;

/** A PNG of an SVG, twice its size. */
export async function pngOf(svg: string): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return await sharp(Buffer.from(svg), { density: 72 * SCALE })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
