/** A series as a chart: values, what would have been, changes, events, and what comes next. */
import type { Frequency } from '../../analysis/series/series.js';
import { widthOf } from '../glyph-widths.js';
import { coordinate, escapeXml } from '../svg.js';
import { dateTicks, domainOf, numberTicks } from './axes.js';
import { type ChartEvent, drawLabels, drawMarks, eventSpan, heightOf, labelsOf } from './chart-events.js';
import { BOTTOM, type Frame, LEFT, RIGHT, text } from './chart-frame.js';

export interface ChartChange {
  readonly index: number;
  readonly from: number;
  readonly to: number;
  /** Such as `-28%`. */
  readonly label: string;
  /** How large it is beside the others: labels of the largest come first. */
  readonly weight: number;
  readonly isSpike: boolean;
  readonly hint: string;
}

/** A line with a band around it that starts at a period. */
export interface ChartBand {
  readonly from: number;
  readonly mean: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export interface ChartSpec {
  readonly label: string;
  readonly frequency: Frequency;
  /** Those of the forecast included. */
  readonly dates: readonly string[];
  readonly values: Float64Array;
  readonly expected: ChartBand | null;
  readonly forecast: ChartBand | null;
  readonly changes: readonly ChartChange[];
  readonly events: readonly ChartEvent[];
}

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

const LABEL_SIZE = 13;

/**
 * The chart as the content of an SVG of this width, whose classes `palette.ts` colours; its height is that of `size` and of the
 * numbers of events above it. Null where nothing can be drawn.
 */
export function drawChart(spec: ChartSpec, size: ChartSize): { readonly svg: string; readonly height: number } | null {
  const range = rangeOf(spec);
  if (range === null) return null;
  const x = (index: number): number =>
    LEFT + ((size.width - LEFT - RIGHT) * index) / Math.max(1, spec.dates.length - 1);
  const labels = labelsOf(spec.events, x);
  // a label of a spike may stand between the numbers and the highest value
  const top = 28 + heightOf(labels) + (labels.length === 0 ? 0 : 8);
  const height = size.height + heightOf(labels);
  const bottom = height - BOTTOM;
  const y = (value: number): number => bottom - ((bottom - top) * (value - range.low)) / (range.high - range.low);
  const frame: Frame = { top, bottom, right: size.width - RIGHT, x, y, ...range };
  const parts = [
    axes(spec, frame),
    ...spec.events.map((event) => eventSpan(event, frame, spec.dates.length)),
    ...spec.changes.map((change) => changeWindow(change, frame)),
    bandOf(spec.expected, frame, 'c-expected', 'c-band'),
    lineOf(spec.values, frame),
    bandOf(spec.forecast, frame, 'c-forecast', 'c-forecast-band'),
    ...changeLabels(spec, frame),
    drawMarks(spec.events, frame),
    drawLabels(labels, frame),
  ];
  return { svg: parts.join('\n'), height };
}

function rangeOf({ values, expected, forecast }: ChartSpec): { readonly low: number; readonly high: number } | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const take = (value: number): void => {
    if (!Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const value of values) take(value);
  const spread = high - low;
  // a band may be so wide that the series would be a flat line
  const within = (value: number): number => Math.min(high + 2 * spread, Math.max(low - 2 * spread, value));
  const bands = [expected, forecast].flatMap((band) =>
    band === null ? [] : [band.low, band.high].flatMap((line) => Array.from(line).slice(band.from)),
  );
  for (const value of bands.map(within)) take(value);
  for (const band of [expected, forecast])
    for (const value of Array.from(band?.mean ?? []).slice(band?.from ?? 0)) take(value);
  return low <= high && Number.isFinite(high - low) && high < 1e290 ? domainOf(low, high) : null;
}

/** `95% band`, and whether the picture cuts it off. */
export function bandInWords(spec: ChartSpec, which: 'expected' | 'forecast'): string {
  const [range, band] = [rangeOf(spec), spec[which]];
  const isCut = (value: number): boolean => range !== null && (value < range.low || value > range.high);
  const lines = band === null ? [] : [band.low, band.high].map((line) => Array.from(line).slice(band.from));
  return lines.some((line) => line.some(isCut)) ? '95% band, wider than the picture' : '95% band';
}

function axes({ dates, frequency }: ChartSpec, { x, y, top, bottom, right, low, high }: Frame): string {
  const rows = numberTicks(low, high, Math.max(2, Math.floor((bottom - top) / 36))).map(({ value, label }) => {
    const at = coordinate(y(value));
    return `<path class="c-grid" d="M${LEFT} ${at}H${coordinate(right)}"/>${text(label, LEFT - 8, y(value) + 4, 'end', 'c-faint')}`;
  });
  const columns = dateTicks(dates, frequency, Math.max(2, Math.floor((right - LEFT) / 88))).map(({ value, label }) => {
    const half = (widthOf(label) * 12) / 2;
    const at = Math.min(right - half + RIGHT - 4, Math.max(half + 4, x(value)));
    return `<path class="c-axis" d="M${coordinate(x(value))} ${bottom}v5"/>${text(label, at, bottom + 20, 'middle', 'c-faint')}`;
  });
  return [...rows, `<path class="c-axis" d="M${LEFT} ${bottom}H${coordinate(right)}"/>`, ...columns].join('\n');
}

const MOST_POINTS = 4000;

/** All places, or of many the lowest and the highest of each stretch: peaks stay. */
function shownPlaces(values: ArrayLike<number>): readonly number[] {
  const all = Array.from({ length: values.length }, (_, i) => i);
  if (values.length <= MOST_POINTS) return all;
  const step = Math.ceil((2 * values.length) / MOST_POINTS);
  const places: number[] = [];
  for (let from = 0; from < values.length; from += step) {
    const stretch = all.slice(from, from + step);
    const missing = stretch.find((i) => !Number.isFinite(values[i] as number));
    const known = stretch.filter((i) => Number.isFinite(values[i] as number));
    const byValue = (one: number, other: number): number => (values[one] as number) - (values[other] as number);
    const ends = known.sort(byValue);
    places.push(...new Set([ends[0], ends.at(-1), missing].filter((i) => i !== undefined).sort((a, b) => a - b)));
  }
  return places;
}

/** The line, broken where values are missing; single values are dots. */
function lineOf(values: ArrayLike<number>, frame: Frame): string {
  const parts: string[] = [];
  const dots: string[] = [];
  let isOpen = false;
  const places = shownPlaces(values);
  for (const [k, i] of places.entries()) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) {
      isOpen = false;
      continue;
    }
    const at = `${coordinate(frame.x(i))} ${coordinate(frame.y(value))}`;
    const isAlone = !isOpen && !Number.isFinite(values[places[k + 1] ?? values.length] as number);
    if (isAlone) dots.push(`<circle class="c-dot" cx="${at.split(' ')[0]}" cy="${at.split(' ')[1]}" r="1.8"/>`);
    parts.push(`${isOpen ? 'L' : 'M'}${at}`);
    isOpen = true;
  }
  return `<path class="c-line" d="${parts.join('')}"/>${dots.join('')}`;
}

