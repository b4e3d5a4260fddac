// Draws a line as flyers and shelf labels show it, and spoils it as small pictures are.
import sharp from 'sharp';
import { atLineHeight, clamp, escapeXml, fromRaw, inkBounds, rawOf, svg } from './pixels.mjs';

/** A line of `text`, or of `parts` in several sizes, with its font; null where nothing of use came of it. */
export async function drawLine(random, fonts, { text, parts }) {
  const look = lookOf(random, fonts, text.length);
  const letters = parts ? spansOf(random, look.size, parts) : withoutParts(random, text);
  const strike = strikeOf(random, look);
  const ground = groundOf(random, look.background);
  const measured = svg(
    look.width,
    look.height,
    `<rect width="100%" height="100%" fill="#fff"/>${textOf(look, letters)}`,
  );
  const ink = inkBounds(await rawOf(sharp(measured).greyscale()), (data, index) => data[index] < 140);
  if (ink === null) return null;
  const margins = marginsOf(random, look, ink);
  const fill = `fill="${hex(look.foreground)}"`;
  const drawn = svg(look.width, look.height, `${ground}${textOf(look, letters, fill)}${strike}`);
  const flat = sharp(drawn)
    .flatten({ background: hex(look.background) })
    .removeAlpha();
  const placed = random.happens(0.3) ? await slanted(random, look, flat) : { picture: flat, ink };
  if (placed === null) return null;
  const cut = await cropped(placed, margins);
  if (cut === null) return null;
  const { picture, width, height } = await spoilt(random, cut, text.length > 26);
  const line = await atLineHeight(picture, width, height);
  return line === null ? null : { ...line, font: look.font };
}

function lookOf(random, fonts, length) {
  const size = random.integer(22, 60);
  const font = random.happens(0.45) ? random.pick(fonts.frequent) : random.pick(fonts.all);
  const weight = random.pick([400, 400, 400, 600, 700, 700, 800, 900]);
  const style = random.happens(0.08) ? 'italic' : 'normal';
  const [background, foreground] = coloursOf(random);
  const spacing = random.happens(0.25) ? random.between(-0.03, 0.08) * size : 0;
  const width = Math.ceil(length * size * 0.95 + 2 * size + Math.abs(spacing) * length);
  return { size, font, weight, style, background, foreground, spacing, width, height: Math.ceil(size * 2.6) };
}

/** Background and foreground: black on white, grey on paper, or any two colours that differ enough. */
function coloursOf(random) {
  const choice = random.next();
  if (choice < 0.25) {
    const dark = random.integer(0, 90);
    return [
      [255, 255, 255],
      [dark, dark, dark],
    ];
  }
  if (choice < 0.4) {
    const light = random.integer(200, 250);
    const dark = random.integer(30, 120);
    return [
      [light, light - random.integer(0, 10), light - random.integer(0, 25)],
      [dark, dark, dark],
    ];
  }
  for (;;) {
    const background = colour(random, 255);
    const foreground = foregroundOf(random);
    const difference = Math.abs(brightness(background) - brightness(foreground));
    if (difference > 60 || (difference > 35 && random.happens(0.4))) return [background, foreground];
  }
}

function foregroundOf(random) {
  if (random.happens(0.4)) return [255, 255, 255];
  return random.happens(0.4) ? colour(random, 40) : colour(random, 255);
}

