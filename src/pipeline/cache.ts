import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { makeDirectories } from '../files/make-directories.js';
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
  /** Nothing is kept, nothing is looked for. */
  readonly isOff?: boolean;
  /** Told once when results cannot be kept. */
  readonly warn: (message: string) => void;
}

// The callback API: for thousands of small files, several times cheaper than node:fs/promises.
const readFile = promisify(fs.readFile);
const writeFile = promisify(fs.writeFile);
const rename = promisify(fs.rename);

/** A disk that takes nothing is not asked for ever. */
const FAILURES_BEFORE_GIVING_UP = 10;

/**
 * Answers kept on disk, one small file each, by the hash of content, engine and options. A file appears whole
 * or not at all, so that a run killed at any moment leaves a usable cache; a damaged one counts as none.
 */
export class ResultCache<V> {
  readonly #settings: ResultCacheSettings;
  readonly #scopeHash: string;
  readonly #folders = new Set<string>();
  #failuresInARow = 0;
  #hasWarned = false;

  constructor(settings: ResultCacheSettings) {
    this.#settings = settings;
    this.#scopeHash = sha256(JSON.stringify(settings.scope));
  }

  /** Whether it holds back answers that it has. */
  get isSelective(): boolean {
    return this.#settings.isRefresh || this.#settings.retryFailed;
  }

  /** The kept answer, or null; a damaged file counts as none. */
  async get(itemKey: string): Promise<CachedOutcome<V> | null> {
    if (this.#settings.isRefresh || this.#settings.isOff) return null;
    const kept = await this.reread(itemKey);
    return kept && !kept.outcome.ok && this.#settings.retryFailed ? null : kept;
  }

  /** The kept answer, even when refreshing: for what this run itself has put. */
  async reread(itemKey: string): Promise<CachedOutcome<V> | null> {
    try {
      const kept: unknown = JSON.parse(gunzipSync(await readFile(this.#fileOf(itemKey))).toString('utf8'));
      return isCachedOutcome<V>(kept) ? kept : null;
    } catch {
      return null;
    }
  }

  /** Keeps an answer; true when it is on disk. Failing to (a full disk) costs the run nothing but the resume. */
  async put(itemKey: string, kept: CachedOutcome<V>): Promise<boolean> {
    if (this.#settings.isOff || this.#failuresInARow >= FAILURES_BEFORE_GIVING_UP) return false;
    try {
      await this.#write(this.#fileOf(itemKey), gzipSync(JSON.stringify(kept), { level: 1 }));
      this.#failuresInARow = 0;
      return true;
    } catch (error) {
      this.#failuresInARow += 1;
      this.#warnOnce(error);
      return false;
    }
  }

  #warnOnce(error: unknown): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const cause = error instanceof Error ? error.message : String(error);
    const advice = 'free space or set UXD_CACHE_DIR to another place';
    this.#settings.warn(`results cannot be kept for a later run (${cause}); ${advice}`);
  }

  /** Beside its place first, so that who reads it meanwhile finds the old file or the new one. */
  async #write(file: string, bytes: Uint8Array): Promise<void> {
    const folder = path.dirname(file);
    if (!this.#folders.has(folder)) {
      await makeDirectories(folder, 0o700);
      this.#folders.add(folder);
    }
    const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await writeFile(temporary, bytes, { mode: 0o600 });
      await rename(temporary, file);
    } catch (error) {
      this.#folders.delete(folder);
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  #fileOf(itemKey: string): string {
    const name = sha256(`${this.#scopeHash}\n${itemKey}`);
    return path.join(this.#settings.directory, name.slice(0, 2), `${name.slice(2)}.json.gz`);
  }
}

function isCachedOutcome<V>(kept: unknown): kept is CachedOutcome<V> {
  const { outcome, attempts } = (kept ?? {}) as Partial<CachedOutcome<V>>;
  if (typeof attempts !== 'number' || typeof outcome !== 'object' || outcome === null) return false;
  return outcome.ok === true ? outcome.value !== undefined : typeof outcome.error?.code === 'string';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
