/** Every inflected form of a Spanish lemma, so that a text is read by looking its words up. */
import { adjectiveForms, nounForms } from './spanish-nouns.js';
import { verbForms } from './spanish-verbs.js';

/**
 * Forms of a lemma, itself among them and first; accents as they are written, never left out. Adjectives in gender,
 * number, superlative, diminutive and with -mente; nouns in number, in both genders for persons, and diminutives; verbs
 * in all simple tenses with voseo, as participles, and with up to two pronouns at their end (two thirds of the forms of
 * a verb; without them where `withPronouns` is false). A form may appear more than once.
 */
export function formsOf(
  lemma: string,
  pos: 'adj' | 'noun' | 'verb' | 'adv' | 'intj',
  withPronouns = true,
): readonly string[] {
  if (pos === 'adj') return adjectiveForms(lemma);
  if (pos === 'noun') return nounForms(lemma);
  if (pos === 'verb' && /(?:[aei]|í)r$/.test(lemma)) return verbForms(lemma, withPronouns);
  return [lemma];
}
