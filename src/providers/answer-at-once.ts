import type { Engine, Item } from '../model.js';

/** An engine that answers some items at once, without a call: those for which `answer` gives something. */
export function withAnswerAtOnce<P, V>(engine: Engine<P, V>, answer: (item: Item<P>) => V | null): Engine<P, V> {
  return {
    id: engine.id,
    version: engine.version,
    limits: engine.limits,
    isRemote: engine.isRemote,
    ...(engine.billing && { billing: engine.billing }),
    ...(engine.isQuick && { isQuick: true }),
    ...(engine.laneOf && { laneOf: (item) => engine.laneOf?.(item) ?? null }),
    ...(engine.isOperation && { isOperation: (item) => engine.isOperation?.(item) ?? false }),
    answerAtOnce: answer,
    processBatch: (items, context) => engine.processBatch(items, context),
    close: () => engine.close(),
  };
}
