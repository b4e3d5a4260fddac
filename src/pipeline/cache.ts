import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Outcome } from '../model.js';

/** An answer as it is kept: with the attempts it took, so that a rerun writes the same row. */
export interface CachedOutcome<V> {
  readonly outcome: Outcome<V>;
  readonly attempts: number;
}

export interface ResultCacheSettings {
  /** Directory of the results, made when first written to. */
  readonly directory: string;
  /** What the answers depend on besides the content: engine id and version, options. */
  readonly scope: readonly unknown[];
  /** Read nothing, write everything. */
  readonly isRefresh: boolean;
  /** Do not read failures. */
  readonly retryFailed: boolean;
  /** Told once when results cannot be kept. */
  readonly warn: (message: string) => void;
}

// The callback API: for thousands of small files, several times cheaper than node:fs/promises.
const readFile = promisify(fs.readFile);
const writeFile = promisify(fs.writeFile);

/**
 * Answers kept on disk, one small file each, by the hash of content, engine and options. A file that was cut off by
 * the end of its process fails the checksum of its compression and counts as none.
 */
export class ResultCache<V> {
  readonly #settings: ResultCacheSettings;
  readonly #scopeHash: string;
  readonly #folders = new Set<string>();
  #isBroken = false;

  constructor(settings: ResultCacheSettings) {
    this.#settings = settings;
    this.#scopeHash = sha256(JSON.stringify(settings.scope));
  }

  /** The kept answer, or null; a damaged file counts as none. */
  async get(itemKey: string): Promise<CachedOutcome<V> | null> {
    if (this.#settings.isRefresh) return null;
    const kept = await this.reread(itemKey);
    return kept && !kept.outcome.ok && this.#settings.retryFailed ? null : kept;
  }

  /** The kept answer, even when refreshing: for what this run itself has put. */
  async reread(itemKey: string): Promise<CachedOutcome<V> | null> {
    try {
      return JSON.parse(gunzipSync(await readFile(this.#fileOf(itemKey))).toString('utf8')) as CachedOutcome<V>;
    } catch {
      return null;
    }
  }

  /** Keeps an answer; true when it is on disk. Failing to (a full disk) costs the run nothing but the resume. */
  async put(itemKey: string, kept: CachedOutcome<V>): Promise<boolean> {
    if (this.#isBroken) return false;
    try {
      await this.#write(this.#fileOf(itemKey), gzipSync(JSON.stringify(kept), { level: 1 }));
      return true;
    } catch (error) {
      this.#isBroken = true;
      const cause = error instanceof Error ? error.message : String(error);
      this.#settings.warn(
        `results cannot be kept for a later run (${cause}); free space or set UXD_CACHE_DIR to another place`,
      );
      return false;
    }
  }

  async #write(file: string, bytes: Uint8Array): Promise<void> {
    const folder = path.dirname(file);
    if (!this.#folders.has(folder)) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      this.#folders.add(folder);
    }
    await writeFile(file, bytes, { mode: 0o600 });
  }

  #fileOf(itemKey: string): string {
    const name = sha256(`${this.#scopeHash}\n${itemKey}`);
    return path.join(this.#settings.directory, name.slice(0, 2), `${name.slice(2)}.json.gz`);
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
