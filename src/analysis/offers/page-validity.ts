/** From when to when the offers of a page hold. */
import type { Pair } from './assign.js';
import { centreY, gapX, gapY } from './boxes.js';
import { type Goods, isFootnote } from './goods.js';
import type { Validity } from './page.js';
import type { Sense } from './sense.js';
import { flatText } from './spans.js';
import { awayFrom } from './sticker-owners.js';
import { findValidity } from './validity.js';

/** Dates at the top or foot of a page, this share of its height, hold for the page rather than others. */
const HEADLINES = 0.15;
/** From a word to a day on its line, in heights of the line. */
const PARTED = 2;
/** `nur gültig ab`: longer texts before a day are of something else. */
const LONGEST_LEAD = 24;

/** From an offer to its own days, in heights of the running text. */
const BESIDE = 3;

const hasDays = (one: Goods): one is Goods & { readonly validity: Validity } => one.validity !== null;

/** `ab` and `Mo. 10.11.` on one line, with more room between them than between words: days with the words before them. */
function withParted(goods: readonly Goods[], sense: Sense): Goods[] {
  const reading = { date: sense.date, dateOrder: sense.retailer.dateOrder };
  return goods.map((one) => {
    const { box } = one.block;
    if (one.validity !== null || one.block.lines.length > 1 || !/\d/u.test(one.block.text)) return one;
    const lead = goods.find(
      ({ block }) =>
        block.box[0] < box[0] &&
        block.text.length <= LONGEST_LEAD &&
        block.lines.length === 1 &&
        gapY(block.box, box) < -0.6 * Math.min(block.box[3], box[3]) &&
        gapX(block.box, box) < PARTED * box[3],
    );
    if (lead === undefined) return one;
    const text = `${flatText(lead.block)} ${flatText(one.block)}`;
    return { ...one, validity: findValidity(text, sense.vocabulary, reading)[0] ?? null };
  });
}

/** The dates that hold for the page: the biggest that are printed, those with both ends first. */
export function validityOf(
  goods: readonly Goods[],
  { pairs, height: page }: { readonly pairs: readonly Pair[]; readonly height: number },
  sense: Sense,
): Validity | null {
  const offered = new Set(pairs.map((pair) => pair.goods));
  // Dates among the words of an offer are that offer's own.
  const isOwn = (one: Goods) => offered.has(one) || one.sizes.length + one.unitPrices.length > 0;
  const all = withParted(goods, sense)
    .filter(hasDays)
    .filter((one) => !isOwn(one));
  const isHeadline = ({ block }: Goods) =>
    centreY(block.box) < HEADLINES * page || centreY(block.box) > (1 - HEADLINES) * page;
  const isBeside = (one: Goods) => pairs.some((pair) => awayFrom(pair, one, sense.body) < BESIDE);
  // Fewer days than others, beside an offer, are that offer's.
  const dated = all.filter(
    (one) => isHeadline(one) || !isBeside(one) || !all.some(({ validity }) => isShorter(one.validity, validity)),
  );
  const rank = (one: Goods): number => {
    const isWhole = one.validity?.from != null && one.validity.to !== null;
    const height = Math.max(...one.block.lines.map((line) => line.box[3]));
    return (
      height +
      (isWhole ? sense.body : 0) +
      (isHeadline(one) ? 3 * sense.body : 0) -
      (isFootnote(one, sense) ? 10 * sense.body : 0)
    );
  };
  return dated.sort((a, b) => rank(b) - rank(a))[0]?.validity ?? null;
}

/** Whether days lie within those of the page and are fewer: `3 days only, May 9-11` on a page for a week. */
export function isShorter(days: Validity, page: Validity | null): boolean {
  if (days.from === null || days.to === null || page === null) return false;
  const isWithin = (page.from === null || days.from >= page.from) && (page.to === null || days.to <= page.to);
  return isWithin && (days.from !== page.from || days.to !== page.to);
}
