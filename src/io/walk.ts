/** Finds the files of a kind in a directory tree. */
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { InputError, toInputError } from './input-error.js';

/** A file, or what stands in its place where it cannot be read. Paths are relative to where the walk was started. */
export interface Found {
  readonly source: string;
  readonly error: InputError | null;
}

const BACKSLASH = 0x5c;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The name as text. One that is not UTF-8 cannot be opened by it: its bytes beyond ASCII become `\xNN`, and a backslash
 * is doubled, so that no two such names look alike.
 */
export function decodeName(name: Uint8Array): { text: string; isValid: boolean } {
  try {
    return { text: UTF8.decode(name), isValid: true };
  } catch {
    const escaped = [...name].map((byte) => {
      if (byte >= 0x80) return `\\x${byte.toString(16).padStart(2, '0')}`;
      return byte === BACKSLASH ? '\\\\' : String.fromCharCode(byte);
    });
    return { text: escaped.join(''), isValid: false };
  }
}

/** What is said of a name that is not text. */
export function invalidName(): InputError {
  return new InputError(
    'INVALID_FILE_NAME',
    'the name of this file is not valid UTF-8; rename it, for instance with convmv',
  );
}

/** `directory/name`; the current directory leaves no trace. */
function joinSource(directory: string, name: string): string {
  if (directory === '.') return name;
  return directory.endsWith('/') ? `${directory}${name}` : `${directory}/${name}`;
}

/** Whether the entry is a file or leads to one, or why that cannot be told. */
async function isFile(entry: Dirent<Buffer>, path: string): Promise<boolean | InputError> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    const known = toInputError(error);
    if (known instanceof InputError) return known;
    throw error;
  }
}

export interface WalkOptions {
  /** Endings, in lower case with their dot, of the files that are wanted. */
  readonly extensions: readonly string[];
  /** The path by which a source is opened. */
  resolve(source: string): string;
  /** Told of each file with another ending. */
  onOther(): void;
}

/**
 * The files under `directory` that end in one of the extensions, in any case. Hidden files and directories are left out, and links to directories are not followed, for they may go round in
 * circles. What cannot be listed is found with its error.
 */
export async function* walk(directory: string, options: WalkOptions): AsyncGenerator<Found> {
  const { extensions, resolve, onOther } = options;
  let entries: Dirent<Buffer>[];
  try {
    entries = await readdir(resolve(directory), { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    const known = toInputError(error);
    if (!(known instanceof InputError)) throw error;
    yield { source: directory, error: known };
    return;
  }
  for (const entry of entries) {
    const { text, isValid } = decodeName(entry.name);
    if (text.startsWith('.')) continue;
    const source = joinSource(directory, text);
    const isWanted = extensions.some((extension) => text.toLowerCase().endsWith(extension));
    if (!isValid) {
      if (isWanted || entry.isDirectory()) yield { source, error: invalidName() };
    } else if (entry.isDirectory()) {
      yield* walk(source, options);
    } else if (isWanted) {
      const answer = await isFile(entry, resolve(source));
      if (answer !== false) yield { source, error: answer === true ? null : answer };
    } else if (entry.isFile()) onOther();
  }
}
