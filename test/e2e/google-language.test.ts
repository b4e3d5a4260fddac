/** `uxd sentiment` and `uxd keywords` against a loopback Natural Language server, with the real client. */
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentFeelingOf } from '../support/language-answers.mjs';
import { startLanguageServer } from '../support/language-server.mjs';
import { killWhen, Sandbox } from '../support/uxd.js';

type Server = Awaited<ReturnType<typeof startLanguageServer>>;

let server: Server;
let sandbox: Sandbox;
let google: string[];

const OPENINGS = ['El yogur es delicioso', 'Muy caro el precio', 'La textura es rica', 'The yogurt is awful'];
const review = (index: number): string => `${OPENINGS[index % 4]}, niño nº ${index} 😀. Trebola es así!`;

beforeEach(async () => {
  sandbox = await Sandbox.create();
  server = await startLanguageServer();
  google = ['--provider', 'google', '--endpoint', server.endpoint];
});
afterEach(async () => {
  await server.close();
  await sandbox.remove();
});

async function writeReviews(count: number, name = 'r.csv'): Promise<string[]> {
  const texts = Array.from({ length: count }, (_, index) => review(index));
  const lines = texts.map((text, index) => `r${index},"${text}"`);
  await writeFile(sandbox.path(name), `id,review\n${lines.join('\n')}\n`);
  return texts;
}

const paidTwice = () => Object.values(server.stats.answersByHash).filter((count) => count > 1).length;
const ids = (count: number) => Array.from({ length: count }, (_, index) => `r${index}`);

