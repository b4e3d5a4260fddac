import { type Clock, type Engine, type Item, type ItemError, type Outcome, ProviderError, RunError } from '../model.js';
import { childController, orAborted } from './abort.js';
import { backoffMs } from './backoff.js';
import type { RunControl } from './control.js';
import type { Admission, RateLimiter } from './rate-limiter.js';
import type { RunStats } from './stats.js';

export interface CallerSettings<P> {
  /** Attempts at an item before it becomes an error row; refusals for quota are not counted. */
  readonly maxAttempts: number;
  /** Time limit of a call on a remote engine, in milliseconds. */
  readonly timeoutMs: number;
  /** A service that refuses every call for this long ends the run (exit code 5). */
  readonly quotaPatienceMs: number;
  /** Runs a call when one of the places for calls in flight is free. */
  readonly inFlight: <T>(call: () => Promise<T>) => Promise<T>;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly random: () => number;
  readonly control: RunControl;
  readonly stats: RunStats;
  /** Told of items that are sent for the first time. */
  readonly onSent: (items: readonly Item<P>[]) => void;
}

/** Told of each item once, when nothing more will be tried for it. */
export type OnOutcome<P, V> = (item: Item<P>, outcome: Outcome<V>, attempts: number) => void;

type CallResult<V> = { readonly outcomes: readonly Outcome<V>[] } | { readonly error: ProviderError };

/** Time beyond an engine's own time limit after which a call is given up without it. */
const GRACE_MS = 5_000;

/** Calls given up, with none answered before, after which the service is taken to be out of reach. */
const CALLS_GIVEN_UP_IN_VAIN = 3;

/** Sends batches and does all the retrying: of whole calls, of single items, and of batches that one item spoils. */
export class Caller<P, V> {
  readonly #engine: Engine<P, V>;
  readonly #settings: CallerSettings<P>;
  readonly #onOutcome: OnOutcome<P, V>;
  #hasAnswered = false;
  #callsGivenUp = 0;

  constructor(engine: Engine<P, V>, settings: CallerSettings<P>, onOutcome: OnOutcome<P, V>) {
    this.#engine = engine;
    this.#settings = settings;
    this.#onOutcome = onOutcome;
  }

  /**
   * Resolves when every item of the batch has its outcome.
   *
   * @throws ProviderError of scope `run`, RunAborted, and whatever is a bug in the engine
   */
  async send(batch: readonly Item<P>[], attemptsBefore = 0): Promise<void> {
    let items = batch;
    let attempts = attemptsBefore;
    let isFirst = attempts === 0;
    while (items.length > 0) {
      const result = await this.#call(items, isFirst);
      isFirst = false;
      if ('error' in result && result.error.isQuota) continue;
      attempts += 1;
      if ('error' in result && result.error.scope === 'batch' && items.length > 1) {
        return this.#sendHalves(items, attempts);
      }
      items =
        'error' in result
          ? this.#afterError(items, result.error, attempts)
          : this.#afterAnswer(items, result.outcomes, attempts);
      if (items.length > 0) await this.#pause(attempts, 'error' in result ? result.error.retryAfterMs : undefined);
    }
  }

