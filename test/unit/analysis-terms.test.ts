import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSynonyms } from '../../src/analysis/synonyms.js';
import { TermTable } from '../../src/analysis/term-table.js';
import { TermTimeline } from '../../src/analysis/term-timeline.js';
import type { TermReading } from '../../src/model.js';

function reading(key: string, term = key, scores: readonly (number | null)[] = [null], kind = 'phrase'): TermReading {
  return {
    key,
    term,
    kind: kind as TermReading['kind'],
    entityType: kind === 'entity' ? 'product' : null,
    score: 0.5,
    mentions: scores.map((score, i) => ({ start: 10 * i, end: 10 * i + term.length, score })),
  };
}

function document(id: string, group: string, language: string | null = 'en', score: number | null = null) {
  return { id, source: 'reviews.csv', group, language, score };
}

function rowsOf(table: TermTable) {
  return Object.fromEntries([...table.entries()].map(({ entry, counts }) => [entry.key, { ...entry, counts }]));
}

describe('term table', () => {
  it('counts texts and mentions by group, with what is felt', () => {
    const table = new TermTable();
    table.add(document('1', 'A'), [reading('texture', 'texture', [0.8, 0.4])]);
    table.add(document('2', 'A'), [reading('texture', 'Textures', [-0.2])]);
    table.add(document('3', 'A', 'en', 0.5), [reading('texture', 'texture', [null])]);
    table.add(document('4', 'B'), [reading('texture'), reading('price', 'price', [-1])]);
    table.add(document('5', 'B'), []);
    expect(table.groups).toEqual([
      { group: 'A', documents: 3 },
      { group: 'B', documents: 2 },
    ]);
    expect(table.documents).toBe(5);
    expect(table.maxUndercount).toBe(0);
    const { texture, price } = rowsOf(table);
    expect(texture).toMatchObject({ term: 'texture', kind: 'phrase', entityType: null, language: 'en', documents: 4 });
    const inA = texture?.counts.get('A');
    expect(inA).toMatchObject({ documents: 3, mentions: 4 });
    // (0.6 - 0.2 + 0.5) / 3: each text once; the third lends its own score
    expect(inA?.sentiment).toBeCloseTo(0.3, 12);
    expect(inA?.positiveShare).toBeCloseTo(2 / 3, 12);
    expect(inA?.examples.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(texture?.counts.get('B')).toMatchObject({ documents: 1, sentiment: null, positiveShare: null });
    expect(price?.counts.has('A')).toBe(false);
  });

  it('takes a name and a phrase of one key together, each place once', () => {
    const table = new TermTable();
    table.add(document('1', 'A'), [
      reading('nuvela', 'Nuvela', [0.5], 'entity'),
      reading('nuvela', 'nuvela', [0.5, 0]),
    ]);
    table.add(document('2', 'A', 'es'), [reading('nuvela', 'Nuvela', [0, 0], 'entity')]);
    const { nuvela } = rowsOf(table);
    expect(nuvela).toMatchObject({
      term: 'Nuvela',
      kind: 'entity',
      entityType: 'product',
      documents: 2,
      language: null,
    });
    expect(nuvela?.counts.get('A')).toMatchObject({ documents: 2, mentions: 4 });
  });

  it('keeps five examples', () => {
    const table = new TermTable();
    for (let i = 0; i < 9; i += 1) table.add(document(String(i), 'A'), [reading('a')]);
    expect(rowsOf(table).a?.counts.get('A')?.examples.length).toBe(5);
  });

  it('forgets the rarest in a small room, and no count is wrong by more than it says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ group: fc.nat(2), keys: fc.uniqueArray(fc.nat(60), { maxLength: 12 }) }), {
          minLength: 50,
          maxLength: 300,
        }),
        (documents) => {
          const exact = new Map<string, number>();
          const table = new TermTable({ maxCells: 40 });
          for (const [i, { group, keys }] of documents.entries()) {
            // low numbers are frequent
            const terms = keys.map((key) => Math.floor(key ** 2 / 60));
            const unique = [...new Set(terms)];
            table.add(
              document(String(i), `g${group}`),
              unique.map((key) => reading(`t${key}`)),
            );
            for (const key of unique) exact.set(`g${group} t${key}`, (exact.get(`g${group} t${key}`) ?? 0) + 1);
          }
          const counted = new Map<string, number>();
          for (const { entry, counts } of table.entries())
            for (const [group, { documents: number }] of counts) counted.set(`${group} ${entry.key}`, number);
          for (const [name, number] of exact) {
            const kept = counted.get(name) ?? 0;
            expect(kept).toBeLessThanOrEqual(number);
            expect(number - kept).toBeLessThanOrEqual(table.maxUndercount);
          }
          expect(counted.size).toBeLessThanOrEqual(52);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('synonyms', () => {
  const text = [
    '\uFEFF# names of the yogurt',
    '',
    'Nuvela: nuvela natural, "Nuvela: Original", #nuvela  # the hashtag too',
    'nuvela: yogur de limón',
    'Trébola: la Trebola',
    'Cumbre:',
  ].join('\r\n');

  it('are found without case, accents, plural and signs', () => {
    const synonyms = parseSynonyms(text, 'names.txt');
    for (const form of ['NUVELA', 'Nuvela  Natural', 'nuvelas naturales', 'nuvela - original', '#Nuvela']) {
      expect(synonyms.canonicalOf(form)).toBe('Nuvela');
    }
    expect(synonyms.canonicalOf('Yogures de limon')).toBe('Nuvela');
    expect(synonyms.canonicalOf('la trébola')).toBe('Trébola');
    expect(synonyms.canonicalOf('cumbre')).toBe('Cumbre');
    expect(synonyms.canonicalOf('nuve')).toBeNull();
    expect(synonyms.canonicalOf('')).toBeNull();
  });

  it.each([
    ['luz', 'luces'],
    ['berry', 'berries'],
    ['box', 'boxes'],
    ['glass', 'glasses'],
    ['cheese', 'cheeses'],
    ['yogur', 'yogures'],
    ['bote pequeño', 'botes pequeños'],
    ['rey', 'reyes'],
    ['price', 'prices'],
    ['camión', 'camiones'],
  ])('fold %s and %s', (singular, plural) => {
    const synonyms = parseSynonyms(`x: ${singular}`, 'names.txt');
    expect(synonyms.canonicalOf(plural)).toBe('x');
    expect(synonyms.canonicalOf(singular)).toBe('x');
  });

  it('tell ñ from n, and other words apart', () => {
    const synonyms = parseSynonyms('x: año, chess', 'names.txt');
    expect(synonyms.canonicalOf('ano')).toBeNull();
    expect(synonyms.canonicalOf('cheese')).toBeNull();
  });

  it.each([
    ['a: b\nno colon here', 'names.txt:2'],
    ['a: b,, c', 'names.txt:1'],
    [': b', 'names.txt:1'],
    ['a: b: c', 'names.txt:1'],
    ['a: "b', 'names.txt:1'],
    ['a: !!', 'names.txt:1'],
    ['a: b\n# c\nc: B', 'names.txt:3'],
    ['a: x,', 'names.txt:1'],
  ])('say in which line %j is wrong', (lines, place) => {
    if (lines === 'a: x,') return expect(parseSynonyms(lines, 'names.txt').canonicalOf('x')).toBe('a');
    return expect(() => parseSynonyms(lines, 'names.txt')).toThrow(place);
  });

  it('merge the terms of a text, their places once', () => {
    const synonyms = parseSynonyms('Nuvela: yogur nuvela, #nuvela', 'names.txt');
    const terms: TermReading[] = [
      { ...reading('yogur nuvela'), score: 0.4, mentions: [{ start: 0, end: 12, score: 0.5 }] },
      { ...reading('textura'), score: 0.3 },
      {
        ...reading('nuvela', 'Nuvela', [], 'entity'),
        score: 0.2,
        mentions: [
          { start: 6, end: 12, score: 0.5 },
          { start: 40, end: 46, score: -1 },
        ],
      },
    ];
    const folded = synonyms.fold(terms);
    expect(folded.map(({ term }) => term)).toEqual(['Nuvela', 'textura']);
    expect(folded[0]).toMatchObject({ kind: 'entity', entityType: 'product', score: 0.4 });
    expect(folded[0]?.mentions).toEqual([
      { start: 0, end: 12, score: 0.5 },
      { start: 40, end: 46, score: -1 },
    ]);
    const others = [reading('price')];
    expect(synonyms.fold(others)).toBe(others);
  });

  it('find every name that they were given, however it is written', () => {
    const word = fc.stringMatching(/^[a-zñáéíóú]{2,9}$/);
    const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(name, name, (canonical, variant) => {
        const synonyms = parseSynonyms(`${canonical}: ${variant}`, 'names.txt');
        for (const form of [
          variant,
          variant.toUpperCase(),
          ` ${variant.replaceAll(' ', '  ')}!`,
          variant.normalize('NFD'),
        ]) {
          expect(synonyms.canonicalOf(form)).toBe(canonical);
        }
      }),
    );
  });

  it('never fail in another way than by saying the line', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ':', ',', '"', '#', ' ', '\n', 'é') }), (lines) => {
        try {
          parseSynonyms(lines, 'names.txt');
        } catch (error) {
          expect(String(error)).toMatch(/UsageError: names\.txt:\d+: /);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('timeline', () => {
  it('counts by period, zeros included, with all texts of the period', () => {
    const timeline = new TermTimeline('week');
    const add = (id: string, iso: string, terms: TermReading[], precision: 'day' | 'year' = 'day') =>
      timeline.add({ ...document(id, ''), group: null, date: { iso, precision } }, terms);
    add('1', '2020-04-01', [reading('lumpy', 'lumpy', [-1])]);
    add('2', '2020-04-05', [reading('lumpy'), reading('price')]);
    add('3', '2020-04-03', []);
    add('4', '2020-04-20', [reading('price', 'price', [0.5])]);
    add('5', '2020-01-01', [reading('price')], 'year');
    timeline.add({ ...document('6', ''), group: null, date: null }, [reading('price')]);
    expect(timeline.undated).toBe(2);
    const points = [...timeline.points({ top: 10, minDocuments: 1 })];
    expect(
      points.map((point) => [point.term, point.date, point.documents, point.documentsInPeriod, point.sentiment]),
    ).toEqual([
      ['lumpy', '2020-03-30', 2, 3, -1],
      ['lumpy', '2020-04-20', 0, 1, null],
      ['price', '2020-03-30', 1, 3, null],
      ['price', '2020-04-20', 1, 1, 0.5],
    ]);
    expect([...timeline.points({ top: 1, minDocuments: 1 })].length).toBe(2);
    expect([...timeline.points({ top: 9, minDocuments: 3 })].length).toBe(0);
  });

  it('keeps groups apart', () => {
    const timeline = new TermTimeline('month');
    const day = { iso: '2020-04-01', precision: 'day' } as const;
    timeline.add({ ...document('1', 'B'), date: day }, [reading('lumpy')]);
    timeline.add({ ...document('2', 'A'), date: day }, [reading('lumpy')]);
    timeline.add({ ...document('3', 'A'), date: { ...day, iso: '2020-05-31' } }, []);
    const points = [...timeline.points({ top: 10, minDocuments: 1 })];
    expect(points.map(({ group, date, documents }) => [group, date, documents])).toEqual([
      ['A', '2020-04-01', 1],
      ['A', '2020-05-01', 0],
      ['B', '2020-04-01', 1],
    ]);
  });
});
