/** Inflected forms of English lemmas: spelling rules, with tables for what follows none. */

import { IRREGULAR_PLURALS, IRREGULAR_VERBS } from './english-irregular.js';

type EnglishPartOfSpeech = 'adj' | 'noun' | 'verb' | 'adv' | 'intj';

const NONE: readonly string[] = [];

/** Verbs of more than one syllable that are stressed on the last, and so double their consonant. */
const STRESSED_LAST = new Set(
  (
    'abet abhor abut acquit admit allot annul appal befit begin bedevil commit compel concur confer control corral ' +
    'debug defer demur deter dispel distil emit enrol enthral equip excel expel extol forbid forget format fulfil ' +
    'handicap humbug impel incur infer input instal instil nonplus occur offset omit outfit output outrun ' +
    'outwit overlap overrun patrol permit prefer propel quit rebel rebut recur refer refit regret remit ' +
    'repel rerun reset retrofit rig submit transfer transmit transship typeset unplug unzip upset withhold ' +
    'zigzag babysit backlog backstab blog catnap eavesdrop leapfrog sandbag sidestep wiretap'
  ).split(' '),
);
/** Short adjectives of which nobody makes -er and -est. */
const NOT_COMPARED = new Set(
  'fake fun real dead live own prime top ill well male wrong right worse worst best better less least last first next'.split(
    ' ',
  ),
);
/** Adjectives of two syllables, beside those in -y and -le, that take -er and -est; of those in -ly, all that do. */
const COMPARED = new Set(
  (
    'clever quiet narrow shallow mellow hollow yellow polite severe sincere remote obscure handsome stupid common ' +
    'ugly lovely lonely deadly friendly early silly smelly jolly holy costly lively homely likely curly cuddly'
  ).split(' '),
);
/** Verbs whose last consonant some writers double though it is not stressed. */
const DOUBLED_BY_SOME = new Set('focus refocus bias kidnap worship benefit program'.split(' '));
/** Verbs that keep their e before -ing or not, as one likes. */
const LOOSE_E = new Set('age cue queue binge whinge'.split(' '));
/** Adjectives whose adverb in -ly says something else than they do (hard, hardly), or judges otherwise (cheap, cheaply). */
const ADVERB_APART = new Set(
  (
    'supple basic substantial honest genuine frank hard real late near bare fair short high deep large new sure pure total absolute complete utter entire whole ' +
    'terrible awful dreadful horrible incredible amazing insane ridiculous extreme remarkable great serious ' +
    'exceptional outrageous positive most present scarce just even mere quick fast cheap dear light strong free ' +
    'direct close wide right wrong like live dead ready good bad slow loud clear simple perfect pretty sheer wicked ' +
    'bitter sore most sound flat tight rough cold tragic brutal strange odd weird absurd firm former like'
  ).split(' '),
);

const isVowel = (letter: string | undefined): boolean => letter !== undefined && 'aeiou'.includes(letter);

function syllables(word: string): number {
  let groups = 0;
  let wasVowel = false;
  for (let at = 0; at < word.length; at++) {
    const isSound = 'aeiouy'.includes(word.charAt(at)) && !(word[at] === 'u' && word[at - 1] === 'q');
    if (isSound && !wasVowel) groups += 1;
    wasVowel = isSound;
  }
  // The last e of `nice` is silent, those of `little` and `free` are not.
  return word.length > 3 && word.endsWith('e') && !/[aeiouy]e$|[^aeiouy]le$/.test(word) ? groups - 1 : groups;
}

/** Whether a word ends in one consonant after one vowel: stop, quit, but not stoop, help, show. */
function endsShort(word: string): boolean {
  const last = word.at(-1) ?? '';
  if (isVowel(last) || 'wxyh'.includes(last) || !/[a-z]/.test(last)) return false;
  const vowel = word.at(-2);
  if (!isVowel(vowel)) return false;
  return !isVowel(word.at(-3)) || word.slice(-4, -2).endsWith('qu');
}

