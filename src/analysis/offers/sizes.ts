/** Sizes of what is sold, and what a base unit of it costs. */
import { LETTER, levelText } from '../../text/level.js';
import { matchesOf } from '../../text/matches.js';
import { oneOf } from '../../text/phrases.js';
import { type Fraction, over, parseNumber, roundDecimal, times, toFraction } from './numbers.js';
import type { Size, SizeInText } from './page.js';
import { remembered } from './remembered.js';
import { overlapWith } from './stretches.js';
import type { OfferVocabulary } from './vocabulary.js';

/** How many base units a unit is; pounds and ounces are avoirdupois, pints and gallons those of the US, all exact. */
const BASES: Readonly<Record<string, readonly [base: string, factor: number]>> = {
  kg: ['kg', 1],
  hg: ['kg', 0.1],
  g: ['kg', 0.001],
  l: ['l', 1],
  dl: ['l', 0.1],
  cl: ['l', 0.01],
  ml: ['l', 0.001],
  m: ['m', 1],
  cm: ['m', 0.01],
  mm: ['m', 0.001],
  m2: ['m2', 1],
  lb: ['kg', 0.45359237],
  oz: ['kg', 0.028349523125],
  'fl oz': ['l', 0.0295735295625],
  pint: ['l', 0.473176473],
  qt: ['l', 0.946352946],
  gal: ['l', 3.785411784],
  ft: ['m', 0.3048],
};

/** Of these a point before three digits parts thousands: `1.000 g`. Of the others it is a decimal point: `1.250 kg`. */
const SMALL_UNITS = new Set(['g', 'ml', 'mm', 'piece', 'wash', 'sheet', 'portion']);

const COUNT = String.raw`\d{1,3}`;
const AMOUNT = String.raw`(?:(?:\d{1,2}\s?)?[½¼¾]|\d{1,2}\s?\/\s?\d{1,2}|\d{1,3}(?:[.,]\d{3})+(?!\d)|\d{1,5}(?:[.,]\d{1,3})?)`;

const patterns = new WeakMap<OfferVocabulary, RegExp>();
const dozens = new WeakMap<OfferVocabulary, RegExp | null>();

function patternOf(vocabulary: OfferVocabulary): RegExp {
  const known = patterns.get(vocabulary);
  if (known !== undefined) return known;
  const { unitNames, sizeLinks, packs, approximately } = vocabulary;
  const pieces = oneOf(['pack', ...[...vocabulary.units].filter(([, unit]) => !(unit in BASES)).map(([name]) => name)]);
  const link = String.raw`\s?(?:${pieces}\s)?(?:-?\s?${sizeLinks})`;
  const pattern = new RegExp(
    String.raw`(?:(?<![${LETTER}\d]|\d[.,'/]|[€$£¢]/|\dp/)|(?<=(?<![${LETTER}])(?:je|ca)))(?:(?<outer>${COUNT})${link}\s?)?(?:(?<count>${COUNT})${link}\s?)?` +
      String.raw`(?:${approximately}\s?)?(?:(?<low>${AMOUNT})\s?(?:-|bis|to|a)\s?)?(?<amount>${AMOUNT})\s?-?\s?(?<name>${unitNames})(?![${LETTER}\d])` +
      String.raw`(?:\s?[x*]\s?(?<after>${COUNT})(?![\d.,]\d|\d|\s?${unitNames}(?![${LETTER}])))?` +
      String.raw`|(?<![${LETTER}\d])(?<pack>${packs})\s?(?:de|of|à|a|x|mit)?\s?(?<packed>${COUNT})(?![\d.,%€$£x]|\s?(?:[x%€$£]|\d|eur|-\s?\d|-?(?:${unitNames})(?![${LETTER}])))` +
      String.raw`|(?<![${LETTER}\d.,])(?<times>${COUNT})\s?(?:er)?\s?-?\s?(?:pack(?:ung|s)?|set|kasten|karton|tray)(?![${LETTER}])`,
    'g',
  );
  patterns.set(vocabulary, pattern);
  return pattern;
}

/**
 * The sizes of a text: `125 g`, `12 x 125 g`, `1/2 kg`, `je 1.000 g`, `6er-Pack`, `docena`. Of a range, `650 ml - 1 l`,
 * there is the first size and then the other.
 */
export function findSizes(text: string, vocabulary: OfferVocabulary): SizeInText[] {
  return known(text, vocabulary, vocabulary);
}

