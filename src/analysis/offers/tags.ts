/** Price tags: a figure with what stands around it, such as the regular price, a percentage, the name of an app. */
import type { Box } from '../../model.js';
import { around, bottom, centreY, distance, gapX } from './boxes.js';
import type { Figure } from './figures.js';
import { type Goods, isFootnote } from './goods.js';
import { bundleOf } from './leads.js';
import type { PageWord, Promotion, UnitPrice } from './page.js';
import type { Reading } from './price-print.js';
import { findPromotions } from './promotions.js';
import { onDifferentGrounds } from './runs.js';
import { type Sense, saysLoyalty } from './sense.js';
import { flatText, type TextAmount } from './spans.js';
import { isForeign, isOwn, type SharedPrices } from './tiles.js';

/** `-31 %` beside a price. */
export interface Badge {
  readonly percent: number;
  readonly word: PageWord;
}

export interface Tag {
  readonly figure: Figure;
  readonly readings: readonly Reading[];
  readonly badge: Badge | null;
  readonly regular: TextAmount | null;
  /** Prices for base units that stand beside it and not among the goods' own text. */
  readonly unitPrices: readonly UnitPrice[];
  /** It says that the price is for holders of the card or app only. */
  readonly needsLoyalty: boolean;
  /** What says so. */
  readonly label: string | null;
  /** The price for all beside one with the card, in smaller print. */
  readonly forAll: TextAmount | null;
  /** The price with the card or app, where the figure is the one for all. */
  readonly loyalty: Tag | null;
  /** `2 por` beside the figure: the figure is what several cost. */
  readonly bundle: Promotion | null;
  readonly box: Box;
}

/** Distances in heights of the figure. */
const BADGE_REACH = 1.3;
/** In heights of the running text. */
const BADGE_HEIGHT = 1.15;
const REGULAR_REACH = 0.9;
const LABEL_REACH = 1;
const TWIN_REACH = 1.1;
/** Of a smaller price with the card, which may stand apart. */
const SMALL_TWIN_REACH = 2.6;
const SMALL = 0.75;
const FOR_ALL_REACH = 1.2;
const UNIT_PRICE_REACH = 1.6;
/** In heights of the running text. */
const TEXT_REACH = 15;
/** A percentage is rounded, and sometimes cut off. */
const PERCENT_TOLERANCE = 1.01;

/** Percentages that say how much a price is reduced: alone in their block, or in text that says just that. */
export function findBadges(goods: readonly Goods[], sense: Sense): Badge[] {
  return goods.flatMap((one) => {
    const words = one.block.lines.flatMap((line) => line.words);
    return words.flatMap((word) => {
      const match = /^([-–−—]?)(\d{1,2})\s?%[*)'’°¹²³]?$/u.exec(word.text);
      if (match === null || Number(match[2]) < 3) return [];
      const isAlone = words.length <= 2 && word.box[3] >= sense.body * BADGE_HEIGHT;
      return isAlone || isReduction(one, match[1] !== '', sense) ? [{ percent: Number(match[2]), word }] : [];
    });
  });
}

/** What the percentage of a sticker says; signs around it that the recogniser saw are none of it. */
export function badgePromotion({ percent, word }: Badge): Promotion {
  const text = word.text.replace(/[^%]+$/u, '');
  return { kind: 'percent-off', percent, text, start: 0, end: text.length };
}

function isReduction(goods: Goods, hasMinus: boolean, { vocabulary, retailer }: Sense): boolean {
  const promotions = findPromotions(flatText(goods.block), vocabulary, retailer);
  if (promotions.length === 0) return hasMinus && goods.name === null;
  return promotions.every(({ kind, needsLoyalty }) => kind === 'percent-off' && needsLoyalty !== true);
}

export function agreesWithPercent(price: number, regular: number, percent: number): boolean {
  return price < regular && Math.abs((1 - price / regular) * 100 - percent) <= PERCENT_TOLERANCE;
}

