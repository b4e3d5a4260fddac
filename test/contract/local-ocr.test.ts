// The embedded engine itself, as built: `npm test` builds first. Reads the samples with every quality and runtime.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  EngineSettings,
  Item,
  OcrEngine,
  OcrOptions,
  PageMediaType,
  PageReading,
  PageSpan,
} from '../../src/model.js';
import { systemClock } from '../../src/pipeline/clock.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = path.join(root, 'dist/providers/local/ocr/engine.js');
const never = new AbortController().signal;

type Create = (options: OcrOptions, settings: EngineSettings) => Promise<OcrEngine>;
let create: Create;
let directory: string;
const engines = new Map<string, Promise<OcrEngine>>();

beforeAll(async () => {
  expect(existsSync(built), 'run npm run build first').toBe(true);
  ({ createLocalOcrEngine: create } = (await import(built)) as { createLocalOcrEngine: Create });
  directory = await mkdtemp(path.join(os.tmpdir(), 'uxd-local-'));
});
afterAll(async () => {
  const settled = await Promise.allSettled(engines.values());
  await Promise.all(settled.map((each) => each.status === 'fulfilled' && each.value.close()));
  await rm(directory, { recursive: true, force: true });
});

const options = (changes: Partial<OcrOptions> = {}): OcrOptions => ({
  features: ['text'],
  languages: ['es', 'en'],
  quality: 'best',
  pdfText: 'auto',
  dpi: 200,
  maxPixels: 100_000_000,
  ...changes,
});

/** One engine for equal settings: to load it takes longer than to read a small page. */
const open = (changes: Partial<OcrOptions> = {}, env: EngineSettings['env'] = {}): Promise<OcrEngine> => {
  const name = JSON.stringify([options(changes), env]);
  const settings: EngineSettings = {
    endpoint: null,
    timeoutMs: 60_000,
    concurrency: 1,
    modelsDir: directory,
    env: { ...process.env, ...env },
    clock: systemClock,
    note: () => undefined,
  };
  const engine = engines.get(name) ?? create(options(changes), settings);
  engines.set(name, engine);
  return engine;
};

const MEDIA: Readonly<Record<string, PageMediaType>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.pdf': 'application/pdf',
};

const itemOf = async (file: string, useTextLayer = false): Promise<Item<PageSpan>> => {
  const { size } = await stat(file);
  const mediaType = MEDIA[path.extname(file)] ?? 'image/png';
  const payload = { path: file, mediaType, pages: [1], pageCount: 1, fileBytes: size, modifiedMs: 0, useTextLayer };
  return { index: 0, source: file, key: file, sizeBytes: size, payload };
};

const readPage = async (engine: OcrEngine, file: string, useTextLayer = false): Promise<PageReading> => {
  const [outcome] = await engine.processBatch([await itemOf(file, useTextLayer)], { signal: never });
  if (outcome?.ok !== true) throw new Error(JSON.stringify(outcome));
  return outcome.value[0] as PageReading;
};

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .split(/\s+/)
    .filter((word) => word.length > 1);

/** Share of the true words that were read. */
const recall = (truth: string, text: string): number => {
  const read = new Set(wordsOf(text));
  const wanted = wordsOf(truth);
  return wanted.filter((word) => read.has(word)).length / wanted.length;
};

const sample = (name: string): string => path.join(root, 'samples', name);

describe('local OCR engine', () => {
  test.each([
    ['best', {}, 0.95, 'ppocr-v4+tesseract-5'],
    ['best', { UXD_ORT: 'web' }, 0.95, 'ppocr-v4+tesseract-5'],
    ['fast', {}, 0.9, 'ppocr-v4'],
  ] as const)('reads a flyer (%s, %j)', async (quality, env, least, model) => {
    const engine = await open({ quality }, env);
    const reading = await readPage(engine, sample('flyers/2020-03-30-trebola-frescos.png'));
    const truth = await readFile(sample('flyers/2020-03-30-trebola-frescos.truth.txt'), 'utf8');
    expect(reading).toMatchObject({ page: 1, model });
    expect(reading.text?.language).toBe('es');
    expect(recall(truth, reading.text?.text ?? '')).toBeGreaterThan(least);
  });

  test('boxes lie on the page, finer levels make up the coarser ones', async () => {
    const reading = await readPage(await open(), sample('receipts/receipt.jpg'));
    const blocks = reading.text?.blocks ?? [];
    expect(blocks.map((block) => block.text).join('\n\n')).toBe(reading.text?.text);
    for (const block of blocks) {
      expect(block.lines.map((line) => line.text).join('\n')).toBe(block.text);
      for (const line of block.lines) {
        expect(line.words.map((word) => word.text).join(' ')).toBe(line.text);
        for (const { box, confidence } of [line, ...line.words]) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
          expect(box[0] + box[2]).toBeLessThanOrEqual(reading.width + 2);
          expect(box[1] + box[3]).toBeLessThanOrEqual(reading.height + 2);
        }
      }
    }
  });

  test('takes the text layer of a PDF, or draws the page and reads it', async () => {
    const engine = await open();
    const layer = await readPage(engine, sample('documents/report.pdf'), true);
    const picture = await readPage(engine, sample('documents/report.pdf'));
    expect(layer.model).toBe('pdf-text');
    expect([picture.width, picture.height]).toEqual([layer.width, layer.height]);
    expect(recall(layer.text?.text ?? '', picture.text?.text ?? '')).toBeGreaterThan(0.9);
  });

  test('a damaged picture is an outcome, and its neighbour is read', async () => {
    const damaged = path.join(directory, 'damaged.png');
    await writeFile(damaged, (await readFile(sample('flyers/2020-03-30-trebola-frescos.png'))).subarray(0, 5000));
    const engine = await open({ quality: 'fast' });
    const items = [await itemOf(damaged), await itemOf(sample('receipts/receipt.jpg'))];
    const outcomes = await engine.processBatch(items, { signal: never });
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([false, true]);
    expect(outcomes[0]).toMatchObject({ error: { isRetryable: false } });
  });

  test('an empty page has no text and no confidence', async () => {
    const sharp = (await import('sharp')).default;
    const blank = path.join(directory, 'blank.png');
    await sharp({ create: { width: 400, height: 300, channels: 3, background: '#fff' } })
      .png()
      .toFile(blank);
    const reading = await readPage(await open(), blank);
    expect(reading.text).toEqual({ text: '', confidence: null, language: null, blocks: [] });
  });

  test('refuses what it cannot do before it starts', async () => {
    await expect(open({ features: ['text', 'labels'] })).rejects.toThrow(
      'labels is not available with --provider local; use --provider google',
    );
    await expect(open({ languages: ['nonsense!'] })).rejects.toThrow(/not a language code/);
  });

  test('says its limits, and its version names its parts', async () => {
    const engine = await open();
    expect(engine).toMatchObject({ id: 'local/ocr-best', isRemote: false });
    expect(engine.limits).toMatchObject({ itemsPerBatch: 1, parallelBatches: 1, requestsPerMinute: null });
    expect(engine.version).toMatch(/^\d+-[\d.]+-[\d.]+/);
  });
});
