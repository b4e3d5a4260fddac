/** Sentences of a text. */
import type { TextSpan } from '../model.js';

/** A sentence ends at its marks, with quotes and brackets that close after them, or at an empty line. */
const END =
  /(?:[.!?…]+["'”’»)\]]*(?=\s+["'“‘«(¿¡[]*[\p{Lu}\p{N}¿¡]|\s*$)|[!?…]+["'”’»)\]]*(?=\s)|\n\s*\n|\n(?=\s*[-*•]))/gu;
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{Lu}|sr|sra|dr|dra|d|dña|ud|uds|mr|mrs|ms|prof|st|jr|vs|etc|e\.g|i\.e|p\.ej|núm|no|pág|tel|av|art|inc|ltd|aprox)\.$/iu;

/** The sentences in text order, without the white space around them; what is only white space is left out. */
export function splitSentences(text: string): TextSpan[] {
  const sentences: TextSpan[] = [];
  let from = 0;
  const push = (to: number): void => {
    let [start, end] = [from, to];
    while (start < end && /\s/.test(text.charAt(start))) start += 1;
    while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
    if (end > start) sentences.push({ start, end });
    from = to;
  };
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    if (match[0] === '.' && end < text.length && ABBREVIATION.test(text.slice(Math.max(from, end - 12), end))) continue;
    push(end);
  }
  push(text.length);
  return sentences;
}
