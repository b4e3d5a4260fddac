/** Recordings in Cloud Storage through Google's speech engine: the real client against a loopback service. */
import { afterEach, describe, expect, it } from 'vitest';
import type {
  EngineSettings,
  Item,
  Outcome,
  SpeechEngine,
  SpeechOptions,
  SpeechReading,
  StoredRecording,
} from '../../src/model.js';
import { createGoogleSpeechEngine } from '../../src/providers/google/speech.js';
import { SPEECH_OPTIONS, soundOf, spokenNumbers } from '../support/speech-items.js';
import { startSpeechServer } from '../support/speech-server.mjs';
import { engineSettings } from '../support/vision-items.js';

type ServerOptions = NonNullable<Parameters<typeof startSpeechServer>[0]>;

let server: Awaited<ReturnType<typeof startSpeechServer>>;
let engine: SpeechEngine;
const never = new AbortController().signal;
const URI = 'gs://calls/2026/a b.wav';

async function start(
  serverOptions: ServerOptions = {},
  options: Partial<SpeechOptions> = {},
  settings: Partial<EngineSettings> = {},
): Promise<void> {
  server = await startSpeechServer({ objects: { [URI]: { channels: [LONG] } }, ...serverOptions });
  engine = await createGoogleSpeechEngine({ ...SPEECH_OPTIONS, ...options }, engineSettings(server.endpoint, settings));
}

function stored(uri = URI, splitChannels = false): Item<StoredRecording> {
  return { index: 0, source: uri, key: uri, sizeBytes: 0, payload: { uri, splitChannels } };
}

async function outcomeOf(item = stored(), signal = never): Promise<Outcome<SpeechReading>> {
  const [outcome] = await engine.processBatch([item], { signal });
  if (!outcome) throw new Error('no outcome');
  return outcome;
}

