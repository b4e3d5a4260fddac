import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientOptions, GoogleAuth, googleAuthLibrary, grpc } from 'google-gax';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type EngineSettings,
  ProviderError,
  type SpeechEngine,
  type SpeechOptions,
  type SpeechReading,
  UsageError,
} from '../../src/model.js';
import { createGoogleSpeechEngine } from '../../src/providers/google/speech.js';
import { openSpeechClient } from '../../src/providers/google/speech-client.js';
import { planSpeech, toSpeechRequest } from '../../src/providers/google/speech-request.js';
import { SPEECH_OPTIONS, type Stretch, soundOf, speechItem, spokenNumbers } from '../support/speech-items.js';
import { startSpeechServer } from '../support/speech-server.mjs';
import { engineSettings } from '../support/vision-items.js';

type Server = Awaited<ReturnType<typeof startSpeechServer>>;

let server: Server;
let engine: SpeechEngine;
const never = new AbortController().signal;

async function start(
  serverOptions: Parameters<typeof startSpeechServer>[0] = {},
  options: Partial<SpeechOptions> = {},
  settings: Partial<EngineSettings> = {},
): Promise<void> {
  server = await startSpeechServer(serverOptions);
  engine = await createGoogleSpeechEngine({ ...SPEECH_OPTIONS, ...options }, engineSettings(server.endpoint, settings));
}

