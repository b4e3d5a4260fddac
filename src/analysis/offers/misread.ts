/** Prices with one digit that was misread, where the other figures of the offer tell. */

import { agreement, type Goods } from './goods.js';
import type { Reading } from './price-print.js';
import type { Tag } from './tags.js';

/** How often they are right. */
const LIKELIHOOD = 0.7;
/** A struck price is rarely dearer by more. */
const MOST_DEARER = 3;

/** What may stand where 7.39 or 25.55 was read: a bold 1 looks like a 7, an edge like a digit. */
function alternatives({ amount }: Reading): number[] {
  const digits = amount.toFixed(2);
  const found = digits.startsWith('7') ? [`1${digits.slice(1)}`] : [];
  if (/^\d{2,}\./u.test(digits)) found.push(digits.slice(1));
  return found.map(Number).filter((other) => other > 0);
}

/**
 * The price that a whole reading stands for, where that itself does not fit and an alternative does: the unit price
 * bears it out, or it is less than the regular price, which the reading is not. Null where nothing speaks against it.
 */
export function mendedReading(
  tag: Pick<Tag, 'readings' | 'unitPrices' | 'regular'>,
  goods: Pick<Goods, 'sizes' | 'unitPrices' | 'amounts'>,
): Reading | null {
  const whole = tag.readings.find(({ isWhole }) => isWhole);
  if (whole === undefined) return null;
  const others = alternatives(whole).map((amount): Reading => ({ amount, isWhole: true, likelihood: LIKELIHOOD }));
  const agreed = others.length === 0 ? null : agreement({ readings: others, unitPrices: tag.unitPrices }, goods);
  if (agreed !== null) return agreed;
  const regular = tag.regular ?? goods.amounts.find(({ role, isStruck }) => role === 'regular' || isStruck);
  if (regular === undefined || whole.amount <= regular.amount) return null;
  return others.find(({ amount }) => amount < regular.amount && regular.amount < amount * MOST_DEARER) ?? null;
}
