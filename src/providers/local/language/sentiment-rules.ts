/** What the words around an opinion make of it: negation, strength, excess, supposition. */
import { type Clause, type Unit, valenceOf } from './clauses.js';
import type { Lexicon, WordReading } from './lexicon.js';
import type { ModifierKind } from './lexicon-files.js';
import { chooseReading } from './sentiment-context.js';

export interface Opinion {
  /** Its unit in the sentence. */
  readonly unit: number;
  /** What is said here, about -5 to 5. */
  readonly value: number;
  /** Of its clause. */
  readonly weight: number;
  readonly kind: 'word' | 'phrase' | 'negation' | 'excess' | 'sign';
  readonly start: number;
  readonly end: number;
}

/** Units back to which an intensifier, a negation reaches. */
const STRENGTH_REACH = 3;
const NEGATION_REACH = 8;
/** A denial of nothing that the lexicon knows: reviewers say what was missing. */
const BARE_NEGATION = -0.6;
const EXCESS = -1.5;

function modifierOf(unit: Unit | undefined, kind: ModifierKind): number | null {
  return unit?.meaning?.type === 'modifier' && unit.meaning.kind === kind ? unit.meaning.factor : null;
}

/** Opinions of all clauses in text order. */
export function clauseOpinions(units: readonly Unit[], clauses: readonly Clause[], lexicon: Lexicon): Opinion[] {
  const opinions: Opinion[] = [];
  let supposed = 1;
  const isShouting = isAllCaps(units);
  for (const clause of clauses) {
    const nouns = nounsOf(units, clause, lexicon);
    let count = 0;
    let negator = -1;
    for (let at = clause.from; at < clause.to; at++) {
      const unit = units[at] as Unit;
      const hypothetical = modifierOf(unit, 'hypothetical');
      if (hypothetical !== null) supposed = hypothetical;
      if (modifierOf(unit, 'negator') !== null) negator = at;
      const opinion = readOpinion(units, at, clause, nouns, lexicon);
      if (opinion === null) continue;
      count += 1;
      const emphasis = (unit.word.isCaps && !isShouting ? 1.25 : 1) * (unit.word.isLong ? 1.25 : 1);
      opinions.push({ ...opinion, value: opinion.value * emphasis * supposed, weight: clause.weight });
    }
    if (count === 0 && negator >= 0 && supposed === 1) {
      const { start, end } = units[negator] as Unit;
      opinions.push({ unit: negator, value: BARE_NEGATION, weight: clause.weight, kind: 'negation', start, end });
    }
    // A supposition holds to the end of its clause.
    supposed = 1;
  }
  return opinions;
}

function isAllCaps(units: readonly Unit[]): boolean {
  let [caps, words] = [0, 0];
  for (const { word } of units) {
    if (word.kind !== 'word' || word.text.length < 2) continue;
    words += 1;
    if (word.isCaps) caps += 1;
  }
  return caps > words * 0.6;
}

function nounsOf(units: readonly Unit[], clause: Clause, lexicon: Lexicon): string[] {
  const nouns: string[] = [];
  for (let at = clause.from; at < clause.to; at++) {
    const noun = lexicon.nounOf((units[at] as Unit).norm);
    if (noun !== null) nouns.push(noun);
  }
  return nouns;
}

function readOpinion(
  units: readonly Unit[],
  at: number,
  clause: Clause,
  nouns: readonly string[],
  lexicon: Lexicon,
): Omit<Opinion, 'weight'> | null {
  const unit = units[at] as Unit;
  const place = { unit: at, start: unit.start, end: unit.end };
  if (unit.meaning?.type === 'phrase') {
    if (unit.meaning.valence === 0) return null;
    const strength = strengthAround(units, at, clause);
    return {
      ...place,
      kind: 'phrase',
      value: negate(units, at, clause, unit.meaning.valence * strength, 'verb', lexicon),
    };
  }
  const excess = modifierOf(units[at - 1], 'excess') ?? modifierOf(units[at - 2], 'excess');
  const reading = chooseReading(units, at, lexicon);
  if (
    excess !== null &&
    at - 1 >= clause.from &&
    (reading === null || reading.row.pos === 'adj' || reading.row.pos === 'adv')
  ) {
    return excessOpinion(units, at, reading, place, lexicon);
  }
  if (reading === null) return null;
  const valence = valenceOf(reading.row, nouns) * reading.factor * (reading.row.notes.has('weak') ? 0.6 : 1);
  if (valence === 0) return null;
  const value = valence * strengthAround(units, at, clause);
  return { ...place, kind: 'word', value: negate(units, at, clause, value, reading.row.pos, lexicon) };
}

