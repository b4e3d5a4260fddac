/** `uxd transcribe --provider google` of files on this machine, against a loopback Speech-to-Text that misbehaves. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseSrt, parseVtt } from '../support/captions.js';
import { wavFile } from '../support/sounds.js';
import { MODELS_DIR, pullModels } from '../support/speech-models.js';
import { startSpeechServer } from '../support/speech-server.mjs';
import { type Ended, killWhen, PROJECT, type RunOptions, Sandbox } from '../support/uxd.js';
import { readWav } from '../support/wav.js';

const RATE = 16_000;
const TURNS = 6;
const SPEECH = readWav(path.join(PROJECT, 'test/fixtures/speech-en.wav'));

/** Two people who speak in turn, each as often and each time at another loudness, with pauses: every piece is new. */
function callOf(turns: number, loudness: number): Buffer {
  const turnLength = SPEECH.length + 2 * RATE;
  const frames = new Int16Array(turns * 2 * turnLength * 2);
  for (let turn = 0; turn < turns * 2; turn++) {
    const gain = loudness * (1 - turn / 100);
    for (let at = 0; at < SPEECH.length; at++)
      frames[2 * (turn * turnLength + at) + (turn % 2)] = Math.round((SPEECH[at] as number) * gain);
  }
  const facts = { sampleRate: RATE, channelCount: 2, encoding: 's16le' } as const;
  return wavFile(Buffer.from(frames.buffer), facts);
}

let server: Awaited<ReturnType<typeof startSpeechServer>>;
let sandbox: Sandbox;
let google: string[];
let hasModels = false;
/** A run on both channels of `a.wav` in which nothing fails. */
let whole: Ended;

beforeAll(async () => {
  sandbox = await Sandbox.create();
  await writeFile(sandbox.path('a.wav'), callOf(TURNS, 1));
  await writeFile(sandbox.path('b.wav'), callOf(2, 0.7));
  hasModels = await pullModels(sandbox, ['silero/vad-v5']);
  server = await startSpeechServer();
  const args = ['transcribe', 'a.wav', '--split-channels', '--language', 'en', '--provider', 'google'];
  whole = await uxd([...args, '--endpoint', server.endpoint], 'whole');
  await server.close();
}, 600_000);
afterAll(() => sandbox.remove());
beforeEach(async () => {
  server = await startSpeechServer();
  google = ['--provider', 'google', '--endpoint', server.endpoint, '--language', 'en'];
});
afterEach(() => server.close());

/** Every test has a cache of its own. */
function uxd(args: readonly string[], cache: string, options: RunOptions = {}): Promise<Ended> {
  const env = { UXD_MODELS_DIR: MODELS_DIR, UXD_CACHE_DIR: sandbox.path(`cache-${cache}`) };
  return sandbox.uxd(args, { ...options, env });
}

const transcribe = (args: readonly string[], cache: string, options?: RunOptions): Promise<Ended> =>
  uxd(['transcribe', ...args, ...google], cache, options);

function test(name: string, run: () => Promise<void>): void {
  it(name, { timeout: 120_000 }, async (context) => {
    if (!hasModels) return context.skip('the models cannot be fetched');
    await run();
  });
}

/** How often the answers of each piece were given. */
const answers = (): number[] => Object.values(server.stats.answersByHash);

describe('pieces of a recording', () => {
  test('are joined on the common clock, each channel by itself, with captions', async () => {
    const args = ['a.wav', '--split-channels', '--channel-names', 'agent,customer', '--srt', 'out', '--vtt', 'out'];
    const { code, rows, stderr } = await transcribe(args, 'clock');
    expect(code, stderr).toBe(0);
    const turnSeconds = SPEECH.length / RATE + 2;
    const starts = rows.map(({ startSeconds }) => Number(startSeconds));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    for (const row of rows) {
      const turn = Math.floor(Number(row.startSeconds) / turnSeconds);
      expect(row).toMatchObject({ channel: (turn % 2) + 1, speaker: turn % 2 === 0 ? 'agent' : 'customer' });
      expect(Number(row.endSeconds)).toBeLessThanOrEqual(turn * turnSeconds + turnSeconds - 1.5);
    }
    expect(new Set(rows.map(({ startSeconds }) => Math.floor(Number(startSeconds) / turnSeconds))).size).toBe(
      2 * TURNS,
    );
    expect(stderr).toMatch(/s of silence not sent, which saves \$0\.0/);
    const words = parseVtt(await readFile(sandbox.path('out/a.vtt'), 'utf8'));
    expect(new Set(words.map(({ voice }) => voice))).toEqual(new Set(['agent', 'customer']));
    const spoken = rows.map(({ text }) => text).join(' ');
    expect(words.map(({ lines }) => lines.join(' ')).join(' ')).toBe(spoken);
    expect(parseSrt(await readFile(sandbox.path('out/a.srt'), 'utf8'), true).length).toBe(words.length);
  });

  test('are all heard where half of the calls fail and answers are slow', async () => {
    // RESET is left out: it cuts off answers that are on their way to other calls.
    const faultKinds = ['UNAVAILABLE', 'INTERNAL', 'ABORTED', 'DEADLINE_EXCEEDED', 'RST_STREAM'] as const;
    server.configure({ faultRate: 0.5, seed: 11, faultKinds: [...faultKinds], retryAfterMs: 30, latencyMs: 20 });
    const { code, rows, stderr } = await transcribe(['a.wav', '--split-channels', '--retries', '20'], 'faults');
    expect(code, stderr).toBe(0);
    expect(server.stats.failed).toBeGreaterThan(5);
    expect(rows).toEqual(whole.rows);
    expect(answers().every((count) => count === 1)).toBe(true);
  });

  test('a call without an answer ends at its time limit and is made again', async () => {
    server.configure({ script: ['HANG'] });
    const { code, stderr } = await transcribe(['b.wav', '--timeout', '1'], 'hang');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('1 retry');
  });

  test('a refusal for quota slows the whole run down, and costs no piece an attempt', async () => {
    server.configure({ script: ['NONE', 'RESOURCE_EXHAUSTED'], retryAfterMs: 1500 });
    const { code, stderr } = await transcribe(['b.wav', '--split-channels', '--retries', '0'], 'quota');
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/1 refused/);
    // The others wait as long as the refused one, and come one after the other.
    expect(server.stats.lastCallAt - server.stats.firstCallAt).toBeGreaterThan(1500);
    expect(answers()).toHaveLength(4);
  });
});

