import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, type ExitCode } from '../cli/exit-codes.js';
import { directoriesOf, type Terminal } from '../cli/terminal.js';
import { UsageError } from '../model.js';

interface KeptFile {
  readonly file: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

export async function printCachePath(terminal: Terminal): Promise<ExitCode> {
  terminal.stdout.write(`${directoriesOf(terminal).cache}\n`);
  return EXIT.ok;
}

export async function printCacheStats(terminal: Terminal): Promise<ExitCode> {
  const { cache } = directoriesOf(terminal);
  let results = 0;
  let sizeBytes = 0;
  for await (const { bytes } of keptFiles(cache)) {
    results += 1;
    sizeBytes += bytes;
  }
  terminal.stdout.write(`${JSON.stringify({ path: cache, results, sizeBytes })}\n`);
  return EXIT.ok;
}

export async function clearCache(olderThan: string | null, terminal: Terminal): Promise<ExitCode> {
  const { cache } = directoriesOf(terminal);
  const before = olderThan === null ? Number.POSITIVE_INFINITY : Date.now() - parseAgeMs(olderThan);
  let cleared = 0;
  for await (const { file, modifiedMs } of keptFiles(cache)) {
    if (modifiedMs > before) continue;
    await rm(file, { force: true });
    cleared += 1;
  }
  terminal.stderr.write(`uxd: forgot ${cleared} result${cleared === 1 ? '' : 's'}\n`);
  return EXIT.ok;
}

/** `30d`, `12h` or `45m` in milliseconds. */
export function parseAgeMs(text: string): number {
  const [, count, unit] = /^(\d+)([dhm])$/.exec(text) ?? [];
  if (count === undefined) throw new UsageError(`--older-than: "${text}" is not an age such as 30d, 12h or 45m`);
  const unitMs = unit === 'd' ? 86_400_000 : unit === 'h' ? 3_600_000 : 60_000;
  return Number(count) * unitMs;
}

/** The result files; only what uxd itself put there. */
async function* keptFiles(cache: string): AsyncIterable<KeptFile> {
  const results = path.join(cache, 'results');
  for (const folder of await readdir(results).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(folder)) continue;
    for (const name of await readdir(path.join(results, folder)).catch(() => [])) {
      if (!/\.json\.gz(\.[0-9a-f]+\.tmp)?$/.test(name)) continue;
      const file = path.join(results, folder, name);
      const facts = await stat(file).catch(() => null);
      if (facts) yield { file, bytes: facts.size, modifiedMs: facts.mtimeMs };
    }
  }
}
