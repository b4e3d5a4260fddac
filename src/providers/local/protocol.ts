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

/** A job, and how it is to be done: a worker that was started again knows nothing. */
export interface WorkerRequest<Job, Settings> {
  readonly id: number;
  readonly job: Job;
  readonly settings: Settings;
}

export interface WorkerReply<Answer> {
  readonly id: number;
  readonly answer: Answer;
}

/** What any job may come back with. */
export interface Failure {
  readonly ok: false;
  readonly error: ItemError;
}

export type PageRequest = WorkerRequest<PageJob, ReaderSettings>;

export type PageAnswer = { readonly ok: true; readonly reading: PageReading } | Failure;

export type PageReply = WorkerReply<PageAnswer>;

/** What a worker says once it is loaded; one that dies before cannot run on this machine at all. */
export const READY = 'ready';
