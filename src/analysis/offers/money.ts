/** Amounts of money in a text. */
import { LETTER, levelText } from '../../text/level.js';
import { matchesOf } from '../../text/matches.js';
import { findCurrency } from './currencies.js';
import { type MoneyCandidate, readMoneyCandidate } from './money-candidate.js';
import { NUMBER } from './numbers.js';
import type { AmountInText, Money } from './page.js';

/** What helps to read amounts. */
export interface MoneyHint {
  /** Of the page or the retailer: it is what `$` means, and what `99 cts` are of. */
  readonly currency?: string | null;
  /** The cents may be printed raised and small, so that recognisers saw `2 49` for 2.49. */
  readonly hasRaisedCents?: boolean;
}

/** A number, or cents alone: `-,99`, `.99`. The dash of `5.-` is looked for behind it. */
const NUMBERS = new RegExp(String.raw`(?<![${LETTER}\d.,])-?[.,]\d\d?(?!\d|[.,]\d)|${NUMBER}`, 'g');
const RAISED_CENTS = /(?<![\d.,])(\d{1,3}) (?=\d\d(?![\d.,]| ?%))/g;

/** Longer ones are no amounts, but bar codes and rules of nines. */
const LONGEST_NUMBER = 24;

/**
 * Every amount of a text that is marked as money: by a currency beside it, by two decimals (unless a measure, a percent
 * sign or another number of a date follows), or by a dash for the cents (`5.-`, `-.99`). Whole numbers that stand alone
 * are not amounts here.
 */
export function findAmounts(text: string, hint: MoneyHint = {}): AmountInText[] {
  return candidatesOf(text, hint)
    .filter(({ isMarked, isPriceLike }) => isMarked || isPriceLike)
    .map(({ amount, currency, start, end, per }) => ({ amount, currency, start, end, per }));
}

/**
 * The one amount that a text holds: the first with a currency beside it, else the first number that is no percentage; with
 * the currency that stands anywhere in the text. `free` and the like are an amount of 0. Null where there is none.
 */
export function parseMoney(text: string, hint: MoneyHint = {}): Money | null {
  const candidates = candidatesOf(joinLoose(text), hint);
  const best = candidates.find(({ isMarked }) => isMarked) ?? candidates[0];
  if (best === undefined) return FREE.test(levelText(text)) ? { amount: 0, currency: null } : null;
  return { amount: best.amount, currency: best.currency ?? findCurrency(text, hint.currency ?? null) };
}

const FREE = /(?<!\p{L})(?:free|gratis|kostenlos|gratuit[oae]?)(?!\p{L})/u;

/** `1. 249,00` and `12 ,99`: spaces beside a separator, where one string is one price. */
function joinLoose(text: string): string {
  return text.replace(/(?<=\d)\s?([.,])\s?(?=\d{2,3}(?!\d))/g, '$1');
}

function candidatesOf(text: string, hint: MoneyHint): MoneyCandidate[] {
  const printed = levelText(text);
  const level = hint.hasRaisedCents === true ? printed.replace(RAISED_CENTS, '$1.') : printed;
  const found: MoneyCandidate[] = [];
  let last = 0;
  for (const match of matchesOf(level, NUMBERS)) {
    if (match.index < last || match[0].length > LONGEST_NUMBER) continue;
    // `1e309` is no price of 309
    if (/\de$/.test(level.slice(Math.max(0, match.index - 2), match.index))) continue;
    const candidate = readMoneyCandidate(
      text,
      level,
      { start: match.index, printed: match[0] },
      hint.currency ?? null,
      last,
    );
    if (candidate === null) continue;
    // cents behind a sign belong to the number before it
    last = candidate.end;
    found.push(candidate);
  }
  return withRangeStart(level, withoutLetters(found));
}

const RANGE_START = /^[^\p{L}\d]*(?:(?:de|von|from|desde|entre|between|da|zwischen)\s)?$/u;

/** `5 - 10 €`, `de 5 a 10 €`: the sign behind a range, at the start of a text, is of both ends. */
function withRangeStart(level: string, found: readonly MoneyCandidate[]): MoneyCandidate[] {
  const [low, high, ...others] = found;
  if (low === undefined || high === undefined || low.isMarked || !high.isMarked || low.amount >= high.amount)
    return [...found];
  const between = level.slice(low.end, high.start);
  const isRange = /^\s?(?:-|a|to|bis|y|and|und|e)\s?$/.test(between) && RANGE_START.test(level.slice(0, low.start));
  return isRange ? [{ ...low, currency: high.currency, isMarked: true }, high, ...others] : [...found];
}

/** `Sofá 3P 499 €`: beside a price a number before a letter is a model or a count, unless it looks like pence or cents. */
function withoutLetters(found: readonly MoneyCandidate[]): MoneyCandidate[] {
  const prices = found.filter(({ bare, isMarked, isPriceLike }) => bare === undefined && (isMarked || isPriceLike));
  const isSterling = prices.every(({ currency }) => currency === null || currency === 'GBP');
  return found.map((candidate) => {
    if (candidate.bare === undefined || prices.length === 0) return candidate;
    const mayStand = candidate.mayStand === true && (candidate.currency !== 'GBP' || isSterling);
    return mayStand ? candidate : candidate.bare;
  });
}
