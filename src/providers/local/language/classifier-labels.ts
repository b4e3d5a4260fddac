/** What the labels of a text classifier say about sentiment. */
import { type SentimentLabel, UsageError } from '../../../model.js';

export interface LabelMeaning {
  readonly label: SentimentLabel;
  /** -1 to 1. */
  readonly score: number;
}

/** What a classifier says of a text. */
export interface Classified {
  readonly label: SentimentLabel;
  /** -1 to 1: mean of the labels' scores by their probabilities. */
  readonly score: number;
  /** Probability of the label, 0 to 1. */
  readonly confidence: number;
}

const WORDS: Readonly<Record<string, LabelMeaning>> = {
  'very negative': { label: 'negative', score: -1 },
  negative: { label: 'negative', score: -1 },
  neutral: { label: 'neutral', score: 0 },
  mixed: { label: 'mixed', score: 0 },
  positive: { label: 'positive', score: 1 },
  'very positive': { label: 'positive', score: 1 },
};
const SYNONYMS: Readonly<Record<string, string>> = {
  neg: 'negative',
  negativo: 'negative',
  neu: 'neutral',
  neutro: 'neutral',
  none: 'neutral',
  pos: 'positive',
  positivo: 'positive',
  mixto: 'mixed',
  'muy negativo': 'very negative',
  'muy positivo': 'very positive',
};
/** Labels without a name, in the order that classifiers of sentiment have by custom. */
const BY_COUNT: Readonly<Record<number, readonly string[]>> = {
  2: ['negative', 'positive'],
  3: ['negative', 'neutral', 'positive'],
  5: ['1', '2', '3', '4', '5'],
};

function wordMeaning(name: string, hasStrong: boolean): LabelMeaning | null {
  const word = name.toLowerCase().replaceAll(/[_-]+/g, ' ').trim();
  const known = SYNONYMS[word] ?? word;
  const meaning = Object.hasOwn(WORDS, known) ? WORDS[known] : undefined;
  if (meaning === undefined) return null;
  // Beside "very positive", "positive" is half of it.
  return hasStrong && !known.startsWith('very ') ? { ...meaning, score: meaning.score / 2 } : meaning;
}

function starMeaning(name: string): LabelMeaning | null {
  const stars = Number(/^([1-5])(?:\s*(?:stars?|estrellas?))?$/i.exec(name.trim())?.[1] ?? Number.NaN);
  if (Number.isNaN(stars)) return null;
  return { label: stars < 3 ? 'negative' : stars > 3 ? 'positive' : 'neutral', score: (stars - 3) / 2 };
}

/**
 * The meaning of each label of a model, in the model's order. Throws {@link UsageError} where the labels are not those of
 * sentiment.
 */
export function labelMeanings(labels: readonly string[]): LabelMeaning[] {
  const isNameless = labels.every((label) => /^label_\d+$/i.test(label));
  const names = isNameless ? (BY_COUNT[labels.length] ?? labels) : labels;
  const hasStrong = names.some((name) => /^(?:very|muy)\b/i.test(name));
  return names.map((name) => {
    const meaning = starMeaning(name) ?? wordMeaning(name, hasStrong);
    if (meaning !== null) return meaning;
    const known = 'negative, neutral, positive, mixed, NEG, NEU, POS, 1 star ... 5 stars, LABEL_0 ... (2, 3 or 5)';
    throw new UsageError(`--model: its labels are ${labels.join(', ')}, not those of sentiment (${known})`);
  });
}

/** The answer for the probabilities of one text; probabilities of labels with one meaning are added. */
export function classified(probabilities: readonly number[], meanings: readonly LabelMeaning[]): Classified {
  const shares = new Map<SentimentLabel, number>();
  let [score, total] = [0, 0];
  for (const [at, { label, score: value }] of meanings.entries()) {
    const probability = probabilities[at] ?? 0;
    shares.set(label, (shares.get(label) ?? 0) + probability);
    score += probability * value;
    total += probability;
  }
  const [label, share] = [...shares].reduce((best, next) => (next[1] > best[1] ? next : best));
  return { label, score: total === 0 ? 0 : score / total, confidence: Math.min(1, share) };
}
