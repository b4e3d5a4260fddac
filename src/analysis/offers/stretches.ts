import type { Stretch } from './page.js';

/** Of stretches that overlap the longest, the first of several that are as long; in the order of the text. */
export function withoutOverlaps<T extends Stretch>(found: readonly T[]): T[] {
  const kept: T[] = [];
  const byLength = found
    .map((stretch, order) => ({ stretch, order }))
    .sort((a, b) => b.stretch.end - b.stretch.start - (a.stretch.end - a.stretch.start) || a.order - b.order);
  for (const { stretch } of byLength) if (!kept.some((other) => overlap(stretch, other))) kept.push(stretch);
  return kept.sort((a, b) => a.start - b.start);
}

export function overlap(a: Stretch, b: Stretch): boolean {
  return a.start < b.end && b.start < a.end;
}
