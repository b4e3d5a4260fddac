/** Files that `uxd trend` reads: where they are, and their columns. */
import os from 'node:os';
import path from 'node:path';
import type { Terminal } from '../cli/terminal.js';
import { InputError } from '../io/input-error.js';
import { openRecords } from '../io/records/open-records.js';
import type { RecordFile } from '../io/records/record-file.js';
import { Spool } from '../io/spool.js';
import { columnAt, fold, listNames } from '../io/texts/columns.js';
import { UsageError } from '../model.js';

export interface FileSettings {
  readonly delimiter: string | null;
  readonly encoding: string | null;
}

/** Opens files by the names that the user gave; `-` is standard input. Errors name the file. */
export class TrendFiles {
  readonly #terminal: Terminal;
  readonly #settings: FileSettings;
  readonly #spool = new Spool(os.tmpdir());
  #stdin: Promise<string> | null = null;

  constructor(settings: FileSettings, terminal: Terminal) {
    this.#settings = settings;
    this.#terminal = terminal;
  }

  /** @param wanted columns that the delimiter of a table should give */
  async open(name: string, wanted: readonly string[]): Promise<RecordFile> {
    const place = name === '-' ? await this.#standardInput() : path.resolve(this.#terminal.cwd, name);
    return await withFileName(name, () => openRecords(place, { ...this.#settings, source: name, wanted }));
  }

  async close(): Promise<void> {
    await this.#spool.dispose();
  }

  #standardInput(): Promise<string> {
    const { stdin } = this.#terminal;
    if (stdin.isTTY) throw new UsageError('-: standard input is the terminal; pipe a file into it, or name one');
    this.#stdin ??= this.#spool.add(stdin, 'standard input');
    return this.#stdin;
  }
}

/** Faults of a file as errors of usage: without the whole file there is no finding. */
export async function withFileName<T>(name: string, read: () => Promise<T> | T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const isNamed = error instanceof UsageError && error.message.startsWith(`${name}: `);
    if (error instanceof InputError && error.code === 'IS_A_DIRECTORY') {
      throw new UsageError(`${name}: this is a directory; name a file`);
    }
    if (error instanceof InputError || (error instanceof UsageError && !isNamed)) {
      throw new UsageError(`${name}: ${error.message}`);
    }
    throw error;
  }
}

/**
 * The column that a flag names, else the one of a usual name. Throws {@link UsageError} with the columns that there are.
 */
export function findColumn(
  names: readonly string[],
  wanted: string | null,
  { flag, usual }: { readonly flag: string; readonly usual: readonly string[] },
): string {
  if (wanted !== null) return names[columnAt(names, wanted, flag)] ?? wanted;
  const found = usual.flatMap((name) => names.find((column) => fold(column) === name) ?? []);
  if (found[0] !== undefined) return found[0];
  const kind = flag === '--date' ? 'no column of dates' : 'no column of values';
  throw new UsageError(`${kind} is known; give ${flag} COLUMN (the columns are ${listNames(names)})`);
}
