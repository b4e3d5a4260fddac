/** Prices with the card that stand in words beside a label: `Members pay` and, in another size, `£2.59`. */
import { centreY, gapX, gapY } from './boxes.js';
import type { Goods } from './goods.js';
import type { Sense } from './sense.js';
import { isLoyaltyLabel } from './tags.js';

/** From the label to the price, in heights of the price. */
const REACH = 1.2;

/** A block that is one amount and nothing else. */
const isAmount = ({ block, amounts }: Goods): boolean =>
  amounts.length === 1 && amounts[0]?.role === 'plain' && block.lines.length === 1 && !/\p{L}{2}/u.test(block.text);

/** All goods; amounts that stand right of a label for holders of the card, on its line, are theirs. */
export function withCardPrices(goods: readonly Goods[], sense: Sense): Goods[] {
  const labels = goods.filter((one) => one.amounts.length === 0 && isLoyaltyLabel(one, sense));
  if (labels.length === 0) return [...goods];
  return goods.map((one) => {
    if (!isAmount(one)) return one;
    const { box } = one.block;
    const isLabelled = labels.some(
      ({ block }) =>
        block.box[0] < box[0] &&
        gapX(block.box, box) < REACH * box[3] &&
        -gapY(block.box, box) > 0.35 * Math.min(block.box[3], box[3]) &&
        Math.abs(centreY(block.box) - centreY(box)) < box[3],
    );
    return isLabelled
      ? { ...one, amounts: one.amounts.map((amount) => ({ ...amount, role: 'with loyalty' as const })) }
      : one;
  });
}
