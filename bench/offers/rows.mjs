// Rows of uxd by the file that they come from.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Name of the file -> its rows of a JSONL file; empty where there is no such file. */
export function rowsByFile(path) {
  const grouped = new Map();
  if (path === undefined || !existsSync(path)) return grouped;
  for (const text of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
    const row = JSON.parse(text);
    const file = basename(row.source ?? '');
    if (!grouped.has(file)) grouped.set(file, []);
    grouped.get(file).push(row);
  }
  return grouped;
}
