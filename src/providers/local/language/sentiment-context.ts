/** Which reading of an ambiguous word is meant, by the words beside it. */
import type { Unit } from './clauses.js';
import type { Lexicon, WordReading } from './lexicon.js';

const PRONOUNS = new Set([
  'i',
  'we',
  'you',
  'they',
  'to',
  'not',
  'do',
  'does',
  'did',
  'will',
  'would',
  'can',
  'could',
  'who',
  'really',
  'he',
  'she',
  'everyone',
  'should',
  'just',
  'also',
  'absolutely',
  'still',
  'always',
  'even',
]);
const DETERMINERS = new Set([
  'the',
  'a',
  'an',
  'my',
  'your',
  'his',
  'her',
  'our',
  'their',
  'this',
  'that',
  'no',
  'any',
  'some',
  'of',
  'with',
  'in',
  'el',
  'la',
  'los',
  'las',
  'un',
  'una',
  'mi',
  'su',
  'tu',
  'de',
  'con',
  'en',
  'lo',
]);

const BE = new Set(['is', 'was', 'are', 'were', 'be', 'been', 'am', "'s"]);

/** The reading of the word at a unit, or null where it says nothing. */
export function chooseReading(units: readonly Unit[], at: number, lexicon: Lexicon): WordReading | null {
  const unit = units[at] as Unit;
  const { readings } = unit;
  const first = readings[0];
  if (first === undefined) return null;
  const before = units[at - 1]?.norm ?? '';
  const next = units[at + 1]?.norm ?? '';
  if (
    lexicon.language === 'en'
      ? isEmptyEnglish(unit.norm, before, next, units, at)
      : isEmptySpanish(unit.norm, before, next)
  )
    return null;
  if (readings.length === 1) return first;
  const wanted =
    PRONOUNS.has(before) && !(before === 'not' && BE.has(units[at - 2]?.norm ?? ''))
      ? 'verb'
      : DETERMINERS.has(before) && units[at + 1]?.word.kind !== 'word'
        ? 'noun'
        : null;
  return readings.find(({ row }) => row.pos === wanted) ?? first;
}

/** `like` that compares, `well` that opens a sentence, `kind of`, `pretty good`. */
function isEmptyEnglish(norm: string, before: string, next: string, units: readonly Unit[], at: number): boolean {
  switch (norm) {
    case 'like':
    case 'likes':
      return !PRONOUNS.has(before) || (next === 'to' && before === 'would');
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
      return DETERMINERS.has(before) || before === 'a';
    default:
      return false;
  }
}
