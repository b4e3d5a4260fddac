import { defineRow, type RowOf } from './define.js';

/** What a run would send and cost. */
export const estimateSchema = defineRow({
  name: 'uxd.estimate/1',
  title: 'Estimate of a run',
  description: 'The one row that `--dry-run` writes; nothing is sent.',
  fields: {
    source: { type: 'string', description: 'The inputs as given, separated by spaces.' },
    status: { type: 'string', enum: ['ok', 'error'], description: 'Always `ok`.' },
    command: { type: 'string', description: 'The command that would run.' },
    provider: { type: 'string', description: 'Who would read it.' },
    items: {
      type: 'integer',
      description: 'Texts, pictures, pieces of recordings, and groups of pages that are sent together.',
    },
    cached: { type: 'integer', description: 'Items that need no call: in the cache, or equal to another one.' },
    failed: { type: 'integer', description: 'Inputs that cannot be read.' },
    calls: { type: 'integer', description: 'Requests, when none has to be repeated.' },
    unpriced: {
      type: 'integer',
      description:
        'Items to send whose units and price are known only when they are read, such as recordings in Cloud Storage.',
    },
    units: {
      type: 'integer',
      nullable: true,
      description: 'Billable units; null where those of some items are unknown.',
    },
    underfilled: {
      type: 'integer',
      description: 'Items that fill less than half of the units that they are billed for.',
    },
    listPriceUsd: {
      type: 'number',
      nullable: true,
      description:
        'US dollars at list price, without free tiers and discounts; null where that of some items is unknown.',
    },
    pricesAsOf: {
      type: 'string',
      nullable: true,
      description: 'Date of the price list; null where nothing is billed.',
    },
    speechSeconds: {
      type: 'number',
      optional: true,
      description: 'Speech found in recordings, in seconds; the silence between is not sent.',
    },
    recordingSeconds: { type: 'number', optional: true, description: 'Length of the recordings, in seconds.' },
  },
});

export type EstimateRow = RowOf<typeof estimateSchema>;
