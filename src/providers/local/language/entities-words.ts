/** Words of a sentence as names are made of them: `U.S.`, `AT&T`, `Jean-Paul` and `49ers` are one word each. */
import type { TextSpan } from '../../../model.js';
import type { Token } from '../../../text/tokens.js';
import type { ReadableSentence } from './readable.js';

export interface NameWord extends TextSpan {
  readonly text: string;
  readonly kind: Token['kind'];
  /** Begins with a capital. */
  readonly isCapital: boolean;
  /** Two capitals or more and no small letter. */
  readonly isAllCapitals: boolean;
  /** First word of a sentence or line: its capital says nothing. */
  readonly isStart: boolean;
  /** A new line, or a gap, lies before it. */
  readonly isAfterBreak: boolean;
  /** `'s` was cut off its end. */
  readonly isPossessive: boolean;
}

export interface NameSentence {
  readonly words: readonly NameWord[];
  readonly language: string | null;
  /** A heading in capitals: they do not tell names apart. */
  readonly isAllCapitals: boolean;
}

const CAPITAL = /^(?:\p{Ll}?\p{Lu}|\d+(?:ers|e?rs)$)/u;
const ALL_CAPITALS = /^(?=.*\p{Lu}.*\p{Lu})[^\p{Ll}]+$/u;
const OPENING = /^["'“‘«»(¿¡[\]\-–—*•.:]+$/;
const JOINABLE = /^(?:-|&|\/|\+)$/;
/** Longer words are no names. */
const LONGEST_WORD = 60;
const ABBREVIATIONS = new Set(
  'Mr Mrs Ms Dr St Sgt Gen Col Capt Lt Sen Rep Gov Prof Rev Inc Corp Co Ltd Bros Jr Sr Sra Srta Dra Dña Gral Cía Mt Ft No Calif Ala Ariz Ark Colo Conn Fla Ind Kan Mass Mich Minn Miss Mont Neb Nev Okla Ore Tenn Tex Wash Wis Wyo Va'.split(
    ' ',
  ),
);

interface Draft {
  text: string;
  start: number;
  end: number;
  kind: Token['kind'];
}

function canJoin(left: Draft, sign: Token, right: Token): boolean {
  if (left.end !== sign.start || sign.end !== right.start) return false;
  if (!JOINABLE.test(sign.text) || left.kind !== 'word' || right.kind !== 'word') return false;
  return CAPITAL.test(left.text) && CAPITAL.test(right.text) && left.text.length + right.text.length < LONGEST_WORD;
}

/** `Port-au-Prince`, `Min-ji`: small parts of a name between or after hyphens. */
function isCompound(left: Draft, tokens: readonly Token[], at: number): boolean {
  const [sign, part, after] = [tokens[at + 1], tokens[at + 2], tokens[at + 3]];
  if (sign?.text !== '-' || !part || left.end !== sign.start || sign.end !== part.start || !CAPITAL.test(left.text))
    return false;
  if (
    /^(?:au|aux|de|des|du|en|la|le|les|sur|upon|on|in|the)$/.test(part.text) ||
    /-(?:au|aux|de|des|du|en|la|le|les|sur|upon|on|in|the)$/.test(left.text)
  ) {
    return after?.text === '-' || CAPITAL.test(part.text);
  }
  return SYLLABLE.test(part.text) && left.text.length < 7;
}

/** Second half of a Korean or Chinese given name. */
const SYLLABLE =
  /^(?:[bcdfghjklmnprstwyz]h?[aeiou]{1,2}n?g?|[aeiou]n?g?|[bcdghjkmnpstwy]h?(?:eo|yu|yo|ye|wo|oo|ee|ae|oe|ui|yeo)[nklmt]?g?|[jkhs]?i[lkmn]|sik|suk|mok|jun|seok)$/;

/** Takes the dots of `U.S.` and `Inc.` and the parts of `AT&T` into one word. */
function joinTokens(tokens: readonly Token[]): Draft[] {
  const drafts: Draft[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) break;
    const draft: Draft = { text: token.text, start: token.start, end: token.end, kind: token.kind };
    drafts.push(draft);
    if (token.kind === 'number') {
      const next = tokens[at + 1];
      if (next && next.start === draft.end && /^(?:ers|rs)$/.test(next.text)) {
        draft.text += next.text;
        draft.end = next.end;
        draft.kind = 'word';
        at += 1;
      }
      continue;
    }
    if (token.kind !== 'word') continue;
    at = joinFollowing(draft, tokens, at);
  }
  return drafts;
}

