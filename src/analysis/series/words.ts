/** Figures and dates as sentences have them. */
import type { Frequency } from './series.js';

const MONTHS = [
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

/** A number with three digits that count, thousands grouped, and the sign for minus; 12,300 and \u22120.0123. */
export function inWords(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return value.toExponential(2).replace(/^-/, MINUS);
  const rounded = size === 0 ? 0 : Number(value.toPrecision(size >= 1000 ? 4 : 3));
  const [whole = '', decimals] = String(rounded).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',').replace('-', MINUS);
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

const MINUS = '\u2212';

/** A number as {@link inWords} has it, with its sign: +12,300. */
export function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${inWords(value)}`;
}

/** A share as per cent: 18%, 2.4%. */
export function percent(share: number): string {
  const value = share * 100;
  return `${inWords(Number(Math.abs(value) < 10 ? value.toFixed(1) : value.toFixed(0)))}%`;
}

/** A share as per cent with its sign: +18%. */
export function percentSigned(share: number): string {
  return `${share < 0 ? '' : '+'}${percent(share)}`;
}

/** Ends of an interval as per cent: `\u221224 to \u221211`, the lower first. */
export function percentRange(one: number, other: number): string {
  const text = (share: number): string => percent(share).slice(0, -1);
  return `${text(Math.min(one, other))} to ${text(Math.max(one, other))}`;
}

/** 13 April 2020; the index as it is. */
export function dayInWords(date: string, hasYear = true): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (match === null) return date;
  const day = `${Number(match[3])} ${MONTHS[Number(match[2]) - 1] ?? ''}`;
  return hasYear ? `${day} ${match[1]}` : day;
}

/** The week of 13 April 2020, April 2020, 2020 Q2, 2020, period 12. */
export function periodInWords(date: string, frequency: Frequency): string {
  const [year = '', month = ''] = date.split('-');
  switch (frequency) {
    case 'day':
      return dayInWords(date);
    case 'week':
      return `the week of ${dayInWords(date)}`;
    case 'month':
      return `${MONTHS[Number(month) - 1] ?? ''} ${year}`;
    case 'quarter':
      return `Q${Math.floor((Number(month) - 1) / 3) + 1} of ${year}`;
    case 'year':
      return year;
    case 'index':
      return `period ${date}`;
  }
}

/** When something was: `on 13 April 2020`, `in the week of ...`, `in April 2020`. */
export function inPeriod(date: string, frequency: Frequency): string {
  return `${frequency === 'day' ? 'on' : 'in'} ${periodInWords(date, frequency)}`;
}

/** `one week`, `8 weeks`. */
export function periodsInWords(count: number, frequency: Frequency): string {
  return count === 1 ? `one ${periodNoun(frequency)}` : `${count} ${periodNoun(frequency)}s`;
}

export function periodNoun(frequency: Frequency): string {
  return frequency === 'index' ? 'period' : frequency;
}

/** `a`, `a and b`, `a, b and c`; of more than `most` how many are left. */
export function listInWords(names: readonly string[], most = 3): string {
  const left = names.length - most;
  const shown = left > 0 ? [...names.slice(0, most), left === 1 ? 'one other' : `${left} others`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** p as sentences have it. */
export function probability(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

/** With a capital letter, as sentences begin. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
