import type { SpeechEngine, SpeechReading } from '../model.js';

const NOTHING: SpeechReading = { language: null, model: 'none', segments: [] };

/** An engine that answers pieces without samples, of recordings in which nobody speaks, at once. */
export function withEmptySpeech(engine: SpeechEngine): SpeechEngine {
  return {
    id: engine.id,
    version: engine.version,
    limits: engine.limits,
    isRemote: engine.isRemote,
    ...(engine.billing && { billing: engine.billing }),
    ...(engine.isQuick && { isQuick: true }),
    ...(engine.laneOf && { laneOf: (item) => engine.laneOf?.(item) ?? null }),
    answerAtOnce: ({ payload }) => (payload.samples.length === 0 ? NOTHING : null),
    processBatch: (items, context) => engine.processBatch(items, context),
    close: () => engine.close(),
  };
}
