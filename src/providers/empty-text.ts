import type { Item, TextDocument, TextEngine, TextReading } from '../model.js';

const NOTHING: TextReading = { language: null, model: 'none', sentiment: null, sentences: [], aspects: [], terms: [] };

/** An engine that answers texts without any character but white space itself, at no cost. */
export function withEmptyTexts(engine: TextEngine): TextEngine {
  const isEmpty = (item: Item<TextDocument>): boolean => item.payload.text.trim() === '';
  const { billing } = engine;
  return {
    ...engine,
    ...(billing && {
      billing: {
        ...billing,
        unitsOf: (item) => (isEmpty(item) ? 0 : billing.unitsOf(item)),
        priceUsdOf: (item) => (isEmpty(item) ? 0 : billing.priceUsdOf(item)),
      },
    }),
    laneOf: (item) => (isEmpty(item) ? 'empty' : engine.laneOf ? engine.laneOf(item) : ''),
    processBatch: async (items, context) => {
      const [first] = items;
      if (!first || !isEmpty(first)) return engine.processBatch(items, context);
      return items.map(() => ({ ok: true, value: NOTHING }));
    },
    close: () => engine.close(),
  };
}
