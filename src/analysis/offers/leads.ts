/** Words before a figure that make it the price of several: `2 por`, `Any 4 for`. */

import type { Box } from '../../model.js';
import { toBlock } from './blocks.js';
import { bottom, centreY, distance, gapX, gapY } from './boxes.js';
import type { Figure } from './figures.js';
import type { Goods } from './goods.js';
import type { Promotion } from './page.js';
import { findPromotions } from './promotions.js';
import type { Sense } from './sense.js';
import { findSizes, isMeasured } from './sizes.js';
import { flatText } from './spans.js';

/** From the words to the figure, in heights of the figure. */
const LEAD_REACH = 1;
/** In heights of the running text: print on packs is smaller. */
const LEAD_HEIGHT = 0.75;
/** `Llévate 3 unidades por` */
const LONGEST_LEAD = 24;
/** `12` before a price counts what is in a pack. */
const MOST_BUNDLED = 6;

/** What `2 por`, `Any 4 for` left of or above a figure make of it. */
export function bundleOf({ box, readings, currency }: Figure, goods: readonly Goods[], sense: Sense): Promotion | null {
  const amount = readings.find(({ isWhole }) => isWhole)?.amount;
  if (amount === undefined) return null;
  const printed = Number.isInteger(amount) ? String(amount) : amount.toFixed(2);
  const money =
    currency === 'USD' || currency === 'GBP' ? `${currency === 'USD' ? '$' : '£'}${printed}` : `${printed} €`;
  const near = goods
    .flatMap(({ block }) => (block.lines.length > 1 ? [block, ...block.lines.map((run) => toBlock([run]))] : [block]))
    .filter((block) => distance(block.box, box) < box[3] * LEAD_REACH && isBefore(block.box, box))
    .filter((block) => (block.lines.at(-1)?.box[3] ?? 0) > sense.body * LEAD_HEIGHT)
    .sort((a, b) => distance(a.box, box) - distance(b.box, box));
  for (const block of near) {
    const lead = flatText(block);
    if (lead.length > LONGEST_LEAD || findSizes(lead, sense.vocabulary).some(isMeasured)) continue;
    const [found] = findPromotions(`${lead} ${money}`, sense.vocabulary, sense.retailer).filter(
      ({ end, bundleCount }) => bundleCount !== undefined && bundleCount <= MOST_BUNDLED && end > lead.length,
    );
    if (found !== undefined) return found;
  }
  return null;
}

const isBefore = (lead: Box, box: Box): boolean =>
  (lead[0] < box[0] && gapY(lead, box) < 0) || (bottom(lead) < centreY(box) && gapX(lead, box) < 0);
