/** The language that the words of a sentence are read in. */
import type { ReadableSentence } from './readable.js';

/** Shorter sentences are too often names and figures to have a language of their own. */
const LEAST_SMALL_WORDS = 4;

/** ISO 639-1, or null where it is not known: that of the text, unless the sentence has words enough to differ. */
export function languageOfSentence(sentence: ReadableSentence, ofText: string | null): string | null {
  if (ofText === null || sentence.language === null) return sentence.language ?? ofText;
  if (sentence.language === ofText) return ofText;
  if (sentence.language !== 'en' && sentence.language !== 'es') return ofText;
  let small = 0;
  for (const { kind, text } of sentence.tokens) {
    if (kind === 'word' && /^\p{Ll}/u.test(text)) small += 1;
    if (small >= LEAST_SMALL_WORDS) return sentence.language;
  }
  return ofText;
}
