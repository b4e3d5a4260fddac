/** Sees to it, before anything is read, that no file of a run takes the place of another one. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Terminal } from '../cli/terminal.js';
import type { InputList } from '../io/inputs.js';
import { findOverwritten } from '../io/overwritten.js';
import { UsageError } from '../model.js';

/** Single files that a run writes or reads beside its inputs, by the flag that names them; null where not given. */
export type NamedFiles = Readonly<Record<string, string | null>>;

/** Directories in which a run names files itself, by the flag that names them, with the ending that those files get. */
export type NamedDirectories = Readonly<Record<string, { readonly directory: string | null; readonly ending: string }>>;

/** What is read, as far as outputs might replace it. */
type ReadFiles = Pick<InputList, 'entries' | 'dispose'>;

interface OutputPlan {
  /** Written by the run. */
  readonly outputs: NamedFiles;
  /** Read by the run. */
  readonly lists?: NamedFiles;
  readonly directories?: NamedDirectories;
}

/** Disposes of the inputs and throws {@link UsageError} where one file would replace another. */
export async function checkOutputs(
  command: string,
  { outputs, lists = {}, directories = {} }: OutputPlan,
  inputs: ReadFiles,
  { cwd }: Terminal,
): Promise<void> {
  try {
    await refuseSameFile(command, { ...outputs, ...lists }, cwd);
    await refuseOverwriting(command, outputs, inputs, cwd);
    await refuseAmongOthers(command, { ...outputs, ...lists }, directories, cwd);
  } catch (error) {
    await inputs.dispose();
    throw error;
  }
}

/** One file cannot hold two outputs; devices can. */
async function refuseSameFile(command: string, files: NamedFiles, cwd: string): Promise<void> {
  const flagOf = new Map<string, string>();
  for (const [flag, file] of named(files)) {
    const target = await targetOf(path.resolve(cwd, file));
    if (target === null) continue;
    const other = flagOf.get(target);
    flagOf.set(target, flag);
    if (other === undefined) continue;
    throw new UsageError(`${command}: ${other} and ${flag} both name ${file}; name another file for one of them`);
  }
}

/** An output must not replace what is being read. */
async function refuseOverwriting(
  command: string,
  outputs: NamedFiles,
  { entries }: ReadFiles,
  cwd: string,
): Promise<void> {
  for (const [flag, file] of named(outputs)) {
    const overwritten = await findOverwritten(entries, path.resolve(cwd, file));
    if (overwritten === null) continue;
    throw new UsageError(`${command}: ${flag} ${file} is the input ${overwritten}; name another file`);
  }
}

/** A file with the ending of those that a directory is filled with may get the name of one of them. */
async function refuseAmongOthers(
  command: string,
  files: NamedFiles,
  directories: NamedDirectories,
  cwd: string,
): Promise<void> {
  for (const [dirFlag, { directory, ending }] of Object.entries(directories)) {
    if (directory === null) continue;
    const place = await realPathOf(path.resolve(cwd, directory));
    for (const [flag, file] of named(files)) {
      const target = await targetOf(path.resolve(cwd, file));
      if (target === null || path.dirname(target) !== place || !target.toLowerCase().endsWith(ending)) continue;
      throw new UsageError(
        `${command}: ${flag} ${file} may be replaced by a file of ${dirFlag} ${directory}; give it another place or ending`,
      );
    }
  }
}

function named(files: NamedFiles): [flag: string, file: string][] {
  return Object.entries(files).filter((entry): entry is [string, string] => !!entry[1] && entry[1] !== '-');
}

/** The file that a name leads to, which need not be there yet; null for what is no file, such as /dev/null. */
async function targetOf(file: string): Promise<string | null> {
  const stats = await stat(file).catch(() => null);
  if (stats !== null) return stats.isFile() ? realpath(file) : null;
  return path.join(await realPathOf(path.dirname(file)), path.basename(file));
}

/** The path itself where nothing is there yet. */
function realPathOf(place: string): Promise<string> {
  return realpath(place).catch(() => place);
}
