import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../model.js';

/** A stream that may be a terminal. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Everything of the process that commands may use; main.ts makes the real one, tests make their own. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly homeDirectory: string;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Calls back on each SIGINT and SIGTERM until the returned function is called. */
  onSignal(handler: (signal: 'SIGINT' | 'SIGTERM') => void): () => void;
  /** Ends the process at once with this exit code: a second signal, nothing else. */
  quit(exitCode: number): void;
}

/** Whether a stream gets colours (https://no-color.org, and FORCE_COLOR as Node reads it). */
export function hasColor(stream: TerminalStream, env: Terminal['env'], isAllowed: boolean): boolean {
  if (!isAllowed || (env.NO_COLOR !== undefined && env.NO_COLOR !== '')) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Directories of the XDG Base Directory Specification, with the project's own overrides. */
export function directoriesOf({ env, homeDirectory }: Pick<Terminal, 'env' | 'homeDirectory'>): {
  readonly cache: string;
  readonly models: string;
  readonly config: string;
} {
  const below = (variable: string, fallback: string): string => {
    const base = env[variable];
    return `${base?.startsWith('/') ? base : `${homeDirectory}/${fallback}`}/uxd`;
  };
  return {
    cache: env.UXD_CACHE_DIR || below('XDG_CACHE_HOME', '.cache'),
    models: env.UXD_MODELS_DIR || `${below('XDG_DATA_HOME', '.local/share')}/models`,
    config: below('XDG_CONFIG_HOME', '.config'),
  };
}
