// One seeded source of random numbers for the series of this folder.

/** Numbers from 0 to 1 (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers (Box and Muller 1958). */
export function normalOf(random) {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Autoregressive noise of order one with a marginal deviation of `sigma`. */
export function autoregressive(normal, length, phi, sigma = 1) {
  const values = [];
  for (let i = 0; i < length; i += 1) {
    const fresh = normal() * sigma;
    values.push(i === 0 ? fresh : phi * values[i - 1] + Math.sqrt(1 - phi * phi) * fresh);
  }
  return values;
}
