/** The columns of the input that go into the rows. */
import { parseDate } from '../analysis/dates.js';
import { parseStars } from '../analysis/stars.js';
import { plural } from '../cli/text.js';
import { type TextDocument, UsageError } from '../model.js';
import type { FieldSpecs, RowSchema } from '../rows/define.js';

export interface ColumnFlags {
  readonly keep: readonly string[];
  readonly dateColumn: string | null;
  readonly dateOrder: 'dmy' | 'mdy';
  readonly starsColumn?: string | null;
  readonly starsMax?: number;
  readonly groupBy?: string | null;
}

/** Which columns are read, what they are called in the rows, and their values there. */
export interface CarriedColumns {
  /** Columns that the reader is to hand over. */
  readonly wanted: readonly string[];
  /** The flag that asks for each of them. */
  readonly askedBy: ReadonlyMap<string, string>;
  /** Fields that the row types get. */
  readonly fields: FieldSpecs;
  valuesOf(document: TextDocument): Readonly<Record<string, string | number | boolean | null>>;
  /** What could not be read in the texts that {@link valuesOf} was asked for. */
  remarks(): readonly string[];
}

type Columns = TextDocument['columns'];
type Value = Columns[string];

interface Carried {
  readonly column: string;
  readonly name: string;
  readonly field: FieldSpecs[string];
  /** The flag that asks for it. */
  readonly flag: string;
  read(value: Value): Value;
  /** Where values may be unreadable. */
  readonly check?: ColumnCheck;
}

/** Counts the values of a column that are not what the user says they are. */
class ColumnCheck {
  readonly #isReadable: (read: Value) => boolean;
  readonly #describe: (column: ColumnCheck) => string | null;
  /** Values that say something. */
  values = 0;
  unreadable = 0;
  /** The first unreadable one, quoted. */
  example = '';
  #last: TextDocument | null = null;

  constructor(isReadable: (read: Value) => boolean, describe: (column: ColumnCheck) => string | null) {
    this.#isReadable = isReadable;
    this.#describe = describe;
  }

  /** Takes a value of a text and what was read of it; the same text again, right after, is passed over. */
  add(document: TextDocument, value: Value, read: Value): void {
    if (document === this.#last) return;
    this.#last = document;
    const text = value === null ? '' : String(value).trim();
    if (text === '') return;
    this.values += 1;
    if (this.#isReadable(read)) return;
    if (this.unreadable === 0) this.example = JSON.stringify(text.slice(0, MAX_EXAMPLE));
    this.unreadable += 1;
  }

  remark(): string | null {
    return this.#last === null ? null : this.#describe(this);
  }
}

const MAX_EXAMPLE = 40;

function dated(column: string, order: 'dmy' | 'mdy'): Carried {
  const description = `Date in the column "${column}", YYYY-MM-DD; null where it is none.`;
  return {
    column,
    name: 'date',
    field: { type: 'string', nullable: true, optional: true, description },
    flag: '--date-column',
    read: (value) => (value === null ? null : (parseDate(String(value), order)?.iso ?? null)),
    check: new ColumnCheck(
      (date) => date !== null,
      ({ values, unreadable, example }) => {
        if (values === 0) return `the column "${column}" holds no dates`;
        if (unreadable === 0) return null;
        const which = `${unreadable} of ${plural(values, 'date')} in the column "${column}"`;
        return `${which} cannot be read, such as ${example}; see --date-order`;
      },
    ),
  };
}

function starred(column: string, starsMax: number): Carried {
  const description = `Stars given, in the column "${column}"; null where it holds none.`;
  return {
    column,
    name: 'stars',
    field: { type: 'number', nullable: true, optional: true, description },
    flag: '--stars-column',
    read: (value) => (value === null ? null : parseStars(String(value))),
    check: new ColumnCheck(
      (stars) => typeof stars === 'number' && stars <= starsMax,
      ({ values, unreadable, example }) => {
        if (values === 0) return `the column "${column}" holds no stars`;
        if (unreadable === 0) return null;
        const which = `${unreadable} of ${plural(values, 'value')} in the column "${column}"`;
        const are = unreadable === 1 ? 'is' : 'are';
        return `${which} ${are} no number of stars from 0 to ${starsMax}, such as ${example}; see --stars-max`;
      },
    ),
  };
}

function kept(given: string, flag: string): Carried {
  const [, name = given, column = given] = /^([^=]+)=(.+)$/.exec(given) ?? [];
  const description = `The column "${column}" of the input.`;
  return {
    column,
    name,
    field: { type: 'scalar', nullable: true, optional: true, description },
    flag,
    read: (value) => value,
  };
}

/**
 * Finds the columns to carry. Throws {@link UsageError} where the rows have a field of that name already; `id` may be
 * named, as the rows have it.
 */
export function carryColumns(flags: ColumnFlags, schemas: readonly RowSchema[]): CarriedColumns {
  const { dateColumn, dateOrder, starsColumn = null, starsMax = 5, groupBy = null } = flags;
  const special = [
    ...(dateColumn === null ? [] : [dated(dateColumn, dateOrder)]),
    ...(starsColumn === null ? [] : [starred(starsColumn, starsMax)]),
  ];
  const grouping = groupBy === null ? [] : [kept(groupBy, '--group-by')];
  const plain = [...flags.keep.map((given) => kept(given, '--keep')), ...grouping];
  const carried = new Map(special.map((column) => [column.name, column]));
  for (const column of plain) {
    if (column.name === 'id' && column.column === 'id') continue;
    if (column.name === '__proto__' && column.column !== groupBy) {
      throw new UsageError(
        `--keep ${column.name}: many readers of JSON lose a field of that name; give it another, such as --keep proto=${column.column}`,
      );
    }
    if (carried.get(column.name)?.column === column.column) continue;
    const owner = schemas.find(({ fields }) => column.name === 'schema' || Object.hasOwn(fields, column.name));
    if (owner || carried.has(column.name)) {
      const cause = owner ? `rows of ${owner.name} have a field of that name` : 'that name is taken';
      throw new UsageError(
        `--keep ${column.name}: ${cause}; give it another, such as --keep my_${column.name}=${column.column}`,
      );
    }
    carried.set(column.name, column);
  }
  const all = [...carried.values()];
  return {
    wanted: [...new Set(all.map(({ column }) => column))],
    askedBy: new Map(all.map(({ column, flag }) => [column, flag])),
    fields: Object.fromEntries(all.map(({ name, field }) => [name, field])),
    valuesOf: (document) => Object.fromEntries(all.map((carrying) => [carrying.name, readColumn(carrying, document)])),
    remarks: () => all.flatMap(({ check }) => check?.remark() ?? []),
  };
}

function readColumn({ column, read, check }: Carried, document: TextDocument): Value {
  const value = (Object.hasOwn(document.columns, column) ? document.columns[column] : null) ?? null;
  const result = read(value);
  check?.add(document, value, result);
  return result;
}
