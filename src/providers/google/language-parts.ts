/** Cuts a text that is too large for one call. Pure. */
import type { TextSpan } from '../../model.js';
import { splitSentences } from '../../text/sentences.js';

/** What one call takes. */
export interface PartLimits {
  /** Of UTF-8. */
  readonly bytes: number;
  readonly tokens: number;
}

/** Words and signs, about as Google counts them; scripts without spaces by the character. */
const TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+|[\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;

/** No UTF-16 code unit takes more bytes of UTF-8. */
const BYTES_PER_UNIT = 3;

interface Size {
  readonly bytes: number;
  readonly tokens: number;
}

function sizeOf(text: string): Size {
  let tokens = 0;
  TOKEN.lastIndex = 0;
  // Counted one by one: a list of all would be many times the text.
  while (TOKEN.test(text)) tokens += 1;
  return { bytes: Buffer.byteLength(text), tokens };
}

function fits(size: Size, limits: PartLimits): boolean {
  return size.bytes <= limits.bytes && size.tokens <= limits.tokens;
}

/** What stands between white space. */
function wordsOf(text: string, { start, end }: TextSpan): TextSpan[] {
  return [...text.slice(start, end).matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    start: start + index,
    end: start + index + word.length,
  }));
}

/** Pieces of a fixed length, none of which ends between the halves of a surrogate pair. */
function chunksOf(text: string, { start, end }: TextSpan, limits: PartLimits): TextSpan[] {
  const step = Math.max(2, Math.min(Math.floor(limits.bytes / BYTES_PER_UNIT), limits.tokens));
  const chunks: TextSpan[] = [];
  for (let from = start; from < end; ) {
    let to = Math.min(end, from + step);
    if (to < end && /[\ud800-\udbff]/.test(text.charAt(to - 1))) to -= 1;
    chunks.push({ start: from, end: to });
    from = to;
  }
  return chunks;
}

/** Sentences; of one that is too long its words; of a word that is too long pieces of it. */
function* atomsOf(text: string, limits: PartLimits): Generator<TextSpan> {
  const isFitting = ({ start, end }: TextSpan) => fits(sizeOf(text.slice(start, end)), limits);
  for (const sentence of splitSentences(text)) {
    if (isFitting(sentence)) {
      yield sentence;
      continue;
    }
    for (const word of wordsOf(text, sentence)) {
      if (isFitting(word)) yield word;
      else yield* chunksOf(text, word, limits);
    }
  }
}

/**
 * The stretches of a text to be sent, in text order: the whole text where it fits, none where it is only white space.
 * White space between the stretches is left out.
 */
export function partsOf(text: string, limits: PartLimits): readonly TextSpan[] {
  if (text.trim() === '') return [];
  const isSmall = text.length * BYTES_PER_UNIT <= limits.bytes && text.length <= limits.tokens;
  if (isSmall || fits(sizeOf(text), limits)) return [{ start: 0, end: text.length }];
  const parts: TextSpan[] = [];
  let part = null as (TextSpan & Size) | null;
  for (const { start, end } of atomsOf(text, limits)) {
    const added = sizeOf(text.slice(part?.end ?? start, end));
    const sum: Size = { bytes: (part?.bytes ?? 0) + added.bytes, tokens: (part?.tokens ?? 0) + added.tokens };
    if (part && !fits(sum, limits)) {
      parts.push({ start: part.start, end: part.end });
      part = { start, end, ...sizeOf(text.slice(start, end)) };
    } else {
      part = { start: part?.start ?? start, end, ...sum };
    }
  }
  return part ? [...parts, { start: part.start, end: part.end }] : parts;
}

/** Characters as Google counts them: Unicode code points, white space included. */
export function charactersOf(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
