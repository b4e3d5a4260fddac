/** Noun phrases of a text, as candidates for its key phrases. */
import type { TextSpan } from '../../../model.js';
import { englishKey, spanishKey } from './lemma.js';
import type { TaggedWord } from './pos.js';
import { readRoles, wordLevel } from './terms-tables.js';

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
const MOST_WORDS = 6;
const LONGEST_WORD = 60;

interface PhraseWords {
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

const isNoun = (word: TaggedWord | undefined): boolean => word?.tag === 'noun' || word?.tag === 'name';
const isModifier = (word: TaggedWord | undefined): boolean => word?.tag === 'adjective' || word?.tag === 'participle';
const isWordy = (word: TaggedWord): boolean =>
  word.text.length > 1 && word.text.length <= LONGEST_WORD && /\p{L}/u.test(word.text);

function mentionOf(
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

function englishPhrases(words: readonly TaggedWord[]): PhraseMention[] {
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

/** Noun and adjectives from here; the end exclusive, `at` where there is none. */
function spanishCore(words: readonly TaggedWord[], at: number): number {
  if (!isNoun(words[at]) || !isWordy(words[at] as TaggedWord)) return at;
  let end = at + 1;
  while (end < words.length && end < at + 4) {
    const word = words[end];
    if (!word || !isWordy(word)) break;
    const isPair = isNoun(word) && word.tag === 'name' && words[end - 1]?.tag === 'name';
    if (!isModifier(word) && !isPair && !(isNoun(word) && word.tag === 'name')) break;
    end += 1;
  }
  return end;
}

function spanishPhrases(words: readonly TaggedWord[]): PhraseMention[] {
  const lists = phraseWords('es');
  const found: PhraseMention[] = [];
  const push = (from: number, to: number, isPart: boolean): void => {
    let end = to;
    while (end > from + 1 && lists.modifiers.has(words[end - 1]?.lower ?? '')) end -= 1;
    const phrase = words.slice(from, end);
    if (phrase.length === 1 && lists.generic.has(phrase[0]?.lower ?? '')) return;
    const mention = mentionOf(phrase, 'es', isPart);
    if (mention) found.push(mention);
  };
  let at = 0;
  while (at < words.length) {
    let end = spanishCore(words, at);
    if (end === at) {
      const lone = words[at];
      if (lone?.tag === 'adjective' && isWordy(lone) && !lists.modifiers.has(lone.lower) && !isNoun(words[at + 1])) {
        const mention = mentionOf([lone], 'es', false, true);
        if (mention) found.push(mention);
      }
      at += 1;
      continue;
    }
    const cores: (readonly [number, number])[] = [[at, end]];
    while (cores.length < 3) {
      const next = afterPreposition(words, end);
      const nextEnd = next === null ? 0 : spanishCore(words, next);
      if (next === null || nextEnd === next || nextEnd - at > MOST_WORDS) break;
      cores.push([next, nextEnd]);
      end = nextEnd;
    }
    // `un par de cosas`: what counts or sorts things is no part of their name.
    const isCounted = cores.length > 1 && QUANTITY.test(words[at]?.lower ?? '') && cores[0]?.[1] === at + 1;
    const named = isCounted ? cores.slice(1) : cores;
    for (let from = 0; from < named.length; from += 1) {
      for (let to = named.length; to > from; to -= 1) {
        push(named[from]?.[0] ?? at, named[to - 1]?.[1] ?? end, to - from < named.length);
      }
    }
    at = end;
  }
  return found;
}

const QUANTITY =
  /^(?:tipos?|partes?|par|series?|vez|veces|número|conjunto|cantidad|casos?|ejemplos?|mano|falta|montón|kilos?|litros?|gramos?|resto|mayoría|mitad|tercio|clases?|forma|manera|punta|fin|cabo|pesar|trozos?|poco|millones|miles|decenas|cientos)$/;
const TAKES_TO =
  /^(?:sabor|olor|tacto|resistencia|permeabilidad|tolerancia|sensibilidad|exposición|acceso|adaptación|respuesta|atención|servicio|alergia|ayuda)$/;
const TAKES_WITH =
  /^(?:yogur|yogures|batido|tarta|queso|leche|pan|ensalada|café|arroz|pollo|inspección|pizza|helado|crema|relación)$/;

/** Where the noun after `de la`, or after the `a` of `sabor a fresa`, stands; null where none can. */
function afterPreposition(words: readonly TaggedWord[], at: number): number | null {
  const preposition = words[at]?.lower;
  if (preposition === 'de' || preposition === 'del') {
    const hasArticle = preposition === 'de' && /^(?:la|las|los|el)$/.test(words[at + 1]?.lower ?? '');
    return at + (hasArticle ? 2 : 1);
  }
  const before = words[at - 1]?.lower ?? '';
  if (preposition === 'por' && at > 0) return at + 1;
  if ((preposition === 'a' || preposition === 'al') && TAKES_TO.test(before))
    return at + (/^(?:la|los|las)$/.test(words[at + 1]?.lower ?? '') ? 2 : 1);
  return (preposition === 'con' || preposition === 'sin' || preposition === 'en') && TAKES_WITH.test(before)
    ? at + 1
    : null;
}

/** Noun phrases in text order. */
export function findPhrases(words: readonly TaggedWord[], language: 'en' | 'es'): PhraseMention[] {
  return language === 'es' ? spanishPhrases(words) : englishPhrases(words);
}
