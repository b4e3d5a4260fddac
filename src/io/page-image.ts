/** Pictures as PDF holds them: the JPEG as it is where possible, otherwise without loss or as a good JPEG. */
import { readFile } from 'node:fs/promises';
import type { PageMediaType } from '../model.js';
import { type Bitmap, loadSharp } from './bitmap.js';
import { decodeImage, toDecodeError } from './images.js';

/** A picture ready to be put in a PDF. */
export interface PdfImage {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
  /** The keys of its dictionary besides size and type. */
  readonly dictionary: Readonly<Record<string, unknown>>;
}

const JPEG_QUALITY = 90;
const PNG_SIGNATURE_BYTES = 8;
/** A page in a PDF needs no more: at 300 dpi these are two A3 pages. */
const MAX_PAGE_PIXELS = 36_000_000;

function isGrey({ data }: Bitmap): boolean {
  for (let i = 0; i < data.length; i += 3) {
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false;
  }
  return true;
}

/** The compressed rows of a PNG are what FlateDecode takes with the predictors of PNG. */
function pngRows(png: Buffer): Buffer {
  const rows: Buffer[] = [];
  for (let at = PNG_SIGNATURE_BYTES; at + 8 <= png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') rows.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return Buffer.concat(rows);
}

async function encodeLossless(bitmap: Bitmap, grey: boolean): Promise<PdfImage> {
  const { width, height, channels, data } = bitmap;
  const image = (await loadSharp())(data, { raw: { width, height, channels }, limitInputPixels: false });
  const png = await (grey ? image.toColourspace('b-w') : image).png({ adaptiveFiltering: true }).toBuffer();
  const parameters = { Predictor: 15, Colors: grey ? 1 : 3, BitsPerComponent: 8, Columns: width };
  const kind = { Filter: 'FlateDecode', DecodeParms: parameters };
  return { width, height, bytes: pngRows(png), dictionary: { ...colour(grey ? 'DeviceGray' : 'DeviceRGB'), ...kind } };
}

async function encodeJpeg({ width, height, channels, data }: Bitmap): Promise<PdfImage> {
  const image = (await loadSharp())(data, { raw: { width, height, channels }, limitInputPixels: false });
  const bytes = await image.jpeg({ quality: JPEG_QUALITY }).toBuffer();
  return { width, height, bytes, dictionary: { ...colour('DeviceRGB'), Filter: 'DCTDecode' } };
}

function colour(space: 'DeviceRGB' | 'DeviceGray'): Record<string, unknown> {
  return { ColorSpace: space, BitsPerComponent: 8 };
}

/** The file itself, if it is a JPEG that lies upright and has colours that need no translation; else null. */
async function jpegAsItIs(path: string): Promise<PdfImage | null> {
  const bytes = await readFile(path);
  const {
    width,
    height,
    channels,
    orientation = 1,
    space,
    isProgressive,
  } = await (await loadSharp())(bytes, {
    limitInputPixels: false,
  }).metadata();
  if (orientation !== 1 || space === 'cmyk' || isProgressive === true) return null;
  if (channels !== 1 && channels !== 3) return null;
  const device = channels === 1 ? 'DeviceGray' : 'DeviceRGB';
  return { width, height, bytes, dictionary: { ...colour(device), Filter: 'DCTDecode' } };
}

/** A drawn page (of a PDF that cannot be copied) as a picture for a PDF. */
export async function bitmapToPdfImage(bitmap: Bitmap): Promise<PdfImage> {
  return isGrey(bitmap) ? encodeLossless(bitmap, true) : encodeJpeg(bitmap);
}

function rethrow(error: unknown): never {
  throw toDecodeError(error);
}

/** One page of a picture file as a picture for a PDF. Throws {@link InputError}. */
export async function fileToPdfImage(
  path: string,
  options: { readonly mediaType: PageMediaType; readonly page: number; readonly maxPixels: number },
): Promise<PdfImage> {
  const asItIs = options.mediaType === 'image/jpeg' ? await jpegAsItIs(path).catch(rethrow) : null;
  if (asItIs !== null) return asItIs;
  const bitmap = await decodeImage(path, { ...options, maxDecodedPixels: MAX_PAGE_PIXELS });
  if (isGrey(bitmap)) return encodeLossless(bitmap, true);
  const isPainted =
    options.mediaType === 'image/png' || options.mediaType === 'image/gif' || options.mediaType === 'image/bmp';
  return isPainted ? encodeLossless(bitmap, false) : encodeJpeg(bitmap);
}

/**
 * Pixels an inch that the file claims, where it is a claim to believe; 72 and 96 are what software writes unasked.
 * Throws {@link InputError}.
 */
export async function claimedDpi(path: string, mediaType: PageMediaType): Promise<number | null> {
  if (mediaType === 'image/bmp') return null;
  const image = (await loadSharp())(await readFile(path).catch(rethrow), { limitInputPixels: false });
  const { density } = await image.metadata().catch(rethrow);
  return density !== undefined && density >= 100 && density <= 2400 ? density : null;
}
