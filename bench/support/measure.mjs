// Runs a program and measures it: wall time, CPU time and peak memory of the whole process tree.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const uxd = join(root, 'bin', 'uxd.js');

/** Process id -> [parent, resident kilobytes], of all processes; empty where there is no /proc. */
function processes() {
  const found = new Map();
  let names = [];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return found;
  }
  for (const name of names) {
    try {
      // the name of the program stands in brackets and may hold anything
      const fields = readFileSync(`/proc/${name}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      found.set(Number(name), [Number(fields[1]), Number(fields[21]) * 4]);
    } catch {
      // it ended between the two reads
    }
  }
  return found;
}

/** A process and all its descendants: `{ id, depth, residentKb }`. */
function treeOf(pid) {
  const all = processes();
  const children = new Map();
  for (const [id, [parent]] of all) children.set(parent, [...(children.get(parent) ?? []), id]);
  const visit = (id, depth) => [
    { id, depth, residentKb: all.get(id)?.[1] ?? 0 },
    ...(children.get(id) ?? []).flatMap((child) => visit(child, depth + 1)),
  ];
  return visit(pid, 0);
}

/** Most kilobytes that a process ever had resident, as the kernel counts them (VmHWM). */
function highestKb(pid) {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/**
 * Runs `command` and answers `{ code, seconds, cpuSeconds, peakMb, mainMb, workerMb, stdout, stderr }`; CPU time is that
 * of all descendants that were waited for, memory the highest sum of resident sizes, sampled each `sampleMs`. `mainMb` is
 * the peak of the command itself, `workerMb` that of the largest process it started.
 */
export function measure(command, args, { input, env = {}, sampleMs = 40, keepOutput = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'measure-'));
  const times = join(folder, 'times');
  const script = '{ time "$@" 2>&9 9>&- ; } 9>&2 2>"$MEASURE_TIMES"';
  const started = performance.now();
  const child = spawn('bash', ['-c', `TIMEFORMAT='%U %S'; ${script}`, 'bash', command, ...args], {
    env: { ...process.env, ...env, MEASURE_TIMES: times },
    stdio: ['pipe', keepOutput ? 'pipe' : 'ignore', 'pipe'],
  });
  let peakKb = 0;
  // of bash, which times the command, the command, and what the command starts
  const highestByDepth = [0, 0, 0];
  const sampler = setInterval(() => {
    const tree = treeOf(child.pid);
    peakKb = Math.max(
      peakKb,
      tree.reduce((sum, { residentKb }) => sum + residentKb, 0),
    );
    for (const { id, depth } of tree) {
      const kind = Math.min(depth, 2);
      highestByDepth[kind] = Math.max(highestByDepth[kind], highestKb(id));
    }
  }, sampleMs);
  const out = [];
  const err = [];
  child.stdout?.on('data', (chunk) => out.push(chunk));
  child.stderr.on('data', (chunk) => err.push(chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(sampler);
      const seconds = (performance.now() - started) / 1000;
      const [user, system] = readFileSync(times, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
      rmSync(folder, { recursive: true });
      const text = (chunks) => Buffer.concat(chunks).toString();
      resolve({
        code,
        seconds,
        cpuSeconds: user + system,
        peakMb: peakKb / 1024,
        mainMb: highestByDepth[1] / 1024,
        workerMb: highestByDepth[2] / 1024,
        stdout: text(out),
        stderr: text(err),
      });
    });
  });
}

/** Runs uxd. */
export const measureUxd = (args, options) => measure(process.execPath, [uxd, ...args], options);

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
