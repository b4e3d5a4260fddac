/** The list of inputs that `--files-from` names. */
import { readFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import { UsageError } from '../model.js';
import { InputError, toInputError } from './input-error.js';

/** @throws UsageError where the list cannot be read */
export async function readNameList(
  filesFrom: string,
  { cwd, stdin }: { readonly cwd: string; readonly stdin: AsyncIterable<Uint8Array> },
): Promise<Buffer> {
  if (filesFrom === '-') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of stdin) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
  try {
    return await readFile(resolvePath(cwd, filesFrom));
  } catch (error) {
    const known = toInputError(error);
    if (!(known instanceof InputError)) throw error;
    throw new UsageError(`cannot read the list of files ${filesFrom}: ${known.message}`, { cause: error });
  }
}

/** The names in a list, as bytes: they need not be UTF-8. */
export function splitNameList(list: Buffer, isNullSeparated: boolean): Buffer[] {
  const [separator, carriageReturn] = [isNullSeparated ? 0 : 10, 13];
  const names: Buffer[] = [];
  for (let from = 0; from < list.length; ) {
    const at = list.indexOf(separator, from);
    const to = at === -1 ? list.length : at;
    const end = !isNullSeparated && list[to - 1] === carriageReturn ? to - 1 : to;
    if (end > from) names.push(list.subarray(from, end));
    from = to + 1;
  }
  return names;
}
