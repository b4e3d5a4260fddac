/** Reads texts from contents given in a test. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readTexts, type TextSourceOptions } from '../../src/io/texts/read-texts.js';
import type { FailedInput, Item, TextDocument } from '../../src/model.js';

export const TEXT_DEFAULTS: TextSourceOptions = {
  textColumn: null,
  idColumn: null,
  keep: [],
  delimiter: null,
  encoding: null,
  isLineDocuments: false,
};

export type Read = Item<TextDocument> | FailedInput;

/** A folder for the files of one test file. */
export class TextFolder {
  readonly #root = mkdtempSync(join(tmpdir(), 'uxd-texts-'));

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  /** What is read of files with these names and contents. */
  async read(
    files: Readonly<Record<string, string | Uint8Array>>,
    options: Partial<TextSourceOptions> = {},
  ): Promise<Read[]> {
    const entries = Object.entries(files).map(([name, content], index) => {
      const path = join(this.#root, name === '-' ? 'stdin' : basename(name));
      writeFileSync(path, content);
      return { index, source: name, path };
    });
    return this.readPaths(entries, options);
  }

  async readPaths(
    entries: readonly { readonly index: number; readonly source: string; readonly path: string }[],
    options: Partial<TextSourceOptions> = {},
  ): Promise<Read[]> {
    const all: Read[] = [];
    for await (const item of readTexts(entries, { ...TEXT_DEFAULTS, ...options })) all.push(item);
    return all;
  }
}

/** The texts alone; a failure is shown as its code and line. */
export function textsOf(items: readonly Read[]): string[] {
  return items.map((item) =>
    'error' in item ? `${item.error.code}${item.line === undefined ? '' : ` ${item.line}`}` : item.payload.text,
  );
}

/** Ids of the texts. */
export function idsOf(items: readonly Read[]): string[] {
  return items.flatMap((item) => ('error' in item ? [] : [item.payload.id]));
}
