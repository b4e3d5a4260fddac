/** Reads what languages say on flyers (data/offers) and how retailers print (data/retailers). */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../model.js';
import { offerGaps } from '../text/offer-gaps.js';
import type { OfferWords, RetailerSettings } from '../text/offer-words.js';
import { NO_RETAILER } from '../text/offer-words.js';
import { compilePhrase } from '../text/phrases.js';

const LANGUAGES = new URL('../../data/offers/', import.meta.url);
const RETAILERS = new URL('../../data/retailers/', import.meta.url);

type Tree = Readonly<Record<string, unknown>>;

/** The languages that there are words of. */
export function listOfferLanguages(): Promise<readonly string[]> {
  return namesIn(LANGUAGES);
}

/** The retailers that can be named, in alphabetical order. */
export function listRetailers(): Promise<readonly string[]> {
  return namesIn(RETAILERS);
}

/**
 * The words of a language, by its first subtag: `es-MX` gives those of `es`; null where there are none.
 * @throws Error that names the file, where it is not as it should be
 */
export async function loadOfferWords(language: string): Promise<OfferWords | null> {
  const name = language.toLowerCase().split('-')[0] ?? '';
  if (!(await listOfferLanguages()).includes(name)) return null;
  const file = new URL(`${name}.yaml`, LANGUAGES);
  return readWords(await readTree(file), fileURLToPath(file));
}

/**
 * A retailer's settings, by the name of its file (`carrefour-es`) or of the file itself (a path that ends in .yaml).
 * @throws UsageError where there is no such retailer or its file is not as it should be
 */
export async function loadRetailer(name: string): Promise<RetailerSettings> {
  if (/\.ya?ml$/i.test(name)) return readRetailer(await readTree(name), name, name);
  const known = await listRetailers();
  if (!known.includes(name)) {
    const near = known.filter((id) => id.startsWith(name.split('-')[0] ?? name));
    const choice = (near.length > 0 ? near : known).join(', ');
    throw new UsageError(
      `there is no retailer "${name}": use one of ${choice}, or the path of a .yaml file of your own`,
    );
  }
  const file = new URL(`${name}.yaml`, RETAILERS);
  return readRetailer(await readTree(file), fileURLToPath(file), name);
}

async function namesIn(folder: URL): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

async function readTree(file: URL | string): Promise<unknown> {
  const path = typeof file === 'string' ? file : fileURLToPath(file);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path}: cannot be read (${error instanceof Error && 'code' in error ? error.code : error})`);
  }
  const { parse } = await import('yaml');
  try {
    return parse(text, { logLevel: 'error' });
  } catch (error) {
    throw new UsageError(`${path}: not valid YAML: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
  }
}

/** Reads parts of a tree, and says in which file and where something is missing. */
function readerOf(file: string) {
  const fail = (where: string, expected: string): never => {
    throw new UsageError(`${file}: ${where}: expected ${expected}`);
  };
  const tree = (value: unknown, where: string): Tree =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Tree)
      : fail(where, 'names and values');
  const text = (value: unknown, where: string): string => (typeof value === 'string' ? value : fail(where, 'a text'));
  const texts = (value: unknown, where: string): string[] =>
    Array.isArray(value) ? value.map((item, i) => text(item, `${where}[${i}]`)) : fail(where, 'a list of texts');
  const lists = (value: unknown, where: string): Record<string, string[]> =>
    Object.fromEntries(Object.entries(tree(value, where)).map(([key, list]) => [key, texts(list, `${where}.${key}`)]));
  const rows = (value: unknown, where: string, size: number): string[][] =>
    Array.isArray(value) && value.length === size
      ? value.map((list, i) => texts(list, `${where}[${i}]`))
      : fail(where, `${size} lists`);
  return { fail, tree, text, texts, lists, rows };
}

function readWords(value: unknown, file: string): OfferWords {
  const read = readerOf(file);
  const tree = read.tree(value, 'the file');
  const dates = read.tree(tree.dates, 'dates');
  const markers = read.tree(tree.markers, 'markers');
  const dateList = (name: string): string[] => read.texts(dates[name], `dates.${name}`);
  const marker = (name: string): string[] => read.texts(markers[name], `markers.${name}`);
  const words: OfferWords = {
    language: read.text(tree.language, 'language'),
    lists: read.lists(tree.lists, 'lists'),
    numbers: read.lists(tree.numbers, 'numbers'),
    ordinals: read.lists(tree.ordinals, 'ordinals'),
    ordinalEndings: read.texts(tree.ordinalEndings, 'ordinalEndings'),
    units: read.lists(tree.units, 'units'),
    packs: read.texts(tree.packs, 'packs'),
    sizeLinks: read.texts(tree.sizeLinks, 'sizeLinks'),
    counts: read.lists(tree.counts, 'counts'),
    approximately: read.texts(tree.approximately, 'approximately'),
    dates: {
      months: read.rows(dates.months, 'dates.months', 12),
      weekdays: read.rows(dates.weekdays, 'dates.weekdays', 7),
      from: dateList('from'),
      to: dateList('to'),
      until: dateList('until'),
      of: dateList('of'),
      and: dateList('and'),
      only: dateList('only'),
    },
    markers: {
      regularPrice: marker('regularPrice'),
      currentPrice: marker('currentPrice'),
      from: marker('from'),
      saving: marker('saving'),
      deposit: marker('deposit'),
      loyalty: marker('loyalty'),
      each: marker('each'),
      legal: marker('legal'),
      descriptions: marker('descriptions'),
      alternatives: marker('alternatives'),
      without: marker('without'),
      stickers: marker('stickers'),
    },
    promotions: readPromotions(tree.promotions, file),
    conditions: read.texts(tree.conditions, 'conditions'),
    withoutCard: read.texts(tree.withoutCard, 'withoutCard'),
    priceChanges: tree.priceChanges === undefined ? [] : read.texts(tree.priceChanges, 'priceChanges'),
    unitPrices: read.texts(tree.unitPrices, 'unitPrices'),
  };
  checkPhrases(words, file);
  return words;
}