const colour = (random, most) => [random.integer(0, most), random.integer(0, most), random.integer(0, most)];
const brightness = ([red, green, blue]) => 0.3 * red + 0.59 * green + 0.11 * blue;
const hex = (channels) =>
  `#${channels
    .map((value) =>
      clamp(value | 0)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/** The parts of a price; raised ones end at the height of the capitals. */
function spansOf(random, size, parts) {
  const capitals = random.pick([0.7, 0.72, 0.68]);
  const span = ({ text, size: share, isRaised, shift }) => {
    const right = shift ? (shift * size).toFixed(1) : 0;
    const up = isRaised ? (size * capitals * (1 - share)).toFixed(1) : 0;
    const attributes = `dx="${right}" font-size="${(size * share).toFixed(1)}" baseline-shift="${up}"`;
    return `<tspan ${attributes}>${escapeXml(text)}</tspan>`;
  };
  return parts
    .filter(({ text }) => text !== '')
    .map(span)
    .join('');
}

function withoutParts(random, text) {
  random.next(); // as many random numbers as with parts
  return escapeXml(text);
}

function textOf({ size, font, weight, style, spacing }, letters, fill = '') {
  const place = `x="${size}" y="${size * 1.75}" ${fill}`;
  const face = `font-family="${font}" font-size="${size}" font-weight="${weight}" font-style="${style}"`;
  return `<text ${place} ${face} letter-spacing="${spacing}" xml:space="preserve">${letters}</text>`;
}

/** Few prices are struck through. */
function strikeOf(random, { size, width, height, foreground }) {
  if (!random.happens(0.03)) return '';
  const ends = `x1="${size}" x2="${width}" y1="${height * 0.58}" y2="${height * 0.58 - random.between(-0.1, 0.1) * size}"`;
  return `<line ${ends} stroke="${hex(foreground)}" stroke-width="${Math.max(1, size * 0.06)}"/>`;
}

function groundOf(random, background) {
  if (!random.happens(0.2)) return `<rect width="100%" height="100%" fill="${hex(background)}"/>`;
  const direction = random.next();
  const end = background.map((value) => value + random.integer(-35, 35));
  const stops = `<stop offset="0" stop-color="${hex(background)}"/><stop offset="1" stop-color="${hex(end)}"/>`;
  const gradient = `<linearGradient id="g" x1="0" x2="${direction}" y2="1">${stops}</linearGradient>`;
  return `<defs>${gradient}</defs><rect width="100%" height="100%" fill="url(#g)"/>`;
}

function marginsOf(random, { size }, ink) {
  const unit = Math.max(ink.bottom - ink.top, size * 0.7);
  return {
    top: random.between(0.03, 0.3) * unit,
    bottom: random.between(0.03, 0.3) * unit,
    left: random.between(0.02, 0.5) * unit,
    right: random.between(0.02, 0.5) * unit,
  };
}

/** Sheared and slightly turned; the ink is found again by its distance from the background. */
async function slanted(random, { background }, flat) {
  const rise = random.between(-0.02, 0.02);
  const png = await flat.png({ compressionLevel: 1 }).toBuffer();
  const matrix = [
    [1, random.between(-0.08, 0.08)],
    [rise, 1],
  ];
  const raw = await rawOf(sharp(png).affine(matrix, { background: hex(background) }));
  const differs = (data, index) =>
    background.reduce((sum, value, channel) => sum + Math.abs(data[index + channel] - value), 0) > 110;
  const ink = inkBounds(raw, differs);
  return ink === null ? null : { picture: fromRaw(raw), ink };
}

async function cropped({ picture, ink }, margins) {
  const raw = await rawOf(picture);
  const left = Math.max(0, Math.floor(ink.left - margins.left));
  const top = Math.max(0, Math.floor(ink.top - margins.top));
  const width = Math.min(raw.width, Math.ceil(ink.right + margins.right)) - left;
  const height = Math.min(raw.height, Math.ceil(ink.bottom + margins.bottom)) - top;
  if (width < 8 || height < 8) return null;
  return { picture: fromRaw(raw).extract({ left, top, width, height }), width, height };
}

/** Scaled down, blurred, with noise, grey or compressed: each by chance. */
async function spoilt(random, cut, isLong) {
  const height = heightOf(random, isLong);
  const width = Math.max(8, Math.round((cut.width * height) / cut.height));
  const scaled = cut.picture.resize(width, height, {
    fit: 'fill',
    kernel: random.pick(['cubic', 'linear', 'lanczos3']),
  });
  const soft = random.happens(0.25) ? scaled.blur(random.between(0.4, 0.4 + height / 38)) : scaled;
  const data = await soft.raw().toBuffer();
  if (random.happens(0.35)) addNoise(random, data);
  if (random.happens(0.15)) makeGrey(data);
  const picture = fromRaw({ data, width, height, channels: 3 });
  if (!random.happens(0.6)) return { picture, width, height };
  const settings = { quality: random.integer(35, 92), chromaSubsampling: random.pick(['4:2:0', '4:4:4']) };
  return { picture: sharp(await picture.jpeg(settings).toBuffer()), width, height };
}

/** Long lines are small print more often. */
function heightOf(random, isLong) {
  if (isLong && random.happens(0.6)) return random.integer(13, 22);
  return random.happens(0.45) ? random.integer(14, 30) : random.integer(30, 60);
}

function addNoise(random, data) {
  const strength = random.between(2, 16);
  for (let index = 0; index < data.length; index++) {
    data[index] = clamp(data[index] + (random.next() + random.next() + random.next() - 1.5) * strength * 1.4);
  }
}

function makeGrey(data) {
  for (let index = 0; index < data.length; index += 3) {
    data.fill((data[index] * 77 + data[index + 1] * 150 + data[index + 2] * 29) >> 8, index, index + 3);
  }
}
