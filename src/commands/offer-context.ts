/** What the flags of `uxd offers` say of whose flyers these are, and of when. */
import { basename, parse, resolve } from 'node:path';
import { likeliestLanguage } from '../analysis/offers/flyer-language.js';
import type { OfferContext } from '../analysis/offers/text-parts.js';
import { makeVocabulary, type OfferVocabulary } from '../analysis/offers/vocabulary.js';
import type { FlagValues } from '../cli/flags.js';
import { listOfferLanguages, loadOfferWords, loadRetailer } from '../io/offer-data.js';
import { UsageError } from '../model.js';
import { NO_RETAILER, type OfferWords, type RetailerSettings } from '../text/offer-words.js';
import type { offersFlags } from './offers.js';
import type { pageFlags } from './page-flags.js';

export type ContextFlags = Pick<FlagValues<typeof offersFlags>, 'retailer' | 'date' | 'currency'> &
  Pick<FlagValues<typeof pageFlags>, 'lang'>;

/** A day in the name of a file, such as that of `2020-04-06-flyer.png`, where it is one; null otherwise. */
export function dateInName(source: string): string | null {
  for (const [found] of basename(source).matchAll(/(?<!\d)(?:19|20)\d{2}-\d{2}-\d{2}(?!\d)/g)) {
    const day = new Date(`${found}T00:00:00Z`);
    if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(found)) return found;
  }
  return null;
}

/** What is known of the flyers of a run. */
export class OfferContexts {
  /** As rows name it; null where none is named. */
  readonly retailer: string | null;
  readonly #settings: RetailerSettings;
  readonly #date: string | null;
  /** Words by language. */
  readonly #words: ReadonlyMap<string, OfferWords>;
  /** Languages that may be on any page, likeliest first. */
  readonly #languages: readonly string[];
  readonly #vocabularies = new Map<string, OfferVocabulary>();

  constructor(facts: {
    readonly retailer: string | null;
    readonly settings: RetailerSettings;
    readonly date: string | null;
    readonly words: ReadonlyMap<string, OfferWords>;
    readonly languages: readonly string[];
  }) {
    this.retailer = facts.retailer;
    this.#settings = facts.settings;
    this.#date = facts.date;
    this.#words = facts.words;
    this.#languages = facts.languages;
  }

  /** The language of a flyer by its words, for engines tell few languages apart; null where none stands out. */
  languageOf(text: string): string | null {
    return likeliestLanguage(text, this.#words);
  }

  /** For a page: its language goes before the others. */
  ofPage(source: string, language: string | null): OfferContext {
    const own = language === null ? [] : [baseOf(language)];
    return this.#context([...own, ...this.#languages], this.#date ?? dateInName(source));
  }

  /** For a text, which may be in any language. */
  ofText(): OfferContext {
    return this.#context([...this.#languages, ...this.#words.keys()], this.#date);
  }

  #context(languages: readonly string[], date: string | null): OfferContext {
    const words = [...new Set(languages)].flatMap((language) => this.#words.get(language) ?? []);
    const key = words.map(({ language }) => language).join();
    const vocabulary = this.#vocabularies.get(key) ?? makeVocabulary(words);
    this.#vocabularies.set(key, vocabulary);
    return { vocabulary, retailer: this.#settings, date };
  }
}

/** Reads the words of flyers and the settings of the retailer. Throws `UsageError` where there is no such retailer. */
export async function openContexts(flags: ContextFlags, cwd: string): Promise<OfferContexts> {
  const settings = flags.retailer === null ? NO_RETAILER : await readRetailer(flags.retailer, cwd);
  const words = new Map<string, OfferWords>();
  for (const language of await listOfferLanguages()) {
    const read = await loadOfferWords(language);
    if (read !== null) words.set(language, read);
  }
  return new OfferContexts({
    retailer: flags.retailer === null ? null : parse(flags.retailer).name,
    settings: { ...settings, currency: flags.currency ?? settings.currency },
    date: flags.date,
    words,
    languages: [...settings.languages, ...flags.lang].map(baseOf),
  });
}

async function readRetailer(name: string, cwd: string): Promise<RetailerSettings> {
  const isFile = /\.ya?ml$/i.test(name);
  try {
    return await loadRetailer(isFile ? resolve(cwd, name) : name);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`offers: --retailer: ${error.message}`);
    throw error;
  }
}

/** `es` of `es-MX`. */
function baseOf(language: string): string {
  return language.toLowerCase().split('-')[0] ?? language;
}
