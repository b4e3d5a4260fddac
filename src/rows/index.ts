/** All row types by the command that writes them. */
import type { RowSchema } from './define.js';
import { estimateSchema } from './estimate.js';
import { keywordSchema } from './keyword.js';
import { ocrSchema } from './ocr.js';
import { discardSchema, offerSchema } from './offer.js';
import { aspectSchema, sentimentSchema } from './sentiment.js';
import { shardSchema } from './shard.js';
import { labelSchema, logoSchema, objectSchema } from './sightings.js';
import { transcriptSchema } from './transcript.js';
import { trendSchema } from './trend.js';

export const ROW_SCHEMAS = {
  ocr: [ocrSchema, labelSchema, objectSchema, logoSchema],
  sentiment: [sentimentSchema, aspectSchema],
  keywords: [keywordSchema],
  transcribe: [transcriptSchema],
  offers: [offerSchema, discardSchema],
  trend: [trendSchema],
  estimate: [estimateSchema],
  shard: [shardSchema],
} as const satisfies Readonly<Record<string, readonly RowSchema[]>>;
