/** A price tag and the goods that it belongs to become an offer. */
import type { Pair } from './assign.js';
import { around } from './boxes.js';
import { confidenceOf } from './confidence.js';
import { effectiveUnitPrice, leadsTo, percentOff } from './effective-price.js';
import { agreement, type Goods } from './goods.js';
import { mendedReading } from './misread.js';
import type { Offer, PrintedPrice, Promotion, Size, UnitPrice, Validity } from './page.js';
import type { Reading } from './price-print.js';
import { findPromotions } from './promotions.js';
import type { Sense } from './sense.js';
import { agreesWithUnitPrice, findSizes, isMeasured, pricePerBaseUnit, soldSizes } from './sizes.js';
import { soldBy } from './sold-by.js';
import { flatText, type TextAmount } from './spans.js';
import { overlap } from './stretches.js';
import { agreesWithPercent, asksUnitPrice, badgePromotion, type Tag } from './tags.js';
import { isWeak, mainPromotion, sizeOf } from './text-facts.js';

/** An offer's parts on the page. */
export interface Parts extends Pair {
  /** Blocks around that name no goods: stickers, conditions, sizes. */
  readonly satellites: readonly Goods[];
}

/** What holds for all offers of a page. */
export interface PageFacts {
  readonly currency: string | null;
  readonly validity: Validity | null;
}

/** Nobody takes more off than this: what is dearer by more is another kind of price. */
const MOST_DEARER = 10;
/** Of what is taken, this share is paid at least: buy one, get two. */
const LEAST_PAID = 1 / 3;

const wholeOf = ({ readings }: Tag): Reading | null => readings.find((reading) => reading.isWhole) ?? null;

/** The price that an offer's tag says, null where it cannot be told. */
function priceOf({ tag, goods }: Pair, { isExact }: Sense): Reading | null {
  const mended = isExact ? null : mendedReading(tag, goods);
  return agreement(tag, goods) ?? mended ?? wholeOf(tag);
}

/** Where no point was seen, sizes and unit prices around tell too whether there is one. */
function pointOf({ tag, goods, satellites }: Parts): Reading | null {
  if (!tag.readings.some(({ isImplied }) => isImplied === true)) return null;
  const all = [goods, ...satellites];
  return agreement(tag, {
    sizes: all.flatMap(({ sizes }) => sizes),
    unitPrices: all.filter(asksUnitPrice).flatMap(({ unitPrices }) => unitPrices),
  });
}

/** The regular price beside the tag or among the goods' own text. */
function regularOf({ tag, goods, satellites }: Parts, price: number): TextAmount | null {
  const own = [...goods.amounts, ...satellites.flatMap((one) => one.amounts)];
  const isRegular = ({ role, isStruck }: TextAmount) =>
    role === 'regular' || (isStruck && (role === 'plain' || role === 'unit price'));
  const candidates = [...(tag.regular === null ? [] : [tag.regular]), ...own.filter(isRegular)];
  return candidates.find(({ amount }) => amount > price && amount < price * MOST_DEARER) ?? null;
}

interface Loyalty {
  readonly price: number | null;
  readonly boxes: readonly TextAmount['box'][];
}

/** The price with the card, where there is one for all too: labelled, or what a discount with the card leads to. */
function loyaltyOf({ tag, goods, satellites }: Parts, price: number, promotion: Promotion | null): Loyalty {
  const twin = tag.loyalty === null ? null : wholeOf(tag.loyalty);
  if (tag.loyalty !== null) {
    const isLess = twin !== null && twin.amount < price;
    return isLess ? { price: twin.amount, boxes: [tag.loyalty.figure.box] } : { price: null, boxes: [] };
  }
  const texts = [goods, ...satellites].flatMap((one) => one.amounts);
  const isLed = ({ role, amount }: TextAmount) =>
    role === 'plain' && amount < price && promotion?.needsLoyalty === true && leadsTo(promotion, price, amount);
  const text = texts.find(({ role }) => role === 'with loyalty') ?? texts.find(isLed);
  return text === undefined || text.amount >= price
    ? { price: null, boxes: [] }
    : { price: text.amount, boxes: [text.box] };
}

/** The price for all beside a big one with the card: printed dearer in its tag, or told as `ohne App 1.79`. */
function priceForAll({ tag, goods, satellites }: Parts, price: number): TextAmount | null {
  if (tag.loyalty !== null) return null;
  if (tag.forAll?.isStruck === false) return tag.forAll;
  const told = [goods, ...satellites].flatMap((one) => one.amounts);
  return (
    told.find(({ role, amount }) => role === 'without loyalty' && amount > price && amount < price * MOST_DEARER) ??
    null
  );
}

