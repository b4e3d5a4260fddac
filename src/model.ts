/**
 * The nouns every part of uxd shares. This module imports nothing.
 *
 * Data flows one way: a source yields {@link Item}s, the pipeline groups them into batches,
 * an {@link Engine} answers one {@link Outcome} for each, and a sink writes the rows made of them.
 */

/** Rectangle `[x, y, width, height]` in pixels of the upright page, origin at its top left corner. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** What went wrong with one item, as data: it becomes the error columns of a row. */
export interface ItemError {
  /** UPPER_SNAKE_CASE, stable: part of the row format. */
  readonly code: string;
  /** Names the cause and the next step; never holds a credential. */
  readonly message: string;
  /** Whether the same request may succeed later. */
  readonly isRetryable: boolean;
  /** The fault is of this source (its file has gone, or changed), not of its content: equal items are not touched by it. */
  readonly isOfSource?: boolean;
}

/** The answer for one item. */
export type Outcome<V> = { readonly ok: true; readonly value: V } | { readonly ok: false; readonly error: ItemError };

/** One unit of work: what is sent, cached and paid as a whole. */
export interface Item<P> {
  /** Position in the input order, from 0, without gaps. */
  readonly index: number;
  /** The path as the user gave it; `-` for standard input. */
  readonly source: string;
  /** Identifies the content (hex sha256 of the bytes, plus the part taken): equal keys give equal answers. */
  readonly key: string;
  /** Bytes that a request with this item carries, at most. */
  readonly sizeBytes: number;
  readonly payload: P;
}

/** An input, or a page of one, that failed before any engine saw it. It takes a place in the input order. */
export interface FailedInput {
  readonly index: number;
  readonly source: string;
  /** 1-based, or null where the whole file failed. */
  readonly page: number | null;
  readonly error: ItemError;
}

/** What a back-end accepts; the pipeline keeps within it, so that engines need not. */
export interface EngineLimits {
  readonly itemsPerBatch: number;
  readonly bytesPerBatch: number;
  /** Calls in flight by default; `--concurrency` overrides it. */
  readonly parallelBatches: number;
  /** Known quota, or null where none is known; `--rpm` overrides it. */
  readonly requestsPerMinute: number | null;
}

/** How an engine bills; absent on engines that cost nothing. */
export interface EngineBilling<P> {
  /** Billable units of one item. */
  unitsOf(item: Item<P>): number;
  /** List price in US dollars for an item, without free tiers or volume discounts. */
  priceUsdOf(item: Item<P>): number;
}

/**
 * A back-end that reads items. It never retries, sleeps, logs or writes files: it answers one outcome per item,
 * in the order given, or throws a {@link ProviderError} where the call as a whole failed.
 */
export interface Engine<P, V> {
  /** Such as `google/vision`; part of the cache key. */
  readonly id: string;
  /** Changes whenever the answers may change; part of the cache key. */
  readonly version: string;
  readonly limits: EngineLimits;
  readonly billing?: EngineBilling<P>;
  /** False for engines on this machine: no call timeout, no retry of refused calls is needed. */
  readonly isRemote: boolean;
  /**
   * Items that may not share a batch (another kind of call) have different lanes; null means that the item is sent
   * alone. Absent: one lane for all.
   */
  laneOf?(item: Item<P>): string | null;
  processBatch(items: readonly Item<P>[], context: { readonly signal: AbortSignal }): Promise<readonly Outcome<V>[]>;
  /** Releases workers and connections. */
  close(): Promise<void>;
}

/** What a failed call says about the rest of the run. */
export type FailureScope =
  /** Only this call. */
  | 'call'
  /** Some item of the call spoils it: split the batch and find it. */
  | 'batch'
  /** Every further call will fail in the same way (credentials, disabled API): stop with exit code 2. */
  | 'run';

/** A call that failed as a whole. Retryability is a fact on the error, decided where the vendor's codes are known. */
export class ProviderError extends Error {
  readonly code: string;
  readonly isRetryable: boolean;
  readonly scope: FailureScope;
  /** The vendor asks to wait this long before any call, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The vendor refused for quota: the whole run slows down. */
  readonly isQuota: boolean;

  constructor(
    code: string,
    message: string,
    facts: {
      isRetryable: boolean;
      scope?: FailureScope;
      retryAfterMs?: number | undefined;
      isQuota?: boolean;
      cause?: unknown;
    },
  ) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.name = 'ProviderError';
    this.code = code;
    this.isRetryable = facts.isRetryable;
    this.scope = facts.scope ?? 'call';
    this.retryAfterMs = facts.retryAfterMs;
    this.isQuota = facts.isQuota ?? false;
  }
}

