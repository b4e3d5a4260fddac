/** Currencies beside a number, and the cents behind them. */
import { currencyAfter, currencyBefore, type PrintedCurrency, sharesSign } from './currencies.js';
import type { Stretch } from './page.js';

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
/** Units of measure: what stands before one is no price. */
export const MEASURE =
  /^\s{0,2}(?:kg|g|gr|mg|l|ml|cl|dl|cm|mm|m|m2|liter|litros?|litres?|gramm|gramos|uhr|h|st\.|stuck|uds?|w|watt|v|volt|mah|zoll|inch)(?!\p{L})/u;

interface Signs {
  readonly before: PrintedCurrency | null;
  readonly after: PrintedCurrency | null;
  /** The one of both that tells the currency. */
  readonly beside: PrintedCurrency | null;
  readonly cents: { readonly digits: string; readonly end: number } | null;
}

/** The currencies around a number. What stands before `taken` belongs to the number before: `99 € 95 €`. */
export function signsBeside(
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
