/** Counts what a run found of offers: for the lines at its end and for `--summary FILE`. */
import type { DiscardedPrice } from '../analysis/offers/page.js';
import type { WatchMatch } from '../analysis/offers/watch-list.js';
import { plural } from '../cli/text.js';

/** What became of one page. */
export interface PageTally {
  /** As messages name it. */
  readonly name: string;
  /** Prices found on it. */
  readonly prices: number;
  readonly discards: readonly DiscardedPrice[];
  /** Offers found, those that are not written included. */
  readonly offers: number;
  /** Of those written, what each matches; empty without a watch list. */
  readonly matches: readonly WatchMatch[];
}

const MAX_NAMES = 10;

/** Sums over the pages of a run. */
export class OfferTally {
  /** Entries of the watch list; null without one. */
  readonly #entries: readonly WatchMatch['entry'][] | null;
  readonly #reasons = new Map<string, number>();
  readonly #matched = new Set<WatchMatch['entry']>();
  readonly #emptyPages: string[] = [];
  #prices = 0;
  #discarded = 0;
  #offers = 0;
  #matches = 0;

  constructor(entries: readonly WatchMatch['entry'][] | null) {
    this.#entries = entries;
  }

  add({ name, prices, discards, offers, matches }: PageTally): void {
    this.#prices += prices;
    this.#discarded += discards.length;
    this.#offers += offers;
    this.#matches += matches.length;
    for (const { reason } of discards) this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
    for (const { entry } of matches) this.#matched.add(entry);
    if (offers === 0) this.#emptyPages.push(name);
  }

  /** Such as `41 prices: 38 in offers, 3 discarded (2 legal text, 1 unit price)`. */
  lines(): readonly string[] {
    const reasons = this.#sortedReasons().map(([reason, count]) => `${count} ${reason}`);
    const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
    const inOffers = this.#prices - this.#discarded;
    const prices = `${plural(this.#prices, 'price')}: ${inOffers} in offers, ${this.#discarded} discarded${why}`;
    if (this.#entries === null) return [prices];
    const found = `${this.#matched.size} of ${plural(this.#entries.length, 'product')} found`;
    const left = this.#offers - this.#matches;
    const where = `in ${this.#matches} of ${plural(this.#offers, 'offer')} (${left} left out)`;
    const missing = this.#missing();
    const not = missing.length > 0 ? `; not found: ${listed(missing)}` : '';
    return [prices, `watch list: ${found}, ${where}${not}`];
  }

  /** Names of the watch list that no offer matches. */
  #missing(): string[] {
    return (this.#entries ?? []).filter((entry) => !this.#matched.has(entry)).map(({ product }) => product);
  }

  /** What the user should know of pages. */
  remarks(): readonly string[] {
    if (this.#emptyPages.length === 0) return [];
    return [`no offers on ${listed(this.#emptyPages)}`];
  }

  /** For `--summary FILE`. */
  findings(): Readonly<Record<string, unknown>> {
    return {
      prices: {
        found: this.#prices,
        inOffers: this.#prices - this.#discarded,
        discarded: this.#discarded,
        discardedBy: Object.fromEntries(this.#sortedReasons()),
      },
      offers: this.#offers,
      pagesWithoutOffers: this.#emptyPages,
      ...(this.#entries !== null && {
        watchList: {
          products: this.#entries.length,
          seen: this.#matched.size,
          notSeen: this.#missing(),
          offersMatched: this.#matches,
          offersLeftOut: this.#offers - this.#matches,
        },
      }),
    };
  }

  #sortedReasons(): [string, number][] {
    return [...this.#reasons].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  }
}

/** The first names of a list. */
function listed(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  return names.slice(0, MAX_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
