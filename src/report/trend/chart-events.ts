/** Events of a chart: numbers above it, what they last, and marks at its foot. */
import { widthOf } from '../glyph-widths.js';
import { coordinate, escapeXml } from '../svg.js';
import { type Frame, RIGHT } from './chart-frame.js';

export interface ChartEvent {
  /** Null where it is only a mark at the foot of the chart. */
  readonly number: number | null;
  readonly index: number;
  /** Period after its last; null where it does not end. */
  readonly end: number | null;
  /** What is told when it is pointed at. */
  readonly hint: string;
}

const LANE = 21;
const MARK = 8.5;
const MOST_LANES = 4;
const NUMBER_SIZE = 11;
const TOP = 12;

/** A number above the chart, or several that have no room beside each other. */
export interface EventLabel {
  readonly lane: number;
  /** Of its middle. */
  readonly x: number;
  readonly events: ChartEvent[];
}

/** Labels in rows in which they have room beside each other. */
export function labelsOf(events: readonly ChartEvent[], x: (index: number) => number): readonly EventLabel[] {
  const labels: EventLabel[] = [];
  const last: EventLabel[] = [];
  const numbered = events.filter(({ number }) => number !== null);
  // numbers go by the calendar
  for (const event of numbered.sort((one, other) => (one.number ?? 0) - (other.number ?? 0))) {
    const at = x(event.index);
    const free = last.findIndex((label) => at - MARK >= label.x + halfWidth(label) + 3);
    const lane = free !== -1 ? free : last.length;
    if (lane === MOST_LANES) {
      last.reduce((best, label) => (label.x >= best.x ? label : best)).events.push(event);
      continue;
    }
    const label = { lane, x: at, events: [event] };
    labels.push(label);
    last[lane] = label;
  }
  return labels;
}

/** Pixels that the rows of labels take. */
export function heightOf(labels: readonly EventLabel[]): number {
  return labels.length === 0 ? 0 : (Math.max(...labels.map(({ lane }) => lane)) + 1) * LANE;
}

function numbersOf({ events }: EventLabel): string {
  const numbers = events.map(({ number }) => number ?? 0);
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  if (numbers.length === 1) return String(first);
  return last - first === numbers.length - 1 ? `${first}\u2013${last}` : numbers.join(', ');
}

function halfWidth(label: EventLabel): number {
  return Math.max(MARK, (widthOf(numbersOf(label)) * NUMBER_SIZE) / 2 + 6);
}

/** Lines from the labels down, then the labels. */
export function drawLabels(labels: readonly EventLabel[], frame: Frame): string {
  const parts = labels.map((label) => {
    const y = TOP + label.lane * LANE + MARK;
    const half = halfWidth(label);
    const x = Math.min(frame.right + RIGHT - half, label.x);
    const title = `<title>${escapeXml(label.events.map(({ hint }) => hint).join(' \u00b7 '))}</title>`;
    const lines = [...new Set(label.events.map(({ index }) => coordinate(frame.x(index))))].map(
      (at) => `<path class="c-event" d="M${at} ${coordinate(y + MARK)}V${frame.bottom}"/>`,
    );
    const ground = `<rect class="c-event-mark" x="${coordinate(x - half)}" y="${coordinate(y - MARK)}" width="${coordinate(2 * half)}" height="${2 * MARK}" rx="${MARK}"/>`;
    const numbers = `<text class="c-event-text" x="${coordinate(x)}" y="${coordinate(y + 4)}" font-size="${NUMBER_SIZE}" font-weight="bold" text-anchor="middle">${numbersOf(label)}</text>`;
    return { lines: lines.join(''), mark: `<g>${ground}${numbers}${title}</g>` };
  });
  return [...parts.map(({ lines }) => lines), ...parts.map(({ mark }) => mark)].join('\n');
}

/** The time that an event with an end takes. */
export function eventSpan({ index, end, number }: ChartEvent, frame: Frame, length: number): string {
  if (number === null || end === null || end >= length) return '';
  const [left, right] = [frame.x(index), frame.x(end)];
  return `<rect class="c-event-span" x="${coordinate(left)}" y="${coordinate(frame.top)}" width="${coordinate(Math.max(2, right - left))}" height="${coordinate(frame.bottom - frame.top)}"/>`;
}

/** Pixels that the mark of an event at the foot takes. */
const MARK_WIDTH = 4;
const MOST_HINTS = 5;

/** Events without a number, at the foot; those that would lie on each other share a mark. */
export function drawMarks(events: readonly ChartEvent[], frame: Frame): string {
  const places = new Map<number, ChartEvent[]>();
  for (const event of events) {
    if (event.number !== null) continue;
    const place = Math.round(frame.x(event.index) / MARK_WIDTH);
    const near = places.get(place);
    if (near === undefined) places.set(place, [event]);
    else near.push(event);
  }
  const marks = [...places].map(([place, near]) => {
    const left = near.length - MOST_HINTS;
    const hints = [...near.slice(0, MOST_HINTS).map(({ hint }) => hint), ...(left > 0 ? [`and ${left} more`] : [])];
    const title = `<title>${escapeXml(hints.join(' \u00b7 '))}</title>`;
    return `<path class="c-event-mark" d="M${place * MARK_WIDTH} ${frame.bottom}l-4 -7h8z">${title}</path>`;
  });
  return marks.join('\n');
}
