/** Sentences of `uxd trend`: figures and dates of changes, effects and events. */
import { describe, expect, it } from 'vitest';
import { changeSentence, isBefore, moved, shareOf } from '../../src/analysis/series/change-rows.js';
import { pooledSubject } from '../../src/analysis/series/effect-rows.js';
import { eventDate, namesOf } from '../../src/analysis/series/event-words.js';
import type { ChangePoint, Series, TimeEvent } from '../../src/analysis/series/series.js';
import { summaryOf } from '../../src/analysis/series/summary.js';
import { percentRange, percentSigned, signed } from '../../src/analysis/series/words.js';

const MONTHS = Array.from({ length: 24 }, (_, i) => new Date(Date.UTC(2019, i, 1)).toISOString().slice(0, 10));

function seriesOf(key: Series['key']): Series {
  return { key, frequency: 'month', dates: MONTHS, values: Float64Array.from(MONTHS, (_, i) => i) };
}

function eventOn(date: string, more: Partial<TimeEvent> = {}): TimeEvent {
  const blank = { dateTo: null, kind: null, key: {}, direction: null, page: null, quote: null, figures: {} };
  return { ...blank, date, name: 'launch', source: 'events.csv', ...more };
}

const CHANGE: ChangePoint = {
  kind: 'level',
  index: 10,
  from: 9,
  to: 12,
  length: null,
  absolute: -0.9,
  relative: -0.3,
  lower: -1.2,
  upper: -0.6,
  p: 0.001,
};

describe('figures', () => {
  it('have one sign for minus', () => {
    expect([signed(-326), signed(326), percentSigned(-0.21), percentRange(-0.33, -0.11)]).toEqual([
      '\u2212326',
      '+326',
      '\u221221%',
      '\u221233 to \u221211',
    ]);
  });

  it('are in units where a change goes beyond zero', () => {
    expect(shareOf({ relative: -1.81 })).toBeNull();
    expect(shareOf({ relative: -1 })).toBe(-1);
    expect(moved({ ...CHANGE, relative: -1.81 })).toBe('fell by 0.9 (\u22121.2 to \u22120.6)');
    expect(moved(CHANGE)).toBe('fell 30% (\u221240 to \u221220)');
  });
});

describe('sentences', () => {
  it('say when a change began where the event that explains it is not at the likeliest period', () => {
    const series = seriesOf({});
    expect([10, 11].map((month) => isBefore(CHANGE, series, eventOn(MONTHS[month] as string)))).toEqual([false, true]);
    expect(isBefore(CHANGE, series, null)).toBe(false);
    expect(changeSentence(series, CHANGE, 'units')).toMatch(/ from November 2019\.$/);
    expect(changeSentence(series, CHANGE, 'units', 'between')).toMatch(
      /; the change began between October 2019 and January 2020\.$/,
    );
  });

  it('of the summary name the interval together with the cause', () => {
    const event = eventOn('2019-12-01');
    const cause = { verdict: 'possible', event, phase: 'start', lag: -1, share: 0.5, chance: 0.1 } as const;
    const explained = { change: CHANGE, explanations: [{ ...cause, before: { events: 0, followed: 0 } }] };
    const study = { series: seriesOf({}), obstacle: null, changes: [explained], effects: [] };
    const settings = { source: 'units.csv', value: 'units', asked: [] };
    const { row, told } = summaryOf({ studies: [study], pooled: [] }, settings);
    expect(row.message).toBe(
      'Units fell 30% (\u221240 to \u221220); the change began between October 2019 and January 2020; a possible cause is launch (1 December 2019, events.csv).',
    );
    expect(told).toEqual({ studies: [study], effect: null, pooled: null });
  });

  it('tell dates of events as far apart as the values are', () => {
    expect(eventDate({ date: '1899-01-01' }, 'year')).toBe('1899');
    expect(eventDate({ date: '1899-03-01' }, 'year')).toBe('1 March 1899');
    expect(eventDate({ date: '1983-02-01' }, 'month')).toBe('February 1983');
    expect(eventDate({ date: '1983-04-01' }, 'quarter')).toBe('Q2 of 1983');
    expect(eventDate({ date: '1983-02-01' }, 'day')).toBe('1 February 1983');
    expect(eventDate({ date: '12' }, 'index')).toBe('12');
  });

  it('name all events of an effect, and the one of the flags by its series', () => {
    expect(namesOf({ event: eventOn('2020-01-01'), beside: ['TV'] })).toBe('launch and TV');
    expect(namesOf({ event: eventOn('2020-01-01', { source: '--at' }), beside: [] })).toBe('the event');
  });

  it('name several series by what they share', () => {
    const members = [seriesOf({ product: 'A', region: 'north' }), seriesOf({ product: 'A', region: 'south' })];
    expect(pooledSubject({ series: seriesOf({ product: 'A' }), members }, 'units')).toBe(
      'units of A (north and south) together',
    );
    const cities = ['x', 'y'].map((city) => seriesOf({ city }));
    expect(pooledSubject({ series: seriesOf({}), members: cities }, 'units')).toBe('units of x and y together');
    const many = ['w', 'x', 'y', 'z'].map((city) => seriesOf({ city }));
    expect(pooledSubject({ series: seriesOf({}), members: many }, 'units')).toBe('units of 4 series together');
  });
});
