/** `uxd sentiment`: texts through a text engine. */
import { contradictsStars, OpinionSummary } from '../analysis/opinion-summary.js';
import type { Invocation } from '../cli/command.js';
import type { extractionFlags } from '../cli/common-flags.js';
import type { ExitCode } from '../cli/exit-codes.js';
import { runExtraction } from '../cli/extraction.js';
import type { Terminal } from '../cli/terminal.js';
import { type TextDocument, type TextReading, UsageError } from '../model.js';
import { opinionJson, opinionLines } from '../report/opinion-text.js';
import type { AnyRow } from '../rows/define.js';
import { aspectSchema, sentimentSchema } from '../rows/sentiment.js';
import { aspectRows, failedSentimentRow, sentimentRows, type TextRowOrigin } from '../rows/text-rows.js';
import type { sentimentFlags } from './sentiment.js';
import { type CarriedColumns, carryColumns } from './text-columns.js';
import type { textFlags } from './text-flags.js';
import { openTexts, type SettledText } from './text-inputs.js';

type SentimentInvocation = Invocation<typeof sentimentFlags & typeof textFlags & typeof extractionFlags>;
type Flags = SentimentInvocation['flags'];

export async function runSentiment({ flags, args }: SentimentInvocation, terminal: Terminal): Promise<ExitCode> {
  if (flags.model !== null && flags.provider !== 'local') {
    throw new UsageError('sentiment: --model is for --provider local; leave one of them out');
  }
  const schemas = flags.aspects ? [sentimentSchema, aspectSchema] : [sentimentSchema];
  const columns = carryColumns(flags, schemas);
  const options = {
    features: flags.aspects ? (['sentiment', 'aspects'] as const) : (['sentiment'] as const),
    language: flags.language,
    brands: [],
    modelDirectory: flags.model,
  };
  const texts = await openTexts('sentiment', args, flags, options, { schemas, columns }, terminal);
  const summary = new OpinionSummary({ starsMax: flags.starsMax });
  return runExtraction<TextDocument, TextReading>(
    {
      ...texts,
      rowsOf: (settled) => {
        if (flags.summary !== null) summarize(summary, settled, columns, flags);
        return rowsOf(settled, columns, flags);
      },
      closingRows: texts.shardEnd,
      findings: () => ({ groups: opinionJson(summary.groups()) }),
      findingLines: (width) => opinionLines(summary.groups(), width),
    },
    terminal,
  );
}

function rowsOf(
  { source, item, line, outcome, attempts }: SettledText,
  columns: CarriedColumns,
  flags: Flags,
): AnyRow[] {
  const document = item?.payload;
  const carried = document ? columns.valuesOf(document) : {};
  const origin: TextRowOrigin = { source, provider: flags.provider, columns: carried };
  if (!outcome.ok || !document) {
    const error = outcome.ok ? null : outcome.error;
    if (!error) throw new Error('an answer without a text');
    return [failedSentimentRow(document?.id ?? null, line, error, attempts, origin, flags.level)];
  }
  const reading = outcome.value;
  const rows = sentimentRows(document, reading, origin, flags.level, flagsOf(reading, carried, flags));
  return flags.aspects ? [...rows, ...aspectRows(document, reading, origin)] : rows;
}

function flagsOf(
  { sentiment }: TextReading,
  { stars }: Readonly<Record<string, unknown>>,
  { starsMax }: Flags,
): string[] {
  if (!sentiment) return ['empty-text'];
  return typeof stars === 'number' && contradictsStars(sentiment, stars, starsMax) ? ['contradicts-stars'] : [];
}

function summarize(
  summary: OpinionSummary,
  { item, outcome }: SettledText,
  columns: CarriedColumns,
  flags: Flags,
): void {
  if (!item || !outcome.ok) return;
  const values = columns.valuesOf(item.payload);
  const group = flags.groupBy === null ? null : values[flags.groupBy];
  const { stars } = values;
  summary.add({
    id: item.payload.id,
    text: item.payload.text,
    group: group === null || group === undefined ? null : String(group),
    stars: typeof stars === 'number' ? stars : null,
    reading: outcome.value,
  });
}
