/** The lines of files as items: whatever the file is called, each line is a string of its own. */
import type { FailedInput, Item } from '../../model.js';
import { InputError, toInputError } from '../input-error.js';
import type { InputEntry } from '../inputs.js';
import { findEncoding } from './encoding.js';
import { readHead } from './pieces.js';
import { describeBinary } from './text-kind.js';
import { readLines } from './whole-texts.js';

/** One line, without its end. */
export interface TextLineItem {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** Every line, empty ones too, in order; memory stays flat. A file that cannot be read is a {@link FailedInput}. */
export async function* readTextLines(
  entries: Iterable<InputEntry>,
): AsyncGenerator<Item<TextLineItem> | FailedInput, void, undefined> {
  let index = 0;
  for (const entry of entries) {
    const { source } = entry;
    if ('error' in entry) {
      yield { index: index++, source, page: null, error: entry.error };
      continue;
    }
    try {
      const file = await readHead(entry.path);
      const binary = file.sizeBytes === 0 ? null : describeBinary(file.head, source);
      if (binary !== null) throw new InputError('NOT_TEXT', binary);
      const encoding = await findEncoding(entry.path, file.head, { given: null, isHtml: false });
      for await (const batch of readLines(entry.path, { ...file, encoding })) {
        for (const record of batch) {
          if ('error' in record) {
            yield { index: index++, source, page: null, line: record.line ?? 0, error: record.error };
            continue;
          }
          const { id, text } = record;
          yield { index: index++, source, key: id, sizeBytes: text.length, payload: { text, line: Number(id) } };
        }
      }
    } catch (error) {
      const known = toInputError(error);
      if (!(known instanceof InputError)) throw error;
      yield { index: index++, source, page: null, error: known.toItemError() };
    }
  }
}
