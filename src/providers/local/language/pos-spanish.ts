/** Spanish parts of speech by lists of function words and common verbs, endings, and neighbours. */
import { normalizeWord } from '../../../text/fold.js';
import type { Token } from '../../../text/tokens.js';
import type { TaggedWord, WordTag } from './pos.js';
import { readList, readRoles } from './terms-tables.js';

const ADVERB = /[^l]mente$/;
const FINITE =
  /(?:[aei]rán?|[aei]ré|[aei]remos|[aei]ría[ns]?|aron|ieron|aba|aban|ábamos|asteis|[áé]is|amos|emos|imos|aste|iste|iera|ieran|ara[ns]|iese|é|ó)$/;
const NONFINITE =
  /(?:^(?=[^áéíóú]*$).*[^l]ar|^(?=[^áéíóú]*$).*[^jlu]er|^(?=[^áéíóú]*$).*[^v]ir|[aei]r(?:se|lo|la|los|las|le|les|me|te|nos)|[^g]ando|iendo|yendo|ándo[a-z]+|iéndo[a-z]+)$/;
const PARTICIPLE =
  /(?:[aií]d[oa]s?|vist[oa]s?|hech[oa]s?|puest[oa]s?|rot[oa]s?|escrit[oa]s?|abiert[oa]s?|impres[oa]s?)$/;
const NOUN_ENDING =
  /(?:ción|ciones|sión|siones|dad|dades|tud|aje|ajes|miento|mientos|ura|uras|eza|ismo|or|ores|ncia|ncias|ería|erías)$/;
/** Words that a verb follows: `se`, `que`, `no`. */
const BEFORE_VERB = /^(?:se|que|no|le|les|me|te|nos|ya|quien|quienes|donde|también|tampoco|nunca|siempre)$/;
/** Words that hardly follow anything but a verb, where a noun stands before it. */
const AFTER_VERB = /^(?:el|la|los|las|un|una|unos|unas|su|sus|mi|mis|lo|al|que|este|esta|muy|bien|mal|más)$/;
/** Words after which a participle has a phrase of its own: `reforzadas con`. */
const AFTER_PARTICIPLE = /^(?:con|por|mediante|en|a|al)$/;

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

const isNounTag = (tag: WordTag | undefined): boolean => tag === 'noun' || tag === 'name';

/** A verb by the lists may be a noun where it stands: `la compra`, `de vino`, `el trabajo`. */
function isNounHere(lower: string, before: TaggedWord | undefined): boolean {
  if (FINITE.test(lower) || /^(?:es|son|fue|está|están|ha|han|hay|era|sea|va|van)$/.test(lower)) return false;
  if (before?.tag === 'determiner') return !/^(?:la|las|los|lo)$/.test(before.lower) || !lower.endsWith('o');
  return before?.tag === 'preposition' && !NONFINITE.test(lower);
}

/** An unknown word after a noun is an adjective where they agree, or else a verb. */
function tagAfterNoun(lower: string, before: TaggedWord, next: string): WordTag {
  if (AFTER_VERB.test(next) && /(?:[aeo]|[ae]n)$/.test(lower) && !PARTICIPLE.test(lower)) return 'verb';
  const isPlural = before.lower.endsWith('s') && !/(?:sis|[úé]s|us|is)$/.test(before.lower);
  if (isPlural && /[ae]n$/.test(lower)) return 'verb';
  const isInvariable = /(?:sis|is|us)$/.test(before.lower);
  return isInvariable || isPlural === lower.endsWith('s') ? 'adjective' : 'noun';
}

function tagOf(lower: string, before: TaggedWord | undefined, next: string): WordTag {
  const { tags, adjectives } = spanishWords();
  const known = tags.get(lower);
  const isAfterNoun = isNounTag(before?.tag);
  if (known === 'verb') {
    if (isAfterNoun && PARTICIPLE.test(lower)) return 'adjective';
    return isNounHere(lower, before) ? 'noun' : 'verb';
  }
  if (known === 'number' && isAfterNoun && /(?:io|ia|[eo]r[oa]|[ntx]t[oa])s?$/.test(lower)) return 'adjective';
  if (known) return known;
  if (before && BEFORE_VERB.test(before.lower) && /(?:[aeo]|[ae]n|ó|aron|ieron)$/.test(lower)) return 'verb';
  if (PARTICIPLE.test(lower) && AFTER_PARTICIPLE.test(next) && (isAfterNoun || before?.tag === 'adjective'))
    return 'participle';
  if (ADVERB.test(lower)) return 'adverb';
  if (NOUN_ENDING.test(lower) && !(isAfterNoun && adjectives.has(lower))) return 'noun';
  if (before && /^(?:la|lo|los|las)$/.test(before.lower) && /(?:[^fs]é|ó|aron|ieron)$/.test(lower)) return 'verb';
  if (before?.tag === 'determiner')
    return adjectives.has(lower) && !AFTER_VERB.test(next) && next !== 'de' && next.length > 2 ? 'adjective' : 'noun';
  if (adjectives.has(lower)) return 'adjective';
  if (lower.length > 4 && FINITE.test(lower) && before?.tag !== 'preposition') return 'verb';
  if (lower.length > 4 && NONFINITE.test(lower) && !isAfterNoun) return 'verb';
  if (isAfterNoun && before) return tagAfterNoun(lower, before, next);
  if (
    before?.tag === 'adjective' &&
    /(?:[aeiou]l|ic[oa]|iv[oa]|os[oa]|ari[oa]|ble|[ai]d[oa]|nte|ense|[aeiou]n[oa]|ixt[oa])s?$|les$/.test(lower)
  )
    return 'adjective';
  return 'noun';
}

/** The words of a stretch of tokens. */
export function tagSpanish(tokens: readonly Token[]): TaggedWord[] {
  const words: TaggedWord[] = [];
  for (const [at, token] of tokens.entries()) {
    const { text, start, end } = token;
    const lower = normalizeWord(text);
    let tag: WordTag = 'break';
    if (token.kind === 'number') tag = 'number';
    else if (token.kind === 'word') {
      const isName = at > 0 && /^\p{Lu}/u.test(text) && tokens[at - 1]?.kind === 'word';
      tag = tagOf(lower, words.at(-1), normalizeWord(tokens[at + 1]?.text ?? ''));
      if ((tag === 'noun' || tag === 'adjective') && isName) tag = 'name';
    }
    words.push({ text, lower, tag, start, end });
  }
  return words;
}
