import type { Stretch } from './page.js';

/** Of stretches that overlap the longest, the first of several that are as long; in the order of the text. */
export function withoutOverlaps<T extends Stretch>(found: readonly T[]): T[] {
  if (found.length < 2) return [...found];
  const kept: T[] = [];
  const isTaken = new Uint8Array(found.reduce((last, { end }) => Math.max(last, end), 0));
  const byLength = found
    .map((stretch, order) => ({ stretch, order }))
    .sort((a, b) => b.stretch.end - b.stretch.start - (a.stretch.end - a.stretch.start) || a.order - b.order);
  for (const { stretch } of byLength) {
    // what was kept is as long at least, so that it holds an end of what it overlaps
    if (isTaken[stretch.start] === 1 || isTaken[stretch.end - 1] === 1) continue;
    isTaken.fill(1, stretch.start, stretch.end);
    kept.push(stretch);
  }
  return kept.sort((a, b) => a.start - b.start);
}

export function overlap(a: Stretch, b: Stretch): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Tells of a stretch whether it overlaps any of those, however many there are. */
export function overlapWith(stretches: readonly Stretch[]): (stretch: Stretch) => boolean {
  const sorted = [...stretches].sort((a, b) => a.start - b.start);
  // where the stretches up to each end at the latest
  const ends: number[] = [];
  for (const { end } of sorted) ends.push(Math.max(end, ends.at(-1) ?? 0));
  return ({ start, end }) => (ends[firstFrom(sorted, end) - 1] ?? Number.NEGATIVE_INFINITY) > start;
}

/** The index of the first of sorted stretches that starts at a place or after it. */
export function firstFrom(sorted: readonly Stretch[], place: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as Stretch).start < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
