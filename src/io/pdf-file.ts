/** An open PDF: its pages, the text in them and pictures of them. */
import type { OcrText } from '../model.js';
import { type Bitmap, shrinkFactor } from './bitmap.js';
import { InputError } from './input-error.js';
import { imageCoverage, type PageGlyphs, type PageTransform, pageTransform, readGlyphs } from './pdf-glyphs.js';
import { type Pdfium, PdfiumTrap, releasePdfium } from './pdfium.js';
import { isUsableTextLayer } from './text-layer.js';
import { layOutGlyphs } from './text-layout.js';

/** Size of a page as it is shown (with its /Rotate), in points of 1/72 inch. */
export interface PdfPageSize {
  readonly width: number;
  readonly height: number;
}

/** A drawn page; `dpi` is lower than asked for where the page would have had more pixels than allowed. */
export interface RenderedPage extends Bitmap {
  readonly dpi: number;
}

/** The model name of readings that were taken from a text layer. */
export const PDF_TEXT_MODEL = 'pdf-text';

const POINTS_PER_INCH = 72;
const FLATTEN_FOR_DISPLAY = 0;
const FLATTEN_SUCCESS = 1;
const DRAW_ANNOTATIONS = 0x01;
const REVERSE_BYTE_ORDER = 0x10;
const BGR_FORMAT = 2;
const WHITE = 0xffffffff;

/** The error for a file that PDFium cannot read. */
export function corruptPdf(detail: string, cause?: unknown): InputError {
  const message = `the PDF is damaged (${detail}); try to repair it, for instance with: qpdf IN.pdf OUT.pdf`;
  return new InputError('CORRUPT_PDF', message, { cause });
}

/** Pixels of a page at a resolution, which is lowered where there would be more than `maxPixels`. */
export function pagePixels(
  { width, height }: PdfPageSize,
  dpi: number,
  maxPixels = Number.POSITIVE_INFINITY,
): { width: number; height: number; dpi: number } {
  const scale = dpi / POINTS_PER_INCH;
  const factor = shrinkFactor(width * scale, height * scale, maxPixels);
  const toPixels = (points: number): number => Math.max(1, Math.floor((points * scale) / factor + 1e-6));
  return { width: toPixels(width), height: toPixels(height), dpi: dpi / factor };
}

/**
 * An open PDF. Pages are counted from 1. Every method throws {@link InputError}: CORRUPT_PDF where the file cannot be
 * read on, PAGE_NOT_FOUND for a page that it does not have. Not safe for concurrent use by two threads; call
 * {@link close} when done.
 */
export class PdfFile {
  readonly pageCount: number;
  readonly #pdfium: Pdfium;
  readonly #document: number;
  readonly #bytes: number;
  #page: { readonly number: number; readonly handle: number } | null = null;
  #glyphs: { readonly number: number; readonly width: number; readonly read: PageGlyphs } | null = null;
  #isClosed = false;

  /** Use `openPdf`. */
  constructor(pdfium: Pdfium, document: number, bytes: number, pageCount: number) {
    this.#pdfium = pdfium;
    this.#document = document;
    this.#bytes = bytes;
    this.pageCount = pageCount;
  }

