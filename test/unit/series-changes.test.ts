import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../scripts/random.mjs';
import { findChanges } from '../../src/analysis/series/changes.js';
import type { ChangePoint } from '../../src/analysis/series/series.js';

function fixture(name: string, column: number): Float64Array {
  const lines = readFileSync(new URL(`../fixtures/series/${name}.csv`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return Float64Array.from(lines.slice(1), (line) => Number(line.split(',')[column]));
}

const noise = (seed: number): (() => number) => randomSource(seed).normal;

function series(length: number, at: (i: number, normal: () => number) => number, seed = 1): Float64Array {
  const normal = noise(seed);
  return Float64Array.from({ length }, (_, i) => at(i, normal));
}

function only(found: readonly ChangePoint[]): ChangePoint {
  expect(found).toHaveLength(1);
  return found[0] as ChangePoint;
}

describe('known series', () => {
  it('finds the Nile of 1898 where strucchange does', () => {
    // breakpoints(Nile ~ 1): after observation 28, confint 25 to 32; means 1097.75 and 849.97 (R 4.2, strucchange 1.5)
    const change = only(findChanges(fixture('nile', 1), { season: null }));
    expect(change).toMatchObject({ kind: 'level', index: 28 });
    expect(change.absolute).toBeCloseTo(849.9722 - 1097.75, 3);
    expect(change.relative).toBeCloseTo(-0.2257, 4);
    expect(change.from).toBeGreaterThanOrEqual(25);
    expect(change.from).toBeLessThan(28);
    expect(change.to).toBeGreaterThan(28);
    expect(change.to).toBeLessThanOrEqual(32);
    expect(change.p).toBeLessThan(1e-6);
  });

  it('finds the law of February 1983 in Seatbelts, and its size', () => {
    const found = findChanges(fixture('seatbelts', 1), { season: 12 });
    const law = found.find(({ index }) => Math.abs(index - 169) <= 1);
    expect(law?.kind).toBe('level');
    expect(law?.from).toBeLessThanOrEqual(169);
    expect(law?.to).toBeGreaterThanOrEqual(169);
    expect(law?.relative).toBeGreaterThan(-0.25);
    expect(law?.relative).toBeLessThan(-0.15);
    // the winter of 1973 to 1974, when petrol was dear
    expect(found.some(({ index }) => index >= 57 && index <= 62)).toBe(true);
    expect(found.length).toBeLessThanOrEqual(3);
  });
});

describe('kinds', () => {
  it('tells a spike of one week from a lasting step, beside a season', () => {
    const values = series(156, (i, normal) => {
      const season = 40 * Math.sin((2 * Math.PI * i) / 52);
      return 400 + season + 10 * normal() + (i === 60 ? 150 : 0) + (i >= 104 ? 90 : 0);
    });
    const found = findChanges(values, { season: 52 });
    expect(found.map(({ kind, index, length }) => [kind, index, length])).toEqual([
      ['spike', 60, 1],
      ['level', 104, null],
    ]);
    expect(Math.abs((found[0]?.absolute ?? 0) - 150)).toBeLessThan(30);
    expect(found[1]?.lower).toBeLessThan(90);
    expect(found[1]?.upper).toBeGreaterThan(90);
    expect(found[1]?.relative).toBeCloseTo(90 / 400, 1);
  });

  it('takes a promotion of two weeks for one spike', () => {
    const values = series(120, (i, normal) => 50 + 2 * normal() + (i === 70 || i === 71 ? 40 : 0));
    expect(only(findChanges(values, { season: null }))).toMatchObject({ kind: 'spike', index: 70, to: 70, length: 2 });
  });

  it('takes a week that stands out every year for a part of the season', () => {
    const values = series(208, (i, normal) => 300 + 8 * normal() + (i % 52 === 50 ? 250 : 0));
    expect(findChanges(values, { season: 52 })).toEqual([]);
    expect(findChanges(values, { season: null })).toHaveLength(4);
  });

  it('finds where a line bends, and by how much', () => {
    const values = series(120, (i, normal) => 10 + 0.2 * i + (i > 60 ? -0.5 * (i - 60) : 0) + 0.8 * normal());
    const change = only(findChanges(values, { season: null }));
    expect(change.kind).toBe('slope');
    expect(Math.abs(change.index - 60)).toBeLessThanOrEqual(4);
    expect(change.from).toBeLessThanOrEqual(change.index);
    expect(change.to).toBeGreaterThanOrEqual(change.index);
    expect(change.lower).toBeLessThan(-0.5);
    expect(change.upper).toBeGreaterThan(-0.5);
    expect(change.upper).toBeLessThan(0);
  });

  it('dates a bend by the first period that is off the line', () => {
    const values = series(100, (i) => i + Math.max(0, i - 49));
    expect(only(findChanges(values, { season: null }))).toMatchObject({ kind: 'slope', index: 50 });
  });

  it('finds a step on a line', () => {
    const values = series(150, (i, normal) => 0.1 * i + (i >= 90 ? 8 : 0) + normal(), 3);
    const change = only(findChanges(values, { season: null }));
    expect(change).toMatchObject({ kind: 'level', index: 90 });
    expect(change.lower).toBeLessThan(8);
    expect(change.upper).toBeGreaterThan(8);
  });

  it('agrees in p and interval: 0 is outside, and p below 5 %', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const values = series(90, (i, normal) => 10 + normal() + (i >= 45 ? 1.5 : 0) + (i === 20 ? 5 : 0), seed);
      for (const { p, lower, upper } of findChanges(values, { season: null })) {
        expect(p).toBeLessThanOrEqual(0.05);
        expect(lower * upper).toBeGreaterThan(0);
      }
    }
  });

  it('finds exact steps without noise', () => {
    const values = series(90, (i) => (i < 30 ? 2.5 : i < 71 ? 2.9 : 2.2));
    expect(findChanges(values, { season: null }).map(({ kind, index }) => [kind, index])).toEqual([
      ['level', 30],
      ['level', 71],
    ]);
  });
});