/** What -ed, -ing, -er and -est are put to, where the ending begins with a vowel; both ways where both are written. */
function stemsBeforeVowel(word: string): readonly string[] {
  if (!endsShort(word)) return [word];
  const doubled = word + word.at(-1);
  if (syllables(word) === 1) return [doubled];
  const tail = word.slice(word.lastIndexOf('-') + 1);
  if (STRESSED_LAST.has(word) || (tail !== word && syllables(tail) === 1)) return [doubled];
  // British writers double an l wherever it stands: travelled.
  return word.endsWith('l') || DOUBLED_BY_SOME.has(word) ? [word, doubled] : [word];
}

function withS(word: string): string {
  if (/(?:s|x|z|ch|sh)$/.test(word))
    return /[^z]z$/.test(word) && endsShort(word) && syllables(word) === 1 ? `${word}zes` : `${word}es`;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}

function pastForms(lemma: string): readonly string[] {
  if (lemma.endsWith('e')) return [`${lemma}d`];
  if (/[^aeiou]y$/.test(lemma)) return [`${lemma.slice(0, -1)}ied`];
  if (/[^aeiou]ic$/.test(lemma) && syllables(lemma) > 1) return [`${lemma}ked`];
  return stemsBeforeVowel(lemma).map((stem) => `${stem}ed`);
}

function ingForms(lemma: string): readonly string[] {
  if (/ie$/.test(lemma)) return [`${lemma.slice(0, -2)}ying`];
  if (/(?:ee|oe|ye)$/.test(lemma)) return [`${lemma}ing`];
  if (LOOSE_E.has(lemma)) return [`${lemma.slice(0, -1)}ing`, `${lemma}ing`];
  if (lemma.endsWith('e') && lemma.length > 2) return [`${lemma.slice(0, -1)}ing`];
  if (/[^aeiou]ic$/.test(lemma) && syllables(lemma) > 1) return [`${lemma}king`];
  return stemsBeforeVowel(lemma).map((stem) => `${stem}ing`);
}

/** Past and participle of an irregular verb, under any prefix that leaves it irregular (rewrite, overcome). */
function irregularPast(lemma: string): readonly string[] | null {
  const known = IRREGULAR_VERBS.get(lemma);
  if (known !== undefined) return known;
  const [, prefix = '', base = ''] =
    /^(re|un|over|under|out|mis|fore|up|pre|with|inter|co-?|counter)-?(.{2,})$/.exec(lemma) ?? [];
  const forms = base === '' ? undefined : IRREGULAR_VERBS.get(base);
  // `Relay` is not `lay` again.
  if (prefix === '' || forms === undefined || lemma === 'relay') return null;
  const start = lemma.slice(0, lemma.length - base.length);
  return forms.map((form) => start + form);
}

function verbForms(lemma: string): string[] {
  const [head = lemma, ...rest] = lemma.split(' ');
  if (rest.length > 0) return verbForms(head).map((form) => [form, ...rest].join(' '));
  if (lemma === 'be') return ['be', 'am', 'is', 'are', 'was', 'were', 'been', 'being'];
  if (MODALS.has(lemma)) return [lemma, ...(IRREGULAR_VERBS.get(lemma) ?? [])];
  const third = lemma === 'have' ? 'has' : /[^aeiou]o$/.test(lemma) ? `${lemma}es` : withS(lemma);
  return [lemma, third, ...(irregularPast(lemma) ?? pastForms(lemma)), ...ingForms(lemma)];
}

const MODALS = new Set(['can', 'may', 'shall', 'will', 'must', 'ought']);

/** Nouns that are irregular at the end of compounds too: godchild, bookshelf. */
const IRREGULAR_TAIL = /(?:child|tooth|foot|goose|mouse|knife|wife|life|shelf|half|leaf|loaf|wolf|thief|person|fish)$/;

