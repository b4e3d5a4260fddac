/** A pool of worker processes; each starts with its first job and keeps its engines loaded. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { type ItemError, RunError } from '../../model.js';
import { type Failure, READY, type WorkerReply, type WorkerRequest } from './protocol.js';

export interface PoolSettings<Settings> {
  readonly workers: number;
  /** Module of the worker's entry. */
  readonly entry: URL;
  /** Environment of the workers. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Options of Node.js for the workers. */
  readonly nodeOptions?: readonly string[];
  /** A worker that needs longer for a job is ended. */
  readonly jobTimeoutMs: number;
  /** Sent with every job. */
  readonly settings: Settings;
  /** What is told of a job that killed its worker twice, and of one that took too long. */
  readonly complaints: { readonly crashed: string; readonly late: string };
}

export interface WorkerPool<Job, Answer> {
  /** Does a job as soon as a worker is free. Rejects with the signal's reason when aborted. */
  read(job: Job, signal: AbortSignal): Promise<Answer | Failure>;
  /** Ends all workers; jobs that were being done reject. */
  close(): Promise<void>;
}

/** Characters kept of what a worker last said on standard error. */
const COMPLAINT_LENGTH = 2000;

/** Tries at a job whose worker died: a second one tells a job that kills from a process that was killed. */
const MAX_TRIES = 2;

/**
 * Settings of glibc's allocator: big buffers go back to the system when they are freed, and threads share heaps. Without
 * them two workers keep 300 MB that they no longer use.
 */
const RETURN_MEMORY = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '16777216', MALLOC_TRIM_THRESHOLD_: '67108864' };

type Ending<Answer> = { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'died' | 'late' };

/** One process at a time; a new one replaces one that died. */
class Worker<Job, Settings, Answer> {
  readonly #settings: PoolSettings<Settings>;
  #process: ChildProcess | null = null;
  #isReady = false;
  #complaint = '';
  #nextId = 0;
  #isClosed = false;

  constructor(settings: PoolSettings<Settings>) {
    this.#settings = settings;
  }

  async read(job: Job, signal: AbortSignal): Promise<Answer | Failure> {
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      const ending = await this.#attempt(job, signal);
      if (ending.kind === 'answer') return ending.answer;
      if (!this.#isReady && !this.#isClosed) throw cannotStart(this.#complaint);
      if (ending.kind === 'late') return failure('ENGINE_TIMEOUT', this.#settings.complaints.late);
    }
    return failure('ENGINE_CRASHED', this.#settings.complaints.crashed);
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

  async #attempt(job: Job, signal: AbortSignal): Promise<Ending<Answer>> {
    signal.throwIfAborted();
    if (this.#isClosed) throw new Error('the engine is closed');
    const child = this.#running();
    const request: WorkerRequest<Job, Settings> = { id: this.#nextId++, job, settings: this.#settings.settings };
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
      const onMessage = (reply: WorkerReply<Answer> | typeof READY): void => {
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
      }, this.#settings.jobTimeoutMs);
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
      execArgv: [...(this.#settings.nodeOptions ?? [])],
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

function failure(code: ItemError['code'], message: string): Failure {
  return { ok: false, error: { code, message, isRetryable: true } };
}

/** A pool that starts nothing until the first job. */
export function createWorkerPool<Job, Settings, Answer>(settings: PoolSettings<Settings>): WorkerPool<Job, Answer> {
  const idle = Array.from({ length: settings.workers }, () => new Worker<Job, Settings, Answer>(settings));
  const all = [...idle];
  const waiting: ((worker: Worker<Job, Settings, Answer>) => void)[] = [];
  const release = (worker: Worker<Job, Settings, Answer>): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
  };
  return {
    async read(job, signal) {
      // The worker used last comes first: its engines are loaded.
      const worker =
        idle.pop() ?? (await new Promise<Worker<Job, Settings, Answer>>((resolve) => waiting.push(resolve)));
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
