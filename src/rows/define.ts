/**
 * The kit that row schemas are written with. One declaration gives the TypeScript type, the JSON Schema, the BigQuery
 * schema, the columns of CSV and Parquet and the table in the reference, so that they can never disagree.
 */
import type { Box } from '../model.js';

/** `12 x 125 g` is 12 times 125 g; a dozen is 12 times 1 piece. */
export interface Size {
  readonly count: number;
  readonly amount: number;
  /** `g`, `kg`, `ml`, `cl`, `l`, `cm`, `m`, `piece` and the like. */
  readonly unit: string;
}

/** Any value that JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

interface FieldTypes {
  string: string;
  /** Finite number, stored as a double. */
  number: number;
  /** Whole number within the safe range of JavaScript. */
  integer: number;
  boolean: boolean;
  /** A value carried along as it was found: tables hold it as text. */
  scalar: string | number | boolean;
  /** `[x, y, width, height]`; tables get a column for each of the four. */
  box: Box;
  /** `{ count, amount, unit }`; tables get a column for each of the three. */
  size: Size;
  /** Anything else; tables hold it as JSON text. */
  json: JsonValue;
}

export type FieldType = keyof FieldTypes;

/** One field of a row. */
export interface FieldSpec {
  readonly type: FieldType;
  /** The key is always there and may be null. */
  readonly nullable?: boolean;
  /** The key is left out where it does not apply (in tables: an empty cell). */
  readonly optional?: boolean;
  /** One sentence for the reference, with the unit. */
  readonly description: string;
  /** The only values allowed, for strings. */
  readonly enum?: readonly string[];
}

export type FieldSpecs = Readonly<Record<string, FieldSpec>>;

/** A row type: `schema` is always the first field and holds `name`. */
export interface RowSchema<N extends string = string, F extends FieldSpecs = FieldSpecs> {
  /** Such as `uxd.ocr/1`; the number changes when a field changes its meaning or goes. */
  readonly name: N;
  readonly title: string;
  readonly description: string;
  readonly fields: F;
  /** Columns of the input may follow the fields, by the names that they have there. */
  readonly carriesColumns?: boolean;
}

type ValueOf<S extends FieldSpec> =
  | (S extends { readonly enum: readonly (infer E)[] } ? E : FieldTypes[S['type']])
  | (S extends { readonly nullable: true } ? null : never);

type OptionalKeys<F extends FieldSpecs> = {
  [K in keyof F]: F[K] extends { readonly optional: true } ? K : never;
}[keyof F];

type Flatten<T> = { [K in keyof T]: T[K] };

/** The row type of a schema: `type OcrRow = RowOf<typeof ocrSchema>`. */
export type RowOf<S extends RowSchema> =
  S extends RowSchema<infer N, infer F>
    ? Flatten<
        { readonly schema: N } & { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> } & {
          readonly [K in OptionalKeys<F>]?: ValueOf<F[K]> | undefined;
        }
      >
    : never;

/** Any row; `schema` names its type. */
export type AnyRow = { readonly schema: string } & Readonly<Record<string, unknown>>;

/**
 * Declares a row type. Throws where the declaration cannot be kept in every format: `schema` is added by the kit, a
 * box may be optional but not null (BigQuery has no null arrays), and a table column may have one origin only.
 */
export function defineRow<const N extends string, const F extends FieldSpecs>(
  schema: RowSchema<N, F>,
): RowSchema<N, F> {
  if (Object.hasOwn(schema.fields, 'schema')) throw new Error(`${schema.name}: the field "schema" is added by the kit`);
  for (const [name, field] of Object.entries<FieldSpec>(schema.fields)) {
    if (field.type === 'box' && field.nullable)
      throw new Error(`${schema.name}: box "${name}" can be optional, not nullable`);
    if (field.enum !== undefined && field.type !== 'string')
      throw new Error(`${schema.name}: enum on "${name}" needs a string`);
  }
  columnsOf([schema]);
  return schema;
}

/** The schema with the fields that a run adds; a name that it has already is a mistake of the caller. */
export function withFields(schema: RowSchema, fields: FieldSpecs): RowSchema {
  const taken = Object.keys(fields).find((name) => name === 'schema' || Object.hasOwn(schema.fields, name));
  if (taken !== undefined) throw new Error(`${schema.name} has a field "${taken}" of its own`);
  return { ...schema, fields: { ...schema.fields, ...fields } };
}

/** The kinds of cells that a table has. */
export type CellType = 'string' | 'number' | 'integer' | 'boolean';

