/** Blocks that may describe goods: what is said in them, and how much doubt there is that they do. */
import type { Block } from './blocks.js';
import type { Reading } from './figures.js';
import { type Name, nameOf } from './names.js';
import type { SizeInText, UnitPrice } from './page.js';
import { bodyHeight } from './runs.js';
import { findTextAmounts, flatText, type TextAmount } from './spans.js';
import { firstOf, type Sense, says, saysLoyalty } from './sense.js';
import { baseAmount, findSizes, pricePerBaseUnit } from './sizes.js';
import { findUnitPrices } from './unit-prices.js';
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

/**
 * Whether price / size = unit price, as far as both are printed. Of a few cents a unit everything near is right, which
 * tells nothing.
 */
function agrees(price: number, size: SizeInText, { amount, unit }: UnitPrice): boolean {
  const derived = pricePerBaseUnit(price, size);
  if (derived === null || derived.unit !== unit || amount < 0.2) return false;
  return Math.abs(derived.amount - amount) <= 0.0101 + amount * 0.001;
}

/** The price with the cents seen that agrees with a size and a unit price. */
function completedBy(cents: number, size: SizeInText, unitPrice: UnitPrice): number | null {
  const base = baseAmount(size).amount;
  const whole = Math.floor(unitPrice.amount * (Number(base.numerator) / Number(base.denominator)) + 0.02);
  for (const units of [whole, whole - 1]) {
    const amount = Math.round((units + cents) * 100) / 100;
    if (amount > 0 && agrees(amount, size, unitPrice)) return amount;
  }
  return null;
}

/** The reading of a tag that a size and a unit price of the block bear out. */
export function agreement(tag: Pick<Tag, 'readings' | 'unitPrices'>, goods: Pick<Goods, 'sizes' | 'unitPrices'>): Reading | null {
  const unitPrices = [...goods.unitPrices, ...tag.unitPrices];
  for (const reading of tag.readings) {
    for (const size of goods.sizes) {
      for (const price of unitPrices) {
        if (reading.isWhole && agrees(reading.amount, size, price)) return reading;
        const amount = reading.isWhole ? null : completedBy(reading.amount, size, price);
        if (amount !== null) return { amount, isWhole: true, likelihood: 0.85 };
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
function isNoGoods(flat: string, { block, sizes, unitPrices }: Omit<Goods, 'doubt' | 'name'>, sense: Sense): boolean {
  if (flat.length / block.lines.length > LONG_LINE) return true;
  if (says(flat, 'legal', sense) && sizes.length + unitPrices.length === 0) return true;
  if (saysLoyalty(flat, sense) && flat.length < 40) return true;
  return /%/u.test(flat) && flat.length < 12;
}

/** Height of lines that is not the page's; few lines; words that were read badly or are none: doubt adds up. */
function doubtOf(flat: string, goods: Omit<Goods, 'doubt'>, sense: Sense): number {
  if (goods.name === null || isNoGoods(flat, goods, sense)) return TOO_DOUBTFUL;
  const { block, sizes, unitPrices, name } = goods;
  const words = block.lines.flatMap((line) => line.words);
  const long = words.filter((word) => letters(word.text) >= 3);
  if (long.length === 0) return TOO_DOUBTFUL;
  const confidence = words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
  let doubt = 0;
  if (sizes.length + unitPrices.length === 0) doubt += firstOf(flat, 'descriptions', sense) === null ? 16 : 4;
  if (unitPrices.length > 0) doubt -= 3;
  if (block.lines.length < 2) doubt += 4;
  if (long.length < 2) doubt += 4;
  if (/^\p{Ll}/u.test(name.product)) doubt += 10;
  if (says(flat, 'stickers', sense)) doubt += 10;
  doubt += Math.min(25, 25 * Math.max(0, Math.abs(Math.log2(bodyHeight(words) / sense.body)) - 0.35));
  return doubt + Math.max(0, 0.95 - confidence) * 80;
}

/** What a block says. */
export function toGoods(block: Block, sense: Sense): Goods {
  const flat = flatText(block);
  const hasFigures = /\d/u.test(flat);
  const goods = {
    block,
    sizes: hasFigures ? findSizes(flat, sense.vocabulary) : [],
    unitPrices: hasFigures ? findUnitPrices(flat, sense.vocabulary) : [],
    amounts: findTextAmounts(block, sense),
    name: nameOf(block, sense),
  };
  return { ...goods, doubt: doubtOf(flat, goods, sense) };
}
