import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConfigFile, checkConfig, readConfigFiles, resolveFlags } from '../../src/cli/config.js';
import { choiceFlag, choicesFlag, environmentName, negatedFlag, numberFlag, switchFlag } from '../../src/cli/flags.js';
import { InterruptedError, interruptible } from '../../src/cli/interrupt.js';
import { createLog } from '../../src/cli/log.js';
import { createMeter, meterText } from '../../src/cli/meter.js';
import { formatDuration, formatUsd, progressText } from '../../src/cli/progress.js';
import { findShard } from '../../src/cli/shard.js';
import { annotation, appendStepSummary, summarize, summaryText } from '../../src/cli/summary.js';
import { directoriesOf, hasColor, type Terminal } from '../../src/cli/terminal.js';
import { RunStats } from '../../src/pipeline/stats.js';

const flags = {
  dpi: numberFlag({
    syntax: '--dpi <n>',
    description: '',
    group: 'g',
    default: 300,
    min: 36,
    max: 1200,
    isWhole: true,
  }),
  maxCost: numberFlag({ syntax: '--max-cost <usd>', description: '', group: 'g', default: null, min: 0 }),
  level: choiceFlag({ syntax: '--level <l>', description: '', group: 'g', choices: ['page', 'word'], default: 'page' }),
  features: choicesFlag({
    syntax: '--features <l>',
    description: '',
    group: 'g',
    choices: ['text', 'logos'],
    default: ['text'],
  }),
  cache: negatedFlag({ syntax: '--no-cache', description: '', group: 'g' }),
  recursive: switchFlag({ syntax: '-r, --recursive', description: '', group: 'g' }),
  refresh: switchFlag({ syntax: '--refresh', description: '', group: 'g', isCommandLineOnly: true }),
};
const command = { name: 'ocr', flags };
const resolve = (given = {}, env = {}, configs: readonly ConfigFile[] = []) =>
  resolveFlags(command, given, env, configs);

describe('resolveFlags', () => {
  it('gives defaults where nothing is set', () => {
    expect(resolve()).toEqual({
      dpi: 300,
      maxCost: null,
      level: 'page',
      features: ['text'],
      cache: true,
      recursive: false,
      refresh: false,
    });
  });

  it('prefers command line, then environment, then project, then user', () => {
    const user = { file: 'user', values: { dpi: 100, level: 'word', maxCost: 1 } };
    const project = { file: 'project', values: { dpi: 150, level: 'page', ocr: { level: 'word' } } };
    const env = { UXD_DPI: '200' };
    expect(resolve({ dpi: '400' }, env, [project, user]).dpi).toBe(400);
    expect(resolve({}, env, [project, user]).dpi).toBe(200);
    expect(resolve({}, {}, [project, user])).toMatchObject({ dpi: 150, level: 'word', maxCost: 1 });
    expect(resolve({}, {}, [user]).dpi).toBe(100);
  });

  it('reads switches from the environment, also negated ones', () => {
    expect(environmentName(flags.cache)).toBe('UXD_NO_CACHE');
    expect(resolve({}, { UXD_NO_CACHE: '1', UXD_RECURSIVE: 'true' })).toMatchObject({ cache: false, recursive: true });
    expect(resolve({}, { UXD_NO_CACHE: '0', UXD_RECURSIVE: '' })).toMatchObject({ cache: true, recursive: false });
    expect(() => resolve({}, { UXD_NO_CACHE: 'perhaps' })).toThrow('UXD_NO_CACHE: "perhaps" is not 1 or 0');
    expect(resolve({}, { UXD_REFRESH: '1' }).refresh).toBe(false);
  });

  it('says where a bad value came from and what is expected', () => {
    expect(() => resolve({ dpi: '12.5' })).toThrow('--dpi: "12.5" is not a whole number from 36 to 1200');
    expect(() => resolve({ dpi: '' })).toThrow('not a whole number');
    expect(() => resolve({}, { UXD_MAX_COST: '-1' })).toThrow('UXD_MAX_COST: "-1" is not a number of at least 0');
    expect(() => resolve({ level: 'char' })).toThrow('--level: "char" is not one of page, word');
    expect(() => resolve({ features: 'text,faces' })).toThrow('"faces" is not one of text, logos');
    expect(() => resolve({}, {}, [{ file: 'f.json', values: { dpi: true } }])).toThrow('f.json: dpi: expected a value');
    for (const features of [['text', null], [['text']], [''], [true]])
      expect(() => resolve({}, {}, [{ file: 'f.json', values: { features } }])).toThrow('f.json: features: expected');
  });

  it('takes lists from text and from configuration', () => {
    expect(resolve({ features: 'logos, text,logos' }).features).toEqual(['logos', 'text']);
    expect(resolve({}, {}, [{ file: 'f', values: { features: ['logos'] } }]).features).toEqual(['logos']);
  });
});

