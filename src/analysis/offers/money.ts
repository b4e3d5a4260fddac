/** Amounts of money in a text. */
import { levelText } from '../../text/level.js';
import { currencyAfter, currencyBefore, findCurrency, HUNDREDTHS, hasThreeDecimals } from './currencies.js';
import { NUMBER, parseNumber } from './numbers.js';
import type { AmountInText, Money } from './page.js';

/** What helps to read amounts. */
export interface MoneyHint {
  /** Of the page or the retailer: it is what `$` means, and what `99 cts` are of. */
  readonly currency?: string | null;
}

interface Candidate extends AmountInText {
  /** A currency stands beside it. */
  readonly isMarked: boolean;
  /** It is printed as prices are: two decimals, or a dash for the cents. */
  readonly isPriceLike: boolean;
}

/** A number, or cents alone: `-,99`, `.99`. The dash of `5.-` is looked for behind it. */
const NUMBERS = new RegExp(String.raw`(?:(?<!\d)-?[.,](?=\d\d?(?!\d))\d+)|${NUMBER}`, 'gu');
const DASH = /^\s?[.,:]-{1,3}(?!\s?[\d-])|^-{1,2}(?=\s?(?:€|eur|fr|kr|$))/;
const HUNDREDTHS_AFTER = /^\s{0,2}(¢|(?:cts?|cents?|centimos?|centimes?|centesimi|centimos|cent|c|p)(?!\p{L})\.?)/u;
const PERCENT = /^\s{0,2}(?:%|percent|prozent|por ?ciento)/;
/** Cents behind the sign: `35€99`, `35 € 99`; with a space only where nothing follows. */
const CENTS_BEHIND = /^(\d\d)(?!\d|[.,]\d|\s?%)|^ {1,2}(\d\d)(?=\s*$|\s*[,;)*/])/;
const PER =
  /^\s?(?:\/|por |per |je |pro |al |the |a |el |la |le |l'|die |das |der |cada )\s?(?:1 )?(100 ?(?:g|gr|ml)|kg|kilo|kilogramm|l|litro|litre|liter|lt|lb|oz|m2|m|uds?|unidad|unid|u|unit|each|ea|piece|pieza|pza|pz|pezzo|st|stk|stuck|pack|packung)(?!\p{L})/u;
const EACH = /^\s?(each|ea|c\/u|cada uno|cadascun|la pieza|la unidad|la piece)(?!\p{L})/u;
const MEASURE =
  /^\s{0,2}(?:kg|g|gr|mg|l|ml|cl|dl|cm|mm|m|m2|liter|litros?|litres?|gramm|gramos|uhr|h|st\.|stuck|uds?|w|watt|v|volt|mah|zoll|inch)(?!\p{L})/u;
const PIECES = /^(?:u|st|pi|pz|pez|ea|pack|packung)/;

/** Numbers that follow one another like this are dates, times or names, not amounts. */
const DATE = /^[.,'-]?\d{1,2}[./-]\d{1,2}(?:[./-](?:\d{4}|\d{2})?)?$/;

/**
 * Every amount of a text that is marked as money: by a currency beside it, by two decimals (unless a measure, a percent
 * sign or another number of a date follows), or by a dash for the cents (`5.-`, `-.99`). Whole numbers that stand alone
 * are not amounts here.
 */
export function findAmounts(text: string, hint: MoneyHint = {}): AmountInText[] {
  return candidatesOf(text, hint)
    .filter(({ isMarked, isPriceLike }) => isMarked || isPriceLike)
    .map(({ isMarked: _, isPriceLike: __, ...amount }) => amount);
}

/**
 * The one amount that a text holds: the first with a currency beside it, else the first number that is no percentage; with
 * the currency that stands anywhere in the text. `free` and the like are an amount of 0. Null where there is none.
 */
export function parseMoney(text: string, hint: MoneyHint = {}): Money | null {
  const candidates = candidatesOf(joinLoose(text), hint);
  const best = candidates.find(({ isMarked }) => isMarked) ?? candidates[0];
  if (best === undefined) return FREE.test(levelText(text)) ? { amount: 0, currency: null } : null;
  return { amount: best.amount, currency: best.currency ?? findCurrency(text, hint.currency ?? null) };
}

const FREE = /(?<!\p{L})(?:free|gratis|kostenlos|gratuit[oae]?)(?!\p{L})/u;

/** `1. 249,00` and `12 ,99`: spaces beside a separator, where one string is one price. The length stays. */
function joinLoose(text: string): string {
  return text
    .replace(/(?<=\d)([.,])\s(?=\d{2,3}(?!\d))/g, ' $1')
    .replace(/(?<=\d)\s([.,])(?=\d{2,3}(?!\d))/g, (_, separator: string) => `\u0001${separator}`)
    .replace(/(\d+)\u0001/g, '\u0001$1')
    .replaceAll('\u0001', ' ');
}

function candidatesOf(text: string, hint: MoneyHint): Candidate[] {
  const level = levelText(text);
  const found: Candidate[] = [];
  let last = 0;
  for (const match of level.matchAll(NUMBERS)) {
    if (match.index < last) continue;
    const candidate = readCandidate(text, level, match.index, match[0], hint.currency ?? null, last);
    if (candidate === null) continue;
    // cents behind a sign belong to the number before it
    last = candidate.end;
    found.push(candidate);
  }
  return found;
}

function readCandidate(
  text: string,
  level: string,
  start: number,
  printed: string,
  hint: string | null,
  taken: number,
): Candidate | null {
  const bareEnd = start + printed.length;
  const dash = DASH.exec(level.slice(bareEnd, bareEnd + 6))?.[0] ?? '';
  const numberEnd = bareEnd + dash.length;
  if (PERCENT.test(level.slice(numberEnd, numberEnd + 12))) return null;
  const signBefore = currencyBefore(text, level, start, hint);
  // the sign may belong to the number before: 99 € 95 €
  const before = signBefore !== null && signBefore.at >= taken ? signBefore : null;
  const after = currencyAfter(text, level, numberEnd, hint);
  // `$12 CAD`: the code says which dollar
  const beside =
    before !== null && after !== null && before.form === '$' && after.form.length === 3 ? after : (before ?? after);
  const code = beside?.code ?? null;
  const amount = parseNumber(printed.replace(/^-/, ''), hasThreeDecimals(code ?? hint));
  if (amount === null || !Number.isFinite(amount)) return null;
  const from = before?.at ?? start;
  const end = Math.max(numberEnd, beside === after && after !== null ? after.at : 0);
  if (dash === '' && code === null) {
    const hundredths = readHundredths(level, bareEnd, amount, hint);
    if (hundredths !== null) return { ...hundredths, start: from };
  }
  const cents =
    after !== null && Number.isInteger(amount) && !/[.,]\d\d?$/.test(printed) ? centsBehind(level, after) : null;
  const withCents = cents === null ? amount : Number(`${amount}.${cents.digits}`);
  const whole = { amount: withCents, currency: code, start: from, end: Math.max(end, cents?.end ?? 0) };
  return {
    ...whole,
    per: perOf(level, whole.end),
    isMarked: code !== null,
    isPriceLike: isPriceLike(level, start, printed, numberEnd, dash),
  };
}

function readHundredths(
  level: string,
  end: number,
  amount: number,
  hint: string | null,
): Omit<Candidate, 'start'> | null {
  const sign = HUNDREDTHS_AFTER.exec(level.slice(end, end + 14));
  const name = sign?.[1];
  if (sign === null || name === undefined || !Number.isInteger(amount) || amount > 99) return null;
  const after = end + sign[0].length;
  const currency = hint ?? HUNDREDTHS[name] ?? null;
  return { amount: amount / 100, currency, end: after, per: perOf(level, after), isMarked: true, isPriceLike: true };
}

function centsBehind(
  level: string,
  after: { readonly at: number; readonly form: string },
): { digits: string; end: number } | null {
  const isOnly = level.indexOf(after.form) === level.lastIndexOf(after.form);
  const match = isOnly && !/[a-z]/.test(after.form) ? CENTS_BEHIND.exec(level.slice(after.at, after.at + 12)) : null;
  const digits = match?.[1] ?? match?.[2];
  if (match === null || digits === undefined || (match[2] !== undefined && after.form !== '€')) return null;
  return { digits, end: after.at + match[0].length };
}

function isPriceLike(level: string, start: number, printed: string, end: number, dash: string): boolean {
  if (dash !== '') return true;
  if (!/[.,']\d\d$/.test(printed)) return false;
  const around = level.slice(Math.max(0, start - 3), start);
  if (/[\p{L}\d][./-]?$|[/-]$/u.test(around) && !/\d\s$/.test(around) && !printed.startsWith('-')) return false;
  const rest = level.slice(end, end + 12);
  return !MEASURE.test(rest) && !/^[.,/-]?\d|^\.?-\s?\d{1,2}\./.test(rest) && !(DATE.test(printed) && /^\./.test(rest));
}

function perOf(level: string, end: number): string | null {
  const rest = level.slice(end, end + 24);
  const unit = PER.exec(rest)?.[1];
  if (unit === undefined) return EACH.test(rest) ? 'piece' : null;
  if (unit.startsWith('100')) return unit.endsWith('ml') ? '100 ml' : '100 g';
  if (unit.startsWith('kilo')) return 'kg';
  if (/^l(?:it|t?$)/.test(unit)) return 'l';
  return PIECES.test(unit) ? 'piece' : unit;
}
