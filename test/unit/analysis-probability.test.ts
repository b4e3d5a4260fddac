import { describe, expect, it } from 'vitest';
import {
  falseDiscoveryRates,
  hypergeometricTail,
  logGamma,
  RunningMean,
  studentTwoSided,
  tQuantile975,
  twoSided,
  wilsonInterval,
} from '../../src/analysis/probability.js';

/** Oracle of all figures: SciPy 1.17. */
describe('distributions', () => {
  it('give the logarithm of the gamma function', () => {
    expect(logGamma(0.3)).toBeCloseTo(1.0957979948180752, 12);
    expect(logGamma(1)).toBeCloseTo(0, 12);
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
    expect(logGamma(100.5)).toBeCloseTo(361.4355404677776, 9);
    expect(logGamma(20001)).toBeCloseTo(178075.6217371987, 6);
  });

  it('give the tails of the normal distribution and of Student’s t', () => {
    expect(twoSided(0)).toBeCloseTo(1, 6);
    expect(twoSided(1.959963984540054)).toBeCloseTo(0.05, 8);
    expect(twoSided(-5) / 5.733031437583867e-7).toBeCloseTo(1, 6);
    expect(twoSided(1e200)).toBe(0);
    // R: 2 * pt(-2.5, 3), 2 * pt(-0.7, 11), 2 * pt(-8, 40)
    expect(studentTwoSided(-2.5, 3)).toBeCloseTo(0.0877066470081, 11);
    expect(studentTwoSided(0.7, 11)).toBeCloseTo(0.498464465694, 11);
    expect(studentTwoSided(8, 40) / 7.9050841101e-10).toBeCloseTo(1, 8);
    expect(studentTwoSided(0, 5)).toBe(1);
  });

  it.each([
    [3, 10, 5, 4, 0.2619047619047619, 0.14285714285714285],
    [12, 1000, 20, 300, 0.0047363035944887055, 0.00294028674002462],
    [1, 50, 3, 10, 0.4959183673469389, 0.2969387755102042],
    [90, 100000, 100, 20000, 2.0327036272017682e-51, 1.0440657657319226e-51],
    [5, 100, 50, 10, 0.6296667731127676, 0.5],
    [0, 30, 5, 10, 1, 0.9456022904298766],
    [40, 20000, 60, 5000, 1.2068252405945677e-11, 6.995525147791778e-12],
  ])('give the tail of a draw: at least %i of %i, %i marked, %i drawn', (count, total, marked, drawn, exact, mid) => {
    expect(hypergeometricTail(count, { total, marked, drawn }) / exact).toBeCloseTo(1, 6);
    expect(hypergeometricTail(count, { total, marked, drawn }, true) / mid).toBeCloseTo(1, 6);
  });

  it('give 0 for what cannot be and 1 for what must be', () => {
    expect(hypergeometricTail(5, { total: 10, marked: 4, drawn: 6 })).toBe(0);
    expect(hypergeometricTail(3, { total: 10, marked: 8, drawn: 5 })).toBe(1);
    expect(hypergeometricTail(0, { total: 10, marked: 0, drawn: 5 })).toBe(1);
  });

  it('give adjusted p-values of Benjamini and Hochberg', () => {
    const rates = falseDiscoveryRates([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205]);
    const expected = [0.008, 0.032, 0.0672, 0.0672, 0.0672, 0.08, 0.08457143, 0.205];
    for (const [i, rate] of rates.entries()) expect(rate).toBeCloseTo(expected[i] ?? 0, 7);
    expect(falseDiscoveryRates([0.001], 20)).toEqual([0.02]);
    expect(falseDiscoveryRates([])).toEqual([]);
  });

  it('give intervals of shares', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    for (const [successes, trials, lower, upper] of [
      [0, 10, 0, 0.27753279986288926],
      [7, 10, 0.39677814746114526, 0.892208732593699],
      [10, 10, 0.7224672001371109, 1],
      [123, 400, 0.2642873977313039, 0.3543748355874003],
    ] as const) {
      const interval = wilsonInterval(successes, trials);
      expect(interval?.[0]).toBeCloseTo(lower, 10);
      expect(interval?.[1]).toBeCloseTo(upper, 10);
    }
  });

  it('give the quantile of t', () => {
    for (const [degrees, value, digits] of [
      [1, 12.706204736174694, 9],
      [2, 4.302652729749462, 9],
      [3, 3.1824463052837078, 2],
      [5, 2.5705818356363146, 2.9],
      [10, 2.228138851986274, 4],
      [30, 2.0422724563012378, 6],
      [100, 1.9839715185235518, 8],
    ] as const) {
      expect(tQuantile975(degrees)).toBeCloseTo(value, digits);
    }
  });

  it('keep the mean of a stream', () => {
    const mean = new RunningMean();
    expect(mean.interval()).toBeNull();
    for (const value of [2, 4, 4, 4, 5, 5, 7, 9]) mean.add(value);
    expect(mean.mean).toBe(5);
    expect(mean.variance).toBeCloseTo(32 / 7, 12);
    // 5 +- 2.3646 * sqrt(4.5714 / 8)
    expect(mean.interval()?.[0]).toBeCloseTo(3.2125, 3);
  });
});