/** Readings of which only the cents were seen, completed so that they agree with the regular price and percentage. */
function completed(readings: readonly Reading[], regular: number | null, percent: number | null): Reading[] {
  return readings.flatMap((reading) => {
    if (reading.isWhole) return [reading];
    if (regular === null || percent === null) return [reading];
    const wholes: Reading[] = [];
    for (let amount = reading.amount; amount < regular; amount += 1) {
      const rounded = Math.round(amount * 100) / 100;
      if (agreesWithPercent(rounded, regular, percent))
        wholes.push({ amount: rounded, isWhole: true, likelihood: 0.85 });
    }
    return wholes.length === 1 ? wholes : [reading];
  });
}

/** Pairs of the two lists, nearest first, each thing in one pair at most. */
function nearestPairs<A, B>(as: readonly A[], bs: readonly B[], cost: (a: A, b: B) => number | null): Map<A, B> {
  const all: { a: A; b: B; cost: number }[] = [];
  for (const a of as) {
    for (const b of bs) {
      const value = cost(a, b);
      if (value !== null) all.push({ a, b, cost: value });
    }
  }
  all.sort((x, y) => x.cost - y.cost);
  const pairs = new Map<A, B>();
  const used = new Set<B>();
  for (const { a, b } of all) {
    if (pairs.has(a) || used.has(b)) continue;
    pairs.set(a, b);
    used.add(b);
  }
  return pairs;
}

function badgeCost({ box }: Figure, { word }: Badge): number | null {
  const gap = distance(box, word.box) / box[3];
  return gap <= BADGE_REACH && word.box[3] < box[3] * 1.8 ? gap : null;
}

function regularCost({ box, readings, words }: Figure, text: TextAmount, badge: Badge | undefined): number | null {
  if (text.role !== 'regular' && text.role !== 'plain') return null;
  const gap = distance(box, text.box) / box[3];
  if (gap > REGULAR_REACH || gapX(box, text.box) > box[3] * 0.6) return null;
  if (text.box[3] > box[3] * 0.8) return null;
  const fits = readings.some((reading) => (reading.isWhole ? reading.amount < text.amount : true));
  if (!fits) return null;
  const isSure =
    text.isStruck ||
    text.role === 'regular' ||
    (badge !== undefined && readings.some(({ amount }) => agreesWithPercent(amount, text.amount, badge.percent)));
  const [word, digits] = [text.words[0], words[0]];
  const isInTag = word !== undefined && digits !== undefined && !onDifferentGrounds(word, digits, 60);
  return isSure ? gap : isInTag && word.look !== undefined ? gap + 0.5 : null;
}

/** Words for cards in names that no list has: Oakcard Price. */
const CARD = /\p{L}(?:card|karte|tarjeta)(?!\p{L})|(?<!\p{L})club(?!\p{L})/u;

const DISCOUNTS: ReadonlySet<string> = new Set(['percent-off', 'amount-off']);

/** What stands beside a price with the card; `-25 % with card` is a promotion of the price for all. */
export function isLoyaltyLabel({ block }: Goods, sense: Sense): boolean {
  const text = block.text.replace(/\n/gu, ' ');
  const isDiscount = findPromotions(text, sense.vocabulary, sense.retailer).some(({ kind }) => DISCOUNTS.has(kind));
  return !isDiscount && text.length < 40 && (saysLoyalty(text, sense) || CARD.test(text.toLowerCase()));
}

/** A dearer price that stands alone beside one with the card. */
function priceForAll({ box, readings }: Figure, amounts: readonly TextAmount[]): TextAmount | null {
  const card = readings.find((reading) => reading.isWhole)?.amount;
  if (card === undefined) return null;
  const near = amounts.filter(
    ({ role, isStruck, amount, box: other }) =>
      role === 'plain' &&
      !isStruck &&
      amount > card &&
      amount < card * 3 &&
      distance(box, other) < box[3] * FOR_ALL_REACH,
  );
  return near.sort((a, b) => distance(box, a.box) - distance(box, b.box))[0] ?? null;
}

/** The goods' text says of the same amount that it is with the card: `mit PENNY App 0.89`. */
function isPriceWithCard({ readings, box }: Figure, goods: readonly Goods[], sense: Sense): boolean {
  return goods.some(({ block, amounts }) =>
    amounts.some(
      ({ role, amount }) =>
        role === 'with loyalty' && amount === readings[0]?.amount && distance(block.box, box) < sense.body * TEXT_REACH,
    ),
  );
}

