/** The files that are made beside the rows: an hOCR file and a searchable PDF for each document. */
import { dirname, join } from 'node:path';
import type { PageMediaType, PageReading } from '../model.js';
import { DocumentNames } from './document-names.js';
import { toHocr } from './hocr.js';
import { InputError, toInputError } from './input-error.js';
import { removeLeftovers } from './leftovers.js';
import { toSearchablePdf } from './searchable-pdf.js';
import { makeDirectory, writeWhole } from './whole-file.js';

export interface DocumentFilesOptions {
  /** Absolute path of the directory for hOCR files, or null for none. */
  readonly hocrDirectory: string | null;
  /** Absolute path of the directory for searchable PDFs, or null for none. */
  readonly pdfDirectory: string | null;
  /** Resolution at which PDF pages were read. */
  readonly dpi: number;
  readonly maxPixels: number;
  /** Parts of the run are written by other machines. */
  readonly isSharded: boolean;
  /** Tells the user of a file that could not be made. */
  warn(message: string): void;
}

/** Some pages of an input, as they were read. */
export interface DocumentPart {
  readonly source: string;
  readonly path: string;
  readonly mediaType: PageMediaType;
  readonly readings: readonly PageReading[];
}

interface Gathered extends DocumentPart {
  readonly readings: PageReading[];
}

/** Takes parts in input order and writes a document when the next one begins, so that one is in memory at a time. */
export class DocumentFiles {
  readonly #options: DocumentFilesOptions;
  readonly #names: DocumentNames;
  #current: Gathered | null = null;

  private constructor(options: DocumentFilesOptions) {
    this.#options = options;
    this.#names = new DocumentNames(options.isSharded);
  }

  /** Makes the directories. Throws {@link UsageError} where that is not possible. */
  static async open(options: DocumentFilesOptions): Promise<DocumentFiles> {
    for (const directory of [options.hocrDirectory, options.pdfDirectory]) {
      if (directory === null) continue;
      await makeDirectory(directory);
      await removeLeftovers(directory, '.');
    }
    return new DocumentFiles(options);
  }

  /** Adds pages; the parts of one input follow each other. Throws {@link RunError} where there is no room for a file. */
  async add(part: DocumentPart): Promise<void> {
    if (this.#current !== null && this.#current.source !== part.source) await this.#write();
    this.#current ??= { ...part, readings: [] };
    this.#current.readings.push(...part.readings);
  }

  /** Writes the last document. */
  async close(): Promise<void> {
    await this.#write();
  }

  async #write(): Promise<void> {
    const document = this.#current;
    this.#current = null;
    // A document of which nothing could be read has its error rows; an empty file would look like a result.
    if (document === null || document.readings.every((reading) => reading.error !== undefined)) return;
    const { hocrDirectory, pdfDirectory, dpi } = this.#options;
    const name = this.#names.nameOf(document.source);
    const drawnAt = document.mediaType === 'application/pdf' ? dpi : null;
    if (hocrDirectory !== null) {
      await this.#make(document, join(hocrDirectory, `${name}.hocr`), async () =>
        Buffer.from(toHocr(document.source, document.readings, drawnAt)),
      );
    }
    if (pdfDirectory !== null) {
      // In the directory of the input itself, the plain name may be that of an input.
      const ending = dirname(document.path) === pdfDirectory ? '.ocr.pdf' : '.pdf';
      await this.#make(document, join(pdfDirectory, `${name}${ending}`), () =>
        toSearchablePdf(document, this.#options),
      );
    }
  }

  async #make({ source }: DocumentPart, path: string, content: () => Promise<Uint8Array>): Promise<void> {
    try {
      await writeWhole(path, await content());
    } catch (error) {
      const known = toInputError(error);
      if (!(known instanceof InputError)) throw error;
      this.#options.warn(`${source}: no ${path}: ${known.message}`);
    }
  }
}
