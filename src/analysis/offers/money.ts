/** Amounts of money in a text. */
import { LETTER, levelText } from '../../text/level.js';
import { matchesOf } from '../../text/matches.js';
import {
  currencyAfter,
  currencyBefore,
  findCurrency,
  hasThreeDecimals,
  type PrintedCurrency,
  sharesSign,
} from './currencies.js';
import { HUNDREDTHS } from './currency-forms.js';
import { NUMBER, parseNumber } from './numbers.js';
import type { AmountInText, Money, Stretch } from './page.js';

/** What helps to read amounts. */
export interface MoneyHint {
  /** Of the page or the retailer: it is what `$` means, and what `99 cts` are of. */
  readonly currency?: string | null;
  /** The cents may be printed raised and small, so that recognisers saw `2 49` for 2.49. */
  readonly hasRaisedCents?: boolean;
}

interface Candidate extends AmountInText {
  /** A currency stands beside it. */
  readonly isMarked: boolean;
  /** It is printed as prices are: two decimals, or a dash for the cents. */
  readonly isPriceLike: boolean;
  /** What it is where `p` or `c` is no word for hundredths here; absent where the amount has no such sign. */
  readonly bare?: Omit<Candidate, 'bare'>;
  /** The sign may be pence or cents beside a price too: `99p was £1.50`. */
  readonly mayStand?: boolean;
}

/** A number, or cents alone: `-,99`, `.99`. The dash of `5.-` is looked for behind it. */
const NUMBERS = new RegExp(String.raw`(?<![${LETTER}\d.,])-?[.,]\d\d?(?!\d|[.,]\d)|${NUMBER}`, 'g');
const DASH = /^\s?[.,:]-{1,3}(?!\s?[\d-])|^-{1,2}(?=\s?(?:€|eur|fr|kr|$))/;
const HUNDREDTHS_AFTER =
  /^\s{0,2}(¢|(?:cts?|cents?|centimos?|centimes?|centesimi|centimos|cent|pence|penny|c|p)(?!\p{L})\.?)/u;
