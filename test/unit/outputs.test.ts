import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Terminal } from '../../src/cli/terminal.js';
import { checkOutputs } from '../../src/commands/outputs.js';
import type { InputList } from '../../src/io/inputs.js';

let cwd: string;
let disposed = 0;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'uxd-outputs-'));
  disposed = 0;
});
afterEach(() => rm(cwd, { recursive: true }));

function check(plan: Parameters<typeof checkOutputs>[1], inputs: readonly string[] = []): Promise<void> {
  const entries = inputs.map((source, index) => ({ index, source, path: join(cwd, source) }));
  const dispose = async (): Promise<void> => {
    disposed += 1;
  };
  const list: InputList = { entries, total: 0, listing: '', unmatched: [], others: 0, dispose };
  return checkOutputs('ocr', plan, list, { cwd } as Terminal);
}

test('one file does not hold two outputs, nor an output and what is read', async () => {
  const both = { '--output': 'x.jsonl', '--summary': './x.jsonl' };
  await expect(check({ outputs: both })).rejects.toThrow('ocr: --output and --summary both name ./x.jsonl');
  expect(disposed).toBe(1);
  const list = { outputs: { '--output': 'names' }, lists: { '--files-from': 'names' } };
  await expect(check(list)).rejects.toThrow('--output and --files-from both name names');
  await check({ outputs: { '--output': '/dev/null', '--summary': '/dev/null' }, lists: { '--files-from': '-' } });
  await check({ outputs: { '--output': '-', '--summary': null }, lists: { '--files-from': '-' } });
});

test('an output does not replace an input', async () => {
  await writeFile(join(cwd, 'a.wav'), 'x');
  await symlink('a.wav', join(cwd, 'link'));
  await expect(check({ outputs: { '--summary': 'link' } }, ['a.wav'])).rejects.toThrow('link is the input a.wav');
});

test('a file is not put where those of a directory get its name', async () => {
  await mkdir(join(cwd, 'out'));
  await symlink('out', join(cwd, 'same'));
  const directories = { '--srt': { directory: 'same', ending: '.srt' }, '--vtt': { directory: 'new', ending: '.vtt' } };
  const plan = (output: string) => ({ outputs: { '--output': output }, directories });
  await expect(check(plan('out/a.srt'))).rejects.toThrow('--output out/a.srt may be replaced by a file of --srt same');
  await expect(check(plan('new/A.VTT'))).rejects.toThrow('--vtt new');
  for (const output of ['out/a.jsonl', 'a.srt', 'out/b/a.srt', 'new/a.srt']) await check(plan(output));
});
