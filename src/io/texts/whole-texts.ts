/** Reads files that are texts themselves, whole or line by line, and the pages of PDF files. */
import { InputError } from '../input-error.js';
import { openPdf } from '../pdf.js';
import type { PdfFile } from '../pdf-file.js';
import { lineEndOf } from './dialect.js';
import { decodeHead, type FileHead, LineSplitter, textPieces } from './pieces.js';
import { quoteName } from './text-kind.js';
import {
  lineFault,
  NO_COLUMNS,
  RECORDS_PER_BATCH,
  type RecordBatch,
  type RecordFault,
  type TextRecord,
} from './text-record.js';
import { readWhole } from './whole-file.js';

/** The file as one text. */
export async function readDocument(
  path: string,
  file: { readonly sizeBytes: number; readonly encoding: string },
): Promise<RecordBatch> {
  const text = await readWhole(path, file, 'give --lines to take each line as a text');
  return [{ id: '1', text, columns: NO_COLUMNS }];
}

/** Each line as a text; empty lines are empty texts, so that nothing is lost. */
export async function* readLines(
  path: string,
  file: FileHead & { readonly encoding: string },
): AsyncGenerator<RecordBatch> {
  const splitter = new LineSplitter(lineEndOf(decodeHead(file, file.encoding).replaceAll('"', "'")));
  for await (const { text, isLast } of textPieces(path, file.encoding)) {
    const records = splitter.push(text, isLast).map(({ line, text: value }): TextRecord | RecordFault => {
      if (value === null) return lineFault(line, 'the line is longer than 64 million characters; is the file text?');
      return { id: String(line), text: value, columns: NO_COLUMNS };
    });
    for (let from = 0; from < records.length; from += RECORDS_PER_BATCH) {
      yield records.slice(from, from + RECORDS_PER_BATCH);
    }
  }
}

function readPage(pdf: PdfFile, page: number, source: string): TextRecord | RecordFault {
  try {
    if (!pdf.hasTextLayer(page)) {
      const remedy = `uxd ocr ${quoteName(source)} > text.jsonl, then read text.jsonl`;
      const message = `page ${page} has no text of its own; read its picture first, for instance with: ${remedy}`;
      return { page, error: { code: 'NO_TEXT_LAYER', message, isRetryable: false } };
    }
    return { id: `p${page}`, text: pdf.readTextLayer(page, 72).text, columns: NO_COLUMNS };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { page, error: error.toItemError() };
  }
}

/** The text layer of each page. Throws {@link InputError} where the file cannot be opened. */
export async function* readPdfPages(path: string, source: string): AsyncGenerator<RecordBatch> {
  const pdf = await openPdf(path);
  try {
    for (let page = 1; page <= pdf.pageCount; page++) yield [readPage(pdf, page, source)];
  } finally {
    pdf.close();
  }
}
