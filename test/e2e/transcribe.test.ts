/** `uxd transcribe` on samples/calls, with the embedded engine and its smallest model. */
import { cp, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSrt, parseVtt } from '../support/captions.js';
import { interleave, wavFile } from '../support/sounds.js';
import { spokenNumbers } from '../support/speech-items.js';
import { MODELS_DIR, pullModels } from '../support/speech-models.js';
import { startSpeechServer } from '../support/speech-server.mjs';
import { type Ended, PROJECT, type RunOptions, Sandbox } from '../support/uxd.js';

const MODELS = ['moonshine/tiny', 'moonshine/base-es', 'silero/vad-v5'];
const TINY = ['--model', 'tiny', '--concurrency', '1'];

let sandbox: Sandbox;
let hasModels = false;
beforeAll(async () => {
  sandbox = await Sandbox.create();
  await cp(path.join(PROJECT, 'samples'), sandbox.path('samples'), { recursive: true });
  hasModels = await pullModels(sandbox, MODELS);
}, 600_000);
afterAll(() => sandbox.remove());

function uxd(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return sandbox.uxd(args, { ...options, env: { UXD_MODELS_DIR: MODELS_DIR, ...options.env } });
}

/** Without a network the models cannot be fetched, and nothing can be heard. */
function test(name: string, run: () => Promise<void>): void {
  it(name, { timeout: 300_000 }, async (context) => {
    if (!hasModels) return context.skip('the models cannot be fetched');
    await run();
  });
}

/** Numbers from 0 to 1 (a linear congruential generator). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

function wordsOf(text: unknown): string[] {
  return (
    String(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Share of the true words that were heard. */
function heardShare(truth: string, texts: readonly unknown[]): number {
  const heard = new Set(texts.flatMap(wordsOf));
  const wanted = wordsOf(truth);
  return wanted.filter((word) => heard.has(word)).length / wanted.length;
}

const truthOf = (name: string): Promise<string> => readFile(sandbox.path(`samples/calls/${name}.truth.txt`), 'utf8');

