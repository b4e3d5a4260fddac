/** The whole command against a loopback Vision server, with the real client. */
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePictures } from '../support/pictures.js';
import { killWhen, Sandbox } from '../support/uxd.js';
import { startVisionServer } from '../support/vision-server.mjs';

type Server = Awaited<ReturnType<typeof startVisionServer>>;

let server: Server;
let sandbox: Sandbox;
let google: string[];

beforeEach(async () => {
  sandbox = await Sandbox.create();
  server = await startVisionServer();
  google = ['--provider', 'google', '--endpoint', server.endpoint];
});
afterEach(async () => {
  await server.close();
  await sandbox.remove();
});

const paidTwice = () => Object.values(server.stats.answersByHash).filter((count) => count > 1).length;

describe('uxd ocr --provider google', () => {
  it('gives each input one row in input order, whatever fails for a while', async () => {
    const pictures = await writePictures(sandbox.path('p'), 150);
    server.configure({
      faultRate: 0.2,
      seed: 7,
      faultKinds: [
        'UNAVAILABLE',
        'INTERNAL',
        'RESOURCE_EXHAUSTED',
        'DEADLINE_EXCEEDED',
        'HANG',
        'RESET',
        'IMAGE_ERRORS',
      ],
      retryAfterMs: 50,
    });
    const { code, rows, stderr } = await sandbox.uxd([
      'ocr',
      'p/*.png',
      ...google,
      '--timeout',
      '1',
      '--retries',
      '12',
    ]);
    expect(stderr).toContain('150 ok, 0 failed');
    expect(code).toBe(0);
    expect(rows.map(({ source }) => source)).toEqual(pictures.map((_, i) => `p/${String(i).padStart(4, '0')}.png`));
    for (const [i, { hash }] of pictures.entries()) expect(rows[i]?.text).toContain(hash.slice(0, 12));
  });

  it('sends identical files once', async () => {
    await writePictures(sandbox.path('p'), 3);
    for (let i = 0; i < 30; i += 1) await copyFile(sandbox.path('p/0001.png'), sandbox.path(`p/copy${i}.png`));
    for (const cache of [[], ['--no-cache']]) {
      server.resetStats();
      const { rows } = await sandbox.uxd(['ocr', 'p/*.png', ...google, ...cache]);
      expect(rows.length).toBe(33);
      expect(server.stats.images).toBe(3);
      await sandbox.uxd(['cache', 'clear']);
    }
  });

  it('after kill -9 the same command gives what an uninterrupted run gives, and pays only what was in flight again', async () => {
    await writePictures(sandbox.path('p'), 200);
    const args = ['ocr', 'p/*.png', ...google, '--concurrency', '2'];
    const whole = await sandbox.uxd([...args, '--no-cache']);
    server.resetStats();
    server.configure({ latencyMs: 500 });
    const killed = await sandbox.uxd(args, {
      // In the middle of the next calls, when a busy machine too has written down what was answered.
      onStart: killWhen('SIGKILL', () => server.stats.images >= 64, 250),
    });
    expect(killed.signal).toBe('SIGKILL');
    server.configure({ latencyMs: 0 });
    const again = await sandbox.uxd(args);
    expect(again.stdout).toBe(whole.stdout);
    expect(paidTwice()).toBeLessThanOrEqual(2 * 16);
    expect(server.stats.images).toBeLessThan(200 + 2 * 16 + 1);
  });

  it('estimates without sending', async () => {
    await writePictures(sandbox.path('p'), 20);
    await sandbox.uxd(['ocr', 'p/000*.png', ...google]);
    server.resetStats();
    const { code, rows, stderr } = await sandbox.uxd(['ocr', 'p/*.png', ...google, '--features', 'text', '--dry-run']);
    expect(code).toBe(0);
    expect(server.stats.calls).toBe(0);
    expect(rows).toMatchObject([
      { schema: 'uxd.estimate/1', items: 20, cached: 10, failed: 0, calls: 1, units: 10, listPriceUsd: 0.015 },
    ]);
    expect(stderr).toContain('nothing was sent');
  });

  it('stops before the budget is exceeded, and a second run goes on from there', async () => {
    await writePictures(sandbox.path('p'), 40);
    const args = ['ocr', 'p/*.png', ...google];
    const first = await sandbox.uxd([...args, '--max-cost', '0.03']);
    expect(first.code).toBe(5);
    expect(first.rows.length).toBe(20);
    expect(first.stderr).toContain('--max-cost');
    const second = await sandbox.uxd([...args, '--max-cost', '0.03']);
    expect(second.code).toBe(0);
    expect(second.rows.length).toBe(40);
    expect(server.stats.images).toBe(40);
  });

  it('parts and merge equal one run, byte for byte; merge notices what is wrong', async () => {
    await writePictures(sandbox.path('p'), 30);
    await writeFile(sandbox.path('p/broken.png'), 'no picture');
    const whole = await sandbox.uxd(['ocr', 'p/*.png', ...google]);
    for (const i of [0, 1, 2]) {
      const part = await sandbox.uxd(['ocr', 'p/*.png', ...google, '--shard', `${i}/3`, '-o', `part-${i}.jsonl`]);
      expect([0, 3]).toContain(part.code);
    }
    const merged = await sandbox.uxd(['merge', 'part-0.jsonl', 'part-1.jsonl', 'part-2.jsonl']);
    expect(merged.stdout).toBe(whole.stdout);
    expect(merged.code).toBe(whole.code);
    const missing = await sandbox.uxd(['merge', 'part-0.jsonl', 'part-2.jsonl']);
    expect([missing.code, missing.stdout]).toEqual([2, '']);
    expect(missing.stderr).toContain('missing part 1 of 3');
    const doubled = await sandbox.uxd(['merge', 'part-0.jsonl', 'part-0.jsonl', 'part-2.jsonl']);
    expect(doubled.stderr).toContain('both part 0 of 3');
    await writeFile(sandbox.path('cut.jsonl'), (await readFile(sandbox.path('part-1.jsonl'), 'utf8')).slice(0, -40));
    const cut = await sandbox.uxd(['merge', 'part-0.jsonl', 'cut.jsonl', 'part-2.jsonl']);
    expect(cut.stderr).toContain('cut.jsonl');
    expect(cut.code).toBe(2);
  });

  it('a reader that goes away ends the run with 0 and stops paid calls', async () => {
    await writePictures(sandbox.path('p'), 400);
    server.configure({ latencyMs: 60 });
    const { stdout } = await sandbox.shell(
      `uxd ocr 'p/*.png' ${google.join(' ')} --concurrency 1 | head -n 1; echo "exit \${PIPESTATUS[0]}"`,
    );
    expect(stdout).toMatch(/^\{.*\}\nexit 0\n$/);
    expect(server.stats.images).toBeLessThan(200);
  });

  it('a full disk ends the run with 1 and a rerun completes without paying again', async () => {
    // Some calls are in flight when the first row cannot be written.
    await writePictures(sandbox.path('p'), 120);
    server.configure({ latencyMs: 100 });
    const args = ['ocr', 'p/*.png', ...google, '--concurrency', '2'];
    const full = await sandbox.uxd([...args, '-o', '/dev/full']);
    expect(full.code).toBe(1);
    expect(full.stderr).toMatch(/\/dev\/full/);
    expect(server.stats.images).toBeLessThan(120);
    const again = await sandbox.uxd(args);
    expect(again.rows.length).toBe(120);
    expect(server.stats.images).toBe(120);
    expect(paidTwice()).toBe(0);
  });

  it('an interrupt finishes what is in flight, writes it and says how to resume', async () => {
    await writePictures(sandbox.path('p'), 200);
    server.configure({ latencyMs: 200 });
    const { code, rows, stderr } = await sandbox.uxd(['ocr', 'p/*.png', ...google, '--concurrency', '1'], {
      onStart: killWhen('SIGINT', () => server.stats.calls >= 2),
    });
    expect(code).toBe(130);
    expect(rows.length).toBe(server.stats.images);
    expect(rows.length).toBeLessThan(64);
    expect(stderr).toContain('run the same command again');
  });

  it('wrong credentials end in one message and exit code 2, in seconds', async () => {
    await writePictures(sandbox.path('p'), 40);
    const startedAt = Date.now();
    const none = await sandbox.uxd(['ocr', 'p/*.png', '--provider', 'google']);
    expect([none.code, none.rows.length]).toEqual([2, 0]);
    expect(none.stderr.trim().split('\n').length).toBe(1);
    expect(none.stderr).toContain('GOOGLE_APPLICATION_CREDENTIALS');
    server.configure({
      always: { code: 'UNAUTHENTICATED', message: 'Request had invalid authentication credentials.' },
    });
    const refused = await sandbox.uxd(['ocr', 'p/*.png', ...google]);
    expect([refused.code, refused.rows.length]).toEqual([2, 0]);
    expect(Date.now() - startedAt).toBeLessThan(30_000);
  });

  it('finds labels, objects and logos', async () => {
    await writePictures(sandbox.path('p'), 2);
    const { rows } = await sandbox.uxd(['ocr', 'p/*.png', ...google, '--features', 'text,labels,objects,logos']);
    expect(new Set(rows.map(({ schema }) => schema))).toEqual(
      new Set(['uxd.ocr/1', 'uxd.label/1', 'uxd.object/1', 'uxd.logo/1']),
    );
  });

  it('keeps the cache private, and no message or row holds a credential', async () => {
    await writePictures(sandbox.path('p'), 1);
    await sandbox.uxd(['ocr', 'p/*.png', ...google]);
    expect((await stat(sandbox.path('cache/results'))).mode & 0o077).toBe(0);
    await mkdir(sandbox.path('keys'));
    const secret = 'MIIsecretsecretsecret';
    const key = {
      type: 'service_account',
      project_id: 'p',
      private_key: `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`,
      client_email: 'a@b.c',
    };
    await writeFile(sandbox.path('keys/key.json'), JSON.stringify(key));
    const ended = await sandbox.uxd(['ocr', 'p/*.png', '--provider', 'google', '--refresh'], {
      env: { GOOGLE_APPLICATION_CREDENTIALS: sandbox.path('keys/key.json') },
    });
    expect(ended.code).toBe(2);
    expect(ended.stderr + ended.stdout).not.toContain(secret);
  });

  it('annotates failures in GitHub Actions', async () => {
    await mkdir(sandbox.path('p'));
    for (let i = 0; i < 15; i += 1) await writeFile(sandbox.path(`p/${i}.png`), `text ${i}`);
    const { code, stderr } = await sandbox.uxd(['ocr', 'p/*.png', ...google], {
      env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: sandbox.path('step.md') },
    });
    expect(code).toBe(3);
    expect(stderr.split('\n').filter((line) => line.startsWith('::error ')).length).toBe(10);
    expect(await readFile(sandbox.path('step.md'), 'utf8')).toContain('| 15 |');
  });
});
