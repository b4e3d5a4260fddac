// A loopback Cloud Vision for tests and benchmarks: the real client talks to it over gRPC. It can fail, hang, throttle
// and answer per-image errors, by a plan that a seed makes repeatable.
//
// In a test:      const server = await startVisionServer({ latencyMs: 5 }); ... await server.close();
// As a process:   node test/support/vision-server.mjs '{"latencyMs": 200}'
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import gax from 'google-gax';
import { STATUS } from './grpc-loopback.mjs';
import { LoopbackService, runServer, startService } from './loopback-service.mjs';
import { answerFor, fullTextOfWords, hashOf, POISON_BATCH, POISON_IMAGE, sizeOf } from './vision-answers.mjs';

const SERVICE = '/google.cloud.vision.v1.ImageAnnotator/';
const MAX_IMAGES = 16;
const MAX_REQUEST_BYTES = 41_943_040;
const MAX_IMAGE_BYTES = 20 * 1024 * 1024;
const MAX_PAGES = 5;
const UNAVAILABLE = { code: STATUS.UNAVAILABLE, message: 'The service is currently unavailable.' };

/**
 * `readings`: what is read on pictures, by the hash of their bytes; others get words made of it.
 * IMAGE_ERRORS: every other picture or page of the answer fails; MISSING_IMAGE: the last is left out.
 * @typedef {import('./loopback-service.mjs').ServiceOptions<
 *   import('./loopback-service.mjs').CallFault | 'IMAGE_ERRORS' | 'MISSING_IMAGE'> & {
 *   readings?: Record<string, import('./vision-answers.mjs').GivenWord[]> }} VisionServerOptions
 */

function loadTypes() {
  const require = createRequire(import.meta.url);
  const root = gax.protobuf.Root.fromJSON(require('@google-cloud/vision/build/protos/protos.json'));
  const typeOf = (name) => root.lookupType(`google.cloud.vision.v1.${name}`);
  const methods = ['BatchAnnotateImages', 'BatchAnnotateFiles'];
  return Object.fromEntries(
    methods.map((method) => [`${SERVICE}${method}`, [typeOf(`${method}Request`), typeOf(`${method}Response`)]]),
  );
}

function emptyStats() {
  return {
    images: 0,
    pages: 0,
    maxImagesPerCall: 0,
    /** @type {Record<string, number>} answers without an error by sha256 of the picture or file (and pages) */
    answersByHash: {},
    /** @type {string[]} what the requests asked for, without repeats */
    features: [],
    /** @type {string[]} */
    languageHints: [],
  };
}

/** @extends {LoopbackService<ReturnType<typeof emptyStats>>} */
class VisionServer extends LoopbackService {
  #readings;

  /** @param {VisionServerOptions} options */
  constructor({ readings = {}, ...options }) {
    super(options, { types: loadTypes(), answerFaults: ['IMAGE_ERRORS', 'MISSING_IMAGE'], emptyStats });
    this.#readings = readings;
  }

  answer(path, request, fault, bytes) {
    if (bytes > MAX_REQUEST_BYTES) {
      const message = `Request payload size exceeds the limit: ${MAX_REQUEST_BYTES} bytes.`;
      return { code: 'INVALID_ARGUMENT', message };
    }
    return path.endsWith('/BatchAnnotateFiles') ? this.#files(request, fault) : this.#images(request, fault);
  }

  #images({ requests }, fault) {
    if (requests.length > MAX_IMAGES) return { code: 'INVALID_ARGUMENT', message: 'Too many images per request.' };
    this.stats.images += requests.length;
    this.stats.maxImagesPerCall = Math.max(this.stats.maxImagesPerCall, requests.length);
    const pictures = requests.map((request) => Buffer.from(request.image.content));
    if (pictures.some((picture) => picture.length === 0)) {
      return { code: 'INVALID_ARGUMENT', message: 'Request must specify image and features.' };
    }
    if (pictures.some((picture) => picture.includes(POISON_BATCH))) {
      return { code: 'INVALID_ARGUMENT', message: 'Bad image data.' };
    }
    const responses = pictures.map((picture, index) => this.#image(picture, requests[index], fault, index));
    if (fault === 'MISSING_IMAGE') responses.pop();
    return { responses };
  }

  #image(picture, request, fault, index) {
    if (fault === 'IMAGE_ERRORS' && index % 2 === 0) {
      return { error: UNAVAILABLE };
    }
    const size = sizeOf(picture);
    if (!size || picture.includes(POISON_IMAGE)) {
      return { error: { code: STATUS.INVALID_ARGUMENT, message: 'Bad image data.' } };
    }
    if (picture.length > MAX_IMAGE_BYTES) {
      return { error: { code: STATUS.INVALID_ARGUMENT, message: 'Image size exceeding allowed max (20.00M).' } };
    }
    const hash = hashOf(picture);
    this.#countAnswer(hash);
    const page = { ...size, isNormalized: false };
    const answer = answerFor({ hash, length: picture.length }, page, this.#typesAsked(request));
    const words = this.#readings[hash];
    return words ? { ...answer, fullTextAnnotation: fullTextOfWords(words, page) } : answer;
  }

  #files({ requests }, fault) {
    if (requests.length !== 1) return { code: 'INVALID_ARGUMENT', message: 'Only one file is supported per request.' };
    const [request] = requests;
    const { pages } = request;
    if (pages.length > MAX_PAGES) return { code: 'INVALID_ARGUMENT', message: 'At most 5 pages per request.' };
    const bytes = Buffer.from(request.inputConfig.content);
    if (!/^(application\/pdf|image\/tiff|image\/gif)$/.test(request.inputConfig.mimeType) || !sizeOf(bytes)) {
      return { responses: [{ error: { code: STATUS.INVALID_ARGUMENT, message: 'Bad file data.' } }] };
    }
    if (bytes.includes(POISON_IMAGE)) {
      return { responses: [{ error: { code: STATUS.INVALID_ARGUMENT, message: 'Bad file data.' } }] };
    }
    this.stats.pages += pages.length;
    const hash = hashOf(bytes);
    this.#countAnswer(`${hash}#${pages.join(',')}`);
    const size = { width: 612, height: 792, isNormalized: true };
    const responses = pages.map((pageNumber, index) => ({
      ...(fault === 'IMAGE_ERRORS' && index % 2 === 0
        ? { error: UNAVAILABLE }
        : answerFor({ hash, length: bytes.length }, size, this.#typesAsked(request), pageNumber)),
      context: { pageNumber },
    }));
    return { responses: [{ responses, totalPages: Math.max(...pages) }] };
  }

  #typesAsked(request) {
    const types = new Set(request.features.map((feature) => feature.type));
    this.stats.features = [...new Set([...this.stats.features, ...types])];
    this.stats.languageHints = [
      ...new Set([...this.stats.languageHints, ...(request.imageContext?.languageHints ?? [])]),
    ];
    return types;
  }

  #countAnswer(hash) {
    this.stats.answersByHash[hash] = (this.stats.answersByHash[hash] ?? 0) + 1;
  }
}

/**
 * Starts a server on the loopback.
 * @param {VisionServerOptions} [options]
 */
export function startVisionServer(options = {}) {
  return startService(new VisionServer(options), options.port);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await runServer(startVisionServer);