function bandOf(band: ChartBand | null, frame: Frame, lineStyle: string, bandStyle: string): string {
  if (band === null) return '';
  const clipped = (value: number): number => Math.min(frame.bottom, Math.max(frame.top - 8, frame.y(value)));
  const points = (line: ArrayLike<number>): string[] =>
    Array.from(line).flatMap((value, i) =>
      i < band.from || !Number.isFinite(value) ? [] : [`${coordinate(frame.x(i))} ${coordinate(clipped(value))}`],
    );
  const [low, high, mean] = [points(band.low), points(band.high), points(band.mean)];
  if (mean.length === 0) return '';
  const area = low.length > 0 ? `<path class="${bandStyle}" d="M${[...high, ...low.reverse()].join('L')}Z"/>` : '';
  return `${area}<path class="${lineStyle}" d="M${mean.join('L')}"/>`;
}

/** Where the change may have begun; at least wide enough to be seen. */
function changeWindow({ from, to, index, hint, isSpike }: ChartChange, frame: Frame): string {
  if (isSpike) return '';
  const [left, right] = [frame.x(from), frame.x(to)];
  const width = Math.max(4, right - left);
  const title = `<title>${escapeXml(hint)}</title>`;
  const area = `<rect class="c-window" x="${coordinate((left + right - width) / 2)}" y="${coordinate(frame.top)}" width="${coordinate(width)}" height="${coordinate(frame.bottom - frame.top)}">${title}</rect>`;
  return `${area}<path class="c-change" d="M${coordinate(frame.x(index))} ${coordinate(frame.top)}V${frame.bottom}">${title}</path>`;
}

