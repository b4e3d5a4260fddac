import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, type FailedInput, type Item, type Outcome, ProviderError } from '../../src/model.js';
import { ResultCache } from '../../src/pipeline/cache.js';
import { RunControl } from '../../src/pipeline/control.js';
import { estimateRun } from '../../src/pipeline/estimate.js';
import { AdaptiveRateLimiter } from '../../src/pipeline/rate-limiter.js';
import { type RunSettings, runPipeline } from '../../src/pipeline/run.js';
import type { Settled } from '../../src/pipeline/settled.js';
import { RunStats } from '../../src/pipeline/stats.js';
import { VirtualClock } from '../support/virtual-clock.js';

type Handler = (items: readonly Item<string>[], call: number) => Promise<readonly Outcome<string>[]>;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'uxd-test-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const upper: Handler = async (items) => items.map(({ payload }) => ({ ok: true, value: payload.toUpperCase() }));

function engineOf(
  handler: Handler,
  changes: Partial<Engine<string, string>> = {},
): Engine<string, string> & { calls: string[][] } {
  const calls: string[][] = [];
  return {
    id: 'test/upper',
    version: '1',
    limits: { itemsPerBatch: 4, bytesPerBatch: 100, parallelBatches: 2, requestsPerMinute: null },
    isRemote: true,
    processBatch: (items) => {
      calls.push(items.map(({ payload }) => payload));
      return handler(items, calls.length);
    },
    close: async () => undefined,
    calls,
    ...changes,
  };
}

async function* itemsOf(texts: readonly string[], sizeBytes = 1): AsyncIterable<Item<string>> {
  for (const [index, payload] of texts.entries()) yield { index, source: payload, key: payload, sizeBytes, payload };
}

async function run(
  engine: Engine<string, string>,
  inputs: AsyncIterable<Item<string> | FailedInput>,
  changes: Partial<RunSettings<string, string>> & { clock?: VirtualClock } = {},
) {
  const clock = changes.clock ?? new VirtualClock();
  const settled: Settled<string, string>[] = [];
  const control = changes.control ?? new RunControl();
  const stats = new RunStats();
  const cacheSettings = { directory, scope: [engine.id], isRefresh: false, retryFailed: false, warn: () => undefined };
  const done = runPipeline(inputs, {
    engine,
    cache: new ResultCache<string>(cacheSettings),
    limiter: new AdaptiveRateLimiter(null, clock),
    control,
    stats,
    clock,
    random: () => 0.5,
    concurrency: 2,
    timeoutMs: 1000,
    maxAttempts: 8,
    quotaPatienceMs: 60_000,
    maxCostUsd: null,
    maxErrors: null,
    isOrdered: true,
    // However slow the machine is, batches are those of the limits.
    lingerMs: 5000,
    isFinal: () => true,
    count: ({ outcome }) => (outcome.ok ? { ok: 1, failed: 0 } : { ok: 0, failed: 1 }),
    emit: async (one) => {
      settled.push(one);
    },
    ...changes,
  });
  await clock.runUntil(done);
  return {
    settled,
    stats,
    control,
    values: settled.map(({ outcome }) => (outcome.ok ? outcome.value : outcome.error.code)),
  };
}

const unavailable = () => new ProviderError('UNAVAILABLE', 'try again', { isRetryable: true });

