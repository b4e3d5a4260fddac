import { InputError } from '../io/input-error.js';
import type { Item, OcrEngine, OcrOptions, Outcome, PageReading, PageSpan } from '../model.js';

/**
 * An engine that takes PDF pages with a text layer from the file itself, at no cost, and leaves the others to the
 * engine given.
 */
export function withTextLayer(engine: OcrEngine, options: OcrOptions): OcrEngine {
  const isTextLayer = (item: Item<PageSpan>): boolean => item.payload.useTextLayer;
  const { billing } = engine;
  return {
    id: engine.id,
    version: `${engine.version}+text-layer-3`,
    limits: engine.limits,
    isRemote: engine.isRemote,
    ...(billing && {
      billing: {
        unitsOf: (item) => (isTextLayer(item) ? 0 : billing.unitsOf(item)),
        priceUsdOf: (item) => (isTextLayer(item) ? 0 : billing.priceUsdOf(item)),
      },
    }),
    laneOf: (item) => (isTextLayer(item) ? null : engine.laneOf ? engine.laneOf(item) : ''),
    processBatch: async (items, context) => {
      const first = items[0];
      if (!first || !isTextLayer(first)) return engine.processBatch(items, context);
      return [await readItem(first.payload, options)];
    },
    close: () => engine.close(),
  };
}

/** The file does not say which language its text is in. */
async function withLanguage(reading: PageReading, languages: readonly string[]): Promise<PageReading> {
  if (!reading.text) return reading;
  const { guessLanguage } = await import('./local/ocr/page-language.js');
  return { ...reading, text: { ...reading.text, language: await guessLanguage(reading.text.text, languages) } };
}

async function readItem(span: PageSpan, options: OcrOptions): Promise<Outcome<readonly PageReading[]>> {
  const { readTextLayerPages } = await import('../io/pdf.js');
  try {
    const readings = await readTextLayerPages(span.path, span.pages, options);
    return { ok: true, value: await Promise.all(readings.map((reading) => withLanguage(reading, options.languages))) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ok: false, error: error.toItemError() };
  }
}
