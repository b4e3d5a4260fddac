/** English parts of speech, by wink-nlp (`wink-eng-lite-web-model`), laid on the tokens of this project. */
import { createRequire } from 'node:module';
import type { PartOfSpeech, WinkMethods } from 'wink-nlp';
import { normalizeWord } from '../../../text/fold.js';
import type { Token } from '../../../text/tokens.js';
import type { TaggedWord, WordTag } from './pos.js';
import { wordLevel } from './terms-tables.js';

const require = createRequire(import.meta.url);
/** wink never sees more of a word: its tokenizer takes long ones apart again and again. */
const LONGEST = 40;

const TAGS: Partial<Record<PartOfSpeech, WordTag>> = {
  NOUN: 'noun',
  PROPN: 'name',
  ADJ: 'adjective',
  VERB: 'verb',
  AUX: 'verb',
  ADV: 'adverb',
  DET: 'determiner',
  PRON: 'pronoun',
  ADP: 'preposition',
  NUM: 'number',
  PUNCT: 'break',
  SYM: 'break',
};

export interface EnglishTagger {
  /** One tag for each token. */
  tag(tokens: readonly Token[]): WordTag[];
}

/** wink forgets nothing of what it read: it is made anew after this many words that it may not have known. */
const MOST_STRANGERS = 100_000;

let shared: EnglishTagger | undefined;

/** The tagger; wink and its model (about 50 MB of memory) are loaded at the first call. */
export function englishTagger(): EnglishTagger {
  shared ??= createTagger();
  return shared;
}

/** wink keeps every word it ever saw: figures, and words too long for any list, are shown as one. */
function shown({ kind, text }: Token): string {
  if (kind === 'number') return '5';
  return text.length > LONGEST ? 'word' : text.replaceAll('’', "'");
}

/** Tokens without a space between them: `well-known`, `rock'n'roll`, `24/7`. */
const MOST_JOINED = 8;

/** What wink is shown: words as they stand, without what is no word; positions of the tokens in it. */
function textForWink(tokens: readonly Token[]): { text: string; ends: number[] } {
  const ends: number[] = [];
  let text = '';
  let [last, joined] = [-1, 0];
  for (const token of tokens) {
    // Words and signs in a row look like an address to wink, which tries each place as its start: rows are kept short.
    joined = token.start > last || joined === MOST_JOINED ? 0 : joined + 1;
    if (last >= 0 && joined === 0) text += ' ';
    last = token.end;
    const isWord =
      token.kind === 'word' || token.kind === 'number' || (token.kind === 'punctuation' && token.text.length === 1);
    text += isWord ? shown(token) : ',';
    ends.push(text.length);
  }
  return { text, ends };
}

function createTagger(): EnglishTagger {
  const winkNLP = require('wink-nlp') as (model: unknown, pipe: string[]) => WinkMethods;
  const model: unknown = require('wink-eng-lite-web-model');
  let nlp = winkNLP(model, ['pos']);
  let strangers = 0;
  return {
    tag(tokens) {
      const tags = new Array<WordTag>(tokens.length).fill('other');
      if (tokens.every(({ kind }) => kind !== 'word')) return tags;
      for (const { kind, text } of tokens) if (kind === 'word' && wordLevel(text.toLowerCase()) > 3) strangers += 1;
      if (strangers > MOST_STRANGERS) {
        nlp = winkNLP(model, ['pos']);
        strangers = 0;
      }
      const { its } = nlp;
      const { text, ends } = textForWink(tokens);
      const pieces = nlp.readDoc(text).tokens();
      const values = pieces.out(its.value) as string[];
      const parts = pieces.out(its.pos) as PartOfSpeech[];
      let [at, from, tokenStart] = [0, 0, true];
      for (const [piece, value] of values.entries()) {
        const start = text.indexOf(value, from);
        if (start < 0 || start > from + 4) break;
        from = start + value.length;
        while (at < ends.length && (ends[at] ?? 0) <= start) {
          at += 1;
          tokenStart = true;
        }
        // The first piece of a word that wink splits is the word: `can't`, `Clinton's`.
        if (tokenStart) tags[at] = TAGS[parts[piece] ?? 'X'] ?? 'other';
        tokenStart = false;
      }
      return tags;
    },
  };
}

/** `-ed` and `-ing` forms that stand before a noun belong to it; `-ing` forms after one are nouns. */
function settleParticiples(words: TaggedWord[]): TaggedWord[] {
  return words.map((word, at) => {
    if (word.tag !== 'verb' || !/(?:ed|ing|wn|en)$/.test(word.lower) || word.lower.length < 5) return word;
    const before = words[at - 1]?.tag;
    const after = words[at + 1]?.tag;
    const isBeforeNoun = after === 'noun' || after === 'name' || after === 'adjective';
    if (
      word.lower.endsWith('ing') &&
      (before === 'noun' || before === 'adjective') &&
      !isBeforeNoun &&
      after !== 'determiner' &&
      after !== 'pronoun'
    ) {
      return { ...word, tag: 'noun' };
    }
    const canBegin =
      before === undefined ||
      before === 'determiner' ||
      before === 'adjective' ||
      before === 'preposition' ||
      before === 'break' ||
      before === 'other' ||
      before === 'adverb' ||
      (before === 'verb' && !word.lower.endsWith('ing'));
    return isBeforeNoun && canBegin && at > 0 ? { ...word, tag: 'participle' } : word;
  });
}

/** The words of a stretch of tokens; those joined by a hyphen are one. */
export function tagEnglish(tokens: readonly Token[]): TaggedWord[] {
  const tags = englishTagger().tag(tokens);
  const words: TaggedWord[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) break;
    let [text, end] = [token.text, token.end];
    let tag: WordTag = token.kind === 'word' ? (tags[at] ?? 'other') : token.kind === 'number' ? 'number' : 'break';
    if (token.kind === 'word' && tag === 'break') tag = 'other';
    while (token.kind === 'word' || token.kind === 'number') {
      const hyphen = tokens[at + 1];
      const next = tokens[at + 2];
      if (
        hyphen?.text !== '-' ||
        hyphen.start !== end ||
        next?.start !== hyphen.end ||
        next.kind !== 'word' ||
        text.length > LONGEST
      )
        break;
      const nextTag = tags[at + 2] ?? 'other';
      tag =
        nextTag === 'verb' || nextTag === 'adverb' || nextTag === 'preposition' || nextTag === 'other'
          ? 'adjective'
          : nextTag;
      text = `${text}-${next.text}`;
      end = next.end;
      at += 2;
    }
    const possessive = /['’][sS]$/.test(text);
    if (possessive)
      words.push({
        text: text.slice(0, -2),
        lower: normalizeWord(text.slice(0, -2)),
        tag,
        start: token.start,
        end: end - 2,
      });
    else words.push({ text, lower: normalizeWord(text), tag, start: token.start, end });
    if (possessive) words.push({ text: '', lower: '', tag: 'determiner', start: end - 2, end });
  }
  return settleParticiples(words);
}
