/** Where the bytes of an output go: a file that appears whole or not at all, or a stream. */
import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { RunError, UsageError } from '../../model.js';
import { systemErrorCode } from '../input-error.js';
import { ownerMark, removeLeftovers } from '../leftovers.js';

/** The reader of a pipe has gone; nothing more can be written, and nothing is wrong. */
export class ClosedPipeError extends Error {
  override readonly name = 'ClosedPipeError';

  constructor(cause?: unknown) {
    super('the reader of the output has closed the pipe', { cause });
  }
}

/** Takes bytes in order, one call at a time. */
export interface ByteOutput {
  /** Somebody reads along and may stop, which only a write can tell. */
  readonly hasReader: boolean;
  /** Resolves when there is room for more. Throws {@link ClosedPipeError} or {@link RunError}. */
  write(bytes: Uint8Array): Promise<void>;
  /** Makes all that was written final; what is not whole does not replace the file but stands beside it as `.partial`. */
  close(isWhole?: boolean): Promise<void>;
  /** Leaves nothing behind where that is possible; never throws. */
  abort(): Promise<void>;
}

const GONE: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET']);

function toWriteError(error: unknown, name: string): unknown {
  const code = systemErrorCode(error);
  const isGone = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_DESTROYED';
  if (isGone || (code !== null && GONE.has(code))) return new ClosedPipeError(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const next = 'free some and run the same command again: what is done is not done twice';
    return new RunError(`no room left for ${name}; ${next}`, { cause: error });
  }
  if (code === null) return error;
  return new RunError(`cannot write ${name} (${code}); check the disk, then run the same command again`, {
    cause: error,
  });
}

/** Writes to a stream and waits until the system has the bytes, so that a failure is that of the write it belongs to. */
class StreamOutput implements ByteOutput {
  readonly hasReader: boolean;
  readonly #stream: Writable;
  readonly #name: string;
  readonly #endsStream: boolean;
  #failure: { readonly error: unknown } | null = null;
  #wake: (() => void) | null = null;

  constructor(stream: Writable, name: string, kind: { hasReader: boolean; endsStream: boolean }) {
    this.#stream = stream;
    this.#name = name;
    this.#endsStream = kind.endsStream;
    this.hasReader = kind.hasReader;
    // Stays for good: a stream may tell of its failure long after the write that caused it.
    stream.on('error', (error) => {
      this.#failure ??= { error };
      this.#wake?.();
    });
    stream.on('close', () => this.#wake?.());
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#check();
    await this.#settle((done) => this.#stream.write(bytes, done));
    this.#check();
  }

  async close(): Promise<void> {
    this.#check();
    await this.#settle((done) => {
      if (this.#endsStream) this.#stream.end(done);
      else this.#stream.write('', done);
    });
  }

  async abort(): Promise<void> {
    if (this.#endsStream) this.#stream.destroy();
  }

  #check(): void {
    const failure = this.#failure?.error ?? this.#stream.errored;
    if (failure) throw toWriteError(failure, this.#name);
    if (this.#stream.destroyed) throw new ClosedPipeError();
  }

  async #settle(start: (done: (error?: Error | null) => void) => void): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      start((error) => {
        if (error) this.#failure ??= { error };
        resolve();
      });
    });
    this.#wake = null;
    if (this.#failure !== null) throw toWriteError(this.#failure.error, this.#name);
  }
}

const BUFFER_BYTES = 1 << 16;

/** Writes beside the file and takes its name at the end, so that nobody ever sees half of it. */
class AtomicFileOutput implements ByteOutput {
  readonly hasReader = false;
  readonly #file: FileHandle;
  readonly #tempPath: string;
  readonly #path: string;
  readonly #removesLeftovers: boolean;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;

  constructor(file: FileHandle, tempPath: string, path: string, removesLeftovers: boolean) {
    this.#file = file;
    this.#tempPath = tempPath;
    this.#path = path;
    this.#removesLeftovers = removesLeftovers;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= BUFFER_BYTES) await this.#flush();
  }