describe('uxd transcribe', () => {
  test('hears what is said, and in which language', async () => {
    const { rows, code, stderr } = await uxd(['transcribe', 'samples/calls', '-r', ...TINY, '--level', 'file']);
    expect(code, stderr).toBe(0);
    const names = ['hold.wav', 'message-es.flac', 'nuvela-en.flac', 'nuvela-es.wav', 'refund-en.wav'];
    expect(rows.map(({ source }) => source)).toEqual(names.map((name) => `samples/calls/${name}`));
    expect(rows[0]).toMatchObject({ status: 'ok', text: '', startSeconds: 0, endSeconds: 4, flags: ['no-speech'] });
    for (const row of rows.slice(1)) {
      const name = path.parse(String(row.source)).name;
      expect(row.language, name).toBe(name.slice(-2));
      expect(heardShare(await truthOf(name), [row.text]), name).toBeGreaterThan(0.6);
    }
    expect(stderr).toMatch(
      /5 recordings ok, 0 failed · 5 rows · [\d.]+ s of speech in [\d.]+ s of recordings · 4 calls/,
    );
  });

  test('keeps the sides of a call apart, on one clock', async () => {
    const args = ['transcribe', 'samples/calls/nuvela-es.wav', '--split-channels', '--language', 'es', ...TINY];
    const { rows } = await uxd(args);
    expect(rows.map(({ channel }) => channel)).toEqual([1, 2, 1]);
    const starts = rows.map(({ startSeconds }) => Number(startSeconds));
    for (const [index, start] of [0.3, 3.3, 6.9].entries())
      expect(Math.abs((starts[index] ?? 99) - start)).toBeLessThan(0.5);
    for (const row of rows) {
      expect(row).toMatchObject({ status: 'ok', level: 'segment', speaker: null, language: 'es', provider: 'local' });
      const words = row.words as { text: string; startSeconds: number; endSeconds: number }[];
      expect(words.map(({ text }) => text).join(' ')).toBe(row.text);
      for (const { startSeconds, endSeconds } of words) {
        expect(endSeconds).toBeGreaterThanOrEqual(startSeconds);
        expect(startSeconds).toBeGreaterThanOrEqual(Number(row.startSeconds));
        expect(endSeconds).toBeLessThanOrEqual(Number(row.endSeconds));
        expect(Math.abs(startSeconds * 1000 - Math.round(startSeconds * 1000))).toBeLessThan(1e-6);
      }
    }
    const again = await uxd([...args, '--level', 'word']);
    expect(again.rows.map(({ text }) => text)).toEqual(rows.flatMap(({ text }) => String(text).split(' ')));
    expect(again.rows.every(({ words, level }) => words === undefined && level === 'word')).toBe(true);
    expect(again.stderr).toContain('3 pieces from the cache');
  });

  test('writes captions and text beside the rows', async () => {
    const inputs = ['samples/calls/nuvela-en.flac', 'samples/calls/hold.wav', 'samples/calls/nuvela-es.wav'];
    const kinds = ['--srt', 'out', '--vtt', 'out', '--txt', 'out'];
    const { rows, code, stderr } = await uxd(['transcribe', ...inputs, '--split-channels', ...TINY, ...kinds]);
    expect(code, stderr).toBe(0);
    const names = ['hold', 'nuvela-en', 'nuvela-es'].flatMap((name) =>
      ['.srt', '.txt', '.vtt'].map((end) => name + end),
    );
    expect((await readdir(sandbox.path('out'))).sort()).toEqual(names);
    const read = (name: string): Promise<string> => readFile(sandbox.path('out', name), 'utf8');
    expect([await read('hold.srt'), await read('hold.vtt'), await read('hold.txt')]).toEqual(['', 'WEBVTT\n', '']);
    const spanish = rows.filter(({ source }) => source === 'samples/calls/nuvela-es.wav');
    expect(await read('nuvela-es.txt')).toBe(
      spanish.map(({ channel, text }) => `Channel ${channel}: ${text}\n`).join(''),
    );
    const vtt = parseVtt(await read('nuvela-es.vtt'));
    expect(vtt.map(({ lines }) => lines.join(' ')).join(' ')).toBe(spanish.map(({ text }) => text).join(' '));
    expect(new Set(vtt.map(({ voice }) => voice))).toEqual(new Set(['Channel 1', 'Channel 2']));
    for (const cue of [
      ...vtt,
      ...parseSrt(await read('nuvela-es.srt'), true),
      ...parseSrt(await read('nuvela-en.srt')),
    ]) {
      expect(cue.endMs - cue.startMs).toBeGreaterThanOrEqual(1000);
      expect(cue.endMs - cue.startMs).toBeLessThanOrEqual(7000);
      for (const line of cue.lines) expect([...line].length).toBeLessThanOrEqual(42);
    }
  });

  test('gives rows that other commands read', async () => {
    const script = `uxd transcribe samples/calls/*.wav ${TINY.join(' ')} | uxd sentiment - `;
    const { rows, code, stderr } = await sandbox.shell(script, { env: { UXD_MODELS_DIR: MODELS_DIR } });
    expect(code, stderr).toBe(0);
    expect(new Set(rows.map(({ source }) => source))).toEqual(
      new Set(['hold', 'nuvela-es', 'refund-en'].map((name) => `samples/calls/${name}.wav`)),
    );
    expect(rows.map(({ id }) => id)).toEqual(rows.map((_, index) => String(index + 1)));
    expect(rows[0]).toMatchObject({ text: '', flags: ['empty-text'] });
  });

  test('tells what it would send, and sends nothing', async () => {
    const inputs = ['samples/calls/message-es.flac', 'samples/calls/hold.wav'];
    const args = ['transcribe', ...inputs, '--provider', 'google', '--endpoint', 'http://127.0.0.1:1', '--dry-run'];
    const { rows, code, stderr } = await uxd(args);
    expect(code, stderr).toBe(0);
    const [row] = rows;
    expect(row).toMatchObject({ schema: 'uxd.estimate/1', items: 2, calls: 1, failed: 0 });
    expect(Number(row?.speechSeconds)).toBeLessThan(Number(row?.recordingSeconds));
    expect(Number(row?.listPriceUsd)).toBeGreaterThan(0);
    expect(stderr).toMatch(/s of speech in [\d.]+ s of recordings/);
  });

  test('takes sound without a header, and standard input', async () => {
    const raw = (await readFile(sandbox.path('samples/calls/nuvela-es.wav'))).subarray(58);
    await writeFile(sandbox.path('call.ulaw'), raw);
    const told = await uxd(['transcribe', 'call.ulaw', '--raw', '8000:2:mulaw', '--language', 'es', ...TINY]);
    expect(told.code, told.stderr).toBe(0);
    const stdin = await readFile(sandbox.path('samples/calls/nuvela-es.wav'));
    const piped = await uxd(['transcribe', '-', '--language', 'es', ...TINY], { stdin });
    expect(piped.rows.map(({ text }) => text)).toEqual(told.rows.map(({ text }) => text));
    expect(piped.rows[0]).toMatchObject({ source: '-' });
    const untold = await uxd(['transcribe', 'call.ulaw', ...TINY]);
    expect(untold.rows).toMatchObject([{ status: 'error', errorCode: 'NOT_AUDIO' }]);
  });

  test('gives files that are no recordings error rows, and the others their result', async () => {
    await writeFile(sandbox.path('notes.wav'), 'these are notes, not a recording\n');
    await writeFile(sandbox.path('empty.wav'), '');
    await cp(sandbox.path('samples/calls/refund-en.wav'), sandbox.path('cut.wav'));
    await truncate(sandbox.path('cut.wav'), Math.floor((await stat(sandbox.path('cut.wav'))).size * 0.7));
    const inputs = ['cut.wav', 'empty.wav', 'missing.wav', 'notes.wav', 'samples/calls/hold.wav'];
    const { rows, code } = await uxd(['transcribe', ...inputs, '--language', 'en', ...TINY, '--vtt', 'captions']);
    expect(code).toBe(3);
    const failed = rows.filter(({ status }) => status === 'error');
    expect(failed.map(({ source, errorCode }) => [source, errorCode])).toEqual([
      ['cut.wav', 'TRUNCATED_AUDIO'],
      ['missing.wav', 'FILE_NOT_FOUND'],
      ['notes.wav', 'NOT_AUDIO'],
    ]);
    expect(rows.filter(({ source, status }) => source === 'cut.wav' && status === 'ok').length).toBeGreaterThan(0);
    expect(rows.at(-1)).toMatchObject({ source: 'samples/calls/hold.wav', text: '' });
    expect(rows.find(({ source }) => source === 'empty.wav')).toMatchObject({ status: 'ok', text: '', endSeconds: 0 });
    expect((await readdir(sandbox.path('captions'))).sort()).toEqual(['cut.vtt', 'empty.vtt', 'hold.vtt']);
  });

  test('hears no words where nobody speaks', async () => {
    const seconds = 6;
    const random = seeded(7);
    const tone = (pitch: number, time: number): number => Math.sin(2 * Math.PI * pitch * time);
    const melody = [262, 330, 392, 523, 392, 330, 294, 349];
    const sounds: Record<string, (time: number) => number> = {
      dtmf: (time) => (time % 0.3 < 0.15 ? 0.3 * (tone(770, time) + tone(1336, time)) : 0),
      hum: (time) => 0.2 * tone(50, time) + 0.1 * tone(150, time),
      music: (time) => {
        const pitch = melody[Math.floor(time * 3) % melody.length] as number;
        return 0.3 * Math.exp(-3 * ((time * 3) % 1)) * (tone(pitch, time) + 0.5 * tone(2 * pitch, time));
      },
      noise: () => 0.4 * (random() - 0.5),
      ringing: (time) => (time % 3 < 1 ? 0.2 * (tone(440, time) + tone(480, time)) : 0),
      silence: () => 0,
      tone: (time) => 0.3 * tone(440, time),
    };
    await mkdir(sandbox.path('quiet'));
    const facts = { sampleRate: 8000, channelCount: 1, encoding: 's16le' } as const;
    for (const [name, value] of Object.entries(sounds)) {
      const samples = Array.from({ length: seconds * 8000 }, (_, index) => value(index / 8000));
      await writeFile(sandbox.path(`quiet/${name}.wav`), wavFile(interleave([samples], 's16le'), facts));
    }
    await writeFile(sandbox.path('quiet/of-no-bytes.wav'), '');
    await writeFile(sandbox.path('quiet/of-no-samples.wav'), wavFile(Buffer.alloc(0), facts));
    const { rows, code, stderr } = await uxd(['transcribe', 'quiet', '-r', '--language', 'es,en', ...TINY]);
    expect(code, stderr).toBe(0);
    const names = [...Object.keys(sounds), 'of-no-bytes', 'of-no-samples'].sort();
    expect(rows.map(({ source, status, text }) => [source, status, text])).toEqual(
      names.map((name) => [`quiet/${name}.wav`, 'ok', '']),
    );
  });

  test('leaves open who speaks where there are fewer channels than names', async () => {
    const inputs = ['samples/calls/message-es.flac', 'samples/calls/nuvela-es.wav'];
    const args = ['transcribe', ...inputs, '--split-channels', '--channel-names', 'agent,customer', ...TINY];
    for (const level of ['segment', 'file']) {
      const { rows, stderr, code } = await uxd([...args, '--language', 'auto', '--level', level]);
      expect(code, stderr).toBe(0);
      expect(stderr).toContain('message-es.flac: it has one channel, and --channel-names tells of 2');
      expect(stderr).not.toContain('nuvela-es.wav: it has');
      const speakers = (name: string) =>
        new Set(rows.filter(({ source }) => source === name).map((row) => row.speaker));
      expect(speakers(inputs[0] as string)).toEqual(new Set([null]));
      expect(speakers(inputs[1] as string)).toEqual(new Set(['agent', 'customer']));
    }
  });

  it('fetches no model where there is nothing to hear', async () => {
    const { code, stderr } = await sandbox.uxd(['transcribe', 'none/*.wav'], {
      env: { UXD_MODELS_DIR: sandbox.path('no-models') },
    });
    expect([code, stderr]).toEqual([4, expect.stringContaining('matched no file')]);
    expect(stderr).not.toContain('fetching');
  });

  it('tells the licences of its models with the version', async () => {
    const { stdout, code } = await sandbox.uxd(['--version', '--verbose']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n/);
    expect(stdout).toMatch(/moonshine\/base-es .*\n.*free below US\$1,000,000/);
  });

  test('writes tables', async () => {
    const args = ['transcribe', 'samples/calls/refund-en.wav', ...TINY, '-o', 'rows.csv'];
    expect((await uxd(args)).code).toBe(0);
    const table: Record<string, string>[] = parse(await readFile(sandbox.path('rows.csv')), { columns: true });
    expect(table.length).toBeGreaterThan(0);
    for (const { words, text } of table) {
      const parsed = JSON.parse(String(words)) as { text: string }[];
      expect(parsed.map((word) => word.text).join(' ')).toBe(text);
    }
    const { rows } = await uxd([...args.slice(0, -2), '--no-words']);
    expect(rows.map(({ text, words }) => [text, words])).toEqual(table.map(({ text }) => [text, undefined]));
  });

  it('passes over files of directories that are no recordings by their endings, and tells', async () => {
    await mkdir(sandbox.path('notes/deeper'), { recursive: true });
    for (const name of ['a.txt', 'deeper/b.doc', '.hidden']) await writeFile(sandbox.path('notes', name), 'x');
    const { code, stderr } = await uxd([
      'transcribe',
      'notes',
      '-r',
      '--endpoint',
      'http://127.0.0.1:1',
      '-p',
      'google',
    ]);
    expect([code, stderr]).toEqual([4, expect.stringContaining('2 files with other endings')]);
  });

  it('has the doctor tell which models would be fetched', async () => {
    const { stdout } = await sandbox.uxd(['doctor'], { env: { UXD_MODELS_DIR: sandbox.path('no-models') } });
    const wanted =
      /none here; .*moonshine\/base and moonshine\/base-es \(a package of 114\.2 MB, of which 127\.1 MB are kept\)/;
    expect(stdout).toMatch(wanted);
  });

  it.each([
    [['--diarize'], '--split-channels'],
    [['--api', 'v1'], '--provider google'],
    [['--hints', 'words.txt'], '--provider google'],
    [['--srt', 'out', '--unordered'], '--unordered'],
    [['--raw', '8000:mulaw'], 'rate:channels:encoding'],
    [['--hints', 'words.txt', '--provider', 'google'], 'cannot be read'],
    [['--hints', '/dev/zero', '--provider', 'google'], 'larger than 1 MB'],
    [['--model', 'base', '--provider', 'google'], '--provider local'],
    [['--language', 'English'], 'did you mean en?'],
    [['--language', 'es,inglés'], 'did you mean en?'],
    [['--lang', 'en'], 'Did you mean --language?'],
    [['--channel-names', 'agent'], '--split-channels'],
    [['--srt', '--vtt', 'out'], '--srt takes a value, and is followed by --vtt'],
    [['-f', 'srt'], '--srt DIR'],
    [['-o', 'x.vtt'], '--vtt DIR'],
    [['--model', 'chirp_2'], '--provider google'],
    [['-o', 'x.srt', '-f', 'jsonl', '--summary', 'x.srt'], 'both name x.srt'],
    [['-o', 'out/x.srt', '-f', 'jsonl', '--srt', 'out'], '--srt out'],
    [[...TINY, '--language', 'de'], 'es'],
  ])('refuses %j', async (flags, reason) => {
    const { code, stderr } = await uxd(['transcribe', 'samples/calls/hold.wav', ...flags]);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });
});

