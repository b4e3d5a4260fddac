/** What the words around a name tell of it. */
import type { EntityType } from '../../../model.js';
import {
  DEPARTMENTS,
  EVENT_NOUN,
  NATION_OF_COMPANY,
  OF_PLACE,
  ORG_NOUN,
  PERSON_AFTER,
  PERSON_BEFORE,
  PLACE_BEFORE,
  PLACE_NOUN,
  PRODUCT_NOUN,
  WORK_NOUN,
} from './entities-cues.js';
import { NAME } from './entities-gazetteer.js';
import type { NameSentence, NameWord } from './entities-words.js';

/** A stretch of a sentence's words, the end exclusive. */
export interface WordRange {
  readonly from: number;
  readonly to: number;
}

export interface Typed {
  readonly type: EntityType;
  /** 3: known by its name and not mistaken; 2: told by a cue; 1: a guess. */
  readonly certainty: 1 | 2 | 3;
}

const typed = (type: EntityType, certainty: Typed['certainty']): Typed => ({ type, certainty });
const PLACE_BITS = NAME.location | NAME.city | NAME.smallCity;
const PERSON_BITS = NAME.person | NAME.given | NAME.surname;

function lowerAt(sentence: NameSentence, at: number): string {
  return sentence.words[at]?.text.toLowerCase() ?? '';
}

function isNumber(word: NameWord | undefined): boolean {
  return word?.kind === 'number';
}

/** A line of results: names with numbers beside them and hardly a small letter. */
export function isScoreLine(sentence: NameSentence, range: WordRange): boolean {
  const { words } = sentence;
  let [numbers, capitals, smalls] = [0, 0, 0];
  const first = Math.max(0, range.from - 12);
  const last = Math.min(words.length, range.to + 12);
  for (let at = first; at < last; at += 1) {
    const word = words[at];
    if (!word) continue;
    if (at >= range.to && word.isAfterBreak) break;
    if (at <= range.from && word.isAfterBreak) [numbers, capitals, smalls] = [0, 0, 0];
    if (word.kind === 'number') numbers += 1;
    else if (word.isCapital) capitals += 1;
    else if (word.kind === 'word') smalls += 1;
  }
  return numbers >= 2 && smalls * 3 <= capitals + numbers;
}

const PLAYS = new Set(
  'beat beats defeated thrashed drew visit visited host hosted v vs versus against at derrotó venció ganó empató goleó perdió recibe visita'.split(
    ' ',
  ),
);
const SPORT =
  /^(?:match|game|season|league|goal|goals|scored|minute|coach|team|club|home|away|win|won|defeat|victory|defensa|partido|partidos|liga|gol|goles|jornada|entrenador|equipo|delantero|portero|encuentro|empate|victoria|derrota|centrocampista|jugador|innings|runs|captain|wickets?|striker|beat|homered|inning|vestuario|temporada)$/;

function isSport(sentence: NameSentence, { from, to }: WordRange): boolean {
  return sentence.words.slice(Math.max(0, from - 30), to + 30).some(({ text }) => SPORT.test(text));
}

/** Goals follow, not the year of a date line and not the games of a set. */
export function isScored(sentence: NameSentence, range: WordRange): boolean {
  const goals = sentence.words[range.to];
  if (!isNumber(goals) || /^(?:19|20)\d\d$/.test(goals?.text ?? '') || goals?.isAfterBreak) return false;
  return !/^-\d/.test(lowerAt(sentence, range.to + 1)) && isScoreLine(sentence, range);
}

/** A city that plays stands for its club. */
function isClub(sentence: NameSentence, range: WordRange, kinds: number): boolean {
  if (isScored(sentence, range)) return (kinds & NAME.water) === 0;
  if (!(kinds & (NAME.city | NAME.smallCity)) || kinds & NAME.water) return false;
  const before = lowerAt(sentence, range.from - 1);
  const after = lowerAt(sentence, range.to);
  if (sentence.language === 'es') {
    if (/^(?:el|al|del)$/.test(before)) return true;
    if (after === '-' && sentence.words[range.to + 1]?.isCapital && isNumber(sentence.words[range.to + 2])) return true;
    return isSport(sentence, range) && (PLAYS.has(after) || PLAYS.has(before));
  }
  if (isAwayGame(sentence, range)) return true;
  return PLAYS.has(after) && after !== 'at' && after !== 'against'
    ? true
    : (before === 'beat' || before === 'defeated' || before === 'against' || before === 'for') &&
        isSport(sentence, range);
}

/** `Springfield, Illinois`: what follows after a comma is a known place. */
export interface Surroundings {
  readonly isAfterTitle: boolean;
  readonly isBeforePlace: boolean;
  /** A country in brackets follows, as after sportspeople. */
  readonly isBeforeBracketedPlace: boolean;
}

/** `DALLAS AT DETROIT`: a list of games. */
function isAwayGame(sentence: NameSentence, { from, to }: WordRange): boolean {
  const { words } = sentence;
  const isCapital = (at: number): boolean => words[at]?.isAllCapitals === true;
  return (words[from - 1]?.text === 'AT' && isCapital(from - 2)) || (words[to]?.text === 'AT' && isCapital(to + 1));
}

