/** The charts of `uxd trend`: labels, long series, bands. */
import { describe, expect, it } from 'vitest';
import { bandInWords, type ChartSpec, drawChart } from '../../src/report/trend/chart.js';
import { type ChartEvent, labelsOf } from '../../src/report/trend/chart-events.js';

const event = (number: number | null, index: number): ChartEvent => ({
  number,
  index,
  end: null,
  hint: `event ${number}`,
});

function specOf(values: readonly number[], more: Partial<ChartSpec> = {}): ChartSpec {
  return {
    label: 'units',
    frequency: 'index',
    dates: values.map((_, i) => String(i)),
    values: Float64Array.from(values),
    expected: null,
    forecast: null,
    changes: [],
    events: [],
    ...more,
  };
}

describe('numbers of events', () => {
  it('have room beside each other, or share a label', () => {
    const events = [...Array.from({ length: 8 }, (_, i) => event(8 - i, 100)), event(9, 400), event(null, 100)];
    const labels = labelsOf(events, (index) => index);
    expect(labels.map(({ lane, events: own }) => [lane, own.map(({ number }) => number)])).toEqual([
      [0, [1]],
      [1, [2]],
      [2, [3]],
      [3, [4, 5, 6, 7, 8]],
      [0, [9]],
    ]);
  });

  it('make the picture higher, not the chart lower', () => {
    const size = { width: 900, height: 300 };
    const [without, beside] = [[], [event(1, 0), event(2, 0)]].map((events) =>
      drawChart(specOf([1, 2, 3], { events }), size),
    );
    expect([without?.height, beside?.height]).toEqual([300, 342]);
  });
});

describe('lines', () => {
  it('of long series keep their peaks', () => {
    const values = Array.from({ length: 50_001 }, () => 1);
    values[33_333] = 100;
    const { svg = '' } = drawChart(specOf(values), { width: 900, height: 300 }) ?? {};
    const path = /class="c-line" d="([^"]*)"/.exec(svg)?.[1] ?? '';
    const heights = new Set(
      path
        .split(/[ML]/)
        .slice(1)
        .map((point) => point.split(' ')[1]),
    );
    expect(heights.size).toBe(2);
    expect(path.split(/[ML]/).length).toBeLessThan(4100);
  });

  it('say where the picture cuts their band off', () => {
    const band = (width: number) => ({
      from: 3,
      mean: [Number.NaN, Number.NaN, Number.NaN, 2],
      low: [Number.NaN, Number.NaN, Number.NaN, 2 - width],
      high: [Number.NaN, Number.NaN, Number.NaN, 2 + width],
    });
    const wordsOf = (width: number): string => bandInWords(specOf([1, 2, 3], { forecast: band(width) }), 'forecast');
    expect([wordsOf(3), wordsOf(300)]).toEqual(['95% band', '95% band, wider than the picture']);
  });
});

describe('labels of changes', () => {
  const change = (index: number, label: string, weight: number, isSpike: boolean) => {
    return { index, from: index, to: index, label, weight, isSpike, hint: label };
  };
  const values = Array.from({ length: 120 }, (_, i) => (i === 70 ? 100 : 50 + (i % 3)));

  it('leave spikes the room for theirs', () => {
    const changes = [change(60, 'bend +11.5 a week', 0.1, false), change(70, '+100%', 1, true)];
    const { svg = '' } = drawChart(specOf(values, { changes }), { width: 900, height: 300 }) ?? {};
    expect(svg).toContain('>bend +11.5 a week<');
    expect(svg).toContain('>+100%<');
  });

  it('are those of the largest spikes where there is no room for all', () => {
    const changes = [0.3, 0.9, 0.5].map((size, i) => change(70, `+${i}${size * 100}%`, size, true));
    const { svg = '' } = drawChart(specOf(values, { changes }), { width: 130, height: 300 }) ?? {};
    expect([...svg.matchAll(/c-change-text"[^>]*>([^<]*)</g)].map(([, label]) => label)).toEqual(['+190%']);
  });
});
