import { describe, expect, it } from 'vitest';
import { type ColumnFlags, carryColumns } from '../../src/commands/text-columns.js';
import { sentimentSchema } from '../../src/rows/sentiment.js';

const FLAGS: ColumnFlags = { keep: [], dateColumn: null, dateOrder: 'dmy' };

function carried(flags: Partial<ColumnFlags>, records: readonly Readonly<Record<string, string | null>>[]) {
  const columns = carryColumns({ ...FLAGS, ...flags }, [sentimentSchema]);
  const documents = records.map((values, at) => ({
    id: String(at),
    text: '',
    format: 'plain' as const,
    columns: values,
  }));
  const rows = documents.map((document) => {
    columns.valuesOf(document);
    return columns.valuesOf(document);
  });
  return { columns, rows };
}

describe('columns of the input', () => {
  it('tell what could not be read, each text once', () => {
    const records = [
      { date: '31/02/2026', stars: '5' },
      { date: '1/2/2026', stars: 'x' },
      { date: '2/2/2026', stars: '9' },
      { date: ' ', stars: null },
    ];
    const { columns, rows } = carried({ dateColumn: 'date', starsColumn: 'stars', starsMax: 5 }, records);
    expect(rows.map(({ date }) => date)).toEqual([null, '2026-02-01', '2026-02-02', null]);
    expect(columns.remarks()).toEqual([
      '1 of 3 dates in the column "date" cannot be read, such as "31/02/2026"; see --date-order',
      '2 of 3 values in the column "stars" are no number of stars from 0 to 5, such as "x"; see --stars-max',
    ]);
  });

  it('say nothing where all is well, or no text was read', () => {
    const flags = { dateColumn: 'date', starsColumn: 'stars' };
    expect(carried(flags, [{ date: '2026-01-02', stars: '4/5' }]).columns.remarks()).toEqual([]);
    expect(carried(flags, []).columns.remarks()).toEqual([]);
  });

  it('tell a column that holds nothing', () => {
    const { columns } = carried({ dateColumn: 'date', starsColumn: 'stars' }, [{ date: '', stars: null }]);
    expect(columns.remarks()).toEqual(['the column "date" holds no dates', 'the column "stars" holds no stars']);
  });

  it('know which flag asks for each', () => {
    const { columns } = carried({ keep: ['a', 'b=c'], groupBy: 'd', dateColumn: 'e' }, []);
    expect(Object.fromEntries(columns.askedBy)).toEqual({
      e: '--date-column',
      a: '--keep',
      c: '--keep',
      d: '--group-by',
    });
  });
});
