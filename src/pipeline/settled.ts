import type { FailedInput, Item, Outcome } from '../model.js';
import type { CachedOutcome } from './cache.js';

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

export function settledItem<P, V>(item: Item<P>, { outcome, attempts }: CachedOutcome<V>): Settled<P, V> {
  return { index: item.index, source: item.source, item, page: null, line: null, outcome, attempts };
}

export function settledFailure<P, V>(input: FailedInput): Settled<P, V> {
  const { index, source, page, line = null, error } = input;
  return { index, source, item: null, page, line, outcome: { ok: false, error }, attempts: 0 };
}
