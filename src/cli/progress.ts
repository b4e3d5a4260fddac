import type { RunStats } from '../pipeline/stats.js';
import { hasColor, type Terminal } from './terminal.js';
import { plural } from './text.js';

/** The line that shows how far a run is. */
export interface Progress {
  /** Takes the line away so that something else can be written; it comes back by itself. */
  clear(): void;
  stop(): void;
}

const SILENT: Progress = { clear: () => undefined, stop: () => undefined };

export interface ProgressSettings {
  readonly label: string;
  /** Files listed. */
  readonly inputs: number;
  /** What is read in them. */
  readonly unit: 'page' | 'text' | 'piece';
  /** How far the run is in a measure that says more than the number of units; null for that number. */
  readonly advance: (() => string) | null;
  /** How long the run will go on, in words; null where nobody can tell. */
  readonly left?: (() => string | null) | null;
  /** Files of which only a part is done. */
  unfinished(): number;
  readonly isQuiet: boolean;
  readonly color: boolean;
  /** Rows go to the terminal too: they are progress enough, and a spinner would run into them. */
  readonly writesToTerminal: boolean;
}

/** A spinner where standard error is a terminal, else nothing. */
export async function startProgress(
  stats: RunStats,
  settings: ProgressSettings,
  terminal: Terminal,
): Promise<Progress> {
  // A terminal that does not know its width (0 columns) cannot be redrawn.
  const isTerminal = terminal.stderr.isTTY === true && (terminal.stderr.columns ?? 0) > 0;
  const isWanted = isTerminal && terminal.env.TERM !== 'dumb' && !settings.isQuiet;
  if (!isWanted || settings.writesToTerminal) return SILENT;
  const { default: ora } = await import('ora');
  const startedAt = terminal.clock.now();
  const text = (): string =>
    progressText(settings, stats, terminal.clock.now() - startedAt, terminal.stderr.columns ?? 80);
  const spinner = ora({
    stream: terminal.stderr as NodeJS.WriteStream,
    discardStdin: false,
    hideCursor: true,
    ...(hasColor(terminal.stderr, terminal.env, settings.color) ? {} : { color: false as const }),
    text: text(),
  }).start();
  const timer = setInterval(() => {
    spinner.text = text();
  }, 200);
  timer.unref();
  return {
    clear: () => void spinner.clear(),
    stop: () => {
      clearInterval(timer);
      spinner.stop();
    },
  };
}

/** One line within the width of the terminal. */
export function progressText(
  { label, inputs, unit, advance, left, unfinished }: Omit<ProgressSettings, 'isQuiet' | 'color' | 'writesToTerminal'>,
  stats: RunStats,
  elapsedMs: number,
  columns: number,
): string {
  const seconds = elapsedMs / 1000;
  const parts = [`${label} ${stats.inputsDone - unfinished()} of ${plural(inputs, 'file')}`];
  if (advance !== null) parts.push(advance());
  else if (stats.done > stats.inputsDone) parts.push(plural(stats.done, unit));
  const rest = left?.() ?? null;
  if (rest !== null) parts.push(rest);
  if (stats.failed > 0) parts.push(`${stats.failed} failed`);
  if (stats.cached > 0) parts.push(`${stats.cached} cached`);
  if (stats.refused > 0) parts.push(`${stats.refused} refused`);
  if (stats.costMicroUsd > 0) parts.push(formatUsd(stats.costUsd));
  if (advance === null && seconds >= 1 && stats.done > stats.cached)
    parts.push(`${((stats.done - stats.cached) / seconds).toFixed(1)}/s`);
  parts.push(formatDuration(elapsedMs));
  const line = parts.join(' · ');
  return line.length > columns - 4 ? `${line.slice(0, Math.max(0, columns - 5))}…` : line;
}

export function formatUsd(usd: number): string {
  return `$${usd >= 1 || usd === 0 ? usd.toFixed(2) : usd.toFixed(4).replace(/0{1,2}$/, '')}`;
}

export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
