/** Long-running operations of a Google service: started, asked after until they are done, cancelled when unwanted. */
import { type Clock, ProviderError } from '../../model.js';

/** A `google.rpc.Status`. */
export interface OperationError {
  readonly code?: number | null;
  readonly message?: string | null;
}

/** A `google.longrunning.Operation`, its response decoded. */
export interface OperationState<R> {
  readonly name: string;
  readonly isDone: boolean;
  readonly error: OperationError | null;
  readonly response: R | null;
}

/** One call to the service; rejects with the signal's reason, a ProviderError, or a bug. */
export type CallService = <A>(method: string, request: object, signal: AbortSignal) => Promise<A>;

/** Pauses between asking, in milliseconds: the first, and the longest that they grow to. */
export interface PollPauses {
  readonly firstMs: number;
  readonly longestMs: number;
}

const PAUSE_GROWTH = 1.5;
/** An operation that takes longer will not end: Google allows itself a day for the least urgent ones. */
const LONGEST_OPERATION_MS = 24 * 3_600_000;
/** Asking may fail for so long before the operation is given up. */
const LONGEST_SILENCE_MS = 10 * 60_000;
const CANCEL_TIMEOUT_MS = 3_000;

/**
 * The operations of one run. Asking again after a failure is no retry: nothing is started, or paid, twice; starting is
 * never tried again here.
 */
export class Operations {
  readonly #call: CallService;
  readonly #clock: Clock;
  readonly #pauses: PollPauses;
  readonly #cancelling = new Set<Promise<unknown>>();

  constructor(call: CallService, clock: Clock, pauses: PollPauses) {
    this.#call = call;
    this.#clock = clock;
    this.#pauses = pauses;
  }

  /**
   * Starts an operation and waits until it is done. When the signal is aborted, or it is given up, it is cancelled.
   *
   * @throws the signal's reason; ProviderError of starting it; one that may not be tried again where it was started but
   * its end could not be learned, since another would be paid again
   */
  async run<R>(method: string, request: object, signal: AbortSignal): Promise<OperationState<R>> {
    const started = await this.#call<OperationState<R>>(method, request, signal);
    if (started.isDone) return started;
    try {
      return await this.#follow<R>(started.name, signal);
    } catch (error) {
      this.#cancel(started.name);
      throw error;
    }
  }

  /** Waits until what was cancelled is told to the service. */
  async close(): Promise<void> {
    await Promise.all(this.#cancelling);
  }

  async #follow<R>(name: string, signal: AbortSignal): Promise<OperationState<R>> {
    const startedAt = this.#clock.now();
    let heardAt = startedAt;
    for (let pauseMs = this.#pauses.firstMs; ; pauseMs = Math.min(this.#pauses.longestMs, pauseMs * PAUSE_GROWTH)) {
      await this.#clock.sleep(pauseMs, signal);
      try {
        const state = await this.#call<OperationState<R>>('getOperation', { name }, signal);
        if (state.isDone) return state;
        heardAt = this.#clock.now();
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ProviderError)) throw error;
        if (!error.isRetryable || this.#clock.now() - heardAt > LONGEST_SILENCE_MS) throw lost(name, error);
      }
      if (this.#clock.now() - startedAt > LONGEST_OPERATION_MS) throw endless(name);
    }
  }

  /** Whether the service has heard it or not: the run does not wait longer, and nobody can do more. */
  #cancel(name: string): void {
    const signal = AbortSignal.timeout(CANCEL_TIMEOUT_MS);
    const cancelling = this.#call('cancelOperation', { name }, signal)
      .catch(() => undefined)
      .finally(() => this.#cancelling.delete(cancelling));
    this.#cancelling.add(cancelling);
  }
}

function lost(name: string, error: ProviderError): ProviderError {
  if (error.scope === 'run') return error;
  const text = `the operation ${name} was started, but how it ends could not be learned (${error.message})`;
  return new ProviderError('OPERATION_LOST', text, { isRetryable: false });
}

function endless(name: string): ProviderError {
  const text = `the operation ${name} did not end within a day; it was cancelled`;
  return new ProviderError('OPERATION_LOST', text, { isRetryable: false });
}