async function hear(samples: Int16Array): Promise<SpeechReading> {
  const [outcome] = await engine.processBatch([speechItem(samples)], { signal: never });
  if (!outcome?.ok) throw new Error(`no value: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

async function failureOf(samples: Int16Array, signal = never): Promise<unknown> {
  return engine.processBatch([speechItem(samples)], { signal }).then(
    (outcomes) => expect.fail(`answered ${JSON.stringify(outcomes)}`),
    (error: unknown) => error,
  );
}

afterEach(async () => {
  await engine?.close();
  await server?.close();
});

/** Two results; the second is said in another voice. */
const TALK: readonly Stretch[] = [
  [0, 0.5],
  [300, 0.3],
  [0, 0.2],
  [300, 0.4],
  [0, 1],
  [800, 0.3],
  [0, 0.2],
  [300, 0.3],
  [0, 0.5],
];

describe.each(['v1', 'v2'] as const)('what is heard by %s', (api) => {
  it('gives a segment for each result, with words, times and confidences', async () => {
    await start({}, { api });
    const reading = await hear(soundOf(TALK));
    expect(reading).toEqual({
      language: 'en',
      model: api === 'v1' ? 'speech-v1/latest_long' : 'speech-v2/long',
      segments: [
        {
          text: 'One two.',
          startSeconds: 0.5,
          endSeconds: 1.4,
          confidence: 0.9,
          speaker: null,
          language: 'en',
          words: [
            { text: 'One', startSeconds: 0.5, endSeconds: 0.8, confidence: 0.9 },
            { text: 'two.', startSeconds: 1, endSeconds: 1.4, confidence: 0.8 },
          ],
        },
        {
          text: 'Three four.',
          startSeconds: 2.4,
          endSeconds: 3.2,
          confidence: 0.7,
          speaker: null,
          language: 'en',
          words: [
            { text: 'Three', startSeconds: 2.4, endSeconds: 2.7, confidence: 0.7 },
            { text: 'four.', startSeconds: 2.9, endSeconds: 3.2, confidence: 0.6 },
          ],
        },
      ],
    });
    expect(server.stats.answersByVersion).toEqual({ [api]: 1 });
  });

  it('tells speakers apart', async () => {
    await start({}, { api, diarize: true });
    const { segments } = await hear(soundOf(TALK));
    const shown = segments.map(({ speaker, text, startSeconds, endSeconds }) => [
      speaker,
      text,
      startSeconds,
      endSeconds,
    ]);
    expect(shown).toEqual([
      ['1', 'One two.', 0.5, 1.4],
      ['2', 'Three', 2.4, 2.7],
      ['1', 'four.', 2.9, 3.2],
    ]);
    expect(server.stats.models).toEqual([api === 'v1' ? 'latest_long' : 'chirp_3']);
  });

  it('finds the language among several', async () => {
    await start({}, { api, languages: ['en', 'es-MX'] });
    expect(await hear(spokenNumbers(2))).toMatchObject({ language: 'en', segments: [{ text: 'One two.' }] });
    expect(await hear(spokenNumbers(2, 2000))).toMatchObject({ language: 'es', segments: [{ text: 'Uno dos.' }] });
    expect(server.stats.languages).toEqual(['en-US', 'es-MX']);
  });

  it('sends the hints', async () => {
    await start({}, { api, hints: ['Trebola', ' Vallecremosa ', '', 'Trebola'] });
    await hear(spokenNumbers(1));
    expect(server.stats.phrases).toEqual(['Trebola', 'Vallecremosa']);
  });

  it('hears nothing in silence, and sends nothing where there is nothing', async () => {
    await start({}, { api });
    const nothing = { language: null, model: expect.any(String), segments: [] };
    expect(await hear(soundOf([[0, 1]]))).toEqual(nothing);
    expect(server.stats.calls).toBe(1);
    expect(await hear(new Int16Array(0))).toEqual(nothing);
    expect(server.stats.calls).toBe(1);
    expect(engine.billing?.unitsOf(speechItem(new Int16Array(0)))).toBe(0);
  });

  it('an answer without results is that nothing was said', async () => {
    await start({ script: ['EMPTY'] }, { api });
    expect(await hear(spokenNumbers(2))).toMatchObject({ language: null, segments: [] });
  });

  it('keeps times within the piece, whatever the service says', async () => {
    await start({ script: ['WILD_TIMES'] }, { api });
    const samples = soundOf(TALK);
    const { segments } = await hear(samples);
    expect(segments).toHaveLength(2);
    for (const { endSeconds } of segments) expect(endSeconds).toBeLessThanOrEqual(samples.length / 16_000);
  });

  it('bills the seconds that the service bills', async () => {
    await start({}, { api });
    let [units, usd] = [0, 0];
    for (const seconds of [0.2, 1, 1.01, 14.9, 15, 15.1, 30]) {
      const item = speechItem(soundOf([[300, seconds]]));
      await engine.processBatch([item], { signal: never });
      units += engine.billing?.unitsOf(item) ?? 0;
      usd += engine.billing?.priceUsdOf(item) ?? 0;
    }
    expect(units).toBe(server.stats.billedSeconds);
    expect(engine.billing?.unitShareOf?.(speechItem(soundOf([[0, 3]])))).toBe(api === 'v1' ? 0.2 : 1);
    expect(usd).toBeCloseTo((units / 60) * (api === 'v1' ? 0.024 : 0.016), 10);
  });

  it('takes a piece of 30 seconds', async () => {
    await start({}, { api });
    await hear(soundOf([[300, 30]]));
    expect(server.stats.maxSeconds).toBe(30);
    expect(engine.limits.bytesPerBatch).toBeGreaterThan(server.stats.maxRequestBytes);
  });
});

describe('where v2 is asked', () => {
  it.each([
    [null, {}, 'global'],
    ['chirp_2', {}, 'us-central1'],
    ['chirp_3', {}, 'us'],
    ['chirp_2', { UXD_GOOGLE_LOCATION: 'europe-west4' }, 'europe-west4'],
    ['long', { UXD_GOOGLE_LOCATION: 'eu' }, 'eu'],
    ['telephony', { UXD_GOOGLE_LOCATION: 'europe-west4' }, 'europe-west4'],
  ] as const)('the model %s with %j is at %s', async (model, env, location) => {
    await start({}, { model }, { env });
    await hear(spokenNumbers(2));
    const recognizer = `projects/emulator/locations/${location}/recognizers/_`;
    expect(server.stats.recognizers).toEqual([recognizer]);
    expect(server.stats.routings).toEqual([`recognizer=${encodeURIComponent(recognizer)}`]);
    expect(engine.version).toContain(location);
  });

  it('chirp finds one of several languages by itself where it may be told one alone, and the user is told', async () => {
    const notes: string[] = [];
    const note = (message: string) => notes.push(message);
    await start({}, { model: 'chirp_2', languages: ['en', 'es'] }, { note });
    expect(await hear(spokenNumbers(2, 2000))).toMatchObject({ language: 'es', segments: [{ text: 'Uno dos.' }] });
    expect(server.stats.languages).toEqual(['auto']);
    expect(notes).toEqual([expect.stringMatching(/chirp_2 in us-central1/)]);
  });

  it('chirp gives no confidences', async () => {
    await start({}, { model: 'chirp_3' });
    const { segments } = await hear(spokenNumbers(2));
    expect(segments[0]).toMatchObject({ text: 'One two.', confidence: null, words: [{ confidence: null }, {}] });
  });

  it.each([
    ['the environment', { GOOGLE_CLOUD_PROJECT: 'shop-7' }, 'shop-7'],
    ['the credentials', {}, 'of-credentials'],
  ] as const)('the project is that of %s', async (_, env, project) => {
    await start();
    const authClient = new googleAuthLibrary.PassThroughClient();
    const clientOptions = {
      servicePath: '127.0.0.1',
      port: server.port,
      sslCreds: grpc.credentials.createInsecure(),
      auth: new GoogleAuth({ authClient, projectId: 'of-credentials' }),
    } as ClientOptions;
    const plan = planSpeech(SPEECH_OPTIONS, env);
    const client = await openSpeechClient(plan, env, { isEmulator: false, clientOptions });
    await client.initialize();
    await client.innerApiCalls.recognize(toSpeechRequest(plan, spokenNumbers(1)), {});
    await client.close();
    expect(server.stats.recognizers).toEqual([`projects/${project}/locations/global/recognizers/_`]);
  });

  it("a user's credentials name the project that pays", async () => {
    const home = await mkdtemp(join(tmpdir(), 'uxd-speech-'));
    const path = join(home, 'credentials.json');
    const secrets = { client_id: 'c', client_secret: 's', refresh_token: 'r', quota_project_id: 'payer' };
    await writeFile(path, JSON.stringify({ type: 'authorized_user', ...secrets }));
    const auth = new GoogleAuth({ keyFilename: path, scopes: ['https://www.googleapis.com/auth/cloud-platform'] });
    auth.getProjectId = () => Promise.reject(new Error('Unable to detect a Project Id in the current environment.'));
    await start();
    const sslCreds = grpc.credentials.createInsecure();
    const clientOptions = { servicePath: '127.0.0.1', port: server.port, sslCreds, auth } as ClientOptions;
    const plan = planSpeech(SPEECH_OPTIONS, {});
    const client = await openSpeechClient(plan, {}, { isEmulator: false, clientOptions });
    await client.initialize();
    await client.innerApiCalls.recognize(toSpeechRequest(plan, spokenNumbers(1)), {});
    await client.close();
    expect(server.stats.recognizers).toEqual(['projects/payer/locations/global/recognizers/_']);
    await rm(home, { recursive: true });
  });

  it('needs a project, and says so before anything is sent', async () => {
    const home = await mkdtemp(join(tmpdir(), 'uxd-speech-'));
    const path = join(home, 'credentials.json');
    const secrets = { client_id: 'c', client_secret: 's', refresh_token: 'r' };
    await writeFile(path, JSON.stringify({ type: 'authorized_user', ...secrets }));
    const before = { ...process.env };
    Object.assign(process.env, { GOOGLE_APPLICATION_CREDENTIALS: path, HOME: home, PATH: '/nonexistent' });
    Object.assign(process.env, { METADATA_SERVER_DETECTION: 'none', CLOUDSDK_CONFIG: home });
    try {
      engine = await createGoogleSpeechEngine(SPEECH_OPTIONS, engineSettings(null, { env: { ...process.env } }));
      expect(await failureOf(spokenNumbers(1))).toMatchObject({
        code: 'PROJECT_NOT_FOUND',
        scope: 'run',
        message: expect.stringMatching(/GOOGLE_CLOUD_PROJECT/),
      });
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      await rm(home, { recursive: true });
    }
  });
});

describe('what is refused', () => {
  it.each([
    [{ languages: ['not a language'] }, /no language code/],
    [{ languages: [] }, /no language/],
    [{ api: 'v1', languages: ['en', 'es', 'fr', 'de', 'it'] }, /4 languages/],
    [{ api: 'v1', model: 'chirp_2' }, /v2 alone/],
    [{ hints: ['x'.repeat(101)] }, /100 characters/],
    [{ hints: Array.from({ length: 5001 }, (_, index) => `name ${index}`) }, /5000 hints/],
  ] as const)('%j before anything is sent', async (options, message) => {
    const settings = engineSettings('http://127.0.0.1:9');
    const creating = createGoogleSpeechEngine({ ...SPEECH_OPTIONS, ...options }, settings);
    await expect(creating).rejects.toThrow(message);
    await expect(creating).rejects.toBeInstanceOf(UsageError);
  });

  it('a location that is none', async () => {
    const settings = engineSettings(null, { env: { UXD_GOOGLE_LOCATION: 'evil.example/' } });
    await expect(createGoogleSpeechEngine(SPEECH_OPTIONS, settings)).rejects.toThrow(UsageError);
  });

  it.each([
    [{ model: 'chirp_3' }, { UXD_GOOGLE_LOCATION: 'global' }, /does not exist in the location/],
    [{ model: 'none' }, {}, /does not exist in the location/],
    [{ model: 'none', api: 'v1' }, {}, /Incorrect model/],
    [{ model: 'long', diarize: true }, {}, /does not support Speaker Diarization/],
    [{ languages: ['en', 'es'], location: 'europe-west4' }, {}, /name one --language, or take --location us, eu or/],
  ] as const)('%j with %j by the service ends the run', async (options, env, message) => {
    await start({}, options, { env });
    const error = await failureOf(spokenNumbers(1));
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', scope: 'run', isRetryable: false });
    expect(error).toHaveProperty('message', expect.stringMatching(message));
    expect(error).toHaveProperty('message', expect.stringMatching(/--location/));
  });

  it('a piece that is too long, by itself', async () => {
    await start();
    expect(await failureOf(soundOf([[0, 61]]))).toMatchObject({ code: 'INVALID_ARGUMENT', scope: 'batch' });
  });
});

describe('failures', () => {
  it.each([
    ['CANCELLED', true],
    ['UNKNOWN', true],
    ['ABORTED', true],
  ] as const)('%s may be tried again', async (code, isRetryable) => {
    await start({ always: { code, message: 'why' } });
    expect(await failureOf(spokenNumbers(1))).toMatchObject({ code, isRetryable, scope: 'call' });
  });

  it.each(['ALREADY_EXISTS', 'FAILED_PRECONDITION', 'DATA_LOSS'] as const)(
    '%s is final for this run, and not kept for the next',
    async (code) => {
      await start({ always: { code, message: 'why' } });
      const outcomes = await engine.processBatch([speechItem(spokenNumbers(1))], { signal: never });
      const error = { code, message: 'Cloud Speech-to-Text: why', isRetryable: false, isOfSource: true };
      expect(outcomes).toEqual([{ ok: false, error }]);
    },
  );

  it('OUT_OF_RANGE is of the sound', async () => {
    await start({ always: { code: 'OUT_OF_RANGE', message: 'why' } });
    expect(await failureOf(spokenNumbers(1))).toMatchObject({ scope: 'batch', isRetryable: false });
  });

  it.each([
    ['UNAUTHENTICATED', 'no', /gcloud auth application-default login/],
    ['UNIMPLEMENTED', 'no', /--endpoint/],
    ['PERMISSION_DENIED', "Permission 'speech.recognizers.recognize' denied", /roles\/speech\.client/],
    ['PERMISSION_DENIED', 'model chirp_3: It is no longer generally available.', /--model.*--location/],
    ['PERMISSION_DENIED', 'This API method requires billing to be enabled.', /billing account/],
  ] as const)('%s (%s) ends the run with the next step', async (code, message, advice) => {
    await start({ always: { code, message } });
    expect(await failureOf(spokenNumbers(1))).toMatchObject({
      code,
      scope: 'run',
      message: expect.stringMatching(advice),
    });
  });

  it('an answer that is cut off may be tried again; text that is no UTF-8 is made to be', async () => {
    await start({ script: ['TRUNCATED', 'NOT_UTF8'] });
    expect(await failureOf(spokenNumbers(1))).toMatchObject({ code: 'INTERNAL', isRetryable: true });
    expect(await hear(spokenNumbers(2))).toMatchObject({ segments: [{ text: 'O\ufffd\ufffd two.' }] });
  });

  it.each([
    ['UNAVAILABLE', true, false],
    ['INTERNAL', true, false],
    ['RESOURCE_EXHAUSTED', true, true],
    ['DEADLINE_EXCEEDED', true, false],
  ] as const)('%s may be tried again', async (code, isRetryable, isQuota) => {
    await start({ script: [code], retryAfterMs: 1500 });
    expect(await failureOf(spokenNumbers(1))).toMatchObject({ code, isRetryable, isQuota, scope: 'call' });
    expect(await hear(spokenNumbers(1))).toMatchObject({ segments: [{ text: 'One.' }] });
  });

  it('an API that is not enabled ends the run and names the service', async () => {
    const message = 'Cloud Speech-to-Text API has not been used in project 7 before or it is disabled.';
    await start({ always: { code: 'PERMISSION_DENIED', message, reason: 'SERVICE_DISABLED' } }, { model: 'chirp_2' });
    expect(await failureOf(spokenNumbers(1))).toMatchObject({
      scope: 'run',
      message: expect.stringMatching(/gcloud services enable speech\.googleapis\.com/),
    });
  });

  it('a connection that breaks, and a server that is not there', async () => {
    await start({ script: ['RESET', 'RST_STREAM'] });
    expect(await failureOf(spokenNumbers(1))).toMatchObject({ isRetryable: true });
    expect(await failureOf(spokenNumbers(1))).toMatchObject({ isRetryable: true });
    await engine.close();
    engine = await createGoogleSpeechEngine(SPEECH_OPTIONS, engineSettings('http://127.0.0.1:9'));
    expect(await failureOf(spokenNumbers(1))).toMatchObject({ code: 'UNAVAILABLE', isRetryable: true });
  });

  it('a call that hangs ends at its time limit, and when it is told to', async () => {
    await start({ script: ['HANG', 'HANG'] }, {}, { timeoutMs: 300 });
    expect(await failureOf(spokenNumbers(1))).toMatchObject({ code: 'DEADLINE_EXCEEDED', isRetryable: true });
    const aborter = new AbortController();
    setTimeout(() => aborter.abort(new Error('stopped')), 50);
    expect(await failureOf(spokenNumbers(1), aborter.signal)).toMatchObject({ message: 'stopped' });
  });

  it('an emulator has no quota, Google has', async () => {
    await start();
    expect(engine.limits).toMatchObject({ itemsPerBatch: 1, parallelBatches: 16, requestsPerMinute: null });
    await engine.close();
    engine = await createGoogleSpeechEngine(SPEECH_OPTIONS, engineSettings(null));
    expect(engine.limits.requestsPerMinute).toBe(900);
  });

  it('answers many calls at once, each with its own words', async () => {
    await start({ latencyMs: 5 });
    const counts = [1, 2, 3, 4, 5, 6, 7, 8];
    const readings = await Promise.all(counts.map((count) => hear(spokenNumbers(count))));
    expect(readings.map(({ segments }) => segments.flatMap(({ words }) => words).length)).toEqual(counts);
    expect(server.stats.maxInFlight).toBeGreaterThan(1);
  });
});
