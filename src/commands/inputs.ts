/** What the extracting commands share before they run: inputs are listed, and checked, before any of them is read. */
import os from 'node:os';
import type { Extraction, ExtractionFlags } from '../cli/extraction.js';
import type { Log } from '../cli/log.js';
import { findShard, type Shard } from '../cli/shard.js';
import type { Terminal } from '../cli/terminal.js';
import { type InputList, listInputs } from '../io/inputs.js';
import { UsageError } from '../model.js';
import type { RowSchema } from '../rows/define.js';
import { type ShardRow, shardEnd, shardSchema } from '../rows/shard.js';
import { checkOutputs, type NamedDirectories, type NamedFiles } from './outputs.js';

/** What a command reads, and the files beside its inputs and its rows. */
export interface InputPlan {
  /** What its inputs are called. */
  readonly noun: 'files' | 'recordings';
  /** Endings of the files taken from directories. */
  readonly extensions: readonly string[];
  readonly outputs?: NamedFiles;
  readonly lists?: NamedFiles;
  readonly directories?: NamedDirectories;
}

/** The inputs of a run. */
export interface OpenedInputs {
  readonly list: InputList;
  /** The part that the run has of them; null where it has all. */
  readonly shard: Shard | null;
  /** What an extraction tells of its inputs. */
  readonly facts: Pick<Extraction<never, never>, 'inputCount' | 'ownInputCount' | 'others' | 'inputNames' | 'close'>;
  /** Tells what was named and is not there; where nothing at all was found, the run says so itself. */
  tellUnmatched(log: Log): void;
  /** The schemas of a run's rows, and of the row that ends a part. */
  schemasWithEnd(schemas: readonly RowSchema[]): readonly RowSchema[];
  /** The row that ends a part, after `rows` others; none ends a whole run. */
  endOf(rows: number, schemas: readonly RowSchema[], columns?: ShardRow['columns']): readonly ShardRow[];
}

/** Throws {@link UsageError} for what can be told before anything is read. */
export async function openInputs(
  command: string,
  args: readonly string[],
  flags: ExtractionFlags,
  { noun, extensions, outputs = {}, lists = {}, directories = {} }: InputPlan,
  terminal: Terminal,
): Promise<OpenedInputs> {
  const shard = findShard(flags.shard, terminal.env);
  if (args.length === 0 && flags.filesFrom === null) {
    throw new UsageError(
      `${command}: no input; name ${noun}, directories or globs, or - for standard input (uxd ${command} --help)`,
    );
  }
  if (shard !== null) checkPart(command, flags);
  const { recursive, filesFrom, null: nullSeparated } = flags;
  const list = await listInputs(
    { patterns: args, recursive, filesFrom, nullSeparated, shard, extensions },
    { cwd: terminal.cwd, stdin: terminal.stdin, tempDir: os.tmpdir() },
  );
  const plan = {
    outputs: { '--output': flags.output, '--summary': flags.summary, ...outputs },
    lists: { '--files-from': filesFrom, ...lists },
    directories,
  };
  await checkOutputs(command, plan, list, terminal);
  return {
    list,
    shard,
    facts: {
      inputCount: list.total,
      ownInputCount: list.entries.length,
      others: list.others,
      inputNames: args.length > 0 ? args : [`--files-from ${filesFrom}`],
      close: list.dispose,
    },
    tellUnmatched: (log) => {
      if (list.entries.length === 0) return;
      for (const name of list.unmatched) log.warn(`${command}: ${name} matched no file`);
    },
    schemasWithEnd: (schemas) => (shard === null ? schemas : [...schemas, shardSchema]),
    endOf: (rows, schemas, columns) => {
      if (shard === null) return [];
      const names = schemas.map(({ name }) => name).join(' ');
      return [shardEnd(shard, { rows, schemas: names, ...(columns && { columns }), listing: list.listing })];
    },
  };
}

/** Parts of a sharded run must be what `uxd merge` takes. */
function checkPart(command: string, { unordered, format, output }: ExtractionFlags): void {
  if (unordered) throw new UsageError(`${command}: parts of a sharded run keep the input order: leave --unordered out`);
  const isOtherFormat = format !== null ? format !== 'jsonl' : /\.(csv|parquet)$/i.test(output ?? '');
  if (isOtherFormat)
    throw new UsageError(`${command}: parts of a sharded run are JSONL; \`uxd merge\` writes CSV and Parquet`);
}
