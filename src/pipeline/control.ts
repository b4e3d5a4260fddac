import { setMaxListeners } from 'node:events';

/** Why a run ended before its inputs did, without being a failure of the program. */
export interface StopReason {
  readonly kind: 'signal' | 'budget' | 'quota' | 'errors' | 'closed-pipe';
  readonly message: string;
}

/** Thrown through waiting calls when the run is given up; never shown to the user. */
export class RunAborted extends Error {
  override readonly name = 'RunAborted';
}

/**
 * The two ways to end a run early. `stop` takes no more work and lets calls in flight finish; `abort` also cancels
 * those. The first reason given is kept.
 */
export class RunControl {
  readonly #stop = new AbortController();
  readonly #abort = new AbortController();
  #reason: StopReason | null = null;
  #failure: unknown = null;
  #isComplete = false;

  constructor() {
    // Every call in flight and every wait listens: that many are no leak.
    setMaxListeners(0, this.#stop.signal, this.#abort.signal);
  }

  /** Aborted once no more work may be started. */
  get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Aborted once calls in flight are to be cancelled. */
  get abortSignal(): AbortSignal {
    return this.#abort.signal;
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  get reason(): StopReason | null {
    return this.#reason;
  }

  /** The error that ended the run, or null. */
  get failure(): unknown {
    return this.#failure;
  }

  /** All work is done. A signal that came too late to leave anything out has stopped nothing, as have later ones. */
  complete(): void {
    if (this.#reason?.kind === 'signal') this.#reason = null;
    this.#isComplete = true;
  }

  stop(reason: StopReason): void {
    if (this.#isComplete) return;
    this.#reason ??= reason;
    this.#stop.abort(new RunAborted(reason.message));
  }

  abort(reason: StopReason): void {
    this.stop(reason);
    this.#abort.abort(new RunAborted(reason.message));
  }

  /**
   * Ends the run with an error; the first one is kept. Calls in flight finish: they are paid for, and the next run
   * finds their answers in the cache.
   */
  fail(error: unknown): void {
    if (error instanceof RunAborted) return;
    this.#failure ??= error;
    this.#stop.abort(new RunAborted('the run failed'));
  }
}
