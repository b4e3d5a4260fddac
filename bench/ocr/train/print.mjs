// Draws a line as needle printers and thermal paper show it: few dots a letter, each a soft blob, or faded letters.
import sharp from 'sharp';
import { atLineHeight, clamp, escapeXml, fromRaw, inkBounds, rawOf, svg } from './pixels.mjs';

const FONT_SIZE = 32;

/** A printed line of `text` with its font; null where nothing of use came of it. */
export async function drawPrint(random, fonts, { text }) {
  const font = random.pick(random.happens(0.7) ? fonts.fixed : fonts.frequent);
  const dots = random.integer(10, 16);
  const weight = random.pick([400, 400, 700]);
  const raw = await rawOf(sharp(letters(text, font, weight)).greyscale());
  const ink = inkBounds(raw, (data, index) => data[index] < 128);
  if (ink === null) return null;
  const isDotted = random.happens(0.5);
  const paper = stamped(random, await asDots(raw, ink, dots), isDotted);
  const picture = fromRaw(paper).blur(random.between(0.3, paper.dotSize * 0.45));
  const height = random.integer(20, 44);
  const width = Math.max(8, Math.round((paper.width * height) / paper.height));
  const scaled = picture.resize(width, height, { fit: 'fill', kernel: 'linear' });
  const jpeg = await scaled.jpeg({ quality: random.integer(45, 90) }).toBuffer();
  const line = await atLineHeight(sharp(jpeg), width, height);
  return line === null ? null : { ...line, font };
}

function letters(text, font, weight) {
  const face = `font-family="${font}" font-size="${FONT_SIZE}" font-weight="${weight}"`;
  const line = `<text x="20" y="50" ${face} xml:space="preserve">${escapeXml(text)}</text>`;
  return svg(text.length * FONT_SIZE + 80, 80, `<rect width="100%" height="100%" fill="#fff"/>${line}`);
}

/** The letters scaled so that a pixel is a dot of the printer; `dots` to the font's size. */
async function asDots(raw, ink, dots) {
  const scale = dots / FONT_SIZE;
  const width = Math.max(4, Math.round((ink.right - ink.left + 3) * scale));
  const height = Math.max(4, Math.round((ink.bottom - ink.top + 3) * scale));
  const left = Math.max(0, ink.left - 1);
  const top = Math.max(0, ink.top - 1);
  const area = {
    left,
    top,
    width: Math.min(ink.right - ink.left + 3, raw.width - ink.left),
    height: Math.min(ink.bottom - ink.top + 3, raw.height - ink.top),
  };
  return await rawOf(fromRaw(raw).extract(area).resize(width, height, { fit: 'fill', kernel: 'cubic' }).greyscale());
}

/** Paper with the dots on it, each `dotSize` pixels wide, with some noise. */
function stamped(random, dots, isDotted) {
  const dotSize = isDotted ? random.integer(3, 5) : random.integer(2, 4);
  const inner = { width: dots.width * dotSize, height: dots.height * dotSize };
  const margin = (low, high) => Math.round(random.between(low, high) * inner.height);
  const [top, bottom, left, right] = [margin(0.05, 0.3), margin(0.05, 0.3), margin(0.05, 0.4), margin(0.05, 0.4)];
  const width = inner.width + left + right;
  const height = inner.height + top + bottom;
  const [light, dark] = [random.integer(200, 252), random.integer(20, 140)];
  const inkAt = isDotted ? dotted(dots, dotSize, random.integer(120, 175)) : faded(dots, dotSize, random);
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isInside = x >= left && y >= top && x - left < inner.width && y - top < inner.height;
      const value = isInside ? light - (light - dark) * Math.min(1, inkAt(x - left, y - top)) : light;
      const noisy = clamp(value + (random.next() + random.next() - 1) * 14);
      data.fill(noisy, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return { data, width, height, channels: 3, dotSize };
}

/** Round dots, softer towards their edge. */
function dotted(dots, dotSize, threshold) {
  const middle = (position) => ((position % dotSize) + 0.5) / dotSize - 0.5;
  return (x, y) => {
    if (greyAt(dots, dotSize, x, y) >= threshold) return 0;
    return Math.max(0, 1.25 - 2.4 * Math.hypot(middle(x), middle(y)));
  };
}

function faded(dots, dotSize, random) {
  random.next(); // as many random numbers as with dots
  return (x, y) => (1 - greyAt(dots, dotSize, x, y) / 255) * 1.2;
}

function greyAt({ data, width, channels }, dotSize, x, y) {
  return data[(Math.floor(y / dotSize) * width + Math.floor(x / dotSize)) * channels];
}
