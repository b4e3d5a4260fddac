/** Amounts in the text of a block, with where they stand and what is said of them. */
import type { Box } from '../../model.js';
import type { Block } from './blocks.js';
import { around } from './boxes.js';
import { findCurrency } from './currencies.js';
import { findAmounts } from './money.js';
import type { PageWord, Stretch } from './page.js';
import { AROUND_SIGN, isHundredths, readPrint } from './price-print.js';
import { endsWith, type Sense, says, saysLoyalty, startsWith } from './sense.js';
import { findSizes } from './sizes.js';
import { findUnitPrices } from './unit-prices.js';

export type AmountRole = 'plain' | 'unit price' | 'regular' | 'deposit' | 'saving' | 'with loyalty' | 'without loyalty';

/** An amount in running text. */
export interface TextAmount {
  readonly amount: number;
  readonly currency: string | null;
  readonly role: AmountRole;
  readonly words: readonly PageWord[];
  readonly text: string;
  readonly box: Box;
  readonly isStruck: boolean;
}

/** The words of a block with the stretches of its text that they are. */
export function wordStretches(block: Block): (Stretch & { readonly word: PageWord; readonly line: number })[] {
  const result: (Stretch & { word: PageWord; line: number })[] = [];
  let start = 0;
  for (const [line, run] of block.lines.entries()) {
    for (const word of run.words) {
      result.push({ word, line, start, end: start + word.text.length });
      start += word.text.length + 1;
    }
  }
  return result;
}

/** `0.89 je 46 g` is the price of what is sold, not that of a base unit. */
function isOfSize(text: string): boolean {
  const size = /(?<![\d.,])(\d+)\s?(?:g|ml)(?!\p{L})/u.exec(text)?.[1];
  return size !== undefined && !/^10*$/u.test(size);
}

const meets = (a: Stretch, b: Stretch): boolean => a.start < b.end && b.start < a.end;
const REACH = 24;

function roleOf(text: string, { start, end }: Stretch, sense: Sense): AmountRole {
  const before = text.slice(Math.max(0, start - REACH), start).replace(/\n/gu, ' ');
  const after = text.slice(end, end + REACH).replace(/\n/gu, ' ');
  if (endsWith(before, 'regularPrice', sense)) return 'regular';
  if (endsWith(before, 'deposit', sense) || startsWith(after, 'deposit', sense)) return 'deposit';
  if (endsWith(before, 'saving', sense) || startsWith(after, 'saving', sense)) return 'saving';
  if (saysLoyalty(before, sense)) return says(before, 'without', sense) ? 'without loyalty' : 'with loyalty';
  return 'plain';
}

/** Letters that recognisers take for others: `3.79 / I)`, `1 1 = 89.80`, `11= 533.-`, `BOG0`, `SAVE S1`. The text keeps its length. */
function mended(text: string): string {
  return text
    .replace(/(?<=\d[.,](?:\d\d|[-–—])\s?\/\s?)[1I|](?=\W|$)/gu, 'l')
    .replace(/(?<=(?:^|\W)1\s?)[1I|](?=\s?=\s?\d)/gu, 'l')
    .replace(/(?<![\d.,])1[1I|](?=\s?=\s?\d)/gu, '1l')
    .replace(/(?<=(?:^|\W)\d+(?:\.\d+)?\s?)0z(?=\W|$)/gu, 'oz')
    .replace(/(?<![\d\p{L}])(?:0\p{Lu}{2,}|\p{Lu}{2,}0)(?![\d\p{L}])/gu, (word) => word.replace('0', 'O'))
    .replace(/(?<![\d\p{L}])0(?=\p{Ll}{3})/gu, 'O')
    .replace(/(?<![\d\p{L}])S(?=\d{1,3}(?:[.,]\d\d)?(?![\d\p{L}]))/gu, '$');
}

/** The text of a block on one line. */
export function flatText(block: Block): string {
  return mended(block.text.replace(/\n/gu, ' '));
}

