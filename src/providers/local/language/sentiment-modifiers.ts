/** Units that modify others. */
import type { Unit } from './clauses.js';
import type { ModifierKind } from './lexicon-files.js';

/** Factor of a unit that is a modifier of a kind, else null. */
export function modifierOf(unit: Unit | undefined, kind: ModifierKind): number | null {
  return unit?.meaning?.type === 'modifier' && unit.meaning.kind === kind ? unit.meaning.factor : null;
}
