/** What the commands that read files check before they read any. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ExtractionFlags } from '../cli/extraction.js';
import type { Terminal } from '../cli/terminal.js';
import { findOverwritten, type InputList } from '../io/inputs.js';
import { UsageError } from '../model.js';

/** Files that the run writes, by the flag that names them. */
export type OutputFiles = Readonly<Record<string, string | null>>;

/** There must be inputs, and parts of a sharded run must be what `uxd merge` takes. Throws {@link UsageError}. */
export function checkInputs(
  command: string,
  args: readonly string[],
  flags: ExtractionFlags,
  isSharded: boolean,
): void {
  if (args.length === 0 && flags.filesFrom === null) {
    throw new UsageError(
      `${command}: no input; name files, directories or globs, or - for standard input (uxd ${command} --help)`,
    );
  }
  if (!isSharded) return;
  if (flags.unordered)
    throw new UsageError(`${command}: parts of a sharded run keep the input order: leave --unordered out`);
  const isOtherFormat = flags.format !== null ? flags.format !== 'jsonl' : /\.(csv|parquet)$/i.test(flags.output ?? '');
  if (isOtherFormat)
    throw new UsageError(`${command}: parts of a sharded run are JSONL; \`uxd merge\` writes CSV and Parquet`);
}

/** An output must be a file of its own and must not replace what is being read. Throws {@link UsageError}. */
export async function checkOutputs(
  command: string,
  outputs: OutputFiles,
  inputs: InputList,
  terminal: Terminal,
): Promise<void> {
  try {
    await refuseSameOutput(command, outputs, terminal);
    await refuseOverwriting(command, outputs, inputs, terminal);
  } catch (error) {
    await inputs.dispose();
    throw error;
  }
}

/** One file cannot hold two outputs; devices can. */
async function refuseSameOutput(command: string, outputs: OutputFiles, { cwd }: Terminal): Promise<void> {
  const flagOf = new Map<string, string>();
  for (const [flag, file] of Object.entries(outputs)) {
    if (!file) continue;
    const target = await outputTarget(path.resolve(cwd, file));
    if (target === null) continue;
    const other = flagOf.get(target);
    flagOf.set(target, flag);
    if (other === undefined) continue;
    throw new UsageError(`${command}: ${other} and ${flag} both name ${file}; name another file for one of them`);
  }
}

/** The file that an output goes to, which need not be there yet; null for what is no file, such as /dev/null. */
async function outputTarget(file: string): Promise<string | null> {
  const stats = await stat(file).catch(() => null);
  if (stats !== null) return stats.isFile() ? realpath(file) : null;
  const folder = await realpath(path.dirname(file)).catch(() => path.dirname(file));
  return path.join(folder, path.basename(file));
}

async function refuseOverwriting(
  command: string,
  outputs: OutputFiles,
  { entries }: InputList,
  { cwd }: Terminal,
): Promise<void> {
  for (const [flag, file] of Object.entries(outputs)) {
    if (!file) continue;
    const overwritten = await findOverwritten(entries, path.resolve(cwd, file));
    if (overwritten === null) continue;
    throw new UsageError(`${command}: ${flag} ${file} is the input ${overwritten}; name another file`);
  }
}
