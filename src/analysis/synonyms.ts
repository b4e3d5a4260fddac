/** Names that a user wants to be counted as one. */
import { type TermMention, type TermReading, UsageError } from '../model.js';
import { withoutAccents } from '../text/fold.js';

/** Finds the name under which a term is counted. */
export interface Synonyms {
  /** Names that there are. */
  readonly size: number;
  /** The name to count a form under, or null where the user said nothing about it. */
  canonicalOf(form: string): string | null;
  /** The terms of one text with their variants merged, best first; other terms are given back as they are. */
  fold(terms: readonly TermReading[]): readonly TermReading[];
}

/** Keys of the user's names begin with it: no engine gives such a key. */
const KEY_MARK = '=';

/**
 * Reads the lines of a file of synonyms: `canonical: variant, variant`, with comments from `#` at the start of a line or
 * after white space. A canonical name may have several lines and no variants. A name that holds `:` or `,` is put in
 * double quotes. Throws {@link UsageError} with the number of a line that is not so, or that gives a variant to a second
 * name.
 *
 * @param file name of the file, for messages
 */
export function parseSynonyms(text: string, file: string): Synonyms {
  const canonicals = new Map<string, { readonly name: string; readonly line: number }>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [i, whole] of lines.entries()) {
    const content = withoutComment(whole).trim();
    if (content === '') continue;
    const names = namesOf(content);
    if (names === null) {
      throw new UsageError(`${file}:${i + 1}: "${content}" is not of the form \`canonical: variant, variant\``);
    }
    const [canonical = ''] = names;
    for (const name of names) {
      const folded = foldForm(name);
      if (folded === '') throw new UsageError(`${file}:${i + 1}: "${name}" has no letters or digits`);
      const known = canonicals.get(folded);
      if (known !== undefined && foldForm(known.name) !== foldForm(canonical)) {
        const place = `line ${known.line} gives it to "${known.name}"`;
        throw new UsageError(`${file}:${i + 1}: "${name}" cannot stand for "${canonical}": ${place}`);
      }
      if (known === undefined) canonicals.set(folded, { name: firstNameOf(canonicals, canonical), line: i + 1 });
    }
  }
  return synonymsOf(new Map([...canonicals].map(([folded, { name }]) => [folded, name])));
}

/** The spelling that a canonical name was first given. */
function firstNameOf(canonicals: ReadonlyMap<string, { readonly name: string }>, canonical: string): string {
  return canonicals.get(foldForm(canonical))?.name ?? canonical;
}

function withoutComment(line: string): string {
  let isQuoted = false;
  for (let i = 0; i < line.length; i += 1) {
    if (line[i] === '"') isQuoted = !isQuoted;
    if (line[i] === '#' && !isQuoted && (i === 0 || /[\s,:]/.test(line[i - 1] ?? '')) && !isHashtag(line, i)) {
      return line.slice(0, i);
    }
  }
  return line;
}

/** `cumbre: #cumbre` names a hashtag; `cumbre: x  # so they say` is a comment. */
function isHashtag(line: string, at: number): boolean {
  return line.slice(0, at).trim() !== '' && /[\p{L}\p{N}_]/u.test(line[at + 1] ?? '');
}

const NAME = /\s*(?:"([^"]*)"|([^",:]+))\s*([,:]|$)/y;

/** The canonical name and its variants, or null where the line is not well formed. */
function namesOf(content: string): string[] | null {
  const names: string[] = [];
  NAME.lastIndex = 0;
  while (NAME.lastIndex < content.length) {
    const match = NAME.exec(content);
    if (match === null) return null;
    const [, quoted, plain, separator] = match;
    if (names.length === 0 ? separator !== ':' : separator === ':') return null;
    names.push((quoted ?? plain ?? '').trim());
  }
  return names.length === 0 || names.includes('') ? null : names;
}

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;

/** A form without case, accents, plural and signs: `Yogures  Griegos` and `yogur griego` give the same. */
export function foldForm(form: string): string {
  const words = withoutAccents(form.normalize('NFKC').toLowerCase()).match(WORDS) ?? [];
  return words.map(foldPlural).join(' ');
}

/**
 * Takes off what tells plural from singular in Spanish and English (`luces`, `luz`; `berries`, `berry`; `boxes`,
 * `box`). It only has to give the same for both, not a word.
 */
function foldPlural(word: string): string {
  if (word.length <= 3) return word.replace(/z$/, 'c').replace(/y$/, 'i');
  const singular = /[^s]s$/.test(word) ? word.slice(0, -1) : word;
  const stem = singular.length > 3 ? singular.replace(/e$/, '') : singular;
  return stem.replace(/z$/, 'c').replace(/y$/, 'i');
}

function synonymsOf(canonicals: ReadonlyMap<string, string>): Synonyms {
  const canonicalOf = (form: string): string | null => canonicals.get(foldForm(form)) ?? null;
  return {
    size: canonicals.size,
    canonicalOf,
    fold: (terms) => {
      const merged = new Map<string, TermReading>();
      let hasFolded = false;
      for (const term of terms) {
        const canonical = canonicalOf(term.term) ?? canonicalOf(term.key);
        hasFolded ||= canonical !== null;
        const key = canonical === null ? term.key : `${KEY_MARK}${foldForm(canonical)}`;
        const named = canonical === null ? term : { ...term, key, term: canonical };
        const known = canonical === null ? undefined : merged.get(key);
        merged.set(canonical === null ? `${term.kind} ${key}` : key, known === undefined ? named : merge(known, named));
      }
      return hasFolded ? [...merged.values()].sort((one, other) => other.score - one.score) : terms;
    },
  };
}

/** One term made of two; a name tells more than a phrase. */
function merge(one: TermReading, other: TermReading): TermReading {
  const named = one.kind === 'entity' || other.kind !== 'entity' ? one : other;
  const mentions = withoutOverlaps([...one.mentions, ...other.mentions]);
  return { ...named, score: Math.max(one.score, other.score), mentions };
}

/** In text order; of two that share characters only the longer one. */
function withoutOverlaps(mentions: readonly TermMention[]): TermMention[] {
  const sorted = [...mentions].sort((one, other) => one.start - other.start || other.end - one.end);
  const kept: TermMention[] = [];
  for (const mention of sorted) {
    const last = kept.at(-1);
    if (last === undefined || mention.start >= last.end) kept.push(mention);
    else if (mention.end - mention.start > last.end - last.start) kept[kept.length - 1] = mention;
  }
  return kept;
}
