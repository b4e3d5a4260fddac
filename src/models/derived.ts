/** Files that are made of a model's own and kept beside them: a cache, of which whatever is missing is made again. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Also the name of one that is being written. */
const DERIVED = /^\w+\.\d+-\d+-\d+\.onnx(\.[0-9a-f-]{36})?$/;

/** The name of the file `part` that revision `revision` of uxd makes of a model file of this size and time. */
export function derivedName(part: string, revision: number, source: { size: number; mtimeMs: number }): string {
  return `${part}.${revision}-${source.size}-${Math.floor(source.mtimeMs)}.onnx`;
}

/** Removes all such files of a model: nothing tells whether they are whole. Never throws. */
export async function removeDerived(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const derived = names.filter((name) => DERIVED.test(name));
  await Promise.allSettled(derived.map((name) => rm(join(folder, name), { force: true })));
}
