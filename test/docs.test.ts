/** The documentation is true: generated pages are current, every command has examples, and the examples run. */
import { execFileSync } from 'node:child_process';
import { access, cp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/commands/index.js';
import { PROJECT, Sandbox } from './support/uxd.js';
import { startVisionServer } from './support/vision-server.mjs';

/** Where models are, or are fetched to; kept from run to run. */
const MODELS_DIR = process.env.UXD_MODELS_DIR || path.join(tmpdir(), 'uxd-test-models');

describe('documentation', () => {
  it('docs/reference.md is what the declarations give', () => {
    execFileSync(process.execPath, ['scripts/generate-docs.mjs', '--check'], { cwd: PROJECT, stdio: 'pipe' });
  });

  it('every command has an example that calls it', () => {
    for (const { name, examples } of COMMANDS) {
      expect(
        examples.some(({ command }) => command.includes(`uxd ${name}`)),
        name,
      ).toBe(true);
    }
  });

  it('every file that the README links to is there', async () => {
    const readme = await readFile(path.join(PROJECT, 'README.md'), 'utf8');
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link ?? '');
    expect(links.length).toBeGreaterThan(3);
    for (const link of links.filter((each) => !each.includes('://'))) await access(path.join(PROJECT, link));
  });
});

describe('examples of the help', () => {
  let sandbox: Sandbox;
  /** A part of a table is read as the whole is. */
  async function keepLines(sample: string, isKept: (line: string, index: number) => boolean): Promise<void> {
    const lines = (await readFile(path.join(PROJECT, 'samples', sample), 'utf8')).split('\n');
    await writeFile(sandbox.path('samples', sample), `${lines.filter(isKept).join('\n')}\n`);
  }
  let server: Awaited<ReturnType<typeof startVisionServer>>;
  beforeAll(async () => {
    sandbox = await Sandbox.create();
    server = await startVisionServer();
    // One sample of each kind and format is enough to see whether the examples run.
    const filter = (file: string): boolean =>
      !/trebola-(despensa|aniversario|costa-en)\.|message-es\.|refund-en\./.test(file);
    await cp(path.join(PROJECT, 'samples'), sandbox.path('samples'), { recursive: true, filter });
    await keepLines('reviews/reviews.csv', (_, index) => index < 80);
    await keepLines('sales/sales.csv', (line, index) => index === 0 || /,(Nuvela|Dulzama),/.test(line));
  });
  afterAll(async () => {
    await server.close();
    await sandbox.remove();
  });

  const examples = COMMANDS.flatMap(({ examples }) => examples.map(({ command }) => command));
  // Where a tool of the example is not installed, what feeds it still runs.
  const withoutJq = (command: string): string => command.replace(/ \| jq [^|&;]*/g, '');
  it.each(examples)('%s', { timeout: 300_000 }, async (command) => {
    const { code, stderr } = await sandbox.shell(`set -eo pipefail\n${withoutJq(command)}`, {
      // Accuracy is measured elsewhere; here it is only asked whether the examples run.
      env: {
        UXD_GOOGLE_ENDPOINT: server.endpoint,
        UXD_QUALITY: 'fast',
        UXD_STT_MODEL: 'tiny',
        ...(command.includes('uxd transcribe')
          ? { UXD_MODELS_DIR: MODELS_DIR }
          : { XDG_DATA_HOME: sandbox.path('data') }),
      },
    });
    expect(stderr).not.toContain('bug in uxd');
    expect(code, stderr).toBe(0);
  });
});
