/** Rows of a table of values: dates, numbers and keys of series. */
import type { DateOrder } from '../analysis/dates.js';
import { type DecimalMark, isMissing, markOf, parseMeasure, parseNumber } from '../analysis/numbers.js';
import { SeriesTable } from '../analysis/series/series-table.js';
import { isTableDate } from '../analysis/series/table-calendar.js';
import type { FieldRecord, FieldValue, RecordError } from '../io/records/record-file.js';
import { lineFault } from '../io/texts/text-record.js';
import { DateOrderCount } from './trend-date-order.js';

/** How the cells are written. */
export interface RowForm {
  readonly mark: DecimalMark;
  readonly order: DateOrder;
}

/** Error rows beyond these are counted only. */
const MOST_ERRORS = 10_000;

/** Adds rows to a table of series; lines that cannot be read are kept apart. */
export class RowReader {
  readonly #form: RowForm;
  readonly #names: readonly string[];
  readonly table: SeriesTable;
  readonly errors: RecordError[] = [];
  faults = 0;
  rows = 0;
  /** Cells that can only have been written with the mark given, and with the other one. */
  ownMarks = 0;
  otherMarks = 0;
  readonly otherMark: DecimalMark;
  readonly orders: DateOrderCount;
  /** Unit of the first number, such as a currency; null before it. */
  #unit: string | null = null;

  /** @param columns those of dates and values, then those that tell series apart */
  constructor(columns: readonly string[], form: RowForm) {
    this.#names = columns.map((name) => `the column ${JSON.stringify(name)}`);
    this.#form = form;
    this.orders = new DateOrderCount(form.order);
    this.otherMark = form.mark === '.' ? ',' : '.';
    this.table = new SeriesTable(columns.slice(2));
  }

  take(record: FieldRecord | RecordError): void {
    if ('error' in record) {
      this.faults += 1;
      if (this.errors.length < MOST_ERRORS) this.errors.push(record);
      return;
    }
    const [dateCell, cell, ...key] = record.values;
    const date = textOf(dateCell);
    const fault = this.#dateFault(date);
    const number = fault === null ? this.#numberOf(cell) : fault;
    if (typeof number === 'string') {
      this.take({ line: record.line, error: lineFault(record.line, number).error });
      return;
    }
    this.rows += 1;
    this.table.add(date, key.map(textOf), number);
  }

  #dateFault(date: string): string | null {
    const [name] = this.#names;
    if (date.trim() === '') return `${name} holds no date`;
    if (this.table.hasDate(date)) return null;
    const fault = this.orders.faultOf(date, isTableDate(date, this.#form.order));
    return fault === null ? null : `${quoted(date)} in ${name} ${fault}`;
  }

  /** NaN for an empty cell; words for what is no number. */
  #numberOf(cell: FieldValue): number | string {
    if (typeof cell === 'number' && Number.isFinite(cell)) return cell;
    if (cell === null || cell === undefined) return Number.NaN;
    if (typeof cell === 'boolean') return Number(cell);
    const text = String(cell);
    const { mark } = this.#form;
    const plain = parseNumber(text, mark);
    const measure = plain === null && !isMissing(text) ? parseMeasure(text) : null;
    const digits = measure?.number ?? text;
    const number = measure === null ? plain : parseNumber(digits, mark);
    if (number === null) {
      if (isMissing(text)) return Number.NaN;
      if (markOf(digits) === this.otherMark) this.otherMarks += 1;
      return `${quoted(text)} in ${this.#names[1]} is no number`;
    }
    if (digits.includes(mark) && markOf(digits) === mark) this.ownMarks += 1;
    return this.#unitFault(text, measure?.unit ?? '') ?? number;
  }

  /** Numbers of two currencies make no series, nor do shares beside percentages; a currency may be left out. */
  #unitFault(cell: string, unit: string): string | null {
    const first = this.#unit;
    const isOther =
      first !== null && first !== unit && (first === '%' || unit === '%' || (first !== '' && unit !== ''));
    if (isOther)
      return `${quoted(cell)} in ${this.#names[1]} has another unit than the numbers before: ${unit || 'none'}, not ${first || 'none'}`;
    if (first === null || first === '') this.#unit = unit;
    return null;
  }
}

/** The start of a cell as messages show it. */
function quoted(cell: string): string {
  return JSON.stringify(cell.slice(0, 40));
}

function textOf(value: FieldValue): string {
  return value === null || value === undefined ? '' : String(value);
}