function joinFollowing(draft: Draft, tokens: readonly Token[], from: number): number {
  let at = from;
  for (;;) {
    const sign = tokens[at + 1];
    const next = tokens[at + 2];
    if (!sign || draft.text.length > LONGEST_WORD) return at;
    const isInitial = /^(?:.*\.)?(?:\p{Lu}|\p{Lu}{2})$/u.test(draft.text) && draft.text.length < 12;
    if (sign.text === '.' && sign.start === draft.end && (isInitial || ABBREVIATIONS.has(draft.text))) {
      // The dot of a lone initial belongs to it only where something follows: "plan B." ends a sentence.
      if (!next && draft.text.length === 1) return at;
      if (
        draft.text.length === 2 &&
        !draft.text.includes('.') &&
        !ABBREVIATIONS.has(draft.text) &&
        next?.start !== sign.end
      )
        return at;
      draft.text += '.';
      draft.end = sign.end;
      at += 1;
      if (!next || next.start !== draft.end || next.kind !== 'word' || !CAPITAL.test(next.text)) return at;
      if (next.text.length > 2 && isInitial && draft.text.length > 2) return at;
    } else if (
      sign.kind === 'number' &&
      /^-\d{1,4}$/.test(sign.text) &&
      sign.start === draft.end &&
      CAPITAL.test(draft.text)
    ) {
      draft.text += sign.text;
      draft.end = sign.end;
      return at + 1;
    } else if (
      next &&
      sign.text === '.' &&
      sign.start === draft.end &&
      next.start === sign.end &&
      /^(?:com|es|net|org)$/.test(next.text)
    ) {
      draft.text += sign.text;
      at += 1;
    } else if (next && isCompound(draft, tokens, at)) {
      draft.text += sign.text;
      at += 1;
    } else if (next && canJoin(draft, sign, next)) {
      draft.text += sign.text;
      at += 1;
    } else return at;
    const part = tokens[at + 1];
    if (!part) return at;
    draft.text += part.text;
    draft.end = part.end;
    at += 1;
  }
}

/** A line that was wrapped goes on in the next; a short one ends there. */
const SHORT_LINE = 45;

function breaksBetween(text: string, from: number, to: number): boolean {
  const gap = text.slice(from, Math.min(to, from + 200));
  const newline = gap.indexOf('\n');
  if (newline < 0) return gap.includes('\t') || /\s{4}/.test(gap);
  if (gap.indexOf('\n', newline + 1) >= 0) return true;
  const lineStart = text.lastIndexOf('\n', from - 1);
  return from - Math.max(lineStart, from - 200) < SHORT_LINE;
}

/** Words of one sentence. `text` is the view that its offsets count in. */
export function nameWords(text: string, sentence: ReadableSentence, language: string | null): NameSentence {
  const words: NameWord[] = [];
  let isStart = true;
  let end = sentence.start;
  let [capitals, smalls] = [0, 0];
  for (const draft of joinTokens(sentence.tokens)) {
    const isAfterBreak = words.length > 0 && breaksBetween(text, end, draft.start);
    if (isAfterBreak) isStart = true;
    end = draft.end;
    const possessive = draft.kind === 'word' ? /['’][sS]$/.exec(draft.text) : null;
    const wordText = possessive ? draft.text.slice(0, -2) : draft.text;
    const isWord = draft.kind === 'word' && wordText.length <= LONGEST_WORD;
    const isCapital = isWord && CAPITAL.test(wordText);
    const isAllCapitals = isCapital && ALL_CAPITALS.test(wordText);
    if (isAllCapitals) capitals += wordText.length;
    else if (isWord) smalls += wordText.length;
    words.push({
      text: wordText,
      start: draft.start,
      end: possessive ? draft.end - 2 : draft.end,
      kind: draft.kind,
      isCapital,
      isAllCapitals,
      isStart,
      isAfterBreak,
      isPossessive: possessive !== null,
    });
    isStart = /^[.!?…]+$/.test(draft.text) || (isStart && (draft.kind === 'number' || OPENING.test(draft.text)));
  }
  return { words, language, isAllCapitals: capitals > 9 && smalls * 3 < capitals };
}
