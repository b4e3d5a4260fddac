/** Pictures become bitmaps: upright, flattened on white, 8-bit sRGB. */
import { readFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import type { PageMediaType } from '../model.js';
import { type Bitmap, loadSharp, shrinkFactor } from './bitmap.js';
import { decodeBmp, readBmpHeader } from './bmp.js';
import { InputError, systemErrorCode, toInputError } from './input-error.js';

/** What a picture's header says. */
export interface ImageFacts {
  /** Pixels of the upright picture. */
  readonly width: number;
  readonly height: number;
  /** Pages of a TIFF; 1 for everything else (of an animation only the first picture is read). */
  readonly pages: number;
}

export interface DecodeOptions {
  readonly mediaType: PageMediaType;
  /** 1-based page of a TIFF; default 1. */
  readonly page?: number;
  /** Pictures with more pixels are refused with TOO_MANY_PIXELS, before they are decoded. */
  readonly maxPixels: number;
  /** Bigger pictures are scaled down to this many pixels while they are decoded. */
  readonly maxDecodedPixels?: number;
}

/** A decoded picture; `scale` is the length in the original divided by the length here (1 or more). */
export interface DecodedImage extends Bitmap {
  readonly scale: number;
}

/** Says in one place what the decoder's errors mean. Its text may hold a path, so only known parts are repeated. */
export function toDecodeError(error: unknown): unknown {
  if (error instanceof InputError) return error;
  if (systemErrorCode(error) !== null) return toInputError(error);
  if (!(error instanceof Error)) return error;
  const { message } = error;
  if (/pixel limit|too large|maximum supported|exceeds/i.test(message)) {
    return new InputError('TOO_MANY_PIXELS', 'the picture has more pixels than can be read; scale it down', {
      cause: error,
    });
  }
  if (/premature|end of|truncat|unexpected end|not enough|unable to read|read error|short/i.test(message)) {
    return new InputError('TRUNCATED_IMAGE', 'the picture is cut off; copy or export it again', { cause: error });
  }
  if (/^Input file is missing/.test(message))
    return toInputError(Object.assign(new Error(message), { code: 'ENOENT' }));
  return new InputError('CORRUPT_IMAGE', 'the picture is damaged; open it in a viewer or export it again', {
    cause: error,
  });
}

/** libvips takes `[...]` at the end of a file name for loader options; such files are read into memory. */
async function openSharp(path: string, page: number): Promise<Sharp> {
  const sharp = await loadSharp();
  const input = path.endsWith(']') ? await readFile(path) : path;
  // 'error' refuses cut off pixels but not oddities that leave the picture whole, such as extra bytes.
  return sharp(input, { failOn: 'error', limitInputPixels: false, sequentialRead: true, page: page - 1 });
}

async function probeWithSharp(path: string, mediaType: PageMediaType, page: number): Promise<ImageFacts> {
  const metadata = await (await openSharp(path, page)).metadata();
  const { width, height } = metadata.autoOrient;
  return { width, height, pages: mediaType === 'image/tiff' ? (metadata.pages ?? 1) : 1 };
}

/**
 * Reads the header of a picture: its size (of a TIFF: of the page asked for) and number of pages. Throws
 * {@link InputError}.
 */
export async function probeImage(path: string, mediaType: PageMediaType, page = 1): Promise<ImageFacts> {
  try {
    if (mediaType !== 'image/bmp') return await probeWithSharp(path, mediaType, page);
    const { width, height } = await readBmpHeader(path);
    return { width, height, pages: 1 };
  } catch (error) {
    throw toDecodeError(error);
  }
}

/** Refuses a picture that would not fit in memory. Throws {@link InputError} TOO_MANY_PIXELS. */
export function checkPixels({ width, height }: { width: number; height: number }, maxPixels: number): void {
  if (width < 1 || height < 1) {
    throw new InputError('CORRUPT_IMAGE', `the picture says it is ${width} x ${height} pixels; export it again`);
  }
  if (width * height <= maxPixels) return;
  throw new InputError(
    'TOO_MANY_PIXELS',
    `${width} x ${height} pixels are more than the limit of ${maxPixels.toLocaleString('en-US')}; ` +
      'scale the picture down or raise --max-pixels',
  );
}

function withScale(image: Sharp, facts: { width: number; height: number }, factor: number): Sharp {
  if (factor <= 1) return image;
  const width = Math.max(1, Math.floor(facts.width / factor));
  const height = Math.max(1, Math.floor(facts.height / factor));
  return image.resize({ width, height, fit: 'fill' });
}

async function toBitmap(image: Sharp): Promise<Bitmap> {
  const { data, info } = await image
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`expected 3 channels, got ${info.channels}`);
  return { width: info.width, height: info.height, channels: 3, data };
}

async function decodeBmpFile(path: string, options: DecodeOptions): Promise<DecodedImage> {
  const header = await readBmpHeader(path);
  checkPixels(header, options.maxPixels);
  const bitmap = await decodeBmp(path, header);
  const factor = shrinkFactor(header.width, header.height, options.maxDecodedPixels ?? Number.POSITIVE_INFINITY);
  if (factor <= 1) return { ...bitmap, scale: 1 };
  const { width, height, channels } = bitmap;
  const image = (await loadSharp())(bitmap.data, { raw: { width, height, channels }, limitInputPixels: false });
  const small = await toBitmap(withScale(image, header, factor));
  return { ...small, scale: header.width / small.width };
}

async function decodeWithSharp(path: string, options: DecodeOptions): Promise<DecodedImage> {
  const page = options.page ?? 1;
  const facts = await probeWithSharp(path, options.mediaType, page);
  checkPixels(facts, options.maxPixels);
  const factor = shrinkFactor(facts.width, facts.height, options.maxDecodedPixels ?? Number.POSITIVE_INFINITY);
  const bitmap = await toBitmap(withScale((await openSharp(path, page)).autoOrient(), facts, factor));
  return { ...bitmap, scale: facts.width / bitmap.width };
}

/**
 * Decodes a picture of the given media type: PNG, JPEG, WebP, GIF (its first frame), TIFF (one page) or BMP. EXIF
 * orientation is applied, transparency becomes white, any colour space becomes sRGB. The pixel limit is checked on the
 * header, before any pixel is decoded. Throws {@link InputError}.
 */
export async function decodeImage(path: string, options: DecodeOptions): Promise<DecodedImage> {
  try {
    return await (options.mediaType === 'image/bmp' ? decodeBmpFile(path, options) : decodeWithSharp(path, options));
  } catch (error) {
    throw toDecodeError(error);
  }
}
