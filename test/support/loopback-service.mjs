// What the loopback servers of Google's services have in common: a plan of faults that a seed makes repeatable, a quota,
// counters, and a process that can be steered over HTTP.

import { createServer } from 'node:http';
import { randomSource } from '../../scripts/random.mjs';
import { STATUS, serveGrpc, statusDetails } from './grpc-loopback.mjs';

/**
 * @typedef {'UNAVAILABLE' | 'INTERNAL' | 'RESOURCE_EXHAUSTED' | 'DEADLINE_EXCEEDED' | 'ABORTED' | 'HANG' | 'RESET'
 *   | 'RST_STREAM'} CallFault
 */

/**
 * @template {string} Fault
 * @typedef {object} ServiceOptions
 * @property {number} [port]           0 or absent: a free one
 * @property {number} [latencyMs]      time to the answer of a call that succeeds
 * @property {number} [seed]           of the fault plan
 * @property {number} [faultRate]      share of calls that fail, 0 to 1
 * @property {Fault[]} [faultKinds]    which way they fail, drawn with equal chance
 * @property {Fault[]} [script]        the first calls fail so, in turn, whatever the rate
 * @property {number} [retryAfterMs]   RetryInfo of RESOURCE_EXHAUSTED; absent: none is sent
 * @property {{ calls: number, windowMs: number, kind?: 'window' | 'bucket' }} [quota] `window` (the default) counts the
 *   calls since the window began, `bucket` refills evenly and starts full
 * @property {{ code: keyof typeof STATUS, message: string, reason?: string, consumer?: string }} [always] every call
 *   fails so
 */

function callStats() {
  return {
    calls: 0,
    answered: 0,
    refused: 0,
    failed: 0,
    hung: 0,
    inFlight: 0,
    maxInFlight: 0,
    maxRequestBytes: 0,
    /** Milliseconds since the epoch of the first and last call. */
    firstCallAt: 0,
    lastCallAt: 0,
  };
}

/**
 * A service with a plan of faults. Subclasses give the messages of each path, counters of their own, and the answer to
 * a request: the response as an object, or `{ code, message }` of a refusal.
 *
 * @template {object} Stats
 */
export class LoopbackService {
  #options;
  #random;
  #scriptAt = 0;
  #windowStart = 0;
  #windowCalls = 0;
  #tokens = Number.NaN;
  #emptyStats;
  #types;
  #answerFaults;

  /**
   * @param {ServiceOptions<any>} options
   * @param {object} service
   * @param {Record<string, [any, any]>} service.types request and response by path
   * @param {string[]} service.answerFaults faults that do not end the call but spoil its answer
   * @param {() => Stats} service.emptyStats
   */
  constructor(options, { types, answerFaults, emptyStats }) {
    this.#options = options;
    this.#random = randomSource(options.seed ?? 1).uniform;
    this.#types = types;
    this.#answerFaults = new Set(answerFaults);
    this.#emptyStats = emptyStats;
    /** @type {ReturnType<typeof callStats> & Stats} */
    this.stats = { ...callStats(), ...emptyStats() };
  }

  /** @param {Partial<ServiceOptions<any>>} options */
  configure(options) {
    this.#options = { ...this.#options, ...options };
    if (options.seed !== undefined) this.#random = randomSource(options.seed).uniform;
    if (options.script !== undefined) this.#scriptAt = 0;
    if (options.quota !== undefined) this.#windowStart = 0;
  }

  resetStats() {
    this.stats = { ...callStats(), ...this.#emptyStats(), inFlight: this.stats.inFlight };
  }

  /**
   * @param {string} path
   * @param {Buffer} message
   * @param {import('node:http2').IncomingHttpHeaders} [_headers] for subclasses that look at them
   */
  async handle(path, message, _headers) {
    const types = this.#types[path];
    if (!types) return { kind: 'status', code: STATUS.UNIMPLEMENTED, message: `no method ${path}` };
    this.#count(message);
    this.stats.inFlight += 1;
    this.stats.maxInFlight = Math.max(this.stats.maxInFlight, this.stats.inFlight);
    try {
      return await this.#respond(path, types, message);
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

  async #respond(path, [requestType, responseType], message) {
    const { always, latencyMs = 0 } = this.#options;
    if (always) return this.#status(always.code, always.message, { reason: always.reason, consumer: always.consumer });
    if (!this.#admit()) return this.#refuse();
    const fault = this.#nextFault();
    const ending = fault && this.#fail(fault);
    if (ending) return ending;
    const request = requestType.toObject(requestType.decode(message), { enums: String, defaults: true });
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const result = this.answer(path, request, fault, message.length);
    if ('code' in result) return this.#status(result.code, result.message);
    this.stats.answered += 1;
    const bytes = Buffer.from(responseType.encode(responseType.fromObject(result)).finish());
    return { kind: 'answer', message: this.spoil(bytes, fault, path) };
  }

  /**
   * The bytes of an answer as they are sent, for subclasses with faults that spoil them.
   * @param {Buffer} bytes
   * @param {string | null} _fault
   * @param {string} _path
   */
  spoil(bytes, _fault, _path) {
    return bytes;
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

  /** The end of a call that fails as a whole; null for faults of the answer. */
  #fail(fault) {
    if (this.#answerFaults.has(fault)) return null;
    if (fault === 'RESOURCE_EXHAUSTED') return this.#refuse();
    if (fault === 'HANG') this.stats.hung += 1;
    if (fault === 'HANG') return { kind: 'hang' };
    if (fault === 'RESET') this.stats.failed += 1;
    if (fault === 'RESET') return { kind: 'reset' };
    if (fault === 'RST_STREAM') this.stats.failed += 1;
    if (fault === 'RST_STREAM') return { kind: 'rst-stream' };
    return this.#status(fault, `the loopback server was told to answer ${fault}`);
  }
}

/**
 * Serves it on the loopback.
 * @template {LoopbackService<any>} S
 * @param {S} service
 * @param {number} [port]
 */
export async function startService(service, port) {
  const { port: boundPort, close } = await serveGrpc((...call) => service.handle(...call), port);
  return {
    port: boundPort,
    /** For `--endpoint`. */
    endpoint: `http://127.0.0.1:${boundPort}`,
    /** @returns {S['stats']} */
    get stats() {
      return service.stats;
    },
    /** @param {Parameters<S['configure']>[0]} changes */
    configure: (changes) => service.configure(changes),
    resetStats: () => service.resetStats(),
    close,
  };
}

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}

/**
 * Serves it as a process: prints {"port", "statsPort"} on one line and runs until it is killed; GET /stats gives the
 * counters, POST /options changes the options, POST /reset sets the counters to zero.
 */
export async function runServer(start) {
  const server = await start(JSON.parse(process.argv[2] ?? '{}'));
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
