/** What every extracting command does: engine, cache, pipeline, rows, summary, exit code. */
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { makeOwnDirectory } from '../io/leftovers.js';
import { type Engine, type EngineSettings, type FailedInput, type Item, UsageError } from '../model.js';
import { ResultCache } from '../pipeline/cache.js';
import { RunControl } from '../pipeline/control.js';
import { AdaptiveRateLimiter } from '../pipeline/rate-limiter.js';
import { runPipeline } from '../pipeline/run.js';
import type { Settled } from '../pipeline/settled.js';
import { RunStats } from '../pipeline/stats.js';
import type { AnyRow, RowSchema } from '../rows/define.js';
import type { EstimateRow } from '../rows/estimate.js';
import type { extractionFlags } from './common-flags.js';
import { writeEstimate } from './dry-run.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { FlagValues } from './flags.js';
import { createLog, type Log } from './log.js';
import { checkPlace, RowOutput } from './output.js';
import { ProblemReport } from './problems.js';
import { type Progress, startProgress } from './progress.js';
import { reportRun } from './run-report.js';
import type { InputCounts } from './summary.js';
import { directoriesOf, type Terminal } from './terminal.js';
import { plural } from './text.js';

export type ExtractionFlags = FlagValues<typeof extractionFlags>;

/** What a command adds to the common run. */
export interface Extraction<P, V> {
  readonly command: string;
  readonly flags: ExtractionFlags;
  /** What one item, or a part of one, is called. */
  readonly unit: 'page' | 'text' | 'piece';
  /** Items admitted beyond the first one that is missing, for so many calls in flight; absent where items are small. */
  window?(concurrency: number): number;
  /** The inputs as typed, for the estimate. */
  readonly inputNames: readonly string[];
  readonly schemas: readonly RowSchema[];
  /** Inputs listed, those of other shards included. */
  readonly inputCount: number;
  /** Files in directories that were passed over for their endings. */
  readonly others: number;
  /** What the answers depend on, besides content and engine. */
  readonly answerOptions: unknown;
  /** Date of the price list, or null where nothing is billed. */
  readonly pricesAsOf: string | null;
  loadEngine(settings: EngineSettings): Promise<Engine<P, V>>;
  inputs(engine: Engine<P, V>, log: Log): AsyncIterable<Item<P> | FailedInput>;
  rowsOf(settled: Settled<P, V>): readonly AnyRow[] | Promise<readonly AnyRow[]>;
  /** Parts (pages) of a settled input that were read and that failed. */
  count(settled: Settled<P, V>): { readonly ok: number; readonly failed: number };
  /** False for an answer that a later run may better. */
  isFinal(value: V): boolean;
  /** A run that ends early can be gone on with; absent: it can. False where answers are good for one run alone. */
  readonly isResumable?: boolean;
  /** Rows that end the output of a finished run (shards). */
  closingRows(rowsWritten: number): readonly AnyRow[];
  /** Opens the files made beside the rows, where any are wanted. */
  openFiles?(log: Log): Promise<SettledFiles<P, V> | null>;
  /** Inputs that were read as a whole, and the others, with what one is called; absent where an item is an input. */
  inputCounts?(): InputCounts;
  /** What is known of the size of the inputs that were read, for the estimate and the summary. */
  measures?(): Measures;
  /** What the run found in all, in lines told before its summary. */
  tallies?(): readonly string[];
  /** How far the run is, in the command's own measure: shown in the place of the number of its units. */
  advance?(): string;
  /** Inputs of which rows were written, but not all. */
  unfinished?(): number;
  /** What the run found in all, for `--summary FILE`; asked for once, at the end. */
  findings?(): Readonly<Record<string, unknown>>;
  /** The same as lines to read. */
  findingLines?(columns: number): readonly string[];
  /** What the user should know of a run that was not stopped, told at its end; `settled`: items and failed inputs. */
  remarks?(settled: number): readonly string[];
  /** Releases what the inputs hold. */
  close(): Promise<void>;
}

/** Sizes of the inputs of a run, as columns of the estimate and as words. */
export interface Measures {
  readonly figures: Partial<Pick<EstimateRow, 'speechSeconds' | 'recordingSeconds'>>;
  readonly text: string;
}

