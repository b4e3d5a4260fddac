/**
 * Windows bitmaps, which libvips does not read. Covers what is found in the wild: 1 to 32 bits, palettes, bit fields,
 * RLE4 and RLE8, bottom-up and top-down, and the OS/2 header. See "BITMAPV5HEADER" in the Windows GDI reference.
 */
import { open } from 'node:fs/promises';
import type { Bitmap } from './bitmap.js';
import { InputError } from './input-error.js';

const FILE_HEADER_BYTES = 14;
const [BI_RGB, BI_RLE8, BI_RLE4, BI_BITFIELDS, BI_ALPHABITFIELDS] = [0, 1, 2, 3, 6];

/** What the headers of a BMP file say. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bitsPerPixel: number;
  readonly compression: number;
  /** Where the pixels start in the file. */
  readonly pixelOffset: number;
  /** Red, green, blue, alpha. */
  readonly masks: readonly [number, number, number, number];
  readonly palette: readonly (readonly [number, number, number])[];
}

function corrupt(detail: string): InputError {
  return new InputError('CORRUPT_IMAGE', `the BMP file is damaged (${detail}); export it again`);
}

function truncated(): InputError {
  return new InputError('TRUNCATED_IMAGE', 'the BMP file ends before its last pixel; copy or export it again');
}

function readMasks(view: DataView, headerBytes: number, bitsPerPixel: number, compression: number): BmpHeader['masks'] {
  if (compression === BI_BITFIELDS || compression === BI_ALPHABITFIELDS) {
    const at = FILE_HEADER_BYTES + 40;
    const hasAlpha = headerBytes >= 56 || compression === BI_ALPHABITFIELDS;
    if (view.byteLength < at + (hasAlpha ? 16 : 12)) throw truncated();
    const alpha = hasAlpha ? view.getUint32(at + 12, true) : 0;
    return [view.getUint32(at, true), view.getUint32(at + 4, true), view.getUint32(at + 8, true), alpha];
  }
  return bitsPerPixel === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, 0];
}

function readPalette(view: DataView, from: number, until: number, entries: number, bytes: 3 | 4): BmpHeader['palette'] {
  const palette: [number, number, number][] = [];
  for (let at = from; palette.length < entries && at + bytes <= Math.min(until, view.byteLength); at += bytes) {
    palette.push([view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at)]);
  }
  return palette;
}

function checkKind(bitsPerPixel: number, compression: number): void {
  const bits: readonly number[] | undefined = {
    [BI_RGB]: [1, 2, 4, 8, 16, 24, 32],
    [BI_RLE8]: [8],
    [BI_RLE4]: [4],
    [BI_BITFIELDS]: [16, 32],
    [BI_ALPHABITFIELDS]: [16, 32],
  }[compression];
  if (bits?.includes(bitsPerPixel)) return;
  const kind = `${bitsPerPixel} bits, compression ${compression}`;
  throw new InputError('UNSUPPORTED_IMAGE', `this kind of BMP (${kind}) is not read; export it as PNG`);
}

/** Reads the headers and palette from the first bytes of a file (2 KB are enough). Throws {@link InputError}. */
function parseBmpHeader(head: Uint8Array): BmpHeader {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < FILE_HEADER_BYTES + 12) throw truncated();
  const pixelOffset = view.getUint32(10, true);
  const headerBytes = view.getUint32(14, true);
  const isOs2 = headerBytes === 12;
  if (!isOs2 && head.length < FILE_HEADER_BYTES + 40) throw truncated();
  const width = isOs2 ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = isOs2 ? view.getUint16(20, true) : view.getInt32(22, true);
  const bitsPerPixel = view.getUint16(isOs2 ? 24 : 28, true);
  const compression = isOs2 || headerBytes === 16 ? BI_RGB : view.getUint32(30, true);
  if (width <= 0 || signedHeight === 0) throw corrupt(`it says ${width} x ${signedHeight} pixels`);
  checkKind(bitsPerPixel, compression);
  const masks = readMasks(view, headerBytes, bitsPerPixel, compression);
  const declaredColours = isOs2 || headerBytes === 16 ? 0 : view.getUint32(46, true);
  const maxColours = bitsPerPixel <= 8 ? 2 ** bitsPerPixel : 0;
  const colours = declaredColours > 0 ? Math.min(declaredColours, maxColours) : maxColours;
  const paletteAt = FILE_HEADER_BYTES + headerBytes + (headerBytes === 40 ? maskBytes(compression) : 0);
  const until = pixelOffset > paletteAt ? pixelOffset : head.length;
  const palette = readPalette(view, paletteAt, until, colours, isOs2 ? 3 : 4);
  const isTopDown = signedHeight < 0;
  const kind = { bitsPerPixel, compression, pixelOffset, masks, palette };
  return { width, height: Math.abs(signedHeight), isTopDown, ...kind };
}

function maskBytes(compression: number): number {
  if (compression === BI_BITFIELDS) return 12;
  return compression === BI_ALPHABITFIELDS ? 16 : 0;
}

function strideOf(header: BmpHeader): number {
  return Math.ceil((header.width * header.bitsPerPixel) / 32) * 4;
}

/** Bytes of the file that hold pixels, at most. */
function pixelBytes(header: BmpHeader): number {
  const isRunLength = header.compression === BI_RLE4 || header.compression === BI_RLE8;
  return isRunLength ? 4 * header.height * (header.width + 4) : strideOf(header) * header.height;
}

