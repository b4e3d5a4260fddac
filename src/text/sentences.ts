/** Sentences of a text. One pass, linear in the length of the text. */
import type { TextSpan } from '../model.js';

/** Where a sentence may end: marks, or the end of a line. */
const STOPS = /[.!?…\n]/g;
const CLOSERS = new Set(['"', "'", '”', '’', '»', ')', ']']);
const OPENERS = new Set(['"', "'", '“', '‘', '«', '(', '[', '¿', '¡', '*', '_']);
const SPACE = /\s/;
const CAPITAL = /[\p{Lu}\p{Lt}]/u;
const LETTER = /\p{L}/u;
const DIGIT = /\p{N}/u;
const PICTURE = /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{EMod}|[\uFE0F\u200D])+/uy;
const BULLET = /[-*•–·]/;

/** Words that a full stop shortens. Those that often close a sentence are not among them. */
const ABBREVIATIONS = new Set(
  'sr sra srta dr dra dña ud uds mr mrs ms prof st jr vs núm pág págs tel av avda art inc ltd aprox fig vol ed dpto gral gov sgt rev hon approx dept est ref'.split(
    ' ',
  ),
);
/** Longest abbreviation that is looked for before a full stop. */
const LOOK_BACK = 8;
/** A shorter line that ends without a mark is a title or an item, not a wrapped line. */
const SHORT_LINE = 60;

/** The sentences in text order, without the white space around them; what is only white space is left out. */
export function splitSentences(text: string): TextSpan[] {
  const sentences: TextSpan[] = [];
  let from = 0;
  const push = (to: number): void => {
    let [start, end] = [from, to];
    while (start < end && SPACE.test(text.charAt(start))) start += 1;
    while (end > start && SPACE.test(text.charAt(end - 1))) end -= 1;
    if (end > start) sentences.push({ start, end });
    from = to;
  };
  STOPS.lastIndex = 0;
  for (let match = STOPS.exec(text); match !== null; match = STOPS.exec(text)) {
    const at = match.index;
    const run = match[0] === '\n' ? { end: at + 1, isEnd: endsLine(text, from, at) } : readStop(text, from, at);
    if (run.isEnd) push(withPictures(text, run.end));
    STOPS.lastIndex = Math.max(run.end, from);
  }
  push(text.length);
  return sentences;
}

/** A run of marks with what closes after it, and whether a sentence ends there. */
function readStop(text: string, from: number, at: number): { readonly end: number; readonly isEnd: boolean } {
  let end = at;
  let isCalled = false;
  for (; end < text.length && '.!?…'.includes(text.charAt(end)); end++) isCalled ||= '!?'.includes(text.charAt(end));
  const isSingle = end === at + 1 && text.charAt(at) === '.';
  const marksEnd = end;
  while (end < text.length && CLOSERS.has(text.charAt(end))) end += 1;
  if (end >= text.length) return { end, isEnd: true };
  const next = text.charAt(end);
  if (!SPACE.test(next)) {
    // A missing space: `acordado.Y sobre todo`, but not `Node.js` or `U.S.`.
    const isJoined =
      CAPITAL.test(next) &&
      (isCalled || (isSingle && isLongWord(text, from, at) && !CAPITAL.test(text.charAt(end + 1))));
    return { end: marksEnd, isEnd: isJoined };
  }
  let after = end;
  while (after < text.length && SPACE.test(text.charAt(after))) after += 1;
  if (after >= text.length || isCalled) return { end, isEnd: true };
  while (after < text.length && after < end + 8 && OPENERS.has(text.charAt(after))) after += 1;
  const start = text.charAt(after);
  if (isSingle && isAbbreviation(text, from, at, start)) return { end, isEnd: false };
  if (isSingle && LETTER.test(start) && !CAPITAL.test(start)) return { end, isEnd: isLongWord(text, from, at) };
  return { end, isEnd: isSingle || !LETTER.test(start) || CAPITAL.test(start) };
}

function wordBefore(text: string, from: number, at: number): string {
  let start = at;
  while (start > from && at - start <= LOOK_BACK && LETTER.test(text.charAt(start - 1))) start -= 1;
  return text.slice(start, at);
}

function isAbbreviation(text: string, from: number, at: number, next: string): boolean {
  const word = wordBefore(text, from, at);
  if (DIGIT.test(next) && /^(?:no|nr|p|pp|c)$/i.test(word)) return true;
  if (word.length === 1) return CAPITAL.test(word) || text.charAt(at - 2) === '.';
  return ABBREVIATIONS.has(word.toLowerCase());
}

function isLongWord(text: string, from: number, at: number): boolean {
  const last = text.charAt(at - 1);
  return SPACE.test(last) || CLOSERS.has(last) || wordBefore(text, from, at).length >= 3;
}

/** An empty line, an item of a list or a short line before a capital end a sentence that has no mark. */
function endsLine(text: string, from: number, at: number): boolean {
  let next = at + 1;
  while (next < text.length && text.charAt(next) !== '\n' && SPACE.test(text.charAt(next))) next += 1;
  const start = text.charAt(next);
  if (start === '\n' || start === '') return true;
  if (BULLET.test(start) && SPACE.test(text.charAt(next + 1))) return true;
  const lineStart = Math.max(from, text.lastIndexOf('\n', at - 1) + 1);
  return at - lineStart < SHORT_LINE && (CAPITAL.test(start) || DIGIT.test(start) || OPENERS.has(start));
}

/** Pictures that follow the closing mark belong to what they comment. */
function withPictures(text: string, end: number): number {
  let to = end;
  for (;;) {
    let at = to;
    while (at < text.length && (text.charAt(at) === ' ' || text.charAt(at) === '\u00a0')) at += 1;
    PICTURE.lastIndex = at;
    if (!PICTURE.test(text)) return to;
    to = PICTURE.lastIndex;
  }
}