function pluralOf(noun: string): readonly string[] {
  const known = IRREGULAR_PLURALS.get(noun);
  if (known !== undefined) return known;
  if (/man$/.test(noun) && !/(?:hu|ger|ro|talis|otto|sha|cay)man$/.test(noun)) return [`${noun.slice(0, -2)}en`];
  const tail = IRREGULAR_TAIL.exec(noun)?.[0];
  if (tail !== undefined)
    return (IRREGULAR_PLURALS.get(tail) ?? NONE).map((form) => noun.slice(0, -tail.length) + form);
  if (/[a-z]{2}sis$/.test(noun)) return [`${noun.slice(0, -2)}es`];
  if (/ics$|craft$/.test(noun)) return NONE;
  return [withS(noun)];
}

/** Where the noun that is inflected ends in an expression: `glass of wine`, `egg benedict`; else its last word. */
function nounForms(lemma: string): string[] {
  const [, head = '', rest = ''] = /^(\S+)( (?:of|with|and|by|in|for|to) .+)$/.exec(lemma) ?? [];
  if (head !== '' && / (?:of|with|by|in|for|to) /.test(rest))
    return [lemma, ...pluralOf(head).map((form) => form + rest)];
  const start = lemma.lastIndexOf(' ') + 1;
  return [lemma, ...pluralOf(lemma.slice(start)).map((form) => lemma.slice(0, start) + form)];
}

function adverbOf(adjective: string): readonly string[] {
  if (ADVERB_APART.has(adjective) || /ly$|[ -]/.test(adjective) || adjective.length < 3) return NONE;
  if (/[^aeiou]y$/.test(adjective)) {
    return syllables(adjective) === 1
      ? [`${adjective}ly`, `${adjective.slice(0, -1)}ily`]
      : [`${adjective.slice(0, -1)}ily`];
  }
  if (/[^aeiou]le$/.test(adjective)) return [`${adjective.slice(0, -1)}y`];
  if (/[^l]ll$/.test(adjective)) return [`${adjective}y`];
  if (/[td]rue$|due$/.test(adjective)) return [`${adjective.slice(0, -1)}ly`];
  if (/ic$/.test(adjective)) return adjective === 'public' ? ['publicly'] : [`${adjective}ally`];
  return [`${adjective}ly`];
}

function comparison(adjective: string): readonly string[] {
  const count = syllables(adjective);
  const isShort =
    count === 1 || (count === 2 && /(?:y|[^aeiou]le)$/.test(adjective)) || /^un[a-z]{3,6}y$/.test(adjective);
  if (!COMPARED.has(adjective)) {
    if (!isShort || NOT_COMPARED.has(adjective) || /[- ]|..(?:ed|ing)$|[^aeiou]ly$/.test(adjective)) return NONE;
  }
  if (/[^aeiou]y$/.test(adjective)) {
    const stems = count === 1 ? [`${adjective.slice(0, -1)}i`, adjective] : [`${adjective.slice(0, -1)}i`];
    return stems.flatMap((stem) => [`${stem}er`, `${stem}est`]);
  }
  if (adjective.endsWith('e')) return [`${adjective}r`, `${adjective}st`];
  return stemsBeforeVowel(adjective).flatMap((stem) => [`${stem}er`, `${stem}est`]);
}

/**
 * All inflected forms of a lemma (lower case), itself first: plural; third person, past, participle and -ing; -er, -est
 * and the adverb in -ly. Where two spellings are in use (travelled, traveled) both are given. `better`, `best`, `worse`
 * and `worst` are not among the forms of `good` and `bad`: they judge more strongly, and are lemmas of their own.
 */
export function formsOf(lemma: string, pos: EnglishPartOfSpeech): readonly string[] {
  if (pos === 'adv' || pos === 'intj' || lemma === '') return [lemma];
  if (pos === 'verb') return [...new Set(verbForms(lemma))];
  if (pos === 'noun') return [...new Set(nounForms(lemma))];
  return [...new Set([lemma, ...comparison(lemma), ...adverbOf(lemma)])];
}
