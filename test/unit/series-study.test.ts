import { describe, expect, it } from 'vitest';
import { randomSource } from '../../scripts/random.mjs';
import type { ChangePoint, Series, TimeEvent } from '../../src/analysis/series/series.js';
import { studySeries } from '../../src/analysis/series/study.js';

const WEEKS = 100;
const FALL = 80;
const CITIES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm'];
const week = (index: number) => new Date(Date.UTC(2019, 0, 7 + 7 * index)).toISOString().slice(0, 10);
const endOf = (index: number) => new Date(Date.UTC(2019, 0, 13 + 7 * index)).toISOString().slice(0, 10);

type Moves = Readonly<Record<string, (t: number) => number>>;

/** Cities that move together, about 100, with what happens to single ones. */
function cities(moves: Moves, seed = 1): Series[] {
  const random = randomSource(seed);
  const shared = Array.from({ length: WEEKS }, (_, t) => 100 + 5 * Math.sin(t / 6) + random.normal());
  return CITIES.map((city) => ({
    key: { city },
    frequency: 'week',
    dates: shared.map((_, t) => week(t)),
    values: Float64Array.from(shared, (value, t) => value + 1.5 * random.normal() + (moves[city]?.(t) ?? 0)),
  }));
}

function event(index: number, more: Partial<TimeEvent> = {}): TimeEvent {
  return {
    date: week(index),
    dateTo: null,
    name: `event ${index}`,
    kind: null,
    key: { city: 'a' },
    direction: null,
    source: 'events.csv',
    page: null,
    quote: null,
    figures: {},
    ...more,
  };
}

const change: ChangePoint = {
  kind: 'level',
  index: FALL,
  from: FALL,
  to: FALL,
  length: null,
  absolute: -30,
  relative: -0.3,
  lower: -33,
  upper: -27,
  p: 1e-9,
};
const falls: Moves = { a: (t) => (t >= FALL ? -30 : 0) };

function effectsOf(moves: Moves, events: readonly TimeEvent[], changes: readonly ChangePoint[] = []) {
  const series = cities(moves);
  const found = series.map(({ key }) => (key.city === 'a' ? changes : []));
  const { studies, pooled } = studySeries(series, found, events, { mostEffects: 100 });
  const of = (name: string) => studies[0]?.effects.find((finding) => finding.event.name === name);
  return { of, pooled, all: studies[0]?.effects ?? [] };
}

describe('effects of events near each other', () => {
  const rival = event(FALL, { name: 'rival', kind: 'competitor' });
  const offer = event(FALL + 1, { name: 'offer', kind: 'promo', dateTo: endOf(FALL + 1) });

  it('a fall that an earlier event brought is not that of the next', () => {
    const { of } = effectsOf(falls, [offer, rival], [change]);
    expect(of('rival')?.effect.verdict).toBe('effect');
    expect(of('rival')?.effect.absolute).toBeCloseTo(-30, -0.5);
    expect(of('rival')?.effect.reasons.join()).toMatch(/without the time of offer/);
    expect(of('offer')?.effect).toMatchObject({ verdict: 'cannot tell', absolute: null });
    expect(of('offer')?.effect.reasons.join()).toMatch(/cannot be told from rival \(20 July 2020\)/);
  });

  it('nor is a fall that nobody recorded', () => {
    const { of } = effectsOf(falls, [offer], [change]);
    expect(of('offer')?.effect.verdict).toBe('cannot tell');
    expect(of('offer')?.effect.reasons.join()).toMatch(/had moved before it, from the week of 20 July 2020/);
    const untouched = effectsOf({ a: (t) => (t === FALL + 1 ? 30 : 0) }, [offer]);
    expect(untouched.of('offer')?.effect.verdict).toBe('effect');
  });

  it('a change that may have begun at the event is not before it, nor is a small one the other way', () => {
    const early = { ...change, index: FALL - 1, from: FALL - 2, to: FALL };
    expect(effectsOf(falls, [event(FALL)], [early]).all[0]?.effect.verdict).toBe('effect');
    const dip: Moves = { a: (t) => (t >= FALL ? 40 : t >= FALL - 4 ? -15 : 0) };
    const before = { ...change, index: FALL - 4, from: FALL - 4, to: FALL - 4, absolute: -15 };
    expect(effectsOf(dip, [event(FALL)], [before]).all[0]?.effect.verdict).toBe('effect');
    const end: Moves = { a: (t) => (t >= FALL ? 0 : t >= FALL - 4 ? -40 : 0) };
    expect(effectsOf(end, [event(FALL)], [before]).all[0]?.effect.verdict).not.toBe('effect');
  });

  it('what came together is one claim', () => {
    const other = event(FALL, { name: 'shelves', kind: 'display' });
    const { of, all } = effectsOf(falls, [rival, other], [change]);
    expect(of('rival')?.effect.verdict).toBe('confounded');
    expect(of('rival')?.beside).toEqual(['shelves']);
    expect(of('shelves')?.effect.absolute).toBeNull();
    expect(all.filter(({ effect }) => effect.absolute !== null)).toHaveLength(1);
  });

  it('two of one kind, such as two offers of one page, are one', () => {
    const { all } = effectsOf(falls, [rival, { ...rival, name: 'the same brand, large' }], [change]);
    expect(all.map((one) => [one.event.name, one.effect.verdict, one.beside])).toEqual([
      ['rival', 'effect', ['the same brand, large']],
    ]);
  });

  it('a lasting event is measured until the next one, and that one from there on', () => {
    const both: Moves = { a: (t) => (t >= FALL + 10 ? -10 : t >= FALL ? -30 : 0) };
    const { of } = effectsOf(both, [rival, event(FALL + 10, { name: 'answer', kind: 'promo' })], [change]);
    expect(of('rival')?.end).toBe(FALL + 10);
    expect(of('rival')?.effect.absolute).toBeCloseTo(-30, -0.5);
    expect(of('rival')?.effect.reasons.join()).toMatch(/measured until answer/);
    expect(of('answer')?.effect.absolute).toBeCloseTo(20, -0.8);
    expect(of('answer')?.effect.counterfactual).toHaveLength(WEEKS);
  });

  it("a rival's event for another city that takes away from this one leaves a fall in doubt, not a rise", () => {
    const theirs = event(FALL, { name: 'theirs', kind: 'rival offer', key: { city: 'b' }, direction: 'down' });
    const own = event(FALL, { name: 'own', kind: 'promo', direction: 'up' });
    expect(effectsOf(falls, [own, theirs]).of('own')?.effect.verdict).toBe('confounded');
    const rises: Moves = { a: (t) => (t >= FALL ? 30 : 0) };
    expect(effectsOf(rises, [own, theirs]).of('own')?.effect.verdict).toBe('effect');
  });

  it('where nothing happened, nothing is in doubt', () => {
    const other = event(FALL - 1, { name: 'radio', kind: 'radio' });
    const { of } = effectsOf({}, [rival, other]);
    expect(of('rival')?.effect.verdict).toBe('no effect');
    expect(of('radio')?.effect.verdict).toBe('no effect');
  });
});

