/** Reads the texts in a column of a table (CSV, TSV). */
import { InputError } from '../input-error.js';
import { hasWanted, recordId, type TableColumns, tableColumns } from './columns.js';
import { TableParser, type TableRecord } from './delimited.js';
import { findDialect } from './dialect.js';
import { decodeHead, type FileHead, textPieces } from './pieces.js';
import {
  type ColumnValue,
  detached,
  lineFault,
  NO_COLUMNS,
  noColumns,
  type RecordBatch,
  type RecordFault,
  type TextRecord,
  type TextSourceOptions,
} from './text-record.js';

/** What is wrong with a record of a table, and the next step. */
export const TABLE_FAULTS = {
  unclosed: 'a quote opens here and is never closed; close it, or double it ("") where it belongs to the text',
  quote: 'text follows the closing quote of a cell; a quote that belongs to the text is written twice ("")',
  long: 'the line is longer than 16 million characters; is the file a table?',
} as const;

/** Turns records of a table into texts; the first record is the header. */
class TableReader {
  readonly #options: TextSourceOptions;
  #header: readonly string[] | null = null;
  #columns: TableColumns | null = null;
  #number = 0;

  constructor(options: TextSourceOptions) {
    this.#options = options;
  }

  /** Throws {@link InputError} where the header cannot be used. */
  read(records: readonly TableRecord[]): (TextRecord | RecordFault)[] {
    const batch: (TextRecord | RecordFault)[] = [];
    for (const record of records) {
      if (this.#columns === null) this.#takeHeader(record);
      else if (!this.#isBlank(record)) batch.push(this.#toRecord(record, this.#columns));
    }
    return batch;
  }

  get hasHeader(): boolean {
    return this.#columns !== null;
  }

  #takeHeader(record: TableRecord): void {
    if ('fault' in record) {
      const message = `the header of the table cannot be read (line ${record.line}): ${TABLE_FAULTS[record.fault]}`;
      throw new InputError('MALFORMED_FILE', message);
    }
    if (record.cells.length === 1 && record.cells[0] === '') return;
    this.#header = record.cells.map((name) => name.trim());
    this.#columns = tableColumns(this.#header, this.#options);
  }

  /** An empty line between the records of a table; in a table of one column it is an empty cell. */
  #isBlank(record: TableRecord): boolean {
    return 'cells' in record && record.cells.length === 1 && record.cells[0] === '' && this.#header?.length !== 1;
  }

  #toRecord(record: TableRecord, { text, id, keep }: TableColumns): TextRecord | RecordFault {
    this.#number += 1;
    if ('fault' in record) return lineFault(record.line, TABLE_FAULTS[record.fault]);
    const { cells, line } = record;
    const width = this.#header?.length ?? 0;
    if (cells.length > width && cells.slice(width).some((cell) => cell !== '')) {
      const remedy = 'a cell that holds the delimiter needs quotes around it';
      return lineFault(line, `the record has ${cells.length} cells, the header ${width}; ${remedy}`);
    }
    const value = cells[text];
    if (value === undefined) {
      const name = JSON.stringify(this.#header?.[text]);
      return lineFault(line, `the record has ${cells.length} of ${width} cells and none in the column ${name}`);
    }
    const columns = keep.length === 0 ? NO_COLUMNS : keptCells(cells, keep);
    return { id: recordId(id === null ? null : (cells[id] ?? ''), this.#number), text: value, columns };
  }
}

function keptCells(cells: readonly string[], keep: TableColumns['keep']): Record<string, ColumnValue> {
  const columns = noColumns();
  for (const { name, at } of keep) {
    const cell = cells[at];
    columns[name] = cell === undefined ? null : detached(cell);
  }
  return columns;
}

/** The texts of a table. Throws {@link InputError} where the table as a whole cannot be read. */
export async function* readTable(
  path: string,
  file: FileHead & { readonly encoding: string },
  options: TextSourceOptions,
): AsyncGenerator<RecordBatch> {
  const { encoding } = file;
  const dialect = findDialect(decodeHead(file, encoding), {
    given: options.delimiter,
    isWhole: file.head.length >= file.sizeBytes,
    hasWanted: (header) => hasWanted(header, options),
  });
  const parser = new TableParser(dialect, { line: dialect.skip > 0 ? 2 : 1 });
  const reader = new TableReader(options);
  let isFirst = true;
  for await (const { text, isLast } of textPieces(path, encoding)) {
    const piece = isFirst ? text.slice(dialect.skip) : text;
    isFirst = false;
    for (const records of parser.push(piece, isLast)) yield reader.read(records);
  }
  if (!reader.hasHeader) throw new InputError('EMPTY_FILE', 'the table has no header; was it copied to the end?');
}
