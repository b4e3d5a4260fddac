/** Finds how a table of text is written: its delimiter and its line ends. */
import { UsageError } from '../../model.js';
import { type TableDialect, TableParser, type TableRecord } from './delimited.js';

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

/** The first line end outside quotes; `\r\n` counts as `\n`, as does the `\r\r\n` of files that were converted twice. */
export function lineEndOf(sample: string): '\n' | '\r' {
  const outside = sample.replace(/"[^"]*(?:"|$)/g, '');
  const found = /\r*\n|\r+/.exec(outside);
  if (found === null || found[0].endsWith('\n')) return '\n';
  // The end of the sample may have cut off what follows.
  return found.index + found[0].length < outside.length ? '\r' : '\n';
}

/** How well a delimiter explains a sample: the share of its records that are as wide as the header, then the width. */
function judge(sample: string, dialect: TableDialect, isWhole: boolean): { header: readonly string[]; score: number } {
  const rows: TableRecord[] = [];
  for (const records of new TableParser(dialect).push(sample, isWhole)) {
    rows.push(...records);
    if (rows.length >= SAMPLE_RECORDS) break;
  }
  const [first, ...rest] = rows;
  const header = first !== undefined && 'cells' in first ? first.cells : [];
  if (header.length < 2) return { header, score: 0 };
  const body = rest.filter((row) => 'fault' in row || row.cells.length > 1 || row.cells[0] !== '');
  const alike = body.filter((row) => 'cells' in row && row.cells.length === header.length).length;
  const share = body.length === 0 ? 1 : alike / body.length;
  return { header, score: share + Math.min(header.length, 50) / 100 };
}

/** `sep=;` on a first line of its own is what Excel goes by. */
const SEPARATOR_LINE = /^sep=([^\r\n"])\r*\n/i;

export interface FoundDialect extends TableDialect {
  /** Characters before the header. */
  readonly skip: number;
}

/** The delimiter of tables of one column, whose cells may hold all of the usual ones: no character of Unicode. */
const NO_DELIMITER = '\uffff';

/**
 * The dialect of a table that starts with `sample`. A delimiter that gives the header one of the `wanted` columns is
 * preferred; where none divides the header, the table has one column.
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
  let best = { delimiter: NO_DELIMITER, score: 0 };
  for (const delimiter of DELIMITERS) {
    const { header, score } = judge(body, { delimiter, lineEnd }, facts.isWhole);
    const value = score * (facts.hasWanted(header) ? 10 : 1);
    if (value > best.score) best = { delimiter, score: value };
  }
  return { delimiter: best.delimiter, lineEnd, skip };
}
