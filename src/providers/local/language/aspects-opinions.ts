/** Which opinion of a sentence is said of which thing: by clause, order and distance. */
import type { Candidate } from './aspects-candidates.js';
import type { Clause, Unit } from './clauses.js';
import { modifierOf } from './sentiment-modifiers.js';
import type { Opinion } from './sentiment-rules.js';
import type { SentenceSentiment } from './sentiment.js';

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
/** For each clause between an opinion and its thing. */
const CLAUSE_DECAY = 0.35;
const CONTRAST_DECAY = 0.15;

/** For things that only tell where, when or what for. */
const CIRCUMSTANCE = 0.5;

/** Shares of all opinions, by group. */
export function shareOpinions(sentence: SentenceSentiment, groups: readonly (readonly Candidate[])[]): Share[][] {
  const shares: Share[][] = groups.map(() => []);
  for (const opinion of sentence.opinions) {
    const affinities = groups.map((group) => affinityOf(sentence, opinion, group, groups));
    const most = Math.max(0, ...affinities);
    if (most === 0) continue;
    for (const [index, affinity] of affinities.entries()) {
      const kept = affinity >= 0.75 * most ? affinity : affinity * LEFT_OVER;
      if (kept > 0.02) shares[index]?.push({ opinion, affinity: kept });
    }
  }
  return shares;
}

function clauseIndex(clauses: readonly Clause[], units: readonly Unit[], word: number): number {
  return clauses.findIndex(({ from, to }) => (units[from] as Unit).from <= word && word < (units[to - 1] as Unit).to);
}

function affinityOf(
  { units, clauses, words }: SentenceSentiment,
  opinion: Opinion,
  group: readonly Candidate[],
  groups: readonly (readonly Candidate[])[],
): number {
  const unit = units[opinion.unit] as Unit;
  const home = clauseIndex(clauses, units, unit.from);
  let best = 0;
  for (const { from, to, isCircumstance } of group) {
    // Within the expression itself: `good service`.
    if (from >= unit.from && to <= unit.to) return 2;
    const isBefore = to <= unit.from;
    const [left, right] = isBefore ? [to, unit.from] : [unit.to, from];
    const between = words.slice(left, right);
    let affinity = 1 / (1 + 0.12 * between.length);
    const apart = Math.abs(clauseIndex(clauses, units, from) - home);
    affinity *= CLAUSE_DECAY ** apart;
    if (apart > 0 && hasContrast(units, left, right)) affinity *= CONTRAST_DECAY;
    // Another thing between them takes it.
    const others = groups.filter(
      (other) => other !== group && other.some((one) => one.from >= left && one.to <= right),
    ).length;
    affinity *= 0.7 ** others;
    if (isBefore && between.some(({ norm }) => BE.has(norm)) && apart === 0) affinity *= 1.4;
    if (between.length === 0 && apart === 0) affinity *= 1.5;
    if (isCircumstance && between.length > 0) affinity *= CIRCUMSTANCE;
    best = Math.max(best, affinity);
  }
  return best;
}

function hasContrast(units: readonly Unit[], fromWord: number, toWord: number): boolean {
  return units.some(
    (unit) => unit.from >= fromWord - 1 && unit.to <= toWord + 1 && modifierOf(unit, 'contrast') !== null,
  );
}
