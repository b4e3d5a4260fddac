/** What the commands that read files check before they read any. */
import type { ExtractionFlags } from '../cli/extraction.js';
import { UsageError } from '../model.js';

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
