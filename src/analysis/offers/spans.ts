/** Amounts in the text of a block, with where they stand and what is said of them. */
import type { Box } from '../../model.js';
import type { Block } from './blocks.js';
import { around } from './boxes.js';
import { readPrint } from './figures.js';
import type { PageWord, Stretch } from './page.js';
import { findAmounts, findSizes, findUnitPrices, PHRASES } from './standin.js';

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

const meets = (a: Stretch, b: Stretch): boolean => a.start < b.end && b.start < a.end;
const REACH = 24;

function roleOf(text: string, { start, end }: Stretch): AmountRole {
  const before = text.slice(Math.max(0, start - REACH), start).replace(/\n/gu, ' ');
  const after = text.slice(end, end + REACH).replace(/\n/gu, ' ');
  if (PHRASES.was.test(before)) return 'regular';
  if (PHRASES.deposit.test(before) || PHRASES.depositAfter.test(after)) return 'deposit';
  if (PHRASES.savingAfter.test(after) || PHRASES.saving.test(before)) return 'saving';
  if (PHRASES.loyalty.test(before)) return PHRASES.without.test(before) ? 'without loyalty' : 'with loyalty';
  return 'plain';
}

/** Every amount in a block's text. */
export function findTextAmounts(block: Block): TextAmount[] {
  const flat = block.text.replace(/\n/gu, ' ');
  const stretches = wordStretches(block);
  const taken: Stretch[] = [];
  const result: TextAmount[] = [];
  const add = (stretch: Stretch, amount: number, currency: string | null, role: AmountRole) => {
    const words = stretches.filter((part) => meets(part, stretch)).map((part) => part.word);
    if (words.length === 0) return;
    taken.push(stretch);
    const isStruck = words.some((word) => /\d/u.test(word.text) && word.look?.isStruck === true);
    const text = flat.slice(stretch.start, stretch.end);
    result.push({ amount, currency, role, words, text, box: around(words.map((word) => word.box)), isStruck });
  };
  for (const price of findUnitPrices(flat)) {
    if (!taken.some((other) => meets(other, price))) add(price, price.amount, null, 'unit price');
  }
  const isFree = (stretch: Stretch) => !taken.some((other) => meets(other, stretch));
  for (const found of findAmounts(flat))
    if (isFree(found)) add(found, found.amount, found.currency, roleOf(flat, found));
  const sizes = findSizes(flat);
  for (const part of stretches) {
    const print = readPrint(part.word.text);
    if (print?.kind !== 'whole' || !isFree(part) || sizes.some((size) => meets(size, part))) continue;
    add(part, print.readings[0]?.amount ?? 0, null, roleOf(flat, part));
  }
  return result;
}
