/**
 * Finds the language of a text and of its sentences: n-gram statistics (eld) beside function words and letters, which
 * say more than statistics do in short sentences.
 */
import { eld } from 'eld/extrasmall';
import { normalizeWord } from '../../../text/fold.js';
import type { Token } from '../../../text/tokens.js';
import { FUNCTION_WORDS } from './function-words.js';

/** Languages that are told apart; sentiment is known for the first two. */
export const KNOWN_LANGUAGES = ['es', 'en', 'ca', 'pt', 'gl', 'fr', 'it', 'de', 'nl', 'eu'] as const;

export interface LanguageFinder {
  /** ISO 639-1 of a whole text, or null where it has too little to tell by. */
  ofText(text: string, tokens: readonly Token[]): string | null;
  /** Of one sentence in a text whose language is known. */
  ofSentence(text: string, tokens: readonly Token[], textLanguage: string | null): string | null;
}

const LETTERS: readonly (readonly [RegExp, string, number])[] = [
  [/ñ/u, 'es', 1.5],
  [/[¿¡]/u, 'es', 2],
  [/[ãõ]/u, 'pt', 2],
  [/ção|ções/u, 'pt', 1.5],
  [/[äöß]/u, 'de', 1.5],
  [/l·l|ny(?:\s|$)/u, 'ca', 1.5],
  [/[èù]/u, 'fr', 0.4],
  [/[œê]/u, 'fr', 1],
  [/ción|ciones/u, 'es', 1.5],
];
/** Languages by their place in a tally. */
type Tally = Float64Array;

const PLACES = new Map<string, number>(KNOWN_LANGUAGES.map((language, at) => [language, at]));
const ES = PLACES.get('es') as number;
const EN = PLACES.get('en') as number;

/** The languages that a function word is of, and what it votes for each: a word of many languages tells little. */
const WORD_VOTES = new Map<string, { readonly places: readonly number[]; readonly votes: number }>();
for (const [language, list] of Object.entries(FUNCTION_WORDS)) {
  for (const word of new Set(list)) {
    const places = [...(WORD_VOTES.get(word)?.places ?? []), PLACES.get(language) as number];
    WORD_VOTES.set(word, { places, votes: 1 / places.length });
  }
}

/** What eld's score weighs against one function word of its own. */
const STATISTICS_WEIGHT = 4;
/** Spanish and English are what is expected; another language has to be clear. */
const EXPECTED_BONUS = 0.35;
/** One to four words are too few to tell another language by statistics. */
const SHORT_BONUS = 1.2;
const SHORT_WORDS = 4;
const TEXT_PRIOR = 1.5;
/** Words and characters that are looked at. */
const SAMPLE_WORDS = 80;
const SAMPLE_LENGTH = 1000;
const OPINION_WORDS = 12;
const OPINION_VOTES = 0.8;
const SHORT_OPINION_VOTES = 2;
const LONGEST_FUNCTION_WORD = Math.max(...[...WORD_VOTES.keys()].map((word) => word.length));
/** Lead in votes, and least share of it, at which function words alone decide. */
const CLEAR_LEAD = 2.5;
const CLEAR_RATIO = 0.65;

/** `isOpinion` says whether a word is in the lexicon of a language. */
export function createLanguageFinder(isOpinion: (language: 'es' | 'en', norm: string) => boolean): LanguageFinder {
  eld.setLanguageSubset([...KNOWN_LANGUAGES]);
  const find = (text: string, tokens: readonly Token[], textLanguage: string | null): string | null => {
    const tally: Tally = new Float64Array(KNOWN_LANGUAGES.length);
    const length = countWords(tally, tokens);
    if (length === 0) return textLanguage;
    const prior = textLanguage === null ? undefined : PLACES.get(textLanguage);
    if (prior !== undefined) tally[prior] = (tally[prior] as number) + TEXT_PRIOR;
    const clear = leader(tally, prior === undefined ? CLEAR_LEAD : TEXT_PRIOR);
    // Of expected languages this is as right as statistics are, and ten times as fast.
    if (clear === ES || clear === EN) return KNOWN_LANGUAGES[clear] as string;
    // Other scripts are no language of the list.
    if (!/\p{Script=Latin}/u.test(text.slice(0, SAMPLE_LENGTH))) return null;
    countOpinions(tally, tokens, length, isOpinion);
    addStatistics(tally, text.slice(0, SAMPLE_LENGTH).toLowerCase(), length);
    return KNOWN_LANGUAGES[leader(tally, 0) ?? -1] ?? textLanguage;
  };
  return {
    ofText: (text, tokens) => find(text, tokens, null),
    ofSentence: find,
  };
}

