/** Records of CSV and its relatives. */
import { InputError } from '../input-error.js';
import { fold } from '../texts/columns.js';
import { TableParser, type TableRecord } from '../texts/delimited.js';
import { type FoundDialect, findDialect } from '../texts/dialect.js';
import { decodeHead, textPieces } from '../texts/pieces.js';
import { TABLE_FAULTS } from '../texts/table.js';
import { lineFault } from '../texts/text-record.js';
import type { EncodedFile } from '../texts/whole-file.js';
import type { RecordSettings } from './open-records.js';
import type { FieldBatch, FieldRecord, RecordError, RecordFile } from './record-file.js';

/** Throws {@link InputError} where there is no header that can be read. */
export function openTable(file: EncodedFile, { delimiter, wanted }: RecordSettings): RecordFile {
  const sample = decodeHead(file, file.encoding);
  const names = new Set(wanted.map(fold));
  const dialect = findDialect(sample, {
    given: delimiter,
    isWhole: file.head.length >= file.sizeBytes,
    hasWanted: (header) => header.some((name) => names.has(fold(name))),
  });
  const header = headerOf(sample, dialect);
  return {
    names: header,
    delimiter: dialect.delimiter,
    read: (columns) => readTable(file, dialect, header, columns),
  };
}

function headerOf(sample: string, dialect: FoundDialect): readonly string[] {
  for (const records of new TableParser(dialect).push(sample.slice(dialect.skip), true)) {
    for (const record of records) {
      if ('fault' in record) {
        const message = `the header of the table cannot be read (line ${record.line}): ${TABLE_FAULTS[record.fault]}`;
        throw new InputError('MALFORMED_FILE', message);
      }
      if (!isBlank(record)) return distinct(record.cells.map((name) => name.trim()));
    }
  }
  throw new InputError('EMPTY_FILE', 'the table has no header; was it copied to the end?');
}

/** Names that several columns have, each with its number: `units (2)`, `units (5)`. */
function distinct(names: readonly string[]): readonly string[] {
  const isSingle = (name: string): boolean => names.indexOf(name) === names.lastIndexOf(name);
  return names.map((name, at) => (name === '' || isSingle(name) ? name : `${name} (${at + 1})`));
}

function isBlank(record: TableRecord): boolean {
  return 'cells' in record && record.cells.length === 1 && record.cells[0] === '';
}

async function* readTable(
  { path, encoding }: EncodedFile,
  dialect: FoundDialect,
  header: readonly string[],
  columns: readonly string[],
): AsyncGenerator<FieldBatch> {
  const places = columns.map((name) => header.indexOf(name));
  const parser = new TableParser(dialect, { line: dialect.skip > 0 ? 2 : 1 });
  let skip = dialect.skip;
  let hasHeader = false;
  for await (const { text, isLast } of textPieces(path, encoding)) {
    for (const records of parser.push(text.slice(skip), isLast)) {
      const batch: (FieldRecord | RecordError)[] = [];
      for (const record of records) {
        if (isBlank(record)) continue;
        if (hasHeader) batch.push(toFields(record, header.length, places));
        else hasHeader = true;
      }
      yield batch;
    }
    skip = 0;
  }
}

function toFields(record: TableRecord, width: number, places: readonly number[]): FieldRecord | RecordError {
  const { line } = record;
  if ('fault' in record) return { line, error: lineFault(line, TABLE_FAULTS[record.fault]).error };
  const { cells } = record;
  if (cells.length !== width && cells.slice(width).some((cell) => cell !== '')) {
    const message = `the record has ${cells.length} cells, the header ${width}; a cell that holds the delimiter needs quotes around it`;
    return { line, error: lineFault(line, message).error };
  }
  const missing = places.some((place) => cells[place] === undefined);
  if (missing) {
    const message = `the record has ${cells.length} of ${width} cells; was the line cut off?`;
    return { line, error: lineFault(line, message).error };
  }
  return { line, values: places.map((place) => cells[place]) };
}
