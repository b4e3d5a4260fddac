/** Reads the table of `uxd trend` as series. */
import type { DateOrder } from '../analysis/dates.js';
import { type DecimalMark, isMissing, markOf, parseNumber } from '../analysis/numbers.js';
import { type RegularSeries, regularize } from '../analysis/series/regular.js';
import type { Frequency } from '../analysis/series/series.js';
import { type Aggregate, SeriesTable } from '../analysis/series/series-table.js';
import { isTableDate } from '../analysis/series/table-calendar.js';
import type { FieldRecord, FieldValue, RecordError, RecordFile } from '../io/records/record-file.js';
import { lineFault } from '../io/texts/text-record.js';
import { UsageError } from '../model.js';
import { findColumn, type TrendFiles, withFileName } from './trend-files.js';

export interface SeriesSettings {
  readonly date: string | null;
  readonly value: string | null;
  readonly by: readonly string[];
  readonly dateOrder: DateOrder;
  readonly frequency: Frequency | null;
  readonly aggregate: Aggregate | null;
}

export interface SeriesInput extends RegularSeries {
  readonly source: string;
  /** Names of the columns. */
  readonly date: string;
  readonly value: string;
  readonly by: readonly string[];
  /** Lines that could not be read. */
  readonly errors: readonly RecordError[];
  readonly rows: number;
}

export const USUAL_DATES = [
  'date',
  'week',
  'day',
  'month',
  'quarter',
  'year',
  'period',
  'fecha',
  'semana',
  'mes',
  'time',
];
const USUAL_VALUES = ['value', 'units', 'sales', 'quantity', 'amount', 'count', 'ventas', 'unidades', 'y'];
/** Error rows beyond these are counted only. */
const MOST_ERRORS = 10_000;

/** Throws {@link UsageError} where the table gives no series. */
export async function readSeries(source: string, settings: SeriesSettings, files: TrendFiles): Promise<SeriesInput> {
  const wanted = [settings.date, settings.value, ...settings.by].filter((name) => name !== null);
  const file = await files.open(source, wanted);
  return await withFileName(source, async () => {
    const date = findColumn(file.names, settings.date, { flag: '--date', usual: USUAL_DATES });
    const value = findColumn(file.names, settings.value, { flag: '--value', usual: USUAL_VALUES });
    const by = settings.by.map((name) => findColumn(file.names, name, { flag: '--by', usual: [] }));
    const columns = [date, value, ...by];
    if (new Set(columns).size < columns.length) {
      throw new UsageError('--date, --value and --by must name different columns');
    }
    let reading = await readRows(file, columns, {
      mark: file.delimiter === ';' ? ',' : '.',
      order: settings.dateOrder,
    });
    // so many cells were written with the other mark that the guess was wrong
    if (reading.otherMarks > reading.ownMarks) {
      reading = await readRows(file, columns, { mark: reading.otherMark, order: settings.dateOrder });
    }
    if (reading.rows === 0) {
      const [first] = reading.errors;
      const cause =
        first === undefined ? 'it has no rows; is it the right table?' : `no line can be used: ${first.error.message}`;
      throw new UsageError(`${source}: ${cause}`);
    }
    return {
      source,
      date,
      value,
      by,
      ...reading,
      ...regularize(reading.table, { ...settings, order: settings.dateOrder }),
    };
  });
}

interface Reading {
  readonly table: SeriesTable;
  readonly errors: readonly RecordError[];
  readonly rows: number;
  readonly ownMarks: number;
  readonly otherMarks: number;
  readonly otherMark: DecimalMark;
}

async function readRows(
  file: RecordFile,
  columns: readonly string[],
  reading: { readonly mark: DecimalMark; readonly order: DateOrder },
): Promise<Reading> {
  const reader = new RowReader(columns, reading);
  for await (const batch of file.read(columns)) for (const record of batch) reader.take(record);
  return reader;
}

/** Adds rows to a table of series; lines that cannot be read are kept apart. */
class RowReader implements Reading {
  readonly #mark: DecimalMark;
  readonly #order: DateOrder;
  readonly #names: readonly string[];
  readonly table: SeriesTable;
  readonly errors: RecordError[] = [];
  readonly otherMark: DecimalMark;
  rows = 0;
  ownMarks = 0;
  otherMarks = 0;

  constructor(columns: readonly string[], { mark, order }: { readonly mark: DecimalMark; readonly order: DateOrder }) {
    this.#names = columns.map((name) => `the column ${JSON.stringify(name)}`);
    this.#mark = mark;
    this.#order = order;
    this.otherMark = mark === '.' ? ',' : '.';
    this.table = new SeriesTable(columns.slice(2));
  }

  take(record: FieldRecord | RecordError): void {
    if ('error' in record) {
      if (this.errors.length < MOST_ERRORS) this.errors.push(record);
      return;
    }
    const [dateCell, cell, ...key] = record.values;
    const date = textOf(dateCell);
    const number = numberOf(cell, this.#mark);
    const fault = this.#faultOf(date, cell, number);
    if (number === null || fault !== null) {
      this.take({ line: record.line, error: lineFault(record.line, fault ?? '').error });
      return;
    }
    if (typeof cell === 'string' && cell.includes(this.#mark) && markOf(cell) === this.#mark) this.ownMarks += 1;
    this.rows += 1;
    this.table.add(date, key.map(textOf), number);
  }

  #faultOf(date: string, cell: FieldValue, number: number | null): string | null {
    const [dateName, valueName] = this.#names;
    if (date === '') return `${dateName} holds no date`;
    if (!this.table.hasDate(date) && !isTableDate(date, this.#order)) {
      return `${quoted(date)} in ${dateName} is no date; see --date-order`;
    }
    if (number !== null) return null;
    if (typeof cell === 'string' && markOf(cell) === this.otherMark) this.otherMarks += 1;
    return `${quoted(textOf(cell))} in ${valueName} is no number`;
  }
}

function quoted(cell: string): string {
  return JSON.stringify(cell.slice(0, 40));
}

/** NaN for an empty cell, null for what is no number. */
function numberOf(cell: FieldValue, mark: DecimalMark): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (cell === null || cell === undefined) return Number.NaN;
  if (typeof cell === 'boolean') return Number(cell);
  return parseNumber(cell, mark) ?? (isMissing(cell) ? Number.NaN : null);
}

function textOf(value: FieldValue): string {
  return value === null || value === undefined ? '' : String(value);
}
