/**
 * The matches of a global pattern in a text, in order. `matchAll` makes a copy of the pattern for each text, which costs
 * more than to search a short one: hundreds of patterns are looked for in each line.
 */
export function matchesOf(text: string, pattern: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex++;
  }
  return found;
}