const PERCENT = /^\s{0,2}(?:%|percent|prozent|por ?ciento)/;
/** Cents behind the sign: `35€99`, `35 € 99`; with a space only where nothing follows. */
const CENTS_BEHIND = /^(\d\d)(?!\d|[.,]\d|\s?%)|^ {1,2}(\d\d)(?=\s*$|\s*[,;)*/](?!\d))/;
const NAMED_CENTS = /^\s{0,2}(?:(?:and|y|et|und|e|i)\s)?(\d\d?)\s?(\p{Ll}{1,10})\.?(?!\p{L}|\d|\s?\/)/u;
const CENTS = /^(?:c|cts?|cents?|centimos?|centimes?|centesimi)$/;
/** Hundredths with names of their own. */
const CENTS_OF: Readonly<Record<string, RegExp>> = {
  GBP: /^(?:p|pence)$/,
  PLN: /^(?:gr|grosz|grosze|groszy)$/,
  RUB: /^(?:коп|к|kop)$/u,
  UAH: /^(?:коп|kop)$/u,
  RON: /^bani$/,
};
const PER =
  /^\s?(?:\/|por |per |je |pro |al |the |a |el |la |le |l'|die |das |der |cada )\s?(?:1 )?(100 ?(?:g|gr|ml)|kg|kilo|kilogramm|l|litro|litre|liter|lt|lb|oz|m2|m|uds?|unidad|unid|u|unit|each|ea|piece|pieza|pza|pz|pezzo|st|stk|stuck|pack|packung)(?!\p{L})/u;
const EACH = /^\s?(each|ea|c\/u|cada uno|cadascun|la pieza|la unidad|la piece)(?!\p{L})/u;
const MEASURE =
  /^\s{0,2}(?:kg|g|gr|mg|l|ml|cl|dl|cm|mm|m|m2|liter|litros?|litres?|gramm|gramos|uhr|h|st\.|stuck|uds?|w|watt|v|volt|mah|zoll|inch)(?!\p{L})/u;
/** The other sides of what is `1,20 x 1,80 m` large. */
const SIDES = /^(?:\s?x\s?\d{1,4}(?:[.,]\d{1,3})?){1,2}\s?(?:m|cm|mm)(?!\p{L})/u;
const PIECES = /^(?:u|st|pi|pz|pez|ea|pack|packung)/;

const RAISED_CENTS = /(?<![\d.,])(\d{1,3}) (?=\d\d(?![\d.,]| ?%))/g;

/** Longer ones are no amounts, but bar codes and rules of nines. */
const LONGEST_NUMBER = 24;

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
    .map(({ amount, currency, start, end, per }) => ({ amount, currency, start, end, per }));
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

/** `1. 249,00` and `12 ,99`: spaces beside a separator, where one string is one price. */
function joinLoose(text: string): string {
  return text.replace(/(?<=\d)\s?([.,])\s?(?=\d{2,3}(?!\d))/g, '$1');
}

function candidatesOf(text: string, hint: MoneyHint): Candidate[] {
  const printed = levelText(text);
  const level = hint.hasRaisedCents === true ? printed.replace(RAISED_CENTS, '$1.') : printed;
  const found: Candidate[] = [];
  let last = 0;
  for (const match of matchesOf(level, NUMBERS)) {
    if (match.index < last || match[0].length > LONGEST_NUMBER) continue;
    // `1e309` is no price of 309
    if (/\de$/.test(level.slice(Math.max(0, match.index - 2), match.index))) continue;
    const candidate = readCandidate(text, level, match.index, match[0], hint.currency ?? null, last);
    if (candidate === null) continue;
    // cents behind a sign belong to the number before it
    last = candidate.end;
    found.push(candidate);
  }
  return withRangeStart(level, withoutLetters(found));
}

const RANGE_START = /^[^\p{L}\d]*(?:(?:de|von|from|desde|entre|between|da|zwischen)\s)?$/u;

/** `5 - 10 €`, `de 5 a 10 €`: the sign behind a range, at the start of a text, is of both ends. */
function withRangeStart(level: string, found: readonly Candidate[]): Candidate[] {
  const [low, high, ...others] = found;
  if (low === undefined || high === undefined || low.isMarked || !high.isMarked || low.amount >= high.amount)
    return [...found];
  const between = level.slice(low.end, high.start);
  const isRange = /^\s?(?:-|a|to|bis|y|and|und|e)\s?$/.test(between) && RANGE_START.test(level.slice(0, low.start));
  return isRange ? [{ ...low, currency: high.currency, isMarked: true }, high, ...others] : [...found];
}

/** `Sofá 3P 499 €`: beside a price a number before a letter is a model or a count, unless it looks like pence or cents. */
function withoutLetters(found: readonly Candidate[]): Candidate[] {
  const prices = found.filter(({ bare, isMarked, isPriceLike }) => bare === undefined && (isMarked || isPriceLike));
  const isSterling = prices.every(({ currency }) => currency === null || currency === 'GBP');
  return found.map((candidate) => {
    if (candidate.bare === undefined || prices.length === 0) return candidate;
    const mayStand = candidate.mayStand === true && (candidate.currency !== 'GBP' || isSterling);
    return mayStand ? candidate : candidate.bare;
  });
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
  const mayHaveCents = dash === '' && !/[.,]\d\d?$/.test(printed);
  const { before, after, beside, cents } = signsBeside(
    text,
    level,
    { start, end: numberEnd },
    mayHaveCents,
    hint,
    taken,
  );
  const code = beside?.code ?? null;
  const amount = parseNumber(printed.replace(/^-/, ''), hasThreeDecimals(code ?? hint, printed));
  // greater ones are not told exactly
  if (amount === null || amount > Number.MAX_SAFE_INTEGER) return null;
  const from = before?.at ?? start;
  const end = cents?.end ?? (after !== null && beside === after ? after.at : numberEnd);
  const read: Candidate = {
    amount: cents === null ? amount : Number(`${amount}.${cents.digits}`),
    currency: code,
    start: from,
    end,
    per: perOf(level, end),
    isMarked: code !== null,
    isPriceLike: isPriceLike(level, start, printed, numberEnd, dash),
  };
  const hundredths = dash === '' && code === null ? readHundredths(text, level, read, hint) : null;
  return hundredths ?? read;
}

interface Signs {
  readonly before: PrintedCurrency | null;
  readonly after: PrintedCurrency | null;
  /** The one of both that tells the currency. */
  readonly beside: PrintedCurrency | null;
  readonly cents: { readonly digits: string; readonly end: number } | null;
}

/** The currencies around a number. What stands before `taken` belongs to the number before: `99 € 95 €`. */
function signsBeside(
  text: string,
  level: string,
  number: Stretch,
  mayHaveCents: boolean,
  hint: string | null,
  taken: number,
): Signs {
  const signBefore = currencyBefore(text, level, number.start, hint);
  // `RON 70 cl`: letters before a size
  const isOfSize =
    /^[a-z]+$/.test(signBefore?.form ?? '') && mayHaveCents && MEASURE.test(level.slice(number.end, number.end + 12));
  const before = signBefore !== null && signBefore.at >= taken && !isOfSize ? signBefore : null;
  const found = currencyAfter(text, level, number.end, hint);
  const behind = found !== null && isFeet(text, level, number, found) ? null : found;
  const cents = behind !== null && mayHaveCents ? centsBehind(level, number.end, behind) : null;
  // `SKU 12345 $9.99`: the sign belongs to the number after it
  const isOfNext =
    behind !== null &&
    cents === null &&
    (/^(?:\s\S+|[a-z] \$)\d$/.test(level.slice(number.end, behind.at + 1)) ||
      // `Ref. 1234 € 45,00`
      (mayHaveCents && /^ \D{1,4} \d{1,5}[.,]\d\d(?!\d|\s?[€$£])/.test(level.slice(number.end, number.end + 16))));
  const after = isOfNext || behind === null ? null : doubled(text, level, behind, hint);
  // `$12 CAD`, `¥ 299 CNY`: the code says which of those that share the sign
  const isTold = before !== null && after !== null && sharesSign(before.form, after.code);
  return { before, after, beside: isTold ? after : (before ?? after), cents };
}

/** `2.49 kr kr.`: the same currency twice, and no other number behind it. */
function doubled(text: string, level: string, sign: PrintedCurrency, hint: string | null): PrintedCurrency {
  const again = currencyAfter(text, level, sign.at, hint);
  return again?.code === sign.code && !/^\s?[\d.,]*\d/.test(level.slice(again.at, again.at + 8))
    ? { ...sign, at: again.at }
    : sign;
}

/** The pence or cents that a number without a currency is; null where it is none. */
function readHundredths(text: string, level: string, number: Candidate, hint: string | null): Candidate | null {
  const { amount, start, end } = number;
  const sign = HUNDREDTHS_AFTER.exec(level.slice(end, end + 14));
  const name = sign?.[1];
  if (sign === null || name === undefined || !Number.isInteger(amount) || amount > 99) return null;
  const after = end + sign[0].length;
  if (/^ct/.test(name) && isCount(level, after, amount)) return null;
  const currency = hint ?? HUNDREDTHS[name] ?? null;
  const read = { ...number, amount: amount / 100, currency, end: after, per: perOf(level, after) };
  const hundredths = { ...read, isMarked: true, isPriceLike: true };
  if (name.length > 1 || name === '¢') return hundredths;
  // `Vitamina B12P`, `iPhone 5C`
  const isName = /\p{L}/u.test(level[start - 1] ?? ' ') || (isUpper(text, after - 1) && text !== text.toUpperCase());
  if (isName) return null;
  return { ...hundredths, bare: number, mayStand: sign[0] === name && amount >= 10 && !isUpper(text, after - 1) };
}

function isUpper(text: string, at: number): boolean {
  return /\p{Lu}/u.test(text[at] ?? ' ');
}

/** `8 ct $3.00`, `Eggs 12 ct`: so many of them. Cents are `99 ct`, `Butter 79 ct`, `0,25 € oder 25 ct`. */
function isCount(level: string, end: number, amount: number): boolean {
  if (level.includes('$')) return true;
  return amount % 10 !== 9 && amount % 10 !== 5 && /^\s*(?:[£€]\s?\d|\d+[.,]\d\d)/.test(level.slice(end, end + 12));
}

/** `10 ft ladder $99.00`: feet, not forints, of which nothing costs so few. */
function isFeet(text: string, level: string, { start, end }: Stretch, { form, at }: PrintedCurrency): boolean {
  if (!form.startsWith('ft')) return false;
  return /[$€£]/.test(level) || (text[at - form.length] === 'f' && Number(level.slice(start, end)) < LEAST_FORINTS);
}

const LEAST_FORINTS = 50;

/** `35€99`, `12 € 50 c`: the cents behind a sign that stands once in the text, or behind any where they are called so. */
function centsBehind(level: string, numberEnd: number, sign: PrintedCurrency): Signs['cents'] {
  const named = NAMED_CENTS.exec(level.slice(sign.at, sign.at + 24));
  if (named?.[1] !== undefined && (CENTS_OF[sign.code] ?? CENTS).test(named[2] ?? ''))
    return { digits: named[1].padStart(2, '0'), end: sign.at + named[0].length };
  const isOnly = level.indexOf(sign.form) === level.lastIndexOf(sign.form);
  const match = isOnly && !/[a-z]/.test(sign.form) ? CENTS_BEHIND.exec(level.slice(sign.at, sign.at + 12)) : null;
  const digits = match?.[1] ?? match?.[2];
  if (match === null || digits === undefined) return null;
  const isTight = match[1] !== undefined && level[numberEnd] !== ' ';
  return isTight || sign.form === '€' ? { digits, end: sign.at + match[0].length } : null;
}

function isPriceLike(level: string, start: number, printed: string, end: number, dash: string): boolean {
  if (dash !== '') return true;
  if (!/[.,']\d\d$/.test(printed)) return false;
  const around = level.slice(Math.max(0, start - 3), start);
  if (/[\p{L}\d][./-]?$|[/-]$/u.test(around) && !/\d\s$/.test(around) && !printed.startsWith('-')) return false;
  const rest = level.slice(end, end + 12);
  // `1,99-2,49` is a range of prices
  const isRange = /^-\d{1,5}[.,]\d\d(?![\d.])/.test(rest);
  if (!isRange && /^[.,/-]?\d|^\.?-\s?\d{1,2}\./.test(rest)) return false;
  return !MEASURE.test(rest) && !SIDES.test(level.slice(end, end + 24)) && !(DATE.test(printed) && /^\./.test(rest));
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
