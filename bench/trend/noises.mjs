// Noise of several shapes, each with mean 0 and variance 1: [name, one number from normal and uniform ones].
export const NOISES = {
  normal: (normal) => normal(),
  /** Student's t with three degrees of freedom. */
  t3: (normal) => normal() / Math.hypot(normal(), normal(), normal()),
  laplace: (_, random) => {
    const half = random() - 0.5;
    return (-Math.sign(half) * Math.log(1 - 2 * Math.abs(half))) / Math.SQRT2;
  },
  /** An exponential distribution: a long tail on one side. */
  skewed: (_, random) => -Math.log(1 - random()) - 1,
};

/** A source like `normal` whose numbers have the shape `name`. */
export function noiseOf(name, normal, random) {
  return () => NOISES[name](normal, random);
}

/** Counts with a mean (Knuth). */
export function poisson(mean, random) {
  let product = random();
  let count = 0;
  for (const limit = Math.exp(-mean); product > limit; count += 1) product *= random();
  return count;
}
