/** What the words around an opinion make of it: strength, negation, excess, supposition. */
import type { Clause, Unit } from './clauses.js';
import type { Lexicon, WordReading } from './lexicon.js';
import { chooseReading, isName, valenceAt } from './sentiment-context.js';
import { modifierOf } from './sentiment-modifiers.js';
import { isDeniedAfter, reverse } from './sentiment-negation.js';

export interface Opinion {
  /** Its unit in the sentence. */
  readonly unit: number;
  /** What is said here, about -5 to 5. */
  readonly value: number;
  /** Of its clause. */
  readonly weight: number;
  readonly kind: 'word' | 'phrase' | 'negation' | 'regret' | 'excess' | 'sign';
  readonly start: number;
  readonly end: number;
}

/** Units back to which an intensifier reaches. */
const STRENGTH_REACH = 3;
/** A denial of nothing that the lexicon knows: reviewers say what was missing. */
const BARE_NEGATION = -0.35;
/** `I should have …`, `ojalá …` with nothing that the lexicon knows. */
const REGRET = -0.9;
const REGRETS = /^(?:ojal[aá]|deber[ií]an?|tendrían? que|(?:me|nos) (?:hubiera|habría|hubiese) gustado)/;
const EXCESS = -1.5;
/** What is this good stays good however much there is of it. */
const NEVER_TOO_MUCH = 2.5;

/** A sentence while it is read. */
export interface SentenceContext {
  readonly units: readonly Unit[];
  readonly lexicon: Lexicon;
  /** Most words are in capitals, so that capitals mean nothing. */
  readonly isShouting: boolean;
  /** Most words start with a capital, so that a capital makes no name. */
  readonly isTitle: boolean;
}

/** Opinions of all clauses in text order. */
export function clauseOpinions(context: SentenceContext, clauses: readonly Clause[]): Opinion[] {
  return clauses.flatMap((clause) => opinionsOf(context, clause));
}

function opinionsOf(context: SentenceContext, clause: Clause): Opinion[] {
  const { units } = context;
  const opinions: Opinion[] = [];
  /** Modifiers that judge by themselves where they modify nothing: `sadly`, `lack`. */
  const waiting: number[] = [];
  let supposed = 1;
  let isExcess = false;
  let [negator, regret] = [-1, -1];
  for (let at = clause.from; at < clause.to; at++) {
    const unit = units[at] as Unit;
    const { meaning } = unit;
    // Most words say nothing.
    const mayJudge = meaning !== null || unit.readings.length > 0 || isExcess;
    isExcess = false;
    if (!mayJudge) continue;
    if (meaning?.type === 'modifier') {
      isExcess = meaning.kind === 'excess';
      if (meaning.kind === 'hypothetical') {
        supposed = meaning.factor;
        if (supposed < 0 || REGRETS.test(unit.norm)) regret = at;
      }
      if (meaning.kind === 'negator') negator = at;
      if (unit.readings.length > 0 && OWN_VALENCE.has(meaning.kind)) waiting.push(at);
    }
    const opinion = readOpinion(context, at, clause);
    if (opinion === null) continue;
    const emphasis = (unit.word.isCaps && !context.isShouting ? 1.25 : 1) * (unit.word.info.isLong ? 1.25 : 1);
    // Wishes turn praise, and leave blame what it is.
    const mood = opinion.value > 0 || opinion.kind === 'phrase' ? supposed : Math.abs(supposed);
    opinions.push({ ...opinion, value: opinion.value * emphasis * mood, weight: clause.weight });
  }
  const add = (at: number, value: number, kind: Opinion['kind']): void => {
    const { start, end } = units[at] as Unit;
    opinions.push({ unit: at, value, weight: clause.weight, kind, start, end });
  };
  if (opinions.length === 0) {
    for (const at of waiting)
      add(at, 0.8 * valenceAt(units, at, (units[at] as Unit).readings[0] as WordReading, clause), 'word');
    if (regret >= 0) add(regret, REGRET, 'regret');
    else if (negator >= 0 && supposed === 1 && waiting.length === 0) add(negator, BARE_NEGATION, 'negation');
  }
  return opinions;
}

const OWN_VALENCE: ReadonlySet<string> = new Set(['intensifier', 'shifter', 'contrast']);