/** Adds the votes of function words; answers how many words there are. */
function countWords(tally: Tally, tokens: readonly Token[]): number {
  let length = 0;
  for (const { kind, text } of tokens) {
    if (kind !== 'word') continue;
    length += 1;
    if (length > SAMPLE_WORDS) break;
    if (text.length > LONGEST_FUNCTION_WORD) continue;
    // Most function words are in small letters as they stand.
    const known = WORD_VOTES.get(text) ?? (isPlain(text) ? undefined : WORD_VOTES.get(normalizeWord(text)));
    if (known === undefined) continue;
    for (const place of known.places) tally[place] = (tally[place] as number) + known.votes;
  }
  return length;
}

/** Whether folding would change nothing: small letters of ASCII. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 97 || unit > 122) return false;
  }
  return true;
}

/** Adds the votes of the first words that judge in one language or the other. */
function countOpinions(
  tally: Tally,
  tokens: readonly Token[],
  textLength: number,
  isOpinion: (language: 'es' | 'en', norm: string) => boolean,
): void {
  const votes = textLength <= SHORT_WORDS ? SHORT_OPINION_VOTES : OPINION_VOTES;
  let length = 0;
  for (const { kind, text } of tokens) {
    if (kind !== 'word') continue;
    length += 1;
    if (length > OPINION_WORDS) break;
    const norm = normalizeWord(text);
    if (WORD_VOTES.has(norm)) continue;
    if (isOpinion('es', norm)) tally[ES] = (tally[ES] as number) + votes;
    if (isOpinion('en', norm)) tally[EN] = (tally[EN] as number) + votes;
  }
}

function addStatistics(tally: Tally, sample: string, length: number): void {
  const scale = Math.max(1, Math.min(length, 40) / 8);
  const add = (language: string, votes: number): void => {
    const place = PLACES.get(language);
    if (place === undefined) return;
    // Statistics alone make `genial` Italian: in so few words another language needs a word or a letter of its own.
    if (length <= SHORT_WORDS && place !== ES && place !== EN && tally[place] === 0) return;
    tally[place] = (tally[place] as number) + votes;
  };
  for (const [pattern, language, votes] of LETTERS) if (pattern.test(sample)) add(language, votes);
  for (const [language, score] of Object.entries(eld.detect(sample).getScores())) {
    add(language, score * STATISTICS_WEIGHT * scale);
  }
  const bonus = length <= SHORT_WORDS ? SHORT_BONUS : EXPECTED_BONUS * scale;
  add('es', bonus);
  add('en', bonus);
}

/** The place with the most votes, where it leads by enough; null where none does or nothing was counted. */
function leader(tally: Tally, lead: number): number | null {
  let [first, second] = [-1, -1];
  for (let place = 0; place < tally.length; place++) {
    const votes = tally[place] as number;
    if (votes <= 0) continue;
    if (first < 0 || votes > (tally[first] as number)) [first, second] = [place, first];
    else if (second < 0 || votes > (tally[second] as number)) second = place;
  }
  if (first < 0) return null;
  const [most, next] = [tally[first] as number, second < 0 ? 0 : (tally[second] as number)];
  if (lead === 0) return first;
  return most - next >= lead && next / most <= CLEAR_RATIO ? first : null;
}
