/** What noun phrases of both languages have in common. */
import type { TextSpan } from '../../../model.js';
import { englishKey, spanishKey } from './lemma.js';
import type { TaggedWord } from './pos.js';
import { readRoles } from './terms-tables.js';

/** One place where a phrase stands. */
export interface PhraseMention extends TextSpan {
  readonly words: readonly TaggedWord[];
  /** Keys of its words that carry meaning. */
  readonly keys: readonly string[];
  /** Part of a longer phrase of the same place. */
  readonly isPart: boolean;
  /** A lone adjective that says something of a thing: `is creamy`. */
  readonly isAdjective: boolean;
}

/** Longer noun phrases are lists or accidents. */
export const MOST_WORDS = 6;
const LONGEST_WORD = 60;

export interface PhraseWords {
  /** Taken off the front of a phrase. */
  readonly modifiers: ReadonlySet<string>;
  /** No phrase by themselves. */
  readonly generic: ReadonlySet<string>;
  readonly stop: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
const cached = new Map<string, PhraseWords>();

export function phraseWords(language: 'en' | 'es'): PhraseWords {
  const known = cached.get(language);
  if (known) return known;
  const roles = readRoles(`stopwords/${language}.tsv`);
  const all = (names: readonly string[]): ReadonlySet<string> =>
    new Set(names.flatMap((name) => [...(roles.get(name) ?? NONE)]));
  const words: PhraseWords =
    language === 'en'
      ? {
          modifiers: all(['modifier', 'det', 'word']),
          generic: all(['generic', 'modifier', 'word', 'det']),
          stop: all(['word', 'det']),
        }
      : {
          modifiers: all(['modifier', 'det', 'adv', 'num']),
          generic: all(['generic', 'num', 'pron', 'adv', 'prep', 'conj', 'det', 'verb', 'modifier']),
          stop: all(['det', 'prep', 'conj', 'pron', 'adv', 'verb', 'num']),
        };
  cached.set(language, words);
  return words;
}

export const isNoun = (word: TaggedWord | undefined): boolean => word?.tag === 'noun' || word?.tag === 'name';
export const isModifier = (word: TaggedWord | undefined): boolean =>
  word?.tag === 'adjective' || word?.tag === 'participle';
export const isWordy = (word: TaggedWord): boolean =>
  word.text.length > 1 && word.text.length <= LONGEST_WORD && /\p{L}/u.test(word.text);

export function mentionOf(
  words: readonly TaggedWord[],
  language: 'en' | 'es',
  isPart: boolean,
  isAdjective = false,
): PhraseMention | null {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last || words.length > MOST_WORDS) return null;
  const keys = words.flatMap((word) => {
    if (word.tag === 'preposition' || word.tag === 'determiner') return [];
    return [
      language === 'es'
        ? spanishKey(word.lower, word.tag === 'adjective')
        : englishKey(word.lower, word.tag === 'adjective'),
    ];
  });
  return { start: first.start, end: last.end, words, keys, isPart, isAdjective };
}
