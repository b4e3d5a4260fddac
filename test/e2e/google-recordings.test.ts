/** `uxd transcribe` of recordings in Cloud Storage against a loopback Speech-to-Text, with the real client. */
import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSrt } from '../support/captions.js';
import { soundOf, spokenNumbers } from '../support/speech-items.js';
import { startSpeechServer } from '../support/speech-server.mjs';
import { killWhen, type RunOptions, Sandbox } from '../support/uxd.js';

type ServerOptions = NonNullable<Parameters<typeof startSpeechServer>[0]>;

let server: Awaited<ReturnType<typeof startSpeechServer>>;
let sandbox: Sandbox;
let google: string[];

const CALL = [
  spokenNumbers(2),
  soundOf([
    [0, 2],
    [300, 0.4],
    [0, 0.1],
  ]),
];
const nameOf = (index: number): string => `gs://calls/2026/call ${String(index).padStart(2, '0')}.wav`;

/** So many recordings; the one of index n has n + 1 words. */
function bucketOf(count: number): NonNullable<ServerOptions['objects']> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [nameOf(index), { channels: [spokenNumbers(index + 1)] }]),
  );
}

beforeEach(async () => {
  sandbox = await Sandbox.create();
  server = await startSpeechServer();
  google = ['--provider', 'google', '--endpoint', server.endpoint, '--language', 'en'];
});
afterEach(async () => {
  await server.close();
  await sandbox.remove();
});

const transcribe = (args: readonly string[], options: RunOptions = {}) =>
  sandbox.uxd(['transcribe', ...args, ...google], options);