const known = remembered((text: string, vocabulary: OfferVocabulary): SizeInText[] => {
  const level = levelText(text);
  const found: SizeInText[] = [];
  for (const match of matchesOf(level, patternOf(vocabulary))) {
    const size = readSize(match.groups ?? {}, vocabulary);
    if (size === null || isPartOfPrice(level, match.index, match[0].length, match.groups?.amount)) continue;
    const end = match.index + match[0].length;
    const low = lowOf(size, match.groups?.low);
    const middle = match.index + match[0].lastIndexOf(match.groups?.amount ?? '');
    // of a range both ends are sizes; the unit stands at the second
    if (low !== null && middle > match.index) found.push({ ...low, start: match.index, end: middle });
    found.push({ ...size, start: low === null ? match.index : middle, end });
  }
  const others = [...findDozens(level, vocabulary), ...findAlone(level, vocabulary)];
  const isTaken = overlapWith(found);
  return withPacks(
    level,
    [...found, ...others.filter((size) => !isTaken(size))].sort((a, b) => a.start - b.start),
  );
});

/** Boxes of bottles, and packs of anything, between a measure and how many there are. */
const BOXED =
  /^[\s,;(]{0,3}(?:pack|multipack|caja|caixa|caisse|carton|cassa|case|box|kasten|kiste|karton|tr[aä]ger)\s?(?:de|of|da|di|mit|à|a|:)?\s?$/;
const PACKED = /^[\s,;(]{0,3}(?:pack|multipack)\s?(?:de|of|da|di|mit|à|a|:)?\s?$/;

/** `1 l pack 6 uds.`, `75 cl caja 6 botellas`, `330 ml 6-pack`: so many of the measure before. */
function withPacks(level: string, found: readonly SizeInText[]): SizeInText[] {
  const joined: SizeInText[] = [];
  for (const size of found) {
    const last = joined.at(-1);
    const isCount = size.unit === 'piece' && size.amount === 1 && size.count > 1;
    if (last !== undefined && isCount && last.count === 1 && isPacked(level, last, size))
      joined[joined.length - 1] = { ...last, count: size.count, end: size.end };
    else joined.push(size);
  }
  return joined;
}

function isPacked(level: string, measure: SizeInText, count: SizeInText): boolean {
  const digits = level.slice(count.start).search(/\d/);
  const between = level.slice(measure.end, count.start + Math.max(0, digits));
  const isVolume = BASES[measure.unit]?.[0] === 'l';
  // `400 g pack 4` are four of 400 g, but a box of solids is weighed whole
  if (isVolume ? BOXED.test(between) : isMeasured(measure) && PACKED.test(between)) return true;
  return (
    isVolume && /^[\s,;-]{0,3}$/.test(between) && /\d\s?-?\s?(?:pack|pk)$/.test(level.slice(count.start, count.end))
  );
}

const ALONE = new Set(['gal', 'qt', 'pint']);

/** `Milk, gallon`, `Half Gallon $2.99`: one, or half, of a unit that is written out and ends what is said of the goods. */
function findAlone(level: string, { units }: OfferVocabulary): SizeInText[] {
  if (!/gallon|quart|pint/.test(level)) return [];
  return matchesOf(level, UNIT_ALONE).flatMap(({ index, 0: { length }, groups }) => {
    const unit = units.get(groups?.name ?? '');
    if (unit === undefined || !ALONE.has(unit)) return [];
    const amount = groups?.half === undefined ? 1 : 0.5;
    return [{ count: 1, amount, unit, start: index, end: index + length }];
  });
}

const UNIT_ALONE =
  /(?<![a-z\d]|\d\s?-?\s?)(?:(?:a|one)\s)?(?:(?<half>half|1\/2)[\s-]?)?(?<name>gallon|quart|pint)(?=\s?(?:$|[,.;()$£\n|/]|only|for\b|sale\b|jug|carton|container))/g;

function readSize(groups: Readonly<Record<string, string | undefined>>, vocabulary: OfferVocabulary): Size | null {
  const pieces = groups.packed ?? groups.times;
  if (pieces !== undefined) return Number(pieces) > 0 ? { count: Number(pieces), amount: 1, unit: 'piece' } : null;
  const unit = vocabulary.units.get((groups.name ?? '').replace(/\s+/g, ' '));
  const amount = readAmount(groups.amount ?? '', unit ?? '');
  if (unit === undefined || amount === null || !(amount > 0)) return null;
  const count = [groups.outer, groups.count, groups.after].reduce(
    (product, digits) => product * Number(digits ?? 1),
    1,
  );
  if (!(count > 0)) return null;
  // `30/40 piezas` are so many in a kilo
  if (!(unit in BASES) && groups.amount?.includes('/') === true) return null;
  const isCounted = !(unit in BASES) && Number.isInteger(amount);
  return isCounted ? { count: count * amount, amount: 1, unit } : { count, amount, unit };
}

/** The lower end of `250 - 300 ml`, where it is lower. */
function lowOf(size: Size, printed: string | undefined): Size | null {
  if (printed === undefined) return null;
  const amount = readAmount(printed, size.unit);
  if (amount === null || !(amount > 0)) return null;
  if (size.amount === 1 && !isMeasured(size)) return amount < size.count ? { ...size, count: amount } : null;
  return amount < size.amount ? { ...size, amount } : null;
}

function readAmount(printed: string, unit: string): number | null {
  const sign = printed.at(-1) ?? '';
  const part = FRACTIONS[sign];
  if (part !== undefined) return Number(printed.slice(0, -1)) + part;
  const fraction = /^(\d+)\s?\/\s?(\d+)$/.exec(printed);
  if (fraction !== null) return Number(fraction[2]) > 0 ? Number(fraction[1]) / Number(fraction[2]) : null;
  return parseNumber(printed, !SMALL_UNITS.has(unit));
}

const FRACTIONS: Readonly<Record<string, number>> = { '½': 0.5, '¼': 0.25, '¾': 0.75 };

/** `2,49 St.`: an amount with two decimals before a word for pieces is a price, and `€ 5 Stück` is one too. */
function isPartOfPrice(level: string, start: number, length: number, amount: string | undefined): boolean {
  if (/(?<!\d\s?)[€$£]\s?$/.test(level.slice(Math.max(0, start - 6), start))) return true;
  const after = level.slice(start + length, start + length + 3);
  return amount === undefined && /^\s?[€$£%]/.test(after);
}

function findDozens(level: string, vocabulary: OfferVocabulary): SizeInText[] {
  let pattern = dozens.get(vocabulary);
  if (pattern === undefined) {
    const words = [...vocabulary.counts.keys()]
      .sort((a, b) => b.length - a.length)
      .map((word) => word.replaceAll(' ', String.raw`\s`));
    pattern =
      words.length === 0 ? null : new RegExp(String.raw`(?<![${LETTER}\d])(?:${words.join('|')})(?![${LETTER}])`, 'g');
    dozens.set(vocabulary, pattern);
  }
  if (pattern === null) return [];
  return matchesOf(level, pattern).map(({ index, 0: word }): SizeInText => {
    const count = vocabulary.counts.get(word.replace(/\s/g, ' ')) ?? 1;
    return { count, amount: 1, unit: 'piece', start: index, end: index + word.length };
  });
}

/** Sizes without those that tell how large something is rather than how much of it there is; beside such no length does. */
export function soldSizes<T extends Size>(sizes: readonly T[]): readonly T[] {
  const sold = sizes.filter(isSold);
  return sold.length === sizes.length ? sizes : sold.filter(({ unit }) => unit !== 'm');
}

/** `7 x 7 m` and `20 cm` are extents; of `2 x 30 m` there are two. */
function isSold({ unit, count, amount }: Size): boolean {
  if (unit === 'cm' || unit === 'mm') return false;
  return unit !== 'm' || count === 1 || (count <= MOST_LENGTHS && amount >= LONG * count);
}

const MOST_LENGTHS = 12;
/** What is sold by length is this many times longer than there are pieces of it. */
const LONG = 3;

/** Whether it tells a weight, volume or length, and not only a number of pieces. */
export function isMeasured(size: Size): boolean {
  return size.unit in BASES;
}

/** How many base units (kg, l, m, piece, wash) a size is. */
export function baseAmount(size: Size): { readonly amount: Fraction; readonly unit: string } {
  const [unit, factor] = BASES[size.unit] ?? [size.unit, 1];
  return { amount: times(times(toFraction(size.count), toFraction(size.amount)), toFraction(factor)), unit };
}

/** What a kilogram, litre, metre or piece costs, rounded half up to 4 decimals; null for a size of nothing. */
export function pricePerBaseUnit(price: number, size: Size): { readonly amount: number; readonly unit: string } | null {
  const base = baseAmount(size);
  if (base.amount.numerator <= 0n || !(price >= 0)) return null;
  return { amount: roundDecimal(over(toFraction(price), base.amount), 4), unit: base.unit };
}

/**
 * Whether a price for a base unit is that of a price and a size: both are printed rounded to hundredths, and shops cut as
 * well as round.
 */
export function agreesWithUnitPrice(
  price: number,
  size: Size,
  unitPrice: { readonly amount: number; readonly unit: string },
): boolean {
  const derived = pricePerBaseUnit(price, size);
  if (derived === null || derived.unit !== unitPrice.unit) return false;
  return Math.abs(derived.amount - unitPrice.amount) <= Math.max(0.0101, derived.amount * 0.005);
}