describe('configuration files', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'uxd-config-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const terminal = () =>
    ({ cwd: path.join(directory, 'a/b'), env: {}, homeDirectory: path.join(directory, 'home') }) as Terminal;

  it('are found above the working directory and in the user directory', async () => {
    await mkdir(path.join(directory, 'a/b'), { recursive: true });
    await mkdir(path.join(directory, 'home/.config/uxd'), { recursive: true });
    await writeFile(path.join(directory, 'uxd.config.yaml'), 'dpi: 200\nocr:\n  level: word\n');
    await writeFile(path.join(directory, 'home/.config/uxd/config.json'), '{"provider": "google"}');
    expect((await readConfigFiles(terminal())).map(({ values }) => values)).toEqual([
      { dpi: 200, ocr: { level: 'word' } },
      { provider: 'google' },
    ]);
  });

  it('that cannot be parsed are named', async () => {
    await mkdir(path.join(directory, 'a/b'), { recursive: true });
    await writeFile(path.join(directory, 'a/uxd.config.json'), '{');
    await expect(readConfigFiles(terminal())).rejects.toThrow('uxd.config.json');
  });

  it.each([
    ['uxd.config.json', '{\n"endpoint": hunter2}', 'not valid JSON'],
    ['uxd.config.json', '{\n"hunter2": "hunter2" hunter2}', 'not valid JSON (line 2, column '],
    ['uxd.config.yaml', 'a: [hunter2', 'not valid YAML (bad indent at line 1, column 12)'],
    ['uxd.config.yaml', 'a: *hunter2', 'not valid YAML'],
    ['uxd.config.yaml', 'a: "b" "hunter2"', 'not valid YAML (unexpected token at line 1, column 8)'],
  ])('%s with a mistake shows nothing of what it says: %j', async (name, text, expected) => {
    await mkdir(path.join(directory, 'a/b'), { recursive: true });
    await writeFile(path.join(directory, 'a', name), text);
    const message = await readConfigFiles(terminal()).then(String, (error: Error) => error.message);
    expect(message).toContain(expected);
    expect(message).not.toContain('hunter2');
    expect(message).not.toContain('\n');
  });

  it('with unknown settings are refused', () => {
    const check = (values: Record<string, unknown>) => () =>
      checkConfig({ file: 'uxd.config.json', values }, [command]);
    expect(check({ dpi: 1, ocr: { level: 'x' } })).not.toThrow();
    expect(check({ dpj: 1 })).toThrow('unknown setting "dpj"');
    expect(check({ ocr: { dpj: 1 } })).toThrow('unknown setting "ocr.dpj"');
    expect(check({ refresh: true })).toThrow('unknown setting "refresh"');
    expect(check({ ocr: [] })).toThrow('uxd.config.json: "ocr" must be an object');
  });
});

describe('findShard', () => {
  it('reads the flag and the array jobs', () => {
    expect(findShard('0/3', {})).toEqual({ index: 0, count: 3 });
    expect(findShard(null, {})).toBeNull();
    expect(findShard(null, { CLOUD_RUN_TASK_INDEX: '1', CLOUD_RUN_TASK_COUNT: '4' })).toEqual({ index: 1, count: 4 });
    expect(findShard(null, { AWS_BATCH_JOB_ARRAY_INDEX: '2', AWS_BATCH_JOB_ARRAY_SIZE: '3' })).toEqual({
      index: 2,
      count: 3,
    });
    expect(findShard(null, { JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '2' })).toEqual({ index: 0, count: 2 });
    const slurm = { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_COUNT: '3', SLURM_ARRAY_TASK_MIN: '1' };
    expect(findShard(null, slurm)).toEqual({ index: 2, count: 3 });
    expect(findShard(null, { CLOUD_RUN_TASK_INDEX: '0', CLOUD_RUN_TASK_COUNT: '1' })).toBeNull();
  });

  it('reads Slurm arrays with a step, and refuses lists without an even spacing', () => {
    const slurm = (id: number, more: Record<string, string>) =>
      findShard(null, { SLURM_ARRAY_TASK_ID: String(id), SLURM_ARRAY_TASK_COUNT: '3', ...more });
    const stepped = { SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_MAX: '9', SLURM_ARRAY_TASK_STEP: '4' };
    expect([1, 5, 9].map((id) => slurm(id, stepped))).toEqual([0, 1, 2].map((index) => ({ index, count: 3 })));
    const listed = { ...stepped, SLURM_ARRAY_TASK_STEP: '1' };
    for (const id of [1, 2, 9]) expect(() => slurm(id, listed)).toThrow('give --shard i/n');
    expect(() => slurm(6, stepped)).toThrow('give --shard i/n');
    expect(() => slurm(Number.NaN, stepped)).toThrow('SLURM_ARRAY_TASK_ID');
  });

  it('refuses what is no part', () => {
    for (const flag of ['3/3', '1', 'a/b', '0/0', '-1/2'])
      expect(() => findShard(flag, {})).toThrow('expected part i of n');
  });
});

