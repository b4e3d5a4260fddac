/** What one unit costs where a promotion is used once. */
import { type Fraction, minus, over, plus, roundDecimal, times, toFraction } from './numbers.js';
import type { Promotion } from './page.js';

const HUNDRED = toFraction(100);

/**
 * What one unit costs, in units of the currency, rounded half up to 4 decimals: of `3x2` two thirds of the price, of
 * `2ª unidad -70 %` 0.65 of it, of `3 por 5 €` 1.6667. `price` is that of one unit without the promotion, unless the
 * promotion is in it (`isInPrice`). Null where it takes a price and there is none.
 */
export function effectiveUnitPrice(price: number | null, promotion: Promotion | null): number | null {
  if (promotion?.bundleCount !== undefined && promotion.bundlePrice !== undefined)
    return roundDecimal(over(toFraction(promotion.bundlePrice), toFraction(promotion.bundleCount)), 4);
  if (promotion?.eachPrice !== undefined) return promotion.eachPrice;
  if (price === null || !(price >= 0)) return null;
  return roundDecimal(promotion === null ? toFraction(price) : reduce(toFraction(price), promotion), 4);
}

function reduce(price: Fraction, promotion: Promotion): Fraction {
  const { take, pay, nth, nthShare, nthPrice, percent, amount } = promotion;
  if (promotion.isInPrice === true) return price;
  if (take !== undefined && pay !== undefined) return over(times(price, toFraction(pay)), toFraction(take));
  if (nth !== undefined && nthShare !== undefined)
    return over(times(price, plus(toFraction(nth - 1), toFraction(nthShare))), toFraction(nth));
  if (nth !== undefined && nthPrice !== undefined)
    return over(plus(times(price, toFraction(nth - 1)), toFraction(nthPrice)), toFraction(nth));
  if (percent !== undefined) return over(times(price, minus(HUNDRED, toFraction(percent))), HUNDRED);
  return amount === undefined ? price : minus(price, over(toFraction(amount), toFraction(take ?? 1)));
}

/** By how many per cent a price is lower than the regular one, with two decimals. */
export function percentOff(price: number, regular: number): number {
  const share = over(minus(toFraction(regular), toFraction(price)), toFraction(regular));
  return roundDecimal(times(share, HUNDRED), 2);
}

/** Whether a discount makes the lower of two prices of the higher one. */
export function leadsTo({ percent, amount }: Promotion, high: number, low: number): boolean {
  if (amount !== undefined) return Math.abs(high - amount - low) < 0.005;
  // percentages are printed rounded to whole ones, and shops like to round them up
  return percent !== undefined && Math.abs((1 - low / high) * 100 - percent) <= 1;
}