const KINDS = ['percent-off', 'amount-off', 'multi-buy', 'nth-unit', 'bogo', 'bundle-price', 'loyalty', 'free-gift'];
const FIGURES = ['take', 'pay', 'nth', 'percent', 'share'];

function readPromotions(value: unknown, file: string): OfferWords['promotions'] {
  const read = readerOf(file);
  if (!Array.isArray(value)) return read.fail('promotions', 'a list');
  return value.map((item, i) => {
    const where = `promotions[${i}]`;
    const tree = read.tree(item, where);
    const kind = read.text(tree.kind, `${where}.kind`);
    if (!KINDS.includes(kind)) read.fail(`${where}.kind`, `one of ${KINDS.join(', ')}`);
    for (const [key, setting] of Object.entries(tree)) {
      if (FIGURES.includes(key) && typeof setting !== 'number') read.fail(`${where}.${key}`, 'a number');
      if (['loyalty', 'isInPrice'].includes(key) && typeof setting !== 'boolean')
        read.fail(`${where}.${key}`, 'true or false');
      if (!['kind', 'says', 'percentMeans', 'loyalty', 'isInPrice', ...FIGURES].includes(key))
        read.fail(`${where}.${key}`, 'no such name');
    }
    if (!['discount', 'pay', 'retailer', undefined].includes(tree.percentMeans as string | undefined))
      read.fail(`${where}.percentMeans`, 'discount, pay or retailer');
    return { ...tree, kind, says: read.texts(tree.says, `${where}.says`) };
  });
}

/** Every phrase must compile, so that a slip in a file is told when the file is read. */
function checkPhrases(words: OfferWords, file: string): void {
  const gaps = offerGaps(words);
  for (const phrase of [
    ...words.promotions.flatMap(({ says }) => says),
    ...words.conditions,
    ...words.withoutCard,
    ...words.priceChanges,
    ...words.unitPrices,
  ]) {
    try {
      compilePhrase(phrase, gaps);
    } catch (error) {
      throw new UsageError(`${file}: ${error instanceof Error ? error.message : error}`);
    }
  }
}

const RETAILER_KEYS = ['name', 'country', 'languages', 'currency', 'loyaltyWords', 'nthUnitPercentMeans', 'dateOrder'];
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$/;

function readRetailer(value: unknown, file: string, id: string): RetailerSettings {
  const read = readerOf(file);
  const tree = read.tree(value, 'the file');
  for (const key of Object.keys(tree))
    if (!RETAILER_KEYS.includes(key)) read.fail(key, `one of the settings ${RETAILER_KEYS.join(', ')}`);
  const shaped = (name: string, shape: RegExp, what: string): string => {
    const text = read.text(tree[name], name);
    return shape.test(text) ? text : read.fail(name, what);
  };
  const languages = read.texts(tree.languages, 'languages');
  if (languages.length === 0 || !languages.every((language) => LANGUAGE.test(language)))
    read.fail('languages', 'a list of codes such as [es, ca]');
  const oneOfThese = <T extends string>(name: string, choice: readonly T[], otherwise: T): T => {
    const setting = tree[name];
    if (setting === undefined) return otherwise;
    return choice.find((each) => each === setting) ?? read.fail(name, choice.join(' or '));
  };
  return {
    id,
    name: read.text(tree.name, 'name'),
    country: shaped('country', /^[A-Z]{2}$/, 'a code such as ES'),
    languages,
    currency: shaped('currency', /^[A-Z]{3}$/, 'a code such as EUR'),
    loyaltyWords: tree.loyaltyWords === undefined ? [] : read.texts(tree.loyaltyWords, 'loyaltyWords'),
    nthUnitPercentMeans: oneOfThese('nthUnitPercentMeans', ['discount', 'pay'], NO_RETAILER.nthUnitPercentMeans),
    dateOrder: oneOfThese('dateOrder', ['dmy', 'mdy'], tree.country === 'US' ? 'mdy' : NO_RETAILER.dateOrder),
  };
}
