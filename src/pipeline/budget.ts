import type { Bill, EngineBilling, Item } from '../model.js';
import type { RunStats } from './stats.js';

/** Millionths of a dollar, so that a sum of prices such as 0.0015 is exact. */
export function toMicroUsd(usd: number): number {
  return Math.round(usd * 1e6);
}

/**
 * Keeps the list price of what is sent under a limit. An item is paid for once: calls that failed are not billed,
 * so that sending it again adds nothing.
 */
export class Budget<P, V> {
  readonly #billing: EngineBilling<P, V> | undefined;
  readonly #limitMicroUsd: number;
  readonly #stats: RunStats;
  #reservedMicroUsd = 0;

  /** @param limitUsd US dollars, or null for no limit */
  constructor(billing: EngineBilling<P, V> | undefined, limitUsd: number | null, stats: RunStats) {
    this.#billing = billing;
    this.#limitMicroUsd = limitUsd === null ? Number.POSITIVE_INFINITY : toMicroUsd(limitUsd);
    this.#stats = stats;
  }

  /** Sets the item's price aside; false, and nothing set aside, where that would, or may, exceed the limit. */
  reserve(item: Item<P>): boolean {
    const usd = this.#billing ? this.#billing.priceUsdOf(item) : 0;
    if (usd === null) return this.#limitMicroUsd === Number.POSITIVE_INFINITY;
    const price = toMicroUsd(usd);
    if (this.#reservedMicroUsd + price > this.#limitMicroUsd) return false;
    this.#reservedMicroUsd += price;
    return true;
  }

  /** Counts items that are being sent. */
  charge(items: readonly Item<P>[]): void {
    for (const item of this.#billing ? items : []) {
      const units = this.#billing?.unitsOf(item) ?? null;
      if (units === null) this.#stats.unpriced += 1;
      else this.#count({ units, priceUsd: this.#billing?.priceUsdOf(item) ?? 0 });
    }
  }

  /** Counts what an answer says of an item whose units were not known when it was sent. */
  chargeAnswer(item: Item<P>, value: V): void {
    if (!this.#billing || this.#billing.unitsOf(item) !== null) return;
    const bill = this.#billing.billOf?.(value) ?? null;
    if (bill === null) return;
    this.#stats.unpriced -= 1;
    this.#count(bill);
  }

  #count({ units, priceUsd }: Bill): void {
    this.#stats.costMicroUsd += toMicroUsd(priceUsd);
    this.#stats.units += units;
  }
}
