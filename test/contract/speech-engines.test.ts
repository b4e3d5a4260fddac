/** What every speech engine must do, whoever made it. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type EngineSettings,
  type Item,
  SPEECH_RATE,
  type SpeechEngine,
  type SpeechOptions,
  type SpeechPiece,
  type SpeechReading,
} from '../../src/model.js';
import { createGoogleSpeechEngine } from '../../src/providers/google/speech.js';
import { SPEECH_OPTIONS, soundOf, speechItem, spokenNumbers } from '../support/speech-items.js';
import { startSpeechServer } from '../support/speech-server.mjs';
import { engineSettings } from '../support/vision-items.js';
import { readWav } from '../support/wav.js';

type Create = (options: SpeechOptions, settings: EngineSettings) => Promise<SpeechEngine>;

/** The built engine: it starts its workers from built files. */
const LOCAL = '../../dist/providers/local/speech/engine.js';
/** Where the models of the local engine are, or are fetched to; kept from run to run. */
const MODELS_DIR = process.env.UXD_TEST_MODELS_DIR ?? join(tmpdir(), 'uxd-test-models');

const SPEECH = readWav(fileURLToPath(new URL('../fixtures/speech-en.wav', import.meta.url)));

const ENGINES: Readonly<Record<string, { readonly create: Create; readonly options: Partial<SpeechOptions> }>> = {
  google: { create: createGoogleSpeechEngine, options: {} },
  local: {
    create: async (options, settings) => {
      const { createLocalSpeechEngine } = (await import(LOCAL)) as { createLocalSpeechEngine: Create };
      return createLocalSpeechEngine(options, settings);
    },
    options: { model: 'tiny' },
  },
};

/** Sounds of all kinds; whether they hold words is the engine's to say. */
const SOUNDS: Readonly<Record<string, Int16Array>> = {
  speech: SPEECH,
  numbers: spokenNumbers(4),
  'a pause between': soundOf([
    [300, 0.4],
    [0, 1.5],
    [500, 0.6],
    [0, 0.3],
  ] as const),
  silence: soundOf([[0, 2]]),
  'a tone': soundOf([[440, 2]]),
  'a click': soundOf([[1000, 0.01]]),
  'one sample': Int16Array.of(5),
  'full scale': soundOf([[250, 1]], 32_767),
  '30 seconds': soundOf([
    [0, 14],
    [300, 0.5],
    [0, 15],
    [300, 0.5],
  ] as const),
};

let server: Awaited<ReturnType<typeof startSpeechServer>>;
beforeAll(async () => {
  server = await startSpeechServer();
});
afterAll(() => server.close());

