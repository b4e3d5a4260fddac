/** Counts of the values that one thing has been seen with. */

/** More distinct values than this are not told apart: the most frequent ones come early. */
const MAX_VALUES = 16;

/** Counts values and knows the most frequent one; almost free where there is only one value. */
export class Tally<V extends string | null> {
  readonly #first: V;
  #firstCount: number;
  #others: Map<V, number> | null = null;

  constructor(value: V, count = 1) {
    this.#first = value;
    this.#firstCount = count;
  }

  add(value: V, count = 1): void {
    if (value === this.#first) {
      this.#firstCount += count;
      return;
    }
    this.#others ??= new Map();
    const known = this.#others.get(value);
    if (known !== undefined || this.#others.size < MAX_VALUES) this.#others.set(value, (known ?? 0) + count);
  }

  has(value: V): boolean {
    return value === this.#first || (this.#others?.has(value) ?? false);
  }

  /** The most frequent value; of equals the one that came first. */
  get top(): V {
    let best = this.#first;
    let bestCount = this.#firstCount;
    for (const [value, count] of this.#others ?? []) {
      if (count > bestCount) {
        best = value;
        bestCount = count;
      }
    }
    return best;
  }
}
