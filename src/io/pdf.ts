/** Opens PDF files. */
import { open } from 'node:fs/promises';
import type { PageReading } from '../model.js';
import { InputError, toInputError } from './input-error.js';
import { corruptPdf, PDF_TEXT_MODEL, PdfFile, pagePixels } from './pdf-file.js';
import { acquirePdfium, type Pdfium, PdfiumTrap, releasePdfium } from './pdfium.js';

export { PDF_TEXT_MODEL, pagePixels };

const PASSWORD_ERROR = 4;
const SECURITY_ERROR = 5;
/** Files are held in WebAssembly memory, which has 4 GB and needs room to work. */
const MAX_FILE_BYTES = 1024 ** 3;

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
  return corruptPdf('it cannot be opened');
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
  throw error === null ? corruptPdf('it has no pages') : toOpenError(error);
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
    throw error instanceof PdfiumTrap ? corruptPdf('it stops the reader', error) : toInputError(error);
  } finally {
    if (file === undefined) releasePdfium(pdfium);
  }
}

/**
 * The readings of these pages from their text layers, as if an engine had read them at `dpi`, or as finely as `maxPixels`
 * allow. A page that cannot be
 * read has its error in its reading. Throws {@link InputError} where the file as a whole cannot be read.
 */
export async function readTextLayerPages(
  path: string,
  pages: readonly number[],
  { dpi, maxPixels }: { readonly dpi: number; readonly maxPixels?: number },
): Promise<readonly PageReading[]> {
  const file = await openPdf(path);
  try {
    return pages.map((page) => readTextLayerPage(file, page, dpi, maxPixels));
  } finally {
    file.close();
  }
}

function readTextLayerPage(file: PdfFile, page: number, dpi: number, maxPixels: number | undefined): PageReading {
  try {
    const size = pagePixels(file.pageSize(page), dpi, maxPixels);
    const { width, height } = size;
    return { page, width, height, model: PDF_TEXT_MODEL, text: file.readTextLayer(page, size.dpi) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { page, width: 0, height: 0, model: PDF_TEXT_MODEL, error: error.toItemError() };
  }
}
