/** Inflected forms of lemmas, by language. */

import { formsOf as englishForms } from './english-forms.js';
import type { LexiconLanguage } from './lexicon.js';
import type { PartOfSpeech } from './lexicon-files.js';

/** All forms of a lemma, itself among them. */
export function languageForms(language: LexiconLanguage, lemma: string, pos: PartOfSpeech): readonly string[] {
  return language === 'es' ? spanish(lemma, pos) : englishForms(lemma, pos);
}
function spanish(lemma: string, pos: PartOfSpeech): string[] {
  if (pos === 'adv' || pos === 'intj') return [lemma];
  if (pos === 'verb') {
    const stem = lemma.slice(0, -2);
    const ar = lemma.endsWith('ar');
    const endings = ar
      ? 'ar o as a amos an é aste ó aron aba abas ábamos aban aré ará arán aría arían e es en ando ado ada ados adas ase ara aran emos'
      : 'er ir o es e emos imos en í iste ió ieron ía ías íamos ían eré erá erán iré irá ería iría a as an iendo ido ida idos idas iera iese amos';
    return [lemma, ...endings.split(' ').map((ending) => stem + ending)];
  }
  const forms = [lemma, `${lemma}s`, `${lemma}es`];
  if (lemma.endsWith('o')) forms.push(`${lemma.slice(0, -1)}a`, `${lemma.slice(0, -1)}as`, lemma.slice(0, -1));
  if (lemma.endsWith('z')) forms.push(`${lemma.slice(0, -1)}ces`);
  return forms;
}
