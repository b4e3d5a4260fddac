/** Big figures that are taken off rather than asked: `Save £2`, `2€ SOFORTRABATT`, `£1 off`. */
import { distance } from './boxes.js';
import type { Figure } from './figures.js';
import type { Goods } from './goods.js';
import { findPromotions } from './promotions.js';
import { endsWith, type Sense, startsWith } from './sense.js';
import { flatText } from './spans.js';

/** From the figure to the text, in heights of the figure. */
const SAVING_REACH = 0.4;
/** Of the word beside a figure. */
const WORD_REACH = 0.8;
/** Letters of the words beside a figure. */
const LONGEST_WORDS = 24;

/** What a figure takes off rather than asks: `2€ SOFORTRABATT`, `£2 off`. */
export function isSaving(figure: Pick<Figure, 'box' | 'text'>, goods: readonly Goods[], sense: Sense): boolean {
  const { box } = figure;
  return goods.some(({ block }) => {
    const away = distance(block.box, box);
    if (away > box[3] * WORD_REACH) return false;
    const isBehind = block.box[0] >= box[0] + box[2] * 0.5 || block.box[1] >= box[1] + box[3] * 0.5;
    const line = block.lines.at(isBehind ? 0 : -1)?.text ?? '';
    if (line.length <= LONGEST_WORDS && isTakenOff(figure, line, isBehind, sense)) return true;
    if (away > box[3] * SAVING_REACH) return false;
    const text = flatText(block);
    // A stray figure before the word is what was left of another one.
    return isBehind ? startsWith(text.replace(/^\d\s/u, ''), 'saving', sense) : endsWith(text, 'saving', sense);
  });
}

/** The words beside a figure and the figure are a promotion that takes it off: `£1` `off`, `Sconto` `1,00 €`. */
function isTakenOff(
  { text: money }: Pick<Figure, 'text'>,
  words: string,
  isBehind: boolean,
  { vocabulary, retailer }: Sense,
): boolean {
  const [first, second] = isBehind ? [money, words] : [words, money];
  return findPromotions(`${first} ${second}`, vocabulary, retailer).some(
    ({ kind, start, end }) => kind === 'amount-off' && start < first.length && end > first.length + 1,
  );
}
