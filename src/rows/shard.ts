import { defineRow, type RowOf } from './define.js';

/** The last row of a part written with `--shard`; `uxd merge` checks and removes it. */
export const shardSchema = defineRow({
  name: 'uxd.shard/1',
  title: 'End of a shard',
  description: 'The last row of a part that was written with `--shard i/n`; `uxd merge` needs it and removes it.',
  fields: {
    source: { type: 'string', description: 'Always empty: the row belongs to no input.' },
    status: { type: 'string', enum: ['ok', 'error'], description: 'Always `ok`.' },
    shard: { type: 'integer', description: 'Number of this part, from 0.' },
    shards: { type: 'integer', description: 'How many parts there are.' },
    rows: { type: 'integer', description: 'Rows in this part before this one.' },
    schemas: { type: 'string', description: 'Row types that the run may write, separated by spaces.' },
    columns: {
      type: 'json',
      optional: true,
      description: 'Columns of the input that the rows carry: their types by name.',
    },
    listing: { type: 'string', description: 'Hash of the whole list of inputs: parts of one run have the same.' },
  },
});

export type ShardRow = RowOf<typeof shardSchema>;

/** The row that ends part `index` of `count`, with what the part holds. */
export function shardEnd(
  { index, count }: { readonly index: number; readonly count: number },
  part: Pick<ShardRow, 'rows' | 'schemas' | 'columns' | 'listing'>,
): ShardRow {
  return { schema: 'uxd.shard/1', source: '', status: 'ok', shard: index, shards: count, ...part };
}
