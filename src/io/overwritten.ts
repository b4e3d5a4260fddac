/** Finds inputs that an output would replace. */
import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { InputEntry } from './inputs.js';

/**
 * The source of the input that writing to `outputPath` (absolute) would replace, or null. Links count on either side,
 * unless an input is a link of another name. An output that is not there yet costs one look.
 */
export async function findOverwritten(entries: readonly InputEntry[], outputPath: string): Promise<string | null> {
  const stats = await stat(outputPath).catch(() => null);
  if (stats === null || !stats.isFile()) return null;
  const target = await realpath(outputPath);
  for (const entry of entries) {
    if (!('path' in entry)) continue;
    if (entry.path === target || entry.path === outputPath) return entry.source;
    if (basename(entry.path) !== basename(target)) continue;
    if ((await realpath(entry.path).catch(() => null)) === target) return entry.source;
  }
  return null;
}
