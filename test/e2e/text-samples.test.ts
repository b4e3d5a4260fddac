/** `uxd sentiment` and `uxd keywords` on samples/, with the embedded engine, and all forms of their input and output. */
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT, Sandbox } from '../support/uxd.js';

interface Truth {
  readonly id: string;
  readonly language: string | null;
  readonly label: string | null;
  readonly contradicts: boolean;
}

const REVIEWS = 'samples/reviews/reviews.csv';

let sandbox: Sandbox;
let cells: Map<string, Record<string, string>>;
let truth: Truth[];
beforeAll(async () => {
  sandbox = await Sandbox.create();
  await cp(path.join(PROJECT, 'samples'), sandbox.path('samples'), { recursive: true });
  const table: Record<string, string>[] = parse(await readFile(path.join(PROJECT, REVIEWS)), { columns: true });
  cells = new Map(table.map((cell) => [cell.id ?? '', cell]));
  const lines = (await readFile(path.join(PROJECT, 'samples/reviews/reviews.truth.jsonl'), 'utf8')).trim().split('\n');
  truth = lines.map((line) => JSON.parse(line) as Truth);
});
afterAll(() => sandbox.remove());

/** Rows of one type. */
function ofSchema(rows: readonly Record<string, unknown>[], schema: string) {
  return rows.filter((row) => row.schema === schema);
}