interface Box {
  readonly left: number;
  readonly right: number;
  /** Of its foot. */
  readonly y: number;
}

interface Place extends Box {
  readonly x: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Sizes of the changes beside them, where they do not run into each other; those of lasting changes first. */
function changeLabels({ changes, events, values }: ChartSpec, frame: Frame): string[] {
  const spikes = changes.filter(({ isSpike }) => isSpike);
  const dotOf = ({ index }: ChartChange): { x: number; y: number } => {
    return { x: frame.x(index), y: frame.y(values[index] ?? Number.NaN) };
  };
  const taken: Box[] = spikes.map((spike) => {
    const { x, y } = dotOf(spike);
    return { left: x - 5, right: x + 5, y: y + 5 };
  });
  const dots = spikes.map((spike) => {
    const { x, y } = dotOf(spike);
    const title = `<title>${escapeXml(spike.hint)}</title>`;
    return `<circle class="c-change-dot" cx="${coordinate(x)}" cy="${coordinate(y)}" r="4">${title}</circle>`;
  });
  const lasting = changes.filter(({ isSpike }) => !isSpike);
  const bySize = [...spikes].sort((one, other) => other.weight - one.weight);
  // better where they hide neither the line of an event nor the place of a spike's label
  const lines = events.flatMap(({ number, index }) => (number === null ? [] : [frame.x(index)]));
  const wanted = bySize.flatMap((spike) => placesOf(spike, dotOf(spike), frame).slice(0, 1));
  const isFree = (place: Box): boolean => taken.every((box) => !isOver(place, box));
  const isGood = (place: Place, isSpike: boolean): boolean =>
    lines.every((x) => x < place.left || x > place.right) && (isSpike || wanted.every((box) => !isOver(place, box)));
  const labels = [...lasting, ...bySize].map((change) => {
    const free = placesOf(change, dotOf(change), frame).filter(isFree);
    const place = free.find((each) => isGood(each, change.isSpike)) ?? free[0];
    if (place === undefined) return '';
    taken.push(place);
    return text(change.label, place.x, place.y, place.anchor, 'c-change-text', LABEL_SIZE, ' font-weight="bold"');
  });
  return [...dots, ...labels];
}

/** Whether labels would run into each other. */
function isOver(one: Box, other: Box): boolean {
  return one.left <= other.right + 3 && one.right >= other.left - 3 && Math.abs(other.y - one.y) <= 12;
}

/** Places for the label of a change, the best first. */
function placesOf(
  { label, isSpike }: ChartChange,
  dot: { readonly x: number; readonly y: number },
  frame: Frame,
): Place[] {
  const width = widthOf(label) * LABEL_SIZE;
  const after = (y: number, gap = 6): Place => {
    return { x: dot.x + gap, left: dot.x + gap, right: dot.x + gap + width, y, anchor: 'start' };
  };
  const before = (y: number, gap = 6): Place => {
    return { x: dot.x - gap, left: dot.x - gap - width, right: dot.x - gap, y, anchor: 'end' };
  };
  const isInside = ({ left, right }: Place): boolean => left > LEFT && right < frame.right;
  if (isSpike) {
    const y = Math.max(frame.top - 2, dot.y - 8);
    const x = Math.min(frame.right - width / 2, Math.max(LEFT + width / 2, dot.x));
    const above: Place = { x, left: x - width / 2, right: x + width / 2, y, anchor: 'middle' };
    return [above, ...[after(dot.y + 4, 9), before(dot.y + 4, 9)].filter(isInside)];
  }
  const rows = [frame.top + 12, frame.bottom - 8];
  return rows.flatMap((y) => [after(y), before(y)]).filter(isInside);
}
