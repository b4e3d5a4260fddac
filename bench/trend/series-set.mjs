// Series of the kinds that people keep, made by a seeded generator, each with the changes that several people would mark.
// Nothing is copied from a published collection: only the kinds of series are like those of the world.
import { GROWTH } from './kinds/growth.mjs';
import { KINKS } from './kinds/kinks.mjs';
import { SEASONS } from './kinds/seasons.mjs';
import { STEPS } from './kinds/steps.mjs';
import { WALKS } from './kinds/walks.mjs';
import { normalOf, randomOf } from './random.mjs';

const KINDS = [...STEPS, ...KINKS, ...GROWTH, ...SEASONS, ...WALKS];

/**
 * The series of one seed: name, season, values and the marks of five people. `noise` makes a source of numbers from one of
 * normal and one of uniform numbers.
 */
export function seriesSet(seed, noise = (normal) => normal) {
  return KINDS.map(([name, period, make], k) => {
    const random = randomOf(seed * 1009 + k);
    const { values, marks } = make(noise(normalOf(random), random), random);
    return { name, season: period, values, marks };
  });
}
