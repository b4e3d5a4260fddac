/** `uxd sentiment`: texts through a text engine. */
import { contradictsStars, OpinionSummary } from '../analysis/opinion-summary.js';
import type { Invocation } from '../cli/command.js';
import type { extractionFlags } from '../cli/common-flags.js';
import type { ExitCode } from '../cli/exit-codes.js';
import { runExtraction } from '../cli/extraction-run.js';
import type { Terminal } from '../cli/terminal.js';
import { plural } from '../cli/text.js';
import { type TextDocument, type TextReading, UsageError } from '../model.js';
import { TEXT_PROVIDERS } from '../providers/index.js';
import { opinionJson, opinionLines } from '../report/opinion-text.js';
import type { AnyRow } from '../rows/define.js';
import { aspectSchema, sentimentSchema } from '../rows/sentiment.js';
import { aspectRows, failedSentimentRow, sentimentRows, type TextRowOrigin } from '../rows/text-rows.js';
import type { sentimentFlags } from './sentiment.js';
import { type CarriedColumns, carryColumns } from './text-columns.js';
import type { textFlags } from './text-flags.js';
import { checkLanguage, openTexts, type SettledText } from './text-inputs.js';

type SentimentInvocation = Invocation<typeof sentimentFlags & typeof textFlags & typeof extractionFlags>;
type Flags = SentimentInvocation['flags'];

export async function runSentiment({ flags, args }: SentimentInvocation, terminal: Terminal): Promise<ExitCode> {
  if (flags.model !== null && flags.provider !== 'local') {
    throw new UsageError('sentiment: --model is for --provider local; leave one of them out');
  }
  // a model of the user's own may know other languages
  if (flags.model === null) checkLanguage('sentiment', flags);
  const schemas = flags.aspects ? [sentimentSchema, aspectSchema] : [sentimentSchema];
  const columns = carryColumns(flags, schemas);
  const options = {
    features: flags.aspects ? (['sentiment', 'aspects'] as const) : (['sentiment'] as const),
    language: flags.language,
    countsSentences: flags.level === 'document' && flags.model === null,
    brands: [],
    modelDirectory: flags.model,
  };
  const texts = await openTexts('sentiment', args, flags, options, { schemas, columns }, terminal);
  const summary = new OpinionSummary({ starsMax: flags.starsMax });
  const strangers = new StrangeLanguages(flags.model === null ? TEXT_PROVIDERS[flags.provider].languages : null);
  return runExtraction<TextDocument, TextReading>(
    {
      ...texts,
      rowsOf: (settled) => {
        if (flags.summary !== null) summarize(summary, settled, columns, flags);
        return rowsOf(settled, columns, flags, strangers);
      },
      closingRows: texts.shardEnd,
      findings: () => ({ groups: opinionJson(summary.groups()) }),
      findingLines: (width) => findingLines(summary, flags, width),
      remarks: (settled) => [...texts.remarks(settled), ...strangers.remarks()],
    },
    terminal,
  );
}

/** Texts in languages that the engine does not read. */
class StrangeLanguages {
  readonly #known: readonly string[] | null;
  readonly #counts = new Map<string, number>();

  /** @param known null where the engine reads all */
  constructor(known: readonly string[] | null) {
    this.#known = known;
  }

  /** Takes a text and its language, null where it was not found; true where the engine does not read it. */
  add(text: string, language: string | null): boolean {
    const name = language ?? (isInOtherScript(text) ? 'in other scripts' : null);
    if (name === null || this.#known === null || this.#known.includes(name)) return false;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    return true;
  }

  remarks(): readonly string[] {
    const counts = [...this.#counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
    const texts = counts.reduce((sum, [, count]) => sum + count, 0);
    if (texts === 0) return [];
    const which = counts.map(([language, count]) => `${language} ${count}`).join(', ');
    const are = texts === 1 ? 'is in a language' : 'are in languages';
    const felt = `what ${texts === 1 ? 'it feels' : 'they feel'} is guessed from signs alone`;
    const one = texts === 1 ? 'it' : 'them';
    return [
      `${plural(texts, 'text')} ${are} that the local engine does not read (${which}): ${felt}; --provider google reads ${one}`,
    ];
  }
}

/** Letters, and none of ours; figures and emoji alone are in no language. */
function isInOtherScript(text: string): boolean {
  const sample = text.slice(0, 1000);
  return /\p{L}/u.test(sample) && !/\p{Script=Latin}/u.test(sample);
}

function findingLines(summary: OpinionSummary, { aspects }: Flags, width: number): readonly string[] {
  const lines = opinionLines(summary.groups(), width);
  return aspects || lines.length === 0 ? lines : [...lines, '(--aspects adds what is praised and blamed)'];
}

function rowsOf(
  { source, item, line, outcome, attempts }: SettledText,
  columns: CarriedColumns,
  flags: Flags,
  strangers: StrangeLanguages,
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
  const remarks = flagsOf(reading, carried, flags);
  if (strangers.add(document.text, reading.language)) remarks.push('unknown-language');
  const rows = sentimentRows(document, reading, origin, flags.level, remarks);
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