  pageSize(page: number): PdfPageSize {
    this.#checkNumber(page);
    return this.#guard(() => {
      const size = this.#pdfium.run((functions, scratch) => {
        const isFound = functions.FPDF_GetPageSizeByIndexF(this.#document, page - 1, scratch) !== 0;
        return isFound ? { width: this.#pdfium.float32(scratch), height: this.#pdfium.float32(scratch + 4) } : null;
      });
      if (size === null || !(size.width > 0) || !(size.height > 0)) throw corruptPdf(`page ${page} has no size`);
      return size;
    });
  }

  /** Whether the page has text of its own that is worth taking; see `text-layer.ts`. */
  hasTextLayer(page: number): boolean {
    const transform = this.#transform(page, POINTS_PER_INCH * 2);
    const read = this.#readGlyphs(page, transform);
    const coverage = this.#guard(() => imageCoverage(this.#pdfium, this.#load(page), transform));
    return isUsableTextLayer(read, coverage, transform.height);
  }

  /** The text of the page with boxes in pixels of the upright page at `dpi`. */
  readTextLayer(page: number, dpi: number): OcrText {
    return layOutGlyphs(this.#readGlyphs(page, this.#transform(page, dpi)).glyphs);
  }

  /** Draws the upright page on white, at `dpi` or as finely as `maxPixels` allow. */
  renderPage(page: number, options: { dpi: number; maxPixels: number }): RenderedPage {
    const { width, height, dpi } = pagePixels(this.pageSize(page), options.dpi, options.maxPixels);
    return this.#guard(() => {
      const handle = this.#load(page);
      const data = this.#pdfium.run((functions) => {
        const bitmap = functions.FPDFBitmap_CreateEx(width, height, BGR_FORMAT, 0, 0);
        if (bitmap === 0) return null;
        functions.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
        const flags = DRAW_ANNOTATIONS | REVERSE_BYTE_ORDER;
        functions.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, width, height, 0, flags);
        const pixels = this.#copyPixels(
          functions.FPDFBitmap_GetBuffer(bitmap),
          functions.FPDFBitmap_GetStride(bitmap),
          {
            width,
            height,
          },
        );
        functions.FPDFBitmap_Destroy(bitmap);
        return pixels;
      });
      if (data === null) throw corruptPdf(`page ${page} needs more memory than there is`);
      return { width, height, channels: 3, data, dpi };
    });
  }

  /** Frees the memory; may be called twice. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (!this.#pdfium.isBroken) {
      try {
        this.#unload();
        this.#pdfium.run((functions) => {
          functions.FPDF_CloseDocument(this.#document);
          functions.free(this.#bytes);
        });
      } catch (error) {
        if (!(error instanceof PdfiumTrap)) throw error;
      }
    }
    releasePdfium(this.#pdfium);
  }

  #copyPixels(buffer: number, stride: number, { width, height }: { width: number; height: number }): Uint8Array {
    const { heap } = this.#pdfium;
    const row = width * 3;
    const data = new Uint8Array(row * height);
    for (let y = 0; y < height; y++) data.set(heap.subarray(buffer + y * stride, buffer + y * stride + row), y * row);
    return data;
  }

  #transform(page: number, dpi: number): PageTransform {
    const { width, height } = pagePixels(this.pageSize(page), dpi);
    return this.#guard(() => pageTransform(this.#pdfium, this.#load(page), width, height));
  }

  #readGlyphs(page: number, transform: PageTransform): PageGlyphs {
    if (this.#glyphs?.number === page && this.#glyphs.width === transform.width) return this.#glyphs.read;
    const read = this.#guard(() => {
      const handle = this.#load(page);
      const textPage = this.#pdfium.run((functions) => functions.FPDFText_LoadPage(handle));
      if (textPage === 0) return { glyphs: [], unreadable: 0, invisible: 0 };
      const glyphs = readGlyphs(this.#pdfium, textPage, transform);
      this.#pdfium.run((functions) => functions.FPDFText_ClosePage(textPage));
      return glyphs;
    });
    this.#glyphs = { number: page, width: transform.width, read };
    return read;
  }

  #checkNumber(page: number): void {
    if (this.#isClosed) throw new Error('the PDF is closed');
    if (Number.isInteger(page) && page >= 1 && page <= this.pageCount) return;
    throw new InputError('PAGE_NOT_FOUND', `there is no page ${page}; the file has ${this.pageCount}`);
  }

  /** Loads a page and keeps it until another one is asked for. */
  #load(page: number): number {
    if (this.#page?.number === page) return this.#page.handle;
    this.#checkNumber(page);
    this.#unload();
    const handle = this.#pdfium.run((functions) => {
      const first = functions.FPDF_LoadPage(this.#document, page - 1);
      if (first === 0 || functions.FPDFPage_GetAnnotCount(first) === 0) return first;
      // What was filled into a form is an annotation: made part of the page, it is text like any other.
      if (functions.FPDFPage_Flatten(first, FLATTEN_FOR_DISPLAY) !== FLATTEN_SUCCESS) return first;
      functions.FPDF_ClosePage(first);
      return functions.FPDF_LoadPage(this.#document, page - 1);
    });
    if (handle === 0) throw corruptPdf(`page ${page} cannot be read`);
    this.#page = { number: page, handle };
    return handle;
  }

  #unload(): void {
    const page = this.#page;
    this.#page = null;
    if (page !== null) this.#pdfium.run((functions) => functions.FPDF_ClosePage(page.handle));
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw error instanceof PdfiumTrap ? corruptPdf('it stops the reader', error) : error;
    }
  }
}
