/** Seeded chance (mulberry32): the same seed gives the same lines, with the same fonts and word lists. */
export function numbers(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
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
