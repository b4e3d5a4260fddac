import type { TextEngine, TextReading } from '../model.js';

const NOTHING: TextReading = { language: null, model: 'none', sentiment: null, sentences: [], aspects: [], terms: [] };

/** An engine that answers texts of nothing but white space at once. */
export function withEmptyTexts(engine: TextEngine): TextEngine {
  return {
    id: engine.id,
    version: engine.version,
    limits: engine.limits,
    isRemote: engine.isRemote,
    ...(engine.billing && { billing: engine.billing }),
    ...(engine.isQuick && { isQuick: true }),
    ...(engine.laneOf && { laneOf: (item) => engine.laneOf?.(item) ?? null }),
    answerAtOnce: ({ payload }) => (payload.text.trim() === '' ? NOTHING : null),
    processBatch: (items, context) => engine.processBatch(items, context),
    close: () => engine.close(),
  };
}
