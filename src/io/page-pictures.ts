/** The pictures of pages that have been read, to look at them again. */
import { open } from 'node:fs/promises';
import type { PageMediaType } from '../model.js';
import type { Bitmap } from './bitmap.js';
import { decodeImage } from './images.js';
import { InputError, toInputError } from './input-error.js';
import { SNIFF_BYTES, sniffMediaType } from './media-type.js';
import { openPdf } from './pdf.js';
import type { PdfFile } from './pdf-file.js';

/** A page as it was read. */
export interface ReadPage {
  /** Absolute path of its file. */
  readonly path: string;
  /** Null where it is not known. */
  readonly mediaType: PageMediaType | null;
  /** 1-based. */
  readonly page: number;
  /** Pixels of the upright page in which boxes are told. */
  readonly width: number;
  readonly height: number;
}

/** The picture of a page; a length in boxes is `scale` times the length here. */
export interface PagePicture extends Bitmap {
  readonly scale: number;
}

const POINTS_PER_INCH = 72;
/** Boxes may be told in points; less than this shows no strokes. */
const MIN_PDF_DPI = 150;
/** More shows nothing new. */
const MAX_DECODED_PIXELS = 36_000_000;
/** Rounding of sides, on top of what scaling does. */
const MAX_SIDE_DIFFERENCE = 0.02;

/** Opens one picture after the other; pages of one PDF share the open file. */
export class PagePictures {
  readonly #maxPixels: number;
  #pdf: { readonly path: string; readonly file: PdfFile } | null = null;

  constructor(maxPixels: number) {
    this.#maxPixels = maxPixels;
  }

  /** The picture, or null where there is none: the file has gone, is another one, or holds no such page. */
  async open(page: ReadPage): Promise<PagePicture | null> {
    if (page.width < 1 || page.height < 1) return null;
    try {
      const mediaType = page.mediaType ?? (await mediaTypeOf(page.path));
      if (mediaType === null) return null;
      const bitmap = mediaType === 'application/pdf' ? await this.#draw(page) : await this.#decode(page, mediaType);
      const scale = page.width / bitmap.width;
      const isSame = Math.abs(page.height / bitmap.height / scale - 1) < MAX_SIDE_DIFFERENCE;
      return isSame ? { ...bitmap, scale } : null;
    } catch (error) {
      if (toInputError(error) instanceof InputError) return null;
      throw error;
    }
  }

  close(): void {
    this.#pdf?.file.close();
    this.#pdf = null;
  }

  async #draw({ path, page, width }: ReadPage): Promise<Bitmap> {
    if (this.#pdf?.path !== path) {
      this.close();
      this.#pdf = { path, file: await openPdf(path) };
    }
    const { file } = this.#pdf;
    const dpi = Math.max(MIN_PDF_DPI, (width / file.pageSize(page).width) * POINTS_PER_INCH);
    return file.renderPage(page, { dpi, maxPixels: Math.min(this.#maxPixels, MAX_DECODED_PIXELS) });
  }

  #decode({ path, page }: ReadPage, mediaType: PageMediaType): Promise<Bitmap> {
    return decodeImage(path, { mediaType, page, maxPixels: this.#maxPixels, maxDecodedPixels: MAX_DECODED_PIXELS });
  }
}

async function mediaTypeOf(path: string): Promise<PageMediaType | null> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return sniffMediaType(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
