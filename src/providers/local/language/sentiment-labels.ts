/** From sums of opinions to labels, for sentences and whole texts. */
import type { Sentiment, SentimentLabel } from '../../../model.js';
import { toScore } from './sentiment.js';

export interface Sums {
  readonly positive: number;
  /** Zero or less. */
  readonly negative: number;
}

/** Scores from which a text is positive, negative; fitted on bench/text/data. */
const POSITIVE_FROM = 0.2;
const NEGATIVE_FROM = -0.12;
/** Both sides at least this strong, and neither twice the other, make a text mixed. */
const MIXED_STRENGTH = 2.2;
const MIXED_RATIO = 0.6;

/** Label, score, magnitude and confidence of sums. */
export function judge({ positive, negative }: Sums): Sentiment {
  const score = toScore(positive + negative);
  const label = labelOf({ positive, negative }, score);
  return {
    label,
    score: round(score),
    magnitude: round(positive - negative),
    confidence: round(confidenceOf(label, score, positive - negative)),
  };
}

function labelOf({ positive, negative }: Sums, score: number): SentimentLabel {
  const weaker = Math.min(positive, -negative);
  if (weaker >= MIXED_STRENGTH && weaker >= MIXED_RATIO * Math.max(positive, -negative)) return 'mixed';
  if (score >= POSITIVE_FROM) return 'positive';
  return score <= NEGATIVE_FROM ? 'negative' : 'neutral';
}

function confidenceOf(label: SentimentLabel, score: number, magnitude: number): number {
  const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
  if (label === 'neutral') return logistic(0.6 - 3 * Math.abs(score) - 0.2 * magnitude);
  if (label === 'mixed') return 0.5;
  return logistic(-0.2 + 2.5 * Math.abs(score));
}

/** Three decimals; never `-0`. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}
