/** Runs the built command as a user does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const LAUNCHER = path.join(PROJECT, 'bin/uxd.js');
/** Another Node may be given, to test on it. */
const NODE = process.env.UXD_TEST_NODE ?? process.execPath;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The rows on standard output. */
  readonly rows: Record<string, unknown>[];
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Called with the process as soon as it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** A place of its own: working directory, cache, home; nothing of the machine's user is seen. */
export class Sandbox {
  private constructor(readonly root: string) {}

  static async create(): Promise<Sandbox> {
    return new Sandbox(await mkdtemp(path.join(os.tmpdir(), 'uxd-e2e-')));
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true, maxRetries: 3 });
  }

  path(...names: string[]): string {
    return path.join(this.root, ...names);
  }

  env(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      HOME: this.path('home'),
      TMPDIR: os.tmpdir(),
      UXD_CACHE_DIR: this.path('cache'),
      ...extra,
    };
  }

  uxd(args: readonly string[], { cwd = this.root, env = {}, stdin, onStart }: RunOptions = {}): Promise<Ended> {
    const child = spawn(NODE, [LAUNCHER, ...args], { cwd, env: this.env(env), stdio: ['pipe', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
    onStart?.(child);
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => {
        const stdout = Buffer.concat(out).toString('utf8');
        const stderr = Buffer.concat(err).toString('utf8');
        resolve({ code, signal, stdout, stderr, rows: parseRows(stdout) });
      });
    });
  }

  /** A shell pipeline in which `uxd` is the command. */
  shell(script: string, options: RunOptions = {}): Promise<Ended> {
    const env = this.env(options.env);
    const prologue = `uxd() { '${NODE}' '${LAUNCHER}' "$@"; }\n`;
    const child = spawn('bash', ['-c', prologue + script], {
      cwd: options.cwd ?? this.root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr, rows: parseRows(stdout) }));
    });
  }
}

/** For `onStart`: sends a signal when the time has come, or `afterMs` later. */
export function killWhen(signal: NodeJS.Signals, isTime: () => boolean, afterMs = 0): (child: ChildProcess) => void {
  return (child) => {
    const timer = setInterval(() => {
      if (!isTime()) return;
      clearInterval(timer);
      setTimeout(() => child.kill(signal), afterMs);
    }, 2);
    child.once('exit', () => clearInterval(timer));
  };
}

function parseRows(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
}
