import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type TableDialect, TableParser, type TableRecord } from '../../src/io/texts/delimited.js';
import { findDialect } from '../../src/io/texts/dialect.js';
import { UsageError } from '../../src/model.js';
import { cpuMilliseconds } from '../support/cpu-time.js';
import { idsOf, TextFolder, textsOf } from '../support/texts.js';

const folder = new TextFolder();
afterAll(() => folder.remove());

/** What the parser gives for a text that comes in pieces of this length. */
function parseIn(text: string, pieceLength: number, dialect: TableDialect, maxCharacters = 1000): TableRecord[] {
  const parser = new TableParser(dialect, { maxCharacters });
  const records: TableRecord[] = [];
  for (let at = 0; at < text.length; at += pieceLength) {
    for (const some of parser.push(text.slice(at, at + pieceLength))) records.push(...some);
  }
  for (const some of parser.push('', true)) records.push(...some);
  return records;
}

const comma: TableDialect = { delimiter: ',', lineEnd: '\n' };
const cellsOf = (records: readonly TableRecord[]) =>
  records.map((record) => ('cells' in record ? record.cells : record));

describe('tables', () => {
  it('hold quoted delimiters, quotes and line ends, and know their lines', () => {
    const text = 'a,b\r\n"1,""x""","two\nlines"\r\n3" screen,4\n,\n"",""';
    for (const length of [1, 2, 3, 7, 100]) {
      expect(parseIn(text, length, comma)).toEqual([
        { line: 1, cells: ['a', 'b'] },
        { line: 2, cells: ['1,"x"', 'two\nlines'] },
        { line: 4, cells: ['3" screen', '4'] },
        { line: 5, cells: ['', ''] },
        { line: 6, cells: ['', ''] },
      ]);
    }
  });

  it('may have line ends that were converted twice', async () => {
    const text = 'text,id\r\r\n"uno\r\r\nmás","a"\r\r\n\r\r\ndos,b\r\r\n"tres","c"\r\r';
    for (const length of [1, 2, 3, 100]) {
      expect(cellsOf(parseIn(text, length, comma))).toEqual([
        ['text', 'id'],
        ['uno\r\r\nmás', 'a'],
        [''],
        ['dos', 'b'],
        ['tres', 'c'],
      ]);
    }
    const items = await folder.read({ 'a.csv': text });
    expect(textsOf(items)).toEqual(['uno\r\r\nmás', 'dos', 'tres']);
    expect(idsOf(items)).toEqual(['a', 'b', 'c']);
  });

  it('lose one line to a quote that is never closed, however long the file', () => {
    const text = `a,b\n1,"open\n2,x\n${'3,y\n'.repeat(1000)}`;
    for (const length of [5, 64, 100_000]) {
      const records = parseIn(text, length, comma);
      expect(records[1]).toEqual({ line: 2, fault: 'unclosed' });
      expect(records[2]).toEqual({ line: 3, cells: ['2', 'x'] });
      expect(records).toHaveLength(1003);
      expect(records.at(-1)).toEqual({ line: 1003, cells: ['3', 'y'] });
    }
  });

  it('may have blanks on either side of quotes', async () => {
    const text = 'id, "text" ,n \n1, "a, ""b""\nc"\t, x \r\n  "2" ,"d"  \n3, "e" f,"g"\n4, "open,h\n5, "i" \t';
    for (const length of [1, 2, 3, 7, 200]) {
      expect(parseIn(text, length, comma)).toEqual([
        { line: 1, cells: ['id', 'text', 'n '] },
        { line: 2, cells: ['1', 'a, "b"\nc', ' x '] },
        { line: 4, cells: ['2', 'd'] },
        { line: 5, cells: ['3', ' "e" f', 'g'] },
        { line: 6, cells: ['4', ' "open', 'h'] },
        { line: 7, cells: ['5', 'i'] },
      ]);
    }
    expect(cellsOf(parseIn('"a" \t"b"\n \t "c"', 3, { delimiter: '\t', lineEnd: '\n' }))).toEqual([
      ['a', 'b'],
      [' ', 'c'],
    ]);
    expect(textsOf(await folder.read({ 'a.csv': '"id" , "text"\n"1" , "uno, dos" \n' }))).toEqual(['uno, dos']);
  });

  it('lose one line to text after a closing quote', () => {
    expect(parseIn('1,"he said "no" to it"\n2,"b"\n', 4, comma)).toEqual([
      { line: 1, fault: 'quote' },
      { line: 2, cells: ['2', 'b'] },
    ]);
    expect(parseIn('x,"two\nlines","bad"x\n5,6', 100, comma)).toEqual([
      { line: 2, fault: 'quote' },
      { line: 3, cells: ['5', '6'] },
    ]);
  });

  it('lose a line that is longer than any line may be', () => {
    const text = `1,2\n${'x'.repeat(5000)}\n3,4\n`;
    for (const length of [10, 999, 10_000]) {
      const faults = parseIn(text, length, comma);
      expect(faults.at(-1)).toEqual({ line: 3, cells: ['3', '4'] });
      // A line that is there in one piece is taken all the same.
      expect(faults).toHaveLength(3);
    }
  });

  it('are read in time that grows with their length', () => {
    for (const piece of [
      '"',
      '""',
      '"""',
      '"a',
      '"a"b\n',
      '"\n',
      'x"\n"a"b\n',
      ',"',
      '"",',
      '\r',
      '"\r',
      '","\n',
      ', "',
      ', ""',
      ', """',
      ' "a\n',
      '" ',
    ]) {
      const text = piece.repeat(Math.ceil((1 << 20) / piece.length));
      const spent = cpuMilliseconds(() => parseIn(text, 1 << 16, comma, 1 << 18));
      expect(spent, JSON.stringify(piece)).toBeLessThan(3000);
    }
  });

  it('of any kind are read back cell by cell, as csv-stringify writes them', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '|', '\n', '\r', ' ', 'é', '😀'), maxLength: 8 }),
    );
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      );
    const lineEnds = fc.constantFrom('\n', '\r\n', '\r');
    const facts = [table, fc.constantFrom(',', ';', '\t', '|'), lineEnds, fc.integer({ min: 1, max: 40 })] as const;
    fc.assert(
      fc.property(...facts, fc.boolean(), (rows, delimiter, lineEnd, pieceLength, isQuoted) => {
        // Bare line ends of the other kind are only sure to survive in quotes.
        const quoted = isQuoted || rows.flat().some((value) => /[\r\n]/.test(value));
        const text = stringify(rows, { delimiter, record_delimiter: lineEnd, quoted, quoted_empty: true });
        const dialect: TableDialect = { delimiter, lineEnd: lineEnd === '\r' ? '\r' : '\n' };
        expect(cellsOf(parseIn(text, pieceLength, dialect, 1e6))).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it('are the same with blanks around their quotes', () => {
    const sign = fc.constantFrom('a', '"', ',', ' ', '\n');
    const row = fc.array(fc.string({ unit: sign, maxLength: 8 }), { minLength: 2, maxLength: 2 });
    const blanks = fc.constantFrom('', ' ', '\t ');
    const facts = [
      fc.array(row, { minLength: 1, maxLength: 6 }),
      blanks,
      blanks,
      fc.integer({ min: 1, max: 40 }),
    ] as const;
    fc.assert(
      fc.property(...facts, (rows, before, after, pieceLength) => {
        const quote = (cell: string) => `${before}"${cell.replaceAll('"', '""')}"${after}`;
        const text = rows.map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
        expect(cellsOf(parseIn(text, pieceLength, comma, 1e6))).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it('with faults never lose what follows, and agree with csv-parse where there are none', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', ' ', '\n'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 70 }), (source, pieceLength) => {
        const records = parseIn(source, pieceLength, comma);
        expect(records).toEqual(parseIn(source, 1000, comma));
        const lines = records.map(({ line }) => line);
        expect(lines).toEqual([...lines].sort((a, b) => a - b));
        let expected: string[][];
        try {
          expected = parse(source, { relax_column_count: true, relax_quotes: false });
        } catch {
          return;
        }
        expect(cellsOf(records)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('dialects', () => {
  const find = (sample: string, wanted: string | null = null, given: string | null = null) =>
    findDialect(sample, { given, isWhole: true, hasWanted: (header) => wanted !== null && header.includes(wanted) });

  it('are found', () => {
    expect(find('a,b\n1,2\n')).toEqual({ delimiter: ',', lineEnd: '\n', skip: 0 });
    expect(find('a;b\r\n1,5;2\r\n')).toEqual({ delimiter: ';', lineEnd: '\n', skip: 0 });
    expect(find('a\tb\r1\t2\r')).toEqual({ delimiter: '\t', lineEnd: '\r', skip: 0 });
    expect(find('a\tb\r\r1\t2\r')).toEqual({ delimiter: '\t', lineEnd: '\r', skip: 0 });
    expect(find('a;b\r\r\n1;2\r\r\n')).toEqual({ delimiter: ';', lineEnd: '\n', skip: 0 });
    expect(find('sep=;\r\r\na,x;b\r\r\n')).toEqual({ delimiter: ';', lineEnd: '\n', skip: 8 });
    expect(find('a;b\r').lineEnd).toBe('\n');
    expect(find('a|b\n"x,y,z"|2\n').delimiter).toBe('|');
    expect(find('"a,b,c,d";b\n1;2\n').delimiter).toBe(';');
    expect(find('review\ngood, and cheap\nbad, and dear\n').delimiter).toBe('\uffff');
    expect(find('sep=;\r\na,x;b\r\n')).toEqual({ delimiter: ';', lineEnd: '\n', skip: 7 });
    expect(find('"x\ry"\n').lineEnd).toBe('\n');
    expect(find('id;text, long\n1;a, b, c\n', 'text, long').delimiter).toBe(';');
  });

  it('may be given', () => {
    expect(find('a,b', null, 'tab').delimiter).toBe('\t');
    expect(find('a,b', null, '\\t').delimiter).toBe('\t');
    expect(find('a,b', null, '^').delimiter).toBe('^');
    expect(() => find('a', null, '||')).toThrow(UsageError);
    expect(() => find('a', null, '"')).toThrow(UsageError);
  });
});

describe('texts of tables', () => {
  it('are the cells of one column, with ids and other columns', async () => {
    const csv = 'ID,Review,stars\nx1,"Good, ""very""",5\nx2,Bad,\n';
    const items = await folder.read({ 'a.csv': csv }, { textColumn: 'review', keep: ['stars', 'Id'] });
    expect(items[0]).toMatchObject({
      index: 0,
      source: 'a.csv',
      sizeBytes: 12,
      payload: { id: 'x1', text: 'Good, "very"', format: 'plain', columns: { stars: '5', Id: 'x1' } },
    });
    expect(items[1]).toMatchObject({ index: 1, payload: { id: 'x2', text: 'Bad', columns: { stars: '' } } });
    expect(items).toHaveLength(2);
  });

  it('are found by name, by number, or by the usual names', async () => {
    const csv = 'Product ID;Comentario\n7;bueno\n';
    expect(textsOf(await folder.read({ 'a.csv': csv }))).toEqual(['bueno']);
    expect(textsOf(await folder.read({ 'a.csv': csv }, { textColumn: '1' }))).toEqual(['7']);
    expect(textsOf(await folder.read({ 'a.csv': csv }, { textColumn: 'product_id' }))).toEqual(['7']);
    expect(idsOf(await folder.read({ 'a.csv': csv }, { idColumn: 'productid' }))).toEqual(['7']);
    expect(idsOf(await folder.read({ 'a.csv': 'text\na\nb\n' }))).toEqual(['1', '2']);
    expect(idsOf(await folder.read({ 'a.csv': 'text,id\na,2\nb,\nc\n' }))).toEqual(['2', '#2', '#3']);
    expect(textsOf(await folder.read({ 'a.csv': 'anything\nx\n\ny\n' }))).toEqual(['x', '', 'y']);
  });

  it.each([
    [{ textColumn: 'rewiew' }, /no column "rewiew"; did you mean "review"\? the columns are "id", "review"/],
    [{ textColumn: '3' }, /no column "3"/],
    [{ keep: ['date'] }, /no column "date"; the columns are/],
    [{ keep: ['date'], askedBy: new Map([['date', '--date-column']]) }, /^--date-column: there is no column "date"/],
    [{ idColumn: 'key' }, /^--id-column: there is no column "key"/],
  ])('need the columns that are asked for: %j', async (options, message) => {
    const [failed, ...others] = await folder.read({ 'a.csv': 'id,review\n1,x\n' }, options);
    expect(others).toEqual([]);
    expect(failed).toMatchObject({ page: null, error: { code: 'COLUMN_NOT_FOUND' } });
    expect(failed && 'error' in failed && failed.error.message).toMatch(message);
  });

  it('need a name where it is not known which column is meant', async () => {
    const message = async (csv: string, textColumn: string | null = null) => {
      const [item] = await folder.read({ 'a.csv': csv }, { textColumn });
      return item && 'error' in item ? item.error.message : null;
    };
    expect(await message('a,b\n1,2\n')).toMatch(/give --text-column NAME \(the columns are "a", "b"\)/);
    expect(await message('text,comment\n1,2\n')).toMatch(/several columns/);
    const ambiguous =
      '2 columns are named "x"; name the one that is meant by its number, 1 or 3; the columns are "x", "y", "x"';
    expect(await message('x,y,x\n1,2,3\n', 'x')).toBe(ambiguous);
    expect(textsOf(await folder.read({ 'a.csv': 'x,y,x\n1,2,3\n' }, { textColumn: '3' }))).toEqual(['3']);
  });

  it('miss cells only where the text is there', async () => {
    const csv = 'id,text,stars\n1,a,5\n2,b\n3\n\n4,c,1,,\n5,d, and e,1\n6,"open\n7,f,2\n';
    const items = await folder.read({ 'a.csv': csv }, { keep: ['stars'] });
    expect(textsOf(items)).toEqual(['a', 'b', 'MALFORMED_LINE 4', 'c', 'MALFORMED_LINE 7', 'MALFORMED_LINE 8', 'f']);
    expect(items.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(items[1]).toMatchObject({ payload: { columns: { stars: null } } });
    expect(items[5]).toMatchObject({ error: { message: expect.stringMatching(/^line 8: a quote opens here/) } });
  });

  it('are read in the encoding that they have', async () => {
    const table = 'id,texto\n1,¡Qué cremoso! “sí” 5 €\n';
    const utf16be = Buffer.from(table, 'utf16le').swap16();
    const cp1252 = Buffer.from(
      [...table].map((sign) => ({ '“': 0x93, '”': 0x94, '€': 0x80 })[sign] ?? sign.charCodeAt(0)),
    );
    const encoded = {
      utf8: Buffer.from(table),
      bom: Buffer.from(`\ufeff${table}`),
      utf16le: Buffer.from(`\ufeff${table}`, 'utf16le'),
      utf16be: Buffer.concat([Buffer.of(0xfe, 0xff), utf16be]),
      bare16le: Buffer.from(table, 'utf16le'),
      bare16be: utf16be,
      cp1252,
    };
    for (const [name, bytes] of Object.entries(encoded)) {
      const items = await folder.read({ 'a.csv': bytes });
      expect(textsOf(items), name).toEqual(['¡Qué cremoso! “sí” 5 €']);
      expect(idsOf(items), name).toEqual(['1']);
    }
    const latin9 = Buffer.from('text\n\xa4\n', 'latin1');
    expect(textsOf(await folder.read({ 'a.csv': latin9 }, { encoding: 'iso-8859-15' }))).toEqual(['€']);
    await expect(folder.read({ 'a.csv': latin9 }, { encoding: 'utf-9' })).rejects.toThrow(/unknown encoding "utf-9"/);
    await expect(folder.read({ 'a.csv': latin9 }, { delimiter: 'ab' })).rejects.toThrow(UsageError);
  });

  it('are read in spite of stray zeros and control characters, which their cells keep', async () => {
    const bad = 'a\0b\x01';
    const long = 'ok\n'.repeat(1000);
    for (const csv of [`id,text\n1,${bad}\n2,c\n`, `text\n${bad}\nc\n`, `id;text\n1;"${bad}"\n2;c\n`]) {
      expect(textsOf(await folder.read({ 'a.csv': csv })), JSON.stringify(csv)).toEqual([bad, 'c']);
      const wide = Buffer.from(`${csv}${csv.slice(-4).repeat(20)}`, 'utf16le');
      expect(textsOf(await folder.read({ 'a.csv': wide }))[0], JSON.stringify(csv)).toBe(bad);
    }
    expect(textsOf(await folder.read({ 'a.csv': `text\n${long}${bad}\n` })).at(-1)).toBe(bad);
    const bytes = Buffer.from(Array.from({ length: 200 }, (_, at) => (at * 97) % 256));
    expect(textsOf(await folder.read({ 'a.csv': bytes }))).toEqual(['NOT_TEXT']);
    expect(textsOf(await folder.read({ 'a.csv': Buffer.alloc(2) }))).toEqual(['NOT_TEXT']);
  });

  it('are UTF-8 in spite of one broken character among many', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`text\n${'está bueno\n'.repeat(50)}`),
      Buffer.from('mal\xe9\n', 'latin1'),
    ]);
    const texts = textsOf(await folder.read({ 'a.csv': bytes }));
    expect(texts[0]).toBe('está bueno');
    expect(texts.at(-1)).toBe('mal\ufffd');
  });

  it('know the last letter of a long file', async () => {
    const long = `text\n${'a plain line of a review, without any accent\n'.repeat(60_000)}`;
    const texts = textsOf(await folder.read({ 'a.csv': Buffer.from(`${long}á\n`, 'latin1') }, { textColumn: 'text' }));
    expect(texts).toHaveLength(60_001);
    expect(texts[0]).toBe('a plain line of a review, without any accent');
    expect(texts.at(-1)).toBe('á');
    const wide = Buffer.from(`text\n${'ñandú😀 '.repeat(10)}\n`.repeat(20_000));
    expect(textsOf(await folder.read({ 'a.csv': wide }, { textColumn: 'text' })).at(-1)).toBe('ñandú😀 '.repeat(10));
  });

  it('of any table are read back exactly, in any encoding', async () => {
    const sign = fc.constantFrom('a', '"', ',', ';', '\t', ' ', 'é', 'ñ', '¿', '\n', '<', '&');
    const row = fc.tuple(fc.string({ unit: sign, maxLength: 9 }), fc.string({ unit: sign, maxLength: 9 }));
    const facts = [
      fc.array(row, { minLength: 1, maxLength: 20 }),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom('utf8', 'utf16le', 'latin1'),
    ] as const;
    await fc.assert(
      fc.asyncProperty(...facts, async (rows, delimiter, lineEnd, encoding) => {
        const options = { delimiter, record_delimiter: lineEnd, quoted: true, quoted_empty: true };
        const text = stringify([['name', 'text'], ...rows], options);
        const items = await folder.read({ 'a.csv': Buffer.from(text, encoding as BufferEncoding) }, { keep: ['name'] });
        const got = items.map((item) =>
          'error' in item ? item.error : [item.payload.columns.name, item.payload.text],
        );
        expect(got).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });
});
