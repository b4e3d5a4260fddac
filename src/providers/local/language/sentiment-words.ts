/** The words of a sentence as the lexicon looks them up, with what writing adds to them. */
import type { Token, TokenKind } from '../../../text/tokens.js';
import type { Lexicon, WordInfo } from './lexicon.js';
import type { PhraseToken } from './lexicon-phrases.js';

export interface SentenceWord extends PhraseToken {
  readonly kind: TokenKind;
  /** As it stands in the text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** More than one capital and no small letter. */
  readonly isCaps: boolean;
  /** What the lexicon knows of it. */
  readonly info: WordInfo;
}

const CONTRACTION = /^(.*?)(n't|'m|'ve|'ll|'re|'d|'s)$/;
const EXPANDED: Readonly<Record<string, string>> = {
  "n't": 'not',
  "'m": 'am',
  "'ve": 'have',
  "'ll": 'will',
  "'re": 'are',
};
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({ ca: 'can', wo: 'will', sha: 'shall', ai: 'is' }),
);
/** Contractions as they are written in a hurry. */
const LAZY = new Map<string, readonly [string, string]>(
  Object.entries({
    cant: ['can', 'not'],
    dont: ['do', 'not'],
    doesnt: ['does', 'not'],
    didnt: ['did', 'not'],
    isnt: ['is', 'not'],
    wasnt: ['was', 'not'],
    arent: ['are', 'not'],
    werent: ['were', 'not'],
    wont: ['will', 'not'],
    wouldnt: ['would', 'not'],
    couldnt: ['could', 'not'],
    shouldnt: ['should', 'not'],
    hasnt: ['has', 'not'],
    havent: ['have', 'not'],
    hadnt: ['had', 'not'],
    cannot: ['can', 'not'],
  }),
);
/** Sounds of chat words: `q` for `que`, `xq` for `porque`. */
const SPANISH_CHAT: Readonly<Record<string, string>> = {
  q: 'que',
  k: 'que',
  xq: 'porque',
  pq: 'porque',
  tb: 'también',
  tmb: 'también',
  x: 'por',
  d: 'de',
  bn: 'bien',
  sta: 'está',
  toy: 'estoy',
};

const LONGEST_CHAT = 3;

/** Words of a sentence in order; English contractions are two words, hyphens between words are left out. */
export function readWordsOf(tokens: readonly Token[], lexicon: Lexicon): SentenceWord[] {
  const words: SentenceWord[] = [];
  const isEnglish = lexicon.language === 'en';
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    if (token.kind === 'punctuation') {
      if (isHyphen(tokens, index)) continue;
      words.push(makeWord(token, token.text, token.start, token.end, lexicon));
      continue;
    }
    if (token.kind !== 'word') words.push(makeWord(token, token.text, token.start, token.end, lexicon));
    else if (isEnglish) pushEnglish(words, token, lexicon.infoOfText(token.text), tokens[index + 1], lexicon);
    else pushSpanish(words, token, lexicon.infoOfText(token.text), lexicon);
  }
  return words;
}

function pushSpanish(words: SentenceWord[], token: Token, info: WordInfo, lexicon: Lexicon): void {
  const whole = info.norm.length <= LONGEST_CHAT ? SPANISH_CHAT[info.norm] : undefined;
  words.push(wordOf(token, whole === undefined ? info : lexicon.infoOf(whole), token.start, token.end));
}

function isHyphen(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index] as Token;
  if (token.text !== '-' && token.text !== '·') return false;
  return tokens[index - 1]?.end === token.start && tokens[index + 1]?.start === token.end;
}

function pushEnglish(
  words: SentenceWord[],
  token: Token,
  info: WordInfo,
  next: Token | undefined,
  lexicon: Lexicon,
): void {
  const { norm } = info;
  const lazy = LAZY.get(norm);
  if (lazy !== undefined) {
    const middle = token.end - norm.length + lazy[0].length;
    words.push(
      makeWord(token, lazy[0], token.start, middle, lexicon),
      makeWord(token, lazy[1], middle, token.end, lexicon),
    );
    return;
  }
  const match = norm.includes("'") ? CONTRACTION.exec(norm) : null;
  if (match === null) {
    // Some corpora write `ca n't`, `n't` being a word of its own.
    const whole =
      norm.length <= 3 && next?.text.length === 3 && /^n['’]t$/i.test(next.text) ? IRREGULAR.get(norm) : undefined;
    words.push(wordOf(token, whole === undefined ? info : lexicon.infoOf(whole), token.start, token.end));
    return;
  }
  const [, head = '', tail = ''] = match;
  const middle = token.end - tail.length;
  if (head !== '')
    words.push(
      makeWord(token, (tail === "n't" ? IRREGULAR.get(head) : undefined) ?? head, token.start, middle, lexicon),
    );
  words.push(makeWord(token, EXPANDED[tail] ?? tail, middle, token.end, lexicon));
}

function makeWord(token: Token, norm: string, start: number, end: number, lexicon: Lexicon): SentenceWord {
  if (token.kind === 'word') return wordOf(token, lexicon.infoOf(norm), start, end);
  const openings = lexicon.phrases.openingsOf(norm, []);
  return wordOf(token, { ...NOTHING, norm, openings }, start, end);
}

function wordOf({ kind, text }: Token, info: WordInfo, start: number, end: number): SentenceWord {
  return {
    kind,
    text,
    norm: info.norm,
    start,
    end,
    info,
    lemmaKeys: info.lemmaKeys,
    isStop: kind === 'punctuation',
    isCaps: kind === 'word' && text.length > 1 && text !== info.norm && text === text.toUpperCase(),
  };
}

const NOTHING: WordInfo = { readings: [], noun: null, lemmaKeys: [], norm: '', openings: [], isLong: false };
