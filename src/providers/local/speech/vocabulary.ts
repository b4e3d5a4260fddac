/** The tokens of Moonshine: the vocabulary of Llama, 32,000 pieces of words, in all its languages. */
import llamaTokenizer from 'llama-tokenizer-js';

export const START_TOKEN = 1;
export const END_TOKEN = 2;

/** Pieces for single bytes, `<0x00>` to `<0xFF>`. */
const FIRST_BYTE = 3;
const LAST_BYTE = 258;
const FIRST_PIECE = 259;
/** How the vocabulary writes a space. */
const SPACE = '\u2581';

/** Punctuation that stands before a word. */
const OPENING = /^[\p{Ps}\p{Pi}\u00bf\u00a1]+$/u;

/** Tokens of one word: indices into the list that they were taken from. */
export interface WordTokens {
  readonly text: string;
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
}

/** Tokens that stand for no text (padding and control tokens) give nothing. */
export function textOf(tokens: readonly number[]): string {
  const pieces = llamaTokenizer.vocabById;
  const bytes: Buffer[] = tokens.map((token) => {
    if (token >= FIRST_BYTE && token <= LAST_BYTE) return Buffer.from([token - FIRST_BYTE]);
    return Buffer.from(token < FIRST_PIECE ? '' : (pieces[token] ?? '').replaceAll(SPACE, ' '), 'utf8');
  });
  // A character may be spread over several byte tokens.
  return Buffer.concat(bytes).toString('utf8');
}

/** Words with their punctuation. Tokens of white space alone belong to no word. */
export function wordsOf(tokens: readonly number[]): WordTokens[] {
  const pieces = llamaTokenizer.vocabById;
  const groups: number[][] = [];
  for (const [index, token] of tokens.entries()) {
    const startsWord = token >= FIRST_PIECE && (pieces[token] ?? '').startsWith(SPACE);
    if (startsWord || groups.length === 0) groups.push([index]);
    else groups.at(-1)?.push(index);
  }
  return joinBare(
    groups.flatMap((group): WordTokens[] => {
      const text = textOf(group.map((index) => tokens[index] as number)).trim();
      if (text === '') return [];
      return [{ text, first: group[0] as number, last: group.at(-1) as number }];
    }),
  );
}

/** A dash or comma that stands alone goes to the word before it; what opens (`¿`) to the word after it. */
function joinBare(words: readonly WordTokens[]): WordTokens[] {
  const joined: WordTokens[] = [];
  for (const [index, word] of words.entries()) {
    const before = joined.at(-1);
    const isOpened = index > 0 && OPENING.test(before?.text ?? '');
    const isBare = /^\p{P}+$/u.test(word.text) && !OPENING.test(word.text);
    if (before === undefined || !(isOpened || isBare)) joined.push(word);
    else joined[joined.length - 1] = { text: before.text + word.text, first: before.first, last: word.last };
  }
  return joined;
}
