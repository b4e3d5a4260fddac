/** Money in lines that hold nothing else, and how loosely it may be printed there. */
import { levelText } from '../../text/level.js';
import type { RetailerSettings } from '../../text/offer-words.js';
import { parseMoney } from './money.js';
import type { Money, Stretch } from './page.js';
import type { OfferVocabulary } from './vocabulary.js';

/**
 * `€ 5 ,99`: spaces beside the separator of the one number of a text stand before it here, so that places stay; the
 * cents of `$19 99` were raised.
 */
export function withoutLooseCents(text: string): string {
  return text
    .replace(RAISED, '$1.$2')
    .replace(LOOSE, (_, before: string, units: string, a: string, mark: string, b: string, rest: string) =>
      [before, a, b, units, mark, rest].join(''),
    );
}

const RAISED = /^(\s*[$€£]\s?\d{1,4}) (\d\d\s*)$/;

const LOOSE =
  /^([^\p{L}\d]{0,9}(?:\p{L}{1,4}[^\p{L}\d]{0,3})?)(\d{1,5})(\s?)([.,])(\s?)(\d\d[^\p{L}\d]{0,3}(?:\p{L}{1,4})?[^\p{L}\d]{0,9})$/u;

/** A text whose conditions have no figures: `Envío gratis desde 50 €`. */
function withoutFigures(text: string, conditions: readonly Stretch[]): string {
  const parts: string[] = [];
  let last = 0;
  for (const { start, end } of conditions) {
    if (end <= last) continue;
    const from = Math.max(start, last);
    parts.push(text.slice(last, from), text.slice(from, end).replace(/\d/gu, ' '));
    last = end;
  }
  return parts.join('') + text.slice(last);
}

/** A text that holds one bare number holds a price: `50`, `12,-`, `Price: 15 130`. */
export function bareMoney(text: string, conditions: readonly Stretch[], context: Reading): Money | null {
  if (namesMonth(text, context.vocabulary) || NO_PRICE.test(text)) return null;
  return parseMoney(withoutFigures(text, conditions), { currency: context.retailer.currency });
}

interface Reading {
  readonly vocabulary: OfferVocabulary;
  readonly retailer: RetailerSettings;
}

/**
 * Bare numbers that are no prices: days and times in figures, ratios and products, ordinals, numbers to call or of
 * articles, pages and years, stars and what they are counted from, parts of words, and lengths of time.
 */
const NO_PRICE = new RegExp(
  [
    String.raw`(?<![\d.,])\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?(?![\d.,])`,
    String.raw`(?<![\d.,])\d{1,2}:\d{1,2}(?!\d)`,
    String.raw`[★☆⭐]|\d\s(?:out of|von|de|sur|su)\s\d|\d\s(?:stars?|sternen?|estrellas?|étoiles?|stelle|reviews?|ratings?|bewertungen|opiniones|reseñas|avis|recensioni)(?!\p{L})`,
    String.raw`\d\s?[x×]\s?\d|^\s*x?\s?\d+\s?x?\s*$(?<=x\s*|^\s*x.*)|\d[ªº°]`,
    String.raw`(?<![\d.,'])(?:\d{8,}(?![\d.,'])|\d{5,}\s+\p{Lu}\p{L}{2})|\+\s?\d{2}|\d-\d{3}-\d{3}`,
    String.raw`\b(?:tel(?:f|[ée]fono|ephone)?|phone|call|fax|año|year|jahr|copyright|page|pag|página|seite|p)\b[.:]?\s?[(\d]|©`,
    String.raw`(?<!\p{L})\p{L}\d+(?![\d.,])|\d[a-z]\d|\d\s?(?:h|hs|k|min|gb|tb|mb|días?|days?|tage?|horas?|hours?|stunden|meses|months?|monate?|años|years?|jahre)(?!\p{L})`,
  ].join('|'),
  'iu',
);

/** Written out: `mar` and `set` are other things too. */
const LEAST_MONTH = 4;

function namesMonth(text: string, { dates }: OfferVocabulary): boolean {
  const words = new Set(levelText(text).match(/[a-z]+/g));
  return dates.months.flat().some((name) => name.length >= LEAST_MONTH && words.has(levelText(name)));
}
