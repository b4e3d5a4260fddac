import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOfRows, writeMutants } from '../support/mutate.mjs';

const uxd = fileURLToPath(new URL('../../bin/uxd.js', import.meta.url));

describe('spoiled files', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'uxd-fuzz-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // bench/fuzz.mjs does the same with 500
  test('30 mutants neither crash nor hang the run, and each has its rows', { timeout: 180_000 }, async () => {
    const files = await writeMutants(folder, 30, 20_200_406);
    const paths = files.map((file) => file.path);
    const flags = ['ocr', '--quality', 'fast', '--dpi', '72', '--no-cache', '--quiet', '--files-from', '-', '-0'];
    const run = spawnSync(process.execPath, [uxd, ...flags], {
      input: paths.join('\0'),
      encoding: 'utf8',
      timeout: 170_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(run.signal).toBeNull();
    expect(run.stderr).not.toMatch(/bug in uxd/);
    expect([0, 3]).toContain(run.status);
    expect(faultsOfRows(run.stdout, paths)).toEqual([]);
  });
});
