/** What the commands that read texts have in common: inputs, engine, columns. */
import os from 'node:os';
import type { extractionFlags } from '../cli/common-flags.js';
import type { Extraction } from '../cli/extraction.js';
import type { FlagValues } from '../cli/flags.js';
import { findShard, type Shard } from '../cli/shard.js';
import type { Terminal } from '../cli/terminal.js';
import { type InputList, listInputs } from '../io/inputs.js';
import { readTexts, TEXT_FILE_EXTENSIONS } from '../io/texts/read-texts.js';
import { type TextDocument, type TextOptions, type TextReading, UsageError } from '../model.js';
import type { Settled } from '../pipeline/run.js';
import { withEmptyTexts } from '../providers/empty-text.js';
import { TEXT_PROVIDERS } from '../providers/index.js';
import { type RowSchema, withFields } from '../rows/define.js';
import { type ShardRow, shardEnd, shardSchema } from '../rows/shard.js';
import { checkInputs } from './inputs.js';
import { tellOfInputs } from './listed-inputs.js';
import { checkOutputs, type NamedFiles } from './outputs.js';
import type { CarriedColumns } from './text-columns.js';
import type { textFlags } from './text-flags.js';

export type TextFlagValues = FlagValues<typeof textFlags & typeof extractionFlags>;
export type SettledText = Settled<TextDocument, TextReading>;

/** The part of an extraction that all commands on texts share. */
type TextExtraction = Omit<Extraction<TextDocument, TextReading>, 'rowsOf' | 'closingRows'> & {
  readonly shard: Shard | null;
  /** What is to be told of the inputs and their columns at the end of a run. */
  remarks(settled: number): readonly string[];
  /** The row that ends the part of a sharded run. */
  shardEnd(rowsWritten: number): readonly ShardRow[];
};

/** Lists the inputs and checks what can be told before anything is read; throws {@link UsageError}. */
export async function openTexts(
  command: string,
  args: readonly string[],
  flags: TextFlagValues,
  options: TextOptions,
  rows: { readonly schemas: readonly RowSchema[]; readonly columns: CarriedColumns; readonly outputs?: NamedFiles },
  terminal: Terminal,
): Promise<TextExtraction> {
  const shard = findShard(flags.shard, terminal.env);
  checkUsage(command, args, flags, shard !== null);
  const inputs = await listInputs(
    {
      patterns: args,
      recursive: flags.recursive,
      filesFrom: flags.filesFrom,
      nullSeparated: flags.null,
      shard,
      extensions: TEXT_FILE_EXTENSIONS,
    },
    { cwd: terminal.cwd, stdin: terminal.stdin, tempDir: os.tmpdir() },
  );
  const outputs = { '--output': flags.output, '--summary': flags.summary, ...rows.outputs };
  await checkOutputs(command, { outputs, lists: { '--files-from': flags.filesFrom } }, inputs, terminal);
  const provider = TEXT_PROVIDERS[flags.provider];
  const schemas = rows.schemas.map((schema) => withFields(schema, rows.columns.fields));
  return {
    command,
    flags,
    unit: 'text',
    inputCount: inputs.total,
    ownInputCount: inputs.entries.length,
    others: inputs.others,
    inputNames: args.length > 0 ? args : [`--files-from ${flags.filesFrom}`],
    schemas: [...schemas, ...(shard ? [shardSchema] : [])],
    // What is not cached counts sentences; kept answers have them all, whatever was asked for.
    answerOptions: { ...options, countsSentences: undefined },
    pricesAsOf: await provider.pricesAsOf(),
    loadEngine: async (settings) => withEmptyTexts(await provider.load(options, settings)),
    inputs: (_, log) => {
      tellOfInputs(command, inputs, log);
      return readTexts(inputs.entries, {
        textColumn: flags.textColumn ?? flags.textField,
        idColumn: flags.idColumn,
        keep: rows.columns.wanted,
        askedBy: rows.columns.askedBy,
        delimiter: flags.delimiter,
        encoding: flags.encoding,
        isLineDocuments: flags.lines,
      });
    },
    count: ({ outcome }) => (outcome.ok ? { ok: 1, failed: 0 } : { ok: 0, failed: 1 }),
    isFinal: () => true,
    remarks: (settled) => {
      const isEmpty = settled === 0 && inputs.entries.length > 0;
      return [...(isEmpty ? [holdsNothing(inputs.entries)] : []), ...rows.columns.remarks()];
    },
    shard,
    shardEnd: (rowsWritten) => (shard ? [shardRow(shard, rowsWritten, schemas, rows.columns, inputs)] : []),
    close: inputs.dispose,
  };
}

/** The local engine reads some languages only; throws {@link UsageError} for another one. */
export function checkLanguage(command: string, { language, provider }: TextFlagValues): void {
  const languages: readonly string[] | null = TEXT_PROVIDERS[provider].languages;
  if (language === null || languages === null || languages.includes(language)) return;
  throw new UsageError(
    `${command}: --language ${language}: --provider ${provider} reads ${languages.join(' and ')} only; --provider google reads other languages`,
  );
}

function holdsNothing(entries: readonly { readonly source: string }[]): string {
  const [first] = entries;
  if (entries.length > 1 || first === undefined) return 'the inputs hold no texts';
  return `${first.source === '-' ? 'standard input' : first.source} holds no texts`;
}

function checkUsage(command: string, args: readonly string[], flags: TextFlagValues, isSharded: boolean): void {
  const { textColumn, textField } = flags;
  if (textColumn !== null && textField !== null && textColumn !== textField) {
    throw new UsageError(
      `${command}: --text-column ${textColumn} and --text-field ${textField} name the same thing; give one`,
    );
  }
  checkInputs(command, args, flags, isSharded);
}

function shardRow(
  shard: Shard,
  rows: number,
  schemas: readonly RowSchema[],
  { fields }: CarriedColumns,
  { listing }: InputList,
): ShardRow {
  const columns = Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, type]));
  const names = schemas.map(({ name }) => name).join(' ');
  return shardEnd(shard, { rows, schemas: names, ...(Object.keys(columns).length > 0 ? { columns } : {}), listing });
}
