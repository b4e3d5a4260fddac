import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFRawStream } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type EngineSettings,
  type OcrEngine,
  type OcrOptions,
  type Outcome,
  type PageReading,
  ProviderError,
  UsageError,
} from '../../src/model.js';
import { createGoogleOcrEngine } from '../../src/providers/google/vision.js';
import { POISON_BATCH, POISON_IMAGE, textOf } from '../support/vision-answers.mjs';
import { engineSettings, itemFor, OCR_OPTIONS, writePicture } from '../support/vision-items.js';
import { startVisionServer } from '../support/vision-server.mjs';

type Server = Awaited<ReturnType<typeof startVisionServer>>;

let folder: string;
let server: Server;
let engine: OcrEngine;
const never = new AbortController().signal;

async function start(
  serverOptions: Parameters<typeof startVisionServer>[0] = {},
  options: Partial<OcrOptions> = {},
  settings: Partial<EngineSettings> = {},
): Promise<void> {
  server = await startVisionServer(serverOptions);
  engine = await createGoogleOcrEngine({ ...OCR_OPTIONS, ...options }, engineSettings(server.endpoint, settings));
}

async function readOne(path: string): Promise<Outcome<readonly PageReading[]> | undefined> {
  const [outcome] = await engine.processBatch([await itemFor(path)], { signal: never });
  return outcome;
}

