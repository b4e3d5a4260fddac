/** All that is found in one series. */
import type { ChangePoint, Effect, Series, TimeEvent } from './series.js';

/** Values that findings need at least. */
const FEWEST = 8;

/** Why nothing can be said of a series; null where something can. */
export function obstacleOf({ values }: Series): string | null {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return 'all its values are missing';
  if (known.length < FEWEST) return `it has ${known.length} values, and at least ${FEWEST} are needed`;
  if (known.every((value) => value === known[0])) return `all its values are ${known[0]}`;
  return null;
}

export interface EffectFinding {
  readonly event: TimeEvent;
  /** First period after the event. */
  readonly at: number;
  readonly effect: Effect;
}

export interface Study {
  readonly series: Series;
  /** Why there are no findings; null where there could be. */
  readonly obstacle: string | null;
  readonly changes: readonly ChangePoint[];
  readonly effects: readonly EffectFinding[];
}
