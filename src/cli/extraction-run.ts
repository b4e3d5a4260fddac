/** What every extracting command does: engine, cache, pipeline, rows, summary, exit code. */
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { makeOwnDirectory } from '../io/leftovers.js';
import { type Engine, UsageError } from '../model.js';
import { ResultCache } from '../pipeline/cache.js';
import { RunControl } from '../pipeline/control.js';
import { AdaptiveRateLimiter } from '../pipeline/rate-limiter.js';
import { runPipeline } from '../pipeline/run.js';
import type { Settled } from '../pipeline/settled.js';
import { RunStats } from '../pipeline/stats.js';
import { writeEstimate } from './dry-run.js';
import { EXIT, type ExitCode, signalExitCode } from './exit-codes.js';
import type { Extraction, SettledFiles } from './extraction.js';
import { loadEngine } from './load-engine.js';
import { createLog, type Log } from './log.js';
import { createMeter } from './meter.js';
import { checkPlace, RowOutput } from './output.js';
import { ProblemReport } from './problems.js';
import { type Progress, startProgress } from './progress.js';
import { reportRun } from './run-report.js';
import { directoriesOf, type Terminal } from './terminal.js';
import { plural } from './text.js';

/** Longest time that a service may refuse every call before the run stops. */
const QUOTA_PATIENCE_MS = 5 * 60_000;

/** Whatever becomes of the run, it lets go of its inputs: a copy of standard input is not left behind. */
export async function runExtraction<P, V>(extraction: Extraction<P, V>, terminal: Terminal): Promise<ExitCode> {
  const { flags } = extraction;
  let progress: Progress | null = null;
  const level = flags.quiet ? 'error' : flags.logLevel;
  const meter = createMeter(terminal, flags.quiet || flags.logFormat === 'json');
  const log = createLog({ level, format: flags.logFormat, color: flags.color }, terminal, () => {
    progress?.clear();
    meter.clear();
  });
  let engine: Engine<P, V> | null = null;
  let scratch: string | null = null;
  try {
    await checkPlace('--summary', flags.summary, terminal);
    // Before an engine is loaded, for which models may have to be fetched.
    if (extraction.inputCount === 0) return nothingMatched(extraction, log);
    engine = await loadEngine(extraction, terminal, log, meter);
    scratch = flags.cache || engine.isQuick === true ? null : await makeScratch();
    const cache = openCache(extraction, engine, path.join(scratch ?? directoriesOf(terminal).cache, 'results'), log);
    const stats = new RunStats();
    progress = await showProgress(extraction, stats, terminal);
    if (flags.dryRun) return await writeEstimate(extraction, { engine, cache, stats, progress, log, terminal });
    return await new ExtractionRun(extraction, engine, cache, stats, log, terminal).run(progress);
  } finally {
    progress?.stop();
    await Promise.allSettled([engine?.close(), extraction.close()]);
    if (scratch) await rm(scratch, { recursive: true, force: true });
  }
}

function openCache<P, V>(
  { flags, answerOptions }: Extraction<P, V>,
  engine: Engine<P, V>,
  directory: string,
  log: Log,
): ResultCache<V> {
  return new ResultCache<V>({
    directory,
    scope: [engine.id, engine.version, answerOptions],
    isRefresh: flags.refresh,
    retryFailed: flags.retryFailed,
    isOff: engine.isQuick === true,
    warn: log.warn,
  });
}

function showProgress<P, V>(extraction: Extraction<P, V>, stats: RunStats, terminal: Terminal): Promise<Progress> {
  const { flags } = extraction;
  const shown = {
    label: extraction.command,
    inputs: extraction.ownInputCount ?? extraction.inputCount,
    unit: extraction.unit,
    advance: extraction.advance ?? null,
    left: () => extraction.left?.() ?? null,
    unfinished: extraction.unfinished ?? (() => 0),
    isQuiet: flags.quiet || flags.logFormat === 'json',
    color: flags.color,
    // The only row of an estimate comes when all is read.
    writesToTerminal: flags.output === null && terminal.stdout.isTTY === true && !flags.dryRun,
  };
  return startProgress(stats, shown, terminal);
}

/** Results of a run with `--no-cache`, for equal inputs; gone with the run. */
async function makeScratch(): Promise<string> {
  try {
    return await makeOwnDirectory(os.tmpdir(), 'uxd-run');
  } catch (error) {
    throw new UsageError(`${os.tmpdir()} cannot be written to (${(error as NodeJS.ErrnoException).code}); set TMPDIR`);
  }
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
    const rows = await extraction.rowsOf(settled);
    const counts = extraction.inputCounts?.();
    // Out of order, parts of several inputs come by turns: then only the command knows.
    if (counts) this.stats.inputsDone = counts.ok + counts.failed + (extraction.unfinished?.() ?? 0);
    for (const row of rows) {
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
