/** Files that are written at once, whole or not at all. */
import { mkdir } from 'node:fs/promises';
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

/** Throws {@link UsageError} where it cannot be made. */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOSPC' || code === null) throw new RunError(`cannot make the directory ${path}`, { cause: error });
    const reason = code === 'EEXIST' || code === 'ENOTDIR' ? 'a file stands in its place' : `no permission (${code})`;
    throw new UsageError(`cannot make the directory ${path}: ${reason}; name another one`, { cause: error });
  }
}
