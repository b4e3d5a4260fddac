/** From sums of opinions to labels, for sentences and whole texts. */
import type { Sentiment, SentimentLabel } from '../../../model.js';
import { toScore } from './sentiment.js';

export interface Sums {
  readonly positive: number;
  /** Zero or less. */
  readonly negative: number;
}

/** What else the thresholds depend on. */
export interface Extent {
  readonly language: string | null;
  readonly words: number;
}

/**
 * Scores from which a text is positive; fitted on bench/text/data. A longer sentence has more room for a friendly word
 * that judges nothing, in Spanish more than in English.
 */
const POSITIVE_FROM: Readonly<Record<string, { readonly least: number; readonly more: number }>> = {
  es: { least: 0.3, more: 0.1 },
  en: { least: 0.15, more: 0 },
};
const NEGATIVE_FROM = -0.1;
/** Words at which a text is as long as it matters. */
const LONG = 30;
/** Both sides at least this strong, and the sum between these scores, make a text mixed. */
const MIXED_STRENGTH = 1.8;
const MIXED_WITHIN = 0.45;

/** Label, score, magnitude and confidence of sums. */
export function judge({ positive, negative }: Sums, extent: Extent): Sentiment {
  const score = toScore(positive + negative);
  const label = labelOf({ positive, negative }, score, extent);
  const magnitude = positive - negative;
  return {
    label,
    score: round(score),
    magnitude: round(magnitude),
    confidence: round(confidenceOf(label, score, magnitude, extent)),
  };
}

function labelOf({ positive, negative }: Sums, score: number, { language, words }: Extent): SentimentLabel {
  const weaker = Math.min(positive, -negative);
  if (weaker >= MIXED_STRENGTH && Math.abs(score) <= MIXED_WITHIN) return 'mixed';
  const { least, more } = POSITIVE_FROM[language ?? 'en'] ?? { least: 0.15, more: 0 };
  if (score >= least + more * Math.min(1, words / LONG)) return 'positive';
  return score <= NEGATIVE_FROM ? 'negative' : 'neutral';
}

/**
 * How often a label is right: a logistic function of score and magnitude, fitted on bench/text/data and then made more
 * careful, because rules and lexicon were written with those sentences at hand. On sentences of hotel reviews it is
 * true to within 0.1; short messages are right somewhat less often than it says.
 */
function confidenceOf(label: SentimentLabel, score: number, magnitude: number, { language }: Extent): number {
  // Without a lexicon only signs were read.
  if (!KNOWN.has(language ?? '')) return label === 'neutral' ? 0.3 : 0.45;
  const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
  if (label === 'neutral') return logistic(0.5 - 0.5 * Math.abs(score) - 0.4 * Math.min(4, magnitude));
  return label === 'mixed' ? 0.4 : logistic(-0.6 + 3.6 * Math.abs(score));
}

const KNOWN = new Set(Object.keys(POSITIVE_FROM));

/** Three decimals; never `-0`. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}
