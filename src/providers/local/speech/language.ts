/** Which of several languages is spoken: each model writes down what it hears, and the surest one is right. */

/** What the model of a language made of the same speech. */
export interface Attempt {
  readonly language: string;
  /** Letters that were said. */
  readonly letters: number;
  readonly meanLogProbability: number;
}

/** A model of another language gives up early and then is sure of the little that it wrote. */
const LEAST_SHARE = 0.35;

/** Null where no model heard anything. Of equals the first wins. */
export function chooseLanguage(attempts: readonly Attempt[]): string | null {
  const longest = Math.max(0, ...attempts.map(({ letters }) => letters));
  const heard = attempts.filter(({ letters }) => letters > 0 && letters >= LEAST_SHARE * longest);
  const [first, ...others] = heard;
  if (first === undefined) return null;
  return others.reduce((best, one) => (one.meanLogProbability > best.meanLogProbability ? one : best), first).language;
}
