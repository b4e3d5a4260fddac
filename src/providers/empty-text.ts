import type { TextEngine, TextReading } from '../model.js';
import { withAnswerAtOnce } from './answer-at-once.js';

const NOTHING: TextReading = { language: null, model: 'none', sentiment: null, sentences: [], aspects: [], terms: [] };

/** An engine that answers texts of nothing but white space at once. */
export function withEmptyTexts(engine: TextEngine): TextEngine {
  return withAnswerAtOnce(engine, ({ payload }) => (payload.text.trim() === '' ? NOTHING : null));
}
