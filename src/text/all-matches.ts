/**
 * The matches of a global pattern. `String.matchAll` makes a copy of the pattern at each call; where hundreds of patterns
 * take turns, V8 then compiles each of them again for every text.
 */
export function allMatches(text: string, pattern: RegExp): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    matches.push(match);
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return matches;
}