describe('uxd transcribe gs://... --provider google', () => {
  it('gives rows, levels and captions as for files', async () => {
    server.configure({ objects: { 'gs://calls/a.wav': { channels: CALL } } });
    const segments = await transcribe(['gs://calls/a.wav', '--split-channels', '--srt', 'out']);
    expect(segments.code, segments.stderr).toBe(0);
    const base = { schema: 'uxd.transcript/1', source: 'gs://calls/a.wav', status: 'ok', provider: 'google' };
    expect(segments.rows).toMatchObject([
      { ...base, channel: 1, text: 'One two.', startSeconds: 0.1, endSeconds: 0.6, language: 'en' },
      { ...base, channel: 2, text: 'One.', startSeconds: 2, endSeconds: 2.4, model: 'speech-v2/long' },
    ]);
    expect(segments.stderr).toMatch(/1 recording of unknown length · 1 call · 4 units, \$0\.0011 at list price/);
    const cues = parseSrt(await readFile(sandbox.path('out/a.srt'), 'utf8'));
    expect(cues).toHaveLength(2);
    const words = await transcribe(['gs://calls/a.wav', '--split-channels', '--level', 'word', '--api', 'v1']);
    expect(words.rows.map(({ channel, text, startSeconds }) => [channel, text, startSeconds])).toEqual([
      [1, 'One', 0.1],
      [1, 'two.', 0.4],
      [2, 'One.', 2],
    ]);
    const files = await transcribe(['gs://calls/a.wav', '--level', 'file']);
    expect(files.rows).toMatchObject([{ ...base, level: 'file', text: 'One two.', startSeconds: 0, endSeconds: null }]);
    expect(files.stderr).toContain('the first channel alone is heard; --split-channels hears all');
  });

  it('takes the names that gcloud storage lists, and gives their rows in order', async () => {
    server.configure({ objects: bucketOf(20) });
    const names = Array.from({ length: 20 }, (_, index) => nameOf(19 - index));
    const stdin = `${names.join('\n')}\ngs://calls/2026/old/\n`;
    const { code, rows, stderr } = await transcribe(['--files-from', '-'], { stdin });
    expect(code, stderr).toBe(3);
    expect(rows.slice(0, 20).map(({ source }) => source)).toEqual([...names].reverse());
    expect(rows.slice(0, 20).map(({ words }) => (words as unknown[]).length)).toEqual(
      names.map((_, index) => index + 1),
    );
    expect(rows[20]).toMatchObject({ source: 'gs://calls/2026/old/', errorCode: 'IS_A_DIRECTORY' });
    expect(server.stats.operations).toBe(20);
  });

  it('one recording that fails costs no other its rows, whatever fails for a while', async () => {
    server.configure({
      objects: {
        ...bucketOf(8),
        'gs://calls/2026/call 90.wav': {},
        'gs://calls/2026/call 91.wav': { isForbidden: true },
        'gs://calls/2026/call 92.wav': { channels: CALL, failures: [14, 13] },
      },
      faultRate: 0.2,
      seed: 5,
      faultKinds: ['UNAVAILABLE', 'INTERNAL', 'RESOURCE_EXHAUSTED', 'RESET', 'FAILED_OPERATION'],
      retryAfterMs: 20,
    });
    const failing = ['gs://calls/2026/call 89.wav', ...[90, 91, 92].map((index) => nameOf(index))];
    const names = [...Array.from({ length: 8 }, (_, index) => nameOf(index)), ...failing, 'gone.wav'];
    const { code, rows, stderr } = await transcribe(names);
    expect(code, stderr).toBe(3);
    expect(rows.map(({ source, status, errorCode, retryable }) => [source, status, errorCode, retryable])).toEqual([
      ['gone.wav', 'error', 'FILE_NOT_FOUND', false],
      ...Array.from({ length: 8 }, (_, index) => [nameOf(index), 'ok', undefined, undefined]),
      [nameOf(89), 'error', 'NOT_FOUND', false],
      [nameOf(90), 'error', 'INVALID_ARGUMENT', false],
      [nameOf(91), 'error', 'PERMISSION_DENIED', false],
      [nameOf(92), 'ok', undefined, undefined],
    ]);
  });

  it('says of what it would send that its price is unknown, and sends nothing', async () => {
    const dry = await transcribe([nameOf(0), nameOf(1), '--dry-run', '--max-cost', '1']);
    expect(dry.code, dry.stderr).toBe(0);
    expect(dry.rows).toMatchObject([
      { schema: 'uxd.estimate/1', items: 2, calls: 2, unpriced: 2, units: null, listPriceUsd: null },
    ]);
    expect(dry.stderr).toContain('2 items whose units and price are known only when they are read');
    expect(dry.stderr).not.toMatch(/\$0|0 billable|0\.0 s/);
    expect(server.stats.calls).toBe(0);
  });

  it('says where the service did not tell a price', async () => {
    server.configure({ objects: bucketOf(1), hidesBilling: true });
    const { stderr } = await transcribe([nameOf(0), '--summary', 's.json']);
    expect(stderr).toContain('1 item of unknown price');
    expect(JSON.parse(await readFile(sandbox.path('s.json'), 'utf8'))).toMatchObject({ unpriced: 1, units: 0 });
  });

  it.each([
    [['gs://calls/a.wav', '--max-cost', '5'], /--max-cost cannot be kept to/],
    [['gs://calls/a.raw', '--raw', '8000:1:mulaw'], /--raw is for files on this machine/],
    [
      ['gs://calls/*.wav'],
      /gcloud storage ls 'gs:\/\/calls\/\*\.wav' \| uxd transcribe --files-from - --provider google/,
    ],
    [['gs://calls/2026/'], /gcloud storage ls 'gs:\/\/calls\/2026\/\*\*'/],
    [['gs://calls'], /gcloud storage ls 'gs:\/\/calls\/\*\*'/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await transcribe(args);
    expect([code, server.stats.calls]).toEqual([2, 0]);
    expect(stderr).toMatch(message);
  });
});

describe('paying for recordings in Cloud Storage', () => {
  it('keeps no result by a name that another content may have tomorrow', async () => {
    server.configure({ objects: bucketOf(1) });
    const first = await transcribe([nameOf(0)]);
    expect(first.stderr).toMatch(/not kept for a later run.*--all-versions/);
    server.configure({ objects: { [nameOf(0)]: { channels: [spokenNumbers(3)] } } });
    const second = await transcribe([nameOf(0)]);
    expect([first.rows[0]?.text, second.rows[0]?.text]).toEqual(['One.', 'One two three.']);
  });

  it('keeps the results of generations, and takes the newest', async () => {
    server.configure({ objects: bucketOf(2) });
    const [older, newer] = ['1795200000000001', '1795200000000002'];
    const list = [`${nameOf(0)}#${newer}`, `${nameOf(0)}#${older}`, `${nameOf(1)}#${older}`].join('\n');
    const first = await transcribe(['--files-from', '-'], { stdin: list });
    expect(first.code, first.stderr).toBe(0);
    expect(first.rows.map(({ source }) => source)).toEqual([nameOf(0), nameOf(1)]);
    expect(server.stats.operations).toBe(2);
    const again = await transcribe(['--files-from', '-'], { stdin: list });
    expect(again.stdout).toBe(first.stdout);
    expect(server.stats.operations).toBe(2);
    const dry = await transcribe(['--files-from', '-', '--dry-run'], { stdin: list });
    expect(dry.rows).toMatchObject([{ items: 2, cached: 2, unpriced: 0, units: 0, listPriceUsd: 0 }]);
    const replaced = list.replaceAll(older, '1795200000000003');
    await transcribe(['--files-from', '-'], { stdin: replaced });
    expect(server.stats.operationsByUri).toEqual({ [nameOf(0)]: 2, [nameOf(1)]: 2 });
  });

  it('keeps no failure that is not of the content', async () => {
    const [none, forbidden, noSound] = [0, 1, 2].map(nameOf) as [string, string, string];
    const list = [none, forbidden, noSound].map((name) => `${name}#1795200000000001`).join('\n');
    server.configure({ objects: { [forbidden]: { channels: CALL, isForbidden: true }, [noSound]: {} } });
    const first = await transcribe(['--files-from', '-'], { stdin: list });
    expect(first.rows.map(({ errorCode }) => errorCode)).toEqual([
      'NOT_FOUND',
      'PERMISSION_DENIED',
      'INVALID_ARGUMENT',
    ]);
    server.configure({ objects: { ...bucketOf(3) } });
    const again = await transcribe(['--files-from', '-'], { stdin: list });
    expect(again.rows.map(({ errorCode }) => errorCode)).toEqual([undefined, undefined, 'INVALID_ARGUMENT']);
  });

  it('after kill -9 goes on with generations where it was', async () => {
    server.configure({ objects: bucketOf(12) });
    const list = Array.from({ length: 12 }, (_, index) => `${nameOf(index)}#1795200000000001`).join('\n');
    await writeFile(sandbox.path('names.txt'), list);
    const args = ['--files-from', 'names.txt', '-c', '2'];
    const killed = await transcribe(args, {
      onStart: killWhen('SIGKILL', () => server.stats.operations >= 7),
    });
    expect(killed.signal).toBe('SIGKILL');
    const again = await transcribe(args);
    expect(again.code, again.stderr).toBe(0);
    expect(again.rows).toHaveLength(12);
    // In flight, or answered and not yet written down.
    expect(server.stats.operations).toBeLessThanOrEqual(16);
  });

  it('cancels what nobody waits for any more', async () => {
    const polls = [0, 15, 1e6];
    const bucket = Object.entries(bucketOf(3)).map(([name, object], index) => [
      name,
      { ...object, polls: polls[index] },
    ]);
    server.configure({ objects: Object.fromEntries(bucket) });
    const { code, stderr } = await transcribe([0, 1, 2].map(nameOf), {
      onStart: ({ stdout }) => {
        stdout?.once('data', () => stdout.destroy());
      },
    });
    expect(code, stderr).toBe(0);
    expect(server.stats.cancelled).toHaveLength(1);
  });

  it('Ctrl-C waits for the operations in flight, and starts no more', async () => {
    server.configure({ objects: bucketOf(6), pollsUntilDone: 6 });
    const { code, rows, stderr } = await transcribe([0, 1, 2, 3, 4, 5].map(nameOf).concat('-c', '2'), {
      onStart: killWhen('SIGINT', () => server.stats.polls >= 2),
    });
    expect(code, stderr).toBe(130);
    expect(server.stats.operations).toBeLessThanOrEqual(3);
    expect(rows).toHaveLength(server.stats.operations);
    expect(stderr).not.toContain('not paid again');
  });
});

describe('objects of Cloud Storage elsewhere', () => {
  it('are refused by the local engine before anything is fetched or read', async () => {
    const { code, stderr, rows } = await sandbox.uxd(['transcribe', 'gs://calls/a.wav', 'a.wav']);
    expect([code, rows]).toEqual([2, []]);
    expect(stderr).toMatch(/gs:\/\/\) need --provider google.*gcloud storage cp/);
  });

  it.each([
    ['ocr', []],
    ['ocr', ['--provider', 'google', '--endpoint', 'http://127.0.0.1:1']],
    ['sentiment', []],
  ])('uxd %s %j gives an error row that says what to do', async (command, flags) => {
    const { code, rows } = await sandbox.uxd([command, 'gs://calls/a.wav', ...flags]);
    expect(code).toBe(3);
    expect(rows).toMatchObject([{ source: 'gs://calls/a.wav', status: 'error', errorCode: 'IN_CLOUD_STORAGE' }]);
    expect(rows[0]?.errorMessage).toMatch(/--provider google.*gcloud storage cp 'gs:\/\/calls\/a\.wav' \./);
  });
});
