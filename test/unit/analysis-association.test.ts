import { describe, expect, it } from 'vitest';
import { randomSource } from '../../scripts/random.mjs';
import { findAssociations, liftOf, weightedLogOdds } from '../../src/analysis/association.js';
import type { TermCount, TermCounts } from '../../src/analysis/term-table.js';

/** Trials that succeed, drawn by the gaps between them. */
function binomial(trials: number, share: number, random: () => number): number {
  const gap = () => Math.floor(Math.log(1 - random()) / Math.log(1 - share));
  let successes = 0;
  for (let at = gap(); at < trials; at += 1 + gap()) successes += 1;
  return successes;
}

function counted(documents: number): TermCount {
  return { documents, mentions: documents, sentiment: null, positiveShare: null, examples: [] };
}

function termOf(key: string, byGroup: readonly number[]): TermCounts {
  const counts = byGroup.flatMap((documents, i) => (documents > 0 ? [[`g${i}`, counted(documents)] as const] : []));
  const documents = byGroup.reduce((sum, number) => sum + number, 0);
  return {
    entry: { key, term: key, kind: 'phrase', entityType: null, language: null, documents },
    counts: new Map(counts),
  };
}

function tableOf(sizes: readonly number[], terms: readonly TermCounts[]) {
  return { groups: sizes.map((documents, i) => ({ group: `g${i}`, documents })), entries: () => terms };
}

/** Words with shares as in language (Zipf); every twentieth of one group is said more often there. */
function simulate(sizes: readonly number[], timesMore: number, random: () => number) {
  const planted = new Set<string>();
  const terms = Array.from({ length: 600 }, (_, rank) => {
    const share = Math.min(0.5, 0.6 / (rank + 1) ** 0.9);
    const favoured = timesMore > 1 && rank % 20 === 5 ? rank % sizes.length : -1;
    if (favoured >= 0) planted.add(`g${favoured} t${rank}`);
    const counts = sizes.map((documents, i) =>
      binomial(documents, Math.min(0.9, i === favoured ? share * timesMore : share), random),
    );
    return termOf(`t${rank}`, counts);
  });
  return { table: tableOf(sizes, terms), planted };
}

const SETTINGS = { fdr: 0.05, minDocuments: 2 };
const SIZES = [
  [60, 60, 80],
  [300, 300, 300, 100],
  [1500, 400, 50],
] as const;

describe('weighted log-odds', () => {
  it('are those of the formula, worked by hand', () => {
    // prior of 50 texts (half of 100), of which 10/100 have it: a = 5, a0 = 50
    // inside (8 + 5) / (40 + 50 - 13) = 13/77, outside (2 + 5) / (60 + 50 - 7) = 7/103
    const z = weightedLogOdds({ documents: 8, groupDocuments: 40, otherDocuments: 2, otherGroupDocuments: 60 });
    const variance = 1 / 13 + 1 / 77 + 1 / 7 + 1 / 103;
    expect(z).toBeCloseTo((Math.log(13 / 77) - Math.log(7 / 103)) / Math.sqrt(variance), 12);
    expect(z).toBeCloseTo(1.848, 3);
  });

  it('are zero where shares are equal, and turn their sign with the sides', () => {
    expect(
      weightedLogOdds({ documents: 4, groupDocuments: 40, otherDocuments: 6, otherGroupDocuments: 60 }),
    ).toBeCloseTo(0, 12);
    const one = weightedLogOdds({ documents: 8, groupDocuments: 40, otherDocuments: 2, otherGroupDocuments: 60 });
    const other = weightedLogOdds({ documents: 2, groupDocuments: 60, otherDocuments: 8, otherGroupDocuments: 40 });
    expect(one).toBeCloseTo(-other, 12);
  });

  it('stay numbers where all or none of the texts have the term', () => {
    for (const documents of [0, 1, 5])
      for (const otherDocuments of [0, 1, 5])
        expect(weightedLogOdds({ documents, groupDocuments: 5, otherDocuments, otherGroupDocuments: 5 })).toSatisfy(
          Number.isFinite,
        );
  });

  it('shrink what is rare: a term of two texts is not above one of two hundred', () => {
    const rare = weightedLogOdds({ documents: 2, groupDocuments: 1000, otherDocuments: 0, otherGroupDocuments: 1000 });
    const solid = weightedLogOdds({
      documents: 200,
      groupDocuments: 1000,
      otherDocuments: 100,
      otherGroupDocuments: 1000,
    });
    expect(rare).toBeLessThan(2);
    expect(solid).toBeGreaterThan(4);
  });
});

