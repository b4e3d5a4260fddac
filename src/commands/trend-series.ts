/** Reads the table of `uxd trend` as series. */
import type { DateOrder } from '../analysis/dates.js';
import { type RegularSeries, type RegularSettings, regularize } from '../analysis/series/regular.js';
import type { Frequency } from '../analysis/series/series.js';
import type { Aggregate, SeriesTable } from '../analysis/series/series-table.js';
import { periodNoun } from '../analysis/series/words.js';
import type { RecordError, RecordFile } from '../io/records/record-file.js';
import { UsageError } from '../model.js';
import { OTHER_ORDER } from './trend-date-order.js';
import { findColumn, type TrendFiles, withFileName } from './trend-files.js';
import { type RowForm, RowReader } from './trend-rows.js';

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
  /** All of them; only the first are kept. */
  readonly faults: number;
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
    const order = settings.dateOrder;
    let reading = await readRows(file, columns, { mark: file.delimiter === ';' ? ',' : '.', order });
    // so many cells were written with the other mark that the guess was wrong
    if (reading.otherMarks > reading.ownMarks) {
      reading = await readRows(file, columns, { mark: reading.otherMark, order });
    }
    reading.orders.check('--date');
    if (reading.rows === 0) {
      const [first] = reading.errors;
      const cause =
        first === undefined ? 'it has no rows; is it the right table?' : `no line can be used: ${first.error.message}`;
      throw new UsageError(`${source}: ${cause}`);
    }
    const regular = withFaults(reading, () => regularize(reading.table, { ...settings, order }));
    checkGaps(regular, reading.table, { ...settings, order });
    const { errors, faults, rows } = reading;
    return { source, date, value, by, errors, faults, rows, ...regular };
  });
}

/** What is wrong with the dates may come from lines that could not be read. */
function withFaults({ faults, errors }: RowReader, make: () => RegularSeries): RegularSeries {
  try {
    return make();
  } catch (error) {
    const [first] = errors;
    if (first === undefined || !(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message} (${faults} lines could not be read; ${first.error.message})`);
  }
}

/** Throws {@link UsageError} where most periods are empty, and with day and month the other way round hardly one is. */
function checkGaps(found: RegularSeries, table: SeriesTable, settings: RegularSettings): void {
  const shareOf = ({ missing, periods, series }: RegularSeries): number => missing / (periods * series.length);
  if (shareOf(found) <= 0.5 || found.calendar.frequency === 'index') return;
  const order = OTHER_ORDER[settings.order];
  let other: RegularSeries;
  try {
    other = regularize(table, { ...settings, order });
  } catch {
    return;
  }
  if (shareOf(other) > 0.1) return;
  const noun = periodNoun(found.calendar.frequency);
  throw new UsageError(
    `--date: most ${noun}s have no value as the dates are read, and with day and month the other way round hardly a ${periodNoun(other.calendar.frequency)} is missing; give --date-order ${order}`,
  );
}

async function readRows(file: RecordFile, columns: readonly string[], form: RowForm): Promise<RowReader> {
  const reader = new RowReader(columns, form);
  for await (const batch of file.read(columns)) for (const record of batch) reader.take(record);
  return reader;
}