describe('paying once', () => {
  test('a rerun makes no call and writes the same', async () => {
    const again = await transcribe(['a.wav', '--split-channels'], 'whole');
    expect(again.stdout).toBe(whole.stdout);
    const dry = await transcribe(['a.wav', '--split-channels', '--dry-run'], 'whole');
    expect(dry.rows).toMatchObject([{ calls: 0, units: 0, listPriceUsd: 0 }]);
    expect(server.stats.calls).toBe(0);
  });

  test('after kill -9 the run goes on where it was', async () => {
    const args = ['a.wav', '--split-channels', '-c', '2'];
    server.configure({ latencyMs: 60 });
    const killed = await transcribe(args, 'killed', {
      onStart: killWhen('SIGKILL', () => server.stats.answered >= 5),
    });
    expect(killed.signal).toBe('SIGKILL');
    const again = await transcribe(args, 'killed');
    expect(again.code, again.stderr).toBe(0);
    expect(again.stdout).toBe(whole.stdout);
    // In flight when it was killed, or answered and not yet written down: two at a time.
    expect(answers().filter((count) => count > 1).length).toBeLessThanOrEqual(2);
    expect(Math.max(...answers())).toBeLessThanOrEqual(2);
  });

  test('Ctrl-C waits for the calls in flight, keeps them and says how to go on', async () => {
    const args = ['a.wav', '--split-channels', '-c', '2'];
    server.configure({ latencyMs: 60 });
    const stopped = await transcribe(args, 'stopped', {
      onStart: killWhen('SIGINT', () => server.stats.answered >= 4),
    });
    expect(stopped.code, stopped.stderr).toBe(130);
    expect(stopped.stderr).toMatch(/run the same command again to go on/);
    const again = await transcribe(args, 'stopped');
    expect(again.code, again.stderr).toBe(0);
    expect(answers().every((count) => count === 1)).toBe(true);
  });

  test('parts of an array job give what one machine gives', async () => {
    const alone = await transcribe(['a.wav', 'b.wav'], 'shards');
    for (const part of ['0', '1'])
      await transcribe(['a.wav', 'b.wav', '--shard', `${part}/2`, '-o', `part-${part}.jsonl`], 'shards');
    const merged = await uxd(['merge', 'part-0.jsonl', 'part-1.jsonl'], 'shards');
    expect(merged.code, merged.stderr).toBe(0);
    expect(merged.stdout).toBe(alone.stdout);
  });
});

describe('answers of the service', () => {
  test('in several languages and without times have rows of their own language', async () => {
    server.configure({
      results: [
        { alternatives: [{ transcript: 'good morning' }, { transcript: 'other' }], languageCode: 'en-us' },
        { alternatives: [] },
        { alternatives: [{ transcript: ' ' }], languageCode: 'es-es' },
        { alternatives: [{ transcript: 'buenos\n días' }], languageCode: 'es-es' },
      ],
    });
    const { rows, code } = await transcribe(['b.wav', '--level', 'word'], 'languages');
    expect(code).toBe(0);
    expect(new Set(rows.map(({ text, language }) => `${language}: ${text}`))).toEqual(
      new Set(['en: good morning', 'es: buenos días']),
    );
    expect(rows.every(({ flags, confidence }) => String(flags) === 'no-word-times' && confidence === null)).toBe(true);
  });

  test('a model that is not at the location ends the run with the flag to change', async () => {
    const args = ['a.wav', '--model', 'chirp_2', '--location', 'eu'];
    const { code, stderr, rows } = await transcribe(args, 'place');
    expect([code, rows]).toEqual([2, []]);
    expect(stderr).toMatch(/"chirp_2" does not exist in the location named "eu".*--model chirp_2.*--location/);
    expect(server.stats.recognizers).toEqual(['projects/emulator/locations/eu/recognizers/_']);
  });

  test('an API that is not enabled is one error with the command', async () => {
    const message = 'Cloud Speech-to-Text API has not been used in project 7 before or it is disabled.';
    server.configure({
      always: { code: 'PERMISSION_DENIED', message, reason: 'SERVICE_DISABLED', consumer: 'projects/7' },
    });
    const { code, stderr } = await transcribe(['a.wav'], 'disabled');
    expect(code).toBe(2);
    expect(stderr).toContain('gcloud services enable speech.googleapis.com --project=7');
  });

  it.each([
    ['--location eu', '--location is for Google'],
    ['--language es,auto', 'leave auto out'],
  ])('%s is refused on this machine', async (flag, told) => {
    const { code, stderr } = await uxd(['transcribe', 'a.wav', ...flag.split(' ')], 'local');
    expect(code).toBe(2);
    expect(stderr).toContain(told);
  });
});