/** A column of CSV or Parquet. */
export interface TableColumn {
  readonly name: string;
  readonly type: CellType;
  /** Whether a row may leave it empty. */
  readonly nullable: boolean;
}

/** A column that holds a part of a value: `key` says which, `suffix` ends the column's name. */
interface Part {
  readonly key: string | number;
  readonly suffix: string;
  readonly type: CellType;
}

/** The columns of each type of field: `box` gives `boxX`, `boxY`, `boxWidth`, `boxHeight`; most types give one cell. */
const COLUMNS: Readonly<Record<FieldType, CellType | readonly Part[]>> = {
  string: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  scalar: 'string',
  box: ['X', 'Y', 'Width', 'Height'].map((suffix, key) => ({ key, suffix, type: 'number' })),
  size: [
    { key: 'count', suffix: 'Count', type: 'number' },
    { key: 'amount', suffix: 'Amount', type: 'number' },
    { key: 'unit', suffix: 'Unit', type: 'string' },
  ],
  json: 'string',
};

function columnsOfField(name: string, field: FieldSpec): readonly TableColumn[] {
  const columns = COLUMNS[field.type];
  const nullable = field.nullable === true || field.optional === true;
  if (typeof columns === 'string') return [{ name, type: columns, nullable }];
  return columns.map(({ suffix, type }) => ({ name: `${name}${suffix}`, type, nullable }));
}

/**
 * The columns of a table that holds rows of these schemas: the union of their fields, in order. A column that some
 * schema lacks is nullable. Throws when two fields want one column for different kinds of values.
 */
export function columnsOf(schemas: readonly RowSchema[]): readonly TableColumn[] {
  const columns = new Map<string, { column: TableColumn; schemas: number }>();
  for (const schema of schemas) {
    const own = [{ name: 'schema', type: 'string' as const, nullable: false }];
    const all = [own, ...Object.entries(schema.fields).map(([name, field]) => columnsOfField(name, field))].flat();
    if (new Set(all.map(({ name }) => name)).size < all.length)
      throw new Error(`${schema.name}: a column has two origins`);
    for (const column of all) {
      const known = columns.get(column.name);
      if (known !== undefined && known.column.type !== column.type) {
        throw new Error(
          `${schema.name}: column "${column.name}" is ${column.type} here and ${known.column.type} elsewhere`,
        );
      }
      const nullable = column.nullable || (known?.column.nullable ?? false);
      columns.set(column.name, { column: { ...column, nullable }, schemas: (known?.schemas ?? 0) + 1 });
    }
  }
  return [...columns.values()].map(({ column, schemas: count }) =>
    count < schemas.length ? { ...column, nullable: true } : column,
  );
}

/** A value of a table cell; null is an empty cell. */
export type Cell = string | number | boolean | null;

function cellOf(field: FieldSpec, value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (field.type === 'json') return JSON.stringify(value);
  if (field.type === 'scalar') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' || typeof value === 'boolean' ? value : String(value);
}

/** The cells of a row by column name; columns that its schema lacks are absent. */
export function cellsOf(schema: RowSchema, row: AnyRow): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell>([['schema', row.schema]]);
  for (const [name, field] of Object.entries(schema.fields)) {
    const value = row[name];
    const columns = COLUMNS[field.type];
    if (typeof columns === 'string') {
      cells.set(name, cellOf(field, value));
    } else {
      const parts = (value ?? {}) as Readonly<Record<string | number, unknown>>;
      for (const { key, suffix } of columns) cells.set(`${name}${suffix}`, cellOf(field, parts[key]));
    }
  }
  return cells;
}

/**
 * The row with its keys in the order of the schema, so that equal rows give equal bytes; keys that are undefined are
 * left out. Throws on a key that the schema does not have, which is a mistake in the program.
 */
export function orderRow(schema: RowSchema, row: AnyRow): Readonly<Record<string, unknown>> {
  const ordered: Record<string, unknown> = { schema: row.schema };
  for (const name of Object.keys(schema.fields)) {
    const value = Object.hasOwn(row, name) ? row[name] : undefined;
    if (value === undefined) continue;
    if (name !== '__proto__') ordered[name] = value;
    // setting it would set the prototype
    else Object.defineProperty(ordered, name, { value, enumerable: true });
  }
  for (const name of Object.keys(row)) {
    if (name !== 'schema' && !Object.hasOwn(schema.fields, name))
      throw new Error(`${schema.name} has no field "${name}"`);
  }
  return ordered;
}