describe('sizes', () => {
  it('holds the true size of a step in its interval about 95 times in 100, though errors are alike', () => {
    let found = 0;
    let held = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      let error = 0;
      const values = series(
        160,
        (i, normal) => {
          error = 0.5 * error + Math.sqrt(0.75) * normal();
          return error + (i >= 80 ? 6 : 0);
        },
        seed,
      );
      const step = findChanges(values, { season: null }).find(({ index }) => Math.abs(index - 80) <= 3);
      if (step === undefined) continue;
      found += 1;
      if (step.lower <= 6 && step.upper >= 6) held += 1;
    }
    expect(found).toBeGreaterThan(190);
    expect(held / found).toBeGreaterThan(0.88);
    expect(held / found).toBeLessThan(0.995);
  });
});

describe('nothing to find', () => {
  it.each([
    ['no values', new Float64Array(0)],
    ['seven values', Float64Array.of(1, 1, 1, 9, 9, 9, 9)],
    ['a constant', new Float64Array(50).fill(3)],
    ['all missing', new Float64Array(50).fill(Number.NaN)],
    ['a straight line', series(80, (i) => 3 * i - 7)],
    ['a smooth curve', series(200, (i) => 1000 + 3 * i + 0.02 * i * i)],
    ['two values that take turns', series(60, (i) => i % 2)],
  ])('%s', (_, values) => {
    expect(findChanges(values, { season: 12 })).toEqual([]);
  });

  it('is the answer for noise, trends, seasons and errors that are alike, nearly always', () => {
    const makers: [season: number | null, at: (i: number, normal: () => number) => number][] = [
      [null, (_, normal) => normal()],
      [null, (i, normal) => 0.1 * i + normal()],
      [52, (i, normal) => 2 * Math.sin((2 * Math.PI * i) / 52) + normal()],
    ];
    for (const [season, at] of makers) {
      const alarms = Array.from({ length: 100 }, (_, seed) => findChanges(series(156, at, seed + 1), { season }));
      expect(alarms.filter((found) => found.length > 0).length).toBeLessThanOrEqual(8);
    }
  });
});

describe('missing values', () => {
  it('finds the step though a quarter of the values and those around it are missing', () => {
    const values = series(160, (i, normal) => (i >= 80 ? 5 : 0) + normal());
    for (let i = 0; i < values.length; i += 1) if (i % 4 === 1 || (i > 76 && i < 82)) values[i] = Number.NaN;
    const change = only(findChanges(values, { season: null }));
    expect(change.kind).toBe('level');
    expect(Math.abs(change.index - 80)).toBeLessThanOrEqual(3);
  });
});

describe('a step beside a missing value', () => {
  it('may have begun in it', () => {
    const values = series(80, (i, normal) => 100 + 0.5 * normal() + (i >= 50 ? 40 : 0));
    values[50] = Number.NaN;
    expect(only(findChanges(values, { season: null }))).toMatchObject({ index: 51, from: 50, to: 51 });
  });
});

