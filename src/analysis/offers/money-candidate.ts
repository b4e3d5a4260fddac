/** One number of a text, with what stands around it, as money. */
import { hasThreeDecimals } from './currencies.js';
import { HUNDREDTHS } from './currency-forms.js';
import { MEASURE, signsBeside } from './money-signs.js';
import { parseNumber } from './numbers.js';
import type { AmountInText } from './page.js';

export interface MoneyCandidate extends AmountInText {
  /** A currency stands beside it. */
  readonly isMarked: boolean;
  /** It is printed as prices are: two decimals, or a dash for the cents. */
  readonly isPriceLike: boolean;
  /** What it is where `p` or `c` is no word for hundredths here; absent where the amount has no such sign. */
  readonly bare?: Omit<MoneyCandidate, 'bare'>;
  /** The sign may be pence or cents beside a price too: `99p was £1.50`. */
  readonly mayStand?: boolean;
}

const DASH = /^\s?[.,:]-{1,3}(?!\s?[\d-])|^-{1,2}(?=\s?(?:€|eur|fr|kr|$))/;
const HUNDREDTHS_AFTER =
  /^\s{0,2}(¢|(?:cts?|cents?|centimos?|centimes?|centesimi|centimos|cent|pence|penny|c|p)(?!\p{L})\.?)/u;
const PERCENT = /^\s{0,2}(?:%|percent|prozent|por ?ciento)/;
const PER =
  /^\s?(?:\/|por |per |je |pro |al |the |a |el |la |le |l'|die |das |der |cada )\s?(?:1 )?(100 ?(?:g|gr|ml)|kg|kilo|kilogramm|l|litro|litre|liter|lt|lb|oz|m2|m|uds?|unidad|unid|u|unit|each|ea|piece|pieza|pza|pz|pezzo|st|stk|stuck|pack|packung)(?!\p{L})/u;
const EACH = /^\s?(each|ea|c\/u|cada uno|cadascun|la pieza|la unidad|la piece)(?!\p{L})/u;
/** The other sides of what is `1,20 x 1,80 m` large. */
const SIDES = /^(?:\s?x\s?\d{1,4}(?:[.,]\d{1,3})?){1,2}\s?(?:m|cm|mm)(?!\p{L})/u;
const PIECES = /^(?:u|st|pi|pz|pez|ea|pack|packung)/;

/** Numbers that follow one another like this are dates, times or names, not amounts. */
const DATE = /^[.,'-]?\d{1,2}[./-]\d{1,2}(?:[./-](?:\d{4}|\d{2})?)?$/;

/**
 * The money that a number may be: `level` is `text` with its signs made alike, `hint` the currency where none is told, and
 * what stands before `taken` belongs to the number before. Null for what is no amount.
 */
export function readMoneyCandidate(
  text: string,
  level: string,
  { start, printed }: { readonly start: number; readonly printed: string },
  hint: string | null,
  taken: number,
): MoneyCandidate | null {
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
  const read: MoneyCandidate = {
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

/** The pence or cents that a number without a currency is; null where it is none. */
function readHundredths(
  text: string,
  level: string,
  number: MoneyCandidate,
  hint: string | null,
): MoneyCandidate | null {
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
