/** A pool of worker threads that read batches of texts; each starts when there is work for it. */
import { Worker } from 'node:worker_threads';
import {
  type Outcome,
  ProviderError,
  RunError,
  type TextDocument,
  type TextOptions,
  type TextReading,
} from '../../../model.js';

export type TextJob = Pick<TextDocument, 'text' | 'format'>;

export interface TextRequest {
  readonly id: number;
  readonly jobs: readonly TextJob[];
}

/** Sent as JSON. `fault` where the reader itself cannot start (bad data). */
export type TextReply =
  | { readonly id: number; readonly outcomes: readonly Outcome<TextReading>[] }
  | { readonly id: number; readonly fault: string };

export interface TextPool {
  /** Reads a batch on the worker with the least to do. Rejects with the signal's reason when aborted. */
  read(jobs: readonly TextJob[], signal: AbortSignal): Promise<readonly Outcome<TextReading>[]>;
  close(): Promise<void>;
}

interface Pending {
  resolve(outcomes: readonly Outcome<TextReading>[]): void;
  reject(reason: unknown): void;
}

/** A thread that starts with its first batch, and again after it died. */
class Reader {
  readonly #entry: URL;
  readonly #options: TextOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #nextId = 0;

  constructor(entry: URL, options: TextOptions) {
    this.#entry = entry;
    this.#options = options;
  }

  get load(): number {
    return this.#pending.size;
  }

  get isStarted(): boolean {
    return this.#worker !== null;
  }

  read(jobs: readonly TextJob[]): Promise<readonly Outcome<TextReading>[]> {
    const worker = this.#running();
    const request: TextRequest = { id: this.#nextId++, jobs };
    return new Promise((resolve, reject) => {
      this.#pending.set(request.id, { resolve, reject });
      worker.ref();
      worker.postMessage(request);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    // An idle thread keeps no process alive; this one is waited for.
    worker?.ref();
    await worker?.terminate();
    this.#fail(new Error('the engine is closed'));
  }

  #running(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(this.#entry, { workerData: this.#options });
    worker.on('message', (reply: string) => this.#settle(worker, JSON.parse(reply) as TextReply));
    worker.on('error', (error) => this.#bury(worker, error.message));
    worker.on('exit', (code) => this.#bury(worker, `exit code ${code}`));
    this.#worker = worker;
    return worker;
  }

  #settle(worker: Worker, reply: TextReply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    // An idle thread keeps no process alive.
    if (this.#pending.size === 0) worker.unref();
    if ('fault' in reply) pending?.reject(new RunError(reply.fault));
    else pending?.resolve(reply.outcomes);
  }

  #bury(worker: Worker, cause: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const message = `a reader thread of the local engine died (${cause}); run again, with a smaller --concurrency where memory is short`;
    this.#fail(new ProviderError('ENGINE_CRASHED', message, { isRetryable: true, scope: 'batch' }));
  }

  #fail(reason: unknown): void {
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}

/** A thread costs more to start than the batch that is waiting for another. */
const BATCHES_BEFORE_ANOTHER = 2;

function readerFor(readers: readonly Reader[]): Reader {
  const leastOf = (some: readonly Reader[]): Reader | undefined => [...some].sort((a, b) => a.load - b.load)[0];
  const running = leastOf(readers.filter(({ isStarted }) => isStarted));
  const another = readers.find(({ isStarted }) => !isStarted);
  return running && (!another || running.load < BATCHES_BEFORE_ANOTHER) ? running : (another as Reader);
}

/** A pool that starts nothing until the first batch. */
export function createTextPool(entry: URL, options: TextOptions, workers: number): TextPool {
  const readers = Array.from({ length: workers }, () => new Reader(entry, options));
  return {
    async read(jobs, signal) {
      signal.throwIfAborted();
      const reader = readerFor(readers);
      return new Promise((resolve, reject) => {
        // What a thread has begun cannot be stopped half-way; its answer is dropped.
        const onAbort = (): void => reject(signal.reason);
        signal.addEventListener('abort', onAbort, { once: true });
        reader
          .read(jobs)
          .then(resolve, reject)
          .finally(() => signal.removeEventListener('abort', onAbort));
      });
    },
    async close() {
      await Promise.all(readers.map((reader) => reader.close()));
    },
  };
}
