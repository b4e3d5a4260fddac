/** Outputs that fail and texts that are not fit to be shown. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePictures } from '../support/pictures.js';
import { PROJECT, Sandbox } from '../support/uxd.js';
import { startVisionServer } from '../support/vision-server.mjs';

const SCAN = path.join(PROJECT, 'samples/receipts/receipt.jpg');

let server: Awaited<ReturnType<typeof startVisionServer>>;
let sandbox: Sandbox;
let google: string;
beforeEach(async () => {
  sandbox = await Sandbox.create();
  server = await startVisionServer();
  google = `--provider google --endpoint ${server.endpoint} --concurrency 1`;
});
afterEach(async () => {
  await server.close();
  await sandbox.remove();
});

describe('an output without room', () => {
  it.each(['-o /dev/full', '> /dev/full'])('ends the run: %s', async (output) => {
    await writePictures(sandbox.path('p'), 2);
    const { code, stderr } = await sandbox.shell(`uxd ocr 'p/*.png' ${google} ${output}`);
    expect(code).toBe(1);
    expect(stderr).toContain('no room left');
    expect(stderr).not.toContain('bug');
  });
});

describe('a reader that goes', () => {
  const readers = ['-f parquet | head -c 3', '-f parquet -o >(true)', '-f jsonl | head -n 1', '-f csv -o >(true)'];
  it.each(readers)('ends the run before much is paid for: uxd ocr %s', async (output) => {
    await writePictures(sandbox.path('p'), 400);
    server.configure({ latencyMs: 60 });
    const { code, stderr } = await sandbox.shell(`set -o pipefail\nuxd ocr 'p/*.png' ${google} ${output}`);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const sent = Object.values(server.stats.answersByHash).reduce((sum, count) => sum + count, 0);
    expect(sent).toBeLessThan(200);
  });
});

describe('messages', () => {
  it('of the parser and annotations have no control characters', async () => {
    const parser = await sandbox.uxd(['ocr', '--fo\u001b[31m\nx']);
    expect(parser.code).toBe(2);
    expect(parser.stderr).toBe("uxd: unknown option '--fo [31m x'\n");
    const annotated = await sandbox.uxd(['ocr', 'a\u001b7\u009b1m.png'], { env: { GITHUB_ACTIONS: 'true' } });
    expect(annotated.stderr).toContain('::error file=a 7 1m.png::');
    expect(annotated.stderr).not.toMatch(/[\u001b\u009b]/);
  });

  it('show no credentials', async () => {
    for (const endpoint of ['http://user:hunter2@127.0.0.1:1', 'https://x/?token=hunter2']) {
      const { code, stderr, stdout } = await sandbox.uxd(['ocr', SCAN, '-p', 'google', '--endpoint', endpoint]);
      expect(code).toBe(2);
      expect(stderr + stdout).not.toContain('hunter2');
    }
  });
});

describe('a run that was killed', () => {
  it('leaves nothing behind once the next one has begun', async () => {
    await writePictures(sandbox.path('p'), 20);
    server.configure({ latencyMs: 2000 });
    const run = `uxd ocr 'p/*.png' ${google} -o out.jsonl -q`;
    const killed = `${run.replace('uxd', 'exec "$NODE" "$LAUNCHER"')}`;
    await sandbox.shell(
      `(${killed}) & for i in $(seq 100); do ls .out.jsonl.*.tmp 2>/dev/null && break; sleep 0.1; done; kill -9 $!; wait`,
      { env: { NODE: process.execPath, LAUNCHER: path.join(PROJECT, 'bin/uxd.js') } },
    );
    expect((await readdir(sandbox.root)).filter((name) => name.endsWith('.tmp'))).toHaveLength(1);
    server.configure({ latencyMs: 0 });
    expect((await sandbox.shell(run)).code).toBe(0);
    expect((await readdir(sandbox.root)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect((await readFile(sandbox.path('out.jsonl'), 'utf8')).trimEnd().split('\n')).toHaveLength(20);
  });
});
