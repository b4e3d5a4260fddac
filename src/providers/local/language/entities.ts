/** Names of persons, places, organisations and other things in a text. */
import type { EntityType, TextSpan } from '../../../model.js';
import { builtinGazetteer } from './entities-gazetteer.js';
import type { NameKnowledge } from './entities-line.js';
import { isSpanishByEnding, SpanFinder } from './entities-spans.js';
import type { NameSpan } from './entities-structure.js';
import { type NameSentence, nameWords } from './entities-words.js';
import type { ReadableSentence, ReadableText } from './readable.js';
import { languageOfSentence } from './terms-language.js';
import { readRoles, wordLevel } from './terms-tables.js';

export interface EntityMention extends TextSpan {
  readonly type: EntityType;
  /** 3: known by its name; 2: told by a word beside it; 1: a guess. */
  readonly certainty: 1 | 2 | 3;
}

export type EntityReader = (text: ReadableText) => EntityMention[];

let spanishWords: ReadonlySet<string> | undefined;

function isSpanishWord(word: string): boolean {
  spanishWords ??= new Set([...readRoles('stopwords/es.tsv').values()].flatMap((words) => [...words]));
  return spanishWords.has(word) || isSpanishByEnding(word);
}

const functionWords = new Map<string, ReadonlySet<string>>();

function isFunctionWord(word: string, language: string | null): boolean {
  const list = language === 'es' ? 'es' : 'en';
  let words = functionWords.get(list);
  if (!words) {
    const roles = readRoles(`stopwords/${list}.tsv`);
    words = new Set(
      (list === 'es' ? ['det', 'prep', 'conj', 'pron', 'adv'] : ['det', 'word']).flatMap((role) => [
        ...(roles.get(role) ?? []),
      ]),
    );
    functionWords.set(list, words);
  }
  return words.has(word);
}

/** Words of the text that stand in small letters, and those that stand with a capital inside a sentence. */
function casesOf(sentences: readonly NameSentence[]): { small: Set<string>; capital: Set<string> } {
  const small = new Set<string>();
  const capital = new Set<string>();
  for (const { words, isAllCapitals } of sentences) {
    if (isAllCapitals) continue;
    for (const word of words) {
      if (word.kind !== 'word') continue;
      if (!word.isCapital) small.add(word.text);
      else if (!word.isStart) capital.add(word.text);
    }
  }
  return { small, capital };
}

interface Found extends NameSpan {
  readonly sentence: NameSentence;
  readonly text: string;
}

const textOf = (sentence: NameSentence, { from, to }: NameSpan): string =>
  sentence.words
    .slice(from, to)
    .map(({ text }) => text)
    .join(' ');

/** Types that surer mentions give to the same name, and to the last or first word of a longer one. */
function surerTypes(found: readonly Found[]): ReadonlyMap<string, Pick<NameSpan, 'type' | 'certainty'>> {
  const sure = new Map<string, Pick<NameSpan, 'type' | 'certainty'>>();
  const offer = (name: string, type: EntityType, certainty: NameSpan['certainty']): void => {
    const known = sure.get(name);
    if (!known || known.certainty < certainty) sure.set(name, { type, certainty });
  };
  for (const { text, type, certainty } of found) {
    offer(text, type, certainty);
    const words = text.split(' ');
    if (words.length < 2 || words.length > 4) continue;
    if (type === 'person') {
      offer(words.at(-1) ?? '', type, 2);
      if (words.length > 2) offer(words.slice(1).join(' '), type, 2);
      if (words.length === 3) offer(words[1] ?? '', type, 2);
    } else if (type === 'organization' && certainty > 1) {
      for (let end = 1; end < words.length; end += 1) offer(words.slice(0, end).join(' '), type, 2);
    }
  }
  return sure;
}

/** `Frente Amplio (FA)`: letters in brackets after a name stand for it. */
function isAcronymOf(acronym: string, name: string): boolean {
  const initials = name.split(' ').flatMap((word) => (/^\p{Lu}/u.test(word) ? [word.charAt(0)] : []));
  return (
    acronym.length > 1 &&
    acronym.length <= initials.length + 1 &&
    initials.join('').startsWith(acronym.slice(0, initials.length))
  );
}

