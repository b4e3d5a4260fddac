/** Rows as Parquet, written group by group so that memory does not grow with their number. */
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { Sink } from '../../model.js';
import {
  type AnyRow,
  type Cell,
  type CellType,
  cellsOf,
  columnsOf,
  type RowSchema,
  type TableColumn,
} from '../../rows/define.js';
import { type ByteOutput, ClosedPipeError } from './byte-output.js';
import { schemaFinder } from './schema-finder.js';

const PARQUET_TYPES = {
  string: 'STRING',
  number: 'DOUBLE',
  integer: 'INT64',
  boolean: 'BOOLEAN',
} as const satisfies Record<CellType, string>;

/** Readers skip whole groups, so that a few thousand rows are a good size; long texts fill one sooner. */
const ROWS_PER_GROUP = 5_000;
const CHARACTERS_PER_GROUP = 2_000_000;

type ParquetCell = string | number | bigint | boolean | null;

function toParquetCell(column: TableColumn, cell: Cell): ParquetCell {
  return column.type === 'integer' && typeof cell === 'number' ? BigInt(cell) : cell;
}

/** Gathers rows by column and writes a group when there are enough. */
class ParquetSink implements Sink<AnyRow> {
  readonly #output: ByteOutput;
  readonly #schemaOf: (row: AnyRow) => RowSchema;
  readonly #columns: readonly TableColumn[];
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;
  #data: ParquetCell[][];
  #rows = 0;
  #characters = 0;

  constructor(output: ByteOutput, schemas: readonly RowSchema[]) {
    this.#output = output;
    this.#schemaOf = schemaFinder(schemas);
    this.#columns = columnsOf(schemas);
    this.#data = this.#columns.map(() => []);
    const columnData = this.#columns.map(({ name, type, nullable }) => ({
      name,
      type: PARQUET_TYPES[type],
      nullable,
      data: [],
    }));
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: schemaFromColumnData({ columnData }),
      createdBy: 'uxd',
    });
  }

  async write(row: AnyRow): Promise<void> {
    const cells = cellsOf(this.#schemaOf(row), row);
    for (const [i, column] of this.#columns.entries()) {
      const cell = toParquetCell(column, cells.get(column.name) ?? null);
      this.#data[i]?.push(cell);
      if (typeof cell === 'string') this.#characters += cell.length;
    }
    this.#rows++;
    if (this.#output.hasReader) await this.#probe();
    if (this.#rows >= ROWS_PER_GROUP || this.#characters >= CHARACTERS_PER_GROUP) await this.#writeGroup();
  }

  async close(isWhole?: boolean): Promise<void> {
    if (this.#rows > 0) await this.#writeGroup();
    await this.#writer.finish();
    await this.#flush();
    await this.#output.close(isWhole);
  }

  async abort(): Promise<void> {
    await this.#output.abort();
  }

  /** Begins the file at once where somebody reads along. A reader that has gone already is told by the next write. */
  async begin(): Promise<void> {
    if (!this.#output.hasReader) return;
    await this.#flush().catch((error: unknown) => {
      if (!(error instanceof ClosedPipeError)) throw error;
    });
  }

  /**
   * Whether somebody still reads can only be told by writing, and a group may take an hour to gather. Bytes between the
   * groups mean nothing: the end of the file says where each one is.
   */
  async #probe(): Promise<void> {
    this.#bytes.appendUint8(0);
    await this.#flush();
  }

  async #writeGroup(): Promise<void> {
    const columnData = this.#columns.map(({ name }, i) => ({ name, data: this.#data[i] ?? [] }));
    await this.#writer.write({ columnData, rowGroupSize: this.#rows });
    [this.#rows, this.#characters] = [0, 0];
    this.#data = this.#columns.map(() => []);
    await this.#flush();
  }

  async #flush(): Promise<void> {
    // The writer uses its buffer again, and an output may hold on to what it was given.
    const bytes = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    await this.#output.write(bytes);
  }
}

/** A sink of one table with the columns of all the schemas. Nothing can be read before it is closed. */
export async function openParquetSink(output: ByteOutput, schemas: readonly RowSchema[]): Promise<Sink<AnyRow>> {
  const sink = new ParquetSink(output, schemas);
  await sink.begin();
  return sink;
}