describe('uxd sentiment --provider google', () => {
  it('gives each text one row in input order, whatever fails for a while', async () => {
    const texts = await writeReviews(200);
    server.configure({
      faultRate: 0.2,
      seed: 11,
      faultKinds: [
        'UNAVAILABLE',
        'INTERNAL',
        'RESOURCE_EXHAUSTED',
        'DEADLINE_EXCEEDED',
        'HANG',
        'RESET',
        'RST_STREAM',
        'EMPTY',
      ],
      retryAfterMs: 50,
    });
    const args = ['sentiment', 'r.csv', ...google, '--timeout', '1', '--retries', '12'];
    const { code, rows, stderr } = await sandbox.uxd(args);
    expect(stderr).toContain('200 ok, 0 failed');
    expect(code).toBe(0);
    expect(rows.map(({ id }) => id)).toEqual(ids(200));
    for (const [index, text] of texts.entries()) {
      expect(rows[index]).toMatchObject({ text, status: 'ok', model: 'language/v2' });
      expect(rows[index]?.score).toBeCloseTo(documentFeelingOf(text).score, 3);
    }
  });

  it('keeps to a quota that refuses calls, and loses nothing', async () => {
    await writeReviews(200);
    // 600 calls a minute, at sixteen times the speed of a clock.
    server.configure({ quota: { calls: 100, windowMs: 625, kind: 'bucket' }, retryAfterMs: 60, latencyMs: 5 });
    const { code, rows } = await sandbox.uxd(['sentiment', 'r.csv', ...google, '--aspects', '--concurrency', '32']);
    expect(code).toBe(0);
    const documents = rows.filter(({ schema }) => schema === 'uxd.sentiment/1');
    expect(documents.map(({ id }) => id)).toEqual(ids(200));
    expect(server.stats.answersByMethod).toEqual({ 'v1/AnnotateText': 200 });
    expect(paidTwice()).toBe(0);
  });

  it('calls no more often than --rpm allows', async () => {
    await writeReviews(25);
    const { code } = await sandbox.uxd(['sentiment', 'r.csv', ...google, '--rpm', '600']);
    expect(code).toBe(0);
    const { calls, firstCallAt, lastCallAt } = server.stats;
    expect(calls).toBe(25);
    // A tenth less: on a busy machine the first call may arrive late and the last one in time.
    expect(0.9 * ((calls - 12) / 600) * 60_000).toBeLessThan(lastCallAt - firstCallAt);
  });

  it('after kill -9 the same command gives what an uninterrupted run gives, and pays only what was in flight again', async () => {
    await writeReviews(200);
    const args = ['sentiment', 'r.csv', ...google, '--concurrency', '8'];
    const whole = await sandbox.uxd([...args, '--no-cache']);
    server.resetStats();
    server.configure({ latencyMs: 40 });
    const killed = await sandbox.uxd(args, {
      onStart: killWhen('SIGKILL', () => server.stats.answered >= 80),
    });
    expect(killed.signal).toBe('SIGKILL');
    const again = await sandbox.uxd(args);
    expect(again.stdout).toBe(whole.stdout);
    // In flight, or answered and not yet written down.
    expect(paidTwice()).toBeLessThanOrEqual(16);
    expect(server.stats.answered).toBeLessThanOrEqual(216);
  });

  it('estimates without sending, by the rules of the price list', async () => {
    await writeReviews(10);
    await sandbox.uxd(['sentiment', 'r.csv', ...google]);
    server.resetStats();
    const long = 'á'.repeat(1000);
    const lines = [...ids(20).map((id, index) => `${id},"${review(index)}"`), `x,"${long}"`, `y,"${long}."`, 'z,"  "'];
    await writeFile(sandbox.path('more.csv'), `id,review\n${lines.join('\n')}\n`);
    const { code, rows, stderr } = await sandbox.uxd(['sentiment', 'more.csv', ...google, '--dry-run']);
    expect(code).toBe(0);
    expect(server.stats.calls).toBe(0);
    expect(rows).toMatchObject([
      { schema: 'uxd.estimate/1', items: 23, cached: 10, failed: 0, units: 13, underfilled: 10, listPriceUsd: 0.013 },
    ]);
    expect(stderr).toContain('10 items that fill less than half of what they are billed for');
    expect(stderr).toContain('nothing was sent');
    const withAspects = await sandbox.uxd(['sentiment', 'more.csv', ...google, '--dry-run', '--aspects']);
    expect(withAspects.rows).toMatchObject([{ cached: 0, units: 46, listPriceUsd: 0.069 }]);
    await sandbox.uxd(['sentiment', 'more.csv', ...google]);
    expect(server.stats.units).toBe(13);
  });

  it('stops before the budget is exceeded, and a second run goes on from there', async () => {
    await writeReviews(40);
    const args = ['sentiment', 'r.csv', ...google, '--max-cost', '0.02'];
    const first = await sandbox.uxd(args);
    expect([first.code, first.rows.length]).toEqual([5, 20]);
    expect(first.stderr).toContain('--max-cost');
    const second = await sandbox.uxd(args);
    expect([second.code, second.rows.length]).toEqual([0, 40]);
    expect(server.stats.answered).toBe(40);
  });

  it('sends equal texts once, and texts without words never', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `${index},"${index % 3 === 0 ? ' ' : review(index % 2)}"`);
    await writeFile(sandbox.path('r.csv'), `id,review\n${lines.join('\n')}\n`);
    const { code, rows } = await sandbox.uxd(['sentiment', 'r.csv', ...google, '--no-cache']);
    expect([code, rows.length]).toEqual([0, 30]);
    expect(rows[0]).toMatchObject({ status: 'ok', score: null, label: null });
    expect(server.stats.calls).toBe(2);
  });

  it('a language that is not supported is an error row that says what to do', async () => {
    await writeFile(sandbox.path('r.csv'), 'id,review\na,"Lorem [[la]] ipsum"\nb,"Muy rico"\n');
    const { code, rows, stderr } = await sandbox.uxd(['sentiment', 'r.csv', ...google]);
    expect(code).toBe(3);
    expect(rows).toMatchObject([
      { id: 'a', status: 'error', errorCode: 'UNSUPPORTED_LANGUAGE', retryable: false, attempts: 1 },
      { id: 'b', status: 'ok', language: 'es' },
    ]);
    expect(rows[0]?.errorMessage).toMatch(/the language la is not supported .*--language es.*--provider local/);
    expect(stderr.split('UNSUPPORTED_LANGUAGE').length).toBe(2);
    const told = await sandbox.uxd(['sentiment', 'r.csv', ...google, '--language', 'es']);
    expect([told.code, told.rows[0]?.language]).toEqual([0, 'es']);
  });

  it('places sentences in the cell as it stands', async () => {
    const cell = 'Muy rico &amp; bueno 😀.\r\n<b>El precio</b> es caro! &Ntilde;am ""yogur"" \ud83d\udc4d🏽.';
    await writeFile(sandbox.path('r.csv'), `id,review\na,"${cell}"\n`);
    const { rows } = await sandbox.uxd(['sentiment', 'r.csv', ...google, '--level', 'sentence', '--aspects']);
    const text = cell.replaceAll('""', '"');
    const sentences = rows.filter(({ schema }) => schema === 'uxd.sentiment/1');
    expect(sentences.map((row) => row.text)).toEqual([
      'Muy rico &amp; bueno 😀.',
      expect.stringMatching(/^(<b>)?El precio<\/b> es caro!$/),
      '&Ntilde;am "yogur" \ud83d\udc4d🏽.',
    ]);
    for (const { startOffset, endOffset, text: quote } of sentences)
      expect(text.slice(Number(startOffset), Number(endOffset))).toBe(quote);
    const aspect = rows.find((row) => row.aspect === 'precio');
    expect(aspect).toMatchObject({ label: 'negative', quote: sentences[1]?.text, model: 'language/v1' });
  });

  it('reads a document of 1.2 MB in parts, and pays each part once', async () => {
    const text = Array.from({ length: 30_000 }, (_, index) => `La textura ${index} del yogur es rica, niño. `).join('');
    expect(Buffer.byteLength(text)).toBeGreaterThan(1_200_000);
    await writeFile(sandbox.path('long.txt'), text);
    server.configure({ script: ['UNAVAILABLE'], faultRate: 0.3, faultKinds: ['UNAVAILABLE'], seed: 3 });
    const { code, rows } = await sandbox.uxd(['sentiment', 'long.txt', ...google]);
    expect(code).toBe(0);
    expect(rows).toMatchObject([
      { status: 'ok', label: 'positive', language: 'es', sentenceCount: 30_000, endOffset: text.length },
    ]);
    expect(server.stats.maxContentBytes).toBeLessThanOrEqual(1_000_000);
    expect(server.stats.failed).toBeGreaterThan(0);
    expect(Object.keys(server.stats.answersByHash).length).toBe(server.stats.answered);
  });
});

describe('uxd keywords --provider google', () => {
  it('gives phrases and entities with their places, for a unit a text', async () => {
    await writeFile(sandbox.path('r.csv'), 'id,review\na,"😀 El yogur de Trebola, muy rico. Yogur malo!"\nb," "\n');
    const { code, rows } = await sandbox.uxd(['keywords', 'r.csv', ...google]);
    expect(code).toBe(0);
    expect(rows).toMatchObject([
      {
        schema: 'uxd.keyword/1',
        id: 'a',
        term: 'yogur',
        kind: 'phrase',
        entityType: null,
        count: 2,
        positiveShare: 0.5,
        mentions: [
          { startOffset: 6, endOffset: 11 },
          { startOffset: 34, endOffset: 39 },
        ],
      },
      { id: 'a', term: 'Trebola', kind: 'entity', entityType: 'organization', positiveShare: 1 },
    ]);
    expect(server.stats.answersByMethod).toEqual({ 'v1/AnalyzeEntitySentiment': 1 });
    expect(server.stats.units).toBe(1);
  });
});
