import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERIODS, parseDate, periodStart } from '../../src/analysis/dates.js';

describe('parseDate', () => {
  it.each([
    ['2020-04-03', '2020-04-03', 'day'],
    ['2020-04-03T23:59:59-05:00', '2020-04-03', 'day'],
    ['2020-04-03 10:00:00.123Z', '2020-04-03', 'day'],
    ['20200403', '2020-04-03', 'day'],
    ['20200403T101500Z', '2020-04-03', 'day'],
    ['2020/4/3', '2020-04-03', 'day'],
    ['2020.04.03', '2020-04-03', 'day'],
    ['2020-04', '2020-04-01', 'month'],
    ['04/2020', '2020-04-01', 'month'],
    ['2020', '2020-01-01', 'year'],
    ['2020-W14', '2020-03-30', 'week'],
    ['2020W14', '2020-03-30', 'week'],
    ['2020-W14-5', '2020-04-03', 'day'],
    ['2020-W53', '2020-12-28', 'week'],
    ['2021-W01', '2021-01-04', 'week'],
    ['2020-Q2', '2020-04-01', 'quarter'],
    ['3/4/2020', '2020-04-03', 'day'],
    ['03.04.20', '2020-04-03', 'day'],
    ['3-4-1998 10:20', '1998-04-03', 'day'],
    ['3/4/2020, 9:05 PM', '2020-04-03', 'day'],
    ['3 abr 2020', '2020-04-03', 'day'],
    ['3 de abril de 2020', '2020-04-03', 'day'],
    ['3 de abril del 2020 a las 10:30', '2020-04-03', 'day'],
    ['vie, 3 abr. 2020', '2020-04-03', 'day'],
    ['1º de enero de 2021', '2021-01-01', 'day'],
    ['3 April 2020', '2020-04-03', 'day'],
    ['3rd of April, 2020', '2020-04-03', 'day'],
    ['3-Apr-20', '2020-04-03', 'day'],
    ['Apr 3, 2020', '2020-04-03', 'day'],
    ['Friday, April 3rd, 2020', '2020-04-03', 'day'],
    ['Sept. 30, 2019', '2019-09-30', 'day'],
    ['Fri, 3 Apr 2020 10:00:00 GMT', '2020-04-03', 'day'],
    ['December 2020', '2020-12-01', 'month'],
    ['dic. de 2020', '2020-12-01', 'month'],
    [' 2020-02-29 ', '2020-02-29', 'day'],
  ])('reads %s', (cell, iso, precision) => {
    expect(parseDate(cell, 'dmy')).toEqual({ iso, precision });
  });

  it('takes the month first where it is told so, and never guesses', () => {
    expect(parseDate('3/4/2020', 'mdy')?.iso).toBe('2020-03-04');
    expect(parseDate('13/4/2020', 'mdy')).toBeNull();
    expect(parseDate('4/13/2020', 'dmy')).toBeNull();
  });

  it.each([
    '',
    '-',
    'yesterday',
    '2021-02-29',
    '2020-13-01',
    '2020-W54',
    '2021-W53',
    '31/4/2020',
    '0000',
    '12',
    '12345',
    '3/4',
    '4.5',
    '99999999',
    '3 foo 2020',
    `2020${' '.repeat(100)}x`,
  ])('gives null for %j', (cell) => {
    expect(parseDate(cell, 'dmy')).toBeNull();
  });

  it('reads every day in every form alike', () => {
    const english = [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ];
    const spanish = [
      'enero',
      'febrero',
      'marzo',
      'abril',
      'mayo',
      'junio',
      'julio',
      'agosto',
      'septiembre',
      'octubre',
      'noviembre',
      'diciembre',
    ];
    fc.assert(
      fc.property(fc.integer({ min: -5_000, max: 40_000 }), (days) => {
        const iso = new Date(days * 86_400_000).toISOString().slice(0, 10);
        const [y = '', m = '', d = ''] = iso.split('-');
        const month = Number(m) - 1;
        const forms = [
          iso,
          `${d}/${m}/${y}`,
          `${y}/${m}/${d}`,
          `${y}${m}${d}`,
          `${Number(d)} ${english[month]} ${y}`,
          `${english[month]?.slice(0, 3)} ${Number(d)}, ${y}`,
          `${Number(d)} de ${spanish[month]} de ${y}`,
          `${d}-${spanish[month]?.slice(0, 3).toUpperCase()}-${y}`,
        ];
        for (const form of forms) expect(parseDate(form, 'dmy')).toEqual({ iso, precision: 'day' });
        expect(parseDate(`${m}/${d}/${y}`, 'mdy')?.iso).toBe(iso);
      }),
    );
  });

  it('never throws, and what it gives is a day', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9WQT/.: -]{0,16}$/)), (cell) => {
        const date = parseDate(cell, 'mdy');
        if (date !== null) expect(new Date(`${date.iso}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date.iso);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('periodStart', () => {
  it('gives the first day of the period', () => {
    const date = { iso: '2021-01-03', precision: 'day' } as const;
    expect(PERIODS.map((period) => periodStart(date, period))).toEqual([
      '2021-01-03',
      '2020-12-28',
      '2021-01-01',
      '2021-01-01',
      '2021-01-01',
    ]);
    expect(periodStart({ iso: '2020-12-09', precision: 'day' }, 'quarter')).toBe('2020-10-01');
  });

  it('gives null where the date says too little', () => {
    expect(periodStart({ iso: '2020-01-01', precision: 'year' }, 'month')).toBeNull();
    expect(periodStart({ iso: '2020-01-01', precision: 'year' }, 'year')).toBe('2020-01-01');
    expect(periodStart({ iso: '2020-04-01', precision: 'month' }, 'week')).toBeNull();
    expect(periodStart({ iso: '2020-04-01', precision: 'month' }, 'quarter')).toBe('2020-04-01');
    // the week from 30 March lies in two months and two quarters, but in one year
    const week = { iso: '2020-03-30', precision: 'week' } as const;
    expect(periodStart(week, 'month')).toBeNull();
    expect(periodStart(week, 'quarter')).toBeNull();
    expect(periodStart(week, 'year')).toBe('2020-01-01');
    expect(periodStart({ iso: '2020-12-28', precision: 'week' }, 'year')).toBeNull();
  });

  it('puts each day in the week of its Monday', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000, max: 40_000 }), (days) => {
        const iso = new Date(days * 86_400_000).toISOString().slice(0, 10);
        const monday = periodStart({ iso, precision: 'day' }, 'week') ?? '';
        expect(new Date(monday).getUTCDay()).toBe(1);
        const distance = (Date.parse(iso) - Date.parse(monday)) / 86_400_000;
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThan(7);
      }),
    );
  });
});
