import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../scripts/random.mjs';
import { datesAfter } from '../../src/analysis/series/calendar.js';
import { findChanges } from '../../src/analysis/series/changes.js';
import { expectedLifts, forecast } from '../../src/analysis/series/forecast.js';
import type { Series } from '../../src/analysis/series/series.js';

const WEEKS = 130;
const HORIZON = 8;

/** Weekly sales with a season, noise of 5 %, and a display that adds 25 % in a few weeks. */
function sales(seed: number, shown: readonly number[], region = 'north') {
  const random = randomSource(seed);
  const display = Float64Array.from({ length: WEEKS + HORIZON }, (_, t) => (shown.includes(t) ? 1 : 0));
  const values = display.map((on, t) =>
    Math.exp(6 + 0.25 * Math.cos((2 * Math.PI * t * 7) / 365.25) + 0.05 * random.normal() + on * Math.log(1.25)),
  );
  const dates = Array.from({ length: WEEKS }, (_, t) =>
    new Date(Date.UTC(2018, 0, 1 + 7 * t)).toISOString().slice(0, 10),
  );
  const series: Series = { key: { region }, frequency: 'week', dates, values: values.slice(0, WEEKS) };
  return { series, display: display.slice(0, WEEKS), truth: values.slice(WEEKS), plan: display.slice(WEEKS) };
}

describe('datesAfter', () => {
  it('goes on with the calendar', () => {
    expect(datesAfter(['2020-11-01', '2020-12-01'], 'month', 2)).toEqual(['2021-01-01', '2021-02-01']);
    expect(datesAfter(['2020-02-24'], 'week', 2)).toEqual(['2020-03-02', '2020-03-09']);
    expect(datesAfter(['2020-10-01'], 'quarter', 1)).toEqual(['2021-01-01']);
    expect(datesAfter(['7'], 'index', 2)).toEqual(['8', '9']);
  });
});