  /** Finds the item that spoils a batch by bisection; the others are answered on the way. */
  async #sendHalves(items: readonly Item<P>[], attempts: number): Promise<void> {
    const middle = Math.ceil(items.length / 2);
    await Promise.all([this.send(items.slice(0, middle), attempts), this.send(items.slice(middle), attempts)]);
  }

  /** Settles what will not be tried again and returns the rest. */
  #afterError(items: readonly Item<P>[], error: ProviderError, attempts: number): readonly Item<P>[] {
    const { code, message, isRetryable } = error;
    if (isRetryable && attempts >= this.#settings.maxAttempts) this.#giveUp(error);
    return items.filter((item) => this.#isWorthRetrying(item, { code, message, isRetryable }, attempts));
  }

  /** A service that never answered a call in this run is not there: the other items are not tried in vain. */
  #giveUp(error: ProviderError): void {
    this.#callsGivenUp += 1;
    if (this.#hasAnswered || this.#callsGivenUp < CALLS_GIVEN_UP_IN_VAIN) return;
    throw new RunError(`the service does not answer: ${error.message}; check the network, then run the command again`);
  }

  #afterAnswer(items: readonly Item<P>[], outcomes: readonly Outcome<V>[], attempts: number): readonly Item<P>[] {
    if (outcomes.length !== items.length) {
      throw new Error(`${this.#engine.id} gave ${outcomes.length} outcomes for ${items.length} items`);
    }
    return items.filter((item, position) => {
      const outcome = outcomes[position] as Outcome<V>;
      if (!outcome.ok) return this.#isWorthRetrying(item, outcome.error, attempts);
      this.#onOutcome(item, outcome, attempts);
      return false;
    });
  }

  #isWorthRetrying(item: Item<P>, error: ItemError, attempts: number): boolean {
    // An engine on this machine has done what it could by itself.
    if (this.#engine.isRemote && error.isRetryable && !error.isOfSource && attempts < this.#settings.maxAttempts)
      return true;
    this.#onOutcome(item, { ok: false, error }, attempts);
    return false;
  }

  #pause(attempts: number, retryAfterMs: number | undefined): Promise<void> {
    const { clock, control, random } = this.#settings;
    return clock.sleep(Math.max(retryAfterMs ?? 0, backoffMs(attempts, random)), control.stopSignal);
  }

  async #call(items: readonly Item<P>[], isFirst: boolean): Promise<CallResult<V>> {
    const { control, limiter, inFlight, onSent, stats } = this.#settings;
    return inFlight(async () => {
      const admission = await limiter.acquire(control.stopSignal);
      stats.calls += 1;
      if (isFirst) onSent(items);
      else stats.retries += 1;
      try {
        const outcomes = await this.#withTimeLimit(items);
        admission.accepted();
        this.#hasAnswered = true;
        return { outcomes };
      } catch (error) {
        return { error: this.#judge(error, admission) };
      }
    });
  }

  /** Tells an expected failure from a bug or the end of the run, which are thrown on. */
  #judge(error: unknown, admission: Admission): ProviderError {
    const { control, limiter, quotaPatienceMs, stats } = this.#settings;
    const isQuota = error instanceof ProviderError && error.isQuota;
    if (isQuota) admission.refused(error.retryAfterMs);
    else admission.accepted();
    control.abortSignal.throwIfAborted();
    if (!(error instanceof ProviderError) || error.scope === 'run') throw error;
    if (isQuota) {
      stats.refused += 1;
      if (limiter.refusingForMs() > quotaPatienceMs || (error.retryAfterMs ?? 0) > quotaPatienceMs) {
        control.stop({ kind: 'quota', message: `the service keeps refusing calls for quota: ${error.message}` });
      }
    }
    return error;
  }

  async #withTimeLimit(items: readonly Item<P>[]): Promise<readonly Outcome<V>[]> {
    const { control, clock, timeoutMs } = this.#settings;
    const hasOwnLimit = !this.#engine.isRemote || items.some((item) => this.#engine.isOperation?.(item));
    if (hasOwnLimit) return this.#engine.processBatch(items, { signal: control.abortSignal });
    const { controller, release } = childController(control.abortSignal);
    const timer = clock.sleep(timeoutMs + GRACE_MS, controller.signal).then(() => {
      throw new ProviderError('DEADLINE_EXCEEDED', `no answer within ${timeoutMs / 1000} s`, { isRetryable: true });
    });
    const call = this.#engine.processBatch(items, { signal: controller.signal });
    try {
      return await orAborted(Promise.race([call, timer]), control.abortSignal);
    } finally {
      release();
      controller.abort();
      call.catch(() => undefined);
      timer.catch(() => undefined);
    }
  }
}
