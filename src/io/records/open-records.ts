import { InputError, toInputError } from '../input-error.js';
import { findEncoding } from '../texts/encoding.js';
import { parseJsonArray } from '../texts/json-records.js';
import { readHead } from '../texts/pieces.js';
import { describeBinary, isPdf } from '../texts/text-kind.js';
import { ARRAY_REMEDY, type EncodedFile, readWhole } from '../texts/whole-file.js';
import { openJsonLines, openJsonObjects } from './json-records.js';
import type { RecordFile } from './record-file.js';
import { openTable } from './table-records.js';

export interface RecordSettings {
  /** The name that the user gave, for messages. */
  readonly source: string;
  /** One character, `tab` or `\t`; null where it is to be found. */
  readonly delimiter: string | null;
  /** Any label of the WHATWG Encoding Standard; null where it is to be found. */
  readonly encoding: string | null;
  /** Columns that a delimiter should give. */
  readonly wanted: readonly string[];
}

/** Opens CSV, TSV, JSON Lines, an array of JSON or Parquet, told apart by content. Throws {@link InputError}. */
export async function openRecords(path: string, settings: RecordSettings): Promise<RecordFile> {
  try {
    const { head, sizeBytes } = await readHead(path);
    if (sizeBytes === 0) throw new InputError('EMPTY_FILE', 'the file is empty; was it copied to the end?');
    if (head.toString('latin1', 0, 4) === 'PAR1') return await (await import('./parquet-records.js')).openParquet(path);
    const binary = isPdf(head, settings.source)
      ? 'this is a PDF file, and no table'
      : describeBinary(head, settings.source);
    if (binary !== null) throw new InputError('NOT_TEXT', binary);
    const encoding = await findEncoding(path, head, { given: settings.encoding, isHtml: false });
    const file: EncodedFile = { path, head, sizeBytes, encoding };
    const start = /[^\s\ufeff]/.exec(head.toString('latin1').replace(/^ï»¿/, '').replaceAll('\0', ''))?.[0];
    if (start === '{') return openJsonLines(file);
    if (start === '[') return openJsonObjects(parseJsonArray(await readWhole(path, file, ARRAY_REMEDY)));
    return openTable(file, settings);
  } catch (error) {
    throw toInputError(error);
  }
}
