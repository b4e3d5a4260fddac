/** Spanish parts of speech by lists of function words and common verbs, endings, and neighbours. */
import { normalizeWord } from '../../../text/fold.js';
import type { Token } from '../../../text/tokens.js';
import type { TaggedWord, WordTag } from './pos.js';
import { readList, readRoles } from './terms-tables.js';

const ADVERB = /mente$/;
const VERB =
  /(?:[aei]r(?:se|lo|la|los|las|le|les|me|te|nos)|ándo(?:se|lo|la|los|las|le|les|me)|iéndo(?:se|lo|la|los|las|le|les|me)|[^g]ando|iendo|yendo|aron|ieron|aba|aban|ábamos|[^r]ían|[aei]rán?|[aei]ré|[aei]remos|aríamos|[aei]ría[ns]?|asteis|amos|emos|imos|aste|iste|ase|iera|ieran|ara[ns]|iese|é|ó)$/;
const INFINITIVE = /(?:[^l]ar|[^jl]er|ir)$/;
const ADJECTIVE =
  /(?:[aeiou]l|ic[oa]|iv[oa]|os[oa]|ari[oa]|able|ible|ad[oa]|id[oa]|ante|[ei]ente|ense|[aeiou]n[oa]|eñ[oa]|ísim[oa]|or[a]|it[oa]|az|es[ao]|il|ar)s?(?:es)?$/;
const NOUN_ENDING =
  /(?:ción|ciones|sión|siones|dad|dades|tud|aje|ajes|miento|mientos|ura|uras|eza|ista|ismo|or|ores|ncia|ncias|ería|erías)$/;

interface SpanishWords {
  readonly tags: ReadonlyMap<string, WordTag>;
  readonly adjectives: ReadonlySet<string>;
}

let shared: SpanishWords | undefined;

const ROLES: readonly (readonly [string, WordTag])[] = [
  ['det', 'determiner'],
  ['prep', 'preposition'],
  ['conj', 'break'],
  ['pron', 'pronoun'],
  ['adv', 'adverb'],
  ['verb', 'verb'],
  ['num', 'number'],
  ['generic', 'noun'],
];

function formsOf(adjective: string): string[] {
  if (adjective.endsWith('o')) {
    const stem = adjective.slice(0, -1);
    return ['o', 'a', 'os', 'as'].map((ending) => stem + ending);
  }
  return [adjective, /[aeiou]$/.test(adjective) ? `${adjective}s` : `${adjective}es`];
}

function spanishWords(): SpanishWords {
  if (shared) return shared;
  const roles = readRoles('stopwords/es.tsv');
  const tags = new Map<string, WordTag>();
  for (const [role, tag] of ROLES) for (const word of roles.get(role) ?? []) if (!tags.has(word)) tags.set(word, tag);
  const adjectives = new Set<string>();
  for (const word of roles.get('adj') ?? []) for (const form of formsOf(word)) adjectives.add(form);
  const nouns = new Set<string>();
  for (const [lemma = '', pos = ''] of readList('lexicon/es/words.tsv')) {
    if (pos === 'adj') for (const form of formsOf(lemma)) adjectives.add(form);
    if (pos === 'noun') nouns.add(lemma);
  }
  for (const noun of nouns) adjectives.delete(noun);
  shared = { tags, adjectives };
  return shared;
}

function tagOf(lower: string, before: WordTag | undefined, beforeLower: string): WordTag {
  const { tags, adjectives } = spanishWords();
  const known = tags.get(lower);
  const isAfterDeterminer = before === 'determiner';
  // `el trabajo`, `la compra`, `el sabor`: after an article a word that may be a verb is a noun.
  if (known && !(known === 'verb' && isAfterDeterminer && !/^(?:lo|la|los|las)$/.test(beforeLower))) return known;
  if (known)
    return before === 'determiner' &&
      /^(?:el|un|una|los|las|la)$/.test(beforeLower) &&
      !/(?:ó|é|aron|ieron)$/.test(lower)
      ? 'noun'
      : known;
  if (adjectives.has(lower)) return 'adjective';
  if (ADVERB.test(lower)) return 'adverb';
  if (NOUN_ENDING.test(lower)) return 'noun';
  if (isAfterDeterminer) return 'noun';
  if (lower.length > 4 && VERB.test(lower) && before !== 'preposition') return 'verb';
  if (lower.length > 4 && INFINITIVE.test(lower) && before !== 'noun') return 'verb';
  if ((before === 'noun' || before === 'name' || before === 'adjective') && ADJECTIVE.test(lower)) return 'adjective';
  return 'noun';
}

/** The words of a stretch of tokens. */
export function tagSpanish(tokens: readonly Token[]): TaggedWord[] {
  const words: TaggedWord[] = [];
  for (const [at, token] of tokens.entries()) {
    const { text, start, end } = token;
    const lower = normalizeWord(text);
    const before = words.at(-1);
    let tag: WordTag = 'break';
    if (token.kind === 'number') tag = 'number';
    else if (token.kind === 'word') {
      tag = tagOf(lower, before?.tag, before?.lower ?? '');
      if (tag === 'noun' && at > 0 && /^\p{Lu}/u.test(text)) tag = 'name';
      // `lo compré`, `la recomiendo`: before a verb these are pronouns, so no noun begins.
    }
    words.push({ text, lower, tag, start, end });
  }
  return words;
}
