/** Signs, abbreviations and codes of currencies, and which of them stand beside a number. */
import { levelText } from '../../text/level.js';
import {
  COMMON_WORDS,
  DECIMAL_COMMA,
  INITIALS,
  PRINTED,
  RAND,
  SHARED_SIGNS,
  THREE_DECIMALS,
  WORDS,
} from './currency-forms.js';

const CODES: ReadonlySet<string> = new Set([...Intl.supportedValuesOf('currency'), ...PRINTED.map(([code]) => code)]);

const codeOf = new Map<string, string>();
for (const [code, ...forms] of PRINTED) {
  for (const form of forms) if (!codeOf.has(levelText(form))) codeOf.set(levelText(form), code);
}

const LONGEST = Math.max(...[...codeOf.keys()].map((form) => form.length));

/** How long forms are at most, by their first character; codes with a sign have five. */
const LONGEST_FROM = new Map<string, number>();
for (const form of codeOf.keys()) {
  const first = form[0] ?? '';
  LONGEST_FROM.set(first, Math.max(form.length, LONGEST_FROM.get(first) ?? 5));
}

const WORD = /[\p{L}\p{M}]/u;

/** Letters on both sides of a place are of one word. */
function isInWord(level: string, at: number): boolean {
  return WORD.test(level[at - 1] ?? ' ') && WORD.test(level[at] ?? ' ');
}

/** Whether the stretch is a form, or three letters that may be a code, with no letter of the same word around it. */
function isForm(level: string, start: number, end: number): boolean {
  const form = level.slice(start, end);
  return (codeOf.has(form) || CODE.test(form)) && !isInWord(level, start) && !isInWord(level, end);
}

/** Three letters, with a dollar sign that says nothing more: `SGD$`. */
const CODE = /^[a-z]{3}(?: ?\$)?$/;

/** A currency that stands beside a number: which, and where it begins or ends. */
export interface PrintedCurrency {
  readonly code: string;
  readonly form: string;
  readonly at: number;
}

/** The side of a number that a form stands on; null where there is none. */
type Side = 'before' | 'after' | null;

/**
 * The currency whose printed form stands there in the text, or null. Of forms that several share, the hint chooses. Forms
 * that are words too are none in names: `Ron Barceló 12,95`.
 */
function currencyOf(form: string, text: string, at: number, hint: string | null, side: Side): string | null {
  const printed = text.slice(at, at + form.length);
  // `Gel 2,00`: no code is printed like this, and none that is a word in small letters
  if (side !== 'after' && isCodeLike(form) && !/^\p{Lu}+$/u.test(printed) && isName(form, printed)) return null;
  if (WORDS.has(form) && hasOtherLetters(text, at, form.length) && !isPrintedCode(form, text, at, side)) return null;
  const known = codeOf.get(form);
  if (known !== undefined) return hint !== null && SHARED_SIGNS[form]?.includes(hint) ? hint : known;
  const code = form.replace(/ ?\$$/, '').toUpperCase();
  return CODES.has(code) && (text.startsWith(code, at) || !hasOtherLetters(text, at, form.length)) ? code : null;
}

function isCodeLike(form: string): boolean {
  return form.length === 3 && CODES.has(form.toUpperCase());
}

function isName(form: string, printed: string): boolean {
  return WORDS.has(form) || (!codeOf.has(form) && /^\p{Lu}\p{Ll}/u.test(printed));
}

/**
 * `1.250,00 COP` in a text that is not all in capitals: a code right after an amount with decimals or thousands. Of the
 * leu and the rouble, which are printed so everywhere, also `12 RON`, `RON 12` and `12,50 ron`, with no name after it.
 */
function isPrintedCode(form: string, text: string, at: number, side: Side): boolean {
  const code = text.slice(at, at + form.length);
  const before = text.slice(Math.max(0, at - 6), at);
  const isCapital = /^[A-Z]{3}$/.test(code);
  const isMixed = text !== text.toUpperCase();
  if (COMMON_WORDS.has(form)) {
    if (isCapital && isMixed) return true;
    return side === 'after' && (isCapital || code === form) && !/^\s*\p{L}/u.test(text.slice(at + form.length));
  }
  return isCapital && CODES.has(code) && isMixed && /\d[.,]\d{2,3} ?$/.test(before);
}