/** Files made beside the rows: told of each input, in order, before its rows are written. */
export interface SettledFiles<P, V> {
  add(settled: Settled<P, V>): Promise<void>;
  /** Nothing more comes; the run is whole where it did not end early. */
  close(isWhole: boolean): Promise<void>;
}

/** Longest time that a service may refuse every call before the run stops. */
const QUOTA_PATIENCE_MS = 5 * 60_000;

export async function runExtraction<P, V>(extraction: Extraction<P, V>, terminal: Terminal): Promise<ExitCode> {
  const { flags } = extraction;
  let progress: Progress | null = null;
  await checkPlace('--summary', flags.summary, terminal);
  const level = flags.quiet ? 'error' : flags.logLevel;
  const log = createLog({ level, format: flags.logFormat, color: flags.color }, terminal, () => progress?.clear());
  const engine = await extraction.loadEngine(engineSettings(flags, terminal, log));
  const isQuick = engine.isQuick === true;
  const scratch = flags.cache || isQuick ? null : await makeScratch();
  const cache = new ResultCache<V>({
    directory: path.join(scratch ?? directoriesOf(terminal).cache, 'results'),
    scope: [engine.id, engine.version, extraction.answerOptions],
    isRefresh: flags.refresh,
    retryFailed: flags.retryFailed,
    isOff: isQuick,
    warn: log.warn,
  });
  const stats = new RunStats();
  try {
    if (extraction.inputCount === 0) return nothingMatched(extraction, log);
    if (flags.dryRun) return await writeEstimate(extraction, engine, cache, log, terminal);
    progress = await startProgress(
      stats,
      {
        label: extraction.command,
        inputs: extraction.inputCount,
        unit: extraction.unit,
        advance: extraction.advance ?? null,
        unfinished: extraction.unfinished ?? (() => 0),
        isQuiet: flags.quiet || flags.logFormat === 'json',
        color: flags.color,
        writesToTerminal: flags.output === null && terminal.stdout.isTTY === true,
      },
      terminal,
    );
    return await new ExtractionRun(extraction, engine, cache, stats, log, terminal).run(progress);
  } finally {
    progress?.stop();
    await Promise.allSettled([engine.close(), extraction.close()]);
    if (scratch) await rm(scratch, { recursive: true, force: true });
  }
}

/** Results of a run with `--no-cache`, for equal inputs; gone with the run. */
async function makeScratch(): Promise<string> {
  try {
    return await makeOwnDirectory(os.tmpdir(), 'uxd-run');
  } catch (error) {
    throw new UsageError(`${os.tmpdir()} cannot be written to (${(error as NodeJS.ErrnoException).code}); set TMPDIR`);
  }
}

function engineSettings(flags: ExtractionFlags, terminal: Terminal, log: Log): EngineSettings {
  const vendorEndpoint = flags.provider === 'google' ? terminal.env.UXD_GOOGLE_ENDPOINT || null : null;
  return {
    endpoint: flags.endpoint ?? vendorEndpoint,
    timeoutMs: flags.timeout * 1000,
    concurrency: flags.concurrency,
    modelsDir: directoriesOf(terminal).models,
    env: terminal.env,
    clock: terminal.clock,
    note: log.info,
  };
}

function nothingMatched<P, V>({ inputNames, command, others }: Extraction<P, V>, log: Log): ExitCode {
  const names = inputNames.length > 0 ? inputNames.join(' ') : 'the list of files';
  const passed =
    others > 0
      ? `; ${plural(others, 'file')} with other endings in directories passed over: name them, or use a glob`
      : '';
  log.error(`${command}: nothing to read: ${names} matched no file${passed}`);
  return EXIT.nothingMatched;
}

/** One run with its output. */
class ExtractionRun<P, V> {
  readonly #control = new RunControl();
  readonly #startedAt: number;
  readonly #problems: ProblemReport;
  #files: SettledFiles<P, V> | null = null;
  #lastSource: string | null = null;

