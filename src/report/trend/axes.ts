/** Ticks of axes and their labels. */
import type { Frequency } from '../../analysis/series/series.js';

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Steps of 1, 2, 2.5 or 5 times a power of ten that give at most so many ticks. */
function stepOf(range: number, most: number): number {
  const rough = range / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10;
  return step * power;
}

/** The range of an axis that holds these values; it starts at 0 where that is near. */
export function domainOf(low: number, high: number): { readonly low: number; readonly high: number } {
  const spread = high - low;
  if (!(spread > 0))
    return { low: low - Math.max(1, Math.abs(low) / 10), high: high + Math.max(1, Math.abs(high) / 10) };
  const bottom = low >= 0 && low < 0.45 * high ? 0 : low - spread * 0.06;
  const top = high <= 0 && high > 0.45 * low ? 0 : high + spread * 0.06;
  return { low: bottom, high: top };
}

/** Round numbers within a range. */
export function numberTicks(low: number, high: number, most: number): Tick[] {
  const step = stepOf(high - low, most);
  const ticks: Tick[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9 && ticks.length <= most + 2; k += 1) {
    ticks.push({ value: k * step, label: numberLabel(k * step, step) });
  }
  return ticks;
}

function numberLabel(value: number, step: number): string {
  const size = Math.abs(value);
  const scale = (
    [
      [1e12, 'T'],
      [1e9, 'B'],
      [1e6, 'M'],
      [1e4, 'k'],
    ] as const
  ).find(([limit]) => size >= limit);
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return value.toExponential(1);
  const divisor = scale === undefined ? 1 : scale[1] === 'k' ? 1000 : scale[0];
  const decimals = decimalsOf(step / divisor);
  const [whole = '', rest] = (value / divisor).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',').replace('-', '\u2212');
  return `${grouped}${rest === undefined ? '' : `.${rest}`}${scale?.[1] ?? ''}`;
}

/** Decimals with which a step can be written. */
function decimalsOf(step: number): number {
  let decimals = 0;
  for (let scaled = step; decimals < 8 && Math.abs(scaled - Math.round(scaled)) > 1e-6 * scaled; scaled *= 10)
    decimals += 1;
  return decimals;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

/** Ticks of a calendar as places among the periods. */
export function dateTicks(dates: readonly string[], frequency: Frequency, most: number): Tick[] {
  if (frequency === 'index') {
    const first = Number(dates[0]);
    const ticks = numberTicks(first, first + dates.length - 1, most).filter(({ value }) => Number.isInteger(value));
    return ticks.map(({ value }) => ({ value: value - first, label: String(value) }));
  }
  const months = dates.map((date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1);
  const [first = 0, last = 0] = [months[0], months.at(-1)];
  if (last - first < 3 && (frequency === 'day' || frequency === 'week')) return dayTicks(dates, most);
  const step = MONTH_STEPS.find((months) => (last - first + 1) / months <= most) ?? 1200;
  const ticks: Tick[] = [];
  for (const [i, month] of months.entries()) {
    const before = i === 0 ? month - (dates[0]?.endsWith('-01') ? 1 : 0) : (months[i - 1] ?? month);
    if (Math.floor(month / step) === Math.floor(before / step)) continue;
    const year = String(Math.floor(month / 12));
    ticks.push({ value: i, label: step % 12 === 0 ? year : `${MONTHS[month % 12]} ${year}` });
  }
  return ticks;
}

function dayTicks(dates: readonly string[], most: number): Tick[] {
  const step = [1, 2, 7, 14, 28].find((days) => dates.length / days <= most) ?? 28;
  return dates.flatMap((date, value) => {
    if (value % step !== 0) return [];
    return [{ value, label: `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1]}` }];
  });
}
