/** PDF files: their pages, the text in them and pictures of them. */
import { open } from 'node:fs/promises';
import type { OcrText, PageReading } from '../model.js';
import { type Bitmap, shrinkFactor } from './bitmap.js';
import { InputError, toInputError } from './input-error.js';
import { imageCoverage, type PageGlyphs, type PageTransform, pageTransform, readGlyphs } from './pdf-glyphs.js';
import { acquirePdfium, type Pdfium, PdfiumTrap, releasePdfium } from './pdfium.js';
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
const PASSWORD_ERROR = 4;
const SECURITY_ERROR = 5;
const FLATTEN_FOR_DISPLAY = 0;
const FLATTEN_SUCCESS = 1;
const DRAW_ANNOTATIONS = 0x01;
const REVERSE_BYTE_ORDER = 0x10;
const BGR_FORMAT = 2;
const WHITE = 0xffffffff;
/** Files are held in WebAssembly memory, which has 4 GB and needs room to work. */
const MAX_FILE_BYTES = 1024 ** 3;

function corrupt(detail: string, cause?: unknown): InputError {
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

  /** Use {@link openPdf}. */
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
      if (size === null || !(size.width > 0) || !(size.height > 0)) throw corrupt(`page ${page} has no size`);
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
      if (data === null) throw corrupt(`page ${page} needs more memory than there is`);
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
    if (handle === 0) throw corrupt(`page ${page} cannot be read`);
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
      throw error instanceof PdfiumTrap ? corrupt('it stops the reader', error) : error;
    }
  }
}

/** Copies a file into the memory of PDFium without holding it twice. Returns null where it does not fit. */
async function loadFile(pdfium: Pdfium, path: string): Promise<{ pointer: number; size: number } | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > MAX_FILE_BYTES) return null;
    const pointer = pdfium.run((functions) => functions.malloc(Math.max(size, 1)));
    if (pointer === 0) return null;
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await file.read(pdfium.heap, pointer + filled, Math.min(size - filled, 1 << 24), filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return { pointer, size: filled };
  } finally {
    await file.close();
  }
}

function loadBytes(pdfium: Pdfium, bytes: Uint8Array): { pointer: number; size: number } {
  const pointer = pdfium.run((functions) => functions.malloc(Math.max(bytes.length, 1)));
  pdfium.heap.set(bytes, pointer);
  return { pointer, size: bytes.length };
}

function toOpenError(code: number): InputError {
  if (code === PASSWORD_ERROR || code === SECURITY_ERROR) {
    const remedy = 'remove the password first, for instance with: qpdf --password=SECRET --decrypt IN.pdf OUT.pdf';
    return new InputError('ENCRYPTED_PDF', `the PDF is protected by a password; ${remedy}`);
  }
  return corrupt('it cannot be opened');
}

function openDocument(pdfium: Pdfium, bytes: { pointer: number; size: number }): PdfFile {
  const { document, error, pageCount } = pdfium.run((functions) => {
    const opened = functions.FPDF_LoadMemDocument(bytes.pointer, bytes.size, 0);
    if (opened !== 0) return { document: opened, error: null, pageCount: functions.FPDF_GetPageCount(opened) };
    return { document: 0, error: functions.FPDF_GetLastError(), pageCount: 0 };
  });
  if (pageCount > 0) return new PdfFile(pdfium, document, bytes.pointer, pageCount);
  pdfium.run((functions) => {
    if (document !== 0) functions.FPDF_CloseDocument(document);
    functions.free(bytes.pointer);
  });
  throw error === null ? corrupt('it has no pages') : toOpenError(error);
}

/** Opens a PDF from a file or from memory. Throws {@link InputError}: CORRUPT_PDF, ENCRYPTED_PDF and those of files. */
export async function openPdf(input: string | Uint8Array): Promise<PdfFile> {
  const pdfium = await acquirePdfium();
  let file: PdfFile | undefined;
  try {
    const bytes = typeof input === 'string' ? await loadFile(pdfium, input) : loadBytes(pdfium, input);
    if (bytes === null)
      throw new InputError('CORRUPT_PDF', 'the PDF is larger than 1 GB; split it, for instance with qpdf');
    file = openDocument(pdfium, bytes);
    return file;
  } catch (error) {
    throw error instanceof PdfiumTrap ? corrupt('it stops the reader', error) : toInputError(error);
  } finally {
    if (file === undefined) releasePdfium(pdfium);
  }
}

/**
 * The readings of these pages from their text layers, as if an engine had read them at `dpi`. A page that cannot be
 * read has its error in its reading. Throws {@link InputError} where the file as a whole cannot be read.
 */
export async function readTextLayerPages(
  path: string,
  pages: readonly number[],
  { dpi }: { readonly dpi: number },
): Promise<readonly PageReading[]> {
  const file = await openPdf(path);
  try {
    return pages.map((page) => readTextLayerPage(file, page, dpi));
  } finally {
    file.close();
  }
}

function readTextLayerPage(file: PdfFile, page: number, dpi: number): PageReading {
  try {
    const { width, height } = pagePixels(file.pageSize(page), dpi);
    return { page, width, height, model: PDF_TEXT_MODEL, text: file.readTextLayer(page, dpi) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { page, width: 0, height: 0, model: PDF_TEXT_MODEL, error: error.toItemError() };
  }
}
