import { describe, expect, it } from 'vitest';
import { periodOf } from '../../src/analysis/series/event-time.js';
import { explain } from '../../src/analysis/series/explain.js';
import type { ChangePoint, Series, TimeEvent } from '../../src/analysis/series/series.js';

const week = (index: number) => new Date(Date.UTC(2019, 0, 7 + 7 * index)).toISOString().slice(0, 10);

const series: Series = {
  key: { product: 'Nuvela', region: 'north' },
  frequency: 'week',
  dates: Array.from({ length: 80 }, (_, i) => week(i)),
  values: new Float64Array(80),
};

function changeAt(index: number, more: Partial<ChangePoint> = {}): ChangePoint {
  return {
    kind: 'level',
    index,
    from: index,
    to: index,
    length: null,
    absolute: -20,
    relative: -0.2,
    lower: -25,
    upper: -15,
    p: 1e-6,
    ...more,
  };
}

function eventAt(index: number, more: Partial<TimeEvent> = {}): TimeEvent {
  return {
    date: week(index),
    dateTo: null,
    name: `event ${index}`,
    kind: 'competitor',
    key: {},
    direction: 'down',
    source: 'flyer.png',
    page: 1,
    quote: 'Yogur 0,99 €',
    figures: {},
    ...more,
  };
}

const history = [{ series, changes: [changeAt(60)] }];
const verdictOf = (events: readonly TimeEvent[], change = changeAt(60)) => explain(series, change, events, history);

describe('periodOf', () => {
  it('finds the period of a date within it', () => {
    expect(periodOf(series, '2019-01-10')).toBe(0);
    expect(periodOf(series, '2019-01-14')).toBe(1);
    expect(periodOf(series, '2018-12-31')).toBeNull();
    expect(periodOf(series, week(79))).toBe(79);
    expect(periodOf(series, week(80))).toBeNull();
    expect(periodOf({ ...series, frequency: 'index', dates: ['8', '9', '10', '11'] }, '10')).toBe(2);
  });
});

describe('explain', () => {
  it('names the event in the week of the change, with its source, page and quote', () => {
    const [first] = verdictOf([eventAt(60), eventAt(20)]);
    expect(first?.verdict).toBe('likely');
    expect(first?.event).toMatchObject({ name: 'event 60', source: 'flyer.png', page: 1, quote: 'Yogur 0,99 €' });
    expect(first?.lag).toBe(0);
  });

  it('never takes an event after the change, nor one long before, of another series, or that moves the other way', () => {
    const others = [
      eventAt(61),
      eventAt(50),
      eventAt(60, { key: { product: 'Dulzama' }, direction: 'up' }),
      eventAt(60, { direction: 'up', kind: 'radio' }),
    ];
    for (const event of others) expect(verdictOf([event])[0]?.verdict).toBe('unexplained');
    expect(verdictOf([])).toMatchObject([{ verdict: 'unexplained', event: null }]);
  });

  it('is at most possible where the change may have begun before the event', () => {
    const [first] = verdictOf([eventAt(61)], changeAt(60, { from: 59, to: 61 }));
    expect(['possible', 'unexplained']).toContain(first?.verdict);
  });

  it('takes an event of another series that is said to take away from this one', () => {
    expect(verdictOf([eventAt(60, { key: { product: 'Dulzama' } })])[0]?.verdict).toBe('likely');
  });

  it('cannot tell two events of one week apart, unless they are the same twice', () => {
    const two = verdictOf([eventAt(60), eventAt(60, { kind: 'price', name: 'dearer' })]);
    expect(two.map(({ verdict }) => verdict)).toEqual(['confounded', 'confounded']);
    const same = verdictOf([eventAt(60), eventAt(60, { name: 'the same offer, blueberry' })]);
    expect(same.map(({ verdict }) => verdict)).toEqual(['likely']);
  });

  it('prefers short events for spikes and lasting ones for levels', () => {
    const short = eventAt(60, { kind: 'promo', direction: 'up', dateTo: week(60) });
    const lasting = eventAt(60, { kind: 'launch', direction: 'up' });
    const up = { absolute: 20, relative: 0.2, lower: 15, upper: 25 };
    const spike = verdictOf([short, lasting], changeAt(60, { ...up, kind: 'spike', length: 1 }));
    expect(spike[0]?.event?.kind).toBe('promo');
    const level = verdictOf([short, lasting], changeAt(60, up));
    expect(level[0]?.event?.kind).toBe('launch');
  });

  it('the nearer event ranks first, and what its kind did before counts', () => {
    const ranked = verdictOf([eventAt(58, { kind: 'price' }), eventAt(60)]);
    expect(ranked[0]?.event?.name).toBe('event 60');
    const useless = [5, 15, 25, 35, 45, 52].map((at) => eventAt(at, { kind: 'leaflet' }));
    const events = [...useless, eventAt(60, { kind: 'leaflet', name: 'leaflet' }), eventAt(60, { name: 'rival' })];
    const [first, second] = verdictOf(events);
    expect(first?.event?.name).toBe('rival');
    expect(second?.before).toEqual({ events: 6, followed: 0 });
    expect(second?.share).toBeLessThan((first?.share ?? 0) / 2);
  });

  it('the end of a lasting event explains that it is over', () => {
    const display = eventAt(40, { kind: 'display', direction: 'up', dateTo: week(59) });
    expect(verdictOf([display])[0]).toMatchObject({ verdict: 'likely', phase: 'end', lag: 0 });
  });

  it('is not sure where such events are everywhere', () => {
    const many = Array.from({ length: 40 }, (_, i) => eventAt(2 * i, { kind: 'flyer', direction: null }));
    expect(verdictOf(many)[0]?.verdict).not.toBe('likely');
  });
});

describe('what the kind did before', () => {
  const launch = (index: number, region: string) =>
    eventAt(index, { name: `launch, ${region}`, kind: 'launch', direction: 'up', key: { region } });
  const other = (region: string): Series => ({ ...series, key: { ...series.key, region } });
  const rise = (index: number) => changeAt(index, { absolute: 20 });
  const known = [
    { series, changes: [rise(60)] },
    { series: other('south'), changes: [rise(40)] },
    { series: other('centre'), changes: [rise(60)] },
    { series: other('coast'), changes: [rise(64)] },
  ];
  const events = [launch(60, 'north'), launch(40, 'south'), launch(60, 'centre'), launch(64, 'coast')];

  it('counts what came before, not at the same time or later', () => {
    const [first] = explain(series, rise(60), events, known);
    expect(first?.event?.name).toBe('launch, north');
    expect(first?.before).toEqual({ events: 1, followed: 1 });
  });

  it('is nothing for the first of a kind', () => {
    const [first] = explain(other('south'), rise(40), events, known);
    expect(first).toMatchObject({ verdict: 'likely', before: { events: 0, followed: 0 } });
  });

  it('leaves two that only their kinds tell apart with like shares', () => {
    const both = ['price', 'tv'].map((kind) => eventAt(60, { name: kind, kind }));
    const [first, second] = explain(series, changeAt(60), both, history);
    expect([first?.verdict, second?.verdict]).toEqual(['confounded', 'confounded']);
    expect(first?.share).toBeCloseTo(second?.share ?? 0, 10);
  });
});
