/** Phrases with gaps, as people write them in data files, and the patterns that they stand for. */
import { levelText } from './level.js';

/** A phrase that can be looked for in levelled texts. */
export interface CompiledPhrase {
  readonly phrase: string;
  readonly pattern: RegExp;
}

/** What stands in the gaps of a match, by the name of the gap. */
export type Gaps = Readonly<Record<string, string>>;

/** What may stand in the gaps of phrases, as patterns by the name of the gap. */
export interface PhraseGaps {
  /** Gaps whose text is wanted. */
  readonly kept: ReadonlyMap<string, string>;
  /** Gaps that stand for any of some words. */
  readonly passed: ReadonlyMap<string, string>;
}

/** Between two parts of a phrase: recognisers lose spaces and see points. */
const GAP = String.raw`[\s.,:*]{0,3}`;

/**
 * Compiles a phrase: words are themselves, `{name}` is a gap of the given patterns, `(a|b)` is one of several, `[a]` may
 * be missing, and a space is any small space or none. No part repeats without bound, so that no text makes a match slow.
 * @throws SyntaxError where a bracket is not closed or a gap has no such name
 */
export function compilePhrase(phrase: string, gaps: PhraseGaps): CompiledPhrase {
  let groups = 0;
  const brackets: string[] = [];
  // a run of spaces beside a bracket belongs to what is inside it, so that a missing part takes its space along
  const source = levelText(phrase.trim()).replace(
    /\{([a-z0-9]+)\}|\s+|[([\])|]|[^\s{([\])|]+|\{/gi,
    (part, name?: string) => {
      if (name !== undefined) {
        const kept = gaps.kept.get(name);
        if (kept !== undefined) return `(?<${name}_${groups++}>${kept})`;
        const passed = gaps.passed.get(name);
        if (passed === undefined) throw new SyntaxError(`"${phrase}": there is no gap {${name}}`);
        return passed;
      }
      if (/^\s/.test(part)) return GAP;
      if (part === '|') return '|';
      if (part === '(' || part === '[') {
        brackets.push(part);
        return '(?:';
      }
      if (part === ')' || part === ']') {
        if (brackets.pop() !== (part === ')' ? '(' : '['))
          throw new SyntaxError(`"${phrase}": "${part}" closes nothing`);
        return part === ')' ? ')' : ')?';
      }
      if (part === '{') throw new SyntaxError(`"${phrase}": "{" opens no gap`);
      return literal(part);
    },
  );
  if (brackets.length > 0) throw new SyntaxError(`"${phrase}": "${brackets.at(-1)}" is not closed`);
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}]|\d[.,])(?:${source})(?![\p{L}\p{N}]|[.,]\d)`, 'gu');
  return { phrase, pattern };
}

/** Alternatives for a list of words; longer ones first. */
export function oneOf(words: readonly string[]): string {
  const forms = [...new Set(words.map(levelText))].sort((a, b) => b.length - a.length);
  return `(?:${forms.map(literal).join('|')})`;
}

/** A pattern that finds any of the words; one that finds nothing where there are none. */
export function wordPattern(words: readonly string[]): RegExp {
  if (words.length === 0) return /(?!)/gu;
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${oneOf(words)}(?![\p{L}\p{N}])`, 'gu');
}

function literal(text: string): string {
  return text
    .replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
    .replace(/\s+/g, String.raw`\s{1,3}`)
    .replace(/(?<=\p{L})-(?=\p{L})/gu, String.raw`\s?-?\s?`);
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
