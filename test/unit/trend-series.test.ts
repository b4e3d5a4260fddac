import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markOf, parseMeasure, parseNumber } from '../../src/analysis/numbers.js';
import { matchOffer } from '../../src/analysis/series/offer-match.js';
import { regularize } from '../../src/analysis/series/regular.js';
import { SeriesTable } from '../../src/analysis/series/series-table.js';
import {
  areIndices,
  dayOf,
  frequencyOf,
  isoOfDay,
  periodName,
  periodNumber,
} from '../../src/analysis/series/table-calendar.js';
import { inWords, percent } from '../../src/analysis/series/words.js';
import { UsageError } from '../../src/model.js';

const anyDay = fc.integer({ min: dayOf('1900-01-01'), max: dayOf('2090-01-01') });
const settings = { order: 'dmy', frequency: null, aggregate: null } as const;

function tableOf(rows: readonly (readonly [date: string, key: string, value: number])[]): SeriesTable {
  const table = new SeriesTable(['shop']);
  for (const [date, key, value] of rows) table.add(date, [key], value);
  return table;
}

function monthsAfter(day: number, months: number): number {
  const date = new Date(`${isoOfDay(day).slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return dayOf(date.toISOString().slice(0, 10));
}

describe('frequencies', () => {
  it('are found from any day on, with any periods missing', () => {
    const steps = {
      day: (first: number, i: number) => first + i,
      week: (first: number, i: number) => first + 7 * i,
      month: (first: number, i: number) => monthsAfter(first, i),
      quarter: (first: number, i: number) => monthsAfter(first, 3 * i),
      year: (first: number, i: number) => monthsAfter(first, 12 * i),
    } as const;
    const gaps = fc.array(fc.boolean(), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[])),
        anyDay,
        gaps,
        (name, first, isMissing) => {
          // two at the start, and no more than every third missing: a week without six of its days is a row a week
          const days = isMissing.flatMap((missing, i) =>
            i > 1 && i % 3 === 0 && missing ? [] : [steps[name](first, i)],
          );
          expect(frequencyOf(days)).toBe(name);
        },
      ),
    );
  });

  it('take ends of months for months, and refuse what is at no distance', () => {
    expect(frequencyOf(['2020-01-31', '2020-02-29', '2020-03-31', '2020-04-30'].map(dayOf))).toBe('month');
    expect(frequencyOf(['2020-01-01', '2020-01-03', '2020-02-20'].map(dayOf))).toBeNull();
    expect(frequencyOf([0, 28, 56, 84].map((day) => day + dayOf('2020-01-06')))).toBeNull();
    // weeks that a holiday moves by a day
    expect(frequencyOf([0, 7, 14, 22, 28, 35].map((day) => day + dayOf('2020-01-06')))).toBe('week');
  });

  it('tell whole numbers from years and days', () => {
    expect(areIndices(['1', '2', '2000'])).toBe(true);
    expect(areIndices(['1999', '2000'])).toBe(false);
    expect(areIndices(['20200403', '20200404'])).toBe(false);
    expect(areIndices(['1', 'two'])).toBe(false);
  });
});

describe('periods', () => {
  it('follow each other, and go by a day within them', () => {
    const calendars = fc.record({
      frequency: fc.constantFrom('day', 'week', 'month', 'quarter', 'year'),
      weekday: fc.constant(0),
    });
    fc.assert(
      fc.property(calendars, anyDay, (calendar, day) => {
        const number = periodNumber(day, calendar);
        const first = dayOf(periodName(number, calendar));
        expect(first).toBeLessThanOrEqual(day);
        expect(periodNumber(first, calendar)).toBe(number);
        expect(dayOf(periodName(number + 1, calendar))).toBeGreaterThan(day);
        expect(periodNumber(first - 1, calendar)).toBe(number - 1);
      }),
    );
  });
});

describe('a regular grid', () => {
  it('holds every value at its date, whatever the order of the rows', () => {
    const rows = fc.uniqueArray(
      fc.tuple(fc.nat(60), fc.constantFrom('a', 'b'), fc.integer({ min: -1000, max: 1000 })),
      {
        selector: ([week, shop]) => `${week} ${shop}`,
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(anyDay, rows, (first, cells) => {
        const dated = cells.map(([week, shop, value]) => [isoOfDay(first + 7 * week), shop, value] as const);
        const { series, missing, periods } = regularize(tableOf(dated), { ...settings, frequency: 'week' });
        for (const [date, shop, value] of dated) {
          const found = series.find(({ key }) => key.shop === shop);
          expect(found?.values[found.dates.indexOf(date)]).toBe(value);
        }
        const known = series.flatMap(({ values }) => [...values].filter((value) => !Number.isNaN(value)));
        expect(known).toHaveLength(dated.length);
        expect(missing).toBe(periods * series.length - dated.length);
      }),
    );
  });

  it('adds up or takes the mean only where it is told to', () => {
    const rows = [
      ['2020-01-06', 'a', 1],
      ['2020-01-06', 'a', 3],
      ['2020-01-13', 'a', 5],
      ['2020-01-13', 'a', Number.NaN],
    ] as const;
    expect(() => regularize(tableOf(rows), settings)).toThrow(UsageError);
    const valuesOf = (aggregate: 'sum' | 'mean'): unknown => [
      ...(regularize(tableOf(rows), { ...settings, aggregate }).series[0]?.values ?? []),
    ];
    expect(valuesOf('sum')).toEqual([4, 5]);
    expect(valuesOf('mean')).toEqual([2, 5]);
  });

  it('refuses a sum beyond all numbers', () => {
    const rows = [
      ['2020-01-06', 'a', 1e308],
      ['2020-01-06', 'a', 1e308],
    ] as const;
    expect(() => regularize(tableOf(rows), { ...settings, frequency: 'week', aggregate: 'sum' })).toThrow('too large');
    expect(regularize(tableOf(rows), { ...settings, frequency: 'week', aggregate: 'mean' }).series[0]?.values[0]).toBe(
      1e308,
    );
  });
});

describe('numbers', () => {
  it('are read as they are written, with either mark', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        // the sign of 0 is not written
        const value = number === 0 ? 0 : number;
        expect(parseNumber(String(value), '.')).toBe(value);
        expect(parseNumber(String(value).replace('.', ','), ',')).toBe(value);
      }),
    );
  });

  it.each([
    ['1,234.5', '.', 1234.5],
    ['1.234,5', ',', 1234.5],
    ['1 234,5', ',', 1234.5],
    ['1,234', ',', 1.234],
    ['1,234', '.', 1234],
    ['1.5', ',', null],
    ['1,5', '.', null],
    ['12 apples', '.', null],
    ['1e309', '.', null],
    ['', '.', null],
  ] as const)('%j with %j is %j', (cell, mark, value) => {
    expect(parseNumber(cell, mark)).toBe(value);
  });

  it.each([
    ['€1,038.65', '1,038.65', '€'],
    ['-$5', '-5', '$'],
    ['$ -5', '-5', '$'],
    ['1.038,65 EUR', '1.038,65', 'EUR'],
    ['12 %', '12', '%'],
    ['($1,038.65)', '-1,038.65', '$'],
    ['\u22125.5', '-5.5', ''],
  ])('%j is %j of %j', (cell, number, unit) => {
    expect(parseMeasure(cell)).toEqual({ number, unit });
  });

  it.each(['€5€', '-(5)', '(-5)', '- -5', '5 apples', '€', '', '5 EURO'])('%j is no number with a unit', (cell) => {
    expect(parseMeasure(cell)).toBeNull();
  });

  it('show their mark where only one is possible', () => {
    expect([markOf('1,5'), markOf('1.5'), markOf('15'), markOf('1,234'), markOf('x')]).toEqual([
      ',',
      '.',
      null,
      null,
      null,
    ]);
  });

  it('are told with the digits that count', () => {
    expect([inWords(1234.56), inWords(0.012345), inWords(-56.78), inWords(0), inWords(1e300)]).toEqual([
      '1,235',
      '0.0123',
      '−56.8',
      '0',
      '1.00e+300',
    ]);
    expect([percent(0.178), percent(0.0234), percent(1.5)]).toEqual(['18%', '2.3%', '150%']);
  });
});

describe('offers', () => {
  const names = { values: new Map([['product', new Set(['Nuvela', 'Trébola', 'Dulzama'])]]), rivals: ['yogur'] };
  const offer = { product: '', brand: null, watch: null, isRival: null };

  it('concern the series that they name, and are a rival of the others', () => {
    expect(matchOffer({ ...offer, product: 'Yogur natural TREBOLA' }, names)).toEqual([
      { key: { product: 'Trébola' }, direction: 'up' },
      { key: { product: 'Trébola' }, direction: 'down' },
    ]);
    expect(matchOffer({ ...offer, product: 'Yogur de fresa', brand: 'Nuvela', isRival: false }, names)).toEqual([
      { key: { product: 'Nuvela' }, direction: 'up' },
    ]);
  });

  it('of nobody known are rivals where a word or the watch list says so, else nothing', () => {
    const rival = [{ key: {}, direction: 'down' }];
    expect(matchOffer({ ...offer, product: 'Yogur griego Otra' }, names)).toEqual(rival);
    expect(matchOffer({ ...offer, product: 'Postre Otra', isRival: true }, names)).toEqual(rival);
    expect(matchOffer({ ...offer, product: 'Queso tierno' }, names)).toEqual([]);
    // a part of a word is another word
    expect(matchOffer({ ...offer, product: 'Nuvelaria' }, names)).toEqual([]);
  });
});
