import { describe, expect, it } from 'vitest';
import { randomSource } from '../../scripts/random.mjs';
import { findScales } from '../../src/analysis/series/scales.js';
import { tailOf } from '../../src/analysis/series/tails.js';

/** Absolute errors in order, those above seven middles left out. */
function usual(draw: () => number, count: number): { errors: Float64Array; limit: number; middle: number } {
  const all = Float64Array.from({ length: count }, () => Math.abs(draw())).sort();
  const middle = all[count >> 1] as number;
  return { errors: all.filter((error) => error < 7 * middle), limit: 7 * middle, middle };
}

describe('tailOf', () => {
  it('takes normal errors for normal and heavy ones for heavy, where there are enough', () => {
    const { normal } = randomSource(1);
    const light = usual(normal, 400);
    const heavy = usual(() => normal() / Math.hypot(normal(), normal(), normal()), 400);
    // 8 deviations of a normal distribution: 5e-13 of 400 are expected; Student t3 of this middle: 3.4
    expect(tailOf(light.errors, light.limit, light.middle).expected(12 * light.middle, 400)).toBeLessThan(0.01);
    expect(tailOf(heavy.errors, heavy.limit, heavy.middle).expected(12 * heavy.middle, 400)).toBeGreaterThan(0.4);
  });

  it('finds several of a size less likely than one, and one as likely as expected', () => {
    const { errors, limit, middle } = usual(randomSource(2).normal, 60);
    const tail = tailOf(errors, limit, middle);
    const one = tail.probability(10 * middle, 60, 1);
    expect(one).toBeLessThanOrEqual(tail.expected(10 * middle, 60));
    expect(tail.probability(10 * middle, 60, 3)).toBeLessThan(one / 10);
    expect(tail.probability(0, 60, 1)).toBeCloseTo(1, 6);
    expect(tail.probability(20 * middle, 60, 1)).toBeLessThan(one);
  });
});

describe('findScales', () => {
  const times = Float64Array.from({ length: 200 }, (_, i) => i);
  const isKept = new Uint8Array(200).fill(1);
  const level = times.map((t) => t / 199);

  it('finds that errors are five times as large at the top, on average', () => {
    const ratios = [1, 2, 3, 4, 5, 6].map((seed) => {
      const { normal } = randomSource(seed);
      const values = level.map((at) => at + 0.02 * (1 + 4 * at) * normal());
      const scales = findScales({ times, values }, isKept, level) ?? new Float64Array(200).fill(1);
      expect(scales.reduce((sum, scale) => sum + Math.log(scale), 0)).toBeCloseTo(0, 9);
      return (scales[199] as number) / (scales[0] as number);
    });
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    expect(mean).toBeGreaterThan(3.5);
    expect(mean).toBeLessThan(7);
  });

  it('says nothing where they are alike', () => {
    const { normal } = randomSource(4);
    const values = level.map((at) => at + 0.05 * normal());
    expect(findScales({ times, values }, isKept, level)).toBeNull();
  });
});
