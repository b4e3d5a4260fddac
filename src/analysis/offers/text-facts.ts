/** What the parts of a text come to: its size, its main promotion, its discount, the price of a base unit. */
import { levelText } from '../../text/level.js';
import { percentOff } from './effective-price.js';
import type { AmountInText, Promotion, Size, SizeInText, UnitPrice } from './page.js';
import { agreesWithUnitPrice, pricePerBaseUnit } from './sizes.js';
import { overlap } from './stretches.js';
import type { Prices } from './text-prices.js';

export function sizeOf(sizes: readonly Size[]): Size | null {
  // a measure tells more than a number of pieces
  const best = sizes.find(({ unit }) => unit !== 'piece') ?? sizes[0];
  return best === undefined ? null : { count: best.count, amount: best.amount, unit: best.unit };
}

/** Whether two sizes stand there as the ends of a range. */
export function isSizeRange(sizes: readonly SizeInText[], text: string): boolean {
  return sizes.some((size, i) => {
    const next = sizes[i + 1];
    if (next === undefined) return false;
    const between = levelText(text.slice(size.end, next.start));
    return between === '' || /^\s?(?:-|bis|a|to|oder|o|or)\s?$/.test(between);
  });
}

/** Per kilogram, litre or piece: from price and size, else as printed. */
export function perBaseOf(
  price: number | null,
  amount: AmountInText | null,
  size: Size | null,
  unitPrices: readonly UnitPrice[],
  isEach: boolean,
): { amount: number | null; unit: string | null; disagrees: boolean } {
  // a price may itself be for a base unit, `1,99 €/kg`; `0,89 €/ud` says less than a price and a size
  const own = unitPrices.find((found) => amount !== null && overlap(found, amount));
  const isOwn = own !== undefined && (own.unit !== 'piece' || size === null);
  const printed = isOwn ? own : unitPrices.find((found) => found !== own);
  const derived = price === null || size === null ? null : pricePerBaseUnit(price, size);
  // `ab 2 Stück je 1,49 €`
  if (isEach && price !== null && printed === undefined && derived === null)
    return { amount: price, unit: 'piece', disagrees: false };
  if (isOwn || derived === null)
    return { amount: printed?.amount ?? null, unit: printed?.unit ?? null, disagrees: false };
  const disagrees =
    printed !== undefined &&
    printed.unit === derived.unit &&
    size !== null &&
    price !== null &&
    !agreesWithUnitPrice(price, size, printed);
  return { amount: derived.amount, unit: derived.unit, disagrees };
}

/** Of several promotions the one that says most; conditions alone say least. */
export function mainPromotion(promotions: readonly Promotion[]): Promotion | null {
  const rank = ({ kind, isInPrice, eachPrice }: Promotion): number =>
    // `when you buy 2` says on what condition the others hold
    kind === 'multi-buy' && (isInPrice === true || eachPrice !== undefined)
      ? 6
      : ['nth-unit', 'multi-buy', 'bogo', 'bundle-price', 'percent-off', 'amount-off', 'free-gift', 'loyalty'].indexOf(
          kind,
        );
  const best = [...promotions].sort((a, b) => rank(a) - rank(b))[0] ?? null;
  if (best === null) return null;
  const isForCard = promotions.some(({ needsLoyalty }) => needsLoyalty);
  return isForCard ? { ...best, needsLoyalty: true } : best;
}

/** A promotion that a price with the card says more than. */
export function isWeak({ kind }: Promotion): boolean {
  return kind === 'percent-off' || kind === 'loyalty';
}

/** Whether the price that is printed has the discount in it: with a regular price, or where the discount stands first. */
export function isInPrice(promotion: Promotion, { price, regular }: Prices): boolean {
  if (promotion.kind !== 'percent-off' && promotion.kind !== 'amount-off') return false;
  if (regular !== null) return true;
  const isConditional = promotion.needsLoyalty === true || promotion.take !== undefined;
  return price !== null && promotion.start < price.start && !isConditional;
}

export function discountOf(
  price: number | null,
  regular: number | null,
  promotion: Promotion | null,
): { percent: number | null; isDerived: boolean } {
  if (promotion?.kind === 'percent-off' && promotion.percent !== undefined)
    return { percent: promotion.percent, isDerived: false };
  if (price === null || regular === null || !(regular > price)) return { percent: null, isDerived: false };
  return { percent: percentOff(price, regular), isDerived: true };
}
