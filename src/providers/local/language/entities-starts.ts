/** Whether a capital begins a name. */
import { isScored } from './entities-context.js';
import {
  EVENT_HEAD,
  LONE_ORG,
  NO_NAMES,
  ORG_FOLLOWER,
  ORG_HEAD,
  ORG_TAIL,
  PARTICLES,
  PERSON_AFTER,
  PERSON_BEFORE,
  PLACE_HEAD,
  PLACE_TAIL,
  TITLES,
  WEAK_ORG_TAIL,
} from './entities-cues.js';
import { NAME } from './entities-gazetteer.js';
import type { NameLine } from './entities-line.js';
import type { NameWord } from './entities-words.js';
import { wordLevel } from './terms-tables.js';

const WELL_KNOWN = NAME.organization | NAME.location | NAME.person | NAME.city;
/** Small forms that lists of words lack, by their endings. */
const ENDING =
  /(?:ing|ed|ly|ness|tions?|sions?|ments?|ics?|ous|able|ible|ives?|ized?|ised?|istic|ities|ity|cians|ders|ters|ners|mers|ides?|ines|ples|-.*)$/;
/** `Soooo`, `You'd`, `W/mK`. */
const NO_WORD = /(\p{L})\1\1|['’](?:d|ll|ve|re|m|t)$|\/|^\p{Lu}$/iu;

function isEnglishByEnding(word: string): boolean {
  return ENDING.test(word) || (/s$/.test(word) && wordLevel(word.slice(0, -1).toLowerCase()) < 4);
}

const ROMAN = /^[IVX]+$/;

/** Whether the capital at the start of a sentence begins a name. */
export function isNameAtStart(line: NameLine, at: number): boolean {
  const word = line.text(at);
  const { to, kinds } = line.longestKnown(at);
  if (to > at + 1) return true;
  if (PERSON_BEFORE.has(word.toLowerCase()) && !kinds) return false;
  const isCommon =
    word.length < 2 ||
    (line.known.isCommon(word.toLowerCase(), line.sentence.language) && !line.words[at]?.isAllCapitals);
  const isBeforeCapital = line.isCapital(at + 1) && !line.words[at]?.isPossessive;
  if (line.words[at + 1]?.kind === 'number' && isScored(line.sentence, { from: at, to: at + 1 })) return true;
  if (isCommon) {
    if (isBeforeCapital && endsAsOrganization(line, at)) return true;
    if (!isBeforeCapital) return isCommonName(line, at, kinds);
    if (TITLES.has(word) || ORG_HEAD.has(word) || PLACE_HEAD.has(word) || EVENT_HEAD.has(word)) return true;
    return (
      (kinds & NAME.given) !== 0 &&
      line.longestKnown(at + 1).to === at + 2 &&
      !(line.longestKnown(at + 1).kinds & ~(NAME.surname | NAME.person | NAME.smallCity))
    );
  }
  if (isBeforeCapital || kinds) return true;
  if ((LONE_ORG.has(word) && line.isSpanish) || /\p{Ll}\p{Lu}/u.test(word)) return true;
  return (
    line.known.isCapitalElsewhere(word) ||
    (!line.isSpanish && word.length > 2 && !isEnglishByEnding(word)) ||
    line.words[at]?.isAllCapitals === true
  );
}

/** `First Keystone Financial Corp`: the last word tells. */
function endsAsOrganization(line: NameLine, at: number): boolean {
  let end = at + 1;
  while (end < at + 6 && line.isCapital(end)) end += 1;
  const tail = line.text(end - 1);
  return end > at + 2 && ORG_TAIL.has(tail) && !WEAK_ORG_TAIL.has(tail) && !line.isSpanish;
}

/** A common word at the start that is a name as well: `Ford recalled`, `Bush said`, but not `Apple pie`. */
function isCommonName(line: NameLine, at: number, kinds: number): boolean {
  const word = line.text(at);
  if (kinds & (NAME.people | NAME.country) || (kinds && line.known.isCapitalElsewhere(word))) return true;
  if (!(kinds & WELL_KNOWN) || word.length < 3) return false;
  if (kinds & NAME.organization && ORG_FOLLOWER.has(line.text(at + 1))) return true;
  const next = line.text(at + 1);
  return (
    line.known.isCapitalElsewhere(word) ||
    PERSON_AFTER.has(next) ||
    (!line.isSpanish && /[^e]ed$/.test(next)) ||
    line.words[at]?.isPossessive === true
  );
}

/** A long word in capitals that no list has, in a text that is not: not a name, unless a date or figures follow. */
function isShout(line: NameLine, at: number, text: string): boolean {
  if (text.length < 6 || line.longestKnown(at).kinds || line.isKnownLong(at) || /[\d&.-]/.test(text)) return false;
  return line.words[at + 1]?.kind !== 'number' && line.text(at + 1) !== '(' && line.text(at - 1) !== '(';
}

function isAfterStop(line: NameLine, at: number): boolean {
  const before = line.words[at - 1];
  return before === undefined || before.kind !== 'word';
}

/** Articles and the like, and everyday words that are shouted: `LA COMIDA`. */
export function isBareWord(line: NameLine, at: number, { text, isAllCapitals }: NameWord): boolean {
  const lower = text.toLowerCase();
  if (NO_WORD.test(text) && !line.isKnownLong(at) && !line.isCapital(at + 1)) return true;
  if (isAllCapitals && isShout(line, at, text)) return true;
  if (isAllCapitals && text.length > 1) {
    return (
      line.known.isCommon(lower, line.sentence.language) && !line.known.gazetteer.kindsOf(text) && !line.isKnownLong(at)
    );
  }
  if (!line.known.isFunctionWord(lower, line.sentence.language)) return false;
  // `Las Rozas`, `El Sardinero`: a capital article inside a sentence belongs to the name.
  if (line.isSpanish && /^(?:El|La|Los|Las)$/.test(text) && !line.words[at]?.isStart && line.isCapital(at + 1))
    return isAfterStop(line, at);
  if (!line.isKnownLong(at)) return !(text === 'First' && endsAsOrganization(line, at));
  // Towns are called `El Banco`: at the start of a sentence it is the bank.
  return (
    line.isSpanish && ORG_HEAD.has(line.text(at + 1)) && !(line.longestKnown(at).kinds & ~(NAME.city | NAME.smallCity))
  );
}

/** `Julio Cortázar` is no month. */
export function isNameAnyway(line: NameLine, at: number): boolean {
  const { to, kinds } = line.longestKnown(at);
  if (to > at + 1 || line.known.brands.has(line.text(at).toLowerCase())) return true;
  return (kinds & NAME.given) !== 0 && line.isCapital(at + 1) && !NO_NAMES.has(line.text(at + 1));
}

/** Whether the capital at `at` may belong to the name before it. */
export function goesOn(line: NameLine, from: number, at: number): boolean {
  const text = line.text(at);
  if (line.words[at - 1]?.isPossessive)
    return (
      /^(?:St\.?|Saint|King|Queen|Children|Women|Men|People|Lloyd)$/.test(line.text(from)) &&
      (ORG_TAIL.has(text) || PLACE_TAIL.has(text))
    );
  if (
    line.known.isFunctionWord(text.toLowerCase(), line.sentence.language) &&
    !PARTICLES.has(text.toLowerCase()) &&
    text.length > 1
  ) {
    return line.isKnownLong(at - 1) || line.isKnownLong(from);
  }
  return !line.isNoName(text) || ROMAN.test(text);
}
