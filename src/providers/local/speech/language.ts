/**
 * Which of several languages is spoken: each model writes down what it hears, and the surest one is right. A model of
 * another language hears nothing, or writes little, or words of a language that is not its own.
 */
import { FUNCTION_WORDS } from '../language/function-words.js';
import { spokenLetters } from './junk.js';

/** What the model of a language made of the same speech. */
export interface Attempt {
  readonly language: string;
  /** Empty where it heard nothing. */
  readonly text: string;
  readonly meanLogProbability: number;
}

/** A model of another language gives up early and then is sure of the little that it wrote. */
const LEAST_SHARE = 0.35;
/** The Spanish model is surer of what it writes, right or wrong, than the English one. */
const SHARPNESS: Readonly<Record<string, number>> = { es: 1.5 };
/** In mean log-probability: what words of another language cost. */
const FOREIGN_COST = 0.5;
/** In mean log-probability: how much surer another language has to be than the one that was spoken before. */
const CHANGE_COST = 0.1;
const LEAST_FOREIGN_WORDS = 2;

/**
 * The attempt in the language that is spoken; null where no model heard anything. Of equals the first wins.
 *
 * @param expected the language that the recording begins with, where it is known
 */
export function chooseLanguage<T extends Attempt>(attempts: readonly T[], expected: string | null = null): T | null {
  const letters = attempts.map(({ text }) => spokenLetters(text));
  const longest = Math.max(0, ...letters);
  let best: { readonly attempt: T; readonly score: number } | null = null;
  for (const [index, attempt] of attempts.entries()) {
    const own = letters[index] as number;
    if (own === 0 || own < LEAST_SHARE * longest) continue;
    const score = plausibility(attempt) + (attempt.language === expected ? CHANGE_COST : 0);
    if (best === null || score > best.score) best = { attempt, score };
  }
  return best?.attempt ?? null;
}

/**
 * How likely it is that the speech is in the language of the attempt: its mean log-probability, on the scale of the
 * English model, less for foreign words.
 */
export function plausibility({ text, language, meanLogProbability }: Attempt): number {
  return meanLogProbability * (SHARPNESS[language] ?? 1) - (isForeign(text, language) ? FOREIGN_COST : 0);
}

/** The text has more small words of another language than of its own: two at least, and twice as many. */
export function isForeign(text: string, language: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  const own = FUNCTION_WORDS_BY_LANGUAGE.get(language);
  if (own === undefined) return false;
  const ownCount = words.filter((word) => own.has(word)).length;
  for (const other of OTHERS) {
    const list = FUNCTION_WORDS_BY_LANGUAGE.get(other);
    if (other === language || list === undefined) continue;
    const count = words.filter((word) => list.has(word) && !own.has(word)).length;
    if (count >= LEAST_FOREIGN_WORDS && count >= 2 * ownCount) return true;
  }
  return false;
}

/** Languages whose words a model may write that is not theirs: what its training was not clean of. */
const OTHERS = ['en', 'es'];
const FUNCTION_WORDS_BY_LANGUAGE = new Map(
  Object.entries(FUNCTION_WORDS).map(([language, words]) => [language, new Set(words)]),
);