describe.each(Object.keys(ENGINES))('speech engine: %s', (provider) => {
  const { signal } = new AbortController();
  let engine: SpeechEngine | null = null;

  function create(changes: Partial<SpeechOptions> = {}): Promise<SpeechEngine> {
    const { create: construct, options } = ENGINES[provider]!;
    const settings = engineSettings(server.endpoint, {
      concurrency: 1,
      timeoutMs: 60_000,
      modelsDir: MODELS_DIR,
      env: process.env,
    });
    return construct({ ...SPEECH_OPTIONS, ...options, ...changes }, settings);
  }

  beforeAll(async () => {
    // Without a network the models cannot be fetched; what is built is then not known to hold the contract.
    if (provider === 'local') expect(existsSync(new URL(LOCAL, import.meta.url)), 'run npm run build first').toBe(true);
    engine = await create().catch((error: unknown) => {
      if (provider === 'local' && (error as Error).name === 'RunError') return null;
      throw error;
    });
  }, 600_000);
  afterAll(() => engine?.close());

  /** A test of the engine; skipped where its models cannot be had. */
  function test(name: string, run: (engine: SpeechEngine) => Promise<void> | void): void {
    it(name, async (context) => {
      if (!engine) return context.skip('the models cannot be fetched');
      await run(engine);
    });
  }

  async function hearAll(used: SpeechEngine, items: readonly Item<SpeechPiece>[]): Promise<SpeechReading[]> {
    const readings: SpeechReading[] = [];
    for (let at = 0; at < items.length; at += used.limits.itemsPerBatch) {
      const batch = items.slice(at, at + used.limits.itemsPerBatch);
      const outcomes = await used.processBatch(batch, { signal });
      expect(outcomes.length).toBe(batch.length);
      for (const outcome of outcomes) {
        if (!outcome.ok) throw new Error(outcome.error.message);
        readings.push(outcome.value);
      }
    }
    return readings;
  }

  const items = Object.values(SOUNDS).map((samples, index) => speechItem(samples, index));

  test('names itself, its version and its limits', (used) => {
    expect(used.id).toBe(`${provider}/speech`);
    expect(used.version.length).toBeGreaterThan(0);
    expect(used.limits.itemsPerBatch).toBeGreaterThanOrEqual(1);
    expect(used.limits.parallelBatches).toBeGreaterThanOrEqual(1);
    expect(used.limits.bytesPerBatch).toBeGreaterThanOrEqual(30 * SPEECH_RATE * 2);
    expect(used.billing === undefined).toBe(!used.isRemote);
  });

  test('gives one reading for each piece, in order, that holds together', async (used) => {
    const readings = await hearAll(used, items);
    for (const [index, reading] of readings.entries()) checkReading(items[index]!.payload.samples, reading);
  });

  test('hears words with their times in speech', async (used) => {
    const [reading] = await hearAll(used, [speechItem(SPEECH)]);
    expect(reading?.language).toBe('en');
    const words = reading?.segments.flatMap((segment) => segment.words) ?? [];
    expect(words.length).toBeGreaterThan(0);
    expect(words.every(({ startSeconds, endSeconds }) => endSeconds > startSeconds)).toBe(true);
  });

  test('hears no words in silence', async (used) => {
    const [reading] = await hearAll(used, [speechItem(SOUNDS.silence!)]);
    expect(reading).toMatchObject({ segments: [] });
  });

  test('gives the same answer twice', async (used) => {
    const some = items.slice(0, 3);
    expect(await hearAll(used, some)).toEqual(await hearAll(used, some));
  });

  test('does not change the samples, and reads a part of a larger buffer', async (used) => {
    const samples = spokenNumbers(3);
    const larger = new Int16Array(samples.length + 2000).fill(9000);
    larger.set(samples, 1000);
    const part = larger.subarray(1000, 1000 + samples.length);
    const [whole, cut] = await hearAll(used, [speechItem(samples), speechItem(part, 1)]);
    expect(cut).toEqual(whole);
    expect(part).toEqual(samples);
  });

  test('bills what it is given, if anything', (used) => {
    for (const item of items) {
      const units = used.billing?.unitsOf(item) ?? 0;
      expect(units * SPEECH_RATE).toBeGreaterThanOrEqual(used.billing ? item.payload.samples.length : 0);
      expect(used.billing?.priceUsdOf(item) ?? 0).toBeGreaterThanOrEqual(0);
    }
  });

  test('takes no pieces, and stops when it is told to', async (used) => {
    expect(await used.processBatch([], { signal })).toEqual([]);
    const aborter = new AbortController();
    aborter.abort(new Error('stopped'));
    await expect(used.processBatch([items[0]!], { signal: aborter.signal })).rejects.toThrow('stopped');
    expect(await hearAll(used, [items[0]!])).toHaveLength(1);
  });

  test('refuses to start without a language', async () => {
    await expect(create({ languages: [] })).rejects.toMatchObject({ name: 'UsageError' });
  });

  test('can be closed, used or not', async () => {
    const used = await create();
    await hearAll(used, [items[0]!]);
    await used.close();
    await (await create()).close();
  });
});

function checkConfidence(confidence: number | null): void {
  if (confidence === null) return;
  expect(confidence).toBeGreaterThanOrEqual(0);
  expect(confidence).toBeLessThanOrEqual(1);
}

function checkReading(samples: Int16Array, { language, model, segments }: SpeechReading): void {
  const seconds = samples.length / SPEECH_RATE;
  expect(model.length).toBeGreaterThan(0);
  if (language !== null) expect(language).toMatch(/^[a-z]{2,3}$/);
  if (segments.length === 0) return;
  expect(language).not.toBeNull();
  let last = 0;
  for (const { text, startSeconds, endSeconds, confidence, words } of segments) {
    expect(text).toBe(text.trim());
    expect(text.length).toBeGreaterThan(0);
    expect(startSeconds).toBeGreaterThanOrEqual(last);
    expect(endSeconds).toBeGreaterThanOrEqual(startSeconds);
    expect(endSeconds).toBeLessThanOrEqual(seconds);
    last = startSeconds;
    checkConfidence(confidence);
    let before = startSeconds;
    for (const word of words) {
      expect(word.text).toBe(word.text.trim());
      expect(word.text.length).toBeGreaterThan(0);
      expect(word.startSeconds).toBeGreaterThanOrEqual(before);
      expect(word.endSeconds).toBeGreaterThanOrEqual(word.startSeconds);
      expect(word.endSeconds).toBeLessThanOrEqual(endSeconds);
      before = word.startSeconds;
      checkConfidence(word.confidence);
    }
    if (words.length > 0) expect(words.map((word) => word.text).join('')).toBe(text.replace(/\s/g, ''));
  }
}
