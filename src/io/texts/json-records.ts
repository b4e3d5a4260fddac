/** Texts in objects of JSON: the user's own records, and rows of other uxd commands. */
import { InputError } from '../input-error.js';
import { columnAt, fold, listNames, recordId, usualColumnAt } from './columns.js';
import { parseJson } from './json-numbers.js';
import {
  type ColumnValue,
  NO_COLUMNS,
  noColumns,
  type RecordFault,
  type TextRecord,
  type TextSourceOptions,
} from './text-record.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a key, or at a path such as `a.b` where there is no such key. */
export function valueAt(object: JsonObject, path: string): unknown {
  if (Object.hasOwn(object, path) || !path.includes('.')) return Object.hasOwn(object, path) ? object[path] : undefined;
  let value: unknown = object;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as JsonObject)[key];
  }
  return value;
}

function toColumn(value: unknown): ColumnValue {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
}

export function isRow(object: JsonObject): boolean {
  return typeof object.schema === 'string' && object.schema.startsWith('uxd.');
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** An id of a row that has none: where on the page it stands, such as `p3` or `p3b1l2`. */
function placeId(row: JsonObject): string | null {
  if (typeof row.page !== 'number') return null;
  const parts = [['b', row.block] as const, ['l', row.line] as const, ['w', row.word] as const];
  return `p${row.page}${parts.map(([sign, number]) => (typeof number === 'number' ? sign + number : '')).join('')}`;
}

/** A row with status `error` stays what it is: nobody could read it here either. */
function failedRow(row: JsonObject): RecordFault {
  const error = {
    code: text(row.errorCode) ?? 'FAILED_BEFORE',
    message: text(row.errorMessage) ?? 'the command before this one could not read it',
    isRetryable: row.retryable === true,
  };
  return { error, ...sourceOf(row), ...(typeof row.page === 'number' && { page: row.page }) };
}

function sourceOf(row: JsonObject): { readonly source?: string } {
  return typeof row.source === 'string' && row.source !== '' ? { source: row.source } : {};
}

/** Names that a message may show of objects, or a column be found among. */
export function keysOf(samples: readonly JsonObject[]): string[] {
  return [...new Set(samples.flatMap((object) => Object.keys(object)))];
}

/** Where the records of one file keep what is wanted. */
interface JsonFields {
  readonly text: string;
  readonly id: string | null;
  readonly keep: readonly { readonly name: string; readonly path: string }[];
}

/** The key or path that the user means. Throws {@link InputError} where none of the samples has it. */
function fieldOf(samples: readonly JsonObject[], wanted: string, flag?: string): string {
  if (samples.some((object) => valueAt(object, wanted) !== undefined)) return wanted;
  const keys = keysOf(samples);
  return keys[columnAt(keys, wanted, flag)] ?? wanted;
}

function fieldsOf(
  samples: readonly JsonObject[],
  { textColumn, idColumn, keep, askedBy }: TextSourceOptions,
): JsonFields {
  const keys = keysOf(samples);
  const usual = (): string => {
    if (keys.includes('text')) return 'text';
    return keys[usualColumnAt(keys)] ?? 'text';
  };
  return {
    text: textColumn === null ? usual() : fieldOf(samples, textColumn),
    id:
      idColumn === null ? (keys.find((key) => fold(key) === 'id') ?? null) : fieldOf(samples, idColumn, '--id-column'),
    keep: keep.map((name) => ({ name, path: fieldOf(samples, name, askedBy?.get(name)) })),
  };
}

/** Turns objects into texts. */
export class JsonReader {
  readonly #options: TextSourceOptions;
  readonly #samples: readonly JsonObject[];
  readonly #rowSamples: readonly JsonObject[];
  #fields: JsonFields | null = null;
  #rowFields: JsonFields | null = null;
  #number = 0;

  /** @param samples the first objects of the file; what none of them has is taken for a mistake of the user */
  constructor(options: TextSourceOptions, samples: readonly JsonObject[]) {
    this.#options = options;
    this.#samples = samples.filter((object) => !isRow(object));
    this.#rowSamples = samples.filter((object) => isRow(object) && object.status !== 'error');
  }

  /** Counts a record that is none, so that those after it keep their numbers. */
  skip(): void {
    this.#number += 1;
  }

  /**
   * The text of an object, what is wrong with it, or null for a row that holds no text. Throws {@link InputError}
   * COLUMN_NOT_FOUND where the records of the file lack what the user asks for.
   */
  read(object: JsonObject): TextRecord | RecordFault | null {
    this.#number += 1;
    if (isRow(object)) return this.#readRow(object);
    this.#fields ??= fieldsOf(this.#samples.length > 0 ? this.#samples : [object], this.#options);
    return this.#toRecord(object, this.#fields, undefined);
  }

  #readRow(row: JsonObject): TextRecord | RecordFault | null {
    if (row.status === 'error') return failedRow(row);
    const { textColumn } = this.#options;
    if (valueAt(row, textColumn ?? 'text') === undefined) return null;
    const samples = this.#rowSamples.length > 0 ? this.#rowSamples : [row];
    this.#rowFields ??= fieldsOf(samples, { ...this.#options, textColumn: textColumn ?? 'text' });
    const record = this.#toRecord(row, this.#rowFields, placeId(row) ?? undefined);
    return { ...record, ...sourceOf(row) };
  }

  #toRecord(object: JsonObject, fields: JsonFields, place: string | undefined): TextRecord | RecordFault {
    const value = valueAt(object, fields.text);
    if (value === undefined || (typeof value === 'object' && value !== null)) {
      const is = value === undefined ? 'is missing' : 'is no text';
      const message = `the field ${JSON.stringify(fields.text)} ${is}; the fields are ${listNames(Object.keys(object))}`;
      return { error: { code: 'MALFORMED_LINE', message, isRetryable: false } };
    }
    const id = fields.id === null ? null : toColumn(valueAt(object, fields.id));
    const ownId = fields.id === null ? null : String(id ?? '');
    return {
      id: (ownId || place) ?? recordId(ownId, this.#number),
      text: value === null ? '' : String(value),
      columns: fields.keep.length === 0 ? NO_COLUMNS : keptFields(object, fields.keep),
    };
  }
}

function keptFields(object: JsonObject, keep: JsonFields['keep']): Record<string, ColumnValue> {
  const columns = noColumns();
  for (const { name, path } of keep) columns[name] = toColumn(valueAt(object, path));
  return columns;
}

/** The objects of an array of JSON. Throws {@link InputError} MALFORMED_FILE. */
export function parseJsonArray(source: string): readonly unknown[] {
  const remedy = "give CSV, or one object a line, for instance with: jq -c '.[]' FILE";
  let value: unknown;
  try {
    value = parseJson(source);
  } catch (error) {
    throw new InputError('MALFORMED_FILE', `the JSON is damaged (${(error as Error).message}); ${remedy}`);
  }
  if (Array.isArray(value)) return value;
  if (isJsonObject(value)) return [value];
  throw new InputError('MALFORMED_FILE', `the JSON is neither an array nor an object; ${remedy}`);
}
