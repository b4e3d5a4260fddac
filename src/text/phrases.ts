/** Phrases with gaps, as people write them in data files, and the patterns that they stand for. */
import { LETTER, levelText } from './level.js';
import { matchesOf } from './matches.js';

/** A phrase that can be looked for in levelled texts. */
export interface CompiledPhrase {
  readonly phrase: string;
  readonly pattern: RegExp;
  /** Of each of these lists a text holds one string at least, or the phrase is not in it. */
  readonly cues: readonly CueList[];
}

/** Strings of which a text holds one at least; lists with the same strings are one, with a number of its own. */
export interface CueList {
  readonly id: number;
  readonly cues: readonly Cue[];
}

interface Cue {
  readonly text: string;
  /** See {@link charactersOf}. */
  readonly characters: number;
}

/** What stands in the gaps of a match, by the name of the gap. */
export type Gaps = Readonly<Record<string, string>>;

/** What may stand in the gaps of phrases, as patterns by the name of the gap. */
export interface PhraseGaps {
  /** Gaps whose text is wanted. */
  readonly kept: ReadonlyMap<string, string>;
  /** Gaps that stand for any of some words. */
  readonly passed: ReadonlyMap<string, string>;
  /** Strings of which one is wherever the gap is filled. */
  readonly cues: ReadonlyMap<string, readonly string[]>;
}

/** A place in a word of which one or two letters are before and one to three after, that of `a m` in `am`. */
const IN_WORD = `(?=[${LETTER}]{1,3}(?![${LETTER}]))(?<=(?<![${LETTER}])[${LETTER}]{1,2})`;
const NOT_ORDINAL = String.raw`(?<!(?<![\d.,])\d{1,2}[ao])`;

/**
 * Between two parts of a phrase: recognisers lose spaces and see points. `offwith`, `amitad` and `2ªud` are two words each.
 * There is one way only to match nothing, or failing phrases would try each.
 */
const GAP = String.raw`[\s.,:*]{0,3}`;
const GAP_BETWEEN_WORDS = `${GAP}(?!${IN_WORD}${NOT_ORDINAL})`;
const LONG_WORD = new RegExp(`^[${LETTER}]{4}`);

/**
 * Compiles a phrase: words are themselves, `{name}` is a gap of the given patterns, `(a|b)` is one of several, `[a]` may
 * be missing, and a space is any small space or none. No part repeats without bound, so that no text makes a match slow.
 * @throws SyntaxError where a bracket is not closed or a gap has no such name
 */
export function compilePhrase(phrase: string, gaps: PhraseGaps): CompiledPhrase {
  let groups = 0;
  const brackets: string[] = [];
  const cues = new CueCollector();
  const level = levelText(phrase.trim());
  const source = level.replace(PART, (part: string, name: string | undefined, at: number) => {
    const fail = (cause: string): never => {
      throw new SyntaxError(`"${phrase}": ${cause}`);
    };
    if (/^\s/.test(part)) return LONG_WORD.test(level.slice(at + part.length)) ? GAP : GAP_BETWEEN_WORDS;
    if (part === '{') return fail('"{" opens no gap');
    if (part === ')' || part === ']') {
      if (brackets.pop() !== (part === ')' ? '(' : '[')) return fail(`"${part}" closes nothing`);
    }
    cues.take(part, brackets, name === undefined ? undefined : (gaps.cues.get(name) ?? []));
    if (part === '(' || part === '[') brackets.push(part);
    if (name === undefined) return BRACKETS[part] ?? literal(part);
    const kept = gaps.kept.get(name);
    if (kept !== undefined) return `(?<${name}_${groups++}>${kept})`;
    return gaps.passed.get(name) ?? fail(`there is no gap {${name}}`);
  });
  if (brackets.length > 0) throw new SyntaxError(`"${phrase}": "${brackets.at(-1)}" is not closed`);
  const pattern = new RegExp(
    String.raw`(?:(?<![${LETTER}\d]|\d[.,])|(?=\/))(?:${source})(?![${LETTER}\d]|[.,]\d)`,
    'g',
  );
  return { phrase, pattern, cues: cues.lists };
}