describe('a missing period', () => {
  const bases: [
    name: string,
    season: number | null,
    at: (i: number, normal: () => number) => number,
    change: number[],
  ][] = [
    ['a step', null, (i, normal) => (i < 20 ? 100 : 130) + 2 * normal(), [20]],
    ['an exact step', null, (i) => (i < 20 ? 100 : 130) + (i % 3), [20]],
    ['a step of a weekly series', 52, (i, normal) => (i < 20 ? 100 : 130) + 2 * normal(), [20]],
    ['a line', null, (i) => 10 + 2 * i, []],
    ['noise', null, (_, normal) => normal(), []],
  ];

  it.each(bases)('invents no change in %s, whichever it is', (_, season, at, changes) => {
    const values = series(40, at, 2);
    const places = (list: Float64Array): readonly number[] => findChanges(list, { season }).map(({ index }) => index);
    expect(places(values)).toEqual(changes);
    for (let gap = 0; gap < values.length; gap += 1) {
      const found = places(values.map((value, i) => (i === gap ? Number.NaN : value)));
      expect(found, `without period ${gap}`).toHaveLength(changes.length);
      for (const [k, index] of found.entries()) expect(Math.abs(index - (changes[k] ?? 0))).toBeLessThanOrEqual(1);
    }
  });
});

describe('errors that are not normal', () => {
  const heavy = (normal: () => number): number => normal() / Math.hypot(normal(), normal(), normal());

  it.each<[string, (i: number, normal: () => number) => number]>([
    ['heavy tails', (_, normal) => heavy(normal)],
    ['noise in per cent of a level that grows', (i, normal) => 100 * Math.exp(i / 78) * (1 + 0.1 * normal())],
    ['whole figures of which most are alike', (_, normal) => Math.round(20 + 0.8 * normal())],
  ])('%s are no changes, nearly always', (_, at) => {
    const alarms = Array.from({ length: 60 }, (_, seed) => findChanges(series(156, at, seed + 1), { season: null }));
    expect(alarms.filter((found) => found.length > 0).length).toBeLessThanOrEqual(7);
  });

  it('still finds a promotion among others, and a step', () => {
    const values = series(131, (i, normal) => 500 * (1 + 0.06 * normal()) * ([20, 61, 99, 112].includes(i) ? 1.5 : 1));
    expect(findChanges(values, { season: 52 }).map(({ kind, index }) => [kind, index])).toEqual(
      [20, 61, 99, 112].map((index) => ['spike', index]),
    );
  });
});

describe('any series', () => {
  const kinds = fc.record({
    seed: fc.integer({ min: 1, max: 1e6 }),
    length: fc.integer({ min: 8, max: 150 }),
    step: fc.constantFrom(0, 4, -9),
    slope: fc.constantFrom(0, 0.1),
    season: fc.constantFrom(null, 4, 12),
  });
  const make = ({ seed, length, step, slope }: { seed: number; length: number; step: number; slope: number }) =>
    series(length, (i, normal) => normal() + slope * i + (i > length / 2 ? step : 0), seed);

  it('gives the same changes in other units', () => {
    fc.assert(
      fc.property(kinds, fc.constantFrom(1, -1), fc.constantFrom(1, 1024, 2 ** -20), (kind, sign, factor) => {
        const values = make(kind);
        const found = findChanges(values, kind);
        const moved = findChanges(
          values.map((value) => sign * factor * value + factor * 64),
          kind,
        );
        expect(moved.map(({ kind: name, index }) => [name, index])).toEqual(
          found.map(({ kind: name, index }) => [name, index]),
        );
        for (const [k, change] of found.entries()) {
          expect((moved[k]?.absolute ?? 0) / (sign * factor)).toBeCloseTo(change.absolute, 4);
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('gives numbers that are finite and in order, whatever the values are', () => {
    const value = fc.oneof(
      fc.double({ noNaN: false }),
      fc.constantFrom(0, 1, 1e308, -1e308, 5e-324, Number.NaN, Number.POSITIVE_INFINITY),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.constantFrom(null, 4, 7, 12), (list, season) => {
        let before = -1;
        for (const change of findChanges(Float64Array.from(list), { season })) {
          const { index, from, to, absolute, lower, upper, p, relative } = change;
          for (const number of [index, from, to, absolute, lower, upper, p, relative ?? 0]) {
            expect(Number.isFinite(number)).toBe(true);
          }
          expect(index).toBeGreaterThan(before);
          expect(from).toBeLessThanOrEqual(index);
          expect(to).toBeGreaterThanOrEqual(index);
          expect(lower).toBeLessThanOrEqual(absolute);
          expect(upper).toBeGreaterThanOrEqual(absolute);
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
          before = index;
        }
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('steps between the largest numbers', () => {
    const values = series(60, (i, normal) => (i < 30 ? -1.5e308 : 1.5e308) + 1e306 * normal());
    const change = only(findChanges(values, { season: null }));
    expect(change.index).toBe(30);
    expect(change.absolute).toBe(Number.MAX_VALUE);
  });
});
