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
  readonly #entries: number | null;
  readonly #reasons = new Map<string, number>();
  readonly #matched = new Set<WatchMatch['entry']>();
  readonly #emptyPages: string[] = [];
  #prices = 0;
  #discarded = 0;
  #offers = 0;
  #matches = 0;

  constructor(entries: number | null) {
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
    const left = this.#offers - this.#matches;
    const seen = `${this.#matched.size} of ${plural(this.#entries, 'product')} seen`;
    const matches = this.#matches === 1 ? '1 matches' : `${this.#matches} match`;
    return [prices, `watch list: of ${plural(this.#offers, 'offer')} ${matches}, ${left} left out; ${seen}`];
  }

  /** What the user should know of pages. */
  remarks(): readonly string[] {
    if (this.#emptyPages.length === 0) return [];
    const more = this.#emptyPages.length - MAX_NAMES;
    const names = this.#emptyPages.slice(0, MAX_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
    return [`no offers on ${names}`];
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
          products: this.#entries,
          seen: this.#matched.size,
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