/** In a text without any sure name, letters in capitals are terms of a trade (`SVM`) and not organisations. */
function withoutLoneAcronyms(found: readonly Found[]): readonly Found[] {
  const isNews = found.some(({ type, certainty }) => certainty > 1 && /^(?:person|location|organization)$/.test(type));
  return isNews ? found : found.filter(({ text, certainty }) => certainty > 1 || !/^[\p{Lu}\d&/-]+$/u.test(text));
}

function settle(all: readonly Found[]): Found[] {
  const found = withoutLoneAcronyms(all);
  const sure = surerTypes(found);
  return found.map((entity, at) => {
    const before = found[at - 1];
    if (before && before.sentence === entity.sentence && before.to + 1 === entity.from && entity.certainty < 3) {
      if (entity.sentence.words[before.to]?.text === '(' && isAcronymOf(entity.text, before.text)) {
        return { ...entity, type: before.type, certainty: 2 };
      }
    }
    const known = sure.get(entity.text);
    if (entity.certainty < 2 && known && known.certainty > entity.certainty) return { ...entity, ...known };
    return entity;
  });
}

/** Texts are read in pieces of about this many tokens, so that memory does not grow with them. */
const TOKENS_IN_PIECE = 20_000;
/** Longer sentences are lists or noise: they are cut. */
const TOKENS_AT_ONCE = 1000;

function cutLong(sentences: readonly ReadableSentence[]): ReadableSentence[] {
  return sentences.flatMap((sentence) => {
    const { tokens } = sentence;
    if (tokens.length <= TOKENS_AT_ONCE) return [sentence];
    const pieces: ReadableSentence[] = [];
    for (let at = 0; at < tokens.length; at += TOKENS_AT_ONCE) {
      const piece = tokens.slice(at, at + TOKENS_AT_ONCE);
      pieces.push({
        ...sentence,
        start: piece[0]?.start ?? sentence.start,
        end: piece.at(-1)?.end ?? sentence.end,
        tokens: piece,
      });
    }
    return pieces;
  });
}

/** @param brands names that are products wherever they stand. */
export function createEntityReader(brands: readonly string[]): EntityReader {
  const gazetteer = builtinGazetteer();
  const brandNames = new Set(brands.map((brand) => brand.trim().toLowerCase()).filter((brand) => brand !== ''));
  const readPiece = (text: string, sentences: readonly NameSentence[]): EntityMention[] => {
    const cases = casesOf(sentences);
    const knowledge: NameKnowledge = {
      gazetteer,
      brands: brandNames,
      isCommon: (word, language) =>
        cases.small.has(word) ||
        (language === 'es' ? isSpanishWord(word) : wordLevel(word) < 4 || (language === null && isSpanishWord(word))),
      isCapitalElsewhere: (word) => cases.capital.has(word),
      isFunctionWord,
    };
    const found = sentences.flatMap((sentence) =>
      new SpanFinder(sentence, knowledge).find().map((span) => ({ ...span, sentence, text: textOf(sentence, span) })),
    );
    return settle(found).flatMap(({ sentence, from, to, type, certainty }) => {
      const [first, last] = [sentence.words[from], sentence.words[to - 1]];
      return first && last && text.length >= last.end ? [{ start: first.start, end: last.end, type, certainty }] : [];
    });
  };
  return ({ view, language, sentences: whole }) => {
    const sentences = cutLong(whole);
    const mentions: EntityMention[] = [];
    let piece: NameSentence[] = [];
    let tokens = 0;
    const flush = (): void => {
      for (const mention of readPiece(view.text, piece)) mentions.push(mention);
      piece = [];
      tokens = 0;
    };
    for (const sentence of sentences) {
      piece.push(nameWords(view.text, sentence, languageOfSentence(sentence, language)));
      tokens += sentence.tokens.length;
      if (tokens >= TOKENS_IN_PIECE) flush();
    }
    flush();
    return mentions;
  };
}
