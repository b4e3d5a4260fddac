// Seeded chance: the same seed and label give the same numbers on every machine.
import { randomSource } from '../../../scripts/random.mjs';

/** FNV-1a, 32 bits. */
function hash(text) {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0), 0x01000193);
  return value >>> 0;
}

/** A source of chance of its own for each label, so that one more page does not change the others. */
export function chance(seed, label) {
  const { uniform: next } = randomSource(hash(`${seed}/${label}`));
  const between = (low, high) => low + next() * (high - low);
  const integer = (low, high) => Math.floor(between(low, high + 1));
  const pick = (list) => list[Math.floor(next() * list.length)];
  const happens = (probability) => next() < probability;
  const some = (list, count) => {
    const left = [...list];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(integer(0, left.length - 1), 1)[0]);
  };
  /** Standard normal, Box and Muller. */
  const normal = () => Math.sqrt(-2 * Math.log(next() + 1e-12)) * Math.cos(2 * Math.PI * next());
  return { next, between, integer, pick, happens, some, normal };
}
