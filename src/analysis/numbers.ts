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

/** The only mark that a cell can have been written with, or null where both, or neither, make it a number. */
export function markOf(cell: string): DecimalMark | null {
  const [point, comma] = [parseNumber(cell, '.'), parseNumber(cell, ',')];
  if ((point === null) === (comma === null)) return null;
  return point === null ? ',' : '.';
}