/** Whether a text has letters elsewhere than in a form. */
function hasOtherLetters(text: string, at: number, length: number): boolean {
  if (text !== lettered.text) lettered = { text, first: text.search(/\p{L}/u), last: text.search(/\p{L}[^\p{L}]*$/u) };
  return lettered.first !== -1 && (lettered.first < at || lettered.last >= at + length);
}

/** Where the letters of the text that was looked at last begin and end. */
let lettered = { text: '', first: -1, last: -1 };

/** The currency that ends right before `start` in the text, whose levelled form is given too. */
export function currencyBefore(
  text: string,
  level: string,
  start: number,
  hint: string | null,
): PrintedCurrency | null {
  const gap = /[.:]?\s{0,2}$/.exec(level.slice(Math.max(0, start - 3), start))?.[0].length ?? 0;
  const initial = initialBefore(text, start);
  if (initial !== null) return initial;
  // the point may be the form's own: `Rs.`
  const ends = [start - gap + (/^[.:]/.test(level.slice(start - gap, start)) ? 1 : 0), start - gap];
  for (const end of new Set(ends)) {
    for (let length = Math.min(LONGEST, end); length > 0; length--) {
      if (!isForm(level, end - length, end)) continue;
      const form = level.slice(end - length, end);
      // `50C $299`: letters belong to the number before them
      if (/^[a-z]/.test(form) && /\d/.test(level[end - length - 1] ?? '')) continue;
      const code = currencyOf(form, text, end - length, hint, 'before');
      if (code !== null) return { code, form, at: end - length };
    }
  }
  return null;
}

function initialBefore(text: string, start: number): PrintedCurrency | null {
  const at =
    text[start - 1] === ' ' || text[start - 1] === '.' ? (text[start - 2] === '.' ? start - 3 : start - 2) : start - 1;
  const form = text[at] ?? '';
  const code = INITIALS[form];
  if (code === undefined || /[\p{L}\d.-]/u.test(text[at - 1] ?? ' ')) return null;
  const isRand = form === 'R' && RAND.test(text.slice(at, at + 40));
  return isRand || !hasOtherLetters(text, at, 1) ? { code, form, at } : null;
}

/** The currency that begins right after `end`, and where it ends. */
export function currencyAfter(text: string, level: string, end: number, hint: string | null): PrintedCurrency | null {
  let at = end;
  while (at < end + 2 && level[at] === ' ') at++;
  return currencyAt(text, level, at, hint, 'after');
}

function currencyAt(
  text: string,
  level: string,
  start: number,
  hint: string | null,
  side: Side,
): PrintedCurrency | null {
  const first = level[start] ?? '';
  const longest = LONGEST_FROM.get(first) ?? (/[a-z]/.test(first) ? 5 : 0);
  for (let length = Math.min(longest, level.length - start); length > 0; length--) {
    if (!isForm(level, start, start + length)) continue;
    const form = level.slice(start, start + length);
    const code = currencyOf(form, text, start, hint, side);
    if (code !== null) return { code, form, at: start + length };
  }
  return null;
}

/** The first currency of a text, wherever it stands; signs go before codes and abbreviations. */
export function findCurrency(text: string, hint: string | null = null): string | null {
  const level = levelText(text);
  const found: { readonly code: string; readonly isSign: boolean }[] = [];
  for (let start = 0; start < level.length; start++) {
    const currency = currencyAt(text, level, start, hint, null);
    if (currency === null) continue;
    found.push({ code: currency.code, isSign: /[^a-z.]/.test(currency.form) });
    start = currency.at - 1;
  }
  const dollar = level.includes('$') ? found.find(({ code, isSign }) => !isSign && code.endsWith('D')) : undefined;
  return (dollar ?? found.find(({ isSign }) => isSign) ?? found[0])?.code ?? null;
}

/** Whether a currency is printed with a sign that others have too, where it is at home. */
export function sharesSign(form: string, code: string): boolean {
  return SHARED_SIGNS[form]?.includes(code) === true;
}

/** Whether a number of the currency has three decimals: of those with a point, commas part thousands. */
export function hasThreeDecimals(currency: string | null, printed: string): boolean {
  return (
    currency !== null && THREE_DECIMALS.has(currency) && (DECIMAL_COMMA.has(currency) || !/^\d+,\d+$/.test(printed))
  );
}
