/** Makes what Cloud Vision is sent: upright pictures within its limits, as the file's own bytes wherever that will do. */
import fs from 'node:fs';
import { promisify } from 'node:util';
import { type Bitmap, loadSharp } from '../../io/bitmap.js';
import { checkPixels, decodeImage, probeImage } from '../../io/images.js';
import { toInputError } from '../../io/input-error.js';
import { openPdf, pagePixels } from '../../io/pdf.js';
import type { OcrOptions, PageSpan } from '../../model.js';
import { readPlainSize } from './picture-header.js';
import type { Frame } from './vision-parse.js';

/** Google's limits: https://cloud.google.com/vision/quotas and https://cloud.google.com/vision/docs/supported-files */
export const MAX_PICTURE_BYTES = 20_000_000;
export const MAX_PICTURE_PIXELS = 75_000_000;

/** One page as it is sent. */
export interface Picture {
  readonly page: number;
  readonly content: Uint8Array;
  readonly frame: Frame;
}

// The callback API: for thousands of small files, several times cheaper than node:fs/promises.
const readFile = promisify(fs.readFile);

type PictureOptions = Pick<OcrOptions, 'maxPixels' | 'dpi'>;

/** Decoded pictures are large; so many are worked on at a time, whatever the number of calls in flight. */
const PICTURES_AT_A_TIME = 2;
const JPEG_QUALITY = 92;
const waiting: (() => void)[] = [];
let working = 0;

/** Runs `work` when fewer than {@link PICTURES_AT_A_TIME} others are running. */
async function takingTurns<T>(work: () => Promise<T>): Promise<T> {
  if (working >= PICTURES_AT_A_TIME) await new Promise<void>((resolve) => waiting.push(resolve));
  else working += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else working -= 1;
  }
}

/** A JPEG within Google's limit of bytes; `scale` is the bitmap's length divided by the JPEG's. */
async function encode(bitmap: Bitmap): Promise<{ content: Uint8Array; scale: number }> {
  const sharp = await loadSharp();
  const { channels, data } = bitmap;
  let width = bitmap.width;
  for (;;) {
    const content = await sharp(data, { raw: { width: bitmap.width, height: bitmap.height, channels } })
      .resize(width === bitmap.width ? undefined : { width })
      .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' })
      .toBuffer();
    if (content.length <= MAX_PICTURE_BYTES || width === 1) return { content, scale: bitmap.width / width };
    width = Math.max(1, Math.floor(width * Math.min(0.9, Math.sqrt(MAX_PICTURE_BYTES / content.length))));
  }
}

/** Decodes a page upright and encodes it again. */
function redraw(span: PageSpan, page: number, options: PictureOptions): Promise<Picture> {
  return takingTurns(async () => {
    const { mediaType } = span;
    const { maxPixels } = options;
    const facts = await probeImage(span.path, mediaType, page);
    const bitmap = await decodeImage(span.path, { mediaType, page, maxPixels, maxDecodedPixels: MAX_PICTURE_PIXELS });
    const { content, scale } = await encode(bitmap);
    return { page, content, frame: { width: facts.width, height: facts.height, scale: bitmap.scale * scale } };
  });
}

async function drawPdfPage(span: PageSpan, page: number, { dpi, maxPixels }: PictureOptions): Promise<Picture> {
  return takingTurns(async () => {
    const pdf = await openPdf(span.path);
    try {
      const bitmap = pdf.renderPage(page, { dpi, maxPixels: Math.min(maxPixels, MAX_PICTURE_PIXELS) });
      const { width, height } = pagePixels(pdf.pageSize(page), dpi, maxPixels);
      const { content, scale } = await encode(bitmap);
      return { page, content, frame: { width, height, scale: (width / bitmap.width) * scale } };
    } finally {
      pdf.close();
    }
  });
}

/** Pages of a file as pictures, for files that are too large to be sent or would come out turned. */
export async function drawPages(span: PageSpan, options: PictureOptions): Promise<readonly Picture[]> {
  const draw = span.mediaType === 'application/pdf' ? drawPdfPage : redraw;
  const pictures: Picture[] = [];
  for (const page of span.pages) pictures.push(await draw(span, page, options));
  return pictures;
}

/** What the header says; orientation is that of EXIF, of which 1 is upright. */
interface Header {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
}

async function readHeader(span: PageSpan, input: string | Uint8Array, page: number): Promise<Header> {
  const probe = () => probeImage(span.path, span.mediaType, page);
  // Bitmaps of Windows have no EXIF, and sharp does not read them.
  if (span.mediaType === 'image/bmp') return { ...(await probe()), orientation: 1 };
  const sharp = await loadSharp();
  try {
    const { autoOrient, orientation = 1 } = await sharp(input, { limitInputPixels: false, page: page - 1 }).metadata();
    return { width: autoOrient.width, height: autoOrient.height, orientation };
  } catch {
    // The probe throws the same failure again, in words for the user.
    return { ...(await probe()), orientation: 1 };
  }
}

/**
 * The bytes to send for a picture file: its own, unless it is turned by EXIF (boxes would come in one frame or the
 * other), or larger than Google takes.
 *
 * @throws InputError where the file is no picture that can be read, or has more pixels than allowed
 */
export async function preparePicture(span: PageSpan, options: PictureOptions): Promise<Picture> {
  const page = span.pages[0] ?? 1;
  if (span.fileBytes > MAX_PICTURE_BYTES) return redraw(span, page, options);
  const content = await readBytes(span.path);
  const plain = readPlainSize(content);
  const { width, height, orientation } = plain ? { ...plain, orientation: 1 } : await readHeader(span, content, page);
  checkPixels({ width, height }, options.maxPixels);
  if (width * height > MAX_PICTURE_PIXELS || orientation !== 1) return redraw(span, page, options);
  return { page, content, frame: { width, height, scale: 1 } };
}

/** @throws InputError */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw toInputError(error);
  }
}

/** Frames of the pages of a PDF, whose boxes come in points or in parts of the page. */
async function pdfFrames(span: PageSpan, { dpi, maxPixels }: PictureOptions): Promise<readonly Frame[]> {
  const pdf = await openPdf(span.path);
  try {
    return span.pages.map((page) => {
      const size = pdf.pageSize(page);
      const { width, height } = pagePixels(size, dpi, maxPixels);
      return { width, height, scale: width / size.width };
    });
  } finally {
    pdf.close();
  }
}

/**
 * Frames of the pages of a file that is sent whole, in page order, or null where the pages must be drawn: a page is
 * turned by EXIF or has more pixels than Google takes.
 *
 * @throws InputError
 */
export async function framesOf(span: PageSpan, options: PictureOptions): Promise<readonly Frame[] | null> {
  if (span.mediaType === 'application/pdf') return pdfFrames(span, options);
  const frames: Frame[] = [];
  for (const page of span.pages) {
    const { width, height, orientation } = await readHeader(span, span.path, page);
    checkPixels({ width, height }, options.maxPixels);
    if (width * height > MAX_PICTURE_PIXELS || orientation !== 1) return null;
    frames.push({ width, height, scale: 1 });
  }
  return frames;
}
