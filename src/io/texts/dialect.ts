/** Finds how a table of text is written: its delimiter and its line ends. */
import { UsageError } from '../../model.js';
import { type TableDialect, TableParser } from './delimited.js';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const NAMES: Readonly<Record<string, string>> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
  space: ' ',
};
/** Enough records to judge by. */
const SAMPLE_RECORDS = 100;

/** The delimiter that the user gave. Throws {@link UsageError} where it cannot be one. */
export function delimiterOf(given: string): string {
  const sign = NAMES[given.toLowerCase()] ?? given;
  if (sign.length === 1 && !'"\r\n'.includes(sign)) return sign;
  throw new UsageError(
    `the delimiter ${JSON.stringify(given)} is not one character; give for instance ";", "|" or tab`,
  );
}

/** The first line end outside quotes; `\r\n` counts as `\n`. */
export function lineEndOf(sample: string): '\n' | '\r' {
  const outside = /[\r\n]/.exec(sample.replace(/"[^"]*(?:"|$)/g, ''));
  const at = outside?.index ?? -1;
  return outside?.[0] === '\r' && outside.input[at + 1] !== '\n' && at + 1 < outside.input.length ? '\r' : '\n';
}

/** The cells of the first records of a sample whose end may be cut. */
function sampleRows(sample: string, dialect: TableDialect, isWhole: boolean): (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  for (const records of new TableParser(dialect).push(sample, isWhole)) {
    for (const record of records) if ('cells' in record) rows.push(record.cells);
    if (rows.length >= SAMPLE_RECORDS) break;
  }
  return rows;
}

/** How well a delimiter explains a sample: the share of the records as wide as the header, then the width. */
function score(rows: readonly (readonly string[])[]): number {
  const width = rows[0]?.length ?? 0;
  if (width < 2) return 0;
  const body = rows.slice(1).filter((cells) => cells.length > 1 || cells[0] !== '');
  const alike = body.filter((cells) => cells.length === width).length;
  return (body.length === 0 ? 1 : alike / body.length) + Math.min(width, 50) / 100;
}

/** `sep=;` on a first line of its own is what Excel goes by. */
const SEPARATOR_LINE = /^sep=([^\r\n"])\r?\n/i;

export interface FoundDialect extends TableDialect {
  /** Characters before the header. */
  readonly skip: number;
}

/**
 * The dialect of a table that starts with `sample`. A delimiter that gives the header one of the `wanted` columns is
 * preferred; a table of one column has a comma.
 */
export function findDialect(
  sample: string,
  facts: { readonly given: string | null; readonly isWhole: boolean; hasWanted(header: readonly string[]): boolean },
): FoundDialect {
  const separator = SEPARATOR_LINE.exec(sample);
  const skip = separator?.[0].length ?? 0;
  const body = sample.slice(skip);
  const lineEnd = lineEndOf(body);
  if (facts.given !== null) return { delimiter: delimiterOf(facts.given), lineEnd, skip };
  if (separator?.[1] !== undefined) return { delimiter: separator[1], lineEnd, skip };
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const rows = sampleRows(body, { delimiter, lineEnd }, facts.isWhole);
    const value = score(rows) * (facts.hasWanted(rows[0] ?? []) ? 10 : 1);
    if (value > best.score) best = { delimiter, score: value };
  }
  return { delimiter: best.delimiter, lineEnd, skip };
}