function readOpinion(context: SentenceContext, at: number, clause: Clause): Omit<Opinion, 'weight'> | null {
  const { units, lexicon } = context;
  const unit = units[at] as Unit;
  const isExcess = at > clause.from && modifierOf(units[at - 1], 'excess') !== null;
  const place = { unit: at, start: unit.start, end: unit.end };
  if (unit.meaning?.type === 'phrase') {
    if (unit.meaning.valence === 0) return null;
    const value = unit.meaning.valence * strengthAround(units, at, clause);
    return { ...place, kind: 'phrase', value: reverse(units, at, clause, value, 'verb', lexicon.language) };
  }
  if (unit.meaning !== null && !isExcess && !standsAlone(units, at, clause)) return null;
  const reading = chooseReading(units, at, lexicon);
  if (isExcess) return excessOpinion(context, at, clause, reading);
  if (reading === null) return null;
  const valence = valenceAt(units, at, reading, clause) * (isName(units, at, context.isTitle) ? 0.25 : 1);
  if (valence === 0) return null;
  const value = valence * strengthAround(units, at, clause) * besideNoun(units, at, reading);
  const denied = reverse(units, at, clause, value, reading.row.pos, lexicon.language);
  return {
    ...place,
    kind: 'word',
    value: denied === value && isDeniedAfter(units, at, clause) ? -0.6 * value : denied,
  };
}

/** Words such as `small` weaken the noun that follows (`small problem`), else they judge by themselves. */
function standsAlone(units: readonly Unit[], at: number, clause: Clause): boolean {
  const { meaning, readings } = units[at] as Unit;
  if (meaning?.type !== 'modifier' || readings.length === 0) return false;
  if (meaning.kind !== 'diminisher' && meaning.kind !== 'intensifier') return false;
  for (let next = at + 1; next < Math.min(clause.to, at + 3); next++) {
    const unit = units[next] as Unit;
    if (unit.meaning?.type === 'phrase' || unit.readings.some(({ row }) => row.valence !== 0)) return false;
  }
  return true;
}

/** `a great disappointment`, `gran decepción`: praise right before a bad thing only makes it bigger. */
function besideNoun(units: readonly Unit[], at: number, { row }: WordReading): number {
  if (row.pos !== 'adj' || row.valence <= 0) return 1;
  const next = units[at + 1]?.readings[0]?.row;
  return next?.pos === 'noun' && next.valence <= -1.5 ? -0.3 : 1;
}

/** `too small`, `demasiado dulce`: too much of anything is blame, praise or not. */
function excessOpinion(
  { units, lexicon }: SentenceContext,
  at: number,
  clause: Clause,
  reading: WordReading | null,
): Omit<Opinion, 'weight'> | null {
  const { word, norm, start, end } = units[at] as Unit;
  if (word.kind !== 'word' || norm.length < 3 || (reading === null && NOT_MUCH.has(norm))) return null;
  const valence = reading?.row.valence ?? 0;
  const factor = modifierOf(units[at - 1], 'excess') ?? 1;
  const value = (valence >= NEVER_TOO_MUCH ? valence : valence < 0 ? valence : EXCESS) * factor;
  return { unit: at, start, end, kind: 'excess', value: reverse(units, at, clause, value, 'adj', lexicon.language) };
}

/** Words after `too` or `demasiado` that are not said to be too much. */
const NOT_MUCH = new Set(['que', 'para', 'los', 'las', 'del', 'con', 'por', 'the', 'and', 'but', 'for', 'ya']);

/** Intensifiers and diminishers before an opinion, and those that follow it. */
function strengthAround(units: readonly Unit[], at: number, clause: Clause): number {
  let strength = 1;
  for (let back = 1; back <= STRENGTH_REACH && at - back >= clause.from; back++) {
    const unit = units[at - back] as Unit;
    const factor = modifierOf(unit, 'intensifier') ?? modifierOf(unit, 'diminisher');
    // The further away, the less it adds.
    if (factor !== null) strength *= 1 + (factor - 1) * (1 - 0.1 * (back - 1));
    else if (unit.readings.length > 0) break;
  }
  if (at + 1 < clause.to) {
    const after = modifierOf(units[at + 1], 'intensifier') ?? modifierOf(units[at + 1], 'diminisher');
    const beyond = at + 2 < clause.to ? units[at + 2] : undefined;
    // In `nice very cheap` it belongs to what follows.
    if (after !== null && (beyond === undefined || (beyond.readings.length === 0 && beyond.meaning === null)))
      strength *= after;
  }
  return Math.min(2.2, Math.max(0.3, strength));
}