/** The amount of a unit price as it is printed, whatever unit it is for: 8.52 of `$8.52 per lb`, 0.89 of `100 g = 0.89`. */
function printedAmount(text: string): number | null {
  const [, units, cents] = /(?<!\d)(\d+)[.,'’](\d{2})(?!\d)/u.exec(text) ?? [];
  return units === undefined ? (findAmounts(text)[0]?.amount ?? null) : Number(`${units}.${cents}`);
}

const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])`;
/** `10.11.`, `15.11.25`, `10.11 - 15.11.25`: days are no money, whether a year is known or not. */
const DATES = new RegExp(
  String.raw`(?<![\d.,€£$]|[€£$]\s)(?:${DAY}\s?[-–—]\s?(?=${DAY}\.))?${DAY}\.(?:20\d{2}|\d{2})?(?![\d€£$]|\s[€£$])`,
  'gu',
);
/** `3P`, `5C` and `99 c/u` are no hundredths, unless the page is in a currency with such. */
function isCount(text: string, { start, end }: Stretch, sense: Sense): boolean {
  const printed = text.slice(start, end).replace(/\.$/u, '');
  return /^\d{1,2}\s*[cp]$/iu.test(printed) && (text[end] === '/' || !isHundredths(printed, sense));
}

/** 12.50 of `12,50/95,50€`, before the amount that has the sign. */
function firstOfRange(text: string, { start }: Stretch): (Stretch & { readonly amount: number }) | null {
  const [, units, cents, gap] = /(?<![\d.,])(\d{1,5})[.,](\d{2})(\s?[/–-]\s?)$/u.exec(text.slice(0, start)) ?? [];
  if (units === undefined || gap === undefined) return null;
  const end = start - gap.length;
  return { start: end - units.length - 3, end, amount: Number(`${units}.${cents}`) };
}

/** Every amount in a block's text. */
export function findTextAmounts(block: Block, sense: Sense): TextAmount[] {
  const flat = flatText(block);
  if (!/\d/u.test(flat)) return [];
  const stretches = wordStretches(block);
  const taken: Stretch[] = [...flat.matchAll(DATES)].map(({ index, 0: text }) => ({
    start: index,
    end: index + text.length,
  }));
  const result: TextAmount[] = [];
  const add = (stretch: Stretch, amount: number, currency: string | null, role: AmountRole) => {
    const words = stretches.filter((part) => meets(part, stretch)).map((part) => part.word);
    if (words.length === 0) return;
    taken.push(stretch);
    const isStruck = words.some((word) => /\d/u.test(word.text) && word.look?.isStruck === true);
    const text = flat.slice(stretch.start, stretch.end);
    result.push({ amount, currency, role, words, text, box: around(words.map((word) => word.box)), isStruck });
  };
  for (const price of findUnitPrices(flat, sense.vocabulary)) {
    if (isOfSize(flat.slice(price.start, price.end)) || taken.some((other) => meets(other, price))) continue;
    add(price, printedAmount(flat.slice(price.start, price.end)) ?? price.amount, null, 'unit price');
  }
  const isFree = (stretch: Stretch) => !taken.some((other) => meets(other, stretch));
  for (const part of stretches) {
    const { text } = part.word;
    if (!AROUND_SIGN.test(text) || !isFree(part)) continue;
    add(
      part,
      readPrint(text, sense)?.readings[0]?.amount ?? 0,
      findCurrency(text, sense.retailer.currency),
      roleOf(flat, part, sense),
    );
  }
  // `3, 79 €`, before the cents and the sign are taken for an amount.
  for (const [i, part] of stretches.entries()) {
    const cents = stretches[i + 1];
    if (cents === undefined || cents.line !== part.line || !/^[€£$]?\d{1,3}[.,'’]$/u.test(part.word.text)) continue;
    const both = { start: part.start, end: cents.end };
    if (!/^\d{2}(?!\d|\s?[%x])/u.test(cents.word.text) || !isFree(both)) continue;
    const digits = `${part.word.text} ${cents.word.text}`.match(/\d+/gu) ?? [];
    add(both, Number(digits.slice(0, 2).join('.')), null, roleOf(flat, both, sense));
  }
  const hint = { currency: sense.retailer.currency };
  for (const found of findAmounts(flat, hint)) {
    if (!isFree(found) || isCount(flat, found, sense)) continue;
    const role = roleOf(flat, found, sense);
    const first = firstOfRange(flat, found);
    if (first !== null && isFree(first)) add(first, first.amount, found.currency, role);
    add(found, found.amount, found.currency, role);
  }
  const sizes = findSizes(flat, sense.vocabulary);
  for (const part of stretches) {
    const print = readPrint(part.word.text, sense);
    if (print?.kind !== 'whole' || !isFree(part) || sizes.some((size) => meets(size, part))) continue;
    add(part, print.readings[0]?.amount ?? 0, null, roleOf(flat, part, sense));
  }
  return result;
}
