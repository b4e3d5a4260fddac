// A loopback Cloud Vision for tests and benchmarks: the real client talks to it over gRPC. It can fail, hang, throttle
// and answer per-image errors, by a plan that a seed makes repeatable.
//
// In a test:      const server = await startVisionServer({ latencyMs: 5 }); ... await server.close();
// As a process:   node test/support/vision-server.mjs '{"latencyMs": 200}'
//   prints {"port", "statsPort"} on one line and runs until it is killed; GET /stats gives the counters, POST /options
//   changes the options, POST /reset sets the counters to zero.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import gax from 'google-gax';
import { STATUS, serveGrpc, statusDetails } from './grpc-loopback.mjs';
import { answerFor, hashOf, POISON_BATCH, POISON_IMAGE, sizeOf } from './vision-answers.mjs';

const SERVICE = '/google.cloud.vision.v1.ImageAnnotator/';
const MAX_IMAGES = 16;
const MAX_REQUEST_BYTES = 41_943_040;
const MAX_IMAGE_BYTES = 20 * 1024 * 1024;
const MAX_PAGES = 5;
const UNAVAILABLE = { code: STATUS.UNAVAILABLE, message: 'The service is currently unavailable.' };

/**
 * @typedef {'UNAVAILABLE' | 'INTERNAL' | 'RESOURCE_EXHAUSTED' | 'DEADLINE_EXCEEDED' | 'ABORTED' | 'HANG' | 'RESET'
 *   | 'RST_STREAM' | 'IMAGE_ERRORS' | 'MISSING_IMAGE'} FaultKind
 *
 * @typedef {object} VisionServerOptions
 * @property {number} [port]           0 or absent: a free one
 * @property {number} [latencyMs]      time to the answer of a call that succeeds
 * @property {number} [seed]           of the fault plan
 * @property {number} [faultRate]      share of calls that fail, 0 to 1
 * @property {FaultKind[]} [faultKinds] which way they fail, drawn with equal chance
 *   (IMAGE_ERRORS: every other picture or page of the answer fails; MISSING_IMAGE: the last is left out)
 * @property {FaultKind[]} [script]    the first calls fail so, in turn, whatever the rate
 * @property {number} [retryAfterMs]   RetryInfo of RESOURCE_EXHAUSTED; absent: none is sent
 * @property {{ calls: number, windowMs: number, kind?: 'window' | 'bucket' }} [quota] `window` (the default) counts the
 *   calls since the window began, `bucket` refills evenly and starts full
 * @property {{ code: keyof typeof STATUS, message: string, reason?: string, consumer?: string }} [always] every call
 *   fails so
 */

