/**
 * Pronouns at the end of past tenses, as tales have them: `agrupábanse`. The decoder hears them, but is not sure how they
 * are written: without the accent (`agrupabanse`), or apart (`agrupaban se`). By the rules (Real Academia, Ortografía,
 * 2010, II 3.4.4) it is one word, with the accent of a word that is stressed before its last syllable but one. An accent
 * that the decoder wrote stays, as rules had it up to 1999 and the decoder mostly has it: `levantóse`.
 */
import { accentAt, stressOf } from '../language/spanish-accents.js';
import type { WordTokens } from './vocabulary.js';

/** Forms that are nothing but past tenses. */
const PAST = /^(?:\p{L}+(?:ab|í)an?|\p{L}+(?:ar|[ijlñyu]er)on|\p{L}{2,}ó|iban?|eran?)$/iu;
const SE = /^se(?<end>[.,;:?!]?)$/;
/**
 * Words that are no verb, and do not stand before one, so that `se` before them belongs to what came before it. Left out
 * is what sounds or looks like a verb: `a` (ha), `bajo`, `esta`, `para`; and `que` and `si`, before which `se` may be `sé`.
 */
const NO_VERB = new Set(
  (
    'al ante con contra de del desde durante en entre hacia hasta junto por según sin sobre tras ' +
    'el un una unos unas su sus aquel aquella aquellos aquellas cada dos tres cuatro ' +
    'y o pero cuando donde mientras aunque porque muy más tan entonces allí aquí'
  ).split(' '),
);
/** Participles and gerunds. The verbs that end like these are those of `yo`, before which there is no `se`. */
const NO_THIRD_PERSON = /(?:[aií]d[oa]s|[aií]do|ndo)$/;

/** Past tense and pronoun in one word that has no accent: no other words end like these. */
const UNMARKED = [
  /^(?<before>\P{L}*)(?<verb>\p{L}+(?:aban|aron|[ijlñyu]eron))(?<after>(?:se|les?|l[oa]s?|me|nos)\P{L}*)$/iu,
  /^(?<before>\P{L}*)(?<verb>\p{L}+aba)(?<after>(?:se|le|me)\P{L}*)$/iu,
];
/** But `acabase` may be a past subjunctive, `grabame` is said so in Argentina, and there is `database`. */
const OWN_AB =
  /^\P{L}*(?:datab|acab|alab|(?:foto)?grab|(?:des|en|tras)?trab|recab|menoscab|silab|(?:a|des)?conchab)a(?:se|le|me)\P{L}*$/iu;

/**
 * Joins `se` to its verb and writes the accents that such words need. Letters, their order and punctuation stay, and so
 * does what may be right as it is: `cuando llegan se sientan`, `acabase`.
 */
export function spellEnclitics(words: readonly WordTokens[]): WordTokens[] {
  const spelled: WordTokens[] = [];
  for (let index = 0; index < words.length; index++) {
    const [word, next, after] = words.slice(index, index + 3) as [WordTokens, WordTokens?, WordTokens?];
    if (next !== undefined && isApart(word.text, next.text, after?.text)) {
      spelled.push({ text: marked(word.text) + next.text, first: word.first, last: next.last });
      index++;
    } else spelled.push({ ...word, text: markedAsOne(word.text) });
  }
  return spelled;
}

/** `next` is a pronoun that belongs to the verb before it. */
function isApart(word: string, next: string, after: string | undefined): boolean {
  const end = SE.exec(next)?.groups?.end;
  if (end === undefined || !PAST.test(word)) return false;
  if (end !== '') return true;
  const follower = after?.toLowerCase().replace(/\P{L}+$/u, '') ?? '';
  return NO_VERB.has(follower) || NO_THIRD_PERSON.test(follower);
}

function markedAsOne(text: string): string {
  if (/[áéíóú]/i.test(text) || OWN_AB.test(text)) return text;
  for (const shape of UNMARKED) {
    const { before, verb, after } = shape.exec(text)?.groups ?? {};
    if (verb !== undefined) return `${before}${marked(verb)}${after}`;
  }
  return text;
}

/** The verb with its stress written, however it would be written alone. */
function marked(verb: string): string {
  const lower = verb.toLowerCase();
  if (/[áéíóú]/.test(lower)) return verb;
  const { at } = stressOf(lower);
  const vowel = accentAt(lower, at)[at] as string;
  return verb.slice(0, at) + (verb[at] === lower[at] ? vowel : vowel.toUpperCase()) + verb.slice(at + 1);
}
