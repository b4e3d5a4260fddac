import { isStored, type SpeechEngine, type SpeechReading } from '../model.js';
import { withAnswerAtOnce } from './answer-at-once.js';

const NOTHING: SpeechReading = { language: null, model: 'none', segments: [] };

/** An engine that answers pieces without samples, of recordings in which nobody speaks, at once. */
export function withEmptySpeech(engine: SpeechEngine): SpeechEngine {
  return withAnswerAtOnce(engine, ({ payload }) =>
    !isStored(payload) && payload.samples.length === 0 ? NOTHING : null,
  );
}