async function hear(item = stored()): Promise<SpeechReading> {
  const outcome = await outcomeOf(item);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

/** How it fails: as the item's outcome, or as the call. */
async function failureOf(item = stored(), signal = never) {
  const outcome = await outcomeOf(item, signal).catch((error: unknown) => ({ ok: false as const, error }));
  if (outcome.ok) throw new Error('it was heard');
  return outcome.error;
}

afterEach(async () => {
  await engine?.close();
  await server?.close();
});

/** Longer than any piece: words at 1 s, in another voice at 40 s, and at 65 s. */
const LONG = soundOf([
  [0, 1],
  [300, 0.3],
  [0, 38.7],
  [800, 0.5],
  [0, 24.5],
  [300, 0.5],
  [0, 0.2],
]);
const OTHER_SIDE = soundOf([
  [0, 20],
  [300, 0.5],
  [0, 0.2],
  [300, 0.3],
]);

describe.each(['v1', 'v2'] as const)('a recording heard by %s', (api) => {
  it('is one operation, asked after until it is done, with times of the whole recording', async () => {
    await start({}, { api });
    const reading = await hear();
    expect(reading).toMatchObject({ language: 'en', model: api === 'v1' ? 'speech-v1/latest_long' : 'speech-v2/long' });
    expect(reading.segments).toMatchObject([
      { text: 'One.', startSeconds: 1, endSeconds: 1.3, language: 'en', speaker: null },
      { text: 'Two.', startSeconds: 40, endSeconds: 40.5, words: [{ text: 'Two.', startSeconds: 40 }] },
      { text: 'Three.', startSeconds: 65, endSeconds: 65.5 },
    ]);
    expect(server.stats).toMatchObject({ calls: 4, operations: 1, polls: 3, cancelled: [] });
    expect(server.stats.operationsByUri).toEqual({ [URI]: 1 });
  });

  it('tells channels apart', async () => {
    await start({ objects: { [URI]: { channels: [LONG, OTHER_SIDE] } } }, { api });
    const { segments } = await hear(stored(URI, true));
    expect(segments.map(({ channel, text, startSeconds }) => [channel, text, startSeconds])).toEqual([
      [1, 'One.', 1],
      [2, 'One two.', 20],
      [1, 'Two.', 40],
      [1, 'Three.', 65],
    ]);
  });

  it('tells speakers apart over the whole recording', async () => {
    await start({}, { api, diarize: true });
    const { segments } = await hear();
    expect(segments.map(({ speaker, startSeconds }) => [speaker, startSeconds])).toEqual([
      ['1', 1],
      ['2', 40],
      ['1', 65],
    ]);
  });

  it('is asked for with the languages, the hints and the model of the run', async () => {
    const objects = { [URI]: { channels: [spokenNumbers(2, 2000)] } };
    const model = api === 'v1' ? 'telephony' : 'chirp_3';
    await start({ objects }, { api, model, languages: ['en', 'es-MX'], hints: ['Nuvela'] });
    expect(await hear()).toMatchObject({ language: 'es', segments: [{ text: 'Uno dos.', language: 'es' }] });
    expect(server.stats).toMatchObject({ languages: ['en-US', 'es-MX'], phrases: ['Nuvela'], models: [model] });
  });

  it('has a price only when it has been heard', async () => {
    await start({ objects: { [URI]: { channels: [LONG, OTHER_SIDE] } } }, { api });
    const item = stored(URI, true);
    expect([engine.billing?.unitsOf(item), engine.billing?.priceUsdOf(item)]).toEqual([null, null]);
    const bill = engine.billing?.billOf?.(await hear(item));
    expect(bill?.units).toBe(server.stats.billedSeconds);
    expect(bill?.priceUsd).toBeCloseTo((server.stats.billedSeconds / 60) * (api === 'v1' ? 0.024 : 0.016), 10);
    server.configure({ hidesBilling: true });
    expect(engine.billing?.billOf?.(await hear(item))).toBeNull();
  });

  it('in which nothing is said has no segments', async () => {
    await start({ script: ['EMPTY'] }, { api });
    expect(await hear()).toMatchObject({ language: null, segments: [] });
  });

  it.each([
    ['that is not there', undefined, 'NOT_FOUND', /gcloud storage ls/],
    ['that may not be read', { isForbidden: true }, 'PERMISSION_DENIED', /storage\.objects\.get.*objectViewer/],
    ['that is no sound', {}, 'INVALID_ARGUMENT', api === 'v1' ? /leave out --api v1/ : /gcloud storage cp/],
  ] as const)('%s fails by itself, for good', async (_, object, code, message) => {
    await start({ objects: { [URI]: { channels: [LONG] }, ...(object && { 'gs://calls/x': object }) } }, { api });
    const error = await failureOf(stored('gs://calls/x'));
    expect(error).toMatchObject({ code, isRetryable: false, message: expect.stringMatching(message) });
    expect(error).not.toMatchObject({ scope: 'run' });
    expect(await hear()).toMatchObject({ segments: [{}, {}, {}] });
  });

  it('that fails in passing may be tried again, by a new operation', async () => {
    await start({ objects: { [URI]: { channels: [LONG], failures: [14] } } }, { api });
    expect(await failureOf()).toMatchObject({ code: 'UNAVAILABLE', isRetryable: true });
    expect(await hear()).toMatchObject({ segments: [{}, {}, {}] });
  });

  it('whose operation fails may be tried again', async () => {
    await start({ script: ['FAILED_OPERATION'] }, { api });
    expect(await failureOf()).toMatchObject({ code: 'INTERNAL', isRetryable: true });
  });

  it('whose operation ends for quota slows the whole run down', async () => {
    await start({ script: ['EXHAUSTED_OPERATION'] }, { api });
    expect(await failureOf()).toMatchObject({ code: 'RESOURCE_EXHAUSTED', isQuota: true, isRetryable: true });
    expect(await hear()).toMatchObject({ segments: [{}, {}, {}] });
  });

  it('whose answer cannot be read is not paid again', async () => {
    await start({ script: ['TRUNCATED'] }, { api });
    expect(await failureOf()).toMatchObject({ code: 'DATA_LOSS', isRetryable: false, isOfSource: true });
    expect(server.stats.operations).toBe(1);
  });

  it('is asked after again where asking fails, and never started twice', async () => {
    await start({ script: ['NONE', 'UNAVAILABLE', 'RESET', 'RESOURCE_EXHAUSTED', 'NONE', 'INTERNAL'] }, { api });
    expect(await hear()).toMatchObject({ segments: [{}, {}, {}] });
    expect(server.stats).toMatchObject({ operations: 1, failed: 4, refused: 1 });
  });

  it('that cannot be started may be tried again', async () => {
    await start({ script: ['UNAVAILABLE'] }, { api });
    expect(await failureOf()).toMatchObject({ code: 'UNAVAILABLE', isRetryable: true });
    expect(server.stats.operations).toBe(0);
  });

  it('is cancelled at the service when the run is given up', async () => {
    await start({ pollsUntilDone: 1e6 }, { api });
    const aborter = new AbortController();
    const failing = failureOf(stored(), aborter.signal);
    await expect.poll(() => server.stats.polls, { timeout: 10_000 }).toBeGreaterThan(1);
    aborter.abort(new Error('stopped'));
    expect(await failing).toMatchObject({ message: 'stopped' });
    await engine.close();
    expect(server.stats.cancelled).toHaveLength(1);
  });

  it('keeps its time limit for each call, not for the operation', async () => {
    await start({ pollsUntilDone: 8, script: ['NONE', 'HANG'] }, { api }, { timeoutMs: 2000 });
    expect(await hear()).toMatchObject({ segments: [{}, {}, {}] });
    expect(server.stats.hung).toBe(1);
  });
});

describe('an operation of v2 that ends', () => {
  it('with more text than a message of 4 MB holds', async () => {
    const at = (seconds: number) => ({ seconds });
    const words = Array.from({ length: 2_000 }, (_, index) => ({
      word: `${'so '.repeat(1_000)}${index}`,
      startOffset: at(index),
      endOffset: at(index + 1),
    }));
    await start({ results: [{ alternatives: [{ transcript: 'all', words }], languageCode: 'en-us' }] });
    const { segments } = await hear();
    expect([segments.length, segments[0]?.words.length, segments[0]?.endSeconds]).toEqual([1, 2_000, 2_000]);
  });

  it.each([
    ['OTHER_URI', /the result of another recording \(gs:\/\/calls\/2026\/a b\.wav\.other\)/],
    ['NO_FILES', /without a result/],
  ] as const)('with %s is an error, and not paid again', async (fault, message) => {
    await start({ script: [fault] });
    expect(await failureOf()).toMatchObject({
      code: 'DATA_LOSS',
      isRetryable: false,
      isOfSource: true,
      message: expect.stringMatching(message),
    });
  });
});

describe('recordings that nothing can be learned of', () => {
  /** A clock that says that hours have passed while it slept no time at all. */
  function leapingClock(leapMs: number) {
    let now = 0;
    return {
      now: () => now,
      sleep: async (_: number, signal?: AbortSignal) => {
        now += leapMs;
        signal?.throwIfAborted();
      },
    };
  }

  it('are given up after a day, and cancelled', async () => {
    await start({ pollsUntilDone: 1e6 }, {}, { clock: leapingClock(5 * 3_600_000) });
    const error = await failureOf();
    expect(error).toMatchObject({ code: 'OPERATION_LOST', isRetryable: false, isOfSource: true });
    await engine.close();
    expect(server.stats).toMatchObject({ polls: 5, cancelled: [expect.stringContaining('/operations/1')] });
  });

  it('are not started again where the service stays silent: that might be paid twice', async () => {
    const script = ['NONE' as const, ...Array.from({ length: 5 }, () => 'UNAVAILABLE' as const)];
    await start({ script }, {}, { clock: leapingClock(4 * 60_000) });
    const error = await failureOf();
    expect(error).toMatchObject({ code: 'OPERATION_LOST', isRetryable: false, isOfSource: true });
    expect(error).toHaveProperty('message', expect.stringMatching(/operations\/1 was started/));
  });
});

describe('what is sent for a recording', () => {
  it('goes to the recognizer of the location, and the routing of its operation follows', async () => {
    await start({}, { model: 'chirp_2' }, { env: { UXD_GOOGLE_LOCATION: 'europe-west4' } });
    await hear();
    const recognizer = 'projects/emulator/locations/europe-west4/recognizers/_';
    expect(server.stats.recognizers).toEqual([recognizer]);
    expect(server.stats.routings).toEqual([
      `recognizer=${encodeURIComponent(recognizer)}`,
      `name=${encodeURIComponent('projects/emulator/locations/europe-west4/operations/1')}`,
    ]);
  });

  it('a model that is not there ends the run', async () => {
    await start({}, { model: 'none' });
    expect(await failureOf()).toMatchObject({ scope: 'run', message: expect.stringMatching(/--location/) });
  });

  it.each(['ogg', 'webm', 'amr', 'flac'])('v1 is told the kind of .%s', async (kind) => {
    const uri = `gs://calls/a.${kind.toUpperCase()}`;
    await start({ objects: { [uri]: { channels: [LONG], kind } } }, { api: 'v1' });
    expect(await hear(stored(uri))).toMatchObject({ segments: [{}, {}, {}] });
  });

  it('v1 says where it wants channels apart', async () => {
    await start({ objects: { [URI]: { channels: [LONG, OTHER_SIDE] } } }, { api: 'v1' });
    expect(await failureOf()).toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(/2 channels.*--split-channels/),
    });
  });

  it('an item of its own for each recording', async () => {
    await start();
    expect(engine.limits.itemsPerBatch).toBe(1);
    expect(engine.isOperation?.(stored())).toBe(true);
  });
});
