import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseJson } from '../../src/io/texts/json-numbers.js';
import { LineSplitter } from '../../src/io/texts/pieces.js';
import { cpuMilliseconds } from '../support/cpu-time.js';
import { idsOf, TextFolder, textsOf } from '../support/texts.js';

const folder = new TextFolder();
afterAll(() => folder.remove());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('files of text', () => {
  it('are one document each, exactly as they stand', async () => {
    const items = await folder.read({
      'a.txt': ' uno\r\n\ndos ',
      'b.md': '# T',
      'c.HTM': '<p>x',
      '-': 'from a pipe\n',
    });
    expect(textsOf(items)).toEqual([' uno\r\n\ndos ', '# T', '<p>x', 'from a pipe\n']);
    expect(items.map((item) => ('error' in item ? null : item.payload.format))).toEqual([
      'plain',
      'markdown',
      'html',
      'plain',
    ]);
    expect(idsOf(items)).toEqual(['1', '1', '1', '1']);
    expect(items[1]).toMatchObject({ index: 1, source: 'b.md', key: sha256('markdown\0# T'), sizeBytes: 3 });
  });

  it('are a document a line where that is asked for, and lose nothing', async () => {
    const lines = async (text: string) => textsOf(await folder.read({ 'a.txt': text }, { isLineDocuments: true }));
    expect(await lines('uno\n\n  dos \r\ntres')).toEqual(['uno', '', '  dos ', 'tres']);
    expect(await lines('uno\rdos\r')).toEqual(['uno', 'dos']);
    expect(await lines('uno\r\r\n\r\r\ndos\r\r\n')).toEqual(['uno', '', 'dos']);
    expect(await lines('uno\n\n')).toEqual(['uno', '']);
    expect(idsOf(await folder.read({ 'a.txt': 'a\n\nb' }, { isLineDocuments: true }))).toEqual(['1', '2', '3']);
    expect(textsOf(await folder.read({ 'a.csv': 'a,b\nc' }, { isLineDocuments: true }))).toEqual(['a,b', 'c']);
  });

  it('split into the same lines, however they come', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\r', '\n'), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (source, length) => {
        const splitter = new LineSplitter('\n', 1000);
        const lines: string[] = [];
        for (let at = 0; at < source.length; at += length) {
          lines.push(...splitter.push(source.slice(at, at + length), false).map(({ text: line }) => line ?? ''));
        }
        lines.push(...splitter.push('', true).map(({ text: line }) => line ?? ''));
        const expected = source.split('\n');
        if (expected.at(-1) === '') expected.pop();
        const ends = source.endsWith('\n') ? expected.length : expected.length - 1;
        expect(lines).toEqual(expected.map((line, at) => (at < ends ? line.replace(/\r+$/, '') : line)));
      }),
    );
    const splitter = new LineSplitter('\n', 10);
    expect(splitter.push(`${'x'.repeat(50)}\nshort\n`, true)).toEqual([
      { line: 1, text: null },
      { line: 2, text: 'short' },
    ]);
  });

  it('that are none say what they are and what to do', async () => {
    const files = {
      'a.txt': '',
      'b.txt': Buffer.from('\x89PNG\r\n\x1a\n\0\0\0', 'latin1'),
      'it is.docx': Buffer.from('PK\x03\x04\x14\0', 'latin1'),
      'c.csv': Buffer.from('\x1f\x8b\x08\0', 'latin1'),
      'd.bin': Buffer.alloc(3000, 'a\0\0\0\x01\0\0'),
      'e.txt': 'a text about %PDF-1.7, and BZ\0 one stray NUL',
    };
    const items = await folder.read(files);
    const messages = items.map((item) => ('error' in item ? `${item.error.code}: ${item.error.message}` : 'ok'));
    expect(messages).toEqual([
      expect.stringMatching(/^EMPTY_FILE/),
      expect.stringMatching(/^NOT_TEXT: this is a picture; .* uxd ocr b.txt > text.jsonl, then read text.jsonl$/),
      expect.stringMatching(/^NOT_TEXT: this is a ZIP or office file/),
      expect.stringMatching(/gunzip -k c.csv$/),
      expect.stringMatching(/binary/),
      'ok',
    ]);
    const [missing] = await folder.readPaths([{ index: 0, source: 'x', path: '/nonexistent/x' }]);
    expect(missing).toMatchObject({ error: { code: 'FILE_NOT_FOUND' } });
  });

  it('that came on standard input have no name to advise on', async () => {
    const message = async (content: string | Uint8Array) => {
      const [item] = await folder.read({ '-': content });
      return item && 'error' in item ? item.error.message : null;
    };
    expect(await message('')).toMatch(/^nothing came on standard input/);
    expect(await message(Buffer.from([0x1f, 0x8b, 8, 0]))).toBe('this is compressed with gzip; unpack it first');
  });

  it('are the pages of a PDF that have text', async () => {
    const path = fileURLToPath(new URL('../../samples/documents/report.pdf', import.meta.url));
    const items = await folder.readPaths([{ index: 0, source: 'report.pdf', path }]);
    expect(items.length).toBeGreaterThan(0);
    for (const [at, item] of items.entries()) {
      if ('error' in item) expect(item).toMatchObject({ page: at + 1, error: { code: 'NO_TEXT_LAYER' } });
      else expect(item.payload).toMatchObject({ id: `p${at + 1}`, format: 'plain' });
    }
    expect(items.some((item) => !('error' in item) && item.payload.text.length > 20)).toBe(true);
  });

  it('have equal keys exactly where format and characters are equal', async () => {
    const [a, b, c, d, e] = await folder.read(
      { 'a.jsonl': ['\\ud800', '\\udc00', '\\ufffd', 'x', 'x'].map((text) => `{"text":"${text}"}`).join('\n') },
      {},
    );
    const keys = [a, b, c, d, e].map((item) => (item !== undefined && 'key' in item ? item.key : ''));
    expect(new Set(keys).size).toBe(4);
    expect(keys[3]).toBe(keys[4]);
    expect(keys[3]).toBe(sha256('plain\0x'));
    const long = 'ñ'.repeat(200_000);
    const [item] = await folder.read({ 'a.txt': long });
    expect(item).toMatchObject({ key: sha256(`plain\0${long}`), sizeBytes: 400_000 });
  });
});

