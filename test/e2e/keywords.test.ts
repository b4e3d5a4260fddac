import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../support/uxd.js';

let box: Sandbox;

/** 60 reviews of each product: of one the lid is bad, of the other the spoon is good; all have a price and a box. */
function reviews(): string {
  const lines = ['id,date,product,review'];
  for (let i = 0; i < 120; i += 1) {
    const isFirst = i % 2 === 0;
    const said = isFirst ? 'The lid is broken and terrible.' : 'I love the wooden spoon.';
    const text =
      i % 3 === 0 ? `The price is fine. ${said}` : i % 3 === 1 ? said : 'The price is fine. The carton arrived.';
    const day = String(1 + (i % 28)).padStart(2, '0');
    lines.push(`r${i},2020-0${4 + (i % 2)}-${day},${isFirst ? 'Alpha' : 'Beta'},"${text}"`);
  }
  return `${lines.join('\n')}\n`;
}

beforeAll(async () => {
  box = await Sandbox.create();
  await writeFile(box.path('reviews.csv'), reviews());
  await writeFile(box.path('synonyms.txt'), '# parts\nclosure: lid, lids\n');
});
afterAll(() => box.remove());

describe('uxd keywords', () => {
  it('gives the terms of each text, best first, with their places', async () => {
    const { code, rows } = await box.uxd(['keywords', 'reviews.csv', '--text-column', 'review', '--top', '2']);
    expect(code).toBe(0);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(120);
    const texts = new Map(
      reviews()
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => [line.split(',')[0], line.split('"')[1] ?? '']),
    );
    const byId = new Map<unknown, number[]>();
    for (const { id, term, score, mentions, count } of rows) {
      byId.set(id, [...(byId.get(id) ?? []), score as number]);
      const places = mentions as { startOffset: number; endOffset: number }[];
      expect(places.length).toBe(count);
      const quotes = places.map(({ startOffset, endOffset }) => texts.get(String(id))?.slice(startOffset, endOffset));
      expect(quotes.map((quote) => quote?.toLowerCase())).toContain(String(term).toLowerCase());
    }
    for (const scores of byId.values()) {
      expect(scores.length).toBeLessThanOrEqual(2);
      expect(scores).toEqual([...scores].sort((one, other) => other - one));
    }
  });

  it('gives what each group is associated with, names folded, as rows and as a picture', async () => {
    const flags = ['--group-by', 'product', '--synonyms', 'synonyms.txt', '--cloud', 'terms.svg'];
    const { code, rows, stderr } = await box.uxd(['keywords', 'reviews.csv', '--text-column', 'review', ...flags]);
    expect(code, stderr).toBe(0);
    const terms = (group: string) => rows.filter((row) => row.group === group).map(({ term }) => term);
    expect(terms('Alpha')).toContain('closure');
    expect(terms('Beta').join()).toMatch(/spoon/);
    expect([...terms('Alpha'), ...terms('Beta')].join()).not.toMatch(/price|carton|lid/);
    const closure = rows.find(({ term }) => term === 'closure');
    expect(closure).toMatchObject({
      source: 'reviews.csv',
      id: null,
      documents: 40,
      product: 'Alpha',
      positiveShare: 0,
    });
    expect(closure?.sentiment).toBeLessThan(0);
    expect(closure?.lift).toBeGreaterThan(10);
    expect(closure?.q).toBeLessThan(1e-6);
    expect(closure?.examples).toEqual(['r0', 'r4', 'r6', 'r10', 'r12']);
    const svg = await readFile(box.path('terms.svg'), 'utf8');
    expect(svg).toContain('>closure<');
    expect(svg).toContain('What each product is associated with: reviews.csv');
  });

  it('counts by period', async () => {
    const flags = ['--date-column', 'date', '--timeline', 'month', '--top', '1'];
    const { code, rows, stderr } = await box.uxd(['keywords', 'reviews.csv', '--text-column', 'review', ...flags]);
    expect(code, stderr).toBe(0);
    expect(
      rows.map(({ term, date, documents, documentsInPeriod, score }) => [
        term,
        date,
        documents,
        documentsInPeriod,
        score,
      ]),
    ).toEqual([
      ['price', '2020-04-01', 40, 60, null],
      ['price', '2020-05-01', 40, 60, null],
    ]);
  });

  it('draws nothing on a dry run, and where the run is refused', async () => {
    const dry = await box.uxd([
      'keywords',
      'reviews.csv',
      '--text-column',
      'review',
      '--cloud',
      'dry.svg',
      '--dry-run',
    ]);
    expect(dry.code).toBe(0);
    expect(existsSync(box.path('dry.svg'))).toBe(false);
    const refused = [
      { flags: ['--cloud', 'no/such/terms.svg'], says: 'there is no directory' },
      { flags: ['--cloud', 'terms.png'], says: 'has to end in .svg' },
      { flags: ['--timeline', 'week'], says: '--timeline needs --date-column' },
      { flags: ['--group-by', 'product', '--shard', '1/2'], says: 'leave --shard out' },
      { flags: ['--synonyms', 'reviews.csv'], says: 'reviews.csv:1' },
      { flags: ['--brands', 'none.txt'], says: 'none.txt cannot be read (ENOENT)' },
      { flags: ['--group-by', 'colour'], says: 'colour' },
    ];
    for (const { flags, says } of refused) {
      const { code, stderr, stdout } = await box.uxd(['keywords', 'reviews.csv', '--text-column', 'review', ...flags]);
      expect(stderr).toContain(says);
      expect([2, 3]).toContain(code);
      expect(stdout).not.toContain('"status":"ok"');
    }
  });

  it('keeps the rows of what could not be read', async () => {
    await writeFile(
      box.path('bad.jsonl'),
      '{"review":"The lid is broken.","product":"A"}\n{oops\n{"review":"A spoon.","product":"B"}\n',
    );
    const { code, rows } = await box.uxd(['keywords', 'bad.jsonl', '--text-column', 'review', '--group-by', 'product']);
    expect(code).toBe(3);
    expect(rows.filter(({ status }) => status === 'error')).toMatchObject([
      { line: 2, term: null, source: 'bad.jsonl' },
    ]);
  });

  it('finds names only', async () => {
    const stdin = 'Yesterday Maria Lopez flew from Madrid to London. The lunch was good.';
    const { code, rows } = await box.uxd(['keywords', '-', '--entities'], { stdin });
    expect(code).toBe(0);
    expect(rows.map(({ term }) => term)).toEqual(expect.arrayContaining(['Maria Lopez', 'Madrid', 'London']));
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['entity']));
  });

  it('says what to do where groups have no term of their own, and gives all terms on request', async () => {
    const table =
      'product,review\nA,The lid is broken.\nA,The lid broke.\nB,I love the spoon.\nB,A spoon.\nB,Nice box.\n';
    await writeFile(box.path('few.csv'), table);
    const few = await box.uxd(['keywords', 'few.csv', '--group-by', 'product']);
    expect(few.rows).toEqual([]);
    expect(few.stderr).toMatch(
      /2 of 2 groups have no term of their own .*raise --fdr .*--synonyms, or give more texts/,
    );
    const all = await box.uxd(['keywords', 'few.csv', '--group-by', 'product', '--fdr', '1', '--min-documents', '1']);
    expect(all.rows.map(({ term }) => term)).toEqual(expect.arrayContaining(['lid', 'spoon']));
    expect(all.stderr).not.toContain('warning');
  });

  it('draws nothing of nothing, and says so once', async () => {
    await writeFile(box.path('header.csv'), 'product,review\n');
    const { code, stderr } = await box.uxd(['keywords', 'header.csv', '--group-by', 'product', '--cloud', 'none.svg']);
    expect(code).toBe(0);
    expect(stderr).toContain('keywords: header.csv holds no texts');
    expect(stderr.match(/warning/g)).toHaveLength(1);
    expect(stderr).toContain('0 ok, 0 failed');
    expect(existsSync(box.path('none.svg'))).toBe(false);
    const missing = await box.uxd(['keywords', 'reviews.csv', '--group-by', 'colour']);
    expect(missing.stderr).toContain('--group-by: there is no column "colour"');
    expect(missing.stderr.match(/warning/g)).toHaveLength(1);
  });
});