/** A mistake in the command line, the configuration or the credentials: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The run cannot go on (disk full, service unreachable): exit code 1. */
export class RunError extends Error {
  override readonly name = 'RunError';
}

/** Time, injected so that tests never sleep. */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Writes rows; `write` resolves when the row is taken and the sink is ready for more (back-pressure). */
export interface Sink<R> {
  write(row: R): Promise<void>;
  /** Flushes and makes the output final; a file that is not whole is put beside its name, with the ending `.partial`. */
  close(isWhole?: boolean): Promise<void>;
  /** Leaves no half-written output behind. */
  abort(): Promise<void>;
}

// --- pages and what is read on them -------------------------------------------------------------------------------

/** Media types that uxd knows by their first bytes. */
export type PageMediaType =
  | 'image/png'
  | 'image/jpeg'
  | 'image/webp'
  | 'image/gif'
  | 'image/bmp'
  | 'image/tiff'
  | 'application/pdf';

/** A file of pages, or some pages of one. */
export interface PageSpan {
  /** Absolute path of the local file that holds the bytes (standard input is spooled to one). */
  readonly path: string;
  readonly mediaType: PageMediaType;
  /** Pages to read, 1-based, ascending. A picture has page 1 only. */
  readonly pages: readonly number[];
  /** Pages of the whole file. */
  readonly pageCount: number;
  /** Size of the whole file in bytes. */
  readonly fileBytes: number;
  /** When the file was last changed, in milliseconds since the epoch, as it was hashed. */
  readonly modifiedMs: number;
  /** The pages carry a text layer, and it is to be taken instead of reading the picture. */
  readonly useTextLayer: boolean;
}

export interface OcrWord {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly box: Box;
}

export interface OcrLine extends OcrWord {
  readonly words: readonly OcrWord[];
}

export interface OcrBlock extends OcrWord {
  readonly lines: readonly OcrLine[];
}

/** The text of one page in reading order: `text` is the blocks' texts joined by a blank line, lines by `\n`. */
export interface OcrText {
  readonly text: string;
  /** Mean over the characters, 0 to 1; null on a page without text. */
  readonly confidence: number | null;
  /** BCP 47 code such as `es`, or null where it was not found. */
  readonly language: string | null;
  readonly blocks: readonly OcrBlock[];
}

/** Something seen on a page: a label, an object or a logo. */
export interface Sighting {
  readonly name: string;
  /** 0 to 1. */
  readonly score: number;
  /** Null where the engine gives no place (labels). */
  readonly box: Box | null;
  /** The vendor's identifier of the concept (Google: Knowledge Graph mid), or null. */
  readonly entityId: string | null;
}

export const FEATURES = ['text', 'labels', 'objects', 'logos'] as const;
export type Feature = (typeof FEATURES)[number];

/** All that was read on one page; a feature that was not asked for is absent. */
export interface PageReading {
  /** 1-based. */
  readonly page: number;
  /** Pixels of the upright page as it was read (PDF: at the dpi it was rendered with). */
  readonly width: number;
  readonly height: number;
  /** Such as `ppocr-v4+tesseract-5`, `pdf-text` or `builtin/latest`. */
  readonly model: string;
  readonly text?: OcrText;
  readonly labels?: readonly Sighting[];
  readonly objects?: readonly Sighting[];
  readonly logos?: readonly Sighting[];
  /** Set where this page alone failed; the other fields are then empty. */
  readonly error?: ItemError;
}

/** What a user may ask of any OCR engine. */
export interface OcrOptions {
  readonly features: readonly Feature[];
  /** BCP 47 or ISO 639 codes in order of likelihood. */
  readonly languages: readonly string[];
  readonly quality: 'best' | 'fast';
  /** `auto`: the text layer of a PDF page where it has one; `never`: always read the picture; `only`: never OCR. */
  readonly pdfText: 'auto' | 'never' | 'only';
  /** Resolution at which PDF pages are rendered. */
  readonly dpi: number;
  /** Pictures with more pixels are refused. */
  readonly maxPixels: number;
}

/** An engine that reads pages. One item gives one reading per page of its span, in page order. */
export type OcrEngine = Engine<PageSpan, readonly PageReading[]>;

/** What an engine may know of the machine and the command line; the composition root passes it in. */
export interface EngineSettings {
  /** `--endpoint`: `http://HOST:PORT` means plaintext and no credentials; null for the vendor's own. */
  readonly endpoint: string | null;
  /** Time limit of one call in milliseconds. */
  readonly timeoutMs: number;
  /** `--concurrency`: calls in flight, for local engines the number of workers; null leaves it to the engine. */
  readonly concurrency: number | null;
  /** Directory where pulled models are kept. */
  readonly modelsDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tells the user one line (a model is being fetched, a slower runtime is used). */
  note(message: string): void;
}
