/** Rows as CSV after RFC 4180: CRLF line ends, a header always, quotes where needed. */
import { stringify } from 'csv-stringify/sync';
import type { Sink } from '../../model.js';
import { type AnyRow, type Cell, cellsOf, columnsOf, type RowSchema } from '../../rows/define.js';
import type { ByteOutput } from './byte-output.js';
import { schemaFinder } from './schema-finder.js';

const BYTE_ORDER_MARK = '\uFEFF';

/** A cell for csv-stringify, which would write `1` for true. */
function toField(cell: Cell): string | number | null {
  return typeof cell === 'boolean' ? String(cell) : cell;
}

/** Readers end a record at any of them, whatever the others end with. */
const LINE_END = /[\r\n]/;

/** `escape_formulas` sets an apostrophe before strings that a spreadsheet would run; it leaves numbers alone. */
function toRecord(fields: readonly (string | number | null)[]): string {
  return stringify([fields], { record_delimiter: '\r\n', quoted_match: LINE_END, escape_formulas: true });
}

/** A sink of one table with the columns of all the schemas, whether or not a row has a value for each. */
export function openCsvSink(output: ByteOutput, schemas: readonly RowSchema[], hasBom: boolean): Sink<AnyRow> {
  const schemaOf = schemaFinder(schemas);
  const names = columnsOf(schemas).map(({ name }) => name);
  let isStarted = false;
  const write = async (record: string): Promise<void> => {
    const head = isStarted ? '' : `${hasBom ? BYTE_ORDER_MARK : ''}${toRecord(names)}`;
    isStarted = true;
    await output.write(Buffer.from(`${head}${record}`));
  };
  return {
    write: (row) => {
      const cells = cellsOf(schemaOf(row), row);
      return write(toRecord(names.map((name) => toField(cells.get(name) ?? null))));
    },
    close: async (isWhole) => {
      if (!isStarted) await write('');
      await output.close(isWhole);
    },
    abort: () => output.abort(),
  };
}