  async close(isWhole = true): Promise<void> {
    try {
      await this.#flush();
      await this.#file.sync();
      await this.#file.close();
      const partialPath = `${this.#path}.partial`;
      await rename(this.#tempPath, isWhole ? this.#path : partialPath);
      // What an earlier run that was stopped left is now a part of what is here.
      if (isWhole && this.#removesLeftovers) await rm(partialPath, { force: true }).catch(() => undefined);
    } catch (error) {
      await this.abort();
      throw toWriteError(error, this.#path);
    }
  }

  async abort(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#tempPath, { force: true }).catch(() => undefined);
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#pending);
    [this.#pending, this.#pendingBytes] = [[], 0];
    try {
      for (let from = 0; from < bytes.length; ) {
        from += (await this.#file.write(bytes, from, bytes.length - from)).bytesWritten;
      }
    } catch (error) {
      throw toWriteError(error, this.#path);
    }
  }
}

function toOpenError(error: unknown, path: string): unknown {
  switch (systemErrorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new UsageError(`cannot write ${path}: there is no directory ${dirname(path)}; create it first`, {
        cause: error,
      });
    case 'EISDIR':
      return new UsageError(`cannot write ${path}: it is a directory; name a file in it`, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new UsageError(`cannot write ${path}: no permission; choose another place`, { cause: error });
    default:
      return toWriteError(error, path);
  }
}

async function statIfAny(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** `/dev/stdout` may lead to a file that another program has open: it must be written to, not replaced. */
const OPEN_ELSEWHERE = /^\/(dev|proc)\//;

/** The name may already be as long as the file system allows. */
const MAX_NAME_IN_TEMP = 50;

async function openAtomic(path: string, existing: Stats | null, removesLeftovers: boolean): Promise<ByteOutput> {
  if (existing !== null) await access(path, constants.W_OK);
  const target = existing === null ? path : await realpath(path);
  const prefix = `.${[...basename(target)].slice(0, MAX_NAME_IN_TEMP).join('')}`;
  if (removesLeftovers) await removeLeftovers(dirname(target), `${prefix}.`);
  const tempPath = join(dirname(target), `${prefix}${await ownerMark()}${randomBytes(6).toString('hex')}.tmp`);
  const file = await open(tempPath, 'wx', existing === null ? 0o666 : existing.mode & 0o777);
  return new AtomicFileOutput(file, tempPath, target, removesLeftovers);
}

/**
 * Opens a file for output. A plain file is replaced when the output is closed, and is left alone when it is aborted;
 * pipes and devices are written to as they are. Throws {@link UsageError} where the path cannot be written.
 *
 * @param removesLeftovers also removes what killed runs left of this same file, which takes a look at the whole directory,
 * and the `.partial` of a stopped run once the file is whole
 */
export async function openFileOutput(path: string, removesLeftovers = false): Promise<ByteOutput> {
  try {
    const existing = await statIfAny(path);
    if (existing?.isDirectory() === true) throw Object.assign(new Error(), { code: 'EISDIR' });
    const isPlain = existing === null || existing.isFile();
    if (isPlain && !OPEN_ELSEWHERE.test(path)) return await openAtomic(path, existing, removesLeftovers);
    const file = await open(path, 'a');
    const hasReader = existing !== null && (existing.isFIFO() || existing.isSocket());
    return new StreamOutput(file.createWriteStream(), path, { hasReader, endsStream: true });
  } catch (error) {
    throw toOpenError(error, path);
  }
}

/** An output on a stream that belongs to others, such as standard output: it is flushed, and never ended. */
export function openStreamOutput(stream: Writable, name: string): ByteOutput {
  return new StreamOutput(stream, name, { hasReader: stream instanceof Socket, endsStream: false });
}