  constructor(
    readonly extraction: Extraction<P, V>,
    readonly engine: Engine<P, V>,
    readonly cache: ResultCache<V>,
    readonly stats: RunStats,
    readonly log: Log,
    readonly terminal: Terminal,
  ) {
    this.#startedAt = terminal.clock.now();
    this.#problems = new ProblemReport(log, terminal);
  }

  async run(progress: Progress): Promise<ExitCode> {
    const { extraction, terminal } = this;
    this.#files = (await extraction.openFiles?.(this.log)) ?? null;
    const output = await RowOutput.open(extraction.flags, extraction.schemas, terminal);
    const signals = this.#listenForSignals();
    try {
      await this.#pipe(output);
      const isWhole = this.#control.reason === null;
      await this.#files?.close(isWhole);
      for (const row of isWhole ? extraction.closingRows(output.rows) : []) await output.write(row);
      if (output.isClosedByReader) await output.abort();
      else await output.close(isWhole);
    } catch (error) {
      await output.abort();
      throw error;
    } finally {
      signals.release();
      progress.stop();
    }
    const exitCode = this.#exitCode(output, signals.received());
    this.#problems.end();
    const elapsedMs = terminal.clock.now() - this.#startedAt;
    const ended = { extraction, stats: this.stats, stopped: this.#control.reason, exitCode, output, elapsedMs };
    await reportRun(ended, this.log, terminal);
    return exitCode;
  }

  async #pipe(output: RowOutput): Promise<void> {
    const { extraction, engine, terminal } = this;
    const { flags } = extraction;
    const concurrency = flags.concurrency ?? engine.limits.parallelBatches;
    const window = extraction.window?.(concurrency);
    await runPipeline(extraction.inputs(engine, this.log), {
      engine,
      cache: this.cache,
      limiter: new AdaptiveRateLimiter(flags.rpm ?? engine.limits.requestsPerMinute, terminal.clock),
      control: this.#control,
      stats: this.stats,
      clock: terminal.clock,
      random: terminal.random,
      concurrency,
      ...(window !== undefined && { window }),
      timeoutMs: flags.timeout * 1000,
      maxAttempts: flags.retries + 1,
      quotaPatienceMs: QUOTA_PATIENCE_MS,
      maxCostUsd: flags.maxCost,
      maxErrors: flags.failFast ? 1 : flags.maxErrors,
      isOrdered: !flags.unordered,
      isFinal: extraction.isFinal,
      count: extraction.count,
      emit: (settled) => this.#emit(settled, output),
    });
  }

  async #emit(settled: Settled<P, V>, output: RowOutput): Promise<void> {
    const { extraction } = this;
    if (settled.source !== this.#lastSource) this.stats.inputsDone += 1;
    this.#lastSource = settled.source;
    await this.#files?.add(settled);
    for (const row of await extraction.rowsOf(settled)) {
      if (row.status === 'error') this.#problems.add(row);
      await output.write(row);
    }
    if (output.isClosedByReader) {
      this.#control.abort({ kind: 'closed-pipe', message: 'the reader of the output has closed the pipe' });
    }
  }

  #listenForSignals(): { release: () => void; received: () => 'SIGINT' | 'SIGTERM' | null } {
    let received: 'SIGINT' | 'SIGTERM' | null = null;
    const release = this.terminal.onSignal((signal) => {
      if (received) return this.terminal.quit(signalExitCode(signal));
      received = signal;
      this.#control.stop({ kind: 'signal', message: `stopped by ${signal}` });
      this.log.info('stopping: finishing what is in flight; press Ctrl-C again to quit at once');
    });
    return { release, received: () => received };
  }

  #exitCode(output: RowOutput, signal: 'SIGINT' | 'SIGTERM' | null): ExitCode {
    if (output.isClosedByReader) return EXIT.ok;
    const kind = this.#control.reason?.kind;
    if (signal && kind === 'signal') return signalExitCode(signal);
    if (kind === 'budget' || kind === 'quota') return EXIT.stoppedByLimit;
    if (kind === 'errors') return EXIT.failed;
    return this.#problems.count > 0 ? EXIT.someRowsFailed : EXIT.ok;
  }
}

function signalExitCode(signal: 'SIGINT' | 'SIGTERM'): ExitCode {
  return signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
}
