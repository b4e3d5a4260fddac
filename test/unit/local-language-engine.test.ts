import { afterEach, describe, expect, test } from 'vitest';
import { ProviderError, type TextOptions } from '../../src/model.js';
import { createTextPool, type TextPool } from '../../src/providers/local/language/worker-pool.js';

const options: TextOptions = { features: ['sentiment'], language: null, brands: [], modelDirectory: null };
const worker = new URL('../../dist/providers/local/language/worker.js', import.meta.url);
const never = new AbortController().signal;
const text = (content: string) => ({ text: content, format: 'plain' as const });

let pool: TextPool | undefined;
const open = (entry: URL, workers = 1): TextPool => {
  pool = createTextPool(entry, options, workers);
  return pool;
};
afterEach(() => pool?.close());

describe('threads that read texts', () => {
  test('answer a batch in order', async () => {
    const outcomes = await open(worker).read([text('Muy bueno'), text('Terrible')], never);
    expect(outcomes.map((outcome) => outcome.ok && outcome.value.sentiment?.label)).toEqual(['positive', 'negative']);
  });

  test('a thread that dies fails the batch, which may be tried again', async () => {
    const dying = new URL(
      `data:text/javascript,${encodeURIComponent("import('node:worker_threads').then(({ parentPort }) => parentPort.on('message', () => process.exit(3)))")}`,
    );
    const reading = open(dying).read([text('a')], never);
    await expect(reading).rejects.toThrow(ProviderError);
    await expect(reading).rejects.toMatchObject({ isRetryable: true, code: 'ENGINE_CRASHED' });
  });

  test('an aborted batch rejects with the reason of the signal', async () => {
    const controller = new AbortController();
    const reading = open(worker).read([text('a')], controller.signal);
    controller.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    await expect(open(worker).read([text('a')], controller.signal)).rejects.toThrow('enough');
  });
});
