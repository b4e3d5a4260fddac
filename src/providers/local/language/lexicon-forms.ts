/** Inflected forms of lemmas, by language. */

import { formsOf as englishForms } from './english-forms.js';
import type { LexiconLanguage } from './lexicon.js';
import type { PartOfSpeech } from './lexicon-files.js';
import { formsOf as spanishForms } from './spanish-forms.js';

/** All forms of a lemma, itself among them. */
export function languageForms(language: LexiconLanguage, lemma: string, pos: PartOfSpeech): readonly string[] {
  return language === 'es' ? spanishForms(lemma, pos) : englishForms(lemma, pos);
}