describe('JSON', () => {
  const lines = (...values: unknown[]) =>
    values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');

  it('gives a text a line, with ids and fields', async () => {
    const jsonl = lines(
      { id: 7, review: 'uno', stars: 5, tags: ['a'] },
      { review: 'dos', more: { deep: 'x' } },
      '',
      '{broken',
      '[1]',
      { other: 1 },
      { id: '', review: null },
    );
    const items = await folder.read({ 'a.jsonl': jsonl }, { keep: ['stars', 'tags', 'more.deep'] });
    expect(textsOf(items)).toEqual(['uno', 'dos', 'MALFORMED_LINE 4', 'MALFORMED_LINE 5', 'MALFORMED_LINE 6', '']);
    expect(idsOf(items)).toEqual(['7', '#2', '#6']);
    expect(items[0]).toMatchObject({ payload: { columns: { stars: 5, tags: '["a"]', 'more.deep': null } } });
    expect(items[1]).toMatchObject({ payload: { columns: { stars: null, 'more.deep': 'x' } } });
    expect(items[2]).toMatchObject({ error: { message: expect.stringMatching(/^line 4: the line is no JSON/) } });
    expect(items[4]).toMatchObject({ error: { message: expect.stringMatching(/"review" is missing.*"other"/) } });
  });

  it('keeps the digits of numbers that JavaScript would round', async () => {
    const record =
      '{"id":1234567890123456789,"text":"1234567890123456789, \\"1e400\\" \\\\","a":-1e400,"b":[1e999,5],"c":0.5e1}';
    const other = '{"id":9007199254740991,"text":12345678901234567890,"a":1e-400,"b":0e5,"c":0.30000000000000004}';
    const read = { keep: ['a', 'b', 'c'] };
    for (const files of [{ 'a.jsonl': `${record}\n${other}\n` }, { 'a.json': `[${record},\n${other}]` }]) {
      const items = await folder.read(files, read);
      expect(idsOf(items)).toEqual(['1234567890123456789', '9007199254740991']);
      expect(textsOf(items)).toEqual(['1234567890123456789, "1e400" \\', '12345678901234567890']);
      expect(items[0]).toMatchObject({ payload: { columns: { a: '-1e400', b: '["1e999",5]', c: 5 } } });
      expect(items[1]).toMatchObject({ payload: { columns: { a: '1e-400', b: 0, c: 0.30000000000000004 } } });
    }
    const broken = ['{1e400:1,"text":"x"}', '{"text":01e400}', '{"text":"1234567890123456789'];
    expect(textsOf(await folder.read({ 'a.jsonl': broken.join('\n') }))).toEqual(
      [1, 2, 3].map((line) => `MALFORMED_LINE ${line}`),
    );
  });

  it('with long numbers is read in time that grows with its length', () => {
    for (const piece of ['"\\\\",', '1e400,', '"\\"",', '-1234567890123456789,', '"",']) {
      const source = `[${piece.repeat((1 << 20) / piece.length)}1e400]`;
      const spent = cpuMilliseconds(() => expect((parseJson(source) as unknown[]).at(-1)).toBe('1e400'));
      expect(spent, piece).toBeLessThan(3000);
    }
  });

  it('is known by its content, also from a pipe', async () => {
    const jsonl = lines({ text: 'uno' }, { text: 'dos' });
    for (const name of ['-', 'a.txt', 'a.json']) {
      expect(textsOf(await folder.read({ [name]: jsonl })), name).toEqual(['uno', 'dos']);
    }
    expect(textsOf(await folder.read({ '-': '{not json}\n' }))).toEqual(['{not json}\n']);
    expect(textsOf(await folder.read({ '-': 'a;b\n1;2\n' }, { textColumn: 'b' }))).toEqual(['2']);
  });

  it('may be an array', async () => {
    const items = await folder.read({ 'a.json': '[{"text":"uno","id":"k"}, 3, {"text":"dos"}]' });
    expect(textsOf(items)).toEqual(['uno', 'MALFORMED_LINE', 'dos']);
    expect(idsOf(items)).toEqual(['k', '#3']);
    expect(textsOf(await folder.read({ 'a.json': '[1,' }))).toEqual(['MALFORMED_FILE']);
    expect(textsOf(await folder.read({ 'a.json': '{"text":"one object"}' }))).toEqual(['one object']);
  });

  it('asked for a field that no record has is refused once', async () => {
    const jsonl = lines({ review: 'a' }, { review: 'b' });
    const items = await folder.read({ 'a.jsonl': jsonl }, { textColumn: 'rewiew' });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      error: { code: 'COLUMN_NOT_FOUND', message: expect.stringMatching(/did you mean "review"/) },
    });
    expect(textsOf(await folder.read({ 'a.jsonl': jsonl }, { textColumn: 'Review' }))).toEqual(['a', 'b']);
  });

  it('of other uxd commands keeps their sources, places and errors', async () => {
    const row = { schema: 'uxd.ocr/1', source: 'f.png', status: 'ok' };
    const error = { errorCode: 'CORRUPT_IMAGE', errorMessage: 'it is damaged', retryable: false, attempts: 0 };
    const jsonl = lines(
      { ...row, page: 1, level: 'page', text: 'uno' },
      { ...row, page: 2, level: 'line', block: 1, line: 3, text: 'dos' },
      { schema: 'uxd.ocr/1', source: 'g.png', status: 'error', page: null, text: null, ...error },
      { schema: 'uxd.label/1', source: 'f.png', status: 'ok', page: 1, name: 'yogurt' },
      { schema: 'uxd.shard/1', source: 'f.png', index: 0 },
      { schema: 'uxd.estimate/1', source: 'f.png', status: 'ok' },
      { ...row, page: 3, id: 'own', text: null },
    );
    const items = await folder.read({ '-': jsonl });
    expect(items.map(({ source }) => source)).toEqual(['f.png', 'f.png', 'g.png', 'f.png']);
    expect(textsOf(items)).toEqual(['uno', 'dos', 'CORRUPT_IMAGE', '']);
    expect(idsOf(items)).toEqual(['p1', 'p2b1l3', 'own']);
    expect(items[2]).toMatchObject({ page: null, error: { message: 'it is damaged', isRetryable: false } });
  });
});
