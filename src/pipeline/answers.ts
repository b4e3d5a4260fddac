import type { CachedOutcome, ResultCache } from './cache.js';

/** Answers held in memory, of those that are not in the cache: the latest. */
const UNKEPT_ANSWERS = 1000;

/** What a run knows already: the answers of earlier runs, as far as the cache shows them, and its own. */
export class KnownAnswers<V> {
  readonly #cache: ResultCache<V>;
  /** Keys of answers that this run has put in the cache, where the cache would not show them again. */
  readonly #answered = new Set<string>();
  /** The latest answers that are not in the cache. */
  readonly #unkept = new Map<string, CachedOutcome<V>>();

  constructor(cache: ResultCache<V>) {
    this.#cache = cache;
  }

  async find(key: string): Promise<CachedOutcome<V> | null> {
    return this.#unkept.get(key) ?? (this.#answered.has(key) ? this.#cache.reread(key) : this.#cache.get(key));
  }

  /** Takes an answer of this run, which `isKept` in the cache or not. */
  add(key: string, answer: CachedOutcome<V>, isKept: boolean): void {
    if (isKept) {
      if (this.#cache.isSelective) this.#answered.add(key);
      return;
    }
    this.#unkept.set(key, answer);
    const oldest = this.#unkept.keys().next();
    if (this.#unkept.size > UNKEPT_ANSWERS && !oldest.done) this.#unkept.delete(oldest.value);
  }
}
