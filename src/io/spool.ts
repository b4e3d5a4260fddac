/** Keeps streams that can be read once only as files that can be read again. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RunError } from '../model.js';
import { systemErrorCode } from './input-error.js';
import { makeOwnDirectory } from './leftovers.js';

const PREFIX = 'uxd-input';

/** A directory of the owner alone for such files; it comes into being with the first one. */
export class Spool {
  readonly #tempDir: string;
  #directory: Promise<string> | null = null;
  #count = 0;

  /** @param tempDir where temporary files belong, such as `os.tmpdir()` */
  constructor(tempDir: string) {
    this.#tempDir = tempDir;
  }

  /** Writes the stream to a file and returns its path. Throws {@link RunError} where there is no room for it. */
  async add(stream: AsyncIterable<Uint8Array>, name: string): Promise<string> {
    this.#directory ??= makeOwnDirectory(this.#tempDir, PREFIX);
    const path = join(await this.#directory, `input-${this.#count++}`);
    try {
      await pipeline(Readable.from(stream), createWriteStream(path, { mode: 0o600, flags: 'wx' }));
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOSPC') throw error;
      throw new RunError(`no room in ${this.#tempDir} for a copy of ${name}; free some or set TMPDIR`, {
        cause: error,
      });
    }
    return path;
  }

  /** Removes the files; nothing happens where there are none. */
  async dispose(): Promise<void> {
    const directory = this.#directory;
    this.#directory = null;
    if (directory !== null) await rm(await directory, { recursive: true, force: true });
  }
}
