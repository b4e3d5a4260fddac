/** All row types by the command that writes them. */
import type { RowSchema } from './define.js';
import { estimateSchema } from './estimate.js';
import { ocrSchema } from './ocr.js';
import { shardSchema } from './shard.js';
import { labelSchema, logoSchema, objectSchema } from './sightings.js';

export const ROW_SCHEMAS = {
  ocr: [ocrSchema, labelSchema, objectSchema, logoSchema],
  estimate: [estimateSchema],
  shard: [shardSchema],
} as const satisfies Readonly<Record<string, readonly RowSchema[]>>;