describe('untreated series', () => {
  it('those that an event names during its time are not used, those of earlier short events are', () => {
    const moves: Moves = { ...falls, b: (t) => (t >= FALL + 4 ? 40 : 0) };
    const events = [
      event(FALL, { name: 'launch' }),
      event(FALL + 4, { name: 'of b', key: { city: 'b' } }),
      event(30, { name: 'of c', key: { city: 'c' }, dateTo: endOf(31) }),
    ];
    const effect = effectsOf(moves, events).of('launch')?.effect;
    const used = effect?.placebos.filter(({ kind }) => kind === 'space').map(({ name }) => name) ?? [];
    expect(used).not.toContain('b');
    expect(used).toContain('c');
    expect(effect?.absolute).toBeCloseTo(-30, -0.5);
  });

  it('one with a break of its own is refused, whether it breaks at the event or later', () => {
    for (const from of [FALL, FALL + 3]) {
      const effect = effectsOf({ ...falls, b: (t) => (t >= from ? 60 : 0) }, [event(FALL, { name: 'launch' })]).of(
        'launch',
      )?.effect;
      expect(effect?.reasons.join()).toMatch(/refused as untreated: b itself changes at the event/);
      expect(effect?.weights.map(({ name }) => name)).not.toContain('b');
    }
  });
});

describe('several series with one event', () => {
  it('have one effect together: a series and period, and in all', () => {
    const campaign = { name: 'campaign', dateTo: endOf(FALL + 9) };
    const moves: Moves = {
      a: (t) => (t >= FALL && t < FALL + 10 ? 12 : 0),
      b: (t) => (t >= FALL && t < FALL + 10 ? 6 : 0),
    };
    const events = [event(FALL, campaign), event(FALL, { ...campaign, key: { city: 'b' } })];
    const { pooled, of } = effectsOf(moves, events);
    expect(of('campaign')?.effect.absolute).toBeCloseTo(12, -0.5);
    expect(pooled).toHaveLength(1);
    const [one] = pooled;
    expect(one?.members.map(({ key }) => key.city)).toEqual(['a', 'b']);
    expect(one?.finding.effect.verdict).toBe('effect');
    expect(one?.finding.effect.absolute).toBeCloseTo(9, -0.3);
    expect(one?.finding.effect.cumulative).toBeCloseTo(20 * (one?.finding.effect.absolute ?? 0), 6);
    expect(one?.finding.effect.placebos.map(({ name }) => name)).not.toContain('b');
  });
});
