import { SENTIMENT_LABELS } from '../model.js';
import { engineFields, errorFields, originFields } from './common.js';
import { defineRow, type RowOf } from './define.js';

export const TEXT_LEVELS = ['document', 'sentence'] as const;
export type TextLevel = (typeof TEXT_LEVELS)[number];

/** Where a text stands. */
export const textOriginFields = {
  ...originFields,
  id: {
    type: 'string',
    nullable: true,
    description:
      'Which text of the source: its value in the id column, or `#` and the number of the record where that is empty; without an id column, the number of the record or line, from 1.',
  },
  line: {
    type: 'integer',
    optional: true,
    description: 'Line of the file where a record could not be read, from 1 (error rows only).',
  },
} as const;

const OFFSETS =
  'in UTF-16 code units of the text as it stands in the cell or file, without a byte order mark; half a surrogate pair is written as U+FFFD, one unit as well';

/** Where a quote stands in its text. */
export const offsetFields = {
  startOffset: { type: 'integer', nullable: true, description: `Where it starts, ${OFFSETS}.` },
  endOffset: { type: 'integer', nullable: true, description: `Where it ends, exclusive, ${OFFSETS}.` },
} as const;

/** What a text, or a sentence of it, feels. */
export const sentimentSchema = defineRow({
  name: 'uxd.sentiment/1',
  title: 'Sentiment of a text',
  description: 'One row a document or sentence, as `--level` says. Columns of `--keep` follow by their own names.',
  carriesColumns: true,
  fields: {
    ...textOriginFields,
    level: { type: 'string', enum: TEXT_LEVELS, description: 'What the row holds.' },
    label: {
      type: 'string',
      enum: SENTIMENT_LABELS,
      nullable: true,
      description: 'Which way it feels; `mixed` where both are strong. Null for an empty text.',
    },
    score: { type: 'number', nullable: true, description: '-1 (negative) to 1 (positive).' },
    magnitude: {
      type: 'number',
      nullable: true,
      description: 'Strength of all that is felt, whichever way; 0 or more, grows with the text.',
    },
    confidence: {
      type: 'number',
      nullable: true,
      description: 'Probability of the label, 0 to 1; null where the engine gives none.',
    },
    language: { type: 'string', nullable: true, description: 'ISO 639-1, null where it was not found.' },
    sentenceCount: { type: 'integer', nullable: true, description: 'Sentences in the document; 1 for a sentence.' },
    negativeShare: { type: 'number', nullable: true, description: 'Share of the sentences that are negative, 0 to 1.' },
    ...offsetFields,
    text: { type: 'string', nullable: true, description: 'The text as it stands in the cell or file.' },
    flags: {
      type: 'json',
      optional: true,
      description:
        'List of remarks: `empty-text`; `contradicts-stars` where text and given stars say the opposite; `unknown-language` where the engine does not know the language.',
    },
    ...engineFields,
    ...errorFields,
  },
});

export type SentimentRow = RowOf<typeof sentimentSchema>;

/** What is judged in a text, and how. */
export const aspectSchema = defineRow({
  name: 'uxd.aspect/1',
  title: 'Aspect judged in a text',
  description:
    'One row an aspect of a document (`--aspects`), after the sentiment of the document; its mentions, singular and plural, are merged. Columns of `--keep` follow by their own names.',
  carriesColumns: true,
  fields: {
    ...textOriginFields,
    aspect: { type: 'string', description: 'What is judged, in lower case, in the language of the text.' },
    aspectCategory: { type: 'string', nullable: true, description: 'Such as `texture`, `price` or `service`.' },
    opinion: {
      type: 'string',
      nullable: true,
      description: 'The words that judge, as they stand in the text; null where it is only mentioned.',
    },
    label: {
      type: 'string',
      enum: SENTIMENT_LABELS,
      description: 'How it is judged; `mixed` where its mentions disagree.',
    },
    score: { type: 'number', description: '-1 to 1, mean over the mentions.' },
    quote: { type: 'string', description: 'Where it is judged most strongly, as it stands in the text.' },
    ...offsetFields,
    mentions: {
      type: 'json',
      description: 'All places: list of `{startOffset, endOffset, opinion, label, score}`, in text order.',
    },
    language: { type: 'string', nullable: true, description: 'Language of the text, ISO 639-1.' },
    ...engineFields,
  },
});

export type AspectRow = RowOf<typeof aspectSchema>;