/** Moves a channel of `mask` in a pixel to 0..255. */
function channelReader(mask: number, whenAbsent: number): (pixel: number) => number {
  if (mask === 0) return () => whenAbsent;
  const shift = 31 - Math.clz32(mask & -mask);
  const max = mask >>> shift;
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / max);
}

/** Reads pixels without a palette, flattened on white where the file has an alpha mask. */
function directPixels(header: BmpHeader): (view: DataView, at: number, out: Uint8Array, to: number) => void {
  if (header.bitsPerPixel === 24) {
    return (view, at, out, to) => {
      out[to] = view.getUint8(at + 2);
      out[to + 1] = view.getUint8(at + 1);
      out[to + 2] = view.getUint8(at);
    };
  }
  const [red, green, blue] = header.masks.map((mask) => channelReader(mask, 0)) as [
    (p: number) => number,
    (p: number) => number,
    (p: number) => number,
  ];
  const alpha = channelReader(header.masks[3], 255);
  const isWide = header.bitsPerPixel === 32;
  return (view, at, out, to) => {
    const pixel = isWide ? view.getUint32(at, true) : view.getUint16(at, true);
    const opacity = alpha(pixel);
    const white = 255 - opacity;
    out[to] = (red(pixel) * opacity) / 255 + white;
    out[to + 1] = (green(pixel) * opacity) / 255 + white;
    out[to + 2] = (blue(pixel) * opacity) / 255 + white;
  };
}

function decodeDirect(header: BmpHeader, pixels: Uint8Array): Uint8Array {
  const { width, height } = header;
  const stride = strideOf(header);
  const bytes = header.bitsPerPixel / 8;
  if (pixels.length < stride * (height - 1) + width * bytes) throw truncated();
  const view = new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const read = directPixels(header);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = (header.isTopDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++) read(view, row + x * bytes, data, (y * width + x) * 3);
  }
  return data;
}

/** Palette indexes, rows from the top. */
function unpackIndexes(header: BmpHeader, pixels: Uint8Array): Uint8Array {
  const { width, height, bitsPerPixel } = header;
  const stride = strideOf(header);
  if (pixels.length < stride * (height - 1) + Math.ceil((width * bitsPerPixel) / 8)) throw truncated();
  const indexes = new Uint8Array(width * height);
  const perByte = 8 / bitsPerPixel;
  const mask = 2 ** bitsPerPixel - 1;
  for (let y = 0; y < height; y++) {
    const row = (header.isTopDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++) {
      const byte = pixels[row + Math.floor(x / perByte)] ?? 0;
      indexes[y * width + x] = (byte >> (8 - bitsPerPixel * ((x % perByte) + 1))) & mask;
    }
  }
  return indexes;
}

/** Palette indexes of run-length encoded pixels, rows from the top; pixels that were skipped are index 0. */
function unpackRuns(header: BmpHeader, pixels: Uint8Array): Uint8Array {
  const { width, height } = header;
  const isNibbles = header.compression === BI_RLE4;
  const indexes = new Uint8Array(width * height);
  let [x, y, at] = [0, 0, 0];
  const put = (index: number): void => {
    if (x < width && y < height) indexes[(header.isTopDown ? y : height - 1 - y) * width + x] = index;
    x++;
  };
  const next = (): number => {
    const byte = pixels[at++];
    if (byte === undefined) throw truncated();
    return byte;
  };
  while (y < height) {
    const count = next();
    const value = next();
    if (count > 0) {
      for (let i = 0; i < count; i++) put(isNibbles ? (i % 2 === 0 ? value >> 4 : value & 15) : value);
    } else if (value === 0) {
      [x, y] = [0, y + 1];
    } else if (value === 1) {
      break;
    } else if (value === 2) {
      [x, y] = [x + next(), y + next()];
    } else {
      const start = at;
      for (let i = 0; i < value; i++) {
        if (!isNibbles) put(next());
        else put(i % 2 === 0 ? (pixels[at] ?? 0) >> 4 : next() & 15);
      }
      const used = isNibbles ? Math.ceil(value / 2) : value;
      at = start + used + (used % 2);
    }
  }
  return indexes;
}

function decodeIndexed(header: BmpHeader, pixels: Uint8Array): Uint8Array {
  const isRunLength = header.compression === BI_RLE4 || header.compression === BI_RLE8;
  const indexes = isRunLength ? unpackRuns(header, pixels) : unpackIndexes(header, pixels);
  const colours = new Uint8Array(256 * 3);
  for (const [i, colour] of header.palette.entries()) colours.set(colour, i * 3);
  const data = new Uint8Array(indexes.length * 3);
  for (let i = 0; i < indexes.length; i++) {
    const from = (indexes[i] ?? 0) * 3;
    data[i * 3] = colours[from] ?? 0;
    data[i * 3 + 1] = colours[from + 1] ?? 0;
    data[i * 3 + 2] = colours[from + 2] ?? 0;
  }
  return data;
}

async function readPart(path: string, from: number, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - from)));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/** Reads the headers of a BMP file. Throws {@link InputError} and file system errors. */
export async function readBmpHeader(path: string): Promise<BmpHeader> {
  return parseBmpHeader(await readPart(path, 0, 2048));
}

/** Decodes a BMP file whose size was checked before. Throws {@link InputError} and file system errors. */
export async function decodeBmp(path: string, header: BmpHeader): Promise<Bitmap> {
  const pixels = await readPart(path, header.pixelOffset, pixelBytes(header));
  const data = header.bitsPerPixel <= 8 ? decodeIndexed(header, pixels) : decodeDirect(header, pixels);
  return { width: header.width, height: header.height, channels: 3, data };
}
