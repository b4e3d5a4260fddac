/** Files that are written at once, whole or not at all. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { makeDirectories } from '../files/make-directories.js';
import { RunError, UsageError } from '../model.js';
import { systemErrorCode } from './input-error.js';
import { openFileOutput } from './sinks/byte-output.js';

/** Throws {@link RunError} where there is no room. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const output = await openFileOutput(path);
  try {
    await output.write(bytes);
    await output.close();
  } catch (error) {
    await output.abort();
    throw error;
  }
}

/** Throws {@link UsageError} where it cannot be made or written to: better now than when hours of work are done. */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await makeDirectories(path);
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOSPC' || code === null) throw new RunError(`cannot make the directory ${path}`, { cause: error });
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw new UsageError(`cannot write to ${path}: no permission; name another directory`, { cause: error });
    const isTaken = code === 'EEXIST' || code === 'ENOTDIR';
    const reason = isTaken
      ? 'a file, or a link that leads nowhere, stands in its place'
      : `not possible there (${code})`;
    throw new UsageError(`cannot make the directory ${path}: ${reason}; name another one`, { cause: error });
  }
}
