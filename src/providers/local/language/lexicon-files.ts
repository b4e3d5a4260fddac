/** Reads the tables of data/lexicon: tab-separated, a header line, `#` comments. A bad line is an error that names it. */
import { readFileSync } from 'node:fs';
import { RunError } from '../../../model.js';

export type PartOfSpeech = 'adj' | 'noun' | 'verb' | 'adv' | 'intj';

export interface WordRow {
  readonly lemma: string;
  readonly pos: PartOfSpeech;
  /** -4 to 4. */
  readonly valence: number;
  /** Valences that hold instead where the word is said of these things (lemmas). */
  readonly targets: ReadonlyMap<string, number> | null;
  readonly notes: ReadonlySet<string>;
}

export interface PhraseRow {
  readonly pattern: string;
  readonly valence: number;
  readonly notes: ReadonlySet<string>;
}

export const MODIFIER_KINDS = [
  'intensifier',
  'diminisher',
  'negator',
  'shifter',
  'contrast',
  'hypothetical',
  'excess',
] as const;
export type ModifierKind = (typeof MODIFIER_KINDS)[number];

export interface ModifierRow {
  readonly form: string;
  readonly kind: ModifierKind;
  readonly factor: number;
}

export interface AspectRow {
  readonly lemma: string;
  readonly category: string;
}

const POS: ReadonlySet<string> = new Set<PartOfSpeech>(['adj', 'noun', 'verb', 'adv', 'intj']);
const KINDS: ReadonlySet<string> = new Set(MODIFIER_KINDS);
const DATA = new URL('../../../../data/lexicon/', import.meta.url);
const NO_NOTES: ReadonlySet<string> = new Set();

interface Line {
  readonly cells: readonly string[];
  /** Throws {@link RunError} naming file and line. */
  fail(what: string): never;
}

/** What a language's tables hold, as one text. Throws {@link RunError} where a file cannot be read. */
export function lexiconText(language: string): string {
  return ['words', 'phrases', 'modifiers', 'aspects'].map((table) => readText(`${language}/${table}.tsv`)).join('\0');
}

function readText(name: string): string {
  const url = new URL(name, DATA);
  try {
    return readFileSync(url, 'utf8');
  } catch (error) {
    throw new RunError(`cannot read the lexicon ${url.pathname} (${(error as Error).message}); install uxd again`);
  }
}

/** Lines of a table but for its header and comments. Throws {@link RunError} where the file cannot be read. */
function readTable(name: string, leastCells: number): Line[] {
  const text = readText(name);
  const lines: Line[] = [];
  let isHeader = true;
  for (const [index, line] of text.split('\n').entries()) {
    // A comment is `#` and a space, or a lone `#`: hashtags are entries.
    if (line.trim() === '' || /^#(?:\s|$|[^\t]*$)/.test(line)) continue;
    if (isHeader) {
      isHeader = false;
      continue;
    }
    const fail = (what: string): never => {
      throw new RunError(`data/lexicon/${name}, line ${index + 1}: ${what}`);
    };
    const cells = line.split('\t').map((cell) => cell.trim());
    if (cells.length < leastCells || cells[0] === '') fail(`expected at least ${leastCells} columns`);
    lines.push({ cells, fail });
  }
  return lines;
}

function readNumber(line: Line, cell: string | undefined, limit: number): number {
  const value = Number(cell);
  if (cell === undefined || cell === '' || !(Math.abs(value) <= limit))
    line.fail(`"${cell}" is not a number within ${limit}`);
  return value;
}

function readNotes(cell: string | undefined): ReadonlySet<string> {
  return cell === undefined || cell === '' ? NO_NOTES : new Set(cell.split(';').map((note) => note.trim()));
}

function readTargets(line: Line, cell: string | undefined): ReadonlyMap<string, number> | null {
  if (cell === undefined || cell === '') return null;
  const targets = new Map<string, number>();
  for (const pair of cell.split(';')) {
    if (pair.trim() === '') continue;
    const [noun = '', value] = pair.split('=');
    targets.set(noun.trim(), readNumber(line, value, 4));
  }
  return targets;
}

export function readWords(language: string): WordRow[] {
  return readTable(`${language}/words.tsv`, 3).map((line) => {
    const [lemma = '', pos = '', valence, targets, notes] = line.cells;
    if (!POS.has(pos)) line.fail(`"${pos}" is no part of speech`);
    return {
      lemma,
      pos: pos as PartOfSpeech,
      valence: readNumber(line, valence, 4),
      targets: readTargets(line, targets),
      notes: readNotes(notes),
    };
  });
}

export function readPhrases(language: string): PhraseRow[] {
  return readTable(`${language}/phrases.tsv`, 2).map((line) => {
    const [pattern = '', valence, notes] = line.cells;
    return { pattern, valence: readNumber(line, valence, 4), notes: readNotes(notes) };
  });
}

export function readModifiers(language: string): ModifierRow[] {
  return readTable(`${language}/modifiers.tsv`, 3).map((line) => {
    const [form = '', kind = '', factor] = line.cells;
    if (!KINDS.has(kind)) line.fail(`"${kind}" is no kind of modifier`);
    return { form, kind: kind as ModifierKind, factor: readNumber(line, factor, 10) };
  });
}

export function readAspects(language: string): AspectRow[] {
  return readTable(`${language}/aspects.tsv`, 2).map(({ cells: [lemma = '', category = ''] }) => ({ lemma, category }));
}

/** Valences of emoji and emoticons, the same in all languages. */
export function readEmoji(): ReadonlyMap<string, number> {
  return new Map(
    readTable('emoji.tsv', 2).map((line) => [
      (line.cells[0] ?? '').replaceAll('\ufe0f', ''),
      readNumber(line, line.cells[1], 4),
    ]),
  );
}
