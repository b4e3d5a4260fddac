/**
 * Clauses of a sentence: how far a negation reaches, and which side of a `but` weighs more. Units are what the lexicon
 * reads as one: a word, or an expression of several.
 */

import type { Lexicon, WordReading } from './lexicon.js';
import type { PhraseMatch, PhraseMeaning } from './lexicon-phrases.js';
import type { SentenceWord } from './sentiment-words.js';

export interface Unit {
  /** Words taken, the end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly norm: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  readonly meaning: PhraseMeaning | null;
  /** Readings of a single word. */
  readonly readings: readonly WordReading[];
  readonly word: SentenceWord;
}

export interface Clause {
  /** Units, the end exclusive. */
  readonly from: number;
  readonly to: number;
  /** How much it counts in the sentence: less before `but`, more after it. */
  readonly weight: number;
}

const BREAKS = new Set([
  ',',
  ';',
  ':',
  '(',
  ')',
  '[',
  ']',
  '—',
  '–',
  '...',
  '…',
  '/',
  '|',
  '-',
  '.',
  '!',
  '?',
  '¡',
  '¿',
  '"',
  '“',
  '”',
  '«',
  '»',
]);
const CONCESSIVES =
  /^(?:aunque|si bien|a pesar de(?: que)?|pese a(?: que)?|por más que|quitando|salvo|excepto|although|though|even though|despite|in spite of|even if|while|whilst|whereas|regardless of|other than|apart from|aside from|except(?: for| that)?|mientras que)$/;
const SUBORDINATORS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(['because', 'since', 'when', 'which', 'who', 'where', 'until', 'after', 'before']),
  es: new Set(['porque', 'cuando', 'donde', 'hasta', 'mientras', 'cual', 'quien']),
};
/** Before `que` they begin a relative clause. */
const ARTICLES = new Set(['el', 'la', 'los', 'las']);
const COORDINATORS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(['and', '&']),
  es: new Set(['y', 'e']),
};
/** What starts a clause of its own after `and`: subjects and finite verbs. */
const FINITE: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(
    'i we you he she it they this that these those there the my our his her their is was are were has have had do does did will would can could should everything everyone nothing nobody very really absolutely quickly also still'.split(
      ' ',
    ),
  ),
  es: new Set(
    'es era fue son eran fueron está están estaba estaban estuvo hay había hubo tiene tienen tenía tenían me nos se te les le lo la el los las un una mi su muy ha han he hemos además también todo todos encima siempre yo ellos ella él puede va'.split(
      ' ',
    ),
  ),
};

/** Joins the words of expressions; everything else is a unit of its own. */
export function readUnits(words: readonly SentenceWord[], lexicon: Lexicon): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at] as SentenceWord;
    const match = word.info.openings.length === 0 ? null : lexicon.phrases.match(words, at, word.info.openings);
    const to = match === null ? at + 1 : at + match.length;
    const last = words[to - 1] as SentenceWord;
    units.push({
      from: at,
      to,
      norm:
        to === at + 1
          ? word.norm
          : words
              .slice(at, to)
              .map(({ norm }) => norm)
              .join(' '),
      start: word.start,
      end: last.end,
      meaning: match?.meaning ?? null,
      readings: isReadable(word, to - at, match) ? word.info.readings : [],
      word,
    });
    at = to;
  }
  return units;
}

/** Single words keep what they say by themselves, also those that modify others. */
function isReadable(word: SentenceWord, length: number, match: PhraseMatch | null): boolean {
  return word.kind === 'word' && (match === null || (length === 1 && match.meaning.type === 'modifier'));
}

function isContrast({ meaning }: Unit): number | null {
  return meaning?.type === 'modifier' && meaning.kind === 'contrast' ? meaning.factor : null;
}

function startsClause(units: readonly Unit[], at: number, language: string): boolean {
  const unit = units[at] as Unit;
  if (isContrast(unit) !== null) return true;
  if (SUBORDINATORS[language]?.has(unit.norm) === true) return true;
  if (unit.norm === 'que' && ARTICLES.has((units[at - 1] as Unit).norm)) return true;
  if (COORDINATORS[language]?.has(unit.norm) !== true) return false;
  const next = units[at + 1];
  if (next === undefined) return false;
  return (
    FINITE[language]?.has(next.norm) === true ||
    next.readings[0]?.row.pos === 'verb' ||
    (next.meaning !== null && next.meaning.type === 'modifier' && next.meaning.kind === 'negator')
  );
}

/** Clauses in order, covering all units. */
export function splitClauses(units: readonly Unit[], language: string): Clause[] {
  const starts = [0];
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] as Unit;
    if (at > (starts.at(-1) as number) && startsClause(units, at, language)) starts.push(at);
    if (unit.word.kind === 'punctuation' && BREAKS.has(unit.norm) && at + 1 < units.length) {
      // Marks in a row end one clause.
      if (starts.at(-1) === at) starts[starts.length - 1] = at;
      starts.push(at + 1);
    }
  }
  const clauses = starts.map((from, index) => ({ from, to: starts[index + 1] ?? units.length, weight: 1 }));
  weigh(clauses, units);
  return clauses.filter(({ from, to }) => to > from);
}

/** The side after `but` counts more, the side that `although` opens counts less (as VADER and SO-CAL do). */
function weigh(
  clauses: { readonly from: number; readonly to: number; weight: number }[],
  units: readonly Unit[],
): void {
  for (const [index, clause] of clauses.entries()) {
    const first = units[clause.from];
    const factor = first === undefined ? null : isContrast(first);
    if (first === undefined || factor === null) continue;
    if (CONCESSIVES.test(first.norm)) {
      clause.weight *= factor;
      continue;
    }
    for (const earlier of clauses.slice(0, index)) earlier.weight *= factor;
    for (const later of clauses.slice(index)) later.weight *= 2 - factor;
  }
  for (const clause of clauses) clause.weight = Math.min(2, Math.max(0.25, clause.weight));
}