/** Prices with the card or without that the goods' text tells once more. */
function toldAgain({ goods, satellites }: Parts, told: readonly PrintedPrice[]): PrintedPrice[] {
  return [goods, ...satellites]
    .flatMap((one) => one.amounts)
    .filter(({ role, amount, box }) => {
      const isCard = role === 'with loyalty' || role === 'without loyalty';
      return isCard && told.some((price) => price.amount === amount) && told.every((price) => price.box !== box);
    })
    .map(({ amount, box }) => ({ amount, box }));
}

/** `6x1` is a misread size: nobody gives five of six away. */
const isLikely = ({ take, pay }: Promotion): boolean =>
  take === undefined || pay === undefined || pay / take >= LEAST_PAID;

/** `4 for` above `£12.50/kg` */
const isUnitPrice = (promotion: Promotion, { unitPrices }: Goods): boolean =>
  promotion.bundlePrice !== undefined && unitPrices.some((price) => overlap(price, promotion));

function promotionsOf({ tag, goods, satellites }: Parts, { vocabulary, retailer }: Sense): Promotion[] {
  const found = [goods, ...satellites].flatMap((one) => {
    const text = flatText(one.block);
    // Those of the block have litres that were read as figures: `6x1,51`.
    const sizes = [...findSizes(text, vocabulary), ...one.sizes];
    return findPromotions(text, vocabulary, retailer).filter(
      // `2 uds. por 7,50 €` is no size.
      (promotion) =>
        isLikely(promotion) &&
        !isUnitPrice(promotion, one) &&
        !sizes.some((size) => overlap(size, promotion) && (isMeasured(size) || promotion.take !== undefined)),
    );
  });
  if (tag.bundle !== null) found.unshift(tag.bundle);
  if (tag.badge === null) return found;
  return [badgePromotion(tag.badge), ...found];
}

/**
 * Discounts are in the price that is printed big, also those for some only where it is their price: a label beside it
 * says so, or the discount leads to it from the regular price.
 */
function asPrinted(promotion: Promotion, tag: Tag, price: number, regular: number | null): Promotion {
  if (promotion.kind !== 'percent-off' && promotion.kind !== 'amount-off') return promotion;
  const isLed = regular !== null && leadsTo(promotion, regular, price);
  return promotion.needsLoyalty !== true || tag.needsLoyalty || isLed ? { ...promotion, isInPrice: true } : promotion;
}

/** The size that the unit price bears out, else the first measure. */
function chooseSize(sizes: readonly Size[], unitPrices: readonly UnitPrice[], price: number): Size | null {
  const agreed = sizes.find((size) => unitPrices.some((unit) => agreesWithUnitPrice(price, size, unit)));
  return sizeOf(agreed === undefined ? sizes : [agreed]);
}

function discountOf(parts: Parts, promotion: Promotion | null, price: number, regular: number | null) {
  const printed = promotion?.percent ?? parts.tag.badge?.percent ?? null;
  if (printed !== null) return { percent: printed, isDerived: false };
  if (regular === null) return { percent: null, isDerived: false };
  return { percent: percentOff(price, regular), isDerived: true };
}

interface Sizing {
  readonly size: Size | null;
  readonly pricePerBaseUnit: number | null;
  readonly baseUnit: string | null;
  readonly differs: boolean;
}

function sizingOf({ tag, goods, satellites }: Parts, price: number, sense: Sense): Sizing {
  const sized = [goods, ...satellites].map((one) => soldSizes(one.sizes)).find((sizes) => sizes.length > 0) ?? [];
  const unitPrices = [goods, ...satellites.filter(asksUnitPrice)]
    .flatMap((one) => one.unitPrices)
    .concat(tag.unitPrices);
  const size = chooseSize(sized, unitPrices, price);
  // A piece of about 400 g at 8,95 €/kg
  const isBorneOut = size !== null && unitPrices.some((unit) => agreesWithUnitPrice(price, size, unit));
  const own = isBorneOut ? undefined : unitPrices.find(({ amount }) => amount === price);
  const unit = satellites.flatMap(({ block }) => soldBy(block, sense) ?? [])[0] ?? own?.unit;
  const sold = unit === undefined ? size : { count: 1, amount: 1, unit };
  const derived = sold === null ? null : pricePerBaseUnit(price, sold);
  const printed = unitPrices[0];
  const base = derived ?? (printed === undefined ? null : { amount: printed.amount, unit: printed.unit });
  const differs = printed !== undefined && size !== null && !isBorneOut;
  return { size, pricePerBaseUnit: base?.amount ?? null, baseUnit: base?.unit ?? null, differs };
}

