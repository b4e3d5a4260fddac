/** Texts read by the rules of this engine, with the sentiment of the user's own classifier. */
import type { Outcome, Sentiment, TextDocument, TextEngine, TextReading } from '../../../model.js';
import { plainView } from '../../../text/plain-view.js';
import { type Classifier, loadClassifier } from './classifier.js';
import type { Classified } from './classifier-labels.js';

/** What of a reading is classified: the text as it is read, then its sentences, where there is more than one. */
function viewsOf({ text, format }: TextDocument, { sentiment, sentences = [] }: TextReading): string[] {
  if (!sentiment) return [];
  const parts = sentences.length > 1 ? sentences : [];
  return [
    plainView(text, format).text,
    ...parts.map(({ start, end }) => plainView(text.slice(start, end), format).text),
  ];
}

const toSentiment = ({ label, score, confidence }: Classified, magnitude: number): Sentiment => ({
  label,
  score,
  magnitude,
  confidence,
});

/** The reading with the classifier's answers: one for the text, then one a sentence. */
function withAnswers(reading: TextReading, answers: readonly Classified[], model: string): TextReading {
  const [whole, ...parts] = answers;
  if (whole === undefined) return { ...reading, model };
  const strength = parts.reduce((sum, { score }) => sum + Math.abs(score), 0);
  const sentences = (reading.sentences ?? []).map((sentence, at) => {
    const answer = parts[at] ?? whole;
    return { ...sentence, sentiment: toSentiment(answer, Math.abs(answer.score)) };
  });
  const sentiment = toSentiment(whole, parts.length > 0 ? strength : Math.abs(whole.score));
  return { ...reading, model, sentiment, sentences };
}

/**
 * An engine whose sentiments are those of the classifier in `directory`; language, sentences and aspects stay as `engine`
 * reads them. The classifier sees the start of a text that is longer than it takes, and its sentences one by one. Throws
 * `UsageError` where the folder holds no classifier of sentiment.
 */
export async function withClassifier(engine: TextEngine, directory: string): Promise<TextEngine> {
  const classifier = await loadClassifier(directory);
  const model = `onnx-${classifier.version}`;
  return {
    ...engine,
    version: `${engine.version}+${model}`,
    isQuick: false,
    async processBatch(items, context) {
      const outcomes = await engine.processBatch(items, context);
      const documents = items.map(({ payload }) => payload);
      return classifyAll(outcomes, documents, { classifier, model, signal: context.signal });
    },
    async close() {
      await engine.close();
      await classifier.close();
    },
  };
}

async function classifyAll(
  outcomes: readonly Outcome<TextReading>[],
  documents: readonly TextDocument[],
  { classifier, model, signal }: { classifier: Classifier; model: string; signal: AbortSignal },
): Promise<Outcome<TextReading>[]> {
  const answered: Outcome<TextReading>[] = [];
  for (const [at, outcome] of outcomes.entries()) {
    const document = documents[at];
    signal.throwIfAborted();
    if (!outcome.ok || document === undefined) {
      answered.push(outcome);
      continue;
    }
    const answers = await classifier.classify(viewsOf(document, outcome.value));
    answered.push({ ok: true, value: withAnswers(outcome.value, answers, model) });
  }
  return answered;
}
