/** The gaps that phrases on offers may have. */
import { LETTER } from './level.js';
import type { OfferWords } from './offer-words.js';
import { cueOf, oneOf, type PhraseGaps } from './phrases.js';

const SIGN = String.raw`(?:[€$£¥₹¢]|r\$|zł|eur(?:os?)?(?![${LETTER}])|(?:usd|gbp|chf|pln|kr|kc|ft|lei|cts?|cent(?:im(?:o|e)s?|s)?|pence|[pc])(?![${LETTER}])\.?)`;
const CENTS = String.raw`(?:[.,']\s?(?:\d{2}(?!\d)|-{1,2}))`;

/** Money that is marked as such: by a sign or by cents. */
export const MARKED_PRICE = [
  String.raw`(?:(?<!\d\s?)${SIGN}|(?<!\d)[$£])\s?\d{1,3}(?:[.,]?\d{3}){0,2}${CENTS}?`,
  String.raw`\d{1,3}(?:[.,]?\d{3}){0,2}${CENTS}?\s?${SIGN}(?:\d{2}(?!\d))?`,
  String.raw`\d{1,5}${CENTS}`,
  String.raw`-?[.,]\d{2}(?!\d)(?:\s?${SIGN})?`,
].join('|');

const DIGITS = Array.from('0123456789');

/**
 * The gaps that phrases of a language may have: figures, prices, and the lists of words that its file names. Units are
 * those of all languages given.
 */
export function offerGaps(words: OfferWords, all: readonly OfferWords[] = [words]): PhraseGaps {
  const number = String.raw`\d{1,2}|${oneOf(Object.values(words.numbers).flat())}`;
  const endings = oneOf(['°', '*', '"', "'", ...words.ordinalEndings]);
  const ordinal = String.raw`\d{1,2}\s?${endings}\.?|${oneOf(Object.values(words.ordinals).flat())}`;
  const unit = oneOf(all.flatMap(({ units }) => Object.values(units).flat()));
  const percent = String.raw`(?<![\d.,])\d{1,3}(?:[.,]\d{1,2})?\s?(?:%|por ?ciento|percent|prozent|pour ?cent|per ?cento)`;
  const kept = new Map([
    ['n', number],
    ['take', number],
    ['pay', number],
    ['paid', number],
    ['free', number],
    ['nth', ordinal],
    ['percent', percent],
    ['price', MARKED_PRICE],
    ['weight', String.raw`(?:kg|lbs?)(?![${LETTER}]|\s?\d)`],
    ['base', String.raw`(?<![\d.,])(?:\d{1,4}(?:[.,]\d{1,3})?\s?-?)?${unit}(?![${LETTER}])`],
  ]);
  const passed = new Map([
    ['by', 'x'],
    ['figure', String.raw`\d{1,5}`],
    ['spent', `(?:${MARKED_PRICE})`],
    ['minus', '(?:-|menos|minus)'],
    ['thing', String.raw`[^\n.;%€$£]{1,40}?`],
    ['word', `[${LETTER}]{2,15}`],
    ...Object.entries(words.lists).map(([name, list]): [string, string] => [name, oneOf(list)]),
  ]);
  const cues = new Map<string, readonly string[]>([
    ['percent', ['%', 'cent', 'cient', 'prozent']],
    ['price', DIGITS],
    ['spent', DIGITS],
    ['figure', DIGITS],
    ['weight', ['kg', 'lb']],
    ['by', ['x']],
    ['minus', ['-', 'menos', 'minus']],
    ...Object.entries(words.lists).map(([name, list]): [string, string[]] => [name, list.map(cueOf)]),
  ]);
  return { kept, passed, cues };
}
