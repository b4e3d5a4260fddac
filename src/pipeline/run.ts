import pLimit from 'p-limit';
import type { Clock, Engine, FailedInput, Item } from '../model.js';
import { untilAborted } from './abort.js';
import { KnownAnswers } from './answers.js';
import { Batcher } from './batcher.js';
import { Budget } from './budget.js';
import type { CachedOutcome, ResultCache } from './cache.js';
import { Caller, type CallerSettings } from './caller.js';
import { RunAborted, type RunControl, type StopReason } from './control.js';
import { Emitter } from './emitter.js';
import type { RateLimiter } from './rate-limiter.js';
import { type Settled, settledFailure, settledItem } from './settled.js';
import type { RunStats } from './stats.js';

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
  /** How long a batch that is not full waits for one item more; absent: as {@link Batcher} has it. */
  readonly lingerMs?: number;
  /** Parts (pages) of a settled input that were read and that failed; the run's figures and limits count these. */
  readonly count: (settled: Settled<P, V>) => { readonly ok: number; readonly failed: number };
  /** False for an answer that a later run may better (a page of it failed for a passing reason): it is not kept. */
  readonly isFinal: (value: V) => boolean;
  /** Takes each settled input; the run waits for it. */
  readonly emit: (settled: Settled<P, V>) => Promise<void>;
}

/** Items admitted beyond the first one that is missing: a slow call must not starve the others. */
const WINDOW = 4096;
const HELD_IN_MEMORY = 256;

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
  readonly #answers: KnownAnswers<V>;
  #isOverBudget = false;

  constructor(settings: RunSettings<P, V>) {
    this.#settings = settings;
    const { engine, control, stats } = settings;
    this.#answers = new KnownAnswers(settings.cache);
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
      settings.lingerMs,
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
        if ('error' in entry) this.#settle(settledFailure(entry), false);
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
      this.#settle(settledItem(item, { outcome: { ok: true, value }, attempts: 0 }), false);
      return true;
    }
    const twins = this.#twins.get(item.key);
    if (twins) {
      twins.push(item);
      return true;
    }
    const kept = await this.#answers.find(item.key);
    if (kept) {
      this.#settle(settledItem(item, kept), true, true);
      return true;
    }
    this.#isOverBudget = !this.#budget.reserve(item);
    if (this.#isOverBudget) return false;
    this.#twins.set(item.key, []);
    this.#batcher.add(item);
    return true;
  }

  /** Keeps an answer on disk, then settles the item and its twins. */
  #keep(item: Item<P>, answer: CachedOutcome<V>): void {
    this.#track(
      (async () => {
        const { outcome } = answer;
        const twins = (): readonly Item<P>[] => this.#twins.get(item.key) ?? [];
        if (!outcome.ok && outcome.error.isOfSource) return this.#settleSourceFault(item, answer, twins());
        const isWorthKeeping = outcome.ok ? this.#settings.isFinal(outcome.value) : !outcome.error.isRetryable;
        const isKept = isWorthKeeping && !item.isUnkept && (await this.#settings.cache.put(item.key, answer));
        this.#answers.add(item.key, answer, isKept);
        const equals = twins();
        this.#twins.delete(item.key);
        this.#settle(settledItem(item, answer), false, isKept);
        for (const twin of equals) this.#settle(settledItem(twin, answer), true, isKept);
      })(),
    );
  }

  /** The file of this item has gone or changed; an equal item, from another file, is tried in its place. */
  #settleSourceFault(item: Item<P>, answer: CachedOutcome<V>, twins: readonly Item<P>[]): void {
    this.#settle(settledItem(item, answer), false);
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
      return settledItem(item, kept ?? (await this.#readAgain(item)));
    };
  }

  /** The cache was cleared while this run was using it. */
  async #readAgain(item: Item<P>): Promise<CachedOutcome<V>> {
    let answer: CachedOutcome<V> | null = null;
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
