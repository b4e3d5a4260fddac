/** The main job on samples/, with the embedded engine, and all forms of its output. */
import { cp, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, PROJECT, Sandbox } from '../support/uxd.js';

let sandbox: Sandbox;
let first: Ended;
beforeAll(async () => {
  sandbox = await Sandbox.create();
  await cp(path.join(PROJECT, 'samples'), sandbox.path('samples'), { recursive: true });
  first = await sandbox.uxd(['ocr', 'samples', '--recursive']);
}, 300_000);
afterAll(() => sandbox.remove());

/** Words without the punctuation around them, so that a comma read as a full stop does not count as a lost word. */
function words(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}€$]+|[^\p{L}\p{N}€$%]+$/gu, ''))
    .filter((word) => word !== '');
}

function recall(truth: string, read: string): number {
  const bag = new Map<string, number>();
  for (const word of words(read)) bag.set(word, (bag.get(word) ?? 0) + 1);
  const wanted = words(truth);
  const found = wanted.filter((word) => {
    const left = bag.get(word) ?? 0;
    bag.set(word, left - 1);
    return left > 0;
  });
  return found.length / wanted.length;
}

describe('uxd ocr samples', () => {
  it('leaves nothing in the directories of the user and the system, and sends nothing', async () => {
    await mkdir(sandbox.path('tmp'));
    const env = { TMPDIR: sandbox.path('tmp'), HOME: sandbox.path('home-2') };
    const { code } = await sandbox.uxd(['ocr', 'samples/receipts', '--recursive', '--quality', 'fast'], { env });
    expect(code).toBe(0);
    // Newer versions of Node keep the compiled code of the command there.
    const left = (await readdir(sandbox.path('tmp'))).filter((name) => name !== 'node-compile-cache');
    expect(left).toEqual([]);
    expect(await readdir(sandbox.path('home-2'), { recursive: true }).catch(() => [])).toEqual([]);
  });

  it('reads every sample, in order, and says so in one line', () => {
    expect(first.code, first.stderr).toBe(0);
    const places = first.rows.map(({ source, page }) => `${source}#${page}`);
    expect(places).toEqual([...places].sort());
    expect(places.length).toBe(10);
    expect(first.stderr.trim().split('\n').length).toBe(1);
    for (const row of first.rows) {
      expect(row).toMatchObject({ schema: 'uxd.ocr/1', status: 'ok', level: 'page', provider: 'local' });
    }
  });

  it('finds the words that are printed', async () => {
    const texts = new Map<string, string>();
    for (const { source, text } of first.rows) {
      texts.set(String(source), `${texts.get(String(source)) ?? ''}\n${text}`);
    }
    for (const [source, text] of texts) {
      const truth = await readFile(sandbox.path(source.replace(/\.\w+$/, '.truth.txt')), 'utf8');
      expect(recall(truth, text), source).toBeGreaterThan(0.85);
    }
  });

  it('a second run reads nothing and writes the same bytes', async () => {
    const again = await sandbox.uxd(['ocr', 'samples', '--recursive', '--summary', 'run.json']);
    expect(again.stdout).toBe(first.stdout);
    expect(JSON.parse(await readFile(sandbox.path('run.json'), 'utf8'))).toMatchObject({
      inputs: 8,
      calls: 0,
      ok: 10,
      failed: 0,
    });
  });

  it('writes the same rows as CSV and as Parquet', async () => {
    for (const file of ['text.csv', 'text.parquet']) {
      expect((await sandbox.uxd(['ocr', 'samples', '-r', '-o', file])).code).toBe(0);
    }
    const csv = parse(await readFile(sandbox.path('text.csv')), { columns: true }) as Record<string, string>[];
    const parquet = await parquetReadObjects({ file: await asyncBufferFromFile(sandbox.path('text.parquet')) });
    expect(csv.map(({ text }) => text)).toEqual(first.rows.map(({ text }) => text));
    expect(parquet.map(({ text }) => text)).toEqual(first.rows.map(({ text }) => text));
    expect(parquet.map(({ confidence }) => confidence)).toEqual(first.rows.map(({ confidence }) => confidence));
  });

  it('gives blocks, lines and words whose boxes lie on the page', async () => {
    const counts: number[] = [];
    for (const level of ['block', 'line', 'word']) {
      const { rows, code } = await sandbox.uxd(['ocr', 'samples', '-r', '--level', level]);
      expect(code).toBe(0);
      counts.push(rows.length);
      for (const { box, width, height } of rows) {
        const [x, y, w, h] = box as [number, number, number, number];
        expect(x >= 0 && y >= 0 && x + w <= Number(width) + 1 && y + h <= Number(height) + 1).toBe(true);
      }
    }
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  it('takes text layers of PDF pages, and reads the page that has none', () => {
    const models = first.rows
      .filter(({ source }) => source === 'samples/documents/report.pdf')
      .map(({ model }) => model);
    expect(models.filter((model) => model === 'pdf-text').length).toBe(2);
    expect(models.length).toBe(3);
  });

  it('reads standard input and lists of files', async () => {
    const picture = await readFile(sandbox.path('samples/receipts/receipt.jpg'));
    const piped = await sandbox.uxd(['ocr', '-'], { stdin: picture });
    const given = first.rows.find(({ source }) => source === 'samples/receipts/receipt.jpg');
    expect(piped.rows).toEqual([{ ...given, source: '-' }]);
    const listed = await sandbox.uxd(['ocr', '--files-from', '-', '-0'], { stdin: 'samples/receipts/receipt.jpg\0' });
    expect(listed.rows).toEqual([given]);
  });

  it('makes hOCR files and searchable PDFs beside the rows', async () => {
    const { code } = await sandbox.uxd(['ocr', 'samples', '-r', '--hocr', 'h', '--searchable-pdf', 'p']);
    expect(code).toBe(0);
    expect(await readFile(sandbox.path('h/receipt.hocr'), 'utf8')).toContain('class="ocrx_word"');
    expect((await stat(sandbox.path('p/letter.pdf'))).size).toBeGreaterThan(10_000);
    const back = await sandbox.uxd(['ocr', 'p/letter.pdf', '--pdf-text', 'only']);
    const letter = first.rows.find(({ source }) => source === 'samples/scans/letter.jpg');
    expect(recall(String(letter?.text), String(back.rows[0]?.text))).toBeGreaterThan(0.95);
  });
});
