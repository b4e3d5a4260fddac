import type { EngineBilling, Item } from '../model.js';
import type { RunStats } from './stats.js';

/** Millionths of a dollar, so that a sum of prices such as 0.0015 is exact. */
export function toMicroUsd(usd: number): number {
  return Math.round(usd * 1e6);
}

/**
 * Keeps the list price of what is sent under a limit. An item is paid for once: calls that failed are not billed,
 * so that sending it again adds nothing.
 */
export class Budget<P> {
  readonly #billing: EngineBilling<P> | undefined;
  readonly #limitMicroUsd: number;
  readonly #stats: RunStats;
  #reservedMicroUsd = 0;

  /** @param limitUsd US dollars, or null for no limit */
  constructor(billing: EngineBilling<P> | undefined, limitUsd: number | null, stats: RunStats) {
    this.#billing = billing;
    this.#limitMicroUsd = limitUsd === null ? Number.POSITIVE_INFINITY : toMicroUsd(limitUsd);
    this.#stats = stats;
  }

  /** Sets the item's price aside; false, and nothing set aside, where that would exceed the limit. */
  reserve(item: Item<P>): boolean {
    const price = this.#billing ? toMicroUsd(this.#billing.priceUsdOf(item)) : 0;
    if (this.#reservedMicroUsd + price > this.#limitMicroUsd) return false;
    this.#reservedMicroUsd += price;
    return true;
  }

  /** Counts items that are being sent. */
  charge(items: readonly Item<P>[]): void {
    for (const item of this.#billing ? items : []) {
      this.#stats.costMicroUsd += toMicroUsd(this.#billing?.priceUsdOf(item) ?? 0);
      this.#stats.units += this.#billing?.unitsOf(item) ?? 0;
    }
  }
}