describe('uxd transcribe with Google', () => {
  const google = (endpoint: string): string[] => ['--provider', 'google', '--endpoint', endpoint];

  test('sends the pieces, tries again what failed in passing, and pays nothing twice', async () => {
    const server = await startSpeechServer({ script: ['UNAVAILABLE'] });
    try {
      await writeFile(sandbox.path('names.txt'), 'Nuvela\n\nTrébola\n');
      const args = ['transcribe', 'samples/calls', '-r', '--split-channels', '--hints', 'names.txt'];
      const first = await uxd([...args, ...google(server.endpoint)]);
      expect(first.code, first.stderr).toBe(0);
      expect(first.stderr).toMatch(
        /[\d.]+ s of speech \(channels added up\) in [\d.]+ s of recordings · [\d.]+ s of silence not sent, which saves \$0\.\d+ · \d+ calls, 1 retry · \d+ units, \$/,
      );
      const { answersByHash, phrases } = server.stats;
      expect(Object.values(answersByHash).every((count) => count === 1)).toBe(true);
      expect(phrases).toEqual(['Nuvela', 'Trébola']);
      expect(first.rows.some(({ channel }) => channel === 2)).toBe(true);
      for (const row of first.rows.filter(({ text }) => text !== '')) {
        expect(row).toMatchObject({ schema: 'uxd.transcript/1', status: 'ok', provider: 'google' });
        expect(Number(row.endSeconds)).toBeGreaterThan(Number(row.startSeconds));
      }
      const calls = server.stats.calls;
      const again = await uxd([...args, ...google(server.endpoint)]);
      expect(again.stdout).toBe(first.stdout);
      expect(server.stats.calls).toBe(calls);
    } finally {
      await server.close();
    }
  });

  test('stops before it costs more than is allowed', async () => {
    const server = await startSpeechServer();
    try {
      const args = ['transcribe', 'samples/calls', '-r', '--max-cost', '0.003', ...google(server.endpoint)];
      const { code, stderr } = await uxd(args);
      expect(code, stderr).toBe(5);
      expect(server.stats.billedSeconds * (0.016 / 60)).toBeLessThanOrEqual(0.003);
    } finally {
      await server.close();
    }
  });

  test('hears files and recordings in Cloud Storage in one run', async () => {
    const server = await startSpeechServer({ objects: { 'gs://calls/a.wav': { channels: [spokenNumbers(2)] } } });
    try {
      const args = ['transcribe', 'gs://calls/a.wav', 'samples/calls/refund-en.wav', '--level', 'file'];
      const dry = await uxd([...args, ...google(server.endpoint), '--dry-run']);
      expect(dry.rows).toMatchObject([{ unpriced: 1, units: null, listPriceUsd: null }]);
      expect(Number(dry.rows[0]?.speechSeconds)).toBeGreaterThan(0);
      expect(dry.stderr).toMatch(/s of recordings · 1 recording of unknown length .* billable units .* 1 item whose/);
      const { rows, code, stderr } = await uxd([...args, ...google(server.endpoint)]);
      expect(code, stderr).toBe(0);
      expect(rows).toMatchObject([
        { source: 'gs://calls/a.wav', status: 'ok', endSeconds: null },
        { source: 'samples/calls/refund-en.wav', status: 'ok', endSeconds: expect.any(Number) },
      ]);
      expect(stderr).toContain(`${server.stats.billedSeconds} units`);
    } finally {
      await server.close();
    }
  });

  test('gives a piece that cannot be heard an error row, and the recording the rest', async () => {
    const server = await startSpeechServer({ script: ['UNAVAILABLE'] });
    try {
      const args = [
        'transcribe',
        'samples/calls/nuvela-es.wav',
        '--split-channels',
        '--level',
        'file',
        '--retries',
        '0',
      ];
      const { rows, code } = await uxd([...args, '-c', '1', '--no-cache', ...google(server.endpoint)]);
      expect(code).toBe(3);
      const failed = rows.filter(({ status }) => status === 'error');
      expect(failed).toMatchObject([{ errorCode: 'UNAVAILABLE', retryable: true, channel: 1 }]);
      expect(Number(failed[0]?.endSeconds)).toBeGreaterThan(Number(failed[0]?.startSeconds));
      const heard = rows.filter(({ status }) => status === 'ok');
      expect(heard.map(({ channel, flags }) => [channel, flags])).toEqual([
        [1, ['incomplete']],
        [2, ['incomplete']],
      ]);
    } finally {
      await server.close();
    }
  });
});
