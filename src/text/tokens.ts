/** Words, numbers and signs of a text, with their places. Linear in the length of the text. */
import type { TextSpan } from '../model.js';

export type TokenKind = 'word' | 'number' | 'emoji' | 'emoticon' | 'hashtag' | 'mention' | 'url' | 'punctuation';

export interface Token extends TextSpan {
  readonly kind: TokenKind;
  /** As it stands in the text. */
  readonly text: string;
}

const PATTERNS: readonly (readonly [TokenKind, string])[] = [
  ['url', String.raw`(?:https?:\/\/|www\.)[^\s<>"']+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+`],
  ['mention', String.raw`@\w{1,50}`],
  ['hashtag', String.raw`#[\p{L}\p{N}_]{1,100}`],
  ['emoticon', String.raw`[:;=8xX][-'o^]?[)(\]\[dDpP3oO*|\\/](?![\p{L}\p{N}])|<\/?3|[xX]D+\b|\^_*\^|-_+-|[Tt]_[Tt]`],
  [
    'emoji',
    String.raw`(?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic}\uFE0F?\p{EMod}?(?:\u200D\p{Extended_Pictographic}\uFE0F?\p{EMod}?)*)`,
  ],
  ['number', String.raw`[+-]?\p{N}+(?:[.,:/]\p{N}+)*(?:\s?%)?`],
  ['word', String.raw`[\p{L}\p{M}][\p{L}\p{M}\p{N}_]*(?:['’][\p{L}\p{M}]+)*`],
  ['punctuation', String.raw`\.{2,}|…|[!?¡¿]+|[^\s\p{L}\p{N}]`],
];

const TOKEN = new RegExp(PATTERNS.map(([, pattern]) => `(${pattern})`).join('|'), 'gu');
const KINDS = PATTERNS.map(([kind]) => kind);

/** The tokens in text order; white space is left out. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const group = match.findIndex((value, at) => at > 0 && value !== undefined);
    const kind = KINDS[group - 1] ?? 'punctuation';
    tokens.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}
