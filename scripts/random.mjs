// Chance for samples, tests and benches: the same on every machine for the same seed.

/**
 * @typedef {object} RandomSource
 * @property {() => number} uniform even in [0, 1)
 * @property {() => number} normal standard normal
 * @property {(limit: number) => number} below whole numbers from 0 up to, and without, the limit
 */

/**
 * Mulberry32, with normal values by Box and Muller 1958.
 *
 * @param {number} seed
 * @returns {RandomSource}
 */
export function randomSource(seed) {
  let state = seed | 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const below = (limit) => Math.floor(uniform() * limit);
  return { uniform, normal, below };
}
