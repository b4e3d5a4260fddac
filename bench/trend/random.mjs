// One seeded source of random numbers for the series of this folder.
import { randomSource } from '../../scripts/random.mjs';

/** Numbers from 0 to 1. */
export const randomOf = (seed) => randomSource(seed).uniform;

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
