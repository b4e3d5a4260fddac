/** What one word may say of a price. */
import { sharesSign } from './currencies.js';
import { parseNumber } from './numbers.js';
import { partSign } from './price-signs.js';
import type { Sense } from './sense.js';

/** What a figure may say. */
export interface Reading {
  readonly amount: number;
  /** Digits were seen for all of it; false where the units left of the cents were not found. */
  readonly isWhole: boolean;
  /** 0 to 1: how likely it is before anything else is known. */
  readonly likelihood: number;
  /** No point was seen before the cents: 2.49 of `249`. */
  readonly isImplied?: true;
}

export interface Print {
  readonly kind: 'whole' | 'units' | 'cents' | 'joined';
  /** Likeliest first. */
  readonly readings: readonly Reading[];
}

/** What the page tells of its prices. */
export type PriceSense = Pick<Sense, 'currency' | 'retailer'>;

/** Marks of footnotes and what recognisers make of them. */
export const TRAIL = /[\s*"'’‘`´°ºª¹²³⁴⁺+]+$/u;
const LEAD = /^[\s"'’‘`´*|:;]+/u;
const MARK = `[.,'’·:]`;
const GROUPS = String.raw`[1-9]\d{0,2}(?:[.,'’]\d{3})+`;

const DECIMAL = new RegExp(String.raw`^(\d{1,5})${MARK}{1,2}(\d{2})$`, 'u');
/** `35€99` */
export const AROUND_SIGN = /^(\d{1,4})[€£$](\d{2})$/u;
/** With the mark of a footnote that was read as a third digit. */
const NOTED = new RegExp(String.raw`^(\d{1,4})${MARK}{1,2}(\d{2})\d$`, 'u');
const THOUSANDS = new RegExp(`^${GROUPS}$`, 'u');
const THOUSANDS_WITH_CENTS = new RegExp(String.raw`^${GROUPS}[.,]\d{2}$`, 'u');
const ROUND = new RegExp(String.raw`^(${GROUPS}|\d{1,5})[.,:]?[-–—]+$`, 'u');
const UNITS = new RegExp(String.raw`^(\d{1,5})(${MARK}?)$`, 'u');

export const reading = (amount: number, likelihood: number, isWhole = true): Reading => ({
  amount,
  likelihood,
  isWhole,
});

const implied = (digits: string, likelihood: number): Reading => ({
  ...reading(Number(digits) / 100, likelihood),
  isImplied: true,
});

/** What `$`, `kr` and the like are on the page. */
export const signHint = ({ currency, retailer }: PriceSense): string | null => retailer.currency ?? currency;

/** A word without currency and marks, with the digits that letters were taken for: `£l.75` is 1.75. */
function bare(word: string, hint: string | null): { readonly text: string; readonly hasSign: boolean } {
  const signed = partSign(word.replace(TRAIL, '').replace(LEAD, ''), hint);
  const text = signed.text.replace(/^[.…]{2,}|^…/u, '');
  const isRead = !/\d/u.test(text) || /[^\dlIO|.,'’·:]/u.test(text);
  return {
    text: isRead ? text : text.replace(/[lI|]/gu, '1').replace(/O/gu, '0'),
    hasSign: signed.currency !== null,
  };
}

/** Names of hundredths that the page may use: `p` where it is in pounds, `ct` in euros, `c` in dollars. */
function hundredthsOf(currency: string | null): RegExp {
  if (currency === null) return /^\d{2}p$/u;
  if (currency === 'GBP') return /^\d{1,2}\s?p$/u;
  if (sharesSign('$', currency) || currency === 'USD') return /^\d{1,2}\s?(?:cts?|cents?|c)$/u;
  return /^\d{1,2}\s?(?:cts?|cents?)$/iu;
}

/** Whether a word is hundredths: `95p`, `79¢`, `¢44`. */
export function isHundredths(text: string, { currency }: PriceSense): boolean {
  return /^(?:\d{1,2}\s?¢|¢\s?\d{1,2})$/u.test(text) || hundredthsOf(currency).test(text);
}

/** `1.299` is thousands beside a sign; else the third digit may be the mark of a footnote. */
function readThousands(text: string, isSigned: boolean): Print | null {
  const [, units, cents] = NOTED.exec(text) ?? [];
  const noted = units === undefined ? [] : [reading(Number(`${units}.${cents}`), isSigned ? 0.3 : 0.8)];
  const grouped = THOUSANDS.test(text) ? parseNumber(text.replace(/’/gu, "'")) : null;
  const thousands = grouped === null ? [] : [reading(grouped, isSigned ? 0.9 : 0.3)];
  const readings = isSigned ? [...thousands, ...noted] : [...noted, ...thousands];
  return readings.length === 0 ? null : { kind: 'whole', readings };
}

/**
 * One word as (a part of) a price, null where it is none. `isSigned` says that the sign stands beside it in a word of its
 * own.
 */
export function readPrint(word: string, sense: PriceSense, isSigned = false): Print | null {
  const { text, hasSign } = bare(word, signHint(sense));
  const whole = (amount: number, likelihood: number): Print => ({
    kind: 'whole',
    readings: [reading(amount, likelihood)],
  });
  const decimal = DECIMAL.exec(text) ?? AROUND_SIGN.exec(text);
  if (decimal !== null) return whole(Number(`${decimal[1]}.${decimal[2]}`), 1);
  const exact = THOUSANDS_WITH_CENTS.test(text) ? parseNumber(text.replace(/’/gu, "'")) : null;
  if (exact !== null) return whole(exact, 1);
  const thousands = readThousands(text, hasSign || isSigned);
  if (thousands !== null) return thousands;
  if (isHundredths(text, sense)) return whole(Number(digitsOf(text)) / 100, 0.9);
  const round = ROUND.exec(text)?.[1];
  if (round !== undefined) return whole(parseNumber(round.replace(/’/gu, "'")) ?? 0, 0.9);
  // A letter where the units should be was not read for what it is.
  const headless = /^\p{Lu}(\d{2})$/u.exec(text);
  if (headless !== null) return { kind: 'cents', readings: [reading(Number(headless[1]) / 100, 0.3, false)] };
  const [, digits, mark] = UNITS.exec(text) ?? [];
  if (digits === undefined) return null;
  if (hasSign || isSigned) return { kind: 'units', readings: [reading(Number(digits), 0.8), implied(digits, 0.3)] };
  if (digits.length >= 3 && mark === '') {
    return { kind: 'joined', readings: [implied(digits, 0.6), reading(Number(digits), 0.3)] };
  }
  const isCents = digits.length === 2 && mark === '';
  return { kind: isCents ? 'cents' : 'units', readings: [reading(Number(digits) / 100, 0.3, false)] };
}

export const digitsOf = (text: string): string => text.match(/\d+/u)?.[0] ?? '';
