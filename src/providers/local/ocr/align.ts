/** Aligns two readings of one line, character by character. */

/** One step: a character of the first reading, one of the second, or both; with their indices. */
export interface AlignedPair {
  /** Index in the first reading, or null where only the second has a character. */
  readonly a: number | null;
  readonly b: number | null;
}

export interface Alignment {
  readonly pairs: readonly AlignedPair[];
  /** Weighted edit distance. */
  readonly distance: number;
}

/** A letter without accent or case; signs that readers confuse with letters become those letters. */
export function foldCharacter(character: string): string {
  return character
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[º°]/g, 'o')
    .replace(/ª/g, 'a')
    .replace(/¡/g, 'i')
    .toLowerCase();
}

const SAME_LETTER_COST = 0.2;
const EURO_COST = 0.3;
/** What the euro sign is read as by a recogniser that does not know it. */
const EURO_LOOKALIKES = new Set(['E', 'e', 'C', 'c', 'G', '6', '€']);

function substitutionCost(a: string, b: string, foldedA: string, foldedB: string): number {
  if (a === b) return 0;
  if (foldedA === foldedB) return SAME_LETTER_COST;
  return b === '€' && EURO_LOOKALIKES.has(a) ? EURO_COST : 1;
}

/** Cheapest alignment; accents and case count little, so that the same letters stay together. */
export function alignCharacters(first: readonly string[], second: readonly string[]): Alignment {
  const foldedFirst = first.map(foldCharacter);
  const foldedSecond = second.map(foldCharacter);
  const columns = second.length + 1;
  const costs = new Float64Array((first.length + 1) * columns);
  const costOf = (i: number, j: number): number => costs[i * columns + j] as number;
  const substitution = (i: number, j: number): number =>
    substitutionCost(first[i] as string, second[j] as string, foldedFirst[i] as string, foldedSecond[j] as string);
  for (let i = 1; i <= first.length; i++) costs[i * columns] = i;
  for (let j = 1; j <= second.length; j++) costs[j] = j;
  for (let i = 1; i <= first.length; i++) {
    for (let j = 1; j <= second.length; j++) {
      const both = costOf(i - 1, j - 1) + substitution(i - 1, j - 1);
      costs[i * columns + j] = Math.min(both, costOf(i - 1, j) + 1, costOf(i, j - 1) + 1);
    }
  }
  const pairs: AlignedPair[] = [];
  let i = first.length;
  let j = second.length;
  while (i > 0 || j > 0) {
    const here = costOf(i, j);
    if (i > 0 && j > 0 && Math.abs(here - costOf(i - 1, j - 1) - substitution(i - 1, j - 1)) < 1e-6) {
      pairs.push({ a: --i, b: --j });
    } else if (i > 0 && Math.abs(here - costOf(i - 1, j) - 1) < 1e-6) {
      pairs.push({ a: --i, b: null });
    } else {
      pairs.push({ a: null, b: --j });
    }
  }
  return { pairs: pairs.reverse(), distance: costOf(first.length, second.length) };
}
