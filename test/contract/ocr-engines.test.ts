/** What every OCR engine must do, whoever made it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandDocuments } from '../../src/io/documents.js';
import type {
  EngineSettings,
  FailedInput,
  Item,
  OcrEngine,
  OcrOptions,
  PageReading,
  PageSpan,
} from '../../src/model.js';
import { systemClock } from '../../src/pipeline/clock.js';
import { PROJECT } from '../support/uxd.js';
import { startVisionServer } from '../support/vision-server.mjs';

// The built engines: the local one starts its workers from built files.
const { OCR_PROVIDERS } = (await import(
  '../../dist/providers/index.js'
)) as typeof import('../../src/providers/index.js');

const sample = (name: string): string => path.join(PROJECT, 'samples', name);
const RECEIPT = sample('receipts/receipt.jpg');
const FLYER = sample('flyers/2020-03-30-trebola-frescos.png');
const REPORT = sample('documents/report.pdf');

/** A piece of the receipt, where it does not matter what is read. */
let scrap: string;
let folder: string;
let server: Awaited<ReturnType<typeof startVisionServer>>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'uxd-contract-'));
  scrap = path.join(folder, 'scrap.jpg');
  await sharp(RECEIPT).extract({ left: 0, top: 0, width: 781, height: 200 }).toFile(scrap);
  server = await startVisionServer();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const options = (quality: 'best' | 'fast'): OcrOptions => ({
  features: ['text'],
  languages: ['es', 'en'],
  quality,
  pdfText: 'never',
  dpi: 100,
  maxPixels: 50_000_000,
});

function settings(): EngineSettings {
  return {
    endpoint: server.endpoint,
    timeoutMs: 120_000,
    concurrency: 1,
    modelsDir: path.join(folder, 'models'),
    env: { PATH: process.env.PATH },
    clock: systemClock,
    note: () => undefined,
  };
}

const ENGINES = [
  { name: 'local, fast', provider: 'local', quality: 'fast' },
  { name: 'local, best', provider: 'local', quality: 'best' },
  { name: 'google', provider: 'google', quality: 'best' },
] as const;

describe.each(ENGINES)('OCR engine: $name', ({ provider, quality }) => {
  let engine: OcrEngine;
  beforeAll(async () => {
    engine = await OCR_PROVIDERS[provider].load(options(quality), settings());
  });
  afterAll(() => engine.close());

  async function itemsOf(...files: string[]): Promise<Item<PageSpan>[]> {
    const entries = files.map((file, index) => ({ index, source: file, path: file }));
    const items: (Item<PageSpan> | FailedInput)[] = [];
    const { pagesPerItem } = OCR_PROVIDERS[provider];
    const expanded = expandDocuments(entries, {
      pagesPerItem,
      pages: null,
      maxPixels: 50_000_000,
      useTextLayer: 'never',
    });
    for await (const item of expanded) items.push(item);
    return items as Item<PageSpan>[];
  }

  /** Within the limits that the engine states, as the pipeline does it. */
  async function readAll(items: readonly Item<PageSpan>[]) {
    const { signal } = new AbortController();
    const outcomes = [];
    for (const item of items) outcomes.push(...(await engine.processBatch([item], { signal })));
    return outcomes;
  }

  /** What two tests look at is read once. */
  let firstOutcomes: ReturnType<typeof readAll> | null = null;
  async function readSamples() {
    const items = await itemsOf(RECEIPT, scrap, REPORT);
    firstOutcomes ??= readAll(items);
    return { items, outcomes: await firstOutcomes };
  }

  it('names itself, its version and its limits', () => {
    expect(engine.id).toMatch(new RegExp(`^${provider}/`));
    expect(engine.version.length).toBeGreaterThan(0);
    expect(engine.limits.itemsPerBatch).toBeGreaterThanOrEqual(1);
    expect(engine.limits.parallelBatches).toBeGreaterThanOrEqual(1);
    expect(engine.limits.bytesPerBatch).toBeGreaterThan(0);
  });

  it('gives one reading for each page of a span, in order, that holds together', async () => {
    const { items, outcomes } = await readSamples();
    expect(outcomes.length).toBe(items.length);
    for (const [i, outcome] of outcomes.entries()) {
      if (!outcome.ok) throw new Error(outcome.error.message);
      expect(outcome.value.map(({ page }) => page)).toEqual(items[i]?.payload.pages);
      for (const reading of outcome.value) checkReading(reading);
    }
  });

  it('gives the same answer twice', async () => {
    const { outcomes } = await readSamples();
    expect(await readAll(await itemsOf(RECEIPT))).toEqual(outcomes.slice(0, 1));
  });

  it('answers for a bad picture without harm to the next', async () => {
    const bad = path.join(folder, `bad-${provider}-${quality}.png`);
    await writeFile(bad, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    const outcomes = await readAll([...(await itemsOf(bad)), ...(await itemsOf(scrap))]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, true]);
    const [failed] = outcomes;
    if (failed && !failed.ok) {
      expect(failed.error.code).toMatch(/^[A-Z_]+$/);
      expect(failed.error.isRetryable).toBe(false);
    }
  });

  it('stops when it is told to', async () => {
    const aborter = new AbortController();
    aborter.abort(new Error('stopped'));
    const [item] = await itemsOf(FLYER);
    await expect(engine.processBatch([item as Item<PageSpan>], { signal: aborter.signal })).rejects.toThrow();
  });
});

function checkReading({ width, height, text, model }: PageReading): void {
  expect(model.length).toBeGreaterThan(0);
  expect(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0).toBe(true);
  if (!text) throw new Error('no text');
  expect(text.text).toBe(text.blocks.map((block) => block.text).join('\n\n'));
  for (const block of text.blocks) {
    expect(block.text).toBe(block.lines.map((line) => line.text).join('\n'));
    for (const line of block.lines) {
      expect(line.text).toBe(line.words.map((word) => word.text).join(' '));
      for (const { confidence, box, text: words } of [block, line, ...line.words]) {
        expect(words).not.toBe('');
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        const [x, y, w, h] = box;
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x + w).toBeLessThanOrEqual(width + 1);
        expect(y + h).toBeLessThanOrEqual(height + 1);
        expect(w > 0 && h > 0).toBe(true);
      }
    }
  }
}
