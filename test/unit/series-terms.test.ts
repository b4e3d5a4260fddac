import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../scripts/random.mjs';
import { type BurstSettings, burstStates, findBursts, type PeriodCount } from '../../src/analysis/series/bursts.js';
import { logitTrend } from '../../src/analysis/series/logit-trend.js';
import { type TermPeriod, termBursts, termContrasts, termTrends } from '../../src/analysis/series/terms.js';

function counts(documents: readonly number[], documentsInPeriod: number | readonly number[]): PeriodCount[] {
  return documents.map((having, t) => ({
    documents: having,
    documentsInPeriod: typeof documentsInPeriod === 'number' ? documentsInPeriod : (documentsInPeriod[t] ?? 0),
  }));
}

function table(terms: Readonly<Record<string, readonly PeriodCount[]>>): TermPeriod[] {
  return Object.entries(terms).flatMap(([term, list]) =>
    list.map((count, t) => ({ term, period: `2025-${String(t + 1).padStart(2, '0')}-01`, ...count })),
  );
}

describe('bursts', () => {
  it('is the burst that was worked out by hand', () => {
    // p0 = 16/50 = 0.32, p1 = 0.64, a rise costs ln 5 = 1.609. Six of ten: 6 ln(0.64/0.32) + 4 ln(0.36/0.68) = 1.6149
    // better in the upper state; seven of ten: 2.9440; one of ten: 5.0309 worse. 4.5589 > 1.609.
    const list = counts([1, 1, 6, 7, 1], 10);
    expect(burstStates(list, { states: 2, scaling: 2, gamma: 1 })).toEqual([0, 0, 1, 1, 0]);
    const [burst] = findBursts(list);
    expect(burst).toMatchObject({ level: 1, from: 2, to: 3 });
    expect(burst?.weight).toBeCloseTo(13 * Math.log(2) + 7 * Math.log(0.36 / 0.68), 10);
    expect(burst?.weight).toBeCloseTo(4.5589, 3);
  });

  it('has no burst where the rise costs more than it is worth', () => {
    // 3 ln 5 = 4.828 > 4.5589
    expect(findBursts(counts([1, 1, 6, 7, 1], 10), { states: 2, scaling: 2, gamma: 3 })).toEqual([]);
    expect(findBursts(counts([5, 5, 5, 5], 10))).toEqual([]);
    expect(findBursts(counts([0, 0, 0], 10))).toEqual([]);
    expect(findBursts(counts([10, 10], 10))).toEqual([]);
    expect(findBursts([])).toEqual([]);
  });

  it('puts bursts of higher states into those of lower ones', () => {
    const list = counts([2, 2, 1, 2, 12, 12, 40, 38, 13, 2, 1, 2, 2, 1, 2, 2], 100);
    const bursts = findBursts(list, { states: 3, scaling: 2.2, gamma: 0.5 });
    // 13 of 100 are better described by the middle state, 12 are not: 13 ln 2.2 + 87 ln(0.8158 / 0.9163) = 0.14, 12: -0.76
    expect(bursts.map(({ level, from, to }) => [level, from, to])).toEqual([
      [1, 6, 8],
      [2, 6, 7],
    ]);
  });

  it('is the cheapest of all sequences of states', () => {
    const cost = (
      list: readonly PeriodCount[],
      states: readonly number[],
      { scaling, gamma }: BurstSettings,
    ): number => {
      const all = list.reduce((sum, { documentsInPeriod }) => sum + documentsInPeriod, 0);
      const having = list.reduce((sum, { documents }) => sum + documents, 0);
      return list.reduce((sum, { documents, documentsInPeriod }, t) => {
        const state = states[t] ?? 0;
        const share = Math.min(1 - 1e-9, (having / all) * scaling ** state);
        const rise = Math.max(0, state - (states[t - 1] ?? 0)) * gamma * Math.log(list.length);
        return sum + rise - documents * Math.log(share) - (documentsInPeriod - documents) * Math.log1p(-share);
      }, 0);
    };
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 6 }),
        fc.constantFrom({ states: 2, scaling: 2, gamma: 1 }, { states: 3, scaling: 1.5, gamma: 0.4 }),
        (documents, settings) => {
          const list = counts(documents, 20);
          const having = documents.reduce((sum, count) => sum + count, 0);
          if (having === 0 || having === 20 * documents.length) return;
          let lowest = Number.POSITIVE_INFINITY;
          for (let code = 0; code < settings.states ** list.length; code += 1) {
            const states = list.map((_, t) => Math.floor(code / settings.states ** t) % settings.states);
            lowest = Math.min(lowest, cost(list, states, settings));
          }
          expect(cost(list, burstStates(list, settings), settings)).toBeCloseTo(lowest, 8);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });
});

