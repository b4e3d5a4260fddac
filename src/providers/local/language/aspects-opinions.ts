/** Which opinion of a sentence is said of which thing: by clause, order and distance. */
import type { Candidate } from './aspects-candidates.js';
import type { Unit } from './clauses.js';
import type { SentenceSentiment } from './sentiment.js';
import { modifierOf } from './sentiment-modifiers.js';
import type { Opinion } from './sentiment-rules.js';

/** An opinion's part in what is said of a group of candidates. */
export interface Share {
  readonly opinion: Opinion;
  /** 0 to about 2. */
  readonly affinity: number;
}

const BE = new Set(
  "is was are were be been 's seems seemed looks feels felt tastes tasted es era fue son eran fueron está estaba están estaban estuvo estuvieron parece resulta resultó sabe".split(
    ' ',
  ),
);
/** What a group keeps of an opinion that fits another group better. */
const LEFT_OVER = 0.2;
/** Affinities that change nothing. */
const NEGLIGIBLE = 0.01;
/** For each clause between an opinion and its thing. */
const CLAUSE_DECAY = 0.35;
const CONTRAST_DECAY = 0.15;

/** For things that only tell where, when or what for. */
const CIRCUMSTANCE = 0.5;

/** Groups on either side of an opinion that it may be said of; bounds the work on long lists. */
const GROUPS_BESIDE = 4;

type Group = readonly Candidate[];

/** Shares of all opinions, by group; groups are in text order. */
export function shareOpinions(sentence: SentenceSentiment, groups: readonly Group[]): Share[][] {
  const shares: Share[][] = groups.map(() => []);
  const clauseOfWord = clausesByWord(sentence);
  let next = 0;
  for (const opinion of [...sentence.opinions].sort((one, other) => one.unit - other.unit)) {
    const { from } = sentence.units[opinion.unit] as Unit;
    while (next < groups.length && ((groups[next] as Group)[0] as Candidate).from < from) next += 1;
    const first = Math.max(0, next - GROUPS_BESIDE);
    const near = groups.slice(first, next + GROUPS_BESIDE);
    const affinities = near.map((group, index) => {
      const others = first + index < next ? next - 1 - first - index : first + index - next;
      return affinityOf(sentence, clauseOfWord, opinion, group) * 0.7 ** others;
    });
    const most = Math.max(0, ...affinities);
    if (most === 0) continue;
    for (const [index, affinity] of affinities.entries()) {
      const kept = affinity >= 0.75 * most ? affinity : affinity * LEFT_OVER;
      if (kept > 0.02) shares[first + index]?.push({ opinion, affinity: kept });
    }
  }
  return shares;
}

/** The clause that each word stands in, by number. */
function clausesByWord({ words, units, clauses }: SentenceSentiment): Uint16Array {
  const numbers = new Uint16Array(words.length);
  for (const [number, { from, to }] of clauses.entries()) {
    numbers.fill(number, (units[from] as Unit).from, (units[to - 1] as Unit).to);
  }
  return numbers;
}

function affinityOf(
  { units, words }: SentenceSentiment,
  clauseOfWord: Uint16Array,
  opinion: Opinion,
  group: Group,
): number {
  const unit = units[opinion.unit] as Unit;
  const home = clauseOfWord[unit.from] as number;
  let best = 0;
  for (const { from, to, isCircumstance } of group) {
    // Within the expression itself: `good service`.
    if (from >= unit.from && to <= unit.to) return 2;
    const isBefore = to <= unit.from;
    const [left, right] = isBefore ? [to, unit.from] : [unit.to, from];
    const distance = Math.max(0, right - left);
    const apart = Math.abs((clauseOfWord[from] as number) - home);
    let affinity = CLAUSE_DECAY ** apart / (1 + 0.12 * distance);
    if (affinity < NEGLIGIBLE) continue;
    const between = words.slice(left, right);
    if (apart > 0 && hasContrast(units, opinion.unit, isBefore, left, right)) affinity *= CONTRAST_DECAY;
    if (isBefore && apart === 0 && between.some(({ norm }) => BE.has(norm))) affinity *= 1.4;
    if (distance === 0 && apart === 0) affinity *= 1.5;
    if (isCircumstance && distance > 0) affinity *= CIRCUMSTANCE;
    best = Math.max(best, affinity);
  }
  return best;
}

/** Whether a `but` stands between two words, looking from the opinion's unit. */
function hasContrast(units: readonly Unit[], at: number, isBefore: boolean, fromWord: number, toWord: number): boolean {
  for (let index = at; index >= 0 && index < units.length; index += isBefore ? -1 : 1) {
    const unit = units[index] as Unit;
    if (unit.to < fromWord || unit.from > toWord) return false;
    if (modifierOf(unit, 'contrast') !== null) return true;
  }
  return false;
}
