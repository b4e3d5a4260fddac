/** What an extracting command tells at the end of its run. */
import path from 'node:path';
import { RunError } from '../model.js';
import type { StopReason } from '../pipeline/control.js';
import type { RunStats } from '../pipeline/stats.js';
import type { ExitCode } from './exit-codes.js';
import type { Extraction } from './extraction.js';
import type { Log } from './log.js';
import type { RowOutput } from './output.js';
import { appendStepSummary, type RunSummary, summarize, summaryText, writeSummaryFile } from './summary.js';
import type { Terminal } from './terminal.js';
import { plural } from './text.js';

/** A run that has ended, whole or not. */
export interface EndedRun<P, V> {
  readonly extraction: Extraction<P, V>;
  readonly stats: RunStats;
  /** Why it ended early; null where it did not. */
  readonly stopped: StopReason | null;
  readonly exitCode: ExitCode;
  readonly output: RowOutput;
  readonly elapsedMs: number;
}

/** Tells what was done and found, and what is left. Throws {@link RunError} where the summary cannot be written. */
export async function reportRun<P, V>(run: EndedRun<P, V>, log: Log, terminal: Terminal): Promise<void> {
  const { extraction, stats, stopped, exitCode, output, elapsedMs } = run;
  const { flags, command } = extraction;
  const facts = {
    command,
    inputs: extraction.inputCount,
    provider: flags.provider,
    exitCode,
    stopped,
    rows: output.rows,
    elapsedMs,
    inputCounts: extraction.inputCounts?.() ?? null,
    unit: extraction.unit,
  };
  const summary = summarize(stats, facts);
  if (stopped && stopped.kind !== 'closed-pipe') sayStopped(run, stopped, log);
  if (!stopped) for (const remark of extraction.remarks?.(stats.settled) ?? []) log.warn(`${command}: ${remark}`);
  const measures = extraction.measures?.();
  if (stats.settled > 0 || !stopped) {
    for (const tally of extraction.tallies?.() ?? []) log.info(`${command}: ${tally}`);
    log.info(summaryText(summary, facts, measures?.text), { ...summary, ...measures?.figures });
  }
  if (flags.summary !== null && !flags.quiet) sayFindings(extraction, terminal);
  if (flags.summary) {
    const whole = { ...summary, ...measures?.figures, ...extraction.findings?.() };
    await writeSummaryFile(path.resolve(terminal.cwd, flags.summary), whole).catch((error: Error) => {
      throw new RunError(`the rows are written, the summary is not: ${error.message}`);
    });
  }
  await writeStepSummary(summary, log, terminal);
}

function sayStopped<P, V>({ extraction, stats, output }: EndedRun<P, V>, stopped: StopReason, log: Log): void {
  const { flags, command } = extraction;
  const isResumable = flags.cache && extraction.isResumable !== false && stopped.kind !== 'errors';
  const left =
    (extraction.ownInputCount ?? extraction.inputCount) - stats.inputsDone + (extraction.unfinished?.() ?? 0);
  const next = isResumable ? '; run the same command again to go on: what is done is kept and not paid again' : '';
  log.warn(`${command}: ${stopped.message}; ${plural(left, 'file')} left${next}`);
  if (output.partialName) log.warn(`${command}: the rows so far are in ${output.partialName}`);
}

function sayFindings<P, V>(extraction: Extraction<P, V>, { stderr }: Terminal): void {
  const lines = extraction.findingLines?.(stderr.columns ?? 80) ?? [];
  if (lines.length > 0) stderr.write(`${lines.join('\n')}\n`);
}

async function writeStepSummary(summary: RunSummary, log: Log, { env }: Terminal): Promise<void> {
  const file = env.GITHUB_ACTIONS === 'true' ? env.GITHUB_STEP_SUMMARY : undefined;
  if (!file) return;
  await appendStepSummary(file, summary).catch((error: Error) => log.warn(`no step summary: ${error.message}`));
}
