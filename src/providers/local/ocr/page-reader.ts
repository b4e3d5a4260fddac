/** Reads pages inside a worker: keeps the engines loaded, chooses how a page is read, puts its text together. */
import { readFile } from 'node:fs/promises';
import { InputError } from '../../../io/input-error.js';
import { readTextLayerPages } from '../../../io/pdf.js';
import type { PageReading } from '../../../model.js';
import { loadOnnxRuntime } from '../runtime.js';
import { readPageWithTesseract } from './fast-page.js';
import { type HybridEngines, readPageHybrid } from './hybrid-page.js';
import { arrangeLines, type TextBlock } from './layout.js';
import { loadLineHead } from './line-head.js';
import { foldBlocks } from './onnx-optimize.js';
import { guessLanguage } from './page-language.js';
import { type LoadedPage, loadPage } from './page-source.js';
import { toOcrText } from './page-text.js';
import type { PageAnswer, PageJob, ReaderSettings } from './protocol.js';
import { buildRecogniser } from './recogniser-graph.js';
import { createLineRecogniser } from './recognition.js';
import { startTesseract, type TesseractReader } from './tesseract.js';
import { paddleWeights } from './weights.js';

export const HYBRID_MODEL = 'ppocr-v4+tesseract-5';
export const TESSERACT_MODEL = 'tesseract-5';
export const PADDLE_MODEL = 'ppocr-v4';

/** Languages all of whose letters the head of the line recogniser knows. */
const HEAD_LANGUAGES: ReadonlySet<string> = new Set('es en de fr it pt ca gl eu nl sv da no nb fi'.split(' '));

export interface PageReader {
  read(job: PageJob): Promise<PageAnswer>;
}

/** A reader for pages with these settings. Engines start with the first page that needs them. */
export function createPageReader(settings: ReaderSettings): PageReader {
  let tesseract: Promise<TesseractReader> | undefined;
  let hybrid: Promise<HybridEngines> | undefined;
  const startReader = (): Promise<TesseractReader> => {
    tesseract ??= startTesseract(settings.tesseract);
    return tesseract;
  };
  const startHybrid = async (): Promise<HybridEngines> => {
    hybrid ??= (settings.quality === 'fast' ? Promise.resolve(null) : startReader()).then((reader) =>
      startHybridEngines(settings, reader),
    );
    return hybrid;
  };
  const readPicture = async (job: PageJob): Promise<PageReading> => {
    const page = await loadPage(job, settings);
    const model = modelFor(settings);
    const blocks =
      model === TESSERACT_MODEL
        ? readPageWithTesseract(await startReader(), page.raster)
        : arrangeLines(await readPageHybrid(await startHybrid(), page.raster));
    return toReading(job, page, blocks, settings, model);
  };
  return {
    async read(job) {
      try {
        return { ok: true, reading: job.useTextLayer ? await readTextLayer(job, settings) : await readPicture(job) };
      } catch (error) {
        if (error instanceof InputError) return { ok: false, error: error.toItemError() };
        throw error;
      }
    },
  };
}

/** One reading is fastest; where the line recogniser does not know all letters of a language, Tesseract has to be it. */
function modelFor({ quality, languageTags }: ReaderSettings): string {
  if (quality === 'best') return HYBRID_MODEL;
  return languageTags.every((tag) => HEAD_LANGUAGES.has(tag)) ? PADDLE_MODEL : TESSERACT_MODEL;
}

async function startHybridEngines(settings: ReaderSettings, tesseract: TesseractReader | null): Promise<HybridEngines> {
  const weights = paddleWeights();
  const runtime = await loadOnnxRuntime(settings.runtime);
  const [detectorModel, recogniserModel, dictionary] = await Promise.all([
    readFile(weights.detector),
    readFile(weights.recogniser),
    readFile(weights.dictionary, 'utf8'),
  ]);
  const built = buildRecogniser(recogniserModel, dictionary, loadLineHead());
  const recogniser = createLineRecogniser(await runtime.load(foldBlocks(built.model)), built);
  return { detector: await runtime.load(foldBlocks(detectorModel)), recogniser, tesseract };
}

async function readTextLayer(job: PageJob, settings: ReaderSettings): Promise<PageReading> {
  const [reading] = await readTextLayerPages(job.path, [job.page], {
    dpi: settings.dpi,
    maxPixels: settings.maxPixels,
  });
  if (reading === undefined) throw new Error('a page without a reading');
  if (reading.text === undefined) return reading;
  const language = await guessLanguage(reading.text.text, settings.languageTags);
  return { ...reading, text: { ...reading.text, language } };
}

async function toReading(
  job: PageJob,
  page: LoadedPage,
  blocks: readonly TextBlock[],
  settings: ReaderSettings,
  model: string,
): Promise<PageReading> {
  const text = toOcrText(blocks, page.scale, null);
  return {
    page: job.page,
    width: page.width,
    height: page.height,
    model,
    text: { ...text, language: await guessLanguage(text.text, settings.languageTags) },
  };
}
