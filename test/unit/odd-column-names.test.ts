import { afterAll, describe, expect, it } from 'vitest';
import { carryColumns } from '../../src/commands/text-columns.js';
import type { TextDocument } from '../../src/model.js';
import { cellsOf, orderRow, withFields } from '../../src/rows/define.js';
import { sentimentSchema } from '../../src/rows/sentiment.js';
import { type Read, TextFolder } from '../support/texts.js';

const folder = new TextFolder();
afterAll(() => folder.remove());

const FLAGS = { dateColumn: null, dateOrder: 'dmy', keep: [] as readonly string[] } as const;

function documentOf(item: Read | undefined): TextDocument {
  if (item === undefined || 'error' in item) throw new Error(`no text: ${JSON.stringify(item)}`);
  return item.payload;
}

describe('columns whose names objects have of their own', () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const files = {
    'a.csv': `text,${names.join(',')}\nuno,a,b,c\n`,
    'a.jsonl': `{"text":"uno",${names.map((name, at) => `"${name}":"${'abc'[at]}"`).join(',')}}\n`,
  };

  it('are read of tables and of JSON', async () => {
    for (const item of await folder.read(files, { keep: names })) {
      expect(Object.entries(documentOf(item).columns)).toEqual(names.map((name, at) => [name, 'abc'[at]]));
    }
  });

  it('are nothing where a text has none', async () => {
    const [item] = await folder.read({ 'a.txt': 'uno' });
    const columns = carryColumns({ ...FLAGS, groupBy: 'constructor' }, [sentimentSchema]);
    expect(Object.values(columns.valuesOf(documentOf(item)))).toEqual([null]);
    expect(columns.valuesOf({ ...documentOf(item), columns: {} })).toEqual({ constructor: null });
  });

  it('may be grouped by, and are written', async () => {
    const [item] = await folder.read(files, { keep: names });
    const columns = carryColumns({ ...FLAGS, groupBy: '__proto__' }, [sentimentSchema]);
    const values = columns.valuesOf(documentOf(item));
    expect(Reflect.get(values, '__proto__')).toBe('a');
    const schema = withFields({ ...sentimentSchema, fields: {} }, columns.fields);
    const row = { schema: schema.name, ...values };
    expect(JSON.stringify(orderRow(schema, row))).toBe('{"schema":"uxd.sentiment/1","__proto__":"a"}');
    expect(cellsOf(schema, row).get('__proto__')).toBe('a');
  });

  it('need another name in the rows where it would be lost', () => {
    const carry = (keep: string) => carryColumns({ ...FLAGS, keep: [keep] }, [sentimentSchema]);
    expect(() => carry('__proto__')).toThrow(/--keep proto=__proto__$/);
    expect(() => carry('__proto__=name')).toThrow(/--keep proto=name$/);
    expect(Object.keys(carry('proto=__proto__').fields)).toEqual(['proto']);
  });
});
