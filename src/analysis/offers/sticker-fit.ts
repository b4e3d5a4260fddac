/** Whether the figures of a sticker fit the prices that it may belong to. */
import type { Pair } from './assign.js';
import { effectiveUnitPrice } from './effective-price.js';
import { agreement } from './goods.js';
import type { Promotion } from './page.js';
import { agreesWithPercent } from './tags.js';

const TOLERANCE = 0.011;
const ROUNDED = 0.55;

/** Several are not had for less than this share of their price, nor for more than this. */
const LEAST_BUNDLE = 0.4;
const MOST_BUNDLE = 1.01;

function fitOfOne(price: number, regulars: readonly number[], others: readonly number[], promotion: Promotion): number {
  const { kind, percent, amount, bundleCount, bundlePrice } = promotion;
  const dearer = regulars.filter((regular) => regular > price);
  if (kind === 'percent-off' && percent !== undefined && promotion.needsLoyalty !== true) {
    if (dearer.length === 0) return 0;
    if (!dearer.some((regular) => agreesWithPercent(price, regular, percent))) return -1;
    // Percentages are cut off rather than raised.
    return dearer.some((regular) => (1 - price / regular) * 100 - percent > -ROUNDED) ? 1 : 0;
  }
  if (kind === 'amount-off' && amount !== undefined) {
    if (dearer.length === 0) return 0;
    // Recognisers take the sign of cents for that of euros: `30€ OFF` on a page in dollars.
    const isOff = (regular: number) =>
      [amount, amount / 100].some((off) => Math.abs(regular - price - off) < TOLERANCE);
    return dearer.some(isOff) ? 1 : -1;
  }
  if (bundleCount !== undefined && bundlePrice !== undefined) {
    const share = bundlePrice / bundleCount / price;
    return share < LEAST_BUNDLE || share > MOST_BUNDLE ? -1 : 0;
  }
  const each = effectiveUnitPrice(price, promotion);
  if (each === null || Math.abs(each - price) < TOLERANCE) return 0;
  return others.some((other) => Math.abs(other - each) < TOLERANCE) ? 1 : 0;
}

/**
 * 1 where the prices of a pair bear a sticker out (`-15 %` and 8,39 struck beside 7,09; `2ª unidad -50 %` and what each
 * of two costs), -1 where they contradict it, 0 where they do not tell.
 */
export function fitOf({ tag, goods }: Pair, promotions: readonly Promotion[]): number {
  const price = (agreement(tag, goods) ?? tag.readings.find(({ isWhole }) => isWhole))?.amount;
  if (price === undefined) return 0;
  const regulars = [
    ...(tag.regular === null ? [] : [tag.regular.amount]),
    ...goods.amounts.filter(({ role, isStruck }) => role === 'regular' || isStruck).map(({ amount }) => amount),
  ];
  // `La unidad sale a 2,32 €` is a unit price too.
  const others = [
    ...goods.amounts.filter(({ role }) => role !== 'unit price'),
    ...goods.unitPrices.filter(({ unit }) => unit === 'piece'),
  ].map(({ amount }) => amount);
  const fits = promotions.map((promotion) => fitOfOne(price, regulars, others, promotion));
  return fits.find((one) => one > 0) ?? fits.find((one) => one < 0) ?? 0;
}
