/** English noun phrases. */
import {
  isModifier,
  isNoun,
  isWordy,
  mentionOf,
  type PhraseMention,
  type PhraseWords,
  phraseWords,
} from './phrases-words.js';
import type { TaggedWord } from './pos.js';
import { wordLevel } from './terms-tables.js';

/** `shorter`, `finer`; not `inner` or `linear`. */
function isComparative(word: TaggedWord | undefined): boolean {
  return (
    word?.tag === 'adjective' &&
    /[^aeiou](?:i)?er$/.test(word.lower) &&
    wordLevel(word.lower) < 4 &&
    wordLevel(word.lower.replace(/er$/, '')) + wordLevel(word.lower.replace(/r$/, '')) < 7
  );
}

/** Takes off the front what says nothing of the thing: `several new`. */
function trimmed(words: readonly TaggedWord[], lists: PhraseWords): readonly TaggedWord[] {
  let from = 0;
  while (
    from < words.length - 1 &&
    (lists.modifiers.has(words[from]?.lower ?? '') || words[from]?.tag === 'number' || isComparative(words[from]))
  )
    from += 1;
  return words.slice(from);
}

/** Says nothing by itself: general words, units, single signs. */
function isEmpty(word: TaggedWord | undefined, lists: PhraseWords): boolean {
  if (!word) return true;
  return lists.generic.has(word.lower) || (word.text.length < 3 && !/^\p{Lu}+$/u.test(word.text));
}

/** Plural before its last word: `cells limit`, `node estimates water content`; one of them is a verb. */
const PLURAL = /[^suip']s$/;

/**
 * The tagger takes verbs that look like plurals for nouns. Nouns before nouns are hardly ever plural in English, but
 * for the first: what stands before such a word, and what after it, are phrases of their own.
 */
function splitAtVerbs(words: readonly TaggedWord[]): (readonly TaggedWord[])[] {
  for (let at = 1; at < words.length - 1; at += 1) {
    const word = words[at];
    if (word?.tag !== 'noun' || !PLURAL.test(word.lower) || word.lower.length < 4) continue;
    if (
      words[at - 1]?.tag === 'noun' &&
      !PLURAL.test(words[at - 1]?.lower ?? '') &&
      wordLevel(word.lower) < 3 &&
      at + 2 < words.length
    ) {
      return [words.slice(0, at), ...splitAtVerbs(words.slice(at + 1))];
    }
    return [words.slice(0, at + 1), ...(at + 2 < words.length ? splitAtVerbs(words.slice(at + 2)) : [])];
  }
  const [first, last] = [words[0], words.at(-1)];
  // `results show`, `crack appears`: two nouns, the second the verb of the first.
  if (
    words.length === 2 &&
    isNoun(first) &&
    first &&
    last?.tag === 'noun' &&
    PLURAL.test(first.lower) &&
    wordLevel(last.lower) === 1 &&
    !last.lower.endsWith('s')
  )
    return [[first]];
  return [words];
}

/** `the noise spoils it`: the last word is the verb. */
function isVerbBefore(words: readonly TaggedWord[], from: number, last: number): boolean {
  if (last <= from || !PLURAL.test(words[last]?.lower ?? '')) return false;
  const before = words[last - 1];
  const next = words[last + 1];
  return (
    isNoun(before) &&
    !(before?.lower.endsWith('s') ?? true) &&
    (next?.tag === 'determiner' || next?.tag === 'pronoun') &&
    next.text !== '' &&
    !/^(?:that|which|who|whose|whom|all|both)$/.test(next.lower)
  );
}

/** In text order. */
export function englishPhrases(words: readonly TaggedWord[]): PhraseMention[] {
  const lists = phraseWords('en');
  const found: PhraseMention[] = [];
  const push = (mention: PhraseMention | null): void => {
    if (mention) found.push(mention);
  };
  let at = 0;
  while (at < words.length) {
    let end = at;
    let head = -1;
    while (end < words.length && end < at + 12) {
      const word = words[end];
      if (!word || !isWordy(word) || !(isNoun(word) || isModifier(word))) break;
      if (isNoun(word)) head = end;
      end += 1;
    }
    if (head < 0) {
      const lone = words[at];
      if (end === at + 1 && lone?.tag === 'adjective' && !lists.generic.has(lone.lower))
        push(mentionOf([lone], 'en', false, true));
      at = Math.max(end, at + 1);
      continue;
    }
    const last = isVerbBefore(words, at, head) ? head : head + 1;
    for (const piece of splitAtVerbs(words.slice(at, last))) {
      const phrase = trimmed(piece, lists);
      const isLoneGeneric = phrase.length === 1 && isEmpty(phrase[0], lists);
      if (phrase.length > 0 && !isLoneGeneric) push(mentionOf(phrase, 'en', false));
    }
    at = head + 1;
  }
  return found;
}
