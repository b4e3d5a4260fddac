/** A pool of worker processes that read pages; each starts with its first page and keeps its engines loaded. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { RunError } from '../../model.js';
import {
  type PageAnswer,
  type PageJob,
  type PageReply,
  type PageRequest,
  READY,
  type ReaderSettings,
} from './protocol.js';

export interface PoolSettings {
  readonly workers: number;
  /** Module of the worker's entry. */
  readonly entry: URL;
  /** Environment of the workers. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A worker that needs longer for a page is ended. */
  readonly pageTimeoutMs: number;
  readonly reader: ReaderSettings;
}

export interface WorkerPool {
  /** Reads a page as soon as a worker is free. Rejects with the signal's reason when aborted. */
  read(job: PageJob, signal: AbortSignal): Promise<PageAnswer>;
  /** Ends all workers; pages that were being read reject. */
  close(): Promise<void>;
}

/** Characters kept of what a worker last said on standard error. */
const COMPLAINT_LENGTH = 2000;

/** Tries at a page whose worker died: a second one tells a page that kills from a process that was killed. */
const MAX_TRIES = 2;

/**
 * Settings of glibc's allocator: big buffers go back to the system when they are freed, and threads share heaps. Without
 * them two workers keep 300 MB that they no longer use.
 */
const RETURN_MEMORY = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '16777216', MALLOC_TRIM_THRESHOLD_: '67108864' };

const CRASHED: PageAnswer = {
  ok: false,
  error: {
    code: 'ENGINE_CRASHED',
    message: 'the reader process died on this page, twice; convert the file to another format, or report it',
    isRetryable: true,
  },
};

type Ending = { readonly kind: 'answer'; readonly answer: PageAnswer } | { readonly kind: 'died' | 'late' };

/** One process at a time; a new one replaces one that died. */
class Worker {
  readonly #settings: PoolSettings;
  #process: ChildProcess | null = null;
  #isReady = false;
  #complaint = '';
  #nextId = 0;
  #isClosed = false;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
  }

  async read(job: PageJob, signal: AbortSignal): Promise<PageAnswer> {
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      const ending = await this.#attempt(job, signal);
      if (ending.kind === 'answer') return ending.answer;
      if (!this.#isReady && !this.#isClosed) throw cannotStart(this.#complaint);
      if (ending.kind === 'late') return timeoutAnswer(this.#settings.pageTimeoutMs);
    }
    return CRASHED;
  }

  async close(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    this.#isClosed = true;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      // Idle workers keep no process alive; this one is waited for.
      child.ref();
      child.once('exit', () => resolve());
      // Nothing is lost: a worker holds no files open for writing, and polite ends would wait for the page.
      child.kill('SIGKILL');
    });
  }

  async #attempt(job: PageJob, signal: AbortSignal): Promise<Ending> {
    signal.throwIfAborted();
    if (this.#isClosed) throw new Error('the engine is closed');
    const child = this.#running();
    const request: PageRequest = { id: this.#nextId++, job, settings: this.#settings.reader };
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        child.off('error', onExit);
        signal.removeEventListener('abort', onAbort);
        finish();
      };
      const discard = (): void => {
        if (this.#process === child) this.#process = null;
        child.kill('SIGKILL');
      };
      const onMessage = (reply: PageReply | typeof READY): void => {
        if (reply === READY) this.#isReady = true;
        else if (reply.id === request.id) settle(() => resolve({ kind: 'answer', answer: reply.answer }));
      };
      const onExit = (): void => {
        discard();
        settle(() => resolve({ kind: 'died' }));
      };
      const onAbort = (): void => {
        discard();
        settle(() => reject(signal.reason));
      };
      const timer = setTimeout(() => {
        discard();
        settle(() => resolve({ kind: 'late' }));
      }, this.#settings.pageTimeoutMs);
      child.on('message', onMessage);
      child.once('exit', onExit);
      child.once('error', onExit);
      signal.addEventListener('abort', onAbort, { once: true });
      child.send(request, (error) => {
        if (error !== null) onExit();
      });
    });
  }

  #running(): ChildProcess {
    if (this.#process?.connected === true) return this.#process;
    const child = fork(this.#settings.entry, {
      serialization: 'advanced',
      env: { ...RETURN_MEMORY, ...this.#settings.env },
      execArgv: [],
      // In a process group of its own: Ctrl-C reaches the run alone, which decides what is still finished.
      detached: true,
      // Rows go to standard output: engines that print must not.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#isReady = false;
    this.#complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-COMPLAINT_LENGTH);
    });
    // The run's own work keeps it alive, not an idle worker.
    child.unref();
    child.channel?.unref();
    (child.stderr as Socket | null)?.unref();
    child.on('error', () => undefined);
    this.#process = child;
    return child;
  }
}

function cannotStart(complaint: string): RunError {
  const cause = /^\w*Error[^\n]*/m.exec(complaint)?.[0] ?? 'it says nothing';
  return new RunError(`the local engine cannot start (${cause}); see uxd doctor, or install uxd again`);
}

function timeoutAnswer(limitMs: number): PageAnswer {
  const message = `the page was not read within ${Math.round(limitMs / 1000)} s; give --timeout or a smaller picture`;
  return { ok: false, error: { code: 'ENGINE_TIMEOUT', message, isRetryable: true } };
}

/** A pool that starts nothing until the first page. */
export function createWorkerPool(settings: PoolSettings): WorkerPool {
  const idle = Array.from({ length: settings.workers }, () => new Worker(settings));
  const all = [...idle];
  const waiting: ((worker: Worker) => void)[] = [];
  const release = (worker: Worker): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
  };
  return {
    async read(job, signal) {
      // The worker used last comes first: its engines are loaded.
      const worker = idle.pop() ?? (await new Promise<Worker>((resolve) => waiting.push(resolve)));
      try {
        return await worker.read(job, signal);
      } finally {
        release(worker);
      }
    },
    async close() {
      await Promise.all(all.map((worker) => worker.close()));
    },
  };
}
