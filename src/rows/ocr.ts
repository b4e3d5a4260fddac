import { engineFields, errorFields, originFields } from './common.js';
import { defineRow, type RowOf } from './define.js';

export const LEVELS = ['page', 'block', 'line', 'word'] as const;
export type Level = (typeof LEVELS)[number];

/** Text that was read on a page. */
export const ocrSchema = defineRow({
  name: 'uxd.ocr/1',
  title: 'Text read on a page',
  description: 'One row a page, block, line or word, as `--level` says, in reading order.',
  fields: {
    ...originFields,
    page: { type: 'integer', nullable: true, description: 'Page number from 1; null where a whole file failed.' },
    level: { type: 'string', enum: LEVELS, description: 'What the row holds.' },
    block: { type: 'integer', optional: true, description: 'Number of the block on its page, from 1 (not on pages).' },
    line: { type: 'integer', optional: true, description: 'Number of the line in its block, from 1 (lines, words).' },
    word: { type: 'integer', optional: true, description: 'Number of the word in its line, from 1 (words).' },
    text: {
      type: 'string',
      nullable: true,
      description: 'The text; on pages lines end in LF, blocks in an empty line.',
    },
    confidence: { type: 'number', nullable: true, description: '0 to 1, mean over the characters; null without text.' },
    language: { type: 'string', nullable: true, description: 'Language of the page (BCP 47), null where unknown.' },
    width: { type: 'integer', nullable: true, description: 'Width of the upright page in pixels.' },
    height: { type: 'integer', nullable: true, description: 'Height of the upright page in pixels.' },
    box: {
      type: 'box',
      optional: true,
      description: '[x, y, width, height] in pixels of the upright page, from its top left corner (not on pages).',
    },
    ...engineFields,
    ...errorFields,
  },
});

export type OcrRow = RowOf<typeof ocrSchema>;
