import type { Bill, Engine, FailedInput, Item } from '../model.js';
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
  /** Items to send whose units are known only when they have been read. */
  readonly unpriced: number;
  /** Billable units; null where some are unknown. */
  readonly units: number | null;
  /** Items to send that fill less than half of the units that they are billed for. */
  readonly underfilled: number;
  /** US dollars at list price, without free tiers; null where some of it is unknown. */
  readonly listPriceUsd: number | null;
  /** Units and price of the items of which they are known. */
  readonly known: Bill;
}

/** Goes through the inputs as a run would, and counts. */
export async function estimateRun<P, V>(
  inputs: AsyncIterable<Item<P> | FailedInput>,
  engine: Engine<P, V>,
  cache: ResultCache<V>,
): Promise<Estimate> {
  const count = { items: 0, cached: 0, failed: 0, calls: 0, unpriced: 0, underfilled: 0 };
  let [units, microUsd] = [0, 0];
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
    if (engine.billing?.unitsOf(entry) === null) count.unpriced += 1;
    units += engine.billing?.unitsOf(entry) ?? 0;
    microUsd += toMicroUsd(engine.billing?.priceUsdOf(entry) ?? 0);
    const share = engine.billing?.unitShareOf?.(entry) ?? 1;
    if (share < 0.5) count.underfilled += 1;
    batcher.add(entry);
  }
  batcher.flush();
  const known = { units, priceUsd: microUsd / 1e6 };
  const isKnown = count.unpriced === 0;
  return { ...count, units: isKnown ? units : null, listPriceUsd: isKnown ? known.priceUsd : null, known };
}
