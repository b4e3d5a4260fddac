/** Lines of a caption. */

/** Characters of a line, and lines of a cue, at most. */
export const LINE_CHARACTERS = 42;

/** Characters of East Asia and emoji, which take the room of two others (Unicode Standard Annex 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;

/** Characters as they are counted on a screen: code points, those that are wide as two. */
export function charactersOf(text: string): number {
  let count = 0;
  for (const character of text) count += WIDE.test(character) ? 2 : 1;
  return count;
}

const graphemes = new Intl.Segmenter();

/** The text in parts of at most `room` characters; what is seen as one character is not cut, where it fits. */
export function partsOf(text: string, room: number): string[] {
  const parts: string[] = [];
  let [part, width] = ['', 0];
  for (const { segment } of graphemes.segment(text)) {
    const pieces = charactersOf(segment) > room ? [...segment] : [segment];
    for (const piece of pieces) {
      const more = charactersOf(piece);
      if (width > 0 && width + more > room) {
        parts.push(part);
        [part, width] = ['', 0];
      }
      part += piece;
      width += more;
    }
  }
  return part === '' ? parts : [...parts, part];
}

/** Characters of words on one line. */
function widthOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + charactersOf(word), 0) + Math.max(0, words.length - 1);
}

/** Places where two lines may be parted so that both fit. */
function partings(words: readonly string[], prefix: number): number[] {
  const places: number[] = [];
  const total = widthOf(words);
  let first = 0;
  for (let at = 1; at < words.length; at++) {
    first += charactersOf(words[at - 1] as string) + (at > 1 ? 1 : 0);
    if (first + prefix > LINE_CHARACTERS) break;
    if (total - first - 1 <= LINE_CHARACTERS) places.push(at);
  }
  return places;
}

/** Whether the words fit in two lines; `prefix` characters stand before the first. */
export function fitsCue(words: readonly string[], prefix: number): boolean {
  return widthOf(words) + prefix <= LINE_CHARACTERS || partings(words, prefix).length > 0;
}

/** The words in one line, or in two of about the same length, parted after a mark where there is one. */
export function breakLines(words: readonly string[], prefix: number): string[] {
  if (widthOf(words) + prefix <= LINE_CHARACTERS) return [words.join(' ')];
  const badness = (at: number): number => {
    const [first, second] = [widthOf(words.slice(0, at)) + prefix, widthOf(words.slice(at))];
    const isMarked = /\p{P}$/u.test(words[at - 1] as string);
    return Math.abs(first - second) - (isMarked ? 12 : 0);
  };
  const [best] = partings(words, prefix).sort((a, b) => badness(a) - badness(b));
  return best === undefined ? [words.join(' ')] : [words.slice(0, best).join(' '), words.slice(best).join(' ')];
}
