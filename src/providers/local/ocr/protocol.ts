/** What the OCR engine and its worker processes say to each other. */
import type { PageMediaType, PageReading } from '../../../model.js';
import type { Failure, WorkerReply, WorkerRequest } from '../protocol.js';
import type { TesseractData } from './tesseract.js';

/** How pages are read; sent with every page, so that a worker that was started again knows it too. */
export interface ReaderSettings {
  readonly quality: 'best' | 'fast';
  /** Data of the asked languages, the likeliest first. */
  readonly tesseract: readonly TesseractData[];
  /** The same languages as BCP 47 codes. */
  readonly languageTags: readonly string[];
  readonly runtime: 'auto' | 'web';
  readonly dpi: number;
  readonly maxPixels: number;
}

export interface PageJob {
  readonly path: string;
  readonly mediaType: PageMediaType;
  /** 1-based. */
  readonly page: number;
  readonly useTextLayer: boolean;
}

export type PageRequest = WorkerRequest<PageJob, ReaderSettings>;

export type PageAnswer = { readonly ok: true; readonly reading: PageReading } | Failure;

export type PageReply = WorkerReply<PageAnswer>;