const PART = /\{([a-z0-9]+)\}|\s+|[()[\]|]|[^\s{()[\]|]+|\{/gi;

const BRACKETS: Readonly<Record<string, string>> = { '|': '|', '(': '(?:', '[': '(?:', ')': ')', ']': ')?' };

/** Phrases with the same cues share one list of them, so that a text is searched for it once. */
const cueLists = new Map<string, CueList>();

/** Gathers what a phrase cannot be without: its words and gaps outside brackets, and one word of each of `(a|b)`. */
class CueCollector {
  readonly lists: CueList[] = [];
  /** Of the group that is open: what each alternative begins with; null where one begins with nothing that is known. */
  #group: string[] | null = [];
  #isAtStart = true;

  /** `brackets` are those around the part; a gap comes with its cues. */
  take(part: string, brackets: readonly string[], gapCues: readonly string[] | undefined): void {
    if (brackets.length === 0) {
      if (part === '(') this.#open();
      else if (part === ')') this.#close();
      else if (part !== '[' && part !== ']') this.#add(gapCues ?? [cueOf(part)]);
    } else if (brackets.length === 1 && brackets[0] === '(') {
      if (part === '|') this.#next();
      else if (this.#isAtStart)
        this.#begin(part.startsWith('[') || part.startsWith('(') ? [] : (gapCues ?? [cueOf(part)]));
    }
  }

  #add(cues: readonly string[]): void {
    if (cues.length === 0) return;
    const key = cues.join('\n');
    const list = cueLists.get(key) ?? {
      id: cueLists.size,
      cues: cues.map((text) => ({ text, characters: charactersOf(text) })),
    };
    cueLists.set(key, list);
    this.lists.push(list);
  }

  #open(): void {
    this.#group = [];
    this.#isAtStart = true;
  }

  #begin(cues: readonly string[]): void {
    this.#isAtStart = false;
    if (cues.length === 0) this.#group = null;
    this.#group?.push(...cues);
  }

  #next(): void {
    if (this.#isAtStart) this.#group = null;
    this.#isAtStart = true;
  }

  #close(): void {
    if (this.#group !== null && !this.#isAtStart) this.#add(this.#group);
  }
}

/** The part of a word or words that is in a text whatever space or hyphen stands between the parts. */
export function cueOf(word: string): string {
  const parts = levelText(word).split(/[\s-]/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest)) || '-';
}

/**
 * The matches of phrases in a levelled text, phrase by phrase. For a phrase whose cues are not there the text is not
 * searched: most patterns are then never compiled.
 */
export function* findPhrases<T extends CompiledPhrase>(
  level: string,
  phrases: readonly T[],
): Generator<{ readonly phrase: T; readonly match: RegExpExecArray }> {
  // 0: not looked for yet; 1: there; 2: not there
  const known = new Uint8Array(cueLists.size);
  const characters = charactersOf(level);
  const isThere = (cue: Cue): boolean => (cue.characters & ~characters) === 0 && level.includes(cue.text);
  const has = ({ id, cues }: CueList): boolean => {
    if (known[id] === 0) known[id] = cues.some(isThere) ? 1 : 2;
    return known[id] === 1;
  };
  for (const phrase of phrases)
    if (phrase.cues.every(has)) for (const match of matchesOf(level, phrase.pattern)) yield { phrase, match };
}

/** The characters of a text as bits, several on one: what a text has not, no part of it has. */
function charactersOf(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i++) bits |= 1 << (text.charCodeAt(i) & 31);
  return bits;
}

/** Alternatives for a list of words; longer ones first. */
export function oneOf(words: readonly string[]): string {
  const forms = [...new Set(words.map(levelText))].sort((a, b) => b.length - a.length);
  return `(?:${forms.map(literal).join('|')})`;
}

/** A pattern that finds any of the words; one that finds nothing where there are none. */
export function wordPattern(words: readonly string[]): RegExp {
  if (words.length === 0) return /(?!)/g;
  return new RegExp(String.raw`(?<![${LETTER}\d])${oneOf(words)}(?![${LETTER}\d])`, 'g');
}

function literal(text: string): string {
  return text
    .replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
    .replace(/\s+/g, String.raw`\s{1,3}`)
    .replace(/(?<=[a-z])-(?=[a-z])/g, String.raw`\s?-?\s?`);
}

/** The gaps of a match; of a gap that stands several times in a phrase, the one that was filled. */
export function gapsOf(match: RegExpMatchArray): Gaps {
  const filled: Record<string, string> = {};
  for (const [key, value] of Object.entries(match.groups ?? {})) {
    const name = key.replace(/_\d+$/, '');
    if (value !== undefined && filled[name] === undefined) filled[name] = value.trim();
  }
  return filled;
}
