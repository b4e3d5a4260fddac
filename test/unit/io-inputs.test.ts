import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareCodePoints } from '../../src/io/code-points.js';
import { type InputRequest, listInputs, shardOf } from '../../src/io/inputs.js';
import { findOverwritten } from '../../src/io/overwritten.js';
import { UsageError } from '../../src/model.js';

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'uxd-inputs-'));
});

afterEach(async () => {
  await rm(cwd, { recursive: true, force: true });
});

async function touch(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(cwd, name, '..'), { recursive: true });
    await writeFile(join(cwd, name), 'x');
  }
}

async function* bytes(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function list(patterns: string[], more: Partial<InputRequest> = {}, stdin: string | Uint8Array = '') {
  const request = { patterns, recursive: false, filesFrom: null, nullSeparated: false, shard: null };
  const extensions = ['.png', '.jpg'];
  const context = { cwd, stdin: bytes(stdin), tempDir: cwd };
  const listed = await listInputs({ ...request, extensions, ...more }, context);
  const shown = listed.entries.map((entry) =>
    'error' in entry ? `${entry.source}: ${entry.error.code}` : entry.source,
  );
  return { ...listed, shown };
}

describe('the list of inputs', () => {
  it('is sorted by code point, whatever order it was given in, and has each file once', async () => {
    await touch('b.png', 'a.png', 'Z.png', 'ñ.png', 'a/x.png', '😀.png', '｡.png');
    const { shown } = await list([
      '😀.png',
      '｡.png',
      'b.png',
      'a.png',
      './a.png',
      'Z.png',
      'ñ.png',
      'a/x.png',
      '*.png',
    ]);
    expect(shown).toEqual(['Z.png', 'a.png', 'a/x.png', 'b.png', 'ñ.png', '｡.png', '😀.png']);
  });

  it('has an error in the place of what is missing, a directory, a device or a name that is not text', async () => {
    await touch('a.png', 'scans/b.png');
    const { shown, total } = await list(['missing.png', 'scans/', 'a.png', 'caf\uFFFD.png', '/dev/null']);
    expect(shown).toEqual([
      '/dev/null: NOT_READABLE',
      'a.png',
      'caf\uFFFD.png: INVALID_FILE_NAME',
      'missing.png: FILE_NOT_FOUND',
      'scans: IS_A_DIRECTORY',
    ]);
    expect(total).toBe(5);
  });

  it('goes through directories for known endings, but not hidden files or linked directories', async () => {
    await touch('s/a.PNG', 's/b.txt', 's/.hidden.png', 's/.git/c.png', 's/deep/er/d.jpg', 'other/e.png');
    await symlink(join(cwd, 'other'), join(cwd, 's/loop'));
    await symlink(join(cwd, 'other/e.png'), join(cwd, 's/link.png'));
    expect((await list(['s'], { recursive: true })).shown).toEqual(['s/a.PNG', 's/deep/er/d.jpg', 's/link.png']);
    expect((await list(['./s/'], { recursive: true })).shown[0]).toBe('./s/a.PNG');
    expect((await list(['.'], { recursive: true })).shown).toContain('s/a.PNG');
  });

  it('tells of links that lead nowhere, in directories and patterns alike, and follows none to a directory', async () => {
    await touch('s/a.png', 'other/e.png');
    await symlink('nowhere.png', join(cwd, 's/dangling.png'));
    await symlink('self.png', join(cwd, 's/self.png'));
    await symlink('../other/e.png', join(cwd, 's/link.png'));
    await symlink('../other', join(cwd, 's/linked'));
    await symlink('.', join(cwd, 's/round'));
    const names = ['s/a.png', 's/dangling.png', 's/link.png', 's/self.png'];
    const walked = await list(['s'], { recursive: true });
    expect(walked.shown).toEqual([
      's/a.png',
      `${names[1]}: FILE_NOT_FOUND`,
      's/link.png',
      `${names[3]}: FILE_NOT_FOUND`,
    ]);
    const matched = await list(['s/**/*.png']);
    expect(matched.entries.map(({ source }) => source)).toEqual(names);
    expect((await list([`${cwd}/s/**`])).total).toBe(4);
    expect((await list(['s/linked/*.png'])).shown).toEqual(['s/linked/e.png']);
  });

  it('keeps names apart that are shown alike', async () => {
    await touch('s/a\\xff.png', 's/\\xff\\xfe.png');
    for (const raw of ['a\xff.png', '\xff\\xfe.png', '\xff\xfe.png']) {
      await writeFile(Buffer.from(`${cwd}/s/${raw}`, 'latin1'), 'x');
    }
    expect((await list(['s'], { recursive: true })).shown).toEqual([
      's/\\xff\\\\xfe.png: INVALID_FILE_NAME',
      's/\\xff\\xfe.png',
      's/\\xff\\xfe.png: INVALID_FILE_NAME',
      's/a\\xff.png',
      's/a\\xff.png: INVALID_FILE_NAME',
    ]);
    expect((await list(['s/*.png'])).total).toBe(5);
  });

  it('knows the input that an output would replace', async () => {
    await touch('a.png', 'b.png', 'd/c.png');
    await symlink('a.png', join(cwd, 'out.png'));
    await symlink('d', join(cwd, 'e'));
    const { entries } = await list(['a.png', 'b.png', 'e/c.png']);
    const overwritten = (name: string) => findOverwritten(entries, join(cwd, name));
    expect(await overwritten('b.png')).toBe('b.png');
    expect(await overwritten('out.png')).toBe('a.png');
    expect(await overwritten('d/c.png')).toBe('e/c.png');
    expect(await overwritten('new.jsonl')).toBeNull();
    expect(await overwritten('d')).toBeNull();
    await touch('f/a.png');
    expect(await overwritten('f/a.png')).toBeNull();
  });

  it('expands patterns itself', async () => {
    await touch('f/a.png', 'f/g/b.png', 'f/c.jpg', 'f/.d.png');
    expect((await list(['f/**/*.png'])).shown).toEqual(['f/a.png', 'f/g/b.png']);
    expect((await list(['f/*.{png,jpg}'])).shown).toEqual(['f/a.png', 'f/c.jpg']);
    expect((await list(['./f/*.png'])).shown).toEqual(['./f/a.png']);
    expect((await list([`${cwd}/f/*.png`])).shown).toEqual([`${cwd}/f/a.png`]);
    const nothing = await list(['f/*.gif', 'f/a.png']);
    expect(nothing.unmatched).toEqual(['f/*.gif']);
    expect(nothing.shown).toEqual(['f/a.png']);
  });

  it('takes a path that exists before it takes it for a pattern', async () => {
    await touch('a[1].png', 'a1.png', 'what?.png');
    expect((await list(['a[1].png'])).shown).toEqual(['a[1].png']);
    expect((await list(['what?.png'])).shown).toEqual(['what?.png']);
    await rm(join(cwd, 'a[1].png'));
    expect((await list(['a[1].png'])).shown).toEqual(['a1.png']);
  });

  it('tells of a directory without known files and of an empty list', async () => {
    await mkdir(join(cwd, 'empty'));
    expect(await list(['empty'], { recursive: true })).toMatchObject({ total: 0, unmatched: ['empty'] });
    expect(await list([], { filesFrom: '-' }, '\n\n')).toMatchObject({ total: 0, unmatched: ['-'] });
  });

  it('reads lists of files, by lines or by NUL, without expanding them', async () => {
    await touch('a.png', 'b b.png', 'new\nline.png', '*.png');
    expect((await list([], { filesFrom: '-' }, 'b b.png\r\n\na.png')).shown).toEqual(['a.png', 'b b.png']);
    expect((await list([], { filesFrom: '-' }, '*.png\n')).shown).toEqual(['*.png']);
    const { shown } = await list([], { filesFrom: '-', nullSeparated: true }, 'new\nline.png\0a.png\0');
    expect(shown).toEqual(['a.png', 'new\nline.png']);
    await writeFile(join(cwd, 'list'), 'a.png\nno.png\n');
    expect((await list(['b b.png'], { filesFrom: 'list' })).shown).toEqual([
      'a.png',
      'b b.png',
      'no.png: FILE_NOT_FOUND',
    ]);
    await expect(list([], { filesFrom: 'nowhere' })).rejects.toThrow(UsageError);
    await expect(list(['-'], { filesFrom: '-' })).rejects.toThrow(/both/);
    await expect(list([''])).rejects.toThrow(/empty/);
  });

  it('survives names that are not UTF-8', async () => {
    await touch('ok.png');
    execFileSync('sh', ['-c', "printf x > $(printf 'caf\\351.png')"], { cwd });
    const walked = await list(['.'], { recursive: true });
    expect(walked.shown).toEqual(['caf\\xe9.png: INVALID_FILE_NAME', 'ok.png']);
    expect((await list(['*.png'])).shown).toEqual(['caf\uFFFD.png: INVALID_FILE_NAME', 'ok.png']);
    const listed = await list([], { filesFrom: '-' }, Buffer.from([0x63, 0xe9, 0x2e, 0x70, 0x6e, 0x67, 0x0a]));
    expect(listed.shown).toEqual(['c\\xe9.png: INVALID_FILE_NAME']);
  });

  it('tells a link that leads nowhere from a file that is not there', async () => {
    await symlink('nowhere', join(cwd, 'link.png'));
    const { entries } = await list(['GS://bucket/a.png', 'gs:/bucket/a.png', 'link.png', 'none.png']);
    const messages = entries.map((entry) => ('error' in entry ? entry.error.message : ''));
    expect(messages).toEqual([
      expect.stringContaining('gs://BUCKET/OBJECT'),
      expect.stringContaining('gs://BUCKET/OBJECT'),
      expect.stringContaining('leads to nothing'),
      expect.stringContaining('no such file; check'),
    ]);
  });

  it('removes the copies of standard input that killed runs left', async () => {
    const listed = await list(['-'], {}, 'x');
    const [own] = (await readdir(cwd)) as [string];
    const dead = own.replace(/\.\d+\.(?=\w+$)/, `.${spawnSync('true').pid}.`);
    await mkdir(join(cwd, dead));
    await writeFile(join(cwd, dead, 'input-0'), 'x');
    const next = await list(['-'], {}, 'x');
    const names = await readdir(cwd);
    expect(names).toHaveLength(2);
    expect(names).not.toContain(dead);
    await listed.dispose();
    await next.dispose();
    expect(await readdir(cwd)).toEqual([]);
  });

  it('keeps standard input in a file of the owner alone and removes it', async () => {
    const listed = await list(['-', '-'], {}, 'picture');
    const [entry] = listed.entries;
    if (entry === undefined || 'error' in entry) throw new Error('no entry');
    expect(listed.shown).toEqual(['-']);
    expect(await readFile(entry.path, 'utf8')).toBe('picture');
    expect((await stat(entry.path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(entry.path, '..'))).mode & 0o777).toBe(0o700);
    await listed.dispose();
    await expect(stat(join(entry.path, '..'))).rejects.toThrow(/ENOENT/);
  });

  it('reads named pipes, as shells make them for <(command)', async () => {
    execFileSync('mkfifo', ['pipe'], { cwd });
    const written = writeFile(join(cwd, 'pipe'), 'from a pipe');
    const listed = await list(['pipe']);
    await written;
    const [entry] = listed.entries;
    if (entry === undefined || 'error' in entry) throw new Error('no entry');
    expect(await readFile(entry.path, 'utf8')).toBe('from a pipe');
    await listed.dispose();
  });

  it('splits into shards that are disjoint, complete and keep the places of the whole list', async () => {
    await touch(...Array.from({ length: 30 }, (_, i) => `${i}.png`));
    const whole = await list(['*.png']);
    const shards = await Promise.all([0, 1, 2].map((index) => list(['*.png'], { shard: { index, count: 3 } })));
    const merged = shards.flatMap(({ entries }) => entries).sort((a, b) => a.index - b.index);
    expect(merged).toEqual(whole.entries);
    expect(shards.map(({ total }) => total)).toEqual([30, 30, 30]);
    expect(new Set(shards.map(({ listing }) => listing)).size).toBe(1);
    expect((await list(['1*.png'])).listing).not.toBe(whole.listing);
    expect(Math.min(...shards.map(({ entries }) => entries.length))).toBeGreaterThan(3);
    expect(shardOf('0.png', 3)).toBe(shardOf('0.png', 3));
  });
});

describe('objects of Cloud Storage', () => {
  const listed = async (names: readonly string[], isList = true) => {
    const { entries } = isList ? await list([], { filesFrom: '-' }, names.join('\n')) : await list([...names]);
    return entries.map((entry) => [
      entry.source,
      'error' in entry ? entry.error.code : 'file',
      'object' in entry ? (entry.object?.generation ?? null) : undefined,
    ]);
  };

  it('are inputs by their names, in their place, whatever signs are in them', async () => {
    await touch('h.wav');
    const names = ['h.wav', 'gs://b/call (1).wav', 'gs://b/a{x}!#7.wav', 'gs://b/ñ.wav'];
    const stored = (name: string) => [name, 'IN_CLOUD_STORAGE', null];
    const expected = [
      stored('gs://b/a{x}!#7.wav'),
      stored('gs://b/call (1).wav'),
      stored('gs://b/ñ.wav'),
      ['h.wav', 'file', undefined],
    ];
    expect(await listed(names)).toEqual(expected);
    expect(await listed(names, false)).toEqual(expected);
    expect(await listed(['gs://b/[a]*?.wav'])).toEqual([stored('gs://b/[a]*?.wav')]);
  });

  it('are listed once, in their newest generation', async () => {
    const [a, b] = ['1700000000000009', '1700000000000010'];
    const names = [`gs://b/x#${a}`, `gs://b/x#${b}`, 'gs://b/x', `gs://b/x#${a}`, 'gs://b/y', `gs://b/y#${a}`];
    expect(await listed(names)).toEqual([
      ['gs://b/x', 'IN_CLOUD_STORAGE', b],
      ['gs://b/y', 'IN_CLOUD_STORAGE', a],
    ]);
  });

  it('folders and headings of a listing are none', async () => {
    const names = ['gs://b', 'gs://b/', 'gs://b/f/', 'gs://b/f/:'];
    expect((await listed(names)).map(([, code]) => code)).toEqual(names.map(() => 'IS_A_DIRECTORY'));
  });

  it.each(['gs://b/*.wav', 'gs://b/c?ll.wav', 'gs://b/[ab].wav', 'gs://b/f/', 'gs://b', 'gs://'])(
    '%s is refused where it is typed',
    async (name) => {
      await expect(list([name])).rejects.toThrow(/gcloud storage ls '.*' \| uxd transcribe --files-from -/);
      await expect(list([name])).rejects.toBeInstanceOf(UsageError);
    },
  );
});

describe('the order of code points', () => {
  it('is the order of the UTF-8 bytes', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});
