/** What the commands that read texts have in common: inputs, engine, columns. */
import type { extractionFlags } from '../cli/common-flags.js';
import type { Extraction } from '../cli/extraction.js';
import type { FlagValues } from '../cli/flags.js';
import type { Terminal } from '../cli/terminal.js';
import { readTexts, TEXT_FILE_EXTENSIONS } from '../io/texts/read-texts.js';
import { type TextDocument, type TextOptions, type TextReading, UsageError } from '../model.js';
import type { Settled } from '../pipeline/settled.js';
import { withEmptyTexts } from '../providers/empty-text.js';
import { TEXT_PROVIDERS } from '../providers/index.js';
import { type RowSchema, withFields } from '../rows/define.js';
import type { ShardRow } from '../rows/shard.js';
import { type InputPlan, openInputs } from './inputs.js';
import type { CarriedColumns } from './text-columns.js';
import type { textFlags } from './text-flags.js';

export type TextFlagValues = FlagValues<typeof textFlags & typeof extractionFlags>;
export type SettledText = Settled<TextDocument, TextReading>;

/** The part of an extraction that all commands on texts share. */
type TextExtraction = Omit<Extraction<TextDocument, TextReading>, 'rowsOf' | 'closingRows'> & {
  /** What is to be told of the inputs and their columns at the end of a run. */
  remarks(settled: number): readonly string[];
  /** The row that ends the part of a sharded run. */
  shardEnd(rowsWritten: number): readonly ShardRow[];
};

/** What a command on texts writes: its rows with the columns that they carry, and files beside them. */
interface TextRowPlan extends Pick<InputPlan, 'outputs'> {
  readonly schemas: readonly RowSchema[];
  readonly columns: CarriedColumns;
}

/** Lists the inputs and checks what can be told before anything is read; throws {@link UsageError}. */
export async function openTexts(
  command: string,
  args: readonly string[],
  flags: TextFlagValues,
  options: TextOptions,
  { columns, ...rows }: TextRowPlan,
  terminal: Terminal,
): Promise<TextExtraction> {
  checkUsage(command, flags);
  const plan = { noun: 'files', extensions: TEXT_FILE_EXTENSIONS, outputs: rows.outputs ?? {} } as const;
  const opened = await openInputs(command, args, flags, plan, terminal);
  const { entries } = opened.list;
  const provider = TEXT_PROVIDERS[flags.provider];
  const schemas = rows.schemas.map((schema) => withFields(schema, columns.fields));
  return {
    command,
    flags,
    unit: 'text',
    ...opened.facts,
    schemas: opened.schemasWithEnd(schemas),
    // What is not cached counts sentences; kept answers have them all, whatever was asked for.
    answerOptions: { ...options, countsSentences: undefined },
    pricesAsOf: await provider.pricesAsOf(),
    loadEngine: async (settings) => withEmptyTexts(await provider.load(options, settings)),
    inputs: (_, log) => {
      opened.tellUnmatched(log);
      return readTexts(entries, {
        textColumn: flags.textColumn ?? flags.textField,
        idColumn: flags.idColumn,
        keep: columns.wanted,
        askedBy: columns.askedBy,
        delimiter: flags.delimiter,
        encoding: flags.encoding,
        isLineDocuments: flags.lines,
      });
    },
    count: ({ outcome }) => (outcome.ok ? { ok: 1, failed: 0 } : { ok: 0, failed: 1 }),
    isFinal: () => true,
    remarks: (settled) => {
      const isEmpty = settled === 0 && entries.length > 0;
      return [...(isEmpty ? [holdsNothing(entries)] : []), ...columns.remarks()];
    },
    shardEnd: (rowsWritten) => opened.endOf(rowsWritten, schemas, columnTypes(columns)),
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

function checkUsage(command: string, { textColumn, textField }: TextFlagValues): void {
  if (textColumn !== null && textField !== null && textColumn !== textField) {
    throw new UsageError(
      `${command}: --text-column ${textColumn} and --text-field ${textField} name the same thing; give one`,
    );
  }
}

/** The types of the carried columns by name, for the row that ends a part; undefined where there are none. */
function columnTypes({ fields }: CarriedColumns): ShardRow['columns'] {
  const types = Object.entries(fields).map(([name, { type }]) => [name, type] as const);
  return types.length > 0 ? Object.fromEntries(types) : undefined;
}
