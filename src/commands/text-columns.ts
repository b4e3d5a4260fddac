/** The columns of the input that go into the rows. */
import { parseDate } from '../analysis/dates.js';
import { parseStars } from '../analysis/stars.js';
import { type TextDocument, UsageError } from '../model.js';
import type { FieldSpecs, RowSchema } from '../rows/define.js';

export interface ColumnFlags {
  readonly keep: readonly string[];
  readonly dateColumn: string | null;
  readonly dateOrder: 'dmy' | 'mdy';
  readonly starsColumn?: string | null;
  readonly groupBy?: string | null;
}

/** Which columns are read, what they are called in the rows, and their values there. */
export interface CarriedColumns {
  /** Columns that the reader is to hand over. */
  readonly wanted: readonly string[];
  /** Fields that the row types get. */
  readonly fields: FieldSpecs;
  valuesOf(document: TextDocument): Readonly<Record<string, string | number | boolean | null>>;
}

type Columns = TextDocument['columns'];
type Value = Columns[string];

interface Carried {
  readonly column: string;
  readonly name: string;
  readonly field: FieldSpecs[string];
  read(value: Value): Value;
}

function dated(column: string, order: 'dmy' | 'mdy'): Carried {
  const description = `Date in the column "${column}", YYYY-MM-DD; null where it is none.`;
  return {
    column,
    name: 'date',
    field: { type: 'string', nullable: true, optional: true, description },
    read: (value) => (value === null ? null : (parseDate(String(value), order)?.iso ?? null)),
  };
}

function starred(column: string): Carried {
  const description = `Stars given, in the column "${column}"; null where it holds none.`;
  return {
    column,
    name: 'stars',
    field: { type: 'number', nullable: true, optional: true, description },
    read: (value) => (value === null ? null : parseStars(String(value))),
  };
}

function kept(given: string): Carried {
  const [, name = given, column = given] = /^([^=]+)=(.+)$/.exec(given) ?? [];
  const description = `The column "${column}" of the input.`;
  return {
    column,
    name,
    field: { type: 'scalar', nullable: true, optional: true, description },
    read: (value) => value,
  };
}

/**
 * Finds the columns to carry. Throws {@link UsageError} where the rows have a field of that name already; `id` may be
 * named, as the rows have it.
 */
export function carryColumns(flags: ColumnFlags, schemas: readonly RowSchema[]): CarriedColumns {
  const { dateColumn, dateOrder, starsColumn = null, groupBy = null } = flags;
  const special = [
    ...(dateColumn === null ? [] : [dated(dateColumn, dateOrder)]),
    ...(starsColumn === null ? [] : [starred(starsColumn)]),
  ];
  const names = groupBy === null ? flags.keep : [...flags.keep, groupBy];
  const carried = new Map(special.map((column) => [column.name, column]));
  for (const column of names.map(kept)) {
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
    fields: Object.fromEntries(all.map(({ name, field }) => [name, field])),
    valuesOf: ({ columns }) =>
      Object.fromEntries(all.map(({ name, column, read }) => [name, read((Object.hasOwn(columns, column) ? columns[column] : null) ?? null)])),
  };
}