function nounBefore(sentence: NameSentence, range: WordRange): string {
  const before = lowerAt(sentence, range.from - 1);
  if (/^(?:of|de|del|,|"|“|«|'|called|llamado|llamada|named)$/.test(before)) return lowerAt(sentence, range.from - 2);
  return before;
}

function typeByNoun(noun: string, hasOf: boolean): EntityType | null {
  if (PLACE_NOUN.has(noun)) return 'location';
  if (hasOf) return OF_PLACE.has(noun) ? 'location' : null;
  if (PERSON_BEFORE.has(noun)) return 'person';
  if (ORG_NOUN.has(noun)) return 'organization';
  if (PRODUCT_NOUN.has(noun)) return 'product';
  if (WORK_NOUN.has(noun)) return 'work';
  return EVENT_NOUN.has(noun) ? 'event' : null;
}

function typeByCue(sentence: NameSentence, range: WordRange, around: Surroundings): EntityType | null {
  if (around.isAfterTitle || around.isBeforeBracketedPlace) return 'person';
  const before = lowerAt(sentence, range.from - 1);
  if (before === 'de' && DEPARTMENTS.has(sentence.words[range.from]?.text ?? '')) return 'organization';
  const byNoun = typeByNoun(nounBefore(sentence, range), /^(?:of|de|del)$/.test(before));
  if (byNoun) return byNoun;
  if (around.isBeforePlace) return 'location';
  const after = lowerAt(sentence, range.to);
  if (PERSON_AFTER.has(after) && !isScoreLine(sentence, range)) return 'person';
  if (after === ',' && /^\d\d$/.test(lowerAt(sentence, range.to + 1)) && lowerAt(sentence, range.to + 2) === ',')
    return 'person';
  return null;
}

/** The type of a name that the gazetteer has, by its kinds and surroundings. */
export function typeOfKnown(sentence: NameSentence, range: WordRange, kinds: number, around: Surroundings): Typed {
  const words = range.to - range.from;
  if (kinds & NAME.people && !(kinds & NAME.event)) return typed('other', 3);
  const isPlace = (kinds & PLACE_BITS) !== 0;
  const isCountry = (kinds & NAME.country) !== 0;
  const cue = typeByCue(sentence, range, around);
  const before = lowerAt(sentence, range.from - 1);
  const isAfterPreposition = PLACE_BEFORE.has(before) && !isAwayGame(sentence, range);
  if (isPlace && !isCountry && !isAfterPreposition && isClub(sentence, range, kinds)) return typed('organization', 2);
  if (isPlace && (isCountry || isAfterPreposition) && !around.isAfterTitle) return typed('location', 3);
  if (cue === 'person' && (kinds & PERSON_BITS || !(kinds & ~(PLACE_BITS | NAME.surname | NAME.given)))) {
    if (kinds & PERSON_BITS || around.isAfterTitle) return typed('person', 3);
  }
  if (kinds & NAME.organization && !(kinds & NAME.location && isAfterPreposition)) return typed('organization', 3);
  if (kinds & NAME.location) return typed('location', 3);
  if (kinds & NAME.person && !(words === 1 && before === 'en')) return typed('person', words > 1 ? 3 : 2);
  if (words === 1 && kinds & NAME.given && !(kinds & NAME.city) && before !== 'the') return typed('person', 2);
  if (kinds & NAME.event) return typed('event', 3);
  if (kinds & NAME.work) return typed('work', 3);
  if (kinds & NAME.product) return typed('product', 3);
  if (kinds & NAME.city) return typed('location', kinds & NAME.surname ? 2 : 3);
  if (kinds & (NAME.given | NAME.surname)) {
    const isThere =
      words === 1 && (/^(?:en|in|desde)$/.test(before) || (isAfterPreposition && (kinds & NAME.smallCity) !== 0));
    return isThere ? typed('location', 2) : typed('person', 1);
  }
  return typed('location', 2);
}

const CODE = /^(?=.*\d)[\p{L}\d-]+$/u;

/** The type of a name that no list has. `isPersonLike`: a given name begins it or a family name ends it. */
export function typeOfUnknown(
  sentence: NameSentence,
  range: WordRange,
  isPersonLike: boolean,
  around: Surroundings,
): Typed {
  const count = range.to - range.from;
  const first = sentence.words[range.from];
  const cue = typeByCue(sentence, range, around);
  if (cue) return typed(cue, 2);
  const before = lowerAt(sentence, range.from - 1);
  if (
    count > 1 &&
    sentence.language === 'es' &&
    /^(?:el|la)$/.test(before) &&
    lowerAt(sentence, range.from - 2) === 'en'
  )
    return typed('organization', 1);
  if (count > 1 && isPersonLike && before !== 'at') return typed('person', 2);
  if (NATION_OF_COMPANY.has(before) && lowerAt(sentence, range.from - 2) === 'la') return typed('organization', 2);
  if (count > 1 && before === 'at') return typed('organization', 1);
  if (count > 1 && sentence.language === 'es' && /^(?:El|La|Los|Las)$/.test(first?.text ?? ''))
    return typed('location', 1);
  if (count === 1 && first?.isAllCapitals && first.text.length <= 7) return typed('organization', 1);
  if (first && CODE.test(sentence.words[range.to - 1]?.text ?? '')) return typed('product', 1);
  if (isScored(sentence, range)) return typed('organization', 1);
  if (sentence.language === 'es') {
    if (/^(?:el|la|los|las)$/.test(before) && lowerAt(sentence, range.from - 2) === 'en' && !isPersonLike)
      return typed('location', 1);
    if (/^(?:el|al|del)$/.test(before) && !isPersonLike) return typed('organization', 1);
    if (count === 1 && /^(?:en|desde)$/.test(before)) return typed('location', 2);
    if (count === 1 && before === 'de' && !isPersonLike) return typed('location', 1);
    if (/^(?:la|los|las)$/.test(before) && !isPersonLike) return typed(before === 'la' ? 'organization' : 'other', 1);
  } else if (before === 'the' && !isPersonLike) {
    return typed(count > 1 ? 'organization' : 'other', 1);
  }
  if (count === 1 && PLACE_BEFORE.has(before) && before !== 'to') return typed('location', 2);
  return typed(count > 3 ? 'organization' : 'person', 1);
}
