import pLimit from 'p-limit';
import type { Clock, Engine, FailedInput, Item, Outcome } from '../model.js';
import { orAborted } from './abort.js';
import { Batcher } from './batcher.js';
import { Budget } from './budget.js';
import type { ResultCache } from './cache.js';
import { Caller, type CallerSettings } from './caller.js';
import type { StopReason } from './control.js';
import { RunAborted, type RunControl } from './control.js';
import { Emitter } from './emitter.js';
import type { RateLimiter } from './rate-limiter.js';
import type { RunStats } from './stats.js';

/** An input with its final answer, in the output order. */
export interface Settled<P, V> {
  readonly index: number;
  readonly source: string;
  /** Null where the input failed before it became an item. */
  readonly item: Item<P> | null;
  /** Page that failed as an input, or null. */
  readonly page: number | null;
  /** Line of the record that failed as an input, or null. */
  readonly line: number | null;
  readonly outcome: Outcome<V>;
  /** Calls made for it; 0 where none was. */
  readonly attempts: number;
}

export interface RunSettings<P, V> {
  readonly engine: Engine<P, V>;
  readonly cache: ResultCache<V>;
  readonly limiter: RateLimiter;
  readonly control: RunControl;
  readonly stats: RunStats;
  readonly clock: Clock;
  readonly random: () => number;
  /** Calls in flight. */
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  readonly quotaPatienceMs: number;
  /** US dollars at list price, or null. */
  readonly maxCostUsd: number | null;
  /** The run stops at this many failed parts; null for never. */
  readonly maxErrors: number | null;
  readonly isOrdered: boolean;
  /**
   * Items admitted beyond the first one that is missing; {@link WINDOW} where it is not told. Items that hold much
   * memory want a small one, which is no less than the calls in flight need.
   */
  readonly window?: number;
  /** Parts (pages) of a settled input that were read and that failed; the run's figures and limits count these. */
  readonly count: (settled: Settled<P, V>) => { readonly ok: number; readonly failed: number };
  /** False for an answer that a later run may better (a page of it failed for a passing reason): it is not kept. */
  readonly isFinal: (value: V) => boolean;
  /** Takes each settled input; the run waits for it. */
  readonly emit: (settled: Settled<P, V>) => Promise<void>;
}

interface Answer<V> {
  readonly outcome: Outcome<V>;
  readonly attempts: number;
}

/** Items admitted beyond the first one that is missing: a slow call must not starve the others. */
const WINDOW = 4096;
const HELD_IN_MEMORY = 256;
const UNKEPT_ANSWERS = 1000;

/**
 * Runs a stream of inputs through an engine: cache, twins, budget, batches, pace, retries, order. Resolves when all
 * that was started has been emitted; {@link RunControl} then tells whether, and why, it ended early.
 */
export async function runPipeline<P, V>(
  inputs: AsyncIterable<Item<P> | FailedInput>,
  settings: RunSettings<P, V>,
): Promise<void> {
  await new Run(settings).consume(inputs);
}

class Run<P, V> {
  readonly #settings: RunSettings<P, V>;
  readonly #emitter: Emitter<Settled<P, V>>;
  readonly #batcher: Batcher<P>;
  readonly #callerSettings: CallerSettings<P>;
  readonly #caller: Caller<P, V>;
  readonly #budget: Budget<P, V>;
  readonly #batches = new Set<Promise<void>>();
  /** Items of equal content that wait for the one that was sent. */
  readonly #twins = new Map<string, Item<P>[]>();
  readonly #kept = new WeakSet<Settled<P, V>>();
  /** Keys of answers that this run has put in the cache, where the cache would not show them again. */
  readonly #answered = new Set<string>();
  /** The latest answers that are not in the cache. */
  readonly #unkept = new Map<string, Answer<V>>();
  #isOverBudget = false;