/** `too small`, `demasiado dulce`: what is said of too much is blame, praise or not. */
function excessOpinion(
  units: readonly Unit[],
  at: number,
  reading: WordReading | null,
  place: { readonly unit: number; readonly start: number; readonly end: number },
  lexicon: Lexicon,
): Omit<Opinion, 'weight'> | null {
  if (modifierOf(units[at - 1], 'excess') === null) return null;
  const unit = units[at] as Unit;
  if (unit.word.kind !== 'word' || unit.norm.length < 3) return null;
  if (reading === null && STOPS.has(unit.norm)) return null;
  const valence = reading?.row.valence ?? 0;
  const blame = valence < 0 ? valence * 1.3 : EXCESS;
  const clause: Clause = { from: Math.max(0, at - NEGATION_REACH), to: at + 1, weight: 1 };
  return { ...place, kind: 'excess', value: negate(units, at, clause, blame, 'adj', lexicon) };
}

const STOPS = new Set(['que', 'para', 'bien', 'los', 'las', 'del', 'con', 'por', 'the', 'and', 'but', 'for', 'que']);

/** Intensifiers and diminishers before an opinion, and those that follow a verb or close the clause. */
function strengthAround(units: readonly Unit[], at: number, clause: Clause): number {
  let strength = 1;
  for (let back = 1; back <= STRENGTH_REACH && at - back >= clause.from; back++) {
    const unit = units[at - back] as Unit;
    const factor = modifierOf(unit, 'intensifier') ?? modifierOf(unit, 'diminisher');
    // The further away, the less it adds.
    if (factor !== null) strength *= 1 + (factor - 1) * (1 - 0.1 * (back - 1));
    else if (unit.readings.length > 0) break;
  }
  const next = units[at + 1];
  const after = at + 1 < clause.to ? (modifierOf(next, 'intensifier') ?? modifierOf(next, 'diminisher')) : null;
  const beyond = units[at + 2];
  const isLast = at + 2 >= clause.to || beyond?.word.kind === 'punctuation' || (beyond?.readings.length ?? 0) === 0;
  if (after !== null && isLast) strength *= after;
  return Math.min(2.2, Math.max(0.3, strength));
}

/** Applies negators and shifters that stand before in the clause. */
function negate(
  units: readonly Unit[],
  at: number,
  clause: Clause,
  value: number,
  pos: string,
  lexicon: Lexicon,
): number {
  let negations = 0;
  let isShifted = false;
  for (let back = 1; back <= NEGATION_REACH && at - back >= clause.from; back++) {
    const unit = units[at - back] as Unit;
    if (modifierOf(unit, 'negator') !== null) {
      // Two negatives are one in Spanish (no … nada), and cancel in English.
      negations += 1;
      if (lexicon.language === 'es') break;
    }
    if (modifierOf(unit, 'shifter') !== null && back <= 4) isShifted = true;
  }
  const isNegated = (negations % 2 === 1) !== isShifted;
  return isNegated ? negated(value, pos) : value;
}

/** What a denial leaves of an opinion: `not excellent` blames less than `terrible`. */
export function negated(value: number, pos: string): number {
  const strength = Math.abs(value);
  if (value > 0) return pos === 'verb' ? -0.9 * strength : -(0.4 + 0.55 * strength);
  return pos === 'verb' ? 0.6 * strength : 0.5 * Math.min(strength, 2.5);
}
