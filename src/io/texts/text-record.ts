/** The steps between a file of texts and the items of a run. */
import { hash } from 'node:crypto';
import type { FailedInput, Item, ItemError, TextDocument, TextFormat } from '../../model.js';

export type ColumnValue = string | number | boolean | null;

/** What the user says about the files; null or empty where they are to be looked into. */
export interface TextSourceOptions {
  /** Name of the column or JSON field that holds the text (`a.b` looks into `a`), or its number from 1. */
  readonly textColumn: string | null;
  readonly idColumn: string | null;
  /** Columns to carry along. */
  readonly keep: readonly string[];
  /** The flags that ask for the columns of `keep`, for messages. */
  readonly askedBy?: ReadonlyMap<string, string>;
  /** One character, `tab` or `\t`. */
  readonly delimiter: string | null;
  /** Any label of the WHATWG Encoding Standard, such as `windows-1252`. */
  readonly encoding: string | null;
  /** Each line of a file that is no table and no JSON is a document. */
  readonly isLineDocuments: boolean;
}

/** One text of a source. */
export interface TextRecord {
  readonly id: string;
  readonly text: string;
  readonly columns: Readonly<Record<string, ColumnValue>>;
  /** Where the text came from before it was in this file. */
  readonly source?: string;
}

/** A record that is no text. */
export interface RecordFault {
  readonly error: ItemError;
  /** From 1. */
  readonly line?: number;
  readonly page?: number;
  readonly source?: string;
}

/** Records in their order; many at once, because waiting for each would cost more than reading it. */
export type RecordBatch = readonly (TextRecord | RecordFault)[];

/** A batch is passed on when it has so many records. */
export const RECORDS_PER_BATCH = 256;

/** A file of more is no single text any more; strings end at twice of it. */
export const MAX_WHOLE_BYTES = 256 * 1024 * 1024;

/** An object without a prototype, so that a column may be called `__proto__` or `constructor`. */
export function noColumns(): Record<string, ColumnValue> {
  return Object.create(null) as Record<string, ColumnValue>;
}

export const NO_COLUMNS: Readonly<Record<string, ColumnValue>> = noColumns();

/** The error of one record of a file. */
export function lineFault(line: number, message: string): RecordFault {
  return { line, error: { code: 'MALFORMED_LINE', message: `line ${line}: ${message}`, isRetryable: false } };
}

const PREFIXES: Readonly<Record<TextFormat, string>> = { plain: 'plain\0', markdown: 'markdown\0', html: 'html\0' };
/** Texts up to a third of it, in characters, are encoded without taking new memory for each. */
const scratch = Buffer.allocUnsafe(1 << 16);

/** The first is quick, and false for most texts. */
const SURROGATE = /[\ud800-\udfff]/;
const HALF_SURROGATE = /\p{Surrogate}/u;

interface Measured {
  readonly key: string;
  readonly sizeBytes: number;
  readonly text: string;
}

/**
 * The key and size of a text, and the text with memory of its own: pieces of a large string keep all of it alive.
 * Half surrogates have no UTF-8; they are told apart by their UTF-16.
 */
function measure(text: string, format: TextFormat): Measured {
  const prefix = PREFIXES[format];
  if (SURROGATE.test(text) && HALF_SURROGATE.test(text)) {
    const units = Buffer.concat([Buffer.from(`utf-16 ${prefix}`), Buffer.from(text, 'utf16le')]);
    return { key: hash('sha256', units, 'hex'), sizeBytes: Buffer.byteLength(text), text };
  }
  if (text.length > (scratch.length - 16) / 3) {
    const bytes = Buffer.from(prefix + text);
    return { key: hash('sha256', bytes, 'hex'), sizeBytes: bytes.length - prefix.length, text };
  }
  const end = scratch.write(prefix + text);
  return {
    key: hash('sha256', scratch.subarray(0, end), 'hex'),
    sizeBytes: end - prefix.length,
    text: scratch.toString('utf8', prefix.length, end),
  };
}

/** A copy of a short string that does not keep the string alive that it was cut from. */
export function detached(text: string): string {
  // Shorter ones are copied anyhow.
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}

/** The item, or the failed input, at a place of the run. */
export function toItem(
  record: TextRecord | RecordFault,
  place: { readonly index: number; readonly source: string; readonly format: TextFormat },
): Item<TextDocument> | FailedInput {
  const { index, format } = place;
  const source = record.source ?? place.source;
  if ('error' in record) {
    const { line, page = null, error } = record;
    return { index, source, page, ...(line !== undefined && { line }), error };
  }
  const { key, sizeBytes, text } = measure(record.text, format);
  return { index, source, key, sizeBytes, payload: { id: record.id, text, format, columns: record.columns } };
}
