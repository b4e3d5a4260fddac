/** Records of Parquet files, a group of rows at a time. */
import { open } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import {
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { InputError } from '../input-error.js';
import type { FieldBatch, FieldValue, RecordFile } from './record-file.js';

type Unpack = (input: Uint8Array) => Uint8Array;

const ZSTD = (zlib as { readonly zstdDecompressSync?: Unpack }).zstdDecompressSync;

/** What Node can unpack; Snappy is in the package, Zstandard in Node 22.15 and newer. */
const COMPRESSORS: Compressors = {
  GZIP: (input) => zlib.gunzipSync(input),
  BROTLI: (input) => zlib.brotliDecompressSync(input),
  ...(ZSTD !== undefined && { ZSTD }),
};

/** Throws {@link InputError} where the file is damaged or packed in a way that cannot be read. */
export async function openParquet(path: string): Promise<RecordFile> {
  const file = await bufferOf(path);
  const metadata = await parquetMetadataAsync(file).catch((error: unknown) => {
    throw damaged(error);
  });
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  return { names, delimiter: null, read: (columns) => readGroups(file, metadata, columns) };
}

type AsyncBuffer = Parameters<typeof parquetMetadataAsync>[0];

/** Opened for each piece, so that nothing has to be closed. */
async function bufferOf(path: string): Promise<AsyncBuffer> {
  const handle = await open(path);
  const { size } = await handle.stat().finally(() => handle.close());
  const slice = async (start: number, end = size): Promise<ArrayBuffer> => {
    const piece = await open(path);
    try {
      const { buffer } = await piece.read(Buffer.alloc(end - start), 0, end - start, start);
      return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length) as ArrayBuffer;
    } finally {
      await piece.close();
    }
  };
  return { byteLength: size, slice };
}

function damaged(error: unknown): InputError {
  const reason = (error as Error).message.slice(0, 160);
  return new InputError('MALFORMED_FILE', `the Parquet file cannot be read (${reason}); write it again, or as CSV`);
}

async function* readGroups(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: readonly string[],
): AsyncGenerator<FieldBatch> {
  let rowStart = 0;
  for (const { num_rows: count } of metadata.row_groups) {
    const rowEnd = rowStart + Number(count);
    const options = { file, metadata, columns: [...columns], rowStart, rowEnd, compressors: COMPRESSORS };
    const rows = await parquetReadObjects(options).catch((error: unknown) => {
      throw damaged(error);
    });
    const first = rowStart + 1;
    yield rows.map((row, at) => ({ line: first + at, values: columns.map((name) => toValue(row[name])) }));
    rowStart = rowEnd;
  }
}

function toValue(value: unknown): FieldValue {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as FieldValue);
}