/** A price for all and one with the card or app beside each other are one tag. */
function joinTwins(tags: readonly Tag[]): Tag[] {
  const cards = tags.filter((tag) => tag.needsLoyalty);
  const others = tags.filter((tag) => !tag.needsLoyalty);
  const amountOf = (tag: Tag) => tag.readings[0]?.amount ?? 0;
  const twins = nearestPairs(others, cards, (all, card) => {
    const height = Math.max(all.figure.box[3], card.figure.box[3]);
    const gap = distance(all.figure.box, card.figure.box) / height;
    // Figures that touch are twins even where one was misread.
    const isCheaper = !(card.readings[0]?.isWhole ?? false) || amountOf(card) < amountOf(all);
    const isSmall = card.figure.box[3] < all.figure.box[3] * SMALL;
    const reach = isSmall ? SMALL_TWIN_REACH : TWIN_REACH;
    return gap <= (isCheaper ? reach : 0.3) ? gap : null;
  });
  const joined = new Set(twins.values());
  return tags
    .filter((tag) => !joined.has(tag))
    .map((tag) => {
      const loyalty = twins.get(tag) ?? null;
      return loyalty === null ? tag : { ...tag, loyalty, box: around([tag.box, loyalty.box]) };
    });
}

/** Prices for a kilo that are struck were asked earlier. */
export const asksUnitPrice = ({ amounts }: Goods): boolean =>
  !amounts.some(({ role, isStruck }) => role === 'unit price' && isStruck);

/** The figures with what belongs to them. */
export function findTags(
  figures: readonly Figure[],
  found: {
    readonly badges: readonly Badge[];
    readonly goods: readonly Goods[];
    readonly shared: SharedPrices;
  },
  sense: Sense,
): Tag[] {
  const isStrange = (box: Box, figure: Figure) => isForeign(box, figure.box, found.shared);
  const badges = nearestPairs(figures, found.badges, (figure, badge) =>
    isStrange(badge.word.box, figure) ? null : badgeCost(figure, badge),
  );
  const amounts = found.goods.filter((one) => !isFootnote(one, sense)).flatMap((one) => one.amounts);
  const regulars = nearestPairs(figures, amounts, (figure, text) =>
    isStrange(text.box, figure) ? null : regularCost(figure, text, badges.get(figure)),
  );
  const labels = nearestPairs(
    found.goods.filter((one) => isLoyaltyLabel(one, sense)),
    figures,
    ({ block }, figure) => {
      const { box } = figure;
      const gap = distance(block.box, box) / box[3];
      // Under a price stands the label of the next one.
      if (isOwn(block.box, box, found.shared)) return gap;
      return gap <= LABEL_REACH && centreY(block.box) < bottom(box) && !isStrange(block.box, figure) ? gap : null;
    },
  );
  const labelOf = new Map([...labels].map(([goods, figure]) => [figure, goods.block.text.replace(/\n/gu, ' ')]));
  const tags = figures.map((figure): Tag => {
    const badge = badges.get(figure) ?? null;
    const regular = regulars.get(figure) ?? null;
    return {
      figure,
      badge,
      regular,
      readings: completed(figure.readings, regular?.amount ?? null, badge?.percent ?? null),
      unitPrices: found.goods.flatMap((one) =>
        one.name === null &&
        asksUnitPrice(one) &&
        distance(one.block.box, figure.box) < figure.box[3] * UNIT_PRICE_REACH &&
        !isStrange(one.block.box, figure)
          ? one.unitPrices
          : [],
      ),
      needsLoyalty: labelOf.has(figure) || isPriceWithCard(figure, found.goods, sense),
      label: labelOf.get(figure) ?? null,
      forAll: labelOf.has(figure) ? priceForAll(figure, amounts) : null,
      loyalty: null,
      bundle: bundleOf(figure, found.goods, sense),
      box: figure.box,
    };
  });
  return joinTwins(tags);
}