/** Where it is printed what several cost together, apart from the price. */
function bundlesOf({ goods, satellites }: Parts, promotion: Promotion | null): PrintedPrice[] {
  if (promotion?.bundlePrice === undefined) return [];
  return [goods, ...satellites]
    .flatMap((one) => one.amounts)
    .filter(({ amount }) => amount === promotion.bundlePrice)
    .slice(0, 1)
    .map(({ amount, box }) => ({ amount, box }));
}

/** The offer, null where no price or name can be told. */
export function toOffer(parts: Parts, sense: Sense, page: PageFacts): Offer | null {
  const { tag, goods, satellites } = parts;
  const reading = pointOf(parts) ?? priceOf(parts, sense);
  if (goods.name === null || reading === null) return null;
  const forAll = priceForAll(parts, reading.amount);
  const price = forAll?.amount ?? reading.amount;
  const main = mainPromotion(promotionsOf(parts, sense));
  // Where several cost that together, a kilo, a litre and the regular price are those of one of them.
  const each = (main?.bundlePrice === price ? effectiveUnitPrice(price, main) : null) ?? price;
  const regular = regularOf(parts, each);
  const own: Loyalty = { price: reading.amount, boxes: [tag.figure.box] };
  const loyalty = forAll === null ? loyaltyOf(parts, price, main) : own;
  const sizing = sizingOf(parts, each, sense);
  const promotion = main === null ? null : asPrinted(main, tag, price, regular?.amount ?? null);
  const isLoyalty = loyalty.price !== null || tag.needsLoyalty;
  const isOfCard = promotion === null || isWeak(promotion);
  const discount = discountOf(parts, promotion, each, regular?.amount ?? null);
  const days = goods.validity ?? satellites.find(({ validity }) => validity !== null)?.validity ?? page.validity;
  const prices = [
    { amount: price, box: forAll?.box ?? tag.figure.box },
    ...(regular === null ? [] : [{ amount: regular.amount, box: regular.box }]),
    ...loyalty.boxes.map((box) => ({ amount: loyalty.price ?? price, box })),
    ...bundlesOf(parts, main),
  ];
  const isSeen = tag.figure.readings.includes(reading) && reading.isImplied !== true;
  return {
    ...goods.name,
    size: sizing.size,
    price,
    currency: tag.figure.currency ?? page.currency,
    regularPrice: regular?.amount ?? null,
    discountPercent: discount.percent,
    promotion: isLoyalty && isOfCard ? 'loyalty' : (promotion?.kind ?? 'none'),
    promotionText:
      isLoyalty && isOfCard ? (tag.loyalty?.label ?? tag.label ?? promotion?.text ?? null) : (promotion?.text ?? null),
    effectiveUnitPrice: loyalty.price !== null && isOfCard ? loyalty.price : effectiveUnitPrice(price, promotion),
    pricePerBaseUnit: sizing.pricePerBaseUnit,
    baseUnit: sizing.baseUnit,
    loyaltyRequired: loyalty.price === null && (tag.needsLoyalty || promotion?.needsLoyalty === true),
    loyaltyPrice: loyalty.price,
    validFrom: days?.from ?? null,
    validTo: days?.to ?? null,
    flags: [
      ...(isSeen ? [] : ['completed-price']),
      ...(discount.isDerived ? ['derived-percent'] : []),
      ...(sizing.differs ? ['unit-price-differs'] : []),
      ...(promotion?.isAmbiguous === true ? ['ambiguous-promotion'] : []),
    ],
    box: around([goods.block.box, tag.box, ...satellites.map(({ block }) => block.box)]),
    prices: [...prices, ...toldAgain(parts, prices)],
    confidence: confidenceOf(parts, {
      reading,
      agreesWithUnit: agreement(tag, goods) !== null,
      agreesWithRegular:
        tag.badge !== null && regular !== null && agreesWithPercent(price, regular.amount, tag.badge.percent),
      differs: sizing.differs,
    }),
    quote: [goods.block.text, tag.figure.text, ...satellites.map(({ block }) => block.text)].join('\n'),
  };
}