describe('uxd sentiment', () => {
  it('gives one row a review, in order, and knows how most of them feel', async () => {
    const { rows, code, stderr } = await sandbox.uxd([
      'sentiment',
      REVIEWS,
      '--text-column',
      'review',
      '--date-column',
      'date',
    ]);
    expect(code, stderr).toBe(0);
    expect(rows.map(({ id }) => id)).toEqual([...cells.keys()]);
    for (const row of rows) {
      expect(row.text).toBe(cells.get(String(row.id))?.review);
      expect(row.date).toBe(cells.get(String(row.id))?.date);
    }
    const polar = truth.filter(({ label }) => label === 'positive' || label === 'negative');
    const byId = new Map(rows.map((row) => [row.id, row]));
    const opposite = polar.filter(({ id, label }) => {
      const found = byId.get(id)?.label;
      return (found === 'positive' || found === 'negative') && found !== label;
    });
    expect(opposite.length / polar.length).toBeLessThan(0.2);
    const known = truth.filter(({ language }) => language !== null);
    const right = known.filter(({ id, language }) => byId.get(id)?.language === language);
    expect(right.length / known.length).toBeGreaterThan(0.95);
  });

  it('gives an empty text an ok row without a score', async () => {
    const { rows } = await sandbox.uxd(['sentiment', REVIEWS]);
    const empty = rows.filter(({ text }) => text === '');
    expect(empty).toHaveLength(1);
    expect(empty[0]).toMatchObject({ status: 'ok', score: null, label: null, flags: ['empty-text'] });
  });

  it('marks texts in languages that the local engine does not read, and refuses to be told them', async () => {
    const german = 'Dieses Produkt ist leider sehr schlecht und die Lieferung kam viel zu spät, ich bin enttäuscht.';
    await writeFile(
      sandbox.path('languages.txt'),
      `${german}\nThe lid is broken and I hate it.\nОчень плохо.\n10/10\n`,
    );
    const { rows, code, stderr } = await sandbox.uxd(['sentiment', 'languages.txt', '--lines', '--summary']);
    expect(code, stderr).toBe(0);
    expect(rows.map(({ language, flags }) => [language, flags])).toEqual([
      ['de', ['unknown-language']],
      ['en', undefined],
      [null, ['unknown-language']],
      [null, undefined],
    ]);
    expect(stderr).toMatch(/2 texts are in languages that the local engine does not read \(de 1, in other scripts 1\)/);
    expect(stderr).toContain('--aspects adds what is praised and blamed');
    for (const command of ['sentiment', 'keywords']) {
      const refused = await sandbox.uxd([command, 'languages.txt', '--language', 'klingon']);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(/--language klingon: .* es and en only; --provider google/);
    }
  });

  it('quotes sentences and aspects by offsets of the cell', async () => {
    const { rows } = await sandbox.uxd(['sentiment', REVIEWS, '--level', 'sentence', '--aspects']);
    const quotes = [
      ...ofSchema(rows, 'uxd.sentiment/1').map(({ text, ...row }) => ({ ...row, quote: text })),
      ...ofSchema(rows, 'uxd.aspect/1'),
    ] as { id: string; quote: string; startOffset: number; endOffset: number }[];
    expect(quotes.length).toBeGreaterThan(400);
    for (const { id, quote, startOffset, endOffset } of quotes) {
      expect(cells.get(id)?.review?.slice(startOffset, endOffset)).toBe(quote);
    }
  });

  it('tells reviews whose stars say the opposite, and sums up by product', async () => {
    const { rows, code, stderr } = await sandbox.uxd([
      ...[
        'sentiment',
        REVIEWS,
        '--aspects',
        '--group-by',
        'product',
        '--stars-column',
        'stars',
        '--summary',
        'found.json',
      ],
    ]);
    expect(code, stderr).toBe(0);
    const flagged = new Set(
      rows.filter(({ flags }) => String(flags).includes('contradicts-stars')).map(({ id }) => id),
    );
    const contradicting = truth.filter(({ contradicts }) => contradicts);
    expect(contradicting.filter(({ id }) => flagged.has(id)).length).toBeGreaterThanOrEqual(contradicting.length - 2);
    expect(stderr).toContain('Nuvela');
    const summary = JSON.parse(await readFile(sandbox.path('found.json'), 'utf8')) as { ok: number; groups: unknown[] };
    expect(summary.ok).toBe(200);
    expect(summary.groups).toHaveLength(3);
  });

  it('writes the same rows as CSV, with the columns carried along', async () => {
    const args = ['sentiment', REVIEWS, '--aspects', '--keep', 'id,product,given=stars'];
    const { rows } = await sandbox.uxd(args);
    expect((await sandbox.uxd([...args, '-o', 'rows.csv'])).code).toBe(0);
    const table: Record<string, string>[] = parse(await readFile(sandbox.path('rows.csv')), { columns: true });
    expect(table.map(({ id, label, given }) => [id, label, given])).toEqual(
      rows.map(({ id, label, given }) => [id, label ?? '', given]),
    );
    expect(table[0]?.product).toBe(cells.get('R001')?.product);
  });

  it('refuses a column that the rows have already, and says what to do', async () => {
    const { code, stderr } = await sandbox.uxd(['sentiment', REVIEWS, '--keep', 'text']);
    expect(code).toBe(2);
    expect(stderr).toContain('--keep my_text=text');
  });

  it('refuses two outputs in one file, before anything is read', async () => {
    await symlink('same.json', sandbox.path('link.json'));
    const same = async (...args: string[]) => {
      const { code, stdout, stderr } = await sandbox.uxd([...args, REVIEWS]);
      expect([code, stdout]).toEqual([2, '']);
      return stderr;
    };
    const rows = ['sentiment', '--format', 'jsonl', '-o', 'same.json'];
    expect(await same(...rows, '--summary', './same.json')).toContain('--output and --summary both name ./same.json');
    expect(await same('keywords', '--cloud', 'a.svg', '-o', 'a.svg')).toContain('both name a.svg');
    await writeFile(sandbox.path('same.json'), 'kept');
    expect(await same(...rows, '--summary', 'link.json')).toContain('both name link.json');
    expect(await readFile(sandbox.path('same.json'), 'utf8')).toBe('kept');
  });

  it('groups by a column of any name, and quotes damaged text by offsets', async () => {
    const stdin = '{"id":1234567890123456789,"text":"good \\ud800 day","__proto__":"p"}\n';
    const args = ['sentiment', '-', '--group-by', '__proto__', '--summary', 'odd.json'];
    const { stdout, stderr } = await sandbox.uxd(args, { stdin });
    expect(stdout, stderr).toContain('"id":"1234567890123456789"');
    expect(stdout).toContain('"endOffset":10,"text":"good \ufffd day"');
    expect(stdout).toContain('"__proto__":"p"');
    const summary = JSON.parse(await readFile(sandbox.path('odd.json'), 'utf8')) as { groups: { group: string }[] };
    expect(summary.groups.map(({ group }) => group)).toEqual(['p']);
  });

  it('finds delimiter and encoding', async () => {
    const { rows, code } = await sandbox.uxd([
      'sentiment',
      'samples/reviews/reviews-windows.csv',
      '--text-column',
      'review',
    ]);
    expect(code).toBe(0);
    expect(rows).toHaveLength(12);
    // The line ends inside its cells are those of the file.
    for (const { id, text } of rows) expect(String(text).replaceAll('\r\n', '\n')).toBe(cells.get(String(id))?.review);
  });

  it('reads a document, or its lines, from standard input', async () => {
    const stdin = 'El sabor es buenísimo.\nLa tapa es horrible.\n';
    const whole = await sandbox.uxd(['sentiment', '-'], { stdin });
    expect(whole.rows).toMatchObject([{ source: '-', id: '1', sentenceCount: 2 }]);
    const lines = await sandbox.uxd(['sentiment', '-', '--lines'], { stdin });
    expect(lines.rows.map(({ id, label }) => [id, label])).toEqual([
      ['1', 'positive'],
      ['2', 'negative'],
    ]);
  });

  it('makes an error row with its line of what is malformed, and goes on', async () => {
    const lines = ['{"text":"I love it"}', '{"text":', '{"text":"I hate it"}'];
    await writeFile(sandbox.path('some.jsonl'), `${lines.join('\n')}\n`);
    const { rows, code, stderr } = await sandbox.uxd(['sentiment', 'some.jsonl']);
    expect(code).toBe(3);
    expect(rows.map(({ status, line }) => [status, line])).toEqual([
      ['ok', undefined],
      ['error', 2],
      ['ok', undefined],
    ]);
    expect(stderr).toContain('some.jsonl');
  });

  it('reads what other commands write', async () => {
    const { rows } = await sandbox.uxd(['ocr', 'samples/documents/report.pdf']);
    const stdin = rows.map((row) => JSON.stringify(row)).join('\n');
    const read = await sandbox.uxd(['sentiment', '-'], { stdin });
    expect(read.code).toBe(0);
    expect(read.rows.map(({ source, text }) => [source, text])).toEqual(rows.map(({ source, text }) => [source, text]));
  });

  it('splits over machines and joins again', async () => {
    const inputs = ['samples/reviews/reviews.csv', 'samples/reviews/notes.txt', 'samples/reviews/post.html'];
    const args = ['sentiment', ...inputs, '--keep', 'product', '--aspects'];
    await writeFile(sandbox.path('empty.txt'), '');
    const whole = await sandbox.uxd(['sentiment', ...inputs, '--aspects']);
    for (const part of [0, 1]) {
      const { code } = await sandbox.uxd([
        ...args.slice(0, 4),
        '--aspects',
        '--shard',
        `${part}/2`,
        '-o',
        `part-${part}.jsonl`,
      ]);
      expect([0, 4]).toContain(code);
    }
    const merged = await sandbox.uxd(['merge', 'part-0.jsonl', 'part-1.jsonl']);
    expect(merged.stdout).toBe(whole.stdout);
  });
});

describe('uxd schema', () => {
  it('knows rows by the command and by their own name', async () => {
    const { stdout } = await sandbox.uxd(['schema', 'uxd.aspect/1']);
    expect(JSON.parse(stdout)).toMatchObject({ $id: 'urn:uxd:uxd.aspect/1' });
    expect((await sandbox.uxd(['schema', 'aspect'])).stdout).toBe(stdout);
    expect((await sandbox.uxd(['schema', 'uxd.nothing/1'])).code).toBe(2);
  });
});
