/** Google Cloud Vision as an OCR engine. */
import type { protos } from '@google-cloud/vision';
import { InputError } from '../../io/input-error.js';
import type {
  Engine,
  EngineSettings,
  Item,
  ItemError,
  OcrEngine,
  OcrOptions,
  Outcome,
  PageReading,
  PageSpan,
} from '../../model.js';
import { Connection, parseEndpoint } from './client.js';
import { type GoogleService, toItemError } from './errors.js';
import { usdPerPage } from './prices.js';
import { type Frame, PARSER_REVISION, parseFeatures } from './vision-parse.js';
import { drawPages, framesOf, type Picture, preparePicture, readBytes } from './vision-pictures.js';
import { MODEL, requestParts } from './vision-request.js';

type Annotation = protos.google.cloud.vision.v1.IAnnotateImageResponse;
type VisionClient = InstanceType<typeof import('@google-cloud/vision/build/src/v1/index.js').ImageAnnotatorClient>;
type ImagesAnswer = protos.google.cloud.vision.v1.IBatchAnnotateImagesResponse;
type FilesAnswer = protos.google.cloud.vision.v1.IBatchAnnotateFilesResponse;
type Reading = Outcome<readonly PageReading[]>;

const VISION: GoogleService = { title: 'Cloud Vision', host: 'vision.googleapis.com', role: null };

/** Google's limits for a call: https://cloud.google.com/vision/quotas; the size is what its gRPC front-end takes. */
const MAX_PICTURES = 16;
const MAX_REQUEST_BYTES = 41_943_040;
/** Pages that a call may ask for of one file. */
export const MAX_PAGES_PER_CALL = 5;
/** Room for what a request holds beside pictures. */
const FRAMING_BYTES = 64 * 1024;
const MAX_CONTENT_BYTES = MAX_REQUEST_BYTES - FRAMING_BYTES;
/** Google's quota of calls for a project that did not ask for more. */
const REQUESTS_PER_MINUTE = 1800;
const PARALLEL_CALLS = 8;
/** Media types that Google reads page by page. */
const FILE_TYPES: ReadonlySet<string> = new Set(['application/pdf', 'image/tiff', 'image/gif']);

function isFile(span: PageSpan): boolean {
  return FILE_TYPES.has(span.mediaType);
}

function failure(code: string, message: string, isRetryable: boolean): ItemError {
  return { code, message: `${VISION.title}: ${message}`, isRetryable };
}

const MISSING = failure('MISSING_RESPONSE', 'the answer leaves this page out; try again', true);

function errorOf(annotation: Annotation | null | undefined): ItemError | null {
  if (!annotation) return MISSING;
  return annotation.error?.code ? toItemError(annotation.error, VISION) : null;
}

/** Splits pictures into calls; they nearly always fit into one, since the pipeline keeps to the engine's limits. */
function intoCalls(pictures: readonly Picture[]): readonly (readonly Picture[])[] {
  const calls: Picture[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const picture of pictures) {
    const last = calls.at(-1);
    bytes += picture.content.length;
    if (last && last.length < MAX_PICTURES && bytes <= MAX_CONTENT_BYTES) {
      last.push(picture);
    } else {
      calls.push([picture]);
      bytes = picture.content.length;
    }
  }
  return calls;
}

/** Reads pages with Cloud Vision. One connection serves the whole run. */
class GoogleOcrEngine implements Engine<PageSpan, readonly PageReading[]> {
  readonly id = 'google/vision';
  readonly version = `v1/${MODEL}/parser-${PARSER_REVISION}`;
  readonly isRemote = true;
  readonly limits;
  readonly billing;
  readonly #options: OcrOptions;
  readonly #connection: Connection<VisionClient>;
  readonly #parts: ReturnType<typeof requestParts>;
  /** Files of which some pages failed in a way that another call may clear: they are asked for once more, then kept. */
  readonly #askedAgain = new Set<string>();