describe('lift', () => {
  it('is the ratio of the shares, with half a text where the others have none', () => {
    expect(liftOf({ documents: 8, groupDocuments: 40, otherDocuments: 2, otherGroupDocuments: 60 })).toBeCloseTo(6);
    expect(liftOf({ documents: 8, groupDocuments: 40, otherDocuments: 0, otherGroupDocuments: 60 })).toBeCloseTo(24);
  });
});

describe('associations', () => {
  it('are found by group, best first, with their figures', () => {
    const table = tableOf(
      [100, 100],
      [
        termOf('lumpy', [40, 2]),
        termOf('lump', [12, 0]),
        termOf('sweet', [3, 30]),
        termOf('yogurt', [90, 90]),
        termOf('rare', [2, 0]),
      ],
    );
    const found = findAssociations(table, SETTINGS);
    expect(found.get('g0')?.map(({ key }) => key)).toEqual(['lumpy', 'lump']);
    expect(found.get('g1')?.map(({ key }) => key)).toEqual(['sweet']);
    const lumpy = found.get('g0')?.[0];
    expect(lumpy?.lift).toBeCloseTo(20);
    // SciPy: hypergeom.sf(39, 200, 42, 100); of 10 tests the two of "rare" could never be found (p of 0.25 at best)
    expect((lumpy?.p ?? 0) / 2.3139081414253233e-12).toBeCloseTo(1, 6);
    expect((lumpy?.q ?? 0) / (8 * 2.3139081414253233e-12)).toBeCloseTo(1, 6);
    expect(lumpy?.inGroup.documents).toBe(40);
  });

  it('need two groups, and texts enough', () => {
    expect(findAssociations(tableOf([50], [termOf('a', [40])]), SETTINGS).get('g0')).toEqual([]);
    expect(findAssociations(tableOf([], []), SETTINGS).size).toBe(0);
    const table = tableOf([100, 100], [termOf('lumpy', [40, 2])]);
    expect(findAssociations(table, { fdr: 0.05, minDocuments: 41 }).get('g0')).toEqual([]);
    expect(findAssociations(table, { fdr: 0, minDocuments: 2 }).get('g0')).toEqual([]);
  });

  it('are not found where there are none: at most 5% of the runs find any', () => {
    const random = randomSource(20080101).uniform;
    for (const sizes of SIZES) {
      const runs = 120;
      let runsWithFinding = 0;
      for (let run = 0; run < runs; run += 1) {
        const { table } = simulate(sizes, 1, random);
        if ([...findAssociations(table, SETTINGS).values()].some((terms) => terms.length > 0)) runsWithFinding += 1;
      }
      expect(runsWithFinding / runs).toBeLessThanOrEqual(0.05);
    }
  });

  it('that were planted are found, and at most 5% of the findings are false', () => {
    const random = randomSource(1995).uniform;
    for (const sizes of SIZES) {
      const runs = 40;
      let falseShares = 0;
      for (let run = 0; run < runs; run += 1) {
        const { table, planted } = simulate(sizes, 4, random);
        const found = [...findAssociations(table, SETTINGS)].flatMap(([group, terms]) =>
          terms.map(({ key }) => `${group} ${key}`),
        );
        const wrong = found.filter((name) => !planted.has(name)).length;
        falseShares += found.length === 0 ? 0 : wrong / found.length;
        // the most frequent planted term is in 12% of the texts, in 48% of its group
        if (sizes[0] > 60) expect(found).toContain(`g${5 % sizes.length} t5`);
      }
      expect(falseShares / runs).toBeLessThanOrEqual(0.05);
    }
  });

  it('are all given, best first, where false discoveries are not controlled', () => {
    const table = tableOf([3, 2], [termOf('a', [3, 0]), termOf('b', [2, 1]), termOf('c', [1, 1]), termOf('d', [0, 1])]);
    const found = findAssociations(table, { fdr: 1, minDocuments: 1 });
    expect(found.get('g0')?.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(found.get('g1')?.map(({ key }) => key)).toEqual(['d', 'c']);
    for (const { p, q } of [...found.values()].flat()) expect(q).toBeGreaterThanOrEqual(p);
    expect(findAssociations(table, SETTINGS).get('g0')).toEqual([]);
  });
});
