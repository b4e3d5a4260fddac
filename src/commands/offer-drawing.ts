/** The picture of a page with its offers drawn on it. */
import type { DiscardedPrice, Offer } from '../analysis/offers/page.js';
import { drawOver } from '../io/draw-over.js';
import { glyphOutlines } from '../io/label-font.js';
import type { PagePicture } from '../io/page-pictures.js';
import type { Box } from '../model.js';
import {
  LEGEND_CHARACTERS,
  offerOverlay,
  type ShownOffer,
  type ShownPage,
  type Tone,
} from '../report/offer-overlay.js';

/** Longest side of the picture: labels stay readable, files small. */
const MAX_SIDE = 2400;
/** Labels need so many pixels. */
const MIN_SIDE = 1500;
const UNSURE = 0.5;
/** Prices and a promotion of more characters get a line each. */
const MAX_TOGETHER = 26;
const SIGNS: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£' };

/** A PNG; boxes are in pixels of the page, of which the picture's are `scale`. */
export async function drawOffers(
  picture: PagePicture,
  {
    offers,
    discards,
    words,
  }: {
    readonly offers: readonly Offer[];
    readonly discards: readonly DiscardedPrice[];
    readonly words: readonly Box[];
  },
): Promise<Uint8Array> {
  const longest = Math.max(picture.width, picture.height);
  const size = Math.min(MAX_SIDE, Math.max(MIN_SIDE, longest)) / longest;
  const zoom = size / picture.scale;
  const scaled = ([x, y, width, height]: Box): Box => [x * zoom, y * zoom, width * zoom, height * zoom];
  const page: ShownPage = {
    width: Math.round(picture.width * size),
    height: Math.round(picture.height * size),
    offers: offers.map((offer) => ({
      ...show(offer),
      box: scaled(offer.box),
      priceBoxes: offer.priceBoxes.map(scaled),
    })),
    discards: discards.map(({ box, reason }) => ({ box: scaled(box), reason })),
    words: words.map(scaled),
  };
  const texts = [...page.offers.flatMap(({ lines }) => lines), ...page.discards.map(({ reason }) => reason)];
  const { svg, height } = offerOverlay(page, await glyphOutlines([...texts, LEGEND_CHARACTERS]));
  return drawOver(picture, { svg, width: page.width, pageHeight: page.height, height });
}

function show(offer: Offer): Pick<ShownOffer, 'lines' | 'tone' | 'isUnsure'> {
  return { lines: linesOf(offer), tone: toneOf(offer), isUnsure: offer.confidence < UNSURE };
}

function toneOf({ promotion, loyaltyRequired, loyaltyPrice, regularPrice }: Offer): Tone {
  if (loyaltyRequired || loyaltyPrice !== null || promotion === 'loyalty') return 'card';
  return promotion !== 'none' || regularPrice !== null ? 'promotion' : 'price';
}

/** Name, prices, promotion. */
function linesOf({ product, price, currency, regularPrice, loyaltyPrice, promotionText, promotion }: Offer): string[] {
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
  return [product, ...facts].filter((line) => line !== '');
}