  constructor(settings: RunSettings<P, V>) {
    this.#settings = settings;
    const { engine, control, stats } = settings;
    this.#emitter = new Emitter({
      isOrdered: settings.isOrdered,
      window: settings.window ?? WINDOW,
      heldInMemory: HELD_IN_MEMORY,
      emit: settings.emit,
      park: (settled) => this.#park(settled),
      onError: (error) => control.fail(error),
    });
    this.#budget = new Budget(engine.billing, settings.maxCostUsd, stats);
    this.#callerSettings = {
      ...settings,
      inFlight: pLimit(settings.concurrency),
      onSent: (items) => this.#budget.charge(items),
    };
    this.#caller = new Caller(engine, this.#callerSettings, (item, outcome, attempts) => {
      if (outcome.ok) this.#budget.chargeAnswer(item, outcome.value);
      this.#keep(item, { outcome, attempts });
    });
    this.#batcher = new Batcher(
      engine.limits,
      (item) => (engine.laneOf ? engine.laneOf(item) : ''),
      (batch) => this.#track(this.#caller.send(batch)),
    );
  }

  async consume(inputs: AsyncIterable<Item<P> | FailedInput>): Promise<void> {
    const { control, stats } = this.#settings;
    let taken = 0;
    const onStop = (): void => this.#emitter.releaseSource();
    control.stopSignal.addEventListener('abort', onStop);
    try {
      for await (const entry of untilAborted(inputs, control.stopSignal)) {
        await this.#emitter.admit();
        if (control.isStopped) break;
        taken += 1;
        if ('error' in entry) this.#settle(fromFailedInput(entry), false);
        else if (!(await this.#take(entry))) break;
      }
    } catch (error) {
      control.fail(error);
    }
    const isExhausted = !control.isStopped && !this.#isOverBudget;
    if (control.isStopped) this.#batcher.drop();
    else this.#batcher.flush();
    while (this.#batches.size > 0) await Promise.all(this.#batches);
    if (this.#isOverBudget) control.stop(overBudget(this.#settings.maxCostUsd));
    if (control.failure === null) await this.#emitter.finish();
    if (isExhausted && stats.settled === taken) control.complete();
    control.stopSignal.removeEventListener('abort', onStop);
    if (control.failure !== null) throw control.failure;
  }

  /** False where the item does not fit the budget: what was taken before it is still sent. */
  async #take(item: Item<P>): Promise<boolean> {
    const value = this.#settings.engine.answerAtOnce?.(item) ?? null;
    if (value !== null) {
      this.#settle(toSettled(item, { outcome: { ok: true, value }, attempts: 0 }), false);
      return true;
    }
    const twins = this.#twins.get(item.key);
    if (twins) {
      twins.push(item);
      return true;
    }
    const kept = await this.#known(item.key);
    if (kept) {
      this.#settle(toSettled(item, kept), true, true);
      return true;
    }
    this.#isOverBudget = !this.#budget.reserve(item);
    if (this.#isOverBudget) return false;
    this.#twins.set(item.key, []);
    this.#batcher.add(item);
    return true;
  }

  /** An answer from an earlier run, or one that this run has got already. */
  async #known(key: string): Promise<Answer<V> | null> {
    const { cache } = this.#settings;
    return this.#unkept.get(key) ?? (this.#answered.has(key) ? cache.reread(key) : cache.get(key));
  }

  /** Remembers what the cache would not give back in this run. */
  #remember(key: string, answer: Answer<V>, isKept: boolean): void {
    if (isKept) {
      if (this.#settings.cache.isSelective) this.#answered.add(key);
      return;
    }
    this.#unkept.set(key, answer);
    const oldest = this.#unkept.keys().next();
    if (this.#unkept.size > UNKEPT_ANSWERS && !oldest.done) this.#unkept.delete(oldest.value);
  }

  /** Keeps an answer on disk, then settles the item and its twins. */
  #keep(item: Item<P>, answer: Answer<V>): void {
    this.#track(
      (async () => {
        const { outcome } = answer;
        const twins = (): readonly Item<P>[] => this.#twins.get(item.key) ?? [];
        if (!outcome.ok && outcome.error.isOfSource) return this.#settleSourceFault(item, answer, twins());
        const isWorthKeeping = outcome.ok ? this.#settings.isFinal(outcome.value) : !outcome.error.isRetryable;
        const isKept = isWorthKeeping && !item.isUnkept && (await this.#settings.cache.put(item.key, answer));
        this.#remember(item.key, answer, isKept);
        const equals = twins();
        this.#twins.delete(item.key);
        this.#settle(toSettled(item, answer), false, isKept);
        for (const twin of equals) this.#settle(toSettled(twin, answer), true, isKept);
      })(),
    );
  }

  /** The file of this item has gone or changed; an equal item, from another file, is tried in its place. */
  #settleSourceFault(item: Item<P>, answer: Answer<V>, twins: readonly Item<P>[]): void {
    this.#settle(toSettled(item, answer), false);
    const [next, ...others] = twins;
    if (!next) {
      this.#twins.delete(item.key);
      return;
    }
    this.#twins.set(item.key, [...others]);
    this.#track(this.#caller.send([next]));
  }

  #settle(settled: Settled<P, V>, isCached: boolean, isKept = false): void {
    const { stats, control, maxErrors } = this.#settings;
    if (isKept) this.#kept.add(settled);
    const { ok, failed } = this.#settings.count(settled);
    stats.settled += 1;
    stats.ok += ok;
    stats.failed += failed;
    if (isCached) stats.cached += ok + failed;
    this.#emitter.settle(settled);
    if (maxErrors !== null && stats.failed >= maxErrors) {
      control.stop({
        kind: 'errors',
        message: `stopped at ${stats.failed} failed input${stats.failed === 1 ? '' : 's'}`,
      });
    }
  }

  /** An answer that is on disk need not be held while it waits for its turn. */
  #park(settled: Settled<P, V>): (() => Promise<Settled<P, V>>) | null {
    const { item } = settled;
    if (!item || !this.#kept.has(settled)) return null;
    return async () => {
      const kept = await this.#settings.cache.reread(item.key);
      return toSettled(item, kept ?? (await this.#readAgain(item)));
    };
  }

  /** The cache was cleared while this run was using it. */
  async #readAgain(item: Item<P>): Promise<Answer<V>> {
    let answer: Answer<V> | null = null;
    const caller = new Caller(this.#settings.engine, this.#callerSettings, (_, outcome, attempts) => {
      answer = { outcome, attempts };
    });
    await caller.send([item]);
    if (!answer) throw new Error(`${this.#settings.engine.id} gave no outcome for ${item.source}`);
    return answer;
  }

  #track(work: Promise<void>): void {
    const { control } = this.#settings;
    const tracked = work
      .catch((error: unknown) => {
        if (!(error instanceof RunAborted)) control.fail(error);
      })
      .finally(() => this.#batches.delete(tracked));
    this.#batches.add(tracked);
  }
}

function overBudget(limitUsd: number | null): StopReason {
  return { kind: 'budget', message: `the next call would exceed the limit of $${limitUsd} (--max-cost)` };
}

function toSettled<P, V>(item: Item<P>, answer: Answer<V>): Settled<P, V> {
  return { index: item.index, source: item.source, item, page: null, line: null, ...answer };
}

function fromFailedInput<P, V>(input: FailedInput): Settled<P, V> {
  const { index, source, page, line = null, error } = input;
  return { index, source, item: null, page, line, outcome: { ok: false, error }, attempts: 0 };
}

/** Yields until the source ends or the signal fires, also while the source is waiting for something. */
async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncIterable<T> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await orAborted(iterator.next(), signal);
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    if (!(error instanceof RunAborted)) throw error;
  } finally {
    // A source that waits for something (a terminal, a pipe) may never answer: it is not waited for.
    const ended = iterator.return?.();
    if (signal.aborted) ended?.catch(() => undefined);
    else await ended;
  }
}
