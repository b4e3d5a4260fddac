/** The name of a product in one line of text. */
import { levelText } from '../../text/level.js';
import type { Stretch } from './page.js';
import { firstFrom, overlap } from './stretches.js';
import { findWords, type OfferVocabulary } from './vocabulary.js';

/**
 * What is left of a text where its prices, sizes, promotions, conditions and dates are taken away, up to where a
 * description or legal phrase begins; the longest run of it that holds a word, of those that begin as names do where some
 * do. Null where none does.
 */
export function productName(text: string, used: readonly Stretch[], vocabulary: OfferVocabulary): string | null {
  const sorted = [...used].sort((a, b) => a.start - b.start);
  const words = wordsOfPrices(text, vocabulary).filter((word) => isBeside(text, word, sorted));
  const runs = runsBetween(text, [...sorted, ...words]);
  const names = runs
    .map((run) => withoutUnit(nameIn(run, vocabulary), vocabulary))
    .filter(
      (name) => /\p{L}{2}/u.test(name) && !NUMBER_TO_CALL.test(name) && !packsOf(vocabulary).test(levelText(name)),
    )
    .filter((name) => !isOfFillers(name, vocabulary));
  const proper = names.filter((name) => !/^\p{Ll}/u.test(name));
  return (proper.length > 0 ? proper : names).sort((a, b) => letters(b) - letters(a))[0] ?? null;
}

/** The words of a text that tell what a price is. */
export function wordsOfPrices(text: string, { markers }: OfferVocabulary): Stretch[] {
  const { regularPrice, currentPrice, from, saving, deposit, loyalty, each } = markers;
  return [regularPrice, currentPrice, from, saving, deposit, loyalty, each].flatMap((pattern) =>
    findWords(text, pattern),
  );
}

const known = new WeakMap<OfferVocabulary, ReadonlySet<string>>();

/** The words that tell of prices and days, each alone. */
function wordsOf(vocabulary: OfferVocabulary): ReadonlySet<string> {
  const words = known.get(vocabulary) ?? new Set(vocabulary.fillers.flatMap((filler) => filler.match(WORD) ?? []));
  known.set(vocabulary, words);
  return words;
}

const WORD = /\p{L}+/gu;

/** Whether a name holds nothing but words that tell of prices and days, and single letters. */
export function isOfFillers(name: string, vocabulary: OfferVocabulary): boolean {
  return isOfWords(name, wordsOf(vocabulary));
}

function isOfWords(name: string, words: ReadonlySet<string>): boolean {
  return (levelText(name).match(WORD) ?? []).every((word) => word.length === 1 || words.has(word));
}

const packs = new WeakMap<OfferVocabulary, RegExp>();

function packsOf(vocabulary: OfferVocabulary): RegExp {
  const pattern = packs.get(vocabulary) ?? new RegExp(`^${vocabulary.packs}$`, 'u');
  packs.set(vocabulary, pattern);
  return pattern;
}

/** Points end sentences after figures only: `D.O. Rioja` and `versch. Sorten` go on. */
const SENTENCE_END = /[\n|;•·]|[!?]\s|(?<=[\d)])\.\s+(?=\p{Lu})/u;

function letters(name: string): number {
  return name.replace(/[^\p{L}]/gu, '').length;
}

/** `antes` before a price is no name, in `Antes de dormir` it is. */
function isBeside(text: string, word: Stretch, used: readonly Stretch[]): boolean {
  const next = firstFrom(used, word.start);
  for (const other of used.slice(Math.max(0, next - NEIGHBOURS), next + NEIGHBOURS)) {
    if (overlap(word, other)) return true;
    const [from, to] = word.end <= other.start ? [word.end, other.start] : [other.end, word.start];
    if (/^[\s:.,(]{0,3}$/.test(text.slice(from, to))) return true;
  }
  return false;
}

/** An amount, a unit price, a size and a promotion may stand in one place. */
const NEIGHBOURS = 8;

function runsBetween(text: string, taken: readonly Stretch[]): string[] {
  const runs: string[] = [];
  let from = 0;
  for (const { start, end } of [...taken].sort((a, b) => a.start - b.start)) {
    if (start > from) runs.push(text.slice(from, start));
    from = Math.max(from, end);
  }
  runs.push(text.slice(from));
  return runs.flatMap((run) => run.split(SENTENCE_END));
}

function nameIn(run: string, { markers }: OfferVocabulary): string {
  const visible = run.replace(COLOURS, '').replace(INVISIBLE, ' ').replace(CODES, ' ').replace(/\s+/g, ' ');
  // `docena de huevos` without its count, `-20% en aceites` without its discount
  const name = visible
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(LEAD, '')
    .replace(/^(?:de|d'|of|di|en|auf|sur|su|em|amb|on)\s+/i, '')
    .replace(EVERY, '');
  const description = findWords(name, markers.descriptions).find(({ start }) => start > 0);
  const legal = findWords(name, markers.legal)[0];
  return withoutTail(name.slice(0, Math.min(description?.start ?? name.length, legal?.start ?? name.length))).trim();
}

/** `Buy 2: ` before what is bought. */
const LEAD = /^(?:(?:buy|any|mix|compra|comprando|kaufe?|ab)\s)?\d{1,2}\s?(?:uds?\.?|stück|items)?\s?:\s+/iu;

/** `all Nature Valley bars`, in small letters: `All Bran` is a name. */
const EVERY =
  /^(?:all|any|every|alle|todos? los|todas? las|toda la|todo el|tous les|toutes les|tutti [ig]l?i?|tutte le|todos os|todas as|tots els|totes les)\s+(?=\S*\p{L})/u;

/** `Merluza, pieza`: what it is sold by is no part of the name. */
function withoutUnit(name: string, { units }: OfferVocabulary): string {
  const comma = name.lastIndexOf(',');
  const last = levelText(name.slice(comma + 1)).trim();
  return comma > 0 && units.has(last) ? name.slice(0, comma).trim() : name;
}

const NUMBER_TO_CALL = /\d{2,4}(?:[ -]\d{2,4}){2,}/;

/** What terminals are told: `\\x1b[31m`. */
const COLOURS = /\p{Cc}\[[\d;]{0,8}m/gu;

/** Bar codes, numbers of articles, days. */
const CODES =
  /(?<![\p{L}\d])(?:(?:EAN|GTIN|SKU|Ref|Art)\b[\p{L}.:# -]{0,6}[\d-]{3,20}|\d{8,14}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?![\p{L}\d])/giu;

/** Control characters, and marks of the direction of writing. */
const INVISIBLE = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

const TAIL = /(?:[\s,;:([/*=+€$£&@!~\p{So}-]|(?<=\p{L})["”»]|(?<=\s)\p{Ll}{1,2}|\.)$/u;

/** A name without the signs and small words at its end, each looked for in the last few characters. */
function withoutTail(name: string): string {
  let end = name.length;
  for (;;) {
    const tail = TAIL.exec(name.slice(Math.max(0, end - 4), end));
    if (tail === null) return name.slice(0, end);
    end -= tail[0].length;
  }
}
