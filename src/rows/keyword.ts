import { ENTITY_TYPES, TERM_KINDS } from '../model.js';
import { engineFields, errorFields } from './common.js';
import { defineRow, type RowOf } from './define.js';
import { textOriginFields } from './sentiment.js';

/** A term of a text, or a term that a group of texts is associated with. */
export const keywordSchema = defineRow({
  name: 'uxd.keyword/1',
  title: 'Term of a text or group',
  description:
    'One row a term, best first: of each text, or with `--group-by` of each group of texts; with `--timeline` a row a term and period. Columns of `--keep` follow by their own names.',
  carriesColumns: true,
  fields: {
    ...textOriginFields,
    group: { type: 'string', optional: true, description: 'Value of the `--group-by` column.' },
    date: {
      type: 'string',
      nullable: true,
      optional: true,
      description:
        'YYYY-MM-DD: first day of the period (`--timeline`), else the date in the `--date-column`; null where it holds none.',
    },
    term: { type: 'string', nullable: true, description: 'The term in its most frequent form.' },
    kind: { type: 'string', enum: TERM_KINDS, nullable: true, description: 'What it is.' },
    entityType: { type: 'string', enum: ENTITY_TYPES, nullable: true, description: 'Null but for entities.' },
    score: {
      type: 'number',
      nullable: true,
      description:
        'Weight: 0 to 1 within a text; for groups the z of the weighted log-odds against the other groups; null for periods.',
    },
    count: { type: 'integer', nullable: true, description: 'Mentions.' },
    documents: { type: 'integer', nullable: true, description: 'Texts with the term (of the group, of the period).' },
    sentiment: {
      type: 'number',
      nullable: true,
      description: 'Mean score of its contexts, -1 to 1; over several texts each text counts once.',
    },
    positiveShare: {
      type: 'number',
      nullable: true,
      description: 'Share of its contexts (over several texts: of the texts) that are positive.',
    },
    lift: {
      type: 'number',
      optional: true,
      description: 'How many times more texts of the group than of the others have it (`--group-by`).',
    },
    q: {
      type: 'number',
      optional: true,
      description: 'False-discovery rate at which the association counts as found (`--group-by`).',
    },
    documentsInPeriod: { type: 'integer', optional: true, description: 'All texts of the period (`--timeline`).' },
    examples: {
      type: 'json',
      nullable: true,
      description: 'Ids of up to five texts that have it, as `source:id` where several sources were read.',
    },
    mentions: {
      type: 'json',
      optional: true,
      description:
        'Places in the text: list of `{startOffset, endOffset}`, UTF-16 code units of the text as it stands in the cell or file.',
    },
    language: {
      type: 'string',
      nullable: true,
      description: 'Language of the text, ISO 639-1; null for groups of several.',
    },
    ...engineFields,
    ...errorFields,
  },
});

export type KeywordRow = RowOf<typeof keywordSchema>;
