import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../scripts/random.mjs';
import { estimateEffect } from '../../src/analysis/series/effect.js';
import { kalmanFilter, predict, smoothedSignal } from '../../src/analysis/series/kalman.js';
import type { Effect, Frequency, Series } from '../../src/analysis/series/series.js';
import { simplexWeights } from '../../src/analysis/series/simplex.js';
import { logLikelihood } from '../../src/analysis/series/structural.js';
import { StructuralSystem } from '../../src/analysis/series/structural-system.js';
import { studentQuantile, studentTwoSided } from '../../src/analysis/series/student.js';
import { PANEL_METHODS } from '../../src/analysis/series/synthetic.js';

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/series/${name}`, import.meta.url)), 'utf8')
    .trim()
    .split('\n')
    .slice(1);

function seriesOf(values: Iterable<number>, frequency: Frequency = 'index', key: Record<string, string> = {}): Series {
  const numbers = Float64Array.from(values);
  return { key, frequency, dates: Array.from(numbers, (_, i) => String(i)), values: numbers };
}

const range = <T>(length: number, make: (t: number) => T) => Array.from({ length }, (_, t) => make(t));

describe("Student's distribution", () => {
  // scipy.stats.t.sf and ppf
  it.each([
    [0.5, 3, 0.651447964848151],
    [2, 7.5, 0.08289699529816622],
    [6, 30, 1.3942768767204717e-6],
    [1e-3, 5, 0.9992407867721976],
  ])('|t| >= %d with %d degrees', (t, degrees, p) => {
    expect(studentTwoSided(t, degrees) / p).toBeCloseTo(1, 10);
  });
  it.each([
    [0.975, 1, 12.706204736432095],
    [0.975, 4.5, 2.6589123472044034],
    [0.8, 12, 0.8726092915881372],
    [0.975, 37, 2.0261924630291093],
  ])('quantile %d with %d degrees', (probability, degrees, t) => {
    expect(studentQuantile(probability, degrees)).toBeCloseTo(t, 9);
  });
});

describe('the structural model', () => {
  const nile = Float64Array.from(fixture('nile.csv'), (line) => Number(line.split(',')[1]));
  const level = new StructuralSystem({ hasSlope: false, season: null, regressors: [] });

  it('smooths as statsmodels does (UnobservedComponents, local level, approximate diffuse 1e7)', () => {
    const variances = { noise: 1, level: 0.09, slope: 0, season: 0 };
    const signal = smoothedSignal(level, kalmanFilter(nile, level, variances, true));
    expect(signal[0]).toBeCloseTo(1111.32106217, 5);
    expect(signal[50]).toBeCloseTo(830.05435638, 5);
    expect(signal[99]).toBeCloseTo(801.15532868, 5);
  });

  it('is likeliest on the Nile where StructTS finds it (level 1469, epsilon 15099)', () => {
    const at = (ratio: number) => logLikelihood(nile, level, { noise: 1, level: ratio ** 2, slope: 0, season: 0 });
    const best = range(200, (i) => 0.02 * (i + 1)).reduce((a, b) => (at(b) > at(a) ? b : a));
    expect(Math.abs(best - Math.sqrt(1469.147 / 15098.577))).toBeLessThanOrEqual(0.02);
    const { squares, observed } = kalmanFilter(nile, level, {
      noise: 1,
      level: 1469.147 / 15098.577,
      slope: 0,
      season: 0,
    });
    expect(squares / (observed - 1) / 15098.577).toBeCloseTo(1, 2);
  });

  it('predicts with season and missing values as statsmodels does', () => {
    const values = Float64Array.from(
      range(36, (t) => ((t * 7919) % 13) / 3 + 2 * Math.sin((2 * Math.PI * t) / 12) + 0.05 * t),
    );
    for (const t of [10, 20, 21]) values[t] = Number.NaN;
    const system = new StructuralSystem({ hasSlope: false, season: { period: 12, harmonics: 2 }, regressors: [] });
    const variances = { noise: 1, level: 0.04, slope: 0, season: 0 };
    const filtered = kalmanFilter(values, system, variances, true);
    const { means, variances: spreads } = predict(system, filtered, variances, 36, new Array(6).fill(true));
    const expected = [3.44667816, 3.85782209, 4.0170238, 4.39078742, 4.9921955, 5.26417142];
    const expectedSpreads = [1.377443992, 1.472716615, 1.514916378, 1.523834085, 1.543606464, 1.583891716];
    for (const h of range(6, (i) => i)) {
      expect(means[h]).toBeCloseTo(expected[h] ?? 0, 5);
      expect(spreads[h]).toBeCloseTo(expectedSpreads[h] ?? 0, 5);
    }
    const signal = smoothedSignal(system, filtered);
    expect([signal[0], signal[10], signal[21], signal[35]].map((v) => Number(v?.toFixed(5)))).toEqual([
      1.97959, 0.52825, 0.7543, 2.49783,
    ]);
  });
});

describe('weights on the simplex', () => {
  it('finds weights that are known', () => {
    const random = randomSource(3);
    const columns = range(5, () => Float64Array.from(range(40, () => random.normal())));
    const truth = [0.5, 0.3, 0.2, 0, 0];
    const target = Float64Array.from(
      range(40, (t) => truth.reduce((sum, w, j) => sum + w * (columns[j]?.[t] ?? 0), 0)),
    );
    const weights = simplexWeights(columns, target, 0);
    truth.forEach((weight, j) => {
      expect(weights[j]).toBeCloseTo(weight, 4);
    });
  });

  it('never goes below 0, adds up to 1, and no other weights are better', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 8 }), (seed, count) => {
        const random = randomSource(seed);
        const columns = range(count, () => Float64Array.from(range(12, () => random.normal())));
        const target = Float64Array.from(range(12, () => 2 * random.normal()));
        const distance = (weights: ArrayLike<number>) =>
          target.reduce((sum, value, t) => {
            const mixed = columns.reduce((total, column, j) => total + (weights[j] ?? 0) * (column[t] ?? 0), 0);
            return sum + (value - mixed) ** 2;
          }, 0);
        const weights = simplexWeights(columns, target, 0);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 8);
        const drawn = range(count, () => -Math.log(1 - random.uniform()));
        const total = drawn.reduce((a, b) => a + b);
        expect(distance(weights)).toBeLessThanOrEqual(distance(drawn.map((w) => w / total)) + 1e-3);
      }),
      { numRuns: 50 },
    );
  });
});

/** As in the vignette of CausalImpact: one control, +10 from period 70 on. */
function vignette(random: ReturnType<typeof randomSource>) {
  let walk = 0;
  const control = range(100, () => {
    walk = 0.999 * walk + random.normal();
    return 100 + walk;
  });
  return { control, treated: control.map((x, t) => 1.2 * x + random.normal() + (t >= 70 ? 10 : 0)) };
}

/** Series that move with two common walks. */
function panel(random: ReturnType<typeof randomSource>, count: number, length: number, at: number, effect: number) {
  const walks = range(2, () => {
    let walk = 0;
    return range(length, () => {
      walk += random.normal();
      return walk;
    });
  });
  const unit = () => {
    const [base, ...loads] = [100 + 10 * random.normal(), 0.5 + random.uniform(), 0.5 + random.uniform()];
    return range(
      length,
      (t) => loads.reduce((sum, load, i) => sum + load * (walks[i]?.[t] ?? 0), base) + 2 * random.normal(),
    );
  };
  const treated = unit().map((value, t) => value + (t >= at ? effect : 0));
  return {
    treated: seriesOf(treated, 'year'),
    controls: range(count, (k) => seriesOf(unit(), 'year', { state: `s${k}` })),
  };
}

function holds({ lower, upper }: Effect, truth: number): boolean {
  return lower !== null && upper !== null && lower <= truth && truth <= upper;
}

describe('estimateEffect', () => {
  it('finds +10 as in the vignette of CausalImpact, with the control and without', () => {
    let [within, withinAlone] = [0, 0];
    for (let seed = 1; seed <= 40; seed += 1) {
      const { treated, control } = vignette(randomSource(seed));
      const against = estimateEffect(seriesOf(treated), [seriesOf(control, 'index', { x: '1' })], 70);
      if (holds(against, 10)) within += 1;
      if (holds(estimateEffect(seriesOf(treated), [], 70), 10)) withinAlone += 1;
      expect(against.verdict).toBe('effect');
      expect(against.absolute).toBeGreaterThan(7);
      expect(against.absolute).toBeLessThan(13);
    }
    // bench/trend/effects.mjs counts over 500
    expect(within).toBeGreaterThanOrEqual(36);
    expect(withinAlone).toBeGreaterThanOrEqual(33);
  });

  it('finds the law of February 1983 on drivers killed or seriously injured: -19 to -23 %', () => {
    const rows = fixture('seatbelts.csv').map((line) => line.split(','));
    const dates = rows.map((row) => `${row[0]}-01`);
    const series: Series = {
      key: {},
      frequency: 'month',
      dates,
      values: Float64Array.from(rows, (row) => Number(row[1])),
    };
    const effect = estimateEffect(series, [], dates.indexOf('1983-02-01'));
    expect(effect.verdict).toBe('effect');
    expect(effect.relative).toBeGreaterThan(-0.23);
    expect(effect.relative).toBeLessThan(-0.19);
  });

  it('finds the dam on the Nile in 1899', () => {
    const values = fixture('nile.csv').map((line) => Number(line.split(',')[1]));
    const effect = estimateEffect(seriesOf(values, 'year'), [], 28);
    expect(effect.verdict).toBe('effect');
    // the means before and after differ by 247.8
    expect(effect.absolute).toBeGreaterThan(-290);
    expect(effect.absolute).toBeLessThan(-210);
  });

  it('compares with many untreated series, shows placebos and what each series does to the result', () => {
    const { treated, controls } = panel(randomSource(11), 20, 31, 19, -15);
    const effect = estimateEffect(treated, controls, 19);
    expect(Object.keys(PANEL_METHODS)).toContain(effect.method);
    expect(effect.verdict).toBe('effect');
    expect(holds(effect, -15)).toBe(true);
    expect(effect.placebos.filter(({ kind }) => kind === 'space')).toHaveLength(20);
    expect(effect.placebos.some(({ kind }) => kind === 'time')).toBe(true);
    expect(effect.leaveOneOut.length).toBeGreaterThan(0);
    expect(effect.weights[0]?.weight).toBeGreaterThan(0);
    expect(effect.counterfactual).toHaveLength(31);
  });

  it('refuses untreated series that change themselves, cover other periods, or hardly move', () => {
    const { treated, controls } = panel(randomSource(5), 14, 60, 45, 12);
    const spoiled = controls.map((control, i) => {
      if (i === 0) return { ...control, values: control.values.map((value, t) => value + (t >= 45 ? 60 : 0)) };
      if (i === 1) return { ...control, values: control.values.map(() => 7) };
      if (i === 2) return { ...control, values: control.values.map((value, t) => (t % 2 === 0 ? value : Number.NaN)) };
      return i === 3 ? seriesOf(control.values.subarray(3), 'year', { state: 's3' }) : control;
    });
    const effect = estimateEffect(treated, spoiled, 45);
    const words = effect.reasons.join('\n');
    expect(words).toMatch(/s0 itself changes at the event/);
    expect(words).toMatch(/s1 hardly ever changes/);
    expect(words).toMatch(/s2 has too many missing periods/);
    expect(words).toMatch(/s3 covers other periods/);
    expect(effect.weights.map(({ name }) => name)).not.toContain('s0');
    expect(holds(effect, 12)).toBe(true);
  });

  it('refuses the only untreated series where it changes too', () => {
    const { treated, control } = vignette(randomSource(8));
    const steady = control.map((_, t) => 100 + Math.sin(t) + (t >= 70 ? 10 : 0));
    const effect = estimateEffect(seriesOf(treated), [seriesOf(steady, 'index', { shop: 'B' })], 70);
    expect(effect.method).toBe('structural-model');
    expect(effect.reasons.join()).toMatch(/B itself changes at the event/);
  });

  it('says no effect only where the interval is small', () => {
    const random = randomSource(2);
    const values = range(100, () => 100 + 3 * random.normal());
    const effect = estimateEffect(seriesOf(values), [], 80);
    expect(effect.verdict).toBe('no effect');
    // what is told is what was tested, and less than the farther end of the 95 % interval
    expect(effect.limit).toBeLessThanOrEqual(0.1 * ((effect.absolute ?? 0) / (effect.relative ?? 1)));
    expect(effect.limit).toBeLessThan(Math.max(Math.abs(effect.lower ?? 0), Math.abs(effect.upper ?? 0)));
    expect(estimateEffect(seriesOf(values), [], 80, { smallestOfInterest: 0.001 }).verdict).toBe('cannot tell');
  });

  it('cannot tell from constant, missing, short or endless series', () => {
    const cases: [Series, number][] = [
      [seriesOf(range(40, () => 5)), 20],
      [seriesOf(range(40, () => Number.NaN)), 20],
      [seriesOf(range(10, (t) => t % 3)), 5],
      [seriesOf(range(40, (t) => t % 3)), 0],
      [seriesOf(range(40, (t) => t % 3)), 40],
      [seriesOf([]), 0],
      [seriesOf(range(40, (t) => (t < 20 ? t % 3 : Number.NaN))), 20],
    ];
    for (const [series, at] of cases) {
      const effect = estimateEffect(series, [], at);
      expect(effect.verdict).toBe('cannot tell');
      expect(effect.reasons).not.toHaveLength(0);
    }
  });

  it('never gives NaN or Infinity, and interval and p always agree', () => {
    const scale = fc.constantFrom(1, 1e-300, 1e150, 1e308, 1e-6);
    fc.assert(
      fc.property(
        fc.integer(),
        scale,
        fc.nat(13),
        fc.double({ min: -4, max: 4, noNaN: true }),
        (seed, size, count, step) => {
          const random = randomSource(seed);
          const draw = (shift: number) =>
            range(48, (t) =>
              random.uniform() < 0.05 ? Number.NaN : size * (0.5 + 0.05 * (random.normal() + (t >= 34 ? shift : 0))),
            );
          const treated = seriesOf(draw(step), 'week');
          const controls = range(count, (k) => seriesOf(draw(0), 'week', { k: String(k) }));
          const effect = estimateEffect(treated, controls, 34);
          const text = JSON.stringify(effect, (_, value) => {
            if (typeof value === 'number' && !Number.isFinite(value)) return 'BROKEN';
            return value instanceof Float64Array ? [...value].map((v) => (Number.isFinite(v) ? v : 'BROKEN')) : value;
          });
          expect(text).not.toContain('BROKEN');
          const { lower, upper, p } = effect;
          if (lower === null || upper === null || p === null) return;
          expect(lower <= 0 && upper >= 0).toBe(p > 0.05);
          expect(effect.verdict === 'effect').toBe(p <= 0.05);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('uses the nearest of many untreated series', () => {
    const { treated, controls } = panel(randomSource(6), 70, 31, 19, -15);
    const effect = estimateEffect(treated, controls, 19);
    expect(effect.reasons).toContain('of 70 untreated series the 50 nearest are used');
    expect(holds(effect, -15)).toBe(true);
  });

  it('gives the same for the same', () => {
    const { treated, controls } = panel(randomSource(4), 12, 31, 19, 3);
    expect(estimateEffect(treated, controls, 19)).toEqual(estimateEffect(treated, controls, 19));
  });
});
