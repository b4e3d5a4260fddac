/** Writes the findings of `uxd trend`, and the figures of the run. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, type ExitCode } from '../cli/exit-codes.js';
import type { Log } from '../cli/log.js';
import { RowOutput } from '../cli/output.js';
import { ProblemReport } from '../cli/problems.js';
import { formatDuration } from '../cli/progress.js';
import type { Terminal } from '../cli/terminal.js';
import { plural } from '../cli/text.js';
import { RunError, UsageError } from '../model.js';
import { type FieldSpecs, withFields } from '../rows/define.js';
import { FINDINGS, type TrendRow, trendSchema } from '../rows/trend.js';
import type { TrendFlags } from './trend-run.js';

export interface OutputPlace {
  readonly flags: TrendFlags;
  readonly log: Log;
  readonly terminal: Terminal;
  readonly startedAt: number;
  /** How many were read. */
  readonly series: number;
  /** In sentences, to all that was asked. */
  readonly answers: readonly string[];
}

/** @param by columns that the rows carry */
export async function writeFindings(
  rows: readonly TrendRow[],
  by: readonly string[],
  place: OutputPlace,
): Promise<ExitCode> {
  const { flags, log, terminal } = place;
  const problems = new ProblemReport(log, terminal);
  const output = await RowOutput.open(flags, [withFields(trendSchema, columnFields(by))], terminal);
  await output.writeAll(rows, (row) => {
    if (row.status === 'error') problems.add(row);
  });
  problems.end();
  const exitCode = problems.count > 0 && !output.isClosedByReader ? EXIT.someRowsFailed : EXIT.ok;
  await tellSummary(rows, problems.count, exitCode, place);
  return exitCode;
}

/** Throws {@link UsageError} where a column has the name of a field. */
export function checkBy(by: readonly string[]): void {
  const taken = by.find((name) => name === 'schema' || Object.hasOwn(trendSchema.fields, name));
  if (taken !== undefined) {
    throw new UsageError(`--by ${taken}: the findings have a field of that name; rename the column`);
  }
}

function columnFields(by: readonly string[]): FieldSpecs {
  checkBy(by);
  return Object.fromEntries(
    by.map((name) => [name, { type: 'string', nullable: true, optional: true, description: `The column "${name}".` }]),
  );
}

/** Series of which nothing can be said are no changes. */
function isFound(wanted: TrendRow['finding']): (row: TrendRow) => boolean {
  return ({ finding, verdict }) => finding === wanted && !(finding === 'change' && verdict === 'cannot tell');
}

async function tellSummary(
  rows: readonly TrendRow[],
  failed: number,
  exitCode: ExitCode,
  { flags, log, terminal, startedAt, series, answers }: OutputPlace,
): Promise<void> {
  const counts = Object.fromEntries(FINDINGS.map((finding) => [finding, rows.filter(isFound(finding)).length]));
  const untold = rows.filter(({ finding, verdict }) => finding === 'change' && verdict === 'cannot tell').length;
  const seconds = Math.round(terminal.clock.now() - startedAt) / 1000;
  const answer = answers.join(' ');
  const summary = { command: 'trend', exitCode, series, findings: counts, cannotTell: untold, failed, answer, seconds };
  const terms = counts.term ?? 0;
  const obstacles = untold > 0 ? ` (nothing can be said of ${untold})` : '';
  const table = [`${plural(series, 'series', 'series')}${obstacles}`, plural(counts.change ?? 0, 'change')];
  const found = [
    ...(series > 0 ? table : []),
    ...(terms > 0 || series === 0 ? [plural(terms, 'term')] : []),
    `${failed} failed`,
  ];
  log.info(`trend: ${found.join(' · ')} · ${formatDuration(seconds * 1000)}`, summary);
  for (const each of answers) log.info(`trend: ${each}`);
  if (!flags.summary) return;
  const file = path.resolve(terminal.cwd, flags.summary);
  await writeFile(file, `${JSON.stringify(summary, null, 2)}\n`).catch((error: Error) => {
    throw new RunError(`the rows are written, the summary is not: ${error.message}`);
  });
}
