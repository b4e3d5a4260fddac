import { afterEach, describe, expect, test } from 'vitest';
import type { PageAnswer, PageJob, ReaderSettings } from '../../src/providers/local/ocr/protocol.js';
import { createWorkerPool, type WorkerPool } from '../../src/providers/local/pool.js';

const entry = new URL('../support/faulty-worker.mjs', import.meta.url);
const reader: ReaderSettings = {
  quality: 'fast',
  tesseract: [],
  languageTags: [],
  runtime: 'auto',
  dpi: 300,
  maxPixels: 1,
};
const complaints = { crashed: 'it died', late: 'it took too long' };
const never = new AbortController().signal;
const page = (path: string): PageJob => ({ path, mediaType: 'image/png', page: 1, useTextLayer: false });

let pool: WorkerPool<PageJob, PageAnswer> | undefined;
const open = (workers: number, jobTimeoutMs = 20_000): WorkerPool<PageJob, PageAnswer> => {
  pool = createWorkerPool({
    workers,
    entry,
    env: { PATH: process.env.PATH },
    jobTimeoutMs,
    settings: reader,
    complaints,
  });
  return pool;
};
afterEach(() => pool?.close());

describe('worker pool', () => {
  test('a worker that never starts ends the run', async () => {
    pool = createWorkerPool({
      workers: 1,
      entry: new URL('missing.mjs', entry),
      env: {},
      jobTimeoutMs: 20_000,
      settings: reader,
      complaints,
    });
    await expect(pool.read(page('a'), never)).rejects.toThrow(/cannot start/);
  });

  test('a worker serves page after page', async () => {
    const { read } = open(1);
    const answers = [await read(page('a'), never), await read(page('b'), never)];
    const processes = new Set(answers.map((answer) => (answer.ok ? answer.reading.model : '')));
    expect(processes.size).toBe(1);
  });

  test('pages wait for a free worker and all get their answer', async () => {
    const { read } = open(2);
    const answers = await Promise.all(['slow', 'slow', 'a', 'b', 'c'].map((path) => read(page(path), never)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
  });

  test('a page that kills its worker twice is an error, and the next one is read', async () => {
    const { read } = open(1);
    const [crashed, next] = await Promise.all([read(page('crash'), never), read(page('a'), never)]);
    expect(crashed).toMatchObject({ ok: false, error: { code: 'ENGINE_CRASHED' } });
    expect(next.ok).toBe(true);
  });

  test('a page that takes too long is an error, and the next one is read', async () => {
    const { read } = open(1, 2000);
    expect(await read(page('hang'), never)).toMatchObject({ ok: false, error: { code: 'ENGINE_TIMEOUT' } });
    expect((await read(page('a'), never)).ok).toBe(true);
  });

  test('an aborted page rejects at once with the reason', async () => {
    const { read } = open(1);
    const controller = new AbortController();
    const reading = read(page('hang'), controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 100);
    await expect(reading).rejects.toThrow('enough');
    expect((await read(page('a'), never)).ok).toBe(true);
  });

  test('a closed pool starts no new worker', async () => {
    const { read, close } = open(1);
    const reading = read(page('hang'), never);
    setTimeout(() => void close(), 100);
    await expect(reading).rejects.toThrow(/is closed/);
    await expect(read(page('a'), never)).rejects.toThrow(/closed/);
  });
});
