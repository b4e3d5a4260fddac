/** Known names of people, places and organisations, by the form they are written in. */
import { withoutAccents } from '../../../text/fold.js';
import { readList } from './terms-tables.js';

/** What a name may stand for; a name may have several. */
export const NAME = {
  organization: 1,
  location: 2,
  person: 4,
  event: 8,
  product: 16,
  work: 32,
  people: 64,
  city: 128,
  smallCity: 256,
  given: 512,
  surname: 1024,
  country: 2048,
  water: 4096,
} as const;

export interface Gazetteer {
  /** Longest name in words. */
  readonly longest: number;
  /** What a name written like this stands for; 0 where it is unknown. `name` has its words joined by one space. */
  kindsOf(name: string): number;
  /** The same for a name that stands in capitals. */
  kindsOfCapitals(name: string): number;
  /** Whether longer names begin with this word. */
  isFirstWord(word: string): boolean;
}

const LISTS: readonly (readonly [string, number])[] = [
  ['organizations', NAME.organization],
  ['places', NAME.location],
  ['people', NAME.person],
  ['events', NAME.event],
  ['works', NAME.work],
  ['products', NAME.product],
  ['peoples-en', NAME.people],
  ['given-names', NAME.given],
  ['surnames', NAME.surname],
];
/** What the groups of places add: counties have clubs, as cities have; rivers have none. */
const GROUPS: Readonly<Record<string, number>> = { 'waters and mountains': NAME.water, counties: NAME.city };
/** Digits of the population from which on a city is known all over the world. */
const LARGE_CITY = 6;
const MOST_WORDS = 6;

/** Codes of regions run over all pairs of letters: names that are their own code are no countries. */
function countryNames(): string[] {
  const names: string[] = [];
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const locale of ['en', 'es']) {
    const regions = new Intl.DisplayNames([locale], { type: 'region' });
    for (const first of letters) {
      for (const second of letters) {
        const code = first + second;
        const name =
          code === 'ZZ' || code === 'EU' || code === 'UN' || code === 'XA' || code === 'XB' ? code : regions.of(code);
        if (name !== undefined && name !== code) names.push(name);
      }
    }
  }
  return names;
}

/** Under which a name is kept: accents are often left out, hyphens differ. */
function keyOf(name: string): string {
  return /[^\x00-\x7f]/.test(name) ? withoutAccents(name).replaceAll('’', "'") : name;
}

class NameTable implements Gazetteer {
  readonly longest = MOST_WORDS;
  readonly #kinds = new Map<string, number>();
  readonly #first = new Set<string>();
  #capitals: Map<string, number> | undefined;

  add(name: string, kind: number): void {
    const key = keyOf(name);
    // Function words that are somebody's name somewhere.
    if (kind & (NAME.given | NAME.surname) && key.length < 3) return;
    this.#kinds.set(key, (this.#kinds.get(key) ?? 0) | kind);
    const space = key.indexOf(' ');
    if (space > 0) this.#first.add(key.slice(0, space).toUpperCase());
  }

  kindsOf(name: string): number {
    return this.#kinds.get(keyOf(name)) ?? 0;
  }

  kindsOfCapitals(name: string): number {
    if (!this.#capitals) {
      this.#capitals = new Map();
      for (const [key, kind] of this.#kinds) {
        const upper = key.toUpperCase();
        this.#capitals.set(upper, (this.#capitals.get(upper) ?? 0) | kind);
      }
    }
    return this.#capitals.get(keyOf(name).toUpperCase()) ?? 0;
  }

  isFirstWord(word: string): boolean {
    return this.#first.has(keyOf(word).toUpperCase());
  }
}

function build(): NameTable {
  const table = new NameTable();
  for (const [list, kind] of LISTS) {
    for (const [name = '', group = ''] of readList(`gazetteer/${list}.tsv`)) {
      table.add(name, kind | (GROUPS[group] ?? 0));
    }
  }
  for (const [name = '', , size] of readList('gazetteer/cities.tsv')) {
    table.add(name, Number(size) >= LARGE_CITY ? NAME.city : NAME.smallCity);
  }
  for (const name of countryNames()) table.add(name, NAME.location | NAME.country);
  return table;
}

let shared: Gazetteer | undefined;

/** The built-in names, read from the disk at the first call. */
export function builtinGazetteer(): Gazetteer {
  shared ??= build();
  return shared;
}
