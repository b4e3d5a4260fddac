/** Blocks that may describe goods: what is said in them, and how much doubt there is that they do. */
import type { Block } from './blocks.js';
import type { Reading } from './figures.js';
import { type Name, nameOf } from './names.js';
import type { SizeInText, UnitPrice } from './page.js';
import { bodyHeight } from './runs.js';
import { findTextAmounts, type TextAmount } from './spans.js';
import { findSizes, findUnitPrices, PHRASES } from './standin.js';
import type { Tag } from './tags.js';

export interface Goods {
  readonly block: Block;
  readonly sizes: readonly SizeInText[];
  readonly unitPrices: readonly UnitPrice[];
  readonly amounts: readonly TextAmount[];
  readonly name: Name | null;
  /** In heights of the running text: how much farther away a surer block may lie. */
  readonly doubt: number;
}

const PIECES: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  g: ['kg', 0.001],
  kg: ['kg', 1],
  ml: ['l', 0.001],
  cl: ['l', 0.01],
  l: ['l', 1],
  cm: ['m', 0.01],
  m: ['m', 1],
};

function agrees(price: number, size: SizeInText, { amount, unit }: UnitPrice): boolean {
  const [base, factor] = PIECES[size.unit] ?? [size.unit, 1];
  if (base !== unit || amount <= 0) return false;
  const total = size.count * size.amount * factor;
  // Of a few cents a unit everything near is right.
  return amount >= 0.2 && Math.abs(price / total - amount) <= 0.0051 + amount * 0.001;
}

/** The reading of a tag that a size and a unit price of the block bear out: price / size = unit price. */
export function agreement(tag: Pick<Tag, 'readings' | 'loyalty'>, goods: Goods): Reading | null {
  for (const reading of tag.readings) {
    for (const size of goods.sizes) {
      for (const price of goods.unitPrices) {
        if (reading.isWhole && agrees(reading.amount, size, price)) return reading;
        if (reading.isWhole) continue;
        const [, factor] = PIECES[size.unit] ?? [size.unit, 1];
        const whole = Math.floor(price.amount * size.count * size.amount * factor + 0.02) + reading.amount;
        for (const amount of [whole, whole - 1]) {
          const rounded = Math.round(amount * 100) / 100;
          if (rounded > 0 && agrees(rounded, size, price)) return { amount: rounded, isWhole: true, likelihood: 0.85 };
        }
      }
    }
  }
  return null;
}

function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}

const TOO_DOUBTFUL = 100;
const LONG_LINE = 60;

/** Text that no offer is in: footnotes, names of apps, percentages. */
function isNoGoods(flat: string, { block, sizes, unitPrices }: Omit<Goods, 'doubt' | 'name'>): boolean {
  if (flat.length / block.lines.length > LONG_LINE) return true;
  if (PHRASES.legal.test(flat) && sizes.length + unitPrices.length === 0) return true;
  if (PHRASES.loyalty.test(flat) && flat.length < 40) return true;
  return /%/u.test(flat) && flat.length < 12;
}

/** Height of lines that is not the page's; few lines; words that were read badly or are none: doubt adds up. */
function doubtOf(flat: string, goods: Omit<Goods, 'doubt'>, body: number): number {
  if (goods.name === null || isNoGoods(flat, goods)) return TOO_DOUBTFUL;
  const { block, sizes, unitPrices, name } = goods;
  const words = block.lines.flatMap((line) => line.words);
  const long = words.filter((word) => letters(word.text) >= 3);
  if (long.length === 0) return TOO_DOUBTFUL;
  const confidence = words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
  let doubt = 0;
  if (sizes.length + unitPrices.length === 0) doubt += PHRASES.stop.test(flat) ? 4 : 16;
  if (unitPrices.length > 0) doubt -= 3;
  if (block.lines.length < 2) doubt += 4;
  if (long.length < 2) doubt += 4;
  if (/^\p{Ll}/u.test(name.product)) doubt += 10;
  if (PHRASES.promotion.test(flat)) doubt += 10;
  doubt += Math.min(25, 25 * Math.max(0, Math.abs(Math.log2(bodyHeight(words) / body)) - 0.35));
  return doubt + Math.max(0, 0.95 - confidence) * 80;
}

/** Letters that recognisers take for others in unit prices: `3.79 / I)`, `1 1 = 89.80`. */
function mended(text: string): string {
  return text
    .replace(/(?<=\d[.,](?:\d\d|[-–—])\s?\/\s?)[1I|](?=\W|$)/gu, 'l')
    .replace(/(?<=(?:^|\W)1\s?)[1I|](?=\s?=\s?\d)/gu, 'l');
}

/** What a block says. */
export function toGoods(block: Block, body: number, language: string | null): Goods {
  const flat = mended(block.text.replace(/\n/gu, ' '));
  const goods = {
    block,
    sizes: findSizes(flat),
    unitPrices: findUnitPrices(flat),
    amounts: findTextAmounts(block),
    name: nameOf(block, language),
  };
  return { ...goods, doubt: doubtOf(flat, goods, body) };
}