  constructor(options: OcrOptions, settings: EngineSettings) {
    this.#options = options;
    this.#parts = requestParts(options);
    this.limits = {
      itemsPerBatch: MAX_PICTURES,
      bytesPerBatch: MAX_CONTENT_BYTES,
      parallelBatches: PARALLEL_CALLS,
      requestsPerMinute: parseEndpoint(settings.endpoint, VISION).isPlaintext ? null : REQUESTS_PER_MINUTE,
    };
    const pagePrice = usdPerPage(options.features);
    this.billing = {
      unitsOf: ({ payload }: Item<PageSpan>) => payload.pages.length * options.features.length,
      priceUsdOf: ({ payload }: Item<PageSpan>) => payload.pages.length * pagePrice,
    };
    this.#connection = new Connection(VISION, settings, async (clientOptions) => {
      const { ImageAnnotatorClient } = await import('@google-cloud/vision/build/src/v1/index.js');
      return new ImageAnnotatorClient(clientOptions);
    });
  }

  /** A call takes one file. */
  laneOf(item: Item<PageSpan>): string | null {
    return isFile(item.payload) ? null : 'pictures';
  }

  async processBatch(
    items: readonly Item<PageSpan>[],
    { signal }: { readonly signal: AbortSignal },
  ): Promise<readonly Reading[]> {
    const outcomes = new Map<Item<PageSpan>, Reading>();
    await this.#readPictures(
      items.filter((item) => !isFile(item.payload)),
      outcomes,
      signal,
    );
    for (const item of items.filter(({ payload }) => isFile(payload))) {
      outcomes.set(item, await this.#orInputError(() => this.#readFile(item, signal)));
    }
    return items.map((item) => outcomes.get(item) ?? { ok: false, error: MISSING });
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** What is wrong with one input does not concern its neighbours. */
  async #orInputError<V>(work: () => Promise<V>): Promise<V | { ok: false; error: ItemError }> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof InputError) return { ok: false, error: error.toItemError() };
      throw error;
    }
  }

  async #readPictures(
    items: readonly Item<PageSpan>[],
    outcomes: Map<Item<PageSpan>, Reading>,
    signal: AbortSignal,
  ): Promise<void> {
    const owners = new Map<Picture, Item<PageSpan>>();
    const prepared = await Promise.all(
      items.map((item) => this.#orInputError(() => preparePicture(item.payload, this.#options))),
    );
    for (const [index, item] of items.entries()) {
      const picture = prepared[index];
      if (picture && 'ok' in picture) outcomes.set(item, picture);
      else if (picture) owners.set(picture, item);
    }
    const annotations = await this.#annotate([...owners.keys()], signal);
    for (const [picture, item] of owners) {
      const annotation = annotations.get(picture);
      const error = errorOf(annotation);
      outcomes.set(
        item,
        error ? { ok: false, error } : { ok: true, value: [this.#toReading(picture, annotation ?? {})] },
      );
    }
  }

  /** One BatchAnnotateImages, or more where pictures grew by being turned upright. */
  async #annotate(pictures: readonly Picture[], signal: AbortSignal): Promise<Map<Picture, Annotation>> {
    const annotations = new Map<Picture, Annotation>();
    for (const call of intoCalls(pictures)) {
      const requests = call.map(({ content }) => ({ image: { content }, ...this.#parts }));
      const { responses } = await this.#connection.call<ImagesAnswer>('batchAnnotateImages', { requests }, signal);
      for (const [index, picture] of call.entries()) {
        const annotation = responses?.[index];
        if (annotation) annotations.set(picture, annotation);
      }
    }
    return annotations;
  }

  async #readFile(item: Item<PageSpan>, signal: AbortSignal): Promise<Reading> {
    const span = item.payload;
    const frames = await framesOf(span, this.#options);
    if (frames && span.fileBytes <= MAX_CONTENT_BYTES) return this.#readWholeFile(item, frames, signal);
    const pictures = await drawPages(span, this.#options);
    const annotations = await this.#annotate(pictures, signal);
    const readings = pictures.map((picture) => this.#toReading(picture, annotations.get(picture)));
    return this.#settle(item, readings);
  }

  /** BatchAnnotateFiles: Google takes the pages out of the file itself. */
  async #readWholeFile(item: Item<PageSpan>, frames: readonly Frame[], signal: AbortSignal): Promise<Reading> {
    const { path, mediaType, pages } = item.payload;
    const inputConfig = { content: await readBytes(path), mimeType: mediaType };
    const request = { requests: [{ inputConfig, pages: [...pages], ...this.#parts }] };
    const { responses } = await this.#connection.call<FilesAnswer>('batchAnnotateFiles', request, signal);
    const [file] = responses ?? [];
    if (!file) return { ok: false, error: MISSING };
    if (file.error?.code) return { ok: false, error: toItemError(file.error, VISION) };
    const byPage = new Map((file.responses ?? []).map((answer) => [answer.context?.pageNumber, answer]));
    const readings = pages.map((page, index) =>
      this.#toReading({ page, frame: frames[index] ?? { width: 0, height: 0, scale: 1 } }, byPage.get(page)),
    );
    return this.#settle(item, readings);
  }

  #toReading({ page, frame }: Pick<Picture, 'page' | 'frame'>, annotation: Annotation | undefined): PageReading {
    const { width, height } = frame;
    const error = errorOf(annotation);
    if (error) return { page, width, height, model: MODEL, error };
    return { page, width, height, model: MODEL, ...parseFeatures(annotation ?? {}, frame, this.#options.features) };
  }

  /** Asks once more for a file of which pages failed for the moment; after that the pages that were read are kept. */
  #settle(item: Item<PageSpan>, readings: readonly PageReading[]): Reading {
    const failed = readings.find(({ error }) => error?.isRetryable)?.error;
    if (failed && !this.#askedAgain.has(item.key)) {
      this.#askedAgain.add(item.key);
      return { ok: false, error: failed };
    }
    return { ok: true, value: readings };
  }
}

/**
 * Cloud Vision with the features and languages asked for. Nothing is loaded or sent before the first batch.
 *
 * @throws UsageError for an endpoint that is none
 */
export async function createGoogleOcrEngine(options: OcrOptions, settings: EngineSettings): Promise<OcrEngine> {
  return new GoogleOcrEngine(options, settings);
}
