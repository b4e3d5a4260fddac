/** Reads the lists of data/gazetteer and data/stopwords: tab-separated, a header line. */
import { readFileSync } from 'node:fs';
import { RunError } from '../../../model.js';

const DATA = new URL('../../../../data/', import.meta.url);

/** Rows of a list without its header, each as its cells. Throws {@link RunError} where the file cannot be read. */
export function readList(path: string): string[][] {
  let text: string;
  try {
    text = readFileSync(new URL(path, DATA), 'utf8');
  } catch (error) {
    throw new RunError(`cannot read data/${path} (${(error as Error).message}); install uxd again`);
  }
  const lines = text.split('\n');
  return lines.slice(1).flatMap((line) => (line === '' || line.startsWith('# ') ? [] : [line.split('\t')]));
}

/** Words by their roles, of lists with the columns `word`, `role`. */
export function readRoles(path: string): ReadonlyMap<string, ReadonlySet<string>> {
  const roles = new Map<string, Set<string>>();
  for (const [word = '', role = ''] of readList(path)) {
    const known = roles.get(role);
    if (known) known.add(word);
    else roles.set(role, new Set([word]));
  }
  return roles;
}

let levels: ReadonlyMap<string, number> | undefined;

/** How common an English word is: 1 (everybody's words), 2, 3; 4 for words that an everyday dictionary lacks. */
export function wordLevel(word: string): number {
  levels ??= new Map(readList('stopwords/levels-en.tsv').map(([text = '', level]) => [text, Number(level)]));
  return levels.get(word) ?? 4;
}
