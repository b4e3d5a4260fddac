import { randomSource } from '../../../scripts/random.mjs';

/** Seeded chance: the same seed gives the same lines, with the same fonts and word lists. */
export function numbers(seed) {
  const { uniform: next } = randomSource(seed);
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
    happens: (probability) => next() < probability,
    /** Standard normal, Box and Muller. */
    normal: () => Math.sqrt(-2 * Math.log(next() + 1e-12)) * Math.cos(6.28318 * next()),
  };
}
