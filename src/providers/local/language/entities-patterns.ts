/** Prices, telephone numbers and dates: found by their shape. */
import type { EntityType } from '../../../model.js';
import type { EntityMention } from './entities.js';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)';
const PATTERNS: readonly (readonly [EntityType, RegExp])[] = [
  [
    'date',
    new RegExp(
      String.raw`(?<![\p{L}\d./-])(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{1,2}(?:st|nd|rd|th)?\s(?:de\s|of\s)?${MONTH}\b\.?(?:,?\s(?:de\s|del\s)?\d{4})?|${MONTH}\.?\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s\d{4})?|${MONTH}\s(?:de\s|del\s)?\d{4})(?![\p{L}\d/-])`,
      'giu',
    ),
  ],
  [
    'price',
    /(?<![\p{L}\d.,])(?:(?:US\$|[$€£¥])\s?\d{1,9}(?:[.,]\d{1,9}){0,4}(?:\s?(?:million|billion|k|m|bn|millones)\b)?|\d{1,9}(?:[.,]\d{1,9}){0,4}\s?(?:€|\$|£|¥|(?:euros?|dollars?|d[oó]lares|pounds|libras|pesos|pesetas|céntimos|cents|EUR|USD|GBP)(?![\p{L}\d])))/giu,
  ],
  [
    'phone',
    /(?<![\p{L}\d.,/-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ .-]?)?\d{2,4}(?:[ .-]\d{2,4}){2,4}(?![\p{L}\d/-]|[.,]\d)|(?<![\p{L}\d.,/-])\+?[6789]\d{8}(?![\p{L}\d])/gu,
  ],
];

/** Those that do not lie in a name. */
export function findPatterns(text: string, names: readonly EntityMention[]): EntityMention[] {
  if (!/\d/.test(text)) return [];
  const found: EntityMention[] = [];
  const taken = [...names];
  for (const [type, pattern] of PATTERNS) {
    const earlier = [...taken].sort((left, right) => left.start - right.start);
    let at = 0;
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      while (at < earlier.length && (earlier[at]?.end ?? 0) <= start) at += 1;
      if ((earlier[at]?.start ?? end) < end) continue;
      if (type === 'phone' && match[0].replace(/\D/g, '').length < 7) continue;
      const mention: EntityMention = { start, end, type, certainty: 3 };
      found.push(mention);
      taken.push(mention);
    }
  }
  return found;
}
