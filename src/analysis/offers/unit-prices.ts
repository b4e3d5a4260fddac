/** Prices for a kilogram, litre or piece that are printed beside the price. */
import { levelText } from '../../text/level.js';
import { findPhrases, gapsOf } from '../../text/phrases.js';
import { findAmounts } from './money.js';
import { over, parseNumber, roundDecimal, toFraction } from './numbers.js';
import type { UnitPrice } from './page.js';
import { remembered } from './remembered.js';
import { baseAmount } from './sizes.js';
import { withoutOverlaps } from './stretches.js';
import type { OfferVocabulary } from './vocabulary.js';

/** The prices for base units in a text: `(1 kg = 4,69)`, `3,92 €/kg`, `el kilo sale a 3,92 €`, `100 g = 0.89`. */
export function findUnitPrices(text: string, vocabulary: OfferVocabulary): UnitPrice[] {
  return known(text, vocabulary, vocabulary);
}

const known = remembered((text: string, vocabulary: OfferVocabulary): UnitPrice[] => {
  const level = levelText(text);
  const found: UnitPrice[] = [];
  for (const { match } of findPhrases(level, vocabulary.unitPrices)) {
    const { weight = '', base = weight, price = '' } = gapsOf(match);
    const read = readUnitPrice(base, price, vocabulary);
    // `250 g a 2,49 €` is a price and a size
    const isBase = /[=/]/.test(match[0]) || BASE.test(base);
    if (read !== null && isBase) found.push({ ...read, start: match.index, end: match.index + match[0].length });
  }
  return withoutOverlaps(found);
});

/** What prices are compared by: 1 kg, 100 g, a litre. */
const BASE = /^(?!\d)|^10*\s?-?\D+$/;

function readUnitPrice(
  base: string,
  price: string,
  vocabulary: OfferVocabulary,
): { amount: number; unit: string } | null {
  const parts = /^(?:(\d+(?:[.,]\d+)?)\s?-?)?(.+)$/s.exec(base);
  const unit = vocabulary.units.get((parts?.[2] ?? '').trim().replace(/\s+/g, ' '));
  const paid = findAmounts(price)[0]?.amount;
  if (unit === undefined || paid === undefined) return null;
  const size = parseNumber(parts?.[1] ?? '1', unit !== 'g' && unit !== 'ml');
  if (size === null || size <= 0) return null;
  const { amount, unit: baseUnit } = baseAmount({ count: 1, amount: size, unit });
  return { amount: roundDecimal(over(toFraction(paid), amount), 4), unit: baseUnit };
}
