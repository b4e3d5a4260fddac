/** Signs, abbreviations and codes of currencies in words of a page: beside an amount, or alone in a word of their own. */
import { levelText } from '../../text/level.js';
import { currencyAfter } from './currencies.js';
import { WORDS } from './currency-forms.js';
import type { PageWord } from './page.js';

/** Longest form: `бел. руб.` */
const LONGEST = 9;
/** On pages these are weights and other words; feet and forints are told by their case, Fridays by the page's currency. */
const OTHER_WORDS: ReadonlySet<string> = new Set(['pounds', 'quid', 'ft', 'ft.', 'fr.']);

/** What is printed there is surely meant as a currency: `Ft`, `CHF`, `kr`. */
function isMeant(text: string, level: string, code: string, hint: string | null): boolean {
  if (/\p{Sc}/u.test(text)) return true;
  if (OTHER_WORDS.has(level)) return code === hint || /^Ft\.?$/u.test(text);
  if (WORDS.has(level) || /^[a-z]$/u.test(level)) return false;
  return !/^[a-z]{3}$/u.test(level) || code !== text.toUpperCase() || text === code;
}

/** The currency (ISO 4217) that a word without figures is, null where it is none. Of shared signs, the hint chooses. */
export function signOf(text: string, hint: string | null): string | null {
  if (text === '' || text.length > LONGEST || /\d/u.test(text)) return null;
  const level = levelText(text);
  const found = currencyAfter(text, level, 0, hint);
  return found?.at === level.length && isMeant(text, level, found.code, hint) ? found.code : null;
}

export interface SignedText {
  /** Without the sign. */
  readonly text: string;
  /** ISO 4217, null where there is no sign. */
  readonly currency: string | null;
}

/** A word parted from the sign that it begins or ends with: `R$19,90`, `12,99zł`. */
export function partSign(word: string, hint: string | null): SignedText {
  const sign = /^[€£$]\s?|\s?[€£$]$/u.exec(word)?.[0];
  if (sign !== undefined)
    return { text: word.replace(/^[€£$]\s?|\s?[€£$]$/gu, ''), currency: signOf(sign.trim(), hint) };
  const [, lead = '', middle = '', tail = ''] = /^(\D*?)([-.,]*\d(?:.*\d)?[.,:]?[-–—]*)(\D*)$/u.exec(word) ?? [];
  const before = signOf(lead.trim(), hint);
  if (before !== null) return { text: middle + tail, currency: before };
  const after = signOf(tail.trim(), hint);
  return after === null ? { text: word, currency: null } : { text: lead + middle, currency: after };
}

/** The currency that is printed most often among the words; null where none is. */
export function printedCurrency(words: readonly PageWord[], hint: string | null): string | null {
  const counts = new Map<string, number>();
  for (const { text } of words) {
    const code = /\d/u.test(text) ? partSign(text, hint).currency : signOf(text, hint);
    if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
