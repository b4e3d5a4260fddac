/** Noun phrases of a text, as candidates for its key phrases. */
import { englishPhrases } from './phrases-english.js';
import { spanishPhrases } from './phrases-spanish.js';
import type { PhraseMention } from './phrases-words.js';
import type { TaggedWord } from './pos.js';

/** Noun phrases in text order. */
export function findPhrases(words: readonly TaggedWord[], language: 'en' | 'es'): PhraseMention[] {
  return language === 'es' ? spanishPhrases(words) : englishPhrases(words);
}
