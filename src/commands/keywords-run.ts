/** `uxd keywords`: terms of texts, of groups of texts and of periods. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseDate } from '../analysis/dates.js';
import { parseSynonyms, type Synonyms } from '../analysis/synonyms.js';
import type { Invocation } from '../cli/command.js';
import type { extractionFlags } from '../cli/common-flags.js';
import type { ExitCode } from '../cli/exit-codes.js';
import type { SettledFiles } from '../cli/extraction.js';
import { runExtraction } from '../cli/extraction-run.js';
import { findShard } from '../cli/shard.js';
import type { Terminal } from '../cli/terminal.js';
import { openFileOutput } from '../io/sinks/byte-output.js';
import { type TextDocument, type TextOptions, type TextReading, UsageError } from '../model.js';
import { renderTermCloud } from '../report/term-cloud.js';
import type { AnyRow } from '../rows/define.js';
import { keywordSchema } from '../rows/keyword.js';
import { failedKeywordRow, keywordRows } from '../rows/text-rows.js';
import { KeywordTables } from './keyword-tables.js';
import type { keywordsFlags } from './keywords.js';
import { type CarriedColumns, carryColumns } from './text-columns.js';
import type { textFlags } from './text-flags.js';
import { checkLanguage, openTexts, type SettledText } from './text-inputs.js';

type KeywordsInvocation = Invocation<typeof keywordsFlags & typeof textFlags & typeof extractionFlags>;
type Flags = KeywordsInvocation['flags'];

export async function runKeywords({ flags, args }: KeywordsInvocation, terminal: Terminal): Promise<ExitCode> {
  await checkUsage(flags, terminal);
  checkLanguage('keywords', flags);
  const synonyms =
    flags.synonyms === null ? null : parseSynonyms(await readList(flags, 'synonyms', terminal), flags.synonyms);
  const brands = flags.brands === null ? [] : brandsOf(await readList(flags, 'brands', terminal));
  const options: TextOptions = { features: ['terms'], language: flags.language, brands, modelDirectory: null };
  const columns = columnsOf(flags);
  const outputs = { '--cloud': flags.cloud };
  const rows = { schemas: [keywordSchema], columns, outputs };
  const texts = await openTexts('keywords', args, flags, options, rows, terminal);
  const tables = new KeywordTables({ ...flags, hasCloud: flags.cloud !== null });
  const isAboutAll = flags.groupBy !== null || flags.timeline !== null;
  return runExtraction<TextDocument, TextReading>(
    {
      ...texts,
      rowsOf: (settled) => rowsOf(withTerms(settled, synonyms, flags), columns, flags, tables, isAboutAll),
      closingRows: (written) => [...tables.rows(), ...texts.shardEnd(written)],
      openFiles: async () => keywordFiles(tables, flags, texts.inputNames, terminal),
      remarks: (settled) => [...texts.remarks(settled), ...tables.remarks()],
    },
    terminal,
  );
}

/** Mistakes that can be told before anything is read. */
async function checkUsage(flags: Flags, { cwd, env }: Terminal): Promise<void> {
  if (flags.timeline !== null && flags.dateColumn === null) {
    throw new UsageError('keywords: --timeline needs --date-column, the column with the date of each text');
  }
  const overAll = (['groupBy', 'timeline', 'cloud'] as const).find((name) => flags[name] !== null);
  if (overAll !== undefined && findShard(flags.shard, env) !== null) {
    const name = overAll === 'groupBy' ? 'group-by' : overAll;
    throw new UsageError(`keywords: --${name} needs all texts in one run; leave --shard out`);
  }
  if (flags.cloud === null) return;
  const cloud = path.resolve(cwd, flags.cloud);
  if (!/\.svg$/i.test(cloud)) throw new UsageError(`keywords: --cloud ${flags.cloud} has to end in .svg`);
  if (flags.output !== null && path.resolve(cwd, flags.output) === cloud) {
    throw new UsageError(`keywords: --cloud and --output both name ${flags.cloud}`);
  }
  const folder = await stat(path.dirname(cloud)).catch(() => null);
  if (!folder?.isDirectory()) {
    throw new UsageError(
      `keywords: --cloud ${flags.cloud}: there is no directory ${path.dirname(cloud)}; create it first`,
    );
  }
}

