import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenPage, readWordRows } from '../../src/io/word-rows.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'uxd-rows-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ROW = {
  schema: 'uxd.ocr/1',
  source: 'a.png',
  status: 'ok',
  page: 1,
  level: 'word',
  text: '2,49',
  confidence: 0.9,
  width: 1000,
  height: 1400,
  box: [10, 10, 40, 20],
};

async function read(rows: readonly object[]): Promise<GivenPage[]> {
  const file = path.join(folder, 'rows.jsonl');
  await writeFile(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  const pages: GivenPage[] = [];
  for await (const page of readWordRows(file, 'rows.jsonl')) pages.push(page);
  return pages;
}

describe('rows of words that cannot be', () => {
  it.each([
    ['a box far away', { box: [1e300, 10, 40, 20] }, 'lies far outside of its page (1000 x 1400)'],
    ['a box far left', { box: [-1100, 10, 40, 20] }, 'lies far outside of its page'],
    ['a huge box', { box: [0, 0, 1e300, 20] }, 'is larger than its page'],
    ['NaN, which JSON writes as null', { box: [null, 10, 40, 20] }, 'is not made of four numbers'],
    ['a negative width', { box: [10, 10, -40, 20] }, 'has a negative side'],
    ['three sides', { box: [10, 10, 40] }, 'not [x, y, width, height]'],
    ['no box', { box: undefined }, 'its box is missing'],
    ['no text', { text: null }, 'its text is null'],
    ['a confidence in per cent', { confidence: 97 }, 'its confidence is 97, not 0 to 1'],
    ['a page without a size', { width: null }, 'its page is null x 1400 pixels large'],
    ['a page of another size', { width: 5000 }, 'tells another size of its page'],
    ['lines', { level: 'line' }, 'it is a row of --level line'],
  ])('%s', async (_, change, message) => {
    const [page, next] = await read([ROW, { ...ROW, ...change }, { ...ROW, source: 'b.png' }]);
    expect(page).toMatchObject({ source: 'a.png', reading: null, failure: { error: { code: 'NOT_WORDS' } } });
    const told = page?.failure?.error.message ?? '';
    expect(told).toContain('line 2 of rows.jsonl');
    expect(told).toContain(message);
    expect(told).toContain('give the rows of `uxd ocr --level word`');
    expect(next?.reading?.text?.text).toBe('2,49');
  });

  it.each([0, -3, 1e300, null])('a page %j pixels wide', async (width) => {
    const [page] = await read([{ ...ROW, width }]);
    expect(page?.failure?.error.message).toContain('pixels large');
  });

  it.each([0, 1.5, -1, 1e300])('page number %j', async (page) => {
    expect((await read([{ ...ROW, page }]))[0]?.failure?.error.code).toBe('MALFORMED_LINE');
  });

  it('a page that comes twice in a row', async () => {
    const at = (word: number) => ({ ...ROW, block: 1, line: 1, word });
    const [page] = await read([at(1), at(2), at(1), at(2)]);
    expect(page?.failure?.error.message).toBe(
      'line 3 of rows.jsonl is the first word of this page again; give each page once',
    );
  });

  it('very many words on one page', async () => {
    const [page] = await read(Array.from({ length: 50_001 }, () => ROW));
    expect(page?.failure?.error.message).toContain('more than 50000 words on this page');
  });
});

describe('rows of words that may be', () => {
  it.each([
    ['boxes over the edge of a skewed page', { box: [-8, 1390, 40, 20] }],
    ['words without a place', { box: [10, 10, 0, 0] }],
    ['fractions', { box: [10.25, 10.5, 40.1, 20] }],
    ['no confidence', { confidence: null }],
  ])('%s', async (_, change) => {
    expect((await read([{ ...ROW, ...change }]))[0]?.failure).toBeNull();
  });
});
