/** Numbers as they stand in tables. */

/** What stands before the decimals. */
export type DecimalMark = '.' | ',';

const SPACES = /[\s\u00a0\u2009\u202f']/g;
const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', 'nil', '-', '--', '.', '?', '#n/a']);
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const GROUPED: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/,
  ',': /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d*)?$/,
};

/** Whether a cell says that there is no value. */
export function isMissing(cell: string): boolean {
  return MISSING.has(cell.trim().toLowerCase());
}

/**
 * Reads a number with the decimal mark given; thousands may be grouped by the other mark, spaces or apostrophes. Null for
 * what is no finite number.
 */
export function parseNumber(cell: string, mark: DecimalMark): number | null {
  let text = cell.trim();
  if (!PLAIN.test(text) || mark === ',') {
    text = text.replace(SPACES, '');
    if (GROUPED[mark].test(text)) text = text.replaceAll(mark === '.' ? ',' : '.', '');
    if (mark === ',') text = text.includes('.') ? '' : text.replace(',', '.');
    if (!PLAIN.test(text)) return null;
  }
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A cell without the unit that stands beside its number. */
export interface Measure {
  readonly number: string;
  /** A currency sign, the three letters of a currency, or `%`; empty for none. */
  readonly unit: string;
}

const UNIT = String.raw`\p{Sc}|US\$|[A-Z]{3}|%`;
const MEASURE = new RegExp(
  String.raw`^([+-]?)\s*(${UNIT})?\s*([+-]?[\d.,][\d.,'\s\u202f]*(?:e[+-]?\d+)?)\s*(${UNIT})?$`,
  'iu',
);

/**
 * Parts `\u20ac1,038.65`, `-$5`, `1.038,65 EUR`, `12 %` and `($1,038.65)`, which is below 0; null for any other text. A typographic
 * minus is a minus. The number is as it is written: of `12 %` 12.
 */
export function parseMeasure(cell: string): Measure | null {
  const text = cell.trim().replaceAll('\u2212', '-');
  const inside = /^\((.+)\)$/.exec(text)?.[1];
  const match = MEASURE.exec(inside ?? text);
  if (match === null) return null;
  const [, sign = '', before = '', digits = '', after = ''] = match;
  const own = /^[+-]/.test(digits);
  if ((sign !== '' && own) || (before !== '' && after !== '') || (inside !== undefined && (sign !== '' || own)))
    return null;
  return { number: `${inside === undefined ? sign : '-'}${digits.trim()}`, unit: (before || after).toUpperCase() };
}

/** The only mark that a cell can have been written with, or null where both, or neither, make it a number. */
export function markOf(cell: string): DecimalMark | null {
  const [point, comma] = [parseNumber(cell, '.'), parseNumber(cell, ',')];
  if ((point === null) === (comma === null)) return null;
  return point === null ? ',' : '.';
}
