/** Prices that end in no offer, each with its reason. */
import type { Box } from '../../model.js';
import { around, gapX, gapY } from './boxes.js';
import type { Figure } from './figures.js';
import { type Goods, isFootnote } from './goods.js';
import type { DiscardedPrice, DiscardReason } from './page.js';
import { findPromotions } from './promotions.js';
import { isSaving } from './savings.js';
import type { Sense } from './sense.js';
import { flatText, type TextAmount } from './spans.js';

const UNSURE = 0.75;
/** Octaves from the height of the running text, and the mean confidence of words that are read well. */
const ODD_HEIGHT = 0.35;
const WELL = 0.97;

/** Boxes of one print: they overlap by half of the smaller. */
function isSame(a: Box, b: Box): boolean {
  const overlap = Math.max(0, -gapX(a, b)) * Math.max(0, -gapY(a, b));
  return overlap > 0 && overlap * 2 >= Math.min(a[2] * a[3], b[2] * b[3]);
}

/** `£1 off` */
function isTakenOff({ amount }: TextAmount, { block }: Goods, { vocabulary, retailer }: Sense): boolean {
  const found = findPromotions(flatText(block), vocabulary, retailer);
  return found.some((promotion) => promotion.kind === 'amount-off' && promotion.amount === amount);
}

function reasonOf(text: TextAmount, goods: Goods, all: readonly Goods[], sense: Sense): DiscardReason {
  if (isFootnote(goods, sense)) return 'legal text';
  if (text.role === 'unit price' || text.role === 'deposit' || text.role === 'saving') return text.role;
  if (isTakenOff(text, goods, sense) || isSaving(text, all, sense)) return 'saving';
  if (text.isStruck) return 'crossed out';
  if (text.role === 'regular') return 'regular price';
  if (Math.min(...text.words.map((word) => word.confidence)) < UNSURE) return 'low confidence';
  return isOnPackage(text, goods, sense) ? 'on a package' : 'no product';
}

/** Print on packages is set in sizes of its own and read badly; text that says more of an offer is neither. */
function isOnPackage({ words }: TextAmount, { block, doubt, unitPrices }: Goods, sense: Sense): boolean {
  const height = Math.max(...words.map((word) => word.box[3]));
  const read = block.lines.flatMap((line) => line.words.map((word) => word.confidence));
  const mean = read.reduce((sum, confidence) => sum + confidence, 0) / read.length;
  return Math.abs(Math.log2(height / sense.body)) > ODD_HEIGHT && doubt > 5 && unitPrices.length === 0 && mean < WELL;
}

/** Two digits alone that might have been the cents of a price are none where no offer took them. */
const isPrice = ({ text, readings }: Figure): boolean =>
  !/^\d{1,2}$/u.test(text) || readings.some((reading) => reading.isWhole);

function figureReason(figure: Figure, goods: readonly Goods[], sense: Sense): DiscardReason {
  const { readings, confidence } = figure;
  if (isSaving(figure, goods, sense)) return 'saving';
  return confidence < UNSURE || !readings.some((reading) => reading.isWhole) ? 'low confidence' : 'no product';
}

/** All prices of the page but those whose boxes are taken by offers. */
export function findDiscards(
  figures: readonly Figure[],
  goods: readonly Goods[],
  {
    taken,
    sense,
    currency,
  }: { readonly taken: readonly Box[]; readonly sense: Sense; readonly currency: string | null },
): DiscardedPrice[] {
  const isFree = (box: Box) => !taken.some((other) => isSame(box, other));
  const ofFigures = figures
    .filter((figure) => isFree(figure.box) && isPrice(figure))
    .map((figure): DiscardedPrice => {
      const { text, box } = figure;
      const amount = figure.readings[0]?.amount ?? 0;
      return { text, amount, currency: figure.currency ?? currency, box, reason: figureReason(figure, goods, sense) };
    });
  const ofTexts = goods.flatMap((one) =>
    one.amounts
      .filter(({ box }) => isFree(box))
      .map((text): DiscardedPrice => {
        const box = around(text.words.map((word) => word.box));
        return {
          text: text.text,
          amount: text.amount,
          currency: text.currency ?? currency,
          box,
          reason: reasonOf(text, one, goods, sense),
        };
      }),
  );
  return [...ofFigures, ...ofTexts];
}
