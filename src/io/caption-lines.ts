/** Lines of a caption. */

/** Characters of a line, and lines of a cue, at most. */
export const LINE_CHARACTERS = 42;

/** Characters as they are counted on a screen: code points. */
export function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
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
