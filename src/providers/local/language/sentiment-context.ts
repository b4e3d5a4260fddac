/** Which reading of an ambiguous word is meant, and of what it is said. */
import type { Clause, Unit } from './clauses.js';
import type { Lexicon, WordReading } from './lexicon.js';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const BEFORE_VERBS = words(
  'i we you they to not do does did will would can could who really he she everyone should just also absolutely still always even never',
);
const BE = words("is was are were be been am 's");
const DETERMINERS = words(
  'the a an my your his her our their this that no any some of with in el la los las un una mi su tu de con en lo',
);
/** Function words that are also forms of words that judge. */
const NEVER_OPINIONS = words(
  'un una uno unos unas para sobre entre como cómo fuera era eras sino nada haya has can may might',
);

/** The reading of the word at a unit, or null where it says nothing. */
export function chooseReading(units: readonly Unit[], at: number, lexicon: Lexicon): WordReading | null {
  const unit = units[at] as Unit;
  const { readings, norm } = unit;
  const first = readings[0];
  if (first === undefined || NEVER_OPINIONS.has(norm)) return null;
  const before = units[at - 1]?.norm ?? '';
  const next = units[at + 1]?.norm ?? '';
  if (lexicon.language === 'en' ? isEmptyEnglish(norm, before, next, units, at) : isEmptySpanish(norm, before, next))
    return null;
  if (readings.length === 1) return first;
  const isVerbPlace = BEFORE_VERBS.has(before) && !(before === 'not' && BE.has(units[at - 2]?.norm ?? ''));
  if (isVerbPlace) return readings.find(({ row }) => row.pos === 'verb') ?? first;
  const isNounPlace = DETERMINERS.has(before) && units[at + 1]?.word.kind !== 'word';
  return (isNounPlace ? readings.find(({ row }) => row.pos === 'noun') : undefined) ?? first;
}

/** `like` that compares, `well` that opens a sentence, `kind of`, `pretty good`. */
function isEmptyEnglish(norm: string, before: string, next: string, units: readonly Unit[], at: number): boolean {
  switch (norm) {
    case 'like':
    case 'likes':
      return !BEFORE_VERBS.has(before) || (next === 'to' && before === 'would');
    case 'well':
      return next === ',' || next === 'as' || before === 'as' || before === '' || before === 'oh';
    case 'kind':
      return next === 'of';
    case 'pretty':
      return (units[at + 1]?.readings.length ?? 0) > 0;
    default:
      return false;
  }
}

function isEmptySpanish(norm: string, before: string, next: string): boolean {
  switch (norm) {
    case 'bueno':
      return (before === '' || before === ',') && (next === ',' || next === '...' || next === 'pues');
    case 'bien':
      return before === 'si' || before === 'más' || before === 'o' || next === 'o';
    case 'cara':
    case 'tarde':
      return DETERMINERS.has(before) || before === 'a' || before === 'esta' || before === 'por';
    case 'claro':
      return next === 'que' || next === ',' || before === ',' || before === '';
    case 'seguro':
      return next === 'que' || before === '';
    default:
      return false;
  }
}

/** Units to which a word looks for what it is said of. */
const TARGET_REACH = 12;

/** Valence of a reading of the word at a unit: of the nearest thing that it may be said of, else its own. */
export function valenceAt(units: readonly Unit[], at: number, { row, factor }: WordReading, clause: Clause): number {
  const scale = factor * (row.notes.has('weak') ? 0.6 : 1);
  if (row.targets === null) return row.valence * scale;
  const of = (place: number): number | undefined => {
    const noun = (units[place] as Unit).word.info.noun;
    return noun === null ? undefined : row.targets?.get(noun);
  };
  for (let distance = 1; distance <= TARGET_REACH && distance < clause.to - clause.from; distance++) {
    const before = at - distance >= clause.from ? of(at - distance) : undefined;
    const after = at + distance < clause.to ? of(at + distance) : undefined;
    const found = after ?? before;
    if (found !== undefined) return found * factor;
  }
  // `The queue … it was long`: what the clause before was about.
  for (let place = clause.from - 1; place >= 0 && at - place <= TARGET_REACH; place--) {
    const found = of(place);
    if (found !== undefined) return found * factor;
  }
  return row.valence * scale;
}

const CAPITAL = /^\p{Lu}\p{Ll}/u;

/** Part of a name of several words, such as Hope Hotel: what it says is not said here. */
export function isName(units: readonly Unit[], at: number, isTitle: boolean): boolean {
  const { word } = units[at] as Unit;
  if (isTitle || !CAPITAL.test(word.text)) return false;
  const isNameWord = (unit: Unit | undefined): boolean => unit?.word.kind === 'word' && CAPITAL.test(unit.word.text);
  // The first word of a sentence has a capital anyway.
  const isAfterName = at >= 2 && isNameWord(units[at - 1]) && units[at - 2]?.word.kind === 'word';
  return isAfterName || (at > 0 && units[at - 1]?.word.kind === 'word' && isNameWord(units[at + 1]));
}