/** The small generator mulberry32: the same seed gives the same plan. */
function randomSource(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function loadTypes() {
  const require = createRequire(import.meta.url);
  const root = gax.protobuf.Root.fromJSON(require('@google-cloud/vision/build/protos/protos.json'));
  const typeOf = (name) => root.lookupType(`google.cloud.vision.v1.${name}`);
  return {
    BatchAnnotateImages: [typeOf('BatchAnnotateImagesRequest'), typeOf('BatchAnnotateImagesResponse')],
    BatchAnnotateFiles: [typeOf('BatchAnnotateFilesRequest'), typeOf('BatchAnnotateFilesResponse')],
  };
}

function emptyStats() {
  return {
    calls: 0,
    answered: 0,
    refused: 0,
    failed: 0,
    hung: 0,
    images: 0,
    pages: 0,
    inFlight: 0,
    maxInFlight: 0,
    maxImagesPerCall: 0,
    maxRequestBytes: 0,
    /** @type {Record<string, number>} answers without an error by sha256 of the picture or file (and pages) */
    answersByHash: {},
    /** @type {string[]} what the requests asked for, without repeats */
    features: [],
    /** @type {string[]} */
    languageHints: [],
    /** Milliseconds since the epoch of the first and last call. */
    firstCallAt: 0,
    lastCallAt: 0,
  };
}

class VisionServer {
  #types = loadTypes();
  #options;
  #random;
  #scriptAt = 0;
  #windowStart = 0;
  #windowCalls = 0;
  #tokens = Number.NaN;
  stats = emptyStats();

  /** @param {VisionServerOptions} options */
  constructor(options) {
    this.#options = options;
    this.#random = randomSource(options.seed ?? 1);
  }

  /** @param {Partial<VisionServerOptions>} options */
  configure(options) {
    this.#options = { ...this.#options, ...options };
    if (options.seed !== undefined) this.#random = randomSource(options.seed);
    if (options.script !== undefined) this.#scriptAt = 0;
    if (options.quota !== undefined) this.#windowStart = 0;
  }

  resetStats() {
    this.stats = { ...emptyStats(), inFlight: this.stats.inFlight };
  }

  /** @param {string} path @param {Buffer} message */
  async handle(path, message) {
    const method = path.slice(SERVICE.length);
    const types = path.startsWith(SERVICE) ? this.#types[method] : undefined;
    if (!types) return { kind: 'status', code: STATUS.UNIMPLEMENTED, message: `no method ${path}` };
    this.#count(message);
    this.stats.inFlight += 1;
    this.stats.maxInFlight = Math.max(this.stats.maxInFlight, this.stats.inFlight);
    try {
      return await this.#answer(method, types, message);
    } finally {
      this.stats.inFlight -= 1;
    }
  }

  #count(message) {
    this.stats.calls += 1;
    this.stats.maxRequestBytes = Math.max(this.stats.maxRequestBytes, message.length);
    this.stats.firstCallAt ||= Date.now();
    this.stats.lastCallAt = Date.now();
  }

  async #answer(method, [requestType, responseType], message) {
    const { always, latencyMs = 0 } = this.#options;
    if (always) return this.#status(always.code, always.message, { reason: always.reason, consumer: always.consumer });
    if (!this.#admit()) return this.#refuse();
    const fault = this.#nextFault();
    const ending = fault && this.#fail(fault);
    if (ending) return ending;
    if (message.length > MAX_REQUEST_BYTES) {
      return this.#status('INVALID_ARGUMENT', `Request payload size exceeds the limit: ${MAX_REQUEST_BYTES} bytes.`);
    }
    const request = requestType.toObject(requestType.decode(message), { enums: String, defaults: true });
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const result = method === 'BatchAnnotateFiles' ? this.#files(request, fault) : this.#images(request, fault);
    if ('code' in result) return this.#status(result.code, result.message);
    this.stats.answered += 1;
    return { kind: 'answer', message: Buffer.from(responseType.encode(responseType.fromObject(result)).finish()) };
  }

  #status(name, message, facts = {}) {
    this.stats.failed += 1;
    const code = STATUS[name];
    const hasDetails = facts.retryAfterMs !== undefined || facts.reason !== undefined;
    return { kind: 'status', code, message, ...(hasDetails && { details: statusDetails(code, message, facts) }) };
  }

  #refuse() {
    this.stats.refused += 1;
    const message = "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute'.";
    return this.#status('RESOURCE_EXHAUSTED', message, { retryAfterMs: this.#options.retryAfterMs });
  }

  #admit() {
    const { quota } = this.#options;
    if (!quota) return true;
    const now = Date.now();
    if (quota.kind === 'bucket') return this.#takeToken(quota, now);
    if (now - this.#windowStart >= quota.windowMs) {
      this.#windowStart = now;
      this.#windowCalls = 0;
    }
    this.#windowCalls += 1;
    return this.#windowCalls <= quota.calls;
  }

  #takeToken(quota, now) {
    const refill = ((now - this.#windowStart) * quota.calls) / quota.windowMs;
    this.#tokens = this.#windowStart === 0 ? quota.calls : Math.min(quota.calls, this.#tokens + refill);
    this.#windowStart = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  #nextFault() {
    const { script = [], faultRate = 0, faultKinds = [] } = this.#options;
    if (this.#scriptAt < script.length) return script[this.#scriptAt++];
    if (faultKinds.length === 0 || this.#random() >= faultRate) return null;
    return faultKinds[Math.floor(this.#random() * faultKinds.length)];
  }

  /** The end of a call that fails as a whole; null for faults of single pictures. */
  #fail(fault) {
    if (fault === 'IMAGE_ERRORS' || fault === 'MISSING_IMAGE') return null;
    if (fault === 'RESOURCE_EXHAUSTED') return this.#refuse();
    if (fault === 'HANG') this.stats.hung += 1;
    if (fault === 'HANG') return { kind: 'hang' };
    if (fault === 'RESET') this.stats.failed += 1;
    if (fault === 'RESET') return { kind: 'reset' };
    if (fault === 'RST_STREAM') this.stats.failed += 1;
    if (fault === 'RST_STREAM') return { kind: 'rst-stream' };
    return this.#status(fault, `the loopback server was told to answer ${fault}`);
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
    return answerFor({ hash, length: picture.length }, { ...size, isNormalized: false }, this.#typesAsked(request));
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
export async function startVisionServer(options = {}) {
  const vision = new VisionServer(options);
  const { port, close } = await serveGrpc((path, message) => vision.handle(path, message), options.port);
  return {
    port,
    /** For `--endpoint`. */
    endpoint: `http://127.0.0.1:${port}`,
    get stats() {
      return vision.stats;
    },
    /** @param {Partial<VisionServerOptions>} changes */
    configure: (changes) => vision.configure(changes),
    resetStats: () => vision.resetStats(),
    close,
  };
}

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}

async function main() {
  const server = await startVisionServer(JSON.parse(process.argv[2] ?? '{}'));
  const control = createServer(async (request, response) => {
    if (request.method === 'POST' && request.url === '/options') server.configure(await readJson(request));
    if (request.method === 'POST' && request.url === '/reset') server.resetStats();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(server.stats));
  });
  control.listen(0, '127.0.0.1', () => {
    const { port: statsPort } = /** @type {import('node:net').AddressInfo} */ (control.address());
    process.stdout.write(`${JSON.stringify({ port: server.port, statsPort, endpoint: server.endpoint })}\n`);
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