describe('trends of a share', () => {
  const all = [50, 40, 60, 55, 50, 60, 50, 60];

  it('is that of R', () => {
    // prop.trend.test: X-squared = 15.29; here times (N - 1) / N with N = 425, for drawing without replacement;
    // glm(cbind(r + d a p, d (1 + a) - r - d a p) ~ t, binomial) with a = 100 / 425, p = 45 / 425: 0.2331337953
    const trend = logitTrend(counts([2, 1, 3, 4, 6, 9, 8, 12], all));
    expect((trend?.z ?? 0) ** 2).toBeCloseTo((15.29 * 424) / 425, 2);
    expect(trend?.slope).toBeCloseTo(0.2331337953, 8);
    expect(trend?.p).toBeLessThan(1e-4);
  });

  it('is less sure where the shares vary more than chance would have them', () => {
    // R: Pearson's statistic 7.843358980 a degree; z 4.898543771, corrected 1.749105264; 2 pt(-z, 6) = 0.1308524061
    const trend = logitTrend(counts([0, 9, 1, 12, 2, 20, 3, 25], all));
    expect(trend?.z).toBeCloseTo(1.749105264, 7);
    expect(trend?.p).toBeCloseTo(0.1308524061, 8);
  });

  it('says nothing of too little', () => {
    expect(logitTrend(counts([1, 2], 10))).toBeNull();
    expect(logitTrend(counts([0, 0, 0, 0], 10))).toBeNull();
    expect(logitTrend(counts([10, 10, 10], 10))).toBeNull();
    expect(logitTrend(counts([0, 0, 0, 1], [0, 0, 5, 5]))).toBeNull();
  });

  it('stays finite where a term is only said at one end', () => {
    const trend = logitTrend(counts([0, 0, 0, 0, 30], 30));
    expect(Number.isFinite(trend?.slope)).toBe(true);
    expect(Number.isFinite(trend?.z)).toBe(true);
  });
});

