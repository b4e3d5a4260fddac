/** Prices that end in no offer, each with its reason. */
import type { Box } from '../../model.js';
import { around, gapX, gapY } from './boxes.js';
import type { Figure } from './figures.js';
import { type Goods, isFootnote } from './goods.js';
import type { DiscardedPrice, DiscardReason } from './page.js';
import type { Sense } from './sense.js';
import type { TextAmount } from './spans.js';
import { isSaving } from './tags.js';

const UNSURE = 0.75;
/** Print on packages is read badly or set in sizes of its own. */
const ODD_HEIGHT = 0.35;

/** Boxes of one print: they overlap by half of the smaller. */
function isSame(a: Box, b: Box): boolean {
  const overlap = Math.max(0, -gapX(a, b)) * Math.max(0, -gapY(a, b));
  return overlap > 0 && overlap * 2 >= Math.min(a[2] * a[3], b[2] * b[3]);
}

function reasonOf(text: TextAmount, goods: Goods, sense: Sense): DiscardReason {
  if (isFootnote(goods, sense)) return 'legal text';
  if (text.role === 'unit price' || text.role === 'deposit' || text.role === 'saving') return text.role;
  if (text.isStruck || text.role === 'regular') return 'crossed out';
  if (Math.min(...text.words.map((word) => word.confidence)) < UNSURE) return 'low confidence';
  const height = Math.max(...text.words.map((word) => word.box[3]));
  return Math.abs(Math.log2(height / sense.body)) > ODD_HEIGHT && goods.doubt > 5 ? 'on a package' : 'no product';
}

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
    .filter(({ box }) => isFree(box))
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
          reason: reasonOf(text, one, sense),
        };
      }),
  );
  return [...ofFigures, ...ofTexts];
}
