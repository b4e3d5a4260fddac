import type { Engine, FailedInput, Item } from '../model.js';
import { Batcher } from './batcher.js';
import { toMicroUsd } from './budget.js';
import type { ResultCache } from './cache.js';

/** What a run would send; nothing has been sent. */
export interface Estimate {
  readonly items: number;
  /** Answered by the cache, or equal to an item sent in the same run. */
  readonly cached: number;
  /** Inputs that cannot be read. */
  readonly failed: number;
  /** Requests, when none has to be repeated. */
  readonly calls: number;
  /** Billable units. */
  readonly units: number;
  /** Items to send that fill less than half of the units that they are billed for. */
  readonly underfilled: number;
  /** US dollars at list price, without free tiers. */
  readonly listPriceUsd: number;
}

/** Goes through the inputs as a run would, and counts. */
export async function estimateRun<P, V>(
  inputs: AsyncIterable<Item<P> | FailedInput>,
  engine: Engine<P, V>,
  cache: ResultCache<V>,
): Promise<Estimate> {
  const count = { items: 0, cached: 0, failed: 0, calls: 0, units: 0, underfilled: 0 };
  let microUsd = 0;
  const seen = new Set<string>();
  const noLinger = 2 ** 31 - 1;
  const batcher = new Batcher<P>(
    engine.limits,
    (item) => (engine.laneOf ? engine.laneOf(item) : ''),
    () => {
      count.calls += 1;
    },
    noLinger,
  );
  for await (const entry of inputs) {
    if ('error' in entry) {
      count.failed += 1;
      continue;
    }
    count.items += 1;
    if (engine.answerAtOnce?.(entry)) continue;
    if (seen.has(entry.key) || (await cache.get(entry.key))) {
      count.cached += 1;
      continue;
    }
    seen.add(entry.key);
    count.units += engine.billing?.unitsOf(entry) ?? 0;
    microUsd += toMicroUsd(engine.billing?.priceUsdOf(entry) ?? 0);
    const share = engine.billing?.unitShareOf?.(entry) ?? 1;
    if (share < 0.5) count.underfilled += 1;
    batcher.add(entry);
  }
  batcher.flush();
  return { ...count, listPriceUsd: microUsd / 1e6 };
}
