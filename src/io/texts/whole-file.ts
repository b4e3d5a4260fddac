/** Files of text that can only be read as a whole. */
import { readFile } from 'node:fs/promises';
import { InputError } from '../input-error.js';
import { createDecoder } from './encoding.js';
import type { FileHead } from './pieces.js';
import { MAX_WHOLE_BYTES } from './text-record.js';

/** A text file with its encoding found. */
export interface EncodedFile extends FileHead {
  readonly path: string;
  readonly encoding: string;
}

/** What to do with an array of JSON that is too large. */
export const ARRAY_REMEDY = "write one object a line, for instance with: jq -c '.[]' FILE";

/** The text of a whole file. Throws {@link InputError} FILE_TOO_LARGE with `remedy`. */
export async function readWhole(
  path: string,
  { sizeBytes, encoding }: { readonly sizeBytes: number; readonly encoding: string },
  remedy: string,
): Promise<string> {
  if (sizeBytes > MAX_WHOLE_BYTES) {
    throw new InputError('FILE_TOO_LARGE', `the file is larger than 256 MB, too much to be read at once; ${remedy}`);
  }
  const decoder = createDecoder(encoding);
  return decoder.decode(await readFile(path)) + decoder.end();
}
