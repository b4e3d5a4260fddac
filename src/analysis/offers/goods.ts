/** Blocks that may describe goods: what is said in them, and how much doubt there is that they do. */
import { levelText } from '../../text/level.js';
import type { Block } from './blocks.js';
import { type Name, nameOf } from './names.js';
import type { SizeInText, Stretch, UnitPrice, Validity } from './page.js';
import type { Reading } from './price-print.js';
import { bodyHeight, colourDifference } from './runs.js';
import { firstOf, type Sense, says, saysLoyalty } from './sense.js';
import { baseAmount, findSizes, isMeasured, pricePerBaseUnit } from './sizes.js';
import { findTextAmounts, flatText, type TextAmount } from './spans.js';
import type { Tag } from './tags.js';
import { findUnitPrices } from './unit-prices.js';
import { findValidity } from './validity.js';

export interface Goods {
  readonly block: Block;
  readonly sizes: readonly SizeInText[];
  readonly unitPrices: readonly UnitPrice[];
  readonly amounts: readonly TextAmount[];
  readonly name: Name | null;
  readonly validity: Validity | null;
  /** In heights of the running text: how much farther away a surer block may lie. */
  readonly doubt: number;
}

/** Of ranges there are both ends: `250 - 300 ml`, `(3.30 - 3.96 / l)`. */
function withRanges<T extends Stretch & { readonly amount: number }>(found: readonly T[], flat: string): T[] {
  return found.flatMap((one) => {
    const [before, own] = [flat.slice(0, one.start), flat.slice(one.start, one.end)];
    const low = /(\d+(?:[.,]\d+)?)\s?[-–—]\s?\(?$/u.exec(before)?.[1];
    const inside = /(\d+[.,]\d\d)\s?[-–—]\s?\d/u.exec(own)?.[1];
    const other = Number((low ?? inside ?? '').replace(',', '.'));
    return other > 0 && other < one.amount ? [{ ...one, amount: other }, one] : [one];
  });
}

/**
 * Whether price / size = unit price, as far as both are printed. Of a few cents a unit everything near is right, which
 * tells nothing.
 */
function agrees(price: number, size: SizeInText, { amount, unit }: UnitPrice, tolerance = 0.0101): boolean {
  const derived = pricePerBaseUnit(price, size);
  if (derived === null || derived.unit !== unit || amount < 0.2) return false;
  return Math.abs(derived.amount - amount) <= tolerance + amount * 0.001;
}

/** Of dearer goods the units would have been seen. */
const MOST_COMPLETED = 100;

/** The price with the cents seen that agrees with a size and a unit price. */
function completedBy(cents: number, size: SizeInText, unitPrice: UnitPrice): number | null {
  const base = baseAmount(size).amount;
  const whole = Math.floor(unitPrice.amount * (Number(base.numerator) / Number(base.denominator)) + 0.02);
  for (const units of [whole, whole - 1]) {
    const amount = Math.round((units + cents) * 100) / 100;
    if (amount > 0 && amount < MOST_COMPLETED && agrees(amount, size, unitPrice, 0.0051)) return amount;
  }
  return null;
}

/** The reading of a tag that a size and a unit price of the block bear out. */
export function agreement(
  tag: Pick<Tag, 'readings' | 'unitPrices'>,
  goods: Pick<Goods, 'sizes' | 'unitPrices'>,
): Reading | null {
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

/** Lines longer than any description, what begins with the sign of a footnote, or legal phrases without a size. */
export function isFootnote(
  { block, sizes, unitPrices }: Pick<Goods, 'block' | 'sizes' | 'unitPrices'>,
  sense: Sense,
): boolean {
  const flat = flatText(block);
  if (flat.length / block.lines.length > LONG_LINE || /^[¹²³⁴⁵⁶]/u.test(flat)) return true;
  return says(flat, 'legal', sense) && sizes.length + unitPrices.length === 0;
}

/** Text that no offer is in: footnotes, names of apps, percentages. */
function isNoGoods(flat: string, goods: Omit<Goods, 'doubt'>, sense: Sense): boolean {
  if (isFootnote(goods, sense)) return true;
  if (saysLoyalty(flat, sense) && flat.length < 40) return true;
  if (goods.validity !== null && goods.sizes.length + goods.unitPrices.length === 0) return true;
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

/** `per lb`, `El kilo`, `pro kg`: a base unit that stands alone is the size of what is sold by it. */
function unitAlone(block: Block, { vocabulary }: Sense): SizeInText[] {
  const found: SizeInText[] = [];
  for (const part of block.lines.flatMap((line) => line.text.split(/[,|·•]/u))) {
    const words = levelText(part).trim().split(/\s+/u);
    const unit = vocabulary.units.get(words.at(-1)?.replace(/\.$/u, '') ?? '');
    if (unit === undefined || words.length > 2 || !SOLD_BY.has(unit)) continue;
    const start = block.text.indexOf(part);
    found.push({ count: 1, amount: 1, unit, start, end: start + part.length });
  }
  // `Categoría I` may be read as one that ends in litres.
  return found.sort((a, b) => Number(a.unit === 'l') - Number(b.unit === 'l')).slice(0, 1);
}

const SOLD_BY = new Set(['kg', 'lb', 'l', 'm', 'g']);

/** How the first line of a block is set. */
function isSetAlike(a: Block, b: Block): boolean {
  const [one, other] = [a.lines[0]?.words[0], b.lines[0]?.words[0]];
  if (one === undefined || other === undefined) return false;
  if (Math.abs(Math.log2(one.box[3] / other.box[3])) > 0.2) return false;
  if (one.look === undefined || other.look === undefined) return false;
  return (
    colourDifference(one.look.ink, other.look.ink) < 70 && colourDifference(one.look.ground, other.look.ground) < 70
  );
}

const FAMILY = 12;
const SURE = 0.5;

/** There is less doubt about blocks whose names are set as those of blocks that surely describe goods. */
export function withFamilies(all: readonly Goods[]): Goods[] {
  const sure = all.filter(({ doubt }) => doubt <= SURE);
  return all.map((goods) => {
    if (goods.doubt <= SURE || goods.doubt >= TOO_DOUBTFUL) return goods;
    const family = sure.filter(({ block }) => isSetAlike(block, goods.block)).length;
    return family < 2 ? goods : { ...goods, doubt: Math.max(SURE, goods.doubt - FAMILY) };
  });
}

/** The l of litres at the end of a line or before a unit price, read as a figure or a stroke: `1 1`, `1.51`, `5 |`. */
const LITRES = /(?<=(?:^|[\s,x])\d{1,2}(?:[.,]\d)?\s?)[1I|](?=\s*$|,?\n|\s?\(|\s1\s?l)/gmu;

/** Sizes that no unit price or date has taken, where there are such; litres that were read as figures are mended. */
function sizesIn(block: Block, taken: readonly Stretch[], { vocabulary }: Sense): SizeInText[] {
  const isFree = (size: Stretch) => !taken.some((other) => size.start < other.end && other.start < size.end);
  const all = findSizes(flatText(block), vocabulary);
  const own = all.filter(isFree);
  if (own.some(isMeasured)) return own;
  const mended = findSizes(block.text.replace(LITRES, 'l'), vocabulary).filter(
    (size) => isFree(size) && size.unit === 'l',
  );
  if (mended.length > 0) return mended;
  return own.length > 0 ? own : all;
}

/** `Saturday & Sunday only, 2/12 - 2/13`: what names days of the month says more than weekdays. */
function validityIn(flat: string, found: readonly Validity[]): Validity | null {
  return found.find(({ start, end }) => /\d/u.test(flat.slice(start, end))) ?? found[0] ?? null;
}

/** What a block says. */
export function toGoods(block: Block, sense: Sense): Goods {
  const flat = flatText(block);
  const hasFigures = /\d/u.test(flat);
  const reading = { date: sense.date, dateOrder: sense.retailer.dateOrder };
  const unitPrices = hasFigures ? findUnitPrices(flat, sense.vocabulary) : [];
  const validity = hasFigures ? validityIn(flat, findValidity(flat, sense.vocabulary, reading)) : null;
  const sizes = hasFigures ? sizesIn(block, [...unitPrices, ...(validity === null ? [] : [validity])], sense) : [];
  const goods = {
    block,
    sizes: sizes.length > 0 ? withRanges(sizes, flat) : unitAlone(block, sense),
    unitPrices: withRanges(unitPrices, flat),
    amounts: findTextAmounts(block, sense),
    name: nameOf(block, sense),
    validity,
  };
  return { ...goods, doubt: doubtOf(flat, goods, sense) };
}
