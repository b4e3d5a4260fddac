/** Words, numbers and signs of a text, with their places. One pass, linear in the length of the text. */
import type { TextSpan } from '../model.js';

export type TokenKind = 'word' | 'number' | 'emoji' | 'emoticon' | 'hashtag' | 'mention' | 'url' | 'punctuation';

export interface Token extends TextSpan {
  readonly kind: TokenKind;
  /** As it stands in the text. */
  readonly text: string;
}

const UNKNOWN = 0;
const SPACE = 1;
const LETTER = 2;
const MARK = 3;
const DIGIT = 4;
const OTHER = 5;

/** Class of each code unit, filled as they are met. */
const CLASSES = new Uint8Array(0x10000);

/** What starts with a given sign; each is tried at that place only. */
const URL_START = /(?:https?:\/\/|www\.)[^\s<>"']+(?<![.,;:!?)\]])/iy;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/y;
const MENTION = /@\w{1,50}/y;
const HASHTAG = /#[\p{L}\p{M}\p{N}_]{1,100}/uy;
const EMOTICON = /[:;=][-'o^]?[)(\][dDpP3oO*|\\/](?![\p{L}\p{N}/])|<\/?3(?!\p{N})|\^_{0,9}\^|-_{1,9}-/uy;
const EMOJI =
  /(?:\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|\p{Extended_Pictographic}\uFE0F?\p{EMod}?\uFE0F?(?:\u200D\p{Extended_Pictographic}\uFE0F?\p{EMod}?)*)/uy;
const NUMBER = /\p{N}+(?:[.,:/]\p{N}+)*(?:\s?%)?/uy;
const MARKS = /\.{2,}|[!?¡¿]+|./suy;
const LETTER_EMOTICON = /^(?:[xX]D+|[tT]_[tT]|[oO]_[oO])$/;

function classify(char: string): number {
  if (/\s/u.test(char)) return SPACE;
  if (/\p{L}/u.test(char)) return LETTER;
  if (/\p{M}/u.test(char)) return MARK;
  return /\p{N}/u.test(char) ? DIGIT : OTHER;
}

/** Class of the character at a place; half a pair is OTHER. */
function classAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit >= 0xd800 && unit <= 0xdfff) {
    const point = text.codePointAt(at) as number;
    return point > 0xffff ? classify(String.fromCodePoint(point)) : OTHER;
  }
  let found = CLASSES[unit] as number;
  if (found === UNKNOWN) {
    found = classify(text.charAt(at));
    CLASSES[unit] = found;
  }
  return found;
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
}

/** End of the match of a sticky pattern at a place, or -1. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** End of the word that starts at a letter: letters, marks, digits, `_`, and apostrophes between letters. */
function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const kind = classAt(text, at);
    if (kind === LETTER || kind === MARK || kind === DIGIT) at += widthAt(text, at);
    else if (text[at] === '_') at += 1;
    else if ((text[at] === "'" || text[at] === '’') && at + 1 < text.length && classAt(text, at + 1) === LETTER)
      at += 1;
    else break;
  }
  return at;
}

/** The tokens in text order; white space is left out. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let nextAt = text.indexOf('@');
  let at = 0;
  const push = (kind: TokenKind, end: number): void => {
    tokens.push({ kind, text: text.slice(at, end), start: at, end });
    at = end;
  };
  while (at < text.length) {
    const kind = classAt(text, at);
    if (kind === SPACE) {
      at += 1;
      continue;
    }
    if (nextAt >= 0 && nextAt < at) nextAt = text.indexOf('@', at);
    if (kind === LETTER || kind === MARK || kind === DIGIT) {
      const address = nextAt > at && nextAt - at <= 64 ? endOf(EMAIL, text, at) : -1;
      if (address > 0) push('url', address);
      else pushWordOrNumber(text, at, kind, push);
    } else pushSign(text, at, push);
  }
  return tokens;
}

function pushWordOrNumber(text: string, at: number, kind: number, push: (kind: TokenKind, end: number) => void): void {
  if (kind === DIGIT) {
    const keycap = endOf(EMOJI, text, at);
    if (keycap > 0) push('emoji', keycap);
    else push('number', endOf(NUMBER, text, at));
    return;
  }
  const first = text.charCodeAt(at) | 0x20;
  const address = first === 0x68 || first === 0x77 ? endOf(URL_START, text, at) : -1;
  if (address > 0) {
    push('url', address);
    return;
  }
  const end = endOfWord(text, at);
  push(end - at <= 8 && LETTER_EMOTICON.test(text.slice(at, end)) ? 'emoticon' : 'word', end);
}

function pushSign(text: string, at: number, push: (kind: TokenKind, end: number) => void): void {
  const patterns: readonly (readonly [TokenKind, RegExp])[] =
    SIGNS[text.charAt(at)] ?? (text.charCodeAt(at) > 0xa8 ? PICTURES : []);
  for (const [kind, pattern] of patterns) {
    const end = endOf(pattern, text, at);
    if (end > 0) {
      push(kind, end);
      return;
    }
  }
  push('punctuation', endOf(MARKS, text, at));
}

const EMOTICONS = [['emoticon', EMOTICON]] as const;
const PICTURES = [['emoji', EMOJI]] as const;
const SIGNS: Readonly<Record<string, readonly (readonly [TokenKind, RegExp])[]>> = {
  '@': [['mention', MENTION]],
  '#': [
    ['emoji', EMOJI],
    ['hashtag', HASHTAG],
  ],
  '*': PICTURES,
  ':': EMOTICONS,
  ';': EMOTICONS,
  '=': EMOTICONS,
  '<': EMOTICONS,
  '^': EMOTICONS,
  '-': EMOTICONS,
};
