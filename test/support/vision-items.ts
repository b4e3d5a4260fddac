/** Small real pictures and the items and settings that an engine is given. */
import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { EngineSettings, Item, OcrOptions, PageMediaType, PageSpan } from '../../src/model.js';
import { systemClock } from '../../src/pipeline/clock.js';

export const OCR_OPTIONS: OcrOptions = {
  features: ['text'],
  languages: [],
  quality: 'best',
  pdfText: 'never',
  dpi: 300,
  maxPixels: 200_000_000,
};

export function engineSettings(endpoint: string | null, changes: Partial<EngineSettings> = {}): EngineSettings {
  return {
    endpoint,
    timeoutMs: 5_000,
    concurrency: null,
    modelsDir: '/nonexistent',
    env: {},
    clock: systemClock,
    note: () => undefined,
    ...changes,
  };
}

/** A PNG of one colour made of `seed`, with `marker` behind its last chunk. */
export async function writePicture(folder: string, seed: number, marker = ''): Promise<string> {
  const path = join(folder, `picture-${seed}.png`);
  const background = { r: seed & 255, g: (seed >> 8) & 255, b: 128 };
  const png = await sharp({ create: { width: 200 + (seed % 7), height: 100, channels: 3, background } })
    .png()
    .toBuffer();
  await writeFile(path, Buffer.concat([png, Buffer.from(marker)]));
  return path;
}

/** The item for a file, or for some pages of it. */
export async function itemFor(
  path: string,
  index = 0,
  mediaType: PageMediaType = 'image/png',
  pages: readonly number[] = [1],
): Promise<Item<PageSpan>> {
  const { size, mtimeMs: modifiedMs } = await stat(path);
  const key = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  const payload: PageSpan = {
    path,
    mediaType,
    pages,
    pageCount: pages.length,
    fileBytes: size,
    modifiedMs,
    useTextLayer: false,
  };
  return { index, source: path, key: `${key}#${pages.join(',')}`, sizeBytes: size, payload };
}
