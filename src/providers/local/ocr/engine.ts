/** The embedded OCR engine: reads pages on this machine, without an account or a network. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  type EngineSettings,
  type Item,
  type OcrEngine,
  type OcrOptions,
  type Outcome,
  type PageReading,
  type PageSpan,
  UsageError,
} from '../../../model.js';
import { ensureModel, ensureOptions } from '../../../models/store.js';
import { installedVersion } from '../packages.js';
import { createWorkerPool, type WorkerPool } from '../pool.js';
import { type ReadLanguage, toReadLanguages } from './languages.js';
import type { PageAnswer, PageJob, ReaderSettings } from './protocol.js';
import type { TesseractData } from './tesseract.js';
import { bundledTesseractData, isBundled, PADDLE_PACKAGE } from './weights.js';

/** Changes with every change of the algorithm that may change what is read. */
const ALGORITHM_REVISION = 9;

/** No page takes this long; only a hang does. `--timeout` is about calls to services and would be too short. */
const MIN_PAGE_TIMEOUT_MS = 300_000;

/**
 * Starts nothing yet: workers start with the first page. Throws {@link UsageError} for features that this engine lacks
 * and for languages without data.
 */
export async function createLocalOcrEngine(options: OcrOptions, settings: EngineSettings): Promise<OcrEngine> {
  refuseFeatures(options);
  const languages = toReadLanguages(options.languages);
  const tesseract = await Promise.all(languages.map((language) => findData(language, settings)));
  const workers = settings.concurrency ?? availableParallelism();
  const reader: ReaderSettings = {
    quality: options.quality,
    tesseract,
    languageTags: languages.map(({ tag }) => tag),
    runtime: settings.env.UXD_ORT === 'web' ? 'web' : 'auto',
    dpi: options.dpi,
    maxPixels: options.maxPixels,
  };
  const pageTimeoutMs = Math.max(settings.timeoutMs, MIN_PAGE_TIMEOUT_MS);
  const pool = createWorkerPool<PageJob, ReaderSettings, PageAnswer>({
    workers,
    entry: new URL('./worker.js', import.meta.url),
    env: settings.env,
    jobTimeoutMs: pageTimeoutMs,
    settings: reader,
    complaints: {
      crashed: 'the reader process died on this page, twice; convert the file to another format, or report it',
      late: `the page was not read within ${Math.round(pageTimeoutMs / 1000)} s; give --timeout or a smaller picture`,
    },
  });
  return {
    id: `local/ocr-${options.quality}`,
    version: engineVersion(),
    limits: {
      itemsPerBatch: 1,
      bytesPerBatch: Number.MAX_SAFE_INTEGER,
      parallelBatches: workers,
      requestsPerMinute: null,
    },
    isRemote: false,
    processBatch: (items, { signal }) => Promise.all(items.map((item) => readItem(pool, item, signal))),
    close: () => pool.close(),
  };
}

function refuseFeatures({ features }: OcrOptions): void {
  for (const feature of features) {
    if (feature === 'text') continue;
    throw new UsageError(`${feature} is not available with --provider local; use --provider google`);
  }
}

async function findData({ code }: ReadLanguage, settings: EngineSettings): Promise<TesseractData> {
  if (isBundled(code)) return { code, path: bundledTesseractData(code) };
  const folder = await ensureModel(`tesseract/${code}`, ensureOptions(settings));
  return { code, path: join(folder, `${code}.traineddata.gz`) };
}

/** Weights and engines decide the answers as much as the algorithm does. */
function engineVersion(): string {
  const parts = [PADDLE_PACKAGE, 'tesseract.js-core'].map((name) => installedVersion(name) ?? 'none');
  return [ALGORITHM_REVISION, ...parts].join('-');
}

/** One reading a page of the span. An item whose every page failed has failed itself. */
async function readItem(
  pool: WorkerPool<PageJob, PageAnswer>,
  { payload }: Item<PageSpan>,
  signal: AbortSignal,
): Promise<Outcome<readonly PageReading[]>> {
  const answers = await Promise.all(
    payload.pages.map((page) =>
      pool.read({ path: payload.path, mediaType: payload.mediaType, page, useTextLayer: payload.useTextLayer }, signal),
    ),
  );
  const first = answers[0];
  if (first !== undefined && !first.ok && answers.every((answer) => !answer.ok)) return first;
  const readings = answers.map((answer, index): PageReading => {
    if (answer.ok) return answer.reading;
    return { page: payload.pages[index] as number, width: 0, height: 0, model: '', error: answer.error };
  });
  return { ok: true, value: readings };
}
