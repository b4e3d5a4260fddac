/** Opens the output of a run in the format that the user asks for. */
import { extname } from 'node:path';
import type { Writable } from 'node:stream';
import { type Sink, UsageError } from '../../model.js';
import type { AnyRow, RowSchema } from '../../rows/define.js';
import { type ByteOutput, ClosedPipeError, openFileOutput, openStreamOutput } from './byte-output.js';

export { ClosedPipeError };

export type SinkFormat = 'jsonl' | 'csv' | 'parquet';

/** A file, or a stream that is left open (standard output). */
type SinkTarget = { readonly path: string } | { readonly stream: Writable & { readonly isTTY?: boolean } };

export interface SinkOptions {
  /** Null: by the ending of the path, JSONL otherwise. */
  readonly format: SinkFormat | null;
  readonly target: SinkTarget;
  /** All the row types that may come; a table has the columns of all of them. */
  readonly schemas: readonly RowSchema[];
  /** A byte order mark before CSV, for spreadsheets that take it for another encoding otherwise. */
  readonly bom: boolean;
}

const ENDINGS: Readonly<Record<string, SinkFormat>> = {
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.parquet': 'parquet',
};

/** The format of an output: as asked for, or by the ending of its path, or JSONL. */
export function sinkFormat(format: SinkFormat | null, path: string | null): SinkFormat {
  return format ?? ENDINGS[path === null ? '' : extname(path).toLowerCase()] ?? 'jsonl';
}

/** Endings of files that hold something else: a name that would deceive is better refused than filled. */
const FOREIGN = /\.(xlsx?|ods|tsv|xml|pdf|html?|avro|orc|feather|arrow|db|sqlite)$/i;

async function openOutput(target: SinkTarget): Promise<ByteOutput> {
  return 'path' in target ? openFileOutput(target.path, true) : openStreamOutput(target.stream, 'standard output');
}

/**
 * Opens a sink. A file appears under its name when the sink is closed, and not at all when it is aborted. Throws
 * {@link UsageError} where the output cannot be what is asked for; writing throws {@link ClosedPipeError} when the
 * reader is gone and `RunError` when there is no room.
 */
export async function openSink({ format, target, schemas, bom }: SinkOptions): Promise<Sink<AnyRow>> {
  const chosen = sinkFormat(format, 'path' in target ? target.path : null);
  if (bom && chosen !== 'csv') throw new UsageError(`--bom is for CSV; the output is ${chosen}`);
  if (chosen === 'parquet' && 'stream' in target && target.stream.isTTY === true) {
    throw new UsageError('Parquet is not for the screen; name a file with -o FILE.parquet or redirect the output');
  }
  if (format === null && 'path' in target && FOREIGN.test(target.path)) {
    const name = extname(target.path);
    throw new UsageError(
      `cannot write ${name} files; name it .jsonl, .csv or .parquet, or say what it is to hold with --format`,
    );
  }
  const output = await openOutput(target);
  switch (chosen) {
    case 'jsonl':
      return (await import('./jsonl.js')).openJsonlSink(output, schemas);
    case 'csv':
      return (await import('./csv.js')).openCsvSink(output, schemas, bom);
    case 'parquet':
      return (await import('./parquet.js')).openParquetSink(output, schemas);
  }
}
