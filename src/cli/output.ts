import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { ClosedPipeError, openSink } from '../io/sinks/open-sink.js';
import { type Sink, UsageError } from '../model.js';
import type { AnyRow, RowSchema } from '../rows/define.js';
import type { Terminal } from './terminal.js';

/** Flags that say where the rows go. */
export interface OutputFlags {
  readonly format: 'jsonl' | 'csv' | 'parquet' | null;
  readonly output: string | null;
  readonly bom: boolean;
}

/** A file that cannot be written is better told before the run than after it. Throws {@link UsageError}. */
export async function checkPlace(flag: string, file: string | null, { cwd }: Terminal): Promise<void> {
  if (!file) return;
  const folder = path.dirname(path.resolve(cwd, file));
  await access(folder, constants.W_OK).catch(() => {
    throw new UsageError(`${flag} ${file}: ${folder} is no directory that can be written to`);
  });
}

/** The rows' way out; a reader that closes the pipe is no error, and is told by `isClosedByReader`. */
export class RowOutput {
  readonly #sink: Sink<AnyRow>;
  readonly #file: string | null;
  #partialName: string | null = null;
  #rows = 0;
  #isClosedByReader = false;

  private constructor(sink: Sink<AnyRow>, file: string | null) {
    this.#sink = sink;
    this.#file = file;
  }

  static async open(flags: OutputFlags, schemas: readonly RowSchema[], terminal: Terminal): Promise<RowOutput> {
    const file = flags.output === '-' ? null : flags.output;
    const target = file === null ? { stream: terminal.stdout } : { path: path.resolve(terminal.cwd, file) };
    return new RowOutput(await openSink({ format: flags.format, target, schemas, bom: flags.bom }), file);
  }

  /** Rows written. */
  get rows(): number {
    return this.#rows;
  }

  get isClosedByReader(): boolean {
    return this.#isClosedByReader;
  }

  async write(row: AnyRow): Promise<void> {
    if (this.#isClosedByReader) return;
    await this.#unlessClosed(() => this.#sink.write(row));
    this.#rows += 1;
  }

  /** A file that is not whole does not take the name asked for; it goes beside it, see `partialName`. */
  async close(isWhole = true): Promise<void> {
    await this.#unlessClosed(() => this.#sink.close(isWhole));
    if (!isWhole && this.#file !== null && !this.#file.startsWith('/dev/')) this.#partialName = `${this.#file}.partial`;
  }

  /** Where the rows of a run that was stopped are, or null. */
  get partialName(): string | null {
    return this.#partialName;
  }

  /** Writes all rows, or as many as the reader takes, and closes. `told` hears of each before it is written. */
  async writeAll<R extends AnyRow>(rows: Iterable<R> | AsyncIterable<R>, told: (row: R) => void): Promise<void> {
    try {
      for await (const row of rows) {
        told(row);
        await this.write(row);
        if (this.isClosedByReader) break;
      }
      await this.close();
    } catch (error) {
      await this.abort();
      throw error;
    }
  }

  async abort(): Promise<void> {
    await this.#sink.abort();
  }

  async #unlessClosed(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof ClosedPipeError)) throw error;
      this.#isClosedByReader = true;
    }
  }
}