async function readList(flags: Flags, name: 'synonyms' | 'brands', { cwd }: Terminal): Promise<string> {
  const file = flags[name] ?? '';
  return readFile(path.resolve(cwd, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`keywords: --${name} ${file} cannot be read (${error.code}); name a text file`);
  });
}

/** One name a line; lines that begin with `#` are comments. */
function brandsOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  return [...new Set(lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')))];
}

/** The rows have a date of their own, so that it needs no further field. */
function columnsOf(flags: Flags): CarriedColumns {
  const columns = carryColumns(flags, [keywordSchema]);
  const { date: _, ...fields } = columns.fields;
  return { ...columns, fields };
}

/** The settled text with the variants of its terms folded, and only the kinds of terms that are asked for. */
function withTerms(settled: SettledText, synonyms: Synonyms | null, { entities }: Flags): SettledText {
  if (!settled.outcome.ok) return settled;
  const { terms = [], ...reading } = settled.outcome.value;
  const folded = synonyms === null ? terms : synonyms.fold(terms);
  const wanted = entities ? folded.filter(({ kind }) => kind === 'entity') : folded;
  return { ...settled, outcome: { ok: true, value: { ...reading, terms: wanted } } };
}

function rowsOf(
  { source, item, line, outcome, attempts }: SettledText,
  columns: CarriedColumns,
  flags: Flags,
  tables: KeywordTables,
  isAboutAll: boolean,
): readonly AnyRow[] {
  const document = item?.payload;
  const carried = document ? columns.valuesOf(document) : {};
  const origin = { source, provider: flags.provider, columns: carried };
  if (!outcome.ok || !document) {
    if (outcome.ok) throw new Error('an answer without a text');
    return [failedKeywordRow(document?.id ?? null, line, outcome.error, attempts, origin)];
  }
  const { terms = [], language, model, sentiment } = outcome.value;
  tables.add(
    {
      id: document.id,
      source,
      group: groupOf(document, flags),
      date: dateOf(document, flags),
      language,
      model,
      score: sentiment?.score ?? null,
    },
    terms,
  );
  if (isAboutAll) return [];
  return keywordRows(document, { ...outcome.value, terms: terms.slice(0, flags.top) }, origin);
}

function groupOf({ columns }: TextDocument, { groupBy }: Flags): string | null {
  const value = groupBy === null ? null : (columns[groupBy] ?? null);
  const text = value === null ? '' : String(value).trim();
  return text === '' ? null : text;
}

function dateOf({ columns }: TextDocument, { dateColumn, dateOrder }: Flags) {
  const value = dateColumn === null ? null : (columns[dateColumn] ?? null);
  return value === null ? null : parseDate(String(value), dateOrder);
}

/** The picture, drawn when all texts are in; none of no texts. */
function keywordFiles(
  tables: KeywordTables,
  flags: Flags,
  inputNames: readonly string[],
  { cwd }: Terminal,
): SettledFiles<TextDocument, TextReading> {
  return {
    add: async () => undefined,
    close: async (isWhole) => {
      if (flags.cloud === null || tables.isEmpty) return;
      const svg = renderTermCloud(tables.panels(), {
        title: cloudTitle(flags.groupBy, inputNames),
        weightName: flags.groupBy === null ? 'texts with the term' : 'how much more it is said of the group',
      });
      const output = await openFileOutput(path.resolve(cwd, flags.cloud));
      await output.write(new TextEncoder().encode(svg));
      await output.close(isWhole);
    },
  };
}

function cloudTitle(groupBy: string | null, inputNames: readonly string[]): string {
  const [first = '', ...others] = inputNames;
  const name = first === '-' ? 'standard input' : path.basename(first);
  const inputs = others.length > 0 ? `${name} and ${others.length} more` : name;
  return groupBy === null ? `Terms of ${inputs}` : `What each ${groupBy} is associated with: ${inputs}`;
}
