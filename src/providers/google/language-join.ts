/** Joins what was read in the parts of a text that did not fit one call. Pure. */
import { normalizeWord } from '../../text/fold.js';
import type { Feeling } from './language-labels.js';
import type { PartReading, PlacedEntity } from './language-parse.js';

/** Equal for names that differ in case or white space. */
export function foldName(name: string): string {
  return normalizeWord(name.trim().replace(/\s+/g, ' '));
}

function joinFeelings(parts: readonly PartReading[], length: number): Feeling | null {
  const felt = parts.flatMap((part) => (part.feeling ? [{ ...part.feeling, length: part.length }] : []));
  if (felt.length === 0) return null;
  const score = felt.reduce((sum, part) => sum + (part.score * part.length) / length, 0);
  const magnitude = felt.reduce((sum, part) => sum + part.magnitude, 0);
  return { score: Math.round(score * 1e4) / 1e4 || 0, magnitude: Math.round(magnitude * 1e4) / 1e4 };
}

/** The language of most of the text. */
function mainLanguage(parts: readonly PartReading[]): string | null {
  const lengths = new Map<string | null, number>();
  for (const { language, length } of parts) lengths.set(language, (lengths.get(language) ?? 0) + length);
  const [first] = [...lengths].sort((a, b) => b[1] - a[1]);
  return first?.[0] ?? null;
}

/** Entities of one name become one; salience is a share of the text, so that it is weighted by length. */
function joinEntities(parts: readonly PartReading[], length: number): readonly PlacedEntity[] {
  const byName = new Map<string, PlacedEntity>();
  for (const part of parts) {
    for (const entity of part.entities) {
      const key = foldName(entity.name);
      const known = byName.get(key);
      const salience = (known?.salience ?? 0) + (entity.salience * part.length) / length;
      const mentions = [...(known?.mentions ?? []), ...entity.mentions];
      byName.set(key, { ...(known ?? entity), salience, mentions });
    }
  }
  return [...byName.values()];
}

/** One reading of the whole text: scores weighted by length, magnitudes added, entities of one name merged. */
export function joinParts(parts: readonly PartReading[]): PartReading {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return {
    length,
    language: mainLanguage(parts),
    feeling: joinFeelings(parts, length),
    sentences: parts.flatMap(({ sentences }) => sentences),
    entities: joinEntities(parts, length),
  };
}
