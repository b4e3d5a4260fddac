/** What Google's scores and magnitudes are called. Pure. */
import type { Sentiment, SentimentLabel } from '../../model.js';

/** As Google gives it. */
export interface Feeling {
  /** -1 to 1. */
  readonly score: number;
  /** 0 or more; of a text, about the sum over its sentences. */
  readonly magnitude: number;
}

/** Google's demonstration colours a score green from here on, red below its negative, and yellow between. */
const CLEAR_SCORE = 0.25;
/** Feeling that cancels out, in all and a sentence, from which on a score near zero is `mixed` and not `neutral`. */
const MIXED_MAGNITUDE = 0.5;
const MIXED_MAGNITUDE_PER_SENTENCE = 0.15;

/**
 * Google's guide: a score near zero is `neutral` with a low magnitude and `mixed` with a high one, where praise and
 * blame cancel out. Magnitude grows with the length of the text, so that what the score accounts for is taken off and
 * the rest is also measured by the sentence.
 *
 * @see https://cloud.google.com/natural-language/docs/basics#interpreting_sentiment_analysis_values
 */
export function labelOf({ score, magnitude }: Feeling, sentenceCount = 1): SentimentLabel {
  if (score >= CLEAR_SCORE) return 'positive';
  if (score <= -CLEAR_SCORE) return 'negative';
  const sentences = Math.max(1, sentenceCount);
  const cancelled = magnitude - Math.abs(score) * sentences;
  const isMixed = cancelled >= MIXED_MAGNITUDE && cancelled / sentences >= MIXED_MAGNITUDE_PER_SENTENCE;
  return isMixed ? 'mixed' : 'neutral';
}

/** Google tells no probability. */
export function toSentiment(feeling: Feeling, sentenceCount = 1): Sentiment {
  return { label: labelOf(feeling, sentenceCount), ...feeling, confidence: null };
}