describe('forecast', () => {
  it('is better than the naive seasonal forecast, and its interval covers', () => {
    let [error, naive, within] = [0, 0, 0];
    for (let seed = 1; seed <= 6; seed += 1) {
      const { series, truth } = sales(seed, []);
      const { mean, lower, upper, backtest } = forecast(series, { periods: HORIZON });
      truth.forEach((value, h) => {
        error += Math.abs(value - (mean[h] ?? 0));
        naive += Math.abs(value - (series.values[WEEKS - 52 + h] ?? 0));
        if (value >= (lower[h] ?? 0) && value <= (upper[h] ?? 0)) within += 1;
      });
      expect(backtest.origins).toBe(8);
      expect(backtest.error).toBeLessThan(backtest.naiveError ?? 0);
    }
    expect(error).toBeLessThan(naive);
    expect(within / (6 * HORIZON)).toBeGreaterThan(0.85);
  });

  it('knows of a clear step of the past, whose window says nothing of its interval', () => {
    const { series, truth } = sales(2, []);
    const values = series.values.map((value, t) => (t >= 100 ? 1.3 : 1) * value);
    const changes = findChanges(values, { season: 52 });
    expect(changes.map(({ index }) => index)).toContain(100);
    const width = (known: typeof changes) => {
      const { lower, upper } = forecast({ ...series, values }, { periods: HORIZON, changes: known });
      expect((lower[0] ?? 0) < 1.3 * (truth[0] ?? 0) && 1.3 * (truth[0] ?? 0) < (upper[0] ?? 0)).toBe(true);
      return (upper[0] ?? 0) - (lower[0] ?? 0);
    };
    expect(width(changes)).toBeLessThan(0.6 * width([]));
  });

  it('adds what displays did before to the weeks of the plan', () => {
    const { series, display, plan, truth } = sales(3, [20, 21, 60, 61, 100, 101, WEEKS + 4]);
    const planned = forecast(series, { periods: HORIZON, history: { display }, plan: { display: plan } });
    const without = forecast(series, {
      periods: HORIZON,
      history: { display },
      plan: { display: new Float64Array(HORIZON) },
    });
    const lift = (planned.mean[4] ?? 0) / (without.mean[4] ?? 1);
    expect(lift).toBeGreaterThan(1.15);
    expect(lift).toBeLessThan(1.35);
    expect(planned.mean[3]).toBeCloseTo(without.mean[3] ?? 0, 6);
    expect(Math.abs((planned.mean[4] ?? 0) / (truth[4] ?? 1) - 1)).toBeLessThan(0.2);
  });

  it('draws what one display did towards what displays did elsewhere', () => {
    const others = [11, 12, 13, 14].map((seed) => sales(seed, [15, 40, 70, 90, 110], `r${seed}`));
    const expected = expectedLifts(others.map(({ series, display }) => ({ series, columns: { display } })));
    expect(Math.exp(expected.display ?? 0)).toBeGreaterThan(1.17);
    expect(Math.exp(expected.display ?? 0)).toBeLessThan(1.33);
    const { series, display } = sales(5, [50]);
    // one display that seemed to do nothing
    const values = series.values.map((value, t) => (t === 50 ? value / 1.25 : value));
    const plan = { display: Float64Array.from({ length: HORIZON }, () => 1) };
    const settings = { periods: HORIZON, history: { display }, plan };
    const alone = forecast({ ...series, values }, settings).mean[0] ?? 0;
    const pooled = forecast({ ...series, values }, { ...settings, expected }).mean[0] ?? 0;
    expect(pooled / alone).toBeGreaterThan(1.05);
  });

  it('warns of what the past says nothing about', () => {
    const { series } = sales(4, []);
    const price = Float64Array.from({ length: WEEKS }, (_, t) => (t % 10 === 0 ? 1.3 : 1.6));
    const plan = { price: Float64Array.from({ length: HORIZON }, () => 0.9), radio: new Float64Array(HORIZON) };
    const { warnings } = forecast(series, { periods: HORIZON, history: { price }, plan });
    expect(warnings.join('\n')).toMatch(/price is planned at 0\.9.*outside its past of 1\.3 to 1\.6/);
    expect(warnings.join('\n')).toMatch(/radio is planned, but nothing is known/);
  });

  it('says that there is too little, and never gives NaN', () => {
    const short = {
      ...sales(1, []).series,
      values: Float64Array.of(1, 2, 3),
      dates: ['2020-01-06', '2020-01-13', '2020-01-20'],
    };
    expect(forecast(short, { periods: 3 })).toMatchObject({
      method: 'none',
      warnings: [expect.stringMatching(/too few/)],
    });
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom(0, 1, 1e-300, 1e308),
        fc.integer({ min: 0, max: 60 }),
        (seed, size, length) => {
          const random = randomSource(seed);
          const values = Float64Array.from({ length }, () =>
            random.uniform() < 0.1 ? Number.NaN : size * random.uniform(),
          );
          const dates = Array.from(values, (_, t) => String(t));
          const result = forecast({ key: {}, frequency: 'index', dates, values }, { periods: 4 });
          const { error, naiveError, coverage } = result.backtest;
          const numbers = [
            ...result.mean,
            ...result.lower,
            ...result.upper,
            error ?? 0,
            naiveError ?? 0,
            coverage ?? 0,
          ];
          expect(numbers.every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('how the series is taken', () => {
  const quarters = (valueAt: (t: number) => number): Series => ({
    key: {},
    frequency: 'quarter',
    dates: Array.from({ length: 60 }, (_, t) => new Date(Date.UTC(1990, 3 * t)).toISOString().slice(0, 10)),
    values: Float64Array.from({ length: 60 }, (_, t) => valueAt(t)),
  });
  const errorOf = (valueAt: (t: number) => number) => {
    const { mean } = forecast(quarters(valueAt), { periods: 8 });
    return mean.reduce((sum, value, h) => sum + Math.abs(value / valueAt(60 + h) - 1), 0) / 8;
  };

  it('follows a season that grows with the level, and one that does not', () => {
    const random = randomSource(5);
    const noise = Array.from({ length: 68 }, () => random.normal());
    const wave = (t: number) => Math.cos((Math.PI * t) / 2);
    const growing = (t: number) => Math.exp(4 + 0.02 * t + 0.3 * wave(t) + 0.02 * (noise[t] as number));
    const steady = (t: number) => 100 + 4 * t + 40 * wave(t) + 2 * (noise[t] as number);
    expect(errorOf(growing)).toBeLessThan(0.05);
    expect(errorOf(steady)).toBeLessThan(0.05);
  });

  it('follows a season that changes', () => {
    const random = randomSource(6);
    const noise = Array.from({ length: 68 }, () => random.normal());
    // as in the gas sold in Britain: the winter peak grows from 10 to 70 %
    const peaked = (t: number) =>
      Math.exp(5 + (0.1 + 0.01 * t) * Math.cos((Math.PI * t) / 2) + 0.02 * (noise[t] as number));
    // the mean season of the past is off by 0.34 in two quarters of four: 17 %
    expect(errorOf(peaked)).toBeLessThan(0.1);
  });
});
