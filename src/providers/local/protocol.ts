/** What the engine and its worker processes say to each other. */
import type { ItemError, PageMediaType, PageReading } from '../../model.js';
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

export interface PageRequest {
  readonly id: number;
  readonly job: PageJob;
  readonly settings: ReaderSettings;
}

export type PageAnswer =
  | { readonly ok: true; readonly reading: PageReading }
  | { readonly ok: false; readonly error: ItemError };

export interface PageReply {
  readonly id: number;
  readonly answer: PageAnswer;
}

/** What a worker says once it is loaded; one that dies before cannot run on this machine at all. */
export const READY = 'ready';