describe('terms', () => {
  const settings = { fdr: 0.05, minDocuments: 3 };

  it('orders what rises and falls by how sure it is', () => {
    const found = termTrends(
      table({
        steady: counts([5, 6, 5, 4, 6, 5, 5, 6], 50),
        sour: counts([1, 2, 4, 7, 11, 14, 18, 22], 50),
        sweet: counts([14, 13, 12, 9, 8, 7, 6, 4], 50),
        rare: counts([0, 0, 0, 0, 0, 0, 1, 1], 50),
      }),
      settings,
    );
    expect(found.map(({ term, kind }) => [term, kind])).toEqual([
      ['sour', 'rising'],
      ['sweet', 'falling'],
    ]);
    expect(found[0]).toMatchObject({ before: 14 / 200, after: 65 / 200, documents: 79 });
    expect(found[0]?.lift).toBeCloseTo(65 / 14, 10);
    expect(found[1]?.slope).toBeLessThan(0);
  });

  it('contrasts what is said from a period on with what was said before', () => {
    const found = termContrasts(
      table({ new: counts([2, 3, 6, 6], [40, 40, 30, 30]), lasting: counts([20, 20, 15, 15], [40, 40, 30, 30]) }),
      '2025-03-01',
      { fdr: 1, minDocuments: 1 },
    );
    // R: phyper(11, 17, 123, 60, lower.tail = FALSE) = 0.0139338955831, doubled
    expect(found[0]).toMatchObject({ term: 'new', kind: 'rising', documents: 17, before: 5 / 80, after: 12 / 60 });
    expect(found[0]?.p).toBeCloseTo(2 * 0.0139338955831, 9);
    // a0 = 70, a = 70 * 17 / 140 = 8.5
    const variance = 1 / 20.5 + 1 / 109.5 + 1 / 13.5 + 1 / 136.5;
    expect(found[0]?.score).toBeCloseTo((Math.log(20.5 / 109.5) - Math.log(13.5 / 136.5)) / Math.sqrt(variance), 10);
    expect(termContrasts(table({ new: counts([2, 3], 40) }), '2024-01-01', settings)).toEqual([]);
  });

  it('leaves out bursts that chance explains', () => {
    const found = termBursts(
      table({
        recall: counts([1, 1, 2, 1, 15, 18, 2, 1, 0, 1, 1, 2], 60),
        price: counts([6, 5, 7, 12, 6, 5, 6, 7, 5, 6, 7, 6], 60),
      }),
      settings,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ term: 'recall', from: '2025-05-01', to: '2025-06-01', documents: 33, level: 1 });
    expect(found[0]?.p).toBeLessThan(1e-6);
  });

  it('refuses counts that cannot be', () => {
    const row = { term: 'a', period: '2025-01-01', documents: 2, documentsInPeriod: 5 };
    expect(() => termTrends([row, { ...row, term: 'b', documentsInPeriod: 6 }], settings)).toThrow(/2025-01-01 has 5/u);
    expect(() => termTrends([row, row], settings)).toThrow(/twice/u);
    expect(() => termTrends([{ ...row, documents: 6 }], settings)).toThrow(/6 of 5/u);
    expect(() => termTrends([{ ...row, documents: Number.NaN }], settings)).toThrow(/NaN of 5/u);
  });

  it('takes pairs that are not given for 0, in any order of rows', () => {
    const rows = table({ sour: counts([0, 0, 0, 2, 9, 12], 50), all: counts([25, 25, 25, 25, 25, 25], 50) });
    const given = rows.filter(({ documents }) => documents > 0).reverse();
    expect(termTrends(given, settings)).toEqual(termTrends(rows, settings));
  });
});

describe('false discoveries', () => {
  const { uniform } = randomSource(7);
  const draw = (share: number, trials: number): number => {
    let having = 0;
    for (let k = 0; k < trials; k += 1) if (uniform() < share) having += 1;
    return having;
  };
  const PERIODS = [30, 80, 45, 60, 20, 90, 50, 40, 70, 60, 35, 55];
  const world = (shareAt: (term: number, t: number) => number): TermPeriod[] =>
    table(
      Object.fromEntries(
        Array.from({ length: 50 }, (_, k) => [
          `t${k}`,
          counts(
            PERIODS.map((trials, t) => draw(shareAt(k, t), trials)),
            PERIODS,
          ),
        ]),
      ),
    );
  const usual = (k: number): number => 0.01 + 0.006 * k;
  const settings = { fdr: 0.05, minDocuments: 5 };
  const methods = {
    trends: (rows: TermPeriod[]) => termTrends(rows, settings),
    contrasts: (rows: TermPeriod[]) => termContrasts(rows, '2025-07-01', settings),
    bursts: (rows: TermPeriod[]) => termBursts(rows, settings),
  };

  it.each(Object.entries(methods))('are rare where nothing happens: %s', (_, find) => {
    const worlds = Array.from({ length: 80 }, () => find(world(usual)));
    // 5 % of 80 are 4; 10 or more would be seen once in 150 times
    expect(worlds.filter((found) => found.length > 0).length).toBeLessThanOrEqual(9);
  });

  it.each(Object.entries(methods))('are few among what is found: %s', (_, find) => {
    const rates = Array.from({ length: 60 }, () => {
      const found = find(world((k, t) => (k % 5 === 0 && t >= 7 ? 2.5 * usual(k) + 0.05 : usual(k))));
      const wrong = found.filter(({ term }) => Number(term.slice(1)) % 5 !== 0).length;
      expect(found.length).toBeGreaterThan(0);
      return wrong / found.length;
    });
    expect(rates.reduce((sum, rate) => sum + rate, 0) / rates.length).toBeLessThan(0.06);
  });

  it('are rare where the shares of a term vary from period to period', () => {
    const worlds = Array.from({ length: 80 }, () => methods.trends(world((k) => usual(k) * (0.4 + 1.2 * uniform()))));
    expect(worlds.filter((found) => found.length > 0).length).toBeLessThanOrEqual(9);
  });
});
