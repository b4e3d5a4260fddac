/** Turns what was read in texts into rows. */
import type {
  AspectMention,
  AspectReading,
  ItemError,
  SentenceReading,
  Sentiment,
  SentimentLabel,
  TermReading,
  TextDocument,
  TextReading,
} from '../model.js';
import { errorColumns } from './common.js';
import type { KeywordRow } from './keyword.js';
import type { AspectRow, SentimentRow, TextLevel } from './sentiment.js';

/** What all rows of a text have. */
export interface TextRowOrigin {
  readonly source: string;
  readonly provider: string;
  /** Columns carried along, by the names that they have in the row. */
  readonly columns: Readonly<Record<string, unknown>>;
}

/** Scores are written with four decimals: more would be noise in the output. */
export function roundScore(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function sentimentColumns(sentiment: Sentiment | null) {
  if (sentiment === null) return { label: null, score: null, magnitude: null, confidence: null };
  const { label, score, magnitude, confidence } = sentiment;
  return {
    label,
    score: roundScore(score),
    magnitude: roundScore(magnitude),
    confidence: confidence === null ? null : roundScore(confidence),
  };
}

function isNegative({ sentiment }: SentenceReading): boolean {
  return sentiment.label === 'negative';
}

/** How many sentences a text has, and the share of them that is negative. */
function sentenceColumns({ sentences = [], sentenceCounts }: TextReading) {
  const counts = sentenceCounts ?? { all: sentences.length, negative: sentences.filter(isNegative).length };
  const negativeShare = counts.all === 0 ? null : roundScore(counts.negative / counts.all);
  return { sentenceCount: counts.all, negativeShare };
}

/** The rows of one text: of the document or its sentences. */
export function sentimentRows(
  document: TextDocument,
  reading: TextReading,
  origin: TextRowOrigin,
  level: TextLevel,
  flags: readonly string[],
): SentimentRow[] {
  const { id, text } = document;
  const { source, provider, columns } = origin;
  const { sentiment = null, sentences = [], language, model } = reading;
  const base = { schema: 'uxd.sentiment/1', source, status: 'ok', id } as const;
  const remarks = flags.length > 0 ? { flags: [...flags] } : {};
  if (level === 'sentence' && sentences.length > 0) {
    return sentences.map((sentence) => ({
      ...base,
      level,
      ...sentimentColumns(sentence.sentiment),
      language: sentence.language,
      sentenceCount: 1,
      negativeShare: isNegative(sentence) ? 1 : 0,
      startOffset: sentence.start,
      endOffset: sentence.end,
      text: text.slice(sentence.start, sentence.end),
      ...remarks,
      provider,
      model,
      ...columns,
    }));
  }
  const place = { startOffset: 0, endOffset: text.length, text };
  const whole = { ...base, level, ...sentimentColumns(sentiment), language, ...sentenceColumns(reading), ...place };
  return [{ ...whole, ...remarks, provider, model, ...columns }];
}

/** The row of a text, or of a record, that could not be read. */
export function failedSentimentRow(
  id: string | null,
  line: number | null,
  error: ItemError,
  attempts: number,
  origin: TextRowOrigin,
  level: TextLevel,
): SentimentRow {
  const nothing = { language: null, sentenceCount: null, negativeShare: null, startOffset: null, endOffset: null };
  return {
    schema: 'uxd.sentiment/1',
    source: origin.source,
    status: 'error',
    id,
    ...(line === null ? {} : { line }),
    level,
    ...sentimentColumns(null),
    ...nothing,
    text: null,
    provider: origin.provider,
    model: null,
    ...errorColumns(error, attempts),
    ...origin.columns,
  };
}

/** One label for several mentions: what they all say, else `mixed` where both praise and blame are among them. */
export function mergedLabel(labels: readonly SentimentLabel[]): SentimentLabel {
  const felt = new Set(labels.filter((label) => label !== 'neutral'));
  if (felt.size === 0) return 'neutral';
  return felt.size === 1 ? ([...felt][0] as SentimentLabel) : 'mixed';
}

function strongest(mentions: readonly AspectMention[]): AspectMention {
  return mentions.reduce((best, mention) => (Math.abs(mention.score) > Math.abs(best.score) ? mention : best));
}

/** One row an aspect of the text. */
export function aspectRows(document: TextDocument, reading: TextReading, origin: TextRowOrigin): AspectRow[] {
  return (reading.aspects ?? []).map((aspect) => aspectRow(aspect, document, reading, origin));
}

function aspectRow(
  { aspect, category, mentions }: AspectReading,
  { id, text }: TextDocument,
  reading: TextReading,
  { source, provider, columns }: TextRowOrigin,
): AspectRow {
  const { start, end, opinion } = strongest(mentions);
  return {
    schema: 'uxd.aspect/1',
    source,
    status: 'ok',
    id,
    aspect,
    aspectCategory: category,
    opinion,
    label: mergedLabel(mentions.map(({ label }) => label)),
    score: roundScore(mentions.reduce((sum, { score }) => sum + score, 0) / mentions.length),
    quote: text.slice(start, end),
    startOffset: start,
    endOffset: end,
    mentions: mentions.map((mention) => ({
      startOffset: mention.start,
      endOffset: mention.end,
      opinion: mention.opinion,
      label: mention.label,
      score: roundScore(mention.score),
    })),
    language: reading.language,
    provider,
    model: reading.model,
    ...columns,
  };
}

/** Mean score of the contexts of mentions and the share of them that is positive; nulls where none is known. */
function contextOf({ mentions }: TermReading): { sentiment: number | null; positiveShare: number | null } {
  const scores = mentions.flatMap(({ score }) => (score === null ? [] : [score]));
  if (scores.length === 0) return { sentiment: null, positiveShare: null };
  return {
    sentiment: roundScore(scores.reduce((sum, score) => sum + score, 0) / scores.length),
    positiveShare: roundScore(scores.filter((score) => score > 0).length / scores.length),
  };
}

/** One row a term of the text, best first. */
export function keywordRows(
  document: TextDocument,
  reading: TextReading,
  { source, provider, columns }: TextRowOrigin,
): KeywordRow[] {
  return (reading.terms ?? []).map((term) => ({
    schema: 'uxd.keyword/1',
    source,
    status: 'ok',
    id: document.id,
    term: term.term,
    kind: term.kind,
    entityType: term.entityType,
    score: roundScore(term.score),
    count: term.mentions.length,
    documents: 1,
    ...contextOf(term),
    examples: [document.id],
    mentions: term.mentions.map(({ start, end }) => ({ startOffset: start, endOffset: end })),
    language: reading.language,
    provider,
    model: reading.model,
    ...columns,
  }));
}

/** The row of a text, or of a record, that could not be read. */
export function failedKeywordRow(
  id: string | null,
  line: number | null,
  error: ItemError,
  attempts: number,
  origin: TextRowOrigin,
): KeywordRow {
  const nothing = { term: null, kind: null, entityType: null, score: null, count: null, documents: null } as const;
  return {
    schema: 'uxd.keyword/1',
    source: origin.source,
    status: 'error',
    id,
    ...(line === null ? {} : { line }),
    ...nothing,
    sentiment: null,
    positiveShare: null,
    examples: null,
    language: null,
    provider: origin.provider,
    model: null,
    ...errorColumns(error, attempts),
    ...origin.columns,
  };
}
