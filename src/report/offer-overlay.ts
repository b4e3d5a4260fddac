/** What is drawn over the picture of a page to show the offers that were found on it: SVG, with text as outlines. */
import type { Box } from '../model.js';
import { placeLabels } from './label-places.js';
import { offerList } from './offer-list.js';
import { COLOURS, GREY, LEFT_OUT, TONE_NAMES, TONES, type Tone } from './overlay-colours.js';
import { type Outline, Pen } from './overlay-pen.js';

/** An offer as it is shown. */
export interface ShownOffer {
  readonly box: Box;
  readonly priceBoxes: readonly Box[];
  /** Its number, on the page and in the list beside it. */
  readonly badge: string;
  readonly name: string;
  /** Prices, promotion. */
  readonly facts: readonly string[];
  readonly tone: Tone;
  /** Drawn with a broken line. */
  readonly isUnsure: boolean;
  /** Found, but not on the watch list: drawn faintly. */
  readonly isLeftOut: boolean;
}

/** A price that is in no offer. */
export interface ShownDiscard {
  readonly box: Box;
  readonly reason: string;
  /** Expected beside offers, such as a unit price: it gets dots and no label. */
  readonly isUsual: boolean;
}

/** A page in pixels of the picture that is drawn on. */
export interface ShownPage {
  readonly width: number;
  readonly height: number;
  readonly offers: readonly ShownOffer[];
  readonly discards: readonly ShownDiscard[];
  /** Everything else that should stay readable. */
  readonly words: readonly Box[];
}

export interface Overlay {
  readonly svg: string;
  /** That of the page and, beside it, the list of its offers. */
  readonly width: number;
  /** That of the page and, below it, the legend. */
  readonly height: number;
}

/** Of the diagonal of the page. */
const FONT_SHARE = 1 / 110;
const MIN_FONT = 11;
const SMALL = 0.7;
const PLAIN = 1.6;
const FAINT = 0.8;

/** Texts that the legend and the list may need, for whoever gathers outlines. */
export const LEGEND_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789():;,…? ';

const colourOf = ({ isLeftOut, tone }: ShownOffer): string => (isLeftOut ? LEFT_OUT : COLOURS[tone]);

/** Draws frames and numbers on the page, the offers by number beside it and, below it, what the colours mean. */
export function offerOverlay(page: ShownPage, outlines: ReadonlyMap<string, Outline>): Overlay {
  const pen = new Pen(outlines, Math.max(MIN_FONT, Math.hypot(page.width, page.height) * FONT_SHARE));
  const list = offerList(page, pen);
  const legend = legendOf(page, pen, page.width + list.width);
  const [width, height] = [page.width + list.width, page.height + legend.height];
  const white = `<rect x="${page.width}" width="${list.width}" height="${height}" fill="#fff"/>`;
  const parts = [...framesOf(page, pen), ...labelsOf(page, pen), white, list.svg, legend.svg];
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`;
  return { svg: `${head}${parts.join('')}</svg>`, width, height };
}

function framesOf({ offers, discards }: ShownPage, pen: Pen): string[] {
  return [
    ...discards.map(({ box, isUsual }) =>
      isUsual ? pen.dots(box, GREY) : pen.frame(box, { colour: GREY, isBroken: true, weight: FAINT }),
    ),
    ...offers.map((offer) => {
      const weight = offer.isLeftOut ? FAINT : PLAIN;
      return pen.frameAround(offer.box, { colour: colourOf(offer), isBroken: offer.isUnsure, weight });
    }),
    ...offers.flatMap((offer) => offer.priceBoxes.map((box) => pen.underline(box, colourOf(offer)))),
  ];
}

/** Numbers of offers, where they cover least, and reasons of discards where they cover nothing. */
function labelsOf({ width, height, offers, discards, words }: ShownPage, pen: Pen): string[] {
  const told = discards.filter(({ isUsual }) => !isUsual);
  const wanted = [
    ...offers.map(({ box, badge }) => ({ anchor: box, size: pen.badgeSize(badge), isGuarded: true })),
    ...told.map(({ box, reason }) => ({ anchor: box, size: pen.labelSize(reason, SMALL), isGuarded: false })),
  ];
  const places = placeLabels(
    wanted.map(({ size, ...rest }) => ({ ...rest, width: size[0], height: size[1] })),
    { width, height, prices: offers.flatMap(({ priceBoxes }) => priceBoxes), words, margin: pen.font * 0.25 },
  );
  return places.flatMap((place, at) => {
    const offer = offers[at];
    if (offer !== undefined) return pen.badge(offer.badge, [place.x, place.y], place.width, colourOf(offer));
    const reason = told[at - offers.length]?.reason ?? '';
    // Where there is no room the list tells it.
    return !place.isFree ? [] : pen.label(reason, [place.x, place.y, place.width, place.height], SMALL, GREY);
  });
}

/** A strip below the page. */
function legendOf({ height, offers, discards }: ShownPage, pen: Pen, width: number): { svg: string; height: number } {
  const written = offers.filter(({ isLeftOut }) => !isLeftOut);
  const count = (isOne: (offer: ShownOffer) => boolean): number => written.filter(isOne).length;
  const entry = (text: string, colour: string, isBroken: boolean, of: number) => ({ text, colour, isBroken, of });
  const entries = [
    ...TONES.map((tone) =>
      entry(
        TONE_NAMES[tone],
        COLOURS[tone],
        false,
        count((offer) => offer.tone === tone),
      ),
    ),
    entry(
      'unsure: broken line',
      '#333333',
      true,
      count(({ isUnsure }) => isUnsure),
    ),
    entry('not on the watch list', LEFT_OUT, false, offers.length - written.length),
    entry('price in no offer', GREY, true, discards.filter(({ isUsual }) => !isUsual).length),
  ];
  const { font } = pen;
  let [x, y] = [font, height + font * 0.5];
  const parts: string[] = [];
  if (offers.length === 0) {
    parts.push(pen.text('no offers found', [x, y + font * 0.87], { size: 1, colour: '#333333' }));
    x += (pen.width('no offers found') + 2) * font;
  }
  for (const { text, colour, isBroken, of } of entries.filter((one) => one.of > 0)) {
    const told = `${text} (${of})`;
    const wide = (pen.width(told) + 4) * font;
    if (x > font && x + wide > width) [x, y] = [font, y + font * 2];
    parts.push(pen.frame([x, y, font * 1.8, font], { colour, isBroken, weight: PLAIN }));
    parts.push(pen.text(told, [x + font * 2.3, y + font * 0.87], { size: 1, colour }));
    x += wide;
  }
  const tall = Math.ceil(y + font * 1.5 - height);
  return { svg: `<rect y="${height}" width="${width}" height="${tall}" fill="#fff"/>${parts.join('')}`, height: tall };
}
