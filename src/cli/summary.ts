import { appendFile, writeFile } from 'node:fs/promises';
import type { StopReason } from '../pipeline/control.js';
import type { RunStats } from '../pipeline/stats.js';
import type { ExitCode } from './exit-codes.js';
import { oneLine } from './log.js';
import { formatDuration, formatUsd } from './progress.js';
import { plural } from './text.js';

/** The figures of a run, as `--summary FILE` writes them. */
export interface RunSummary {
  readonly command: string;
  readonly provider: string;
  readonly exitCode: ExitCode;
  readonly stopped: StopReason['kind'] | null;
  /** Files listed. */
  readonly inputs: number;
  /** Of those, read as a whole and not, where an input is more than one item; such as recordings. */
  readonly inputsOk?: number;
  readonly inputsFailed?: number;
  /** Items (pages, texts, pieces of recordings) read. */
  readonly ok: number;
  readonly failed: number;
  readonly cached: number;
  readonly rows: number;
  readonly calls: number;
  readonly retries: number;
  readonly refused: number;
  /** Items sent that `units` and `listPriceUsd` do not count: no answer told what they were billed as. */
  readonly unpriced: number;
  readonly units: number;
  readonly listPriceUsd: number;
  readonly seconds: number;
}

/** Inputs of several items each that have settled; `one`: what an input is called. */
export interface InputCounts {
  readonly one: string;
  readonly ok: number;
  readonly failed: number;
}

export interface SummaryFacts {
  readonly command: string;
  readonly provider: string;
  readonly inputs: number;
  readonly exitCode: ExitCode;
  readonly stopped: StopReason | null;
  readonly rows: number;
  readonly elapsedMs: number;
  /** Null where the line tells of items. */
  readonly inputCounts: InputCounts | null;
  /** What an item is called. */
  readonly unit: string;
}

export function summarize(stats: RunStats, facts: SummaryFacts): RunSummary {
  return {
    command: facts.command,
    provider: facts.provider,
    exitCode: facts.exitCode,
    stopped: facts.stopped?.kind ?? null,
    inputs: facts.inputs,
    ...(facts.inputCounts && { inputsOk: facts.inputCounts.ok, inputsFailed: facts.inputCounts.failed }),
    ok: stats.ok,
    failed: stats.failed,
    cached: stats.cached,
    rows: facts.rows,
    calls: stats.calls,
    retries: stats.retries,
    refused: stats.refused,
    unpriced: stats.unpriced,
    units: stats.units,
    listPriceUsd: stats.costUsd,
    seconds: Math.round(facts.elapsedMs) / 1000,
  };
}

/** The line at the end of a run; `sizes` tells of the inputs. */
export function summaryText(
  summary: RunSummary,
  { inputCounts, unit }: Pick<SummaryFacts, 'inputCounts' | 'unit'>,
  sizes?: string,
): string {
  const { ok, failed } = inputCounts ?? summary;
  const counts = [`${inputCounts ? plural(ok, inputCounts.one) : ok} ok`, `${failed} failed`];
  const cached = inputCounts ? plural(summary.cached, unit) : summary.cached;
  if (summary.cached > 0) counts.push(`${cached} from the cache`);
  const calls = [plural(summary.calls, 'call')];
  if (summary.retries > 0) calls.push(plural(summary.retries, 'retry', 'retries'));
  if (summary.refused > 0) calls.push(`${summary.refused} refused`);
  const rows = inputCounts ? [plural(summary.rows, 'row')] : [];
  const parts = [counts.join(', '), ...rows, ...(sizes ? [sizes] : []), calls.join(', ')];
  if (summary.units > 0)
    parts.push(`${plural(summary.units, 'unit')}, ${formatUsd(summary.listPriceUsd)} at list price`);
  if (summary.unpriced > 0) parts.push(`${plural(summary.unpriced, 'item')} of unknown price`);
  parts.push(formatDuration(summary.seconds * 1000));
  return `${summary.command}: ${parts.join(' · ')}`;
}

export async function writeSummaryFile(file: string, summary: RunSummary): Promise<void> {
  await writeFile(file, `${JSON.stringify(summary, null, 2)}\n`);
}

/** A table in the step summary of GitHub Actions. */
export async function appendStepSummary(file: string, summary: RunSummary): Promise<void> {
  const cells: readonly (readonly [string, string])[] = [
    ['inputs', String(summary.inputs)],
    ['ok', String(summary.inputsOk ?? summary.ok)],
    ['failed', String(summary.inputsFailed ?? summary.failed)],
    ['from the cache', String(summary.cached)],
    ['calls', String(summary.calls)],
    ['list price', formatUsd(summary.listPriceUsd)],
    ['time', formatDuration(summary.seconds * 1000)],
  ];
  const row = (values: readonly string[]): string => `| ${values.join(' | ')} |`;
  const lines = [row(cells.map(([name]) => name)), row(cells.map(() => '---')), row(cells.map(([, value]) => value))];
  await appendFile(file, `### uxd ${summary.command}\n\n${lines.join('\n')}\n\n`);
}

/** A GitHub Actions annotation of one line; values are escaped as its toolkit does. */
export function annotation(source: string, message: string): string {
  const escapeData = (text: string): string => oneLine(text).replaceAll('%', '%25');
  const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::error file=${escapeProperty(source)}::${escapeData(message)}`;
}