describe('messages', () => {
  it('annotations are escaped as GitHub Actions reads them', () => {
    expect(annotation('a:b,c%.png', 'one\r\ntwo 100%')).toBe('::error file=a%3Ab%2Cc%25.png::one two 100%25');
    expect(annotation('a\u001b[31m.png', 'b\u009b31m')).toBe('::error file=a [31m.png::b 31m');
  });

  it('control characters never reach the terminal', () => {
    let written = '';
    const stderr = { write: (text: string) => (written += text) };
    const log = createLog({ level: 'info', format: 'text', color: true }, { stderr, env: {} } as unknown as Terminal);
    log.warn('evil\u001b[31m\nname.png');
    expect(written).toBe('uxd: warning: evil [31m name.png\n');
    written = '';
    log.warn('a\u202egnp\u2028b\u2066c');
    expect(written).toBe('uxd: warning: a gnp b c\n');
    written = '';
    const settings = { level: 'info', format: 'json', color: true } as const;
    createLog(settings, { stderr, env: {} } as unknown as Terminal).warn('a\u009b31m\u007f\u202e');
    expect(written).toBe('{"level":"warn","message":"a\\u009b31m\\u007f\\u202e"}\n');
  });

  it('the summary counts', () => {
    const stats = Object.assign(new RunStats(), {
      ok: 4,
      failed: 1,
      cached: 2,
      calls: 3,
      retries: 1,
      units: 3,
      costMicroUsd: 4500,
    });
    const facts = {
      command: 'ocr',
      provider: 'google',
      inputs: 5,
      exitCode: 3,
      stopped: null,
      rows: 5,
      elapsedMs: 61_500,
      inputCounts: null,
      unit: 'page',
    } as const;
    expect(summaryText(summarize(stats, facts), facts)).toBe(
      'ocr: 4 ok, 1 failed, 2 from the cache · 3 calls, 1 retry · 3 units, $0.0045 at list price · 1 min 1 s',
    );
  });

  it('summary tells of inputs that have several items each', () => {
    const stats = Object.assign(new RunStats(), { ok: 9, failed: 1, cached: 3 });
    const facts = {
      command: 'transcribe',
      provider: 'local',
      inputs: 6,
      exitCode: 3,
      stopped: null,
      rows: 12,
    } as const;
    const more = { elapsedMs: 4000, inputCounts: { one: 'recording', ok: 5, failed: 1 }, unit: 'piece' } as const;
    const summary = summarize(stats, { ...facts, ...more });
    expect(summary).toMatchObject({ ok: 9, failed: 1, inputs: 6, inputsOk: 5, inputsFailed: 1 });
    expect(summaryText(summary, more, '8.0 s of speech')).toBe(
      'transcribe: 5 recordings ok, 1 failed, 3 pieces from the cache · 12 rows · 8.0 s of speech · 0 calls · 4.0 s',
    );
  });

  it('the step summary counts the same inputs as the line does', async () => {
    const stats = Object.assign(new RunStats(), { ok: 108, failed: 1, cached: 3 });
    const facts = {
      command: 'transcribe',
      provider: 'local',
      inputs: 25,
      exitCode: 3,
      stopped: null,
      rows: 9,
    } as const;
    const more = { elapsedMs: 4000, inputCounts: { one: 'recording', ok: 24, failed: 1 }, unit: 'piece' } as const;
    const folder = await mkdtemp(path.join(os.tmpdir(), 'uxd-step-'));
    try {
      const file = path.join(folder, 'step.md');
      await appendStepSummary(file, summarize(stats, { ...facts, ...more }));
      expect(await readFile(file, 'utf8')).toContain('| 25 | 24 | 1 | 3 |');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('progress fits the terminal', () => {
    const stats = Object.assign(new RunStats(), {
      inputsDone: 100_000,
      ok: 100_000,
      failed: 1000,
      cached: 50_000,
      refused: 12,
      costMicroUsd: 9e8,
    });
    const settings = { label: 'ocr', inputs: 123_456, unit: 'page', advance: null, unfinished: () => 0 } as const;
    for (const columns of [20, 40, 80])
      expect(progressText(settings, stats, 1e7, columns).length).toBeLessThanOrEqual(columns - 4);
  });

  it('progress within a long file is told in its own measure', () => {
    const stats = Object.assign(new RunStats(), { inputsDone: 2, ok: 40 });
    const settings = { label: 'transcribe', inputs: 3, unit: 'piece', unfinished: () => 1 } as const;
    const told = (advance: (() => string) | null): string =>
      progressText({ ...settings, advance }, stats, 20_000, 80).replace(' · 20.0 s', '');
    expect(told(() => '6 min 40 s of sound')).toBe('transcribe 1 of 3 files · 6 min 40 s of sound');
    expect(told(null)).toBe('transcribe 1 of 3 files · 40 pieces · 2.0/s');
    const foretold = { ...settings, advance: () => '1 min 3 s of sound', left: () => 'about 5 min left' };
    expect(progressText(foretold, stats, 20_000, 80)).toBe(
      'transcribe 1 of 3 files · 1 min 3 s of sound · about 5 min left · 20.0 s',
    );
  });

  it('money and time', () => {
    expect([0, 0.0015, 0.15, 12.345].map(formatUsd)).toEqual(['$0.00', '$0.0015', '$0.15', '$12.35']);
    expect([900, 61_000, 3_720_000].map(formatDuration)).toEqual(['0.9 s', '1 min 1 s', '1 h 2 min']);
  });
});

describe('a model that is being fetched', () => {
  it('is shown as a bar that fits, and nowhere but on a terminal', () => {
    expect(meterText(57e6, 114e6, 80)).toBe(`[${'#'.repeat(20)}${'-'.repeat(20)}] 57.0 of 114.0 MB`);
    expect(meterText(114e6, 114e6, 40)).toBe('[########] 114.0 of 114.0 MB, unpacking');
    for (const columns of [5, 20, 27, 60]) expect(meterText(1e6, 114e6, columns).length).toBeLessThan(columns);
    const written: string[] = [];
    const stderr = { isTTY: true, columns: 80, write: (text: string) => void written.push(text) };
    createMeter({ stderr: { ...stderr, isTTY: false }, env: {} } as unknown as Terminal).show(1, 2);
    createMeter({ stderr, env: { TERM: 'dumb' } } as unknown as Terminal).show(1, 2);
    createMeter({ stderr, env: {} } as unknown as Terminal, true).show(1, 2);
    expect(written).toEqual([]);
    const meter = createMeter({ stderr, env: {} } as unknown as Terminal);
    for (const received of [1e6, 1e6 + 1, 2e6]) meter.show(received, 4e6);
    meter.clear();
    expect(written).toHaveLength(3);
    expect(written.every((text) => text.startsWith('\r\u001b[K'))).toBe(true);
  });

  it('ends with a signal, and a second one quits', async () => {
    let signal: (name: 'SIGINT') => void = () => undefined;
    const quits: number[] = [];
    const terminal = {
      stderr: { write: () => true },
      onSignal: (handler: (name: 'SIGINT') => void) => {
        signal = handler;
        return () => undefined;
      },
      quit: (code: number) => void quits.push(code),
    } as unknown as Terminal;
    const fetching = interruptible(terminal, async (aborted) => {
      signal('SIGINT');
      signal('SIGINT');
      expect(aborted.aborted).toBe(true);
    });
    await expect(fetching).rejects.toThrow(InterruptedError);
    await expect(fetching).rejects.toMatchObject({ exitCode: 130 });
    expect(quits).toEqual([130]);
    expect(await interruptible(terminal, async () => 'here')).toBe('here');
  });
});

describe('terminal', () => {
  it('colours are decided per stream', () => {
    const tty = { isTTY: true } as Terminal['stderr'];
    const pipe = {} as Terminal['stderr'];
    expect(hasColor(tty, {}, true)).toBe(true);
    expect(hasColor(pipe, {}, true)).toBe(false);
    expect(hasColor(tty, { NO_COLOR: '1' }, true)).toBe(false);
    expect(hasColor(tty, { TERM: 'dumb' }, true)).toBe(false);
    expect(hasColor(tty, {}, false)).toBe(false);
  });

  it('directories follow XDG, and the overrides', () => {
    expect(directoriesOf({ env: {}, homeDirectory: '/h' })).toEqual({
      cache: '/h/.cache/uxd',
      models: '/h/.local/share/uxd/models',
      config: '/h/.config/uxd',
    });
    const env = { XDG_CACHE_HOME: '/c', UXD_MODELS_DIR: '/m', XDG_CONFIG_HOME: 'relative' };
    expect(directoriesOf({ env, homeDirectory: '/h' })).toEqual({
      cache: '/c/uxd',
      models: '/m',
      config: '/h/.config/uxd',
    });
  });
});
