// What drawing and print have in common: SVG through sharp, the place of the ink, the recogniser's size.
import sharp from 'sharp';

/** Height of a line in the recogniser, and the width beyond which a line is left out. */
export const LINE_HEIGHT = 48;
const WIDEST = 2300;

export function escapeXml(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

export function svg(width, height, content) {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`);
}

export function clamp(value) {
  return Math.max(0, Math.min(255, value));
}

/** The pixels of a sharp picture with their size. */
export async function rawOf(picture) {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

export function fromRaw({ data, width, height, channels }) {
  return sharp(data, { raw: { width, height, channels } });
}

/** Smallest and largest coordinates of the pixels for which `isInk(data, index)` holds; null where there are none. */
export function inkBounds({ data, width, height, channels }, isInk) {
  const bounds = { left: Infinity, right: -1, top: Infinity, bottom: -1 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isInk(data, (y * width + x) * channels)) continue;
      bounds.left = Math.min(bounds.left, x);
      bounds.right = Math.max(bounds.right, x);
      bounds.top = Math.min(bounds.top, y);
      bounds.bottom = Math.max(bounds.bottom, y);
    }
  }
  return bounds.right < 0 ? null : bounds;
}

/** The picture at the recogniser's height, RGB; null where it is too wide. `width` and `height` are those it has. */
export async function atLineHeight(picture, width, height) {
  const target = Math.max(16, Math.round((width * LINE_HEIGHT) / height));
  if (target > WIDEST) return null;
  const resized = picture.resize(target, LINE_HEIGHT, { fit: 'fill', kernel: 'linear' });
  const raw = await rawOf(resized.removeAlpha().toColourspace('srgb'));
  return raw.channels === 3 ? raw : null;
}