describe('runPipeline', () => {
  it('answers in input order, in batches within the limits of the engine', async () => {
    const texts = Array.from({ length: 10 }, (_, i) => `t${i}`);
    const engine = engineOf(upper);
    const { values } = await run(engine, itemsOf(texts, 30));
    expect(values).toEqual(texts.map((text) => text.toUpperCase()));
    expect(engine.calls.map((call) => call.length)).toEqual([3, 3, 3, 1]);
  });

  it('sends equal items once and gives each its answer', async () => {
    const engine = engineOf(upper);
    const { values, stats } = await run(engine, itemsOf(['a', 'b', 'a', 'a', 'b']));
    expect(values).toEqual(['A', 'B', 'A', 'A', 'B']);
    expect(engine.calls.flat().sort()).toEqual(['a', 'b']);
    expect(stats.cached).toBe(3);
  });

  it('sends nothing again in a second run, except failures that may pass', async () => {
    const handler: Handler = async (items) =>
      items.map(({ payload }) =>
        payload === 'bad'
          ? { ok: false, error: { code: 'BAD', message: 'bad', isRetryable: false } }
          : payload === 'busy'
            ? { ok: false, error: { code: 'BUSY', message: 'busy', isRetryable: true } }
            : { ok: true, value: payload.toUpperCase() },
      );
    const first = await run(engineOf(handler), itemsOf(['a', 'bad', 'busy', 'c']));
    expect(first.values).toEqual(['A', 'BAD', 'BUSY', 'C']);
    expect(first.settled.map(({ attempts }) => attempts)).toEqual([1, 1, 8, 1]);
    const engine = engineOf(handler);
    const second = await run(engine, itemsOf(['a', 'bad', 'busy', 'c']));
    expect(second.settled.map(({ outcome, attempts }) => [outcome, attempts])).toEqual(
      first.settled.map(({ outcome, attempts }) => [outcome, attempts]),
    );
    expect(new Set(engine.calls.flat())).toEqual(new Set(['busy']));
  });

  it('retries whole calls, and only the items that may still succeed', async () => {
    const engine = engineOf(async (items, call) => {
      if (call === 1) throw unavailable();
      return items.map(({ payload }) =>
        payload === 'b' && call === 2
          ? { ok: false, error: { code: 'BUSY', message: 'busy', isRetryable: true } }
          : { ok: true, value: payload.toUpperCase() },
      );
    });
    const { values, stats } = await run(engine, itemsOf(['a', 'b', 'c']));
    expect(values).toEqual(['A', 'B', 'C']);
    expect(engine.calls).toEqual([['a', 'b', 'c'], ['a', 'b', 'c'], ['b']]);
    expect(stats).toMatchObject({ calls: 3, retries: 2, ok: 3, failed: 0 });
  });

  it('finds the item that spoils a batch', async () => {
    const engine = engineOf(async (items) => {
      if (items.some(({ payload }) => payload === 'poison')) {
        throw new ProviderError('INVALID_ARGUMENT', 'Bad image data.', { isRetryable: false, scope: 'batch' });
      }
      return upper(items, 0);
    });
    const { values } = await run(engine, itemsOf(['a', 'b', 'poison', 'd']));
    expect(values).toEqual(['A', 'B', 'INVALID_ARGUMENT', 'D']);
  });

  it('gives up a call that never answers and tries again', async () => {
    const engine = engineOf((items, call) => (call === 1 ? new Promise(() => undefined) : upper(items, call)));
    const { values, stats } = await run(engine, itemsOf(['a']));
    expect(values).toEqual(['A']);
    expect(stats.retries).toBe(1);
  });

  it('ends at once when every further call would fail in the same way', async () => {
    const engine = engineOf(async () => {
      throw new ProviderError('UNAUTHENTICATED', 'no credentials', { isRetryable: false, scope: 'run' });
    });
    const texts = Array.from({ length: 50 }, (_, i) => `t${i}`);
    await expect(run(engine, itemsOf(texts))).rejects.toThrow('no credentials');
    expect(engine.calls.length).toBeLessThanOrEqual(2);
  });

  it('ends when the service never answers, instead of trying every item in vain', async () => {
    const engine = engineOf(async () => {
      throw unavailable();
    });
    const texts = Array.from({ length: 100 }, (_, i) => `t${i}`);
    await expect(run(engine, itemsOf(texts), { maxAttempts: 3 })).rejects.toThrow('does not answer');
    expect(engine.calls.length).toBeLessThanOrEqual(12);
  });

  it('passes on an error that is a bug', async () => {
    const engine = engineOf(async () => {
      throw new TypeError('undefined is not a function');
    });
    await expect(run(engine, itemsOf(['a']))).rejects.toThrow(TypeError);
  });

  it('refusals for quota cost no attempts, and stop a run that they hold up for long', async () => {
    const quota = () => new ProviderError('RESOURCE_EXHAUSTED', 'quota', { isRetryable: true, isQuota: true });
    const passing = engineOf(async (items, call) => {
      if (call <= 6) throw quota();
      return upper(items, call);
    });
    const { values, settled } = await run(passing, itemsOf(['a']), { maxAttempts: 1 });
    expect(values).toEqual(['A']);
    expect(settled[0]?.attempts).toBe(1);
    const never = engineOf(async () => {
      throw quota();
    });
    const { settled: none, control } = await run(never, itemsOf(['b', 'c']), { quotaPatienceMs: 60_000 });
    expect(none).toEqual([]);
    expect(control.reason?.kind).toBe('quota');
  });

  it('stops before the budget is exceeded and sends what was within it', async () => {
    const billing = { unitsOf: () => 1, priceUsdOf: () => 0.0015 };
    const engine = engineOf(upper, { billing });
    const { values, stats, control } = await run(engine, itemsOf(['a', 'b', 'c', 'd', 'e']), { maxCostUsd: 0.0045 });
    expect(values).toEqual(['A', 'B', 'C']);
    expect(stats.costUsd).toBe(0.0045);
    expect(control.reason?.kind).toBe('budget');
  });

  it('keeps rows of failed inputs in their place, and stops at the number of errors allowed', async () => {
    async function* inputs(): AsyncIterable<Item<string> | FailedInput> {
      for await (const item of itemsOf(['a', 'x', 'c', 'y', 'e'])) {
        const error = { code: 'EMPTY_FILE', message: 'empty', isRetryable: false };
        yield 'xy'.includes(item.payload) ? { index: item.index, source: item.source, page: null, error } : item;
      }
    }
    const { values } = await run(engineOf(upper), inputs());
    expect(values).toEqual(['A', 'EMPTY_FILE', 'C', 'EMPTY_FILE', 'E']);
    const { control, stats } = await run(engineOf(upper), inputs(), { maxErrors: 1 });
    expect(control.reason?.kind).toBe('errors');
    expect(stats.failed).toBe(1);
  });

  it('finishes what is in flight when stopped, and emits it', async () => {
    const control = new RunControl();
    const engine = engineOf(async (items, call) => {
      if (call === 1) control.stop({ kind: 'signal', message: 'SIGINT' });
      return upper(items, call);
    });
    const texts = Array.from({ length: 100 }, (_, i) => `t${i}`);
    const { values } = await run(engine, itemsOf(texts), { control, concurrency: 1 });
    expect(values).toEqual(['T0', 'T1', 'T2', 'T3']);
    expect([engine.calls.length, control.reason?.kind]).toEqual([1, 'signal']);
  });

  it('is whole where a signal comes when nothing is left', async () => {
    const control = new RunControl();
    const emitted: number[] = [];
    const emit = async ({ index }: Settled<string, string>): Promise<void> => {
      emitted.push(index);
      if (index === 0) control.stop({ kind: 'signal', message: 'SIGINT' });
    };
    await run(engineOf(upper), itemsOf(['a', 'b', 'c', 'd']), { control, emit });
    control.stop({ kind: 'signal', message: 'SIGTERM' });
    expect([emitted, control.reason]).toEqual([[0, 1, 2, 3], null]);
  });

  it('makes the source wait for a slow output', async () => {
    let taken = 0;
    async function* endless(): AsyncIterable<Item<string>> {
      for (; taken < 9_000; taken += 1) {
        yield { index: taken, source: 's', key: `k${taken % 10}`, sizeBytes: 1, payload: 'x' };
      }
    }
    let emitted = 0;
    let mostAhead = 0;
    await run(engineOf(upper), endless(), {
      emit: async () => {
        emitted += 1;
        mostAhead = Math.max(mostAhead, taken - emitted);
      },
    });
    expect(emitted).toBe(9_000);
    expect(mostAhead).toBeLessThanOrEqual(4097);
  });

  it('property: whatever fails for a while, each item gets one answer, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }),
        fc.infiniteStream(fc.constantFrom('ok', 'ok', 'unavailable', 'quota', 'batch', 'item')),
        async (numbers, plan) => {
          await rm(directory, { recursive: true, force: true });
          const texts = numbers.map((number) => `n${number}`);
          const engine = engineOf(async (items, call) => {
            const fault = call > 60 ? 'ok' : plan.next().value;
            if (fault === 'unavailable') throw unavailable();
            if (fault === 'quota')
              throw new ProviderError('RESOURCE_EXHAUSTED', 'q', { isRetryable: true, isQuota: true });
            if (fault === 'batch' && items.length > 1) {
              throw new ProviderError('INVALID_ARGUMENT', 'b', { isRetryable: false, scope: 'batch' });
            }
            const busy = { ok: false, error: { code: 'BUSY', message: 'busy', isRetryable: true } } as const;
            return items.map(({ payload }, i) =>
              fault === 'item' && i === 0 ? busy : { ok: true, value: payload.toUpperCase() },
            );
          });
          const { values } = await run(engine, itemsOf(texts), { maxAttempts: 100, quotaPatienceMs: 1e9 });
          expect(values).toEqual(texts.map((text) => text.toUpperCase()));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('items that are known by name alone', () => {
  /** A text that ends in `?` has no price before its answer, which then says its length. */
  const billing: NonNullable<Engine<string, string>['billing']> = {
    unitsOf: ({ payload }) => (payload.endsWith('?') ? null : 1),
    priceUsdOf: ({ payload }) => (payload.endsWith('?') ? null : 0.5),
    billOf: (value) => (value.startsWith('HUSH') ? null : { units: value.length, priceUsd: value.length * 0.5 }),
  };
  async function* unkept(texts: readonly string[]): AsyncIterable<Item<string>> {
    for await (const item of itemsOf(texts)) yield { ...item, isUnkept: true };
  }

  it('have their answers in one run only', async () => {
    const engine = engineOf(upper);
    expect((await run(engine, unkept(['a', 'b']))).values).toEqual(['A', 'B']);
    expect((await run(engine, unkept(['a', 'b']))).values).toEqual(['A', 'B']);
    expect(engine.calls).toHaveLength(2);
    expect((await run(engine, itemsOf(['a']))).values).toEqual(['A']);
    expect(engine.calls).toHaveLength(3);
  });

  it('are paid for by what their answers say', async () => {
    const { stats } = await run(engineOf(upper, { billing }), itemsOf(['a', 'abc?', 'hush?']));
    expect([stats.units, stats.costUsd, stats.unpriced]).toEqual([5, 2.5, 1]);
  });

  it('are not sent where a budget is to be kept', async () => {
    const engine = engineOf(upper, { billing });
    const { values, control } = await run(engine, itemsOf(['a', 'abc?', 'b']), { maxCostUsd: 100 });
    expect(values).toEqual(['A']);
    expect(control.reason?.kind).toBe('budget');
  });

  it('make an estimate say that it does not know', async () => {
    const settings = { directory, scope: [], isRefresh: false, retryFailed: false, warn: () => undefined };
    const cache = new ResultCache<string>(settings);
    const estimate = await estimateRun(itemsOf(['a', 'abc?', 'b']), engineOf(upper, { billing }), cache);
    expect(estimate).toMatchObject({ unpriced: 1, units: null, listPriceUsd: null, known: { units: 2, priceUsd: 1 } });
    const known = await estimateRun(itemsOf(['a']), engineOf(upper, { billing }), cache);
    expect(known).toMatchObject({ unpriced: 0, units: 1, listPriceUsd: 0.5 });
  });

  it('may be operations, which are not bound to the time limit of a call', async () => {
    const clock = new VirtualClock();
    const slow: Handler = async (items) => {
      await clock.sleep(3_600_000);
      return upper(items, 0);
    };
    const waiting = await run(engineOf(slow, { isOperation: () => true }), itemsOf(['a']), { clock });
    expect([waiting.values, waiting.stats.calls]).toEqual([['A'], 1]);
    const bound = await run(engineOf(slow), itemsOf(['b']), { clock, maxAttempts: 2 });
    expect(bound.values).toEqual(['DEADLINE_EXCEEDED']);
  });
});

describe('ResultCache', () => {
  const settings = (changes = {}) => ({
    directory,
    scope: ['s'],
    isRefresh: false,
    retryFailed: false,
    warn: () => undefined,
    ...changes,
  });

  it('takes a damaged file for none', async () => {
    const cache = new ResultCache<string>(settings());
    await cache.put('k', { outcome: { ok: true, value: 'v' }, attempts: 1 });
    const { readdir, writeFile } = await import('node:fs/promises');
    const [file] = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.gz'));
    await writeFile(path.join(directory, file ?? ''), 'cut off');
    expect(await cache.get('k')).toBeNull();
  });

  it('is readable by its owner alone', async () => {
    const cache = new ResultCache<string>(settings());
    await cache.put('k', { outcome: { ok: true, value: 'v' }, attempts: 1 });
    const { readdir, stat } = await import('node:fs/promises');
    for (const name of await readdir(directory, { recursive: true })) {
      expect((await stat(path.join(directory, name))).mode & 0o077).toBe(0);
    }
  });

  it('says once that results cannot be kept, and goes on', async () => {
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    const cache = new ResultCache<string>(settings({ directory: '/dev/null/cache', warn }));
    expect(await cache.put('k', { outcome: { ok: true, value: 'v' }, attempts: 1 })).toBe(false);
    expect(await cache.put('k2', { outcome: { ok: true, value: 'v' }, attempts: 1 })).toBe(false);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('UXD_CACHE_DIR');
  });

  it('keeps apart what differs in engine or options, and honours --refresh and --retry-failed', async () => {
    const failure = {
      outcome: { ok: false, error: { code: 'C', message: 'm', isRetryable: false } },
      attempts: 2,
    } as const;
    await new ResultCache<string>(settings()).put('k', failure);
    expect(await new ResultCache<string>(settings()).get('k')).toEqual(failure);
    expect(await new ResultCache<string>(settings({ scope: ['other'] })).get('k')).toBeNull();
    expect(await new ResultCache<string>(settings({ retryFailed: true })).get('k')).toBeNull();
    expect(await new ResultCache<string>(settings({ isRefresh: true })).get('k')).toBeNull();
  });
});

describe('equal items', () => {
  const settingsOf = (changes: object) => ({
    directory,
    scope: ['test/upper'],
    isRefresh: false,
    retryFailed: false,
    warn: () => undefined,
    ...changes,
  });
  const repeated = Array.from({ length: 60 }, (_, i) => ['a', 'b', 'c'][i % 3] as string);
  const slowly = async function* (texts: readonly string[]) {
    for await (const item of itemsOf(texts)) {
      yield item;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };

  it.each([
    ['refreshing', { isRefresh: true }],
    ['trying failures again', { retryFailed: true }],
    ['without a usable cache', { directory: '/dev/null/cache' }],
  ])('are sent once, %s', async (_, changes) => {
    const cache = new ResultCache<string>(settingsOf(changes));
    const engine = engineOf(upper, {
      limits: { itemsPerBatch: 1, bytesPerBatch: 100, parallelBatches: 2, requestsPerMinute: null },
    });
    const { values } = await run(engine, slowly(repeated), { cache });
    expect(values).toEqual(repeated.map((text) => text.toUpperCase()));
    expect(engine.calls.length).toBe(3);
  });

  it('do not share the fault of a file that has gone', async () => {
    let isFirst = true;
    const engine = engineOf(async (items) => {
      const wasFirst = isFirst;
      isFirst = false;
      const gone = { code: 'FILE_NOT_FOUND', message: 'gone', isRetryable: false, isOfSource: true };
      return items.map(({ payload }) =>
        wasFirst ? { ok: false, error: gone } : { ok: true, value: payload.toUpperCase() },
      );
    });
    const { values } = await run(engine, itemsOf(['a', 'a', 'a']));
    expect(values).toEqual(['FILE_NOT_FOUND', 'A', 'A']);
    expect((await run(engineOf(upper), itemsOf(['a']))).values).toEqual(['A']);
  });

  it('are read again where the cache was cleared during the run', async () => {
    const cache = new ResultCache<string>(settingsOf({}));
    const texts = Array.from({ length: 700 }, (_, i) => `t${i}`);
    let isCleared = false;
    const keptFiles = async () => {
      const files = await readdir(directory, { recursive: true });
      return files.filter((file) => file.endsWith('.json.gz')).length;
    };
    const engine = engineOf(
      async (items, call) => {
        if (call === 1) {
          // All the others are kept by then: removing what is being written to would fail.
          await expect.poll(keptFiles, { timeout: 60_000, interval: 50 }).toBe(texts.length - items.length);
          await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 5 });
          isCleared = true;
        }
        return upper(items, call);
      },
      { isRemote: false },
    );
    const { values } = await run(engine, itemsOf(texts), { cache });
    expect(isCleared).toBe(true);
    expect(values).toEqual(texts.map((text) => text.toUpperCase()));
  });
});