function readingsOf(outcome: Outcome<readonly PageReading[]> | undefined): readonly PageReading[] {
  if (!outcome?.ok) throw new Error(`no value: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

async function failureOf(path: string, signal = never): Promise<unknown> {
  return engine.processBatch([await itemFor(path)], { signal }).then(
    (outcomes) => expect.fail(`answered ${JSON.stringify(outcomes)}`),
    (error: unknown) => error,
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uxd-vision-'));
});
afterEach(async () => {
  await engine?.close();
  await server?.close();
});
afterAll(() => rm(folder, { recursive: true }));

describe('pictures', () => {
  it('gives each picture its own text, in the order of the items', async () => {
    await start();
    const paths = await Promise.all([5, 3, 9, 1].map((seed) => writePicture(folder, seed)));
    const items = await Promise.all(paths.map((path, index) => itemFor(path, index)));

    const outcomes = await engine.processBatch(items, { signal: never });

    const texts = outcomes.map((outcome) => readingsOf(outcome)[0]?.text?.text);
    expect(texts).toEqual(await Promise.all(paths.map(async (path) => textOf(await readFile(path)))));
    expect(server.stats).toMatchObject({ calls: 1, images: 4 });
  });

  it('reads blocks, lines and words with boxes, confidence and language', async () => {
    await start({}, { languages: ['spa', 'en'] });
    const [reading] = readingsOf(await readOne(await writePicture(folder, 2)));

    expect(reading).toMatchObject({ page: 1, width: 202, height: 100, model: 'builtin/stable' });
    expect(reading?.text).toMatchObject({ language: 'es', confidence: 0.95 });
    const [block] = reading?.text?.blocks ?? [];
    expect(block?.lines.map(({ text, box }) => [text, box])).toEqual([
      [expect.stringMatching(/^uxd [0-9a-f]{12}$/), [0, 0, 128, 20]],
      ['rebajas-', [0, 30, 56, 20]],
      ['verano', [0, 60, 48, 20]],
    ]);
    expect(block?.lines[0]?.words[1]?.box).toEqual([32, 0, 96, 20]);
    expect(server.stats.languageHints).toEqual(['es', 'en']);
  });

  it('reads labels, objects and logos, and nothing that was not asked for', async () => {
    await start({}, { features: ['labels', 'objects', 'logos'] });
    const [reading] = readingsOf(await readOne(await writePicture(folder, 2)));

    expect(reading?.labels).toEqual([
      { name: expect.stringMatching(/^label /), score: 0.9, box: null, entityId: '/m/01c7x' },
    ]);
    expect(reading?.objects).toEqual([{ name: 'Bottle', score: 0.8, box: [51, 25, 101, 50], entityId: '/m/04dr76w' }]);
    expect(reading?.logos).toEqual([{ name: 'Logo', score: 0.7, box: [10, 20, 100, 50], entityId: '/m/045c7b' }]);
    expect(reading).not.toHaveProperty('text');
    expect(server.stats.features.sort()).toEqual(['LABEL_DETECTION', 'LOGO_DETECTION', 'OBJECT_LOCALIZATION']);
  });

  it('keeps the neighbours of a picture that Google cannot read', async () => {
    await start();
    const paths = [await writePicture(folder, 11), await writePicture(folder, 12, POISON_IMAGE)];
    const outcomes = await engine.processBatch(await Promise.all(paths.map((path, at) => itemFor(path, at))), {
      signal: never,
    });

    expect(outcomes[0]?.ok).toBe(true);
    expect(outcomes[1]).toEqual({
      ok: false,
      error: { code: 'INVALID_ARGUMENT', message: 'Cloud Vision: Bad image data.', isRetryable: false },
    });
  });

  it('sends nothing for a file that is no picture', async () => {
    await start();
    const path = join(folder, 'text.png');
    await writeFile(path, 'this is text');
    expect(await readOne(path)).toMatchObject({ ok: false, error: { isRetryable: false } });
    expect(await engine.processBatch([], { signal: never })).toEqual([]);
    expect(server.stats.calls).toBe(0);
  });

  it('marks a picture that failed for the moment, or was left out of the answer, as worth another try', async () => {
    await start({ script: ['IMAGE_ERRORS', 'MISSING_IMAGE'] });
    const path = await writePicture(folder, 13);
    expect(await readOne(path)).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE', isRetryable: true } });
    expect(await readOne(path)).toMatchObject({ ok: false, error: { code: 'MISSING_RESPONSE', isRetryable: true } });
    expect(await readOne(path)).toMatchObject({ ok: true });
  });

  it('turns a picture upright before it is sent', async () => {
    await start();
    const path = join(folder, 'turned.jpg');
    await sharp({ create: { width: 300, height: 100, channels: 3, background: '#208040' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toFile(path);
    const [outcome] = await engine.processBatch([await itemFor(path, 0, 'image/jpeg')], { signal: never });
    expect(readingsOf(outcome)[0]).toMatchObject({ width: 100, height: 300 });
    expect(Object.keys(server.stats.answersByHash)).toHaveLength(1);
  });

  it('scales a picture down that has more pixels than Google takes, with boxes of the original', async () => {
    await start({}, { features: ['logos'] });
    const path = join(folder, 'large.png');
    await sharp({ create: { width: 10_000, height: 8_000, channels: 3, background: '#ffffff' } })
      .toColourspace('b-w')
      .png()
      .toFile(path);
    const [reading] = readingsOf(await readOne(path));
    expect(reading).toMatchObject({ width: 10_000, height: 8_000 });
    expect(reading?.logos?.[0]?.box).toEqual([10, 21, 104, 51]);
  }, 60_000);

  it('makes a picture smaller that has more bytes than Google takes', async () => {
    await start();
    const path = await writePicture(folder, 14, 'x'.repeat(20_000_000));
    expect(readingsOf(await readOne(path))[0]).toMatchObject({ width: 200, height: 100 });
    expect(server.stats.maxRequestBytes).toBeLessThan(10_000);
  });

  it('refuses a picture with more pixels than the user allows, without sending it', async () => {
    await start({}, { maxPixels: 10_000 });
    expect(await readOne(await writePicture(folder, 2))).toMatchObject({ error: { code: 'TOO_MANY_PIXELS' } });
    expect(server.stats.calls).toBe(0);
  });
});

describe('files of pages', () => {
  async function writePdf(pages: number, marker = '', ballastBytes = 0): Promise<string> {
    const path = join(folder, `pages-${pages}.pdf`);
    const pdf = await PDFDocument.create();
    const dictionary = pdf.context.obj({ Length: ballastBytes });
    if (ballastBytes > 0) pdf.context.register(PDFRawStream.of(dictionary, new Uint8Array(ballastBytes)));
    for (let page = 0; page < pages; page++) pdf.addPage([612, 792]);
    await writeFile(path, Buffer.concat([await pdf.save(), Buffer.from(marker)]));
    return path;
  }

  it('reads the pages asked for, with sizes and boxes at the resolution asked for', async () => {
    await start({}, { dpi: 144, features: ['text', 'objects'] });
    const path = await writePdf(8);
    const item = await itemFor(path, 0, 'application/pdf', [2, 3, 8]);
    const readings = readingsOf((await engine.processBatch([item], { signal: never }))[0]);

    expect(readings.map(({ page }) => page)).toEqual([2, 3, 8]);
    expect(readings.map(({ text }) => text?.text)).toEqual(
      await Promise.all([2, 3, 8].map(async (page) => textOf(await readFile(path), page))),
    );
    expect(readings[0]).toMatchObject({ width: 1224, height: 1584 });
    expect(readings[0]?.text?.blocks[0]?.lines[0]?.box).toEqual([0, 0, 256, 40]);
    expect(readings[0]?.objects?.[0]?.box).toEqual([306, 396, 612, 792]);
    expect(server.stats).toMatchObject({ calls: 1, pages: 3 });
  });

  it('takes TIFF pages from the file', async () => {
    await start();
    const path = join(folder, 'page.tiff');
    await sharp({ create: { width: 300, height: 200, channels: 3, background: '#ffffff' } })
      .tiff()
      .toFile(path);
    const [outcome] = await engine.processBatch([await itemFor(path, 0, 'image/tiff')], { signal: never });
    expect(readingsOf(outcome)[0]).toMatchObject({ page: 1, width: 300, height: 200 });
    expect(server.stats).toMatchObject({ pages: 1, images: 0 });
  });

  it('says what is wrong with a file as a whole', async () => {
    await start();
    const item = await itemFor(await writePdf(1, POISON_IMAGE), 0, 'application/pdf');
    expect(await engine.processBatch([item], { signal: never })).toMatchObject([
      { ok: false, error: { code: 'INVALID_ARGUMENT', isRetryable: false } },
    ]);
  });

  it('asks once more where pages failed for the moment, then keeps the pages that were read', async () => {
    await start({ script: ['IMAGE_ERRORS', 'IMAGE_ERRORS'] });
    const item = await itemFor(await writePdf(3), 0, 'application/pdf', [1, 2, 3]);
    expect(await engine.processBatch([item], { signal: never })).toMatchObject([
      { ok: false, error: { code: 'UNAVAILABLE', isRetryable: true } },
    ]);
    const readings = readingsOf((await engine.processBatch([item], { signal: never }))[0]);
    expect(readings.map(({ error }) => error?.code)).toEqual(['UNAVAILABLE', undefined, 'UNAVAILABLE']);
    expect(readings[1]?.text?.text).toContain('page 2');
  });

  it('draws the pages of a file that is too large for a request', async () => {
    await start({}, { dpi: 72 });
    const path = await writePdf(2, '', 42_000_000);
    const item = await itemFor(path, 0, 'application/pdf', [1, 2]);
    const readings = readingsOf((await engine.processBatch([item], { signal: never }))[0]);
    expect(readings).toMatchObject([
      { page: 1, width: 612, height: 792 },
      { page: 2, width: 612, height: 792 },
    ]);
    expect(server.stats).toMatchObject({ calls: 1, images: 2, pages: 0 });
  });

  it('sends every file alone and gives pictures a common lane', async () => {
    await start();
    const items = await Promise.all([
      itemFor(await writePdf(1), 0, 'application/pdf'),
      itemFor(await writePdf(2), 1, 'application/pdf'),
      itemFor(await writePicture(folder, 1), 2),
      itemFor(await writePicture(folder, 3), 3),
    ]);
    const lanes = items.map((item) => engine.laneOf?.(item));
    expect(lanes).toEqual([null, null, 'pictures', 'pictures']);
  });
});

describe('calls that fail as a whole', () => {
  it.each([
    ['UNAVAILABLE', 'UNAVAILABLE'],
    ['INTERNAL', 'INTERNAL'],
    ['DEADLINE_EXCEEDED', 'DEADLINE_EXCEEDED'],
    ['ABORTED', 'ABORTED'],
    ['RST_STREAM', 'INTERNAL'],
    ['RESET', 'UNAVAILABLE'],
  ] as const)('%s may be tried again', async (fault, code) => {
    await start({ script: [fault] });
    const path = await writePicture(folder, 21);
    const error = await failureOf(path);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code, isRetryable: true, scope: 'call', isQuota: false });
    expect(await readOne(path)).toMatchObject({ ok: true });
  });

  it('a refusal for quota tells how long to wait', async () => {
    await start({ quota: { calls: 1, windowMs: 60_000 }, retryAfterMs: 1_250 });
    const path = await writePicture(folder, 22);
    expect(await readOne(path)).toMatchObject({ ok: true });
    expect(await failureOf(path)).toMatchObject({
      code: 'RESOURCE_EXHAUSTED',
      isQuota: true,
      isRetryable: true,
      retryAfterMs: 1_250,
    });
    expect(server.stats.refused).toBe(1);
  });

  it('a picture that spoils the batch asks for the batch to be split', async () => {
    await start();
    const error = await failureOf(await writePicture(folder, 23, POISON_BATCH));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', scope: 'batch', isRetryable: false });
  });

  it('a call without an answer ends at the time limit', async () => {
    await start({ script: ['HANG'] }, {}, { timeoutMs: 200 });
    expect(await failureOf(await writePicture(folder, 24))).toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      isRetryable: true,
    });
  });

  it('a call is cancelled with the reason of its signal', async () => {
    await start({ script: ['HANG'] });
    const controller = new AbortController();
    const reason = new Error('stop');
    const failure = failureOf(await writePicture(folder, 25), controller.signal);
    await expect.poll(() => server.stats.hung).toBe(1);
    controller.abort(reason);
    expect(await failure).toBe(reason);
  });

  it('a server that is gone may be tried again', async () => {
    await start();
    await server.close();
    expect(await failureOf(await writePicture(folder, 26))).toMatchObject({ code: 'UNAVAILABLE', isRetryable: true });
  });
});

describe('failures of the whole run', () => {
  it.each([
    [
      { code: 'UNAUTHENTICATED', message: 'Request had invalid authentication credentials.' },
      /gcloud auth application-default login/,
    ],
    [
      {
        code: 'PERMISSION_DENIED',
        message: 'Cloud Vision API has not been used in project 12 before or it is disabled.',
        reason: 'SERVICE_DISABLED',
        consumer: 'projects/12',
      },
      /not enabled in project 12; run `gcloud services enable vision.googleapis.com --project=12`/,
    ],
    [{ code: 'PERMISSION_DENIED', message: 'This API method requires billing to be enabled.' }, /billing account/],
    [{ code: 'PERMISSION_DENIED', message: 'The caller does not have permission' }, /check the roles/],
    [{ code: 'UNIMPLEMENTED', message: 'no such method' }, /check --endpoint/],
  ] as const)('%j', async (always, message) => {
    await start({ always });
    const error = await failureOf(await writePicture(folder, 31));
    expect(error).toMatchObject({ scope: 'run', isRetryable: false, message: expect.stringMatching(message) });
  });

  it('missing credentials are told within seconds, and nothing is sent', async () => {
    server = await startVisionServer();
    const env = { GOOGLE_APPLICATION_CREDENTIALS: join(folder, 'no-such-key.json') };
    engine = await createGoogleOcrEngine(OCR_OPTIONS, engineSettings(null, { env }));
    expect(await failureOf(await writePicture(folder, 32))).toMatchObject({
      code: 'UNAUTHENTICATED',
      scope: 'run',
      message: expect.stringMatching(/no-such-key\.json, which cannot be read \(ENOENT\); run `gcloud auth/),
    });
  });

  it('a machine without credentials is told how to get them', async () => {
    server = await startVisionServer();
    // Nothing listens on the loopback's port 1: what a machine outside Google Cloud meets, without the wait.
    const env = { HOME: folder, GCE_METADATA_HOST: '127.0.0.1:1' };
    engine = await createGoogleOcrEngine(OCR_OPTIONS, engineSettings(null, { env }));
    expect(await failureOf(await writePicture(folder, 32))).toMatchObject({
      scope: 'run',
      message: expect.stringMatching(/^no Google credentials were found; run `gcloud auth/),
    });
  });

  it('an endpoint that is none is a mistake in the command line', async () => {
    await expect(createGoogleOcrEngine(OCR_OPTIONS, engineSettings('ftp://x'))).rejects.toThrow(UsageError);
  });
});

describe('what the pipeline asks', () => {
  it('knows limits, units and list prices', async () => {
    await start({}, { features: ['text', 'objects'] });
    const item = await itemFor(await writePicture(folder, 41), 0, 'application/pdf', [1, 2, 3]);
    expect(engine.limits).toMatchObject({ itemsPerBatch: 16, parallelBatches: 8, requestsPerMinute: null });
    expect(engine.limits.bytesPerBatch).toBeLessThan(41_943_040);
    expect(engine.billing?.unitsOf(item)).toBe(6);
    expect(engine.billing?.priceUsdOf(item)).toBeCloseTo(0.01125, 10);
    const real = await createGoogleOcrEngine(OCR_OPTIONS, engineSettings(null));
    expect(real.limits.requestsPerMinute).toBe(1800);
  });

  it('sends 16 pictures near the limit of a request', async () => {
    await start();
    const marker = 'x'.repeat(2_600_000);
    const paths = await Promise.all(Array.from({ length: 16 }, (_, at) => writePicture(folder, 100 + at, marker)));
    const items = await Promise.all(paths.map((path, index) => itemFor(path, index)));
    const outcomes = await engine.processBatch(items, { signal: never });
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(server.stats.calls).toBe(1);
    expect(server.stats.maxRequestBytes).toBeLessThanOrEqual(41_943_040);
  });
});
