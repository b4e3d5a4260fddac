/** Negators and shifters: what they reach, and what they leave of an opinion. */
import type { Clause, Unit } from './clauses.js';
import { modifierOf } from './sentiment-modifiers.js';

/** Units that a verb's negation reaches over, a determiner's (`no parking`), a shifter's. */
const NEGATION_REACH = 8;
const DETERMINER_REACH = 4;
const SHIFTER_REACH = 4;
const DETERMINERS = new Set(['no', 'nothing', 'none', 'ningún', 'ninguna', 'ninguno', 'nada', 'zero', 'cero', 'any']);
const COORDINATORS = new Set(['and', '&', 'y', 'e']);
/** A negation of its own begins behind it: `no hay nada que no guste`. */
const COMPLEMENTIZERS = new Set(['que', 'that', 'who', 'which', 'without', 'sin']);
/** Strength at which a negator counts whole. */
const FULL_NEGATION = 0.74;

/** Applies what stands before an opinion in its clause. */
export function reverse(
  units: readonly Unit[],
  at: number,
  clause: Clause,
  value: number,
  pos: string,
  language: string,
): number {
  const isAdverb = pos === 'adv' || /^(?:bien|well)$/.test((units[at] as Unit).norm);
  if (value > 0 && isAdverb && isDenied(units[at - 1])) return 0;
  let [negations, strength, shift] = [0, FULL_NEGATION, 1];
  let isOpen = true;
  let isCoordinated = false;
  for (let back = 1; back <= NEGATION_REACH && at - back >= clause.from; back++) {
    const unit = units[at - back] as Unit;
    if (COORDINATORS.has(unit.norm)) isCoordinated = true;
    if (COMPLEMENTIZERS.has(unit.norm)) isOpen = true;
    const negator = modifierOf(unit, 'negator');
    if (negator !== null && !isOutOfReach(unit, back, isCoordinated, language)) {
      // Two negatives of one verb are one in Spanish (no … nada), and cancel in English.
      if (isOpen || language === 'en') negations += 1;
      strength = Math.abs(negator);
      isOpen = false;
    }
    const shifter = modifierOf(unit, 'shifter');
    if (shifter !== null && back <= SHIFTER_REACH) shift *= shifter;
  }
  const shifted = value * shift;
  if (negations > 0 && isUnsurpassed(units, at, clause)) return shifted * 1.2;
  return negations % 2 === 1 ? negated(shifted, pos) * Math.min(1.2, strength / FULL_NEGATION) : shifted;
}

const DENIAL = /(?:^| )(?:no|not|nunca|never)(?: |$)/;

/** `does not open` before `well`: the adverb says how it is denied. */
function isDenied(before: Unit | undefined): boolean {
  const meaning = before?.meaning;
  return meaning?.type === 'phrase' && meaning.valence < 0 && DENIAL.test(before?.norm ?? '');
}

const ABLE = new Set([
  'can',
  'could',
  'podía',
  'podría',
  'puede',
  'pudo',
  'could be',
  'could have',
  'could have been',
  'podría ser',
  'podía ser',
]);
const MORE = /^(?:more|más|mejor|better|worse|peor|happier|nicer|easier|friendlier)$/;

/** `could not be more welcoming`: the denial of anything above it. */
function isUnsurpassed(units: readonly Unit[], at: number, clause: Clause): boolean {
  let [isAble, isMore] = [false, MORE.test((units[at] as Unit).norm)];
  for (let back = 1; back <= 6 && at - back >= clause.from; back++) {
    const { norm } = units[at - back] as Unit;
    if (ABLE.has(norm)) isAble = true;
    if (back <= 2 && MORE.test(norm)) isMore = true;
  }
  return isAble && isMore;
}

function isOutOfReach(unit: Unit, back: number, isCoordinated: boolean, language: string): boolean {
  // Spanish `no` goes with verbs, English `no` with nouns.
  if (!DETERMINERS.has(unit.norm) || (unit.norm === 'no' && language === 'es')) return false;
  return back > DETERMINER_REACH || isCoordinated;
}

/** What a denial leaves of an opinion: `not excellent` blames less than `terrible` does. */
export function negated(value: number, pos: string): number {
  const strength = Math.abs(value);
  if (value > 0) return pos === 'verb' ? -0.9 * strength : -(0.4 + 0.55 * strength);
  return pos === 'verb' ? 0.6 * strength : 0.5 * Math.min(strength, 2.5);
}

const BE = new Set(['es', 'era', 'está', 'estaba', 'fue', 'son', 'eran', 'esta']);

/** `Barato no es`: Spanish may deny what it has just said. */
export function isDeniedAfter(units: readonly Unit[], at: number, clause: Clause): boolean {
  if (at + 2 >= units.length || at + 2 > clause.to || (units[at + 1] as Unit).norm !== 'no') return false;
  const end = units[at + 3];
  return BE.has((units[at + 2] as Unit).norm) && (end === undefined || end.word.kind === 'punctuation');
}
