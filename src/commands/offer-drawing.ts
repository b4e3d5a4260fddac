/** The picture of a page with its offers drawn on it. */

import { around, centreX, centreY } from '../analysis/offers/boxes.js';
import type { DiscardedPrice, Offer } from '../analysis/offers/page.js';
import { drawOver } from '../io/draw-over.js';
import { grownToInk } from '../io/ink-box.js';
import { glyphOutlines } from '../io/label-font.js';
import type { PagePicture } from '../io/page-pictures.js';
import type { Box } from '../model.js';
import { LEGEND_CHARACTERS, offerOverlay, type ShownOffer, type ShownPage } from '../report/offer-overlay.js';
import type { Tone } from '../report/overlay-colours.js';

/** Longest side of the picture: labels stay readable, files small. */
const MAX_SIDE = 2400;
/** Labels need so many pixels. */
const MIN_SIDE = 1500;
/** One in ten is wrong. */
const UNSURE = 0.9;
/** Prices that stand beside offers without being theirs. */
const USUAL: ReadonlySet<string> = new Set(['unit price', 'legal text']);
/** Prices and a promotion of more characters get a line each. */
const MAX_TOGETHER = 26;
const SIGNS: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£' };

/** What is drawn on a page; boxes are in its pixels. */
export interface DrawnOffers {
  readonly offers: readonly Offer[];
  /** Found, but not on the watch list. */
  readonly leftOut: readonly Offer[];
  readonly discards: readonly DiscardedPrice[];
  /** All that is read, to be covered by no label. */
  readonly words: readonly Box[];
}

/** A PNG; a length in boxes is `scale` times the length in the picture. */
export async function drawOffers(
  picture: PagePicture,
  { offers, leftOut, discards, words }: DrawnOffers,
): Promise<Uint8Array> {
  const longest = Math.max(picture.width, picture.height);
  const size = Math.min(MAX_SIDE, Math.max(MIN_SIDE, longest)) / longest;
  const zoom = size / picture.scale;
  const scaled = ([x, y, width, height]: Box): Box => [x * zoom, y * zoom, width * zoom, height * zoom];
  const whole = (box: Box): Box => scaled(grownToInk(picture, box, picture.scale));
  const read = words.map((box) => ({ box, whole: whole(box) }));
  const page: ShownPage = {
    width: Math.round(picture.width * size),
    height: Math.round(picture.height * size),
    offers: [...offers, ...leftOut].map((offer, at) => ({
      ...show(offer, at + 1, at >= offers.length),
      box: around([
        scaled(offer.box),
        ...offer.prices.map((price) => whole(price.box)),
        ...read.filter(({ box }) => isIn(box, offer.box)).map((word) => word.whole),
      ]),
      priceBoxes: offer.prices.map((price) => whole(price.box)),
    })),
    discards: discards.map(({ box, reason }) => ({ box: whole(box), reason, isUsual: USUAL.has(reason) })),
    words: read.map((word) => word.whole),
  };
  const texts = [
    ...page.offers.flatMap(({ name, facts }) => [name, ...facts]),
    ...page.discards.map(({ reason }) => reason),
  ];
  const overlay = offerOverlay(page, await glyphOutlines([...texts, LEGEND_CHARACTERS]));
  return drawOver(picture, { ...overlay, pageWidth: page.width, pageHeight: page.height });
}

const isIn = (box: Box, [x, y, width, height]: Box): boolean =>
  Math.abs(centreX(box) - x - width / 2) < width / 2 && Math.abs(centreY(box) - y - height / 2) < height / 2;

type Shown = Omit<ShownOffer, 'box' | 'priceBoxes'>;

function show(offer: Offer, number: number, isLeftOut: boolean): Shown {
  const isUnsure = offer.confidence < UNSURE;
  const badge = isUnsure ? `${number}?` : String(number);
  return { badge, name: offer.product, facts: factsOf(offer), tone: toneOf(offer), isUnsure, isLeftOut };
}

function toneOf({ promotion, loyaltyRequired, loyaltyPrice, regularPrice }: Offer): Tone {
  if (loyaltyRequired || loyaltyPrice !== null || promotion === 'loyalty') return 'card';
  return promotion !== 'none' || regularPrice !== null ? 'promotion' : 'price';
}

/** Prices, promotion. */
function factsOf({ price, currency, regularPrice, loyaltyPrice, promotionText, promotion }: Offer): string[] {
  const money = (amount: number): string => {
    const sign = currency === null ? '' : (SIGNS[currency] ?? currency);
    return `${amount.toFixed(2)} ${sign}`.trimEnd();
  };
  const prices = [
    ...(price === null ? [] : [money(price)]),
    ...(loyaltyPrice === null ? [] : [`card ${money(loyaltyPrice)}`]),
    ...(regularPrice === null ? [] : [`was ${money(regularPrice)}`]),
  ].join(' · ');
  const offered = promotion === 'none' ? '' : (promotionText ?? promotion);
  const together = [prices, offered].filter((part) => part !== '').join(' · ');
  const facts = together.length > MAX_TOGETHER ? [prices, offered] : [together];
  return facts.filter((line) => line !== '');
}
