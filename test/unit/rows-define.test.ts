import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Box } from '../../src/model.js';
import { cellsOf, columnsOf, defineRow, orderRow, type RowOf } from '../../src/rows/define.js';
import { toBigQuerySchema, toJsonSchema, toJsonSchemaOfAny, toMarkdownTable } from '../../src/rows/schema-formats.js';

const line = defineRow({
  name: 'uxd.line/1',
  title: 'A line',
  description: 'A line of text.',
  fields: {
    source: { type: 'string', description: 'The path.' },
    status: { type: 'string', enum: ['ok', 'error'], description: 'Whether it was read.' },
    page: { type: 'integer', nullable: true, description: 'The page.' },
    box: { type: 'box', optional: true, description: 'Where it is.' },
    words: { type: 'json', optional: true, description: 'Its words | in order.' },
  },
});
const label = defineRow({
  name: 'uxd.label/1',
  title: 'A label',
  description: 'A label.',
  fields: {
    source: { type: 'string', description: 'The path.' },
    score: { type: 'number', description: '0 to 1.' },
  },
});

describe('row schemas', () => {
  it('give the row type', () => {
    type Row = RowOf<typeof line>;
    expectTypeOf<Row['schema']>().toEqualTypeOf<'uxd.line/1'>();
    expectTypeOf<Row['status']>().toEqualTypeOf<'ok' | 'error'>();
    expectTypeOf<Row['page']>().toEqualTypeOf<number | null>();
    expectTypeOf<Row['box']>().toEqualTypeOf<Box | undefined>();
  });

  it('refuse what some format cannot hold', () => {
    const row = { name: 'uxd.x/1', title: '', description: '' };
    expect(() => defineRow({ ...row, fields: { schema: { type: 'string', description: '' } } })).toThrow(
      /added by the kit/,
    );
    expect(() => defineRow({ ...row, fields: { box: { type: 'box', nullable: true, description: '' } } })).toThrow(
      /optional/,
    );
    const fields = { box: { type: 'box', description: '' }, boxX: { type: 'number', description: '' } } as const;
    expect(() => defineRow({ ...row, fields })).toThrow(/two origins/);
  });

  it('give the union of columns in order, nullable where a schema lacks the column', () => {
    expect(columnsOf([line, label]).map(({ name, type, nullable }) => `${name}:${type}${nullable ? '?' : ''}`)).toEqual(
      [
        'schema:string',
        'source:string',
        'status:string?',
        'page:integer?',
        'boxX:number?',
        'boxY:number?',
        'boxWidth:number?',
        'boxHeight:number?',
        'words:string?',
        'score:number?',
      ],
    );
  });

  it('flatten a row to cells', () => {
    const row = { schema: 'uxd.line/1', source: 'a', status: 'ok', page: null, box: [1, 2, 3, 4], words: [{ a: 1 }] };
    expect(Object.fromEntries(cellsOf(line, row))).toEqual({
      schema: 'uxd.line/1',
      source: 'a',
      status: 'ok',
      page: null,
      boxX: 1,
      boxY: 2,
      boxWidth: 3,
      boxHeight: 4,
      words: '[{"a":1}]',
    });
  });

  it('hold a size as an object in JSON and as three columns in tables', () => {
    const pack = defineRow({
      name: 'uxd.pack/1',
      title: 'A pack',
      description: 'A pack.',
      fields: { size: { type: 'size', nullable: true, description: 'What is in it.' } },
    });
    expect(columnsOf([pack]).map(({ name, type, nullable }) => `${name}:${type}${nullable ? '?' : ''}`)).toEqual([
      'schema:string',
      'sizeCount:number?',
      'sizeAmount:number?',
      'sizeUnit:string?',
    ]);
    const row = { schema: 'uxd.pack/1', size: { count: 12, amount: 125, unit: 'g' } };
    expect([...cellsOf(pack, row).values()]).toEqual(['uxd.pack/1', 12, 125, 'g']);
    expect([...cellsOf(pack, { ...row, size: null }).values()]).toEqual(['uxd.pack/1', null, null, null]);
    expect(toJsonSchema(pack)).toMatchObject({
      properties: { size: { type: ['object', 'null'], required: ['count', 'amount', 'unit'] } },
    });
    expect(toBigQuerySchema([pack])[1]).toMatchObject({
      type: 'RECORD',
      mode: 'NULLABLE',
      fields: [{ name: 'count' }, { name: 'amount' }, { name: 'unit', type: 'STRING' }],
    });
  });

  it('order the keys of a row and refuse unknown ones', () => {
    expect(JSON.stringify(orderRow(label, { score: 1, source: 'a', schema: 'uxd.label/1' }))).toBe(
      '{"schema":"uxd.label/1","source":"a","score":1}',
    );
    expect(() => orderRow(label, { schema: 'uxd.label/1', source: 'a', score: 1, colour: 'red' })).toThrow(/colour/);
  });

  it('give a JSON Schema', () => {
    expect(toJsonSchema(line)).toMatchObject({
      required: ['schema', 'source', 'status', 'page'],
      additionalProperties: false,
      properties: {
        schema: { const: 'uxd.line/1' },
        status: { type: 'string', enum: ['ok', 'error'] },
        page: { type: ['integer', 'null'] },
        box: { type: 'array', minItems: 4, maxItems: 4 },
      },
    });
    expect(toJsonSchemaOfAny([line, label]).oneOf).toHaveLength(2);
    expect(toJsonSchemaOfAny([line])).toEqual(toJsonSchema(line));
  });

  it('give a BigQuery schema', () => {
    const modes = toBigQuerySchema([line, label]).map(({ name, type, mode }) => `${name} ${type} ${mode}`);
    expect(modes).toEqual([
      'schema STRING REQUIRED',
      'source STRING REQUIRED',
      'status STRING NULLABLE',
      'page INT64 NULLABLE',
      'box FLOAT64 REPEATED',
      'words JSON NULLABLE',
      'score FLOAT64 NULLABLE',
    ]);
  });

  it('give a Markdown table', () => {
    expect(toMarkdownTable(line)).toContain('| `words` | json (may be absent) | Its words \\| in order. |');
  });
});
