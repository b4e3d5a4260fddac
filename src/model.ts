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
  /** The key says where the content is, not what it is (it may be replaced): the answer is good for this run alone. */
  readonly isUnkept?: boolean;
}

/** An input, or a page of one, that failed before any engine saw it. It takes a place in the input order. */
export interface FailedInput {
  readonly index: number;
  readonly source: string;
  /** 1-based, or null where the whole file failed. */
  readonly page: number | null;
  /** Line of the file, from 1, where one record of it could not be read. */
  readonly line?: number;
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

/** What something is billed as. */
export interface Bill {
  readonly units: number;
  /** List price, without free tiers or volume discounts. */
  readonly priceUsd: number;
}

/** How an engine bills; absent on engines that cost nothing. */
export interface EngineBilling<P, V = unknown> {
  /** Billable units of one item; null where only its answer tells them. */
  unitsOf(item: Item<P>): number | null;
  /** List price in US dollars for an item, without free tiers or volume discounts; null with the units. */
  priceUsdOf(item: Item<P>): number | null;
  /** What the answer to an item of unknown units says was billed; null where it does not say. */
  billOf?(value: V): Bill | null;
  /** Share of what is paid for that an item fills, 0 to 1; null where nothing is paid. Absent: units are always full. */
  unitShareOf?(item: Item<P>): number | null;
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
  readonly billing?: EngineBilling<P, V>;
  /** False for engines on this machine: no call timeout, no retry of refused calls is needed. */
  readonly isRemote: boolean;
  /** It answers sooner than its answers could be kept and read again: they are not cached. */
  readonly isQuick?: boolean;
  /**
   * Items that may not share a batch (another kind of call) have different lanes; null means that the item is sent
   * alone. Absent: one lane for all.
   */
  laneOf?(item: Item<P>): string | null;
  /**
   * The item is read by an operation at the service that may take hours. The engine waits for it, under a limit of its
   * own: the time limit of a call holds for each call that starts it or asks after it.
   */
  isOperation?(item: Item<P>): boolean;
  /** The answer to an item that needs no reading (an empty text), or null: it makes no call and costs nothing. */
  answerAtOnce?(item: Item<P>): V | null;
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

/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** How a word looks in the picture. */
export interface WordLook {
  readonly ink: Rgb;
  readonly ground: Rgb;
  /** Width of the strokes as a share of the height of the glyphs: bold is above about 0.17. */
  readonly weight: number;
  /** A line crosses the glyphs. */
  readonly isStruck: boolean;
  /** Pixels from the top of the highest glyph to the foot of the lowest: boxes of words are taller than what they hold. */
  readonly glyphHeight: number;
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

// --- texts and what is read in them ---------------------------------------------------------------------------------

/** A stretch of a text: UTF-16 code units from its start, the end exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** How the characters of a text are to be understood; entities of HTML are decoded in all of them. */
export type TextFormat = 'plain' | 'markdown' | 'html';

/** One text to read: a file, a cell of a table, a line. */
export interface TextDocument {
  /** Tells the texts of one source apart: the value of the id column, else the number of the record, from 1. */
  readonly id: string;
  /** Exactly as it stands in the cell or file; offsets count in it. */
  readonly text: string;
  readonly format: TextFormat;
  /** Other columns of the record, carried along by name. */
  readonly columns: Readonly<Record<string, string | number | boolean | null>>;
}

export const SENTIMENT_LABELS = ['positive', 'negative', 'neutral', 'mixed'] as const;
export type SentimentLabel = (typeof SENTIMENT_LABELS)[number];

export interface Sentiment {
  readonly label: SentimentLabel;
  /** -1 to 1. */
  readonly score: number;
  /** Strength of all that is felt, whichever way; 0 or more, growing with the length of the text. */
  readonly magnitude: number;
  /** Probability of the label, 0 to 1; null where the engine gives none. */
  readonly confidence: number | null;
}

export interface SentenceReading extends TextSpan {
  /** ISO 639-1, or null where it was not found. */
  readonly language: string | null;
  readonly sentiment: Sentiment;
}

/** One place where an aspect is judged; the span is that of the quote. */
export interface AspectMention extends TextSpan {
  /** The words that judge, as they stand in the text; null where nothing does. */
  readonly opinion: string | null;
  readonly label: SentimentLabel;
  /** -1 to 1. */
  readonly score: number;
}

/** What is judged, by one name for all its mentions (singular, plural); mentions in text order, at least one. */
export interface AspectReading {
  /** Such as `texture` or `battery life`, in the language of the text, in lower case. */
  readonly aspect: string;
  /** Such as `texture`, `price`, `service`; null where unknown. */
  readonly category: string | null;
  readonly mentions: readonly AspectMention[];
}

export const TERM_KINDS = ['phrase', 'entity', 'hashtag'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

export const ENTITY_TYPES = [
  'person',
  'location',
  'organization',
  'product',
  'event',
  'work',
  'address',
  'date',
  'number',
  'phone',
  'price',
  'other',
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

export interface TermMention extends TextSpan {
  /** Sentiment of the clause that the mention stands in, -1 to 1; null where unknown. */
  readonly score: number | null;
}

/** A phrase, name or hashtag of one text, its variants merged. */
export interface TermReading {
  /** Equal for the variants of one term in all texts of a language: lower case, inflections taken off. */
  readonly key: string;
  /** As it is to be shown: its most frequent form here. */
  readonly term: string;
  readonly kind: TermKind;
  /** Null but for entities. */
  readonly entityType: EntityType | null;
  /** Weight in this text, 0 to 1, comparable within the text only. */
  readonly score: number;
  /** In text order, at least one. */
  readonly mentions: readonly TermMention[];
}

export const TEXT_FEATURES = ['sentiment', 'aspects', 'terms'] as const;
export type TextFeature = (typeof TEXT_FEATURES)[number];

/** All that was read in one text; a feature that was not asked for is absent. */
export interface TextReading {
  /** ISO 639-1, or null where it was not found. */
  readonly language: string | null;
  readonly model: string;
  /** Null for a text without words. */
  readonly sentiment?: Sentiment | null;
  /** With `sentiment`; in text order. Absent where only their count was asked for. */
  readonly sentences?: readonly SentenceReading[];
  /** How many sentences there are, and are negative, where that is all that was asked for. */
  readonly sentenceCounts?: { readonly all: number; readonly negative: number };
  readonly aspects?: readonly AspectReading[];
  /** Best first. */
  readonly terms?: readonly TermReading[];
}

/** What a user may ask of any text engine. */
export interface TextOptions {
  readonly features: readonly TextFeature[];
  /** ISO 639-1 of all texts; null finds it for each text and sentence. */
  readonly language: string | null;
  /** It is enough to count the sentences; an engine may give them nevertheless. */
  readonly countsSentences?: boolean;
  /** Names that are products or brands, for entities. */
  readonly brands: readonly string[];
  /** Folder of an ONNX text classifier that gives the sentiment instead of the engine's own; local engine only. */
  readonly modelDirectory: string | null;
}

/** An engine that reads texts. It is never given a text without any character but white space. */
export type TextEngine = Engine<TextDocument, TextReading>;

// --- speech and what is heard in it ----------------------------------------------------------------------------------

/** Samples a second that engines are given. */
export const SPEECH_RATE = 16_000;

/**
 * A stretch of one channel of a recording, cut at silences and short enough for any engine (30 s at most). It may be
 * without samples: a recording in which nobody speaks has one such piece.
 */
export interface SpeechPiece {
  /** Number of the channel from 1, or null where all channels were mixed to one. */
  readonly channel: number | null;
  /** Channels of the recording, where they are heard one by one. */
  readonly channelCount?: number;
  /** Where the piece starts on the clock of the recording, in seconds. */
  readonly startSeconds: number;
  /** Mono, 16 kHz, signed 16 bit. */
  readonly samples: Int16Array;
  /** The first seconds of speech of the same channel (10 s at most), by which the language that it begins with is found; the same for all its pieces. */
  readonly languageProbe: Int16Array;
  /** Length of the whole recording in seconds; it is read as a stream, so that only its last piece knows: null before. */
  readonly recordingSeconds: number | null;
  /** The last piece of the recording; none is where the recording ends with an error, which then follows as a failed input. */
  readonly isLast: boolean;
}

/** A whole recording where the vendor can read it: it is sent by name, and nothing of it is known here. */
export interface StoredRecording {
  /** Such as `gs://bucket/calls/a.wav`. */
  readonly uri: string;
  /** Hear each channel on its own. */
  readonly splitChannels: boolean;
}

/** What an engine may be given to hear. */
export type SpeechInput = SpeechPiece | StoredRecording;

export function isStored(input: SpeechInput): input is StoredRecording {
  return 'uri' in input;
}

export interface TranscriptWord {
  /** With its punctuation. */
  readonly text: string;
  /** Seconds from the start of the piece. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** 0 to 1, or null where the engine gives none. */
  readonly confidence: number | null;
}

/** What was said without a longer pause, by one speaker where speakers are told apart. */
export interface TranscriptSegment {
  readonly text: string;
  /** Seconds from the start of the piece. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly confidence: number | null;
  /** Such as `1`; null where speakers are not told apart. */
  readonly speaker: string | null;
  readonly words: readonly TranscriptWord[];
  /** In the reading of a whole recording: the channel, from 1, or null where all were heard as one. */
  readonly channel?: number | null;
  /** Where not all of a reading is in one language: ISO 639-1, or null where unknown. */
  readonly language?: string | null;
  /** The model that heard it, where not all of a reading was heard by one. */
  readonly model?: string;
  /** `language-doubtful`: it is probably in another language than the one that it was heard in. */
  readonly flags?: readonly 'language-doubtful'[];
}

/** A stretch in which somebody speaks, but nothing could be understood; seconds from the start of the piece. */
export interface UnintelligibleStretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface SpeechReading {
  /** ISO 639-1, or null where nothing was said. */
  readonly language: string | null;
  readonly model: string;
  /** In the order of time; none where nothing was said. */
  readonly segments: readonly TranscriptSegment[];
  /** In the order of time; engines that do not tell leave it out. */
  readonly unintelligible?: readonly UnintelligibleStretch[];
  /** Seconds that a whole recording was billed as, where the service tells. */
  readonly billedSeconds?: number;
}

export interface SpeechOptions {
  /** ISO 639-1 codes that may be spoken, likeliest first; more than one: found by the engine. */
  readonly languages: readonly string[];
  /** The engine's own model name, or null for its usual one. */
  readonly model: string | null;
  /** Words that are likely to be said (names); engines that cannot use them ignore them. */
  readonly hints: readonly string[];
  /** Tell speakers apart, where the engine can; labels of different pieces are not the same person. */
  readonly diarize: boolean;
  /** Version of the vendor's service; engines that have none ignore it. */
  readonly api: 'v1' | 'v2';
  /** Where the vendor hears it, by its own name, or null for the usual place; engines on this machine ignore it. */
  readonly location: string | null;
}

/**
 * An engine that hears speech. It is never given a piece without samples, nor a stored recording where it is not the
 * vendor's that keeps it.
 */
export type SpeechEngine = Engine<SpeechInput, SpeechReading>;

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
  /** For the pauses between asking after an operation. */
  readonly clock: Clock;
  /** Tells the user one line (a model is being fetched, a slower runtime is used). */
  readonly note: (message: string) => void;
  /** Told how much is here of what is being fetched, in bytes. */
  readonly onFetch?: (received: number, total: number) => void;
  /** Ends what is being fetched; calls have signals of their own. */
  readonly signal?: AbortSignal;
}
