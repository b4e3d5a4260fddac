/** One source of texts for every command that reads some: files of text, tables, JSON, PDF pages, standard input. */
import type { FailedInput, Item, ItemError, TextDocument } from '../../model.js';
import { InputError, toInputError } from '../input-error.js';
import type { InputEntry } from '../inputs.js';
import { delimiterOf } from './dialect.js';
import { encodingOf, findEncoding } from './encoding.js';
import { readJsonArray, readJsonLines } from './json-lines.js';
import { decodeHead, type FileHead, readHead } from './pieces.js';
import { readTable } from './table.js';
import { describeBinary, formatOf, isPdf, type TextKind, textKindOf } from './text-kind.js';
import { type RecordBatch, type TextSourceOptions, toItem } from './text-record.js';
import { ARRAY_REMEDY, readWhole } from './whole-file.js';
import { readDocument, readLines, readPdfPages } from './whole-texts.js';

export { TEXT_FILE_EXTENSIONS } from './text-kind.js';
export type { TextSourceOptions } from './text-record.js';

type OpenedFile = FileHead & { readonly encoding: string };

const EMPTY_FILE = 'the file is empty; was it copied to the end?';
const NOTHING_CAME = 'nothing came on standard input; did the command before the pipe write anything?';

async function* readKind(
  kind: TextKind,
  path: string,
  file: OpenedFile,
  options: TextSourceOptions,
): AsyncGenerator<RecordBatch> {
  switch (kind) {
    case 'table':
      return yield* readTable(path, file, options);
    case 'json-lines':
      return yield* readJsonLines(path, file, options);
    case 'json':
      return yield* readJsonArray(await readWhole(path, file, ARRAY_REMEDY), options);
    case 'lines':
      return yield* readLines(path, file);
    case 'document':
      yield await readDocument(path, file);
  }
}

/** Throws {@link InputError}, or errors of files, where the file as a whole cannot be read. */
async function* readFileTexts(path: string, source: string, options: TextSourceOptions): AsyncGenerator<RecordBatch> {
  const file = await readHead(path);
  if (file.sizeBytes === 0) throw new InputError('EMPTY_FILE', source === '-' ? NOTHING_CAME : EMPTY_FILE);
  if (isPdf(file.head, source)) return yield* readPdfPages(path, source);
  const binary = describeBinary(file.head, source);
  if (binary !== null) throw new InputError('NOT_TEXT', binary);
  const isHtml = formatOf(source) === 'html';
  const encoding = await findEncoding(path, file.head, { given: options.encoding, isHtml });
  const opened = { ...file, encoding };
  const kind = textKindOf(source, decodeHead(opened, encoding), options);
  yield* readKind(kind, path, opened, options);
}

function toItemError(error: unknown): ItemError {
  const known = toInputError(error);
  if (known instanceof InputError) return known.toItemError();
  throw error;
}

/**
 * Reads the texts of the entries in their order; memory stays flat however long a table is. A file that cannot be read,
 * and each record that is no text, is a {@link FailedInput} in its place; `index` counts everything from 0. Texts are
 * given exactly as they stand in the cell or file. Throws `UsageError` for an unknown encoding or a delimiter that
 * cannot be one.
 */
export async function* readTexts(
  entries: Iterable<InputEntry>,
  options: TextSourceOptions,
): AsyncGenerator<Item<TextDocument> | FailedInput, void, undefined> {
  if (options.encoding !== null) encodingOf(options.encoding);
  if (options.delimiter !== null) delimiterOf(options.delimiter);
  let index = 0;
  for (const entry of entries) {
    const { source } = entry;
    if ('error' in entry) {
      yield { index: index++, source, page: null, error: entry.error };
      continue;
    }
    const format = formatOf(source);
    try {
      for await (const batch of readFileTexts(entry.path, source, options)) {
        for (const record of batch) yield toItem(record, { index: index++, source, format });
      }
    } catch (error) {
      yield { index: index++, source, page: null, error: toItemError(error) };
    }
  }
}
