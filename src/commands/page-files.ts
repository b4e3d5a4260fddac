/** Files made beside the rows of `uxd ocr`: hOCR and searchable PDFs, one for each input. */
import type { OcrOptions, PageReading, PageSpan } from '../model.js';
import type { Settled } from '../pipeline/run.js';

export interface PageFiles {
  add(settled: Settled<PageSpan, readonly PageReading[]>): Promise<void>;
  close(): Promise<void>;
}

export async function openPageFiles(
  folders: { readonly hocr: string | null; readonly searchablePdf: string | null },
  _options: OcrOptions,
  _cwd: string,
): Promise<PageFiles | null> {
  if (folders.hocr === null && folders.searchablePdf === null) return null;
  throw new Error('not yet');
}
