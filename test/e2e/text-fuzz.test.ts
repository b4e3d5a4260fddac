import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TextSourceOptions } from '../../src/io/texts/read-texts.js';
import { readTexts } from '../../src/io/texts/read-texts.js';
import { extremeLine, faultsOfTextRows, randomJsonLines, spoiledTable } from '../support/hostile-texts.mjs';
import { TEXT_DEFAULTS } from '../support/texts.js';
import { Sandbox } from '../support/uxd.js';

const COMMANDS = [
  { command: 'sentiment', flags: ['--aspects', '--level', 'sentence'] },
  { command: 'keywords', flags: ['--top', '20'] },
] as const;

// bench/text/fuzz.mjs does the same with 10,000
describe.each(COMMANDS)('uxd $command $flags', ({ command, flags }) => {
  let sandbox: Sandbox;
  let folder = '';
  beforeAll(async () => {
    sandbox = await Sandbox.create();
    folder = mkdtempSync(join(tmpdir(), 'uxd-text-fuzz-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await sandbox.remove();
  });

  async function run(name: string, content: string | Uint8Array, options: Partial<TextSourceOptions> = {}) {
    const path = join(folder, name);
    writeFileSync(path, content);
    const column = options.textColumn ? ['--text-column', options.textColumn] : [];
    const ended = await sandbox.uxd([command, path, ...flags, ...column, '--quiet', '--no-cache']);
    const items = [];
    for await (const item of readTexts([{ index: 0, source: path, path }], { ...TEXT_DEFAULTS, ...options })) {
      items.push(item);
    }
    expect(ended.signal).toBeNull();
    expect(ended.stderr).not.toMatch(/bug in uxd/);
    expect([0, 3]).toContain(ended.code);
    return { ...ended, items };
  }

  test('100 spoiled records of a table have their rows', async () => {
    const { rows, items } = await run('spoiled.csv', spoiledTable(100, 20_200_429), { textColumn: 'review' });
    expect(items.length).toBeGreaterThan(80);
    expect(faultsOfTextRows(rows, items, command === 'sentiment')).toEqual([]);
  });

  test('100 random texts have their rows', async () => {
    const { rows, items } = await run('random.jsonl', randomJsonLines(100, 29));
    expect(items).toHaveLength(100);
    expect(faultsOfTextRows(rows, items, command === 'sentiment')).toEqual([]);
  });

  // bench/text/fuzz.mjs reads more of them, longer and one by one
  // seconds on a machine of its own; time that grows with the square of the length would be minutes
  test('long texts without an end to their words are read in time', { timeout: 120_000 }, async () => {
    const names = ['no-space', 'emoji-100000', 'right-to-left', 'zero-width', 'half-surrogates'] as const;
    const { rows, items } = await run('extremes.jsonl', names.map((name) => extremeLine(name, 1 << 18)).join(''));
    expect(faultsOfTextRows(rows, items, command === 'sentiment')).toEqual([]);
  });
});
