/** What is drawn over the picture of a page to show the offers that were found on it: SVG, with text as outlines. */
import type { Box } from '../model.js';
import { type LabelPlace, placeLabels, type WantedLabel } from './label-places.js';
import { coordinate } from './svg.js';

/** A character at font size 1: path data of SVG, origin on the baseline. */
export interface Outline {
  readonly path: string;
  readonly width: number;
}

/** What tells an offer by its colour. */
export const TONES = ['price', 'promotion', 'card'] as const;
export type Tone = (typeof TONES)[number];

/** An offer as it is shown. */
export interface ShownOffer {
  readonly box: Box;
  readonly priceBoxes: readonly Box[];
  /** Name, then price and promotion. */
  readonly lines: readonly string[];
  readonly tone: Tone;
  /** Drawn with a broken line. */
  readonly isUnsure: boolean;
}

/** A price that is in no offer. */
export interface ShownDiscard {
  readonly box: Box;
  readonly reason: string;
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
  /** That of the page and, below it, the legend. */
  readonly height: number;
}

/** Dark enough for white text and told apart with any kind of colour vision. */
const COLOURS: Readonly<Record<Tone, string>> = { price: '#1f5fa8', promotion: '#b3460a', card: '#7a2a86' };
const TONE_NAMES: Readonly<Record<Tone, string>> = { price: 'price', promotion: 'promotion', card: 'with card' };
const GREY = '#5a5a5a';
/** Of the diagonal of the page. */
const FONT_SHARE = 1 / 110;
const MIN_FONT = 11;
/** In font sizes. */
const MAX_LABEL_WIDTH = 17;
const LINE_HEIGHT = 1.2;
const PADDING = 0.35;
const SMALL = 0.78;

/** Texts that the legend may need, for whoever gathers outlines. */
export const LEGEND_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789():,…';

/** Draws boxes, labels and, below the page, what the colours mean. */
export function offerOverlay(page: ShownPage, outlines: ReadonlyMap<string, Outline>): Overlay {
  const font = Math.max(MIN_FONT, Math.hypot(page.width, page.height) * FONT_SHARE);
  const pen = new Pen(outlines, font);
  const labels = [
    ...page.offers.map((offer, at) => pen.offerLabel(offer, at + 1)),
    ...page.discards.map((discard) => pen.discardLabel(discard)),
  ];
  const places = placeLabels(labels, {
    width: page.width,
    height: page.height,
    prices: page.offers.flatMap(({ priceBoxes }) => priceBoxes),
    words: page.words,
    margin: font * 0.25,
  });
  const parts = [
    ...page.discards.map(({ box }) => pen.frame(box, GREY, true, 0.8)),
    ...page.offers.map(({ box, tone, isUnsure }) => pen.frame(box, COLOURS[tone], isUnsure, 1.6)),
    ...page.offers.flatMap(({ priceBoxes, tone }) => priceBoxes.map((box) => pen.underline(box, COLOURS[tone]))),
    ...places.map((place, at) => pen.label(place, at, page)),
  ];
  const legend = pen.legend(page);
  const height = page.height + legend.height;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${page.width}" height="${height}" viewBox="0 0 ${page.width} ${height}">`;
  return { svg: `${head}${parts.join('')}${legend.svg}</svg>`, height };
}

/** Draws with one font size. */
class Pen {
  readonly #outlines: ReadonlyMap<string, Outline>;
  readonly #font: number;

  constructor(outlines: ReadonlyMap<string, Outline>, font: number) {
    this.#outlines = outlines;
    this.#font = font;
  }

  offerLabel({ box, lines }: ShownOffer, number: number): WantedLabel {
    const fitted = lines.map((line) => this.#fit(line, MAX_LABEL_WIDTH));
    const width = Math.max(...fitted.map((line) => this.#width(line))) + this.#badgeWidth(number) + 2 * PADDING;
    const height = (lines.length * LINE_HEIGHT + PADDING) * this.#font;
    return { anchor: box, width: width * this.#font, height, isGuarded: true };
  }

  discardLabel({ box, reason }: ShownDiscard): WantedLabel {
    const width = (this.#width(reason) + 2 * PADDING) * SMALL * this.#font;
    return { anchor: box, width, height: (LINE_HEIGHT + PADDING) * SMALL * this.#font, isGuarded: false };
  }

  frame([x, y, width, height]: Box, colour: string, isBroken: boolean, weight: number): string {
    const stroke = (weight * this.#font) / 10;
    const dash = isBroken ? ` stroke-dasharray="${coordinate(stroke * 3)} ${coordinate(stroke * 2)}"` : '';
    const place = `x="${coordinate(x)}" y="${coordinate(y)}" width="${coordinate(width)}" height="${coordinate(height)}"`;
    const rect = (line: string, thick: number, more: string): string =>
      `<rect ${place} rx="${coordinate(this.#font * 0.3)}" fill="none" stroke="${line}" stroke-width="${coordinate(thick)}"${more}/>`;
    return rect('#fff', stroke * 2, ' stroke-opacity="0.85"') + rect(colour, stroke, dash);
  }

  /** Shows which price was taken. */
  underline([x, y, width, height]: Box, colour: string): string {
    const thick = this.#font * 0.2;
    const place = `x="${coordinate(x)}" y="${coordinate(y + height)}" width="${coordinate(width)}" height="${coordinate(thick)}"`;
    return `<rect ${place} fill="${colour}" stroke="#fff" stroke-width="${coordinate(thick / 2)}" paint-order="stroke"/>`;
  }

  /** The label of an offer or, after those, of a discard. */
  label({ x, y, width, height }: LabelPlace, at: number, { offers, discards }: ShownPage): string {
    const offer = offers[at];
    if (offer === undefined) {
      const reason = discards[at - offers.length]?.reason ?? '';
      const size = this.#font * SMALL;
      return this.#plate({ x, y, width, height }, GREY) + this.#text(reason, x + PADDING * size, y + size, size, GREY);
    }
    const colour = COLOURS[offer.tone];
    const badge = this.#badgeWidth(at + 1) * this.#font;
    const number = String(at + 1);
    const numberX = x + (badge - this.#width(number) * this.#font) / 2;
    const middle = y + height / 2 + this.#font * 0.36;
    const lines = offer.lines.map((line, row) =>
      this.#text(
        this.#fit(line, MAX_LABEL_WIDTH),
        x + badge + PADDING * this.#font,
        y + (row + 0.95) * LINE_HEIGHT * this.#font,
        this.#font,
        row === 0 ? '#111' : colour,
      ),
    );
    return [
      this.#plate({ x, y, width, height }, colour),
      `<rect x="${coordinate(x)}" y="${coordinate(y)}" width="${coordinate(badge)}" height="${coordinate(height)}" fill="${colour}"/>`,
      this.#text(number, numberX, middle, this.#font, '#fff', false),
      ...lines,
    ].join('');
  }

  /** A strip below the page. */
  legend({ width, height, offers, discards }: ShownPage): { svg: string; height: number } {
    const entries = TONES.map((tone) => {
      const count = offers.filter((offer) => offer.tone === tone).length;
      return { colour: COLOURS[tone], text: `${TONE_NAMES[tone]} (${count})`, isBroken: false, count };
    });
    const unsure = offers.filter(({ isUnsure }) => isUnsure).length;
    entries.push({ colour: '#333333', text: `unsure: broken line (${unsure})`, isBroken: true, count: unsure });
    const left = discards.length;
    entries.push({ colour: GREY, text: `price in no offer (${left})`, isBroken: true, count: left });
    const row = this.#font * 2;
    let [x, y] = [this.#font, height + this.#font * 0.5];
    const parts: string[] = [];
    for (const { text, colour, isBroken } of entries.filter(({ count }, at) => at === 0 || count > 0)) {
      const wide = (this.#width(text) + 4) * this.#font;
      if (x > this.#font && x + wide > width) [x, y] = [this.#font, y + row];
      parts.push(this.frame([x, y, this.#font * 1.8, this.#font], colour, isBroken, 1.6));
      parts.push(this.#text(text, x + this.#font * 2.3, y + this.#font * 0.87, this.#font, colour, false));
      x += wide;
    }
    const tall = Math.ceil(y + row - this.#font * 0.5 - height);
    return {
      svg: `<rect y="${height}" width="${width}" height="${tall}" fill="#fff"/>${parts.join('')}`,
      height: tall,
    };
  }

  #plate({ x, y, width, height }: LabelPlace, colour: string): string {
    return `<rect x="${coordinate(x)}" y="${coordinate(y)}" width="${coordinate(width)}" height="${coordinate(height)}" fill="#fff" fill-opacity="0.9" stroke="${colour}" stroke-width="${coordinate(this.#font * 0.08)}"/>`;
  }

  #text(text: string, x: number, y: number, size: number, colour: string, hasHalo = true): string {
    let at = 0;
    const glyphs = [...text].map((character) => {
      const { path, width } = this.#outlineOf(character);
      const drawn = path === '' ? '' : `<path d="${path}" transform="translate(${Math.round(at * 1000) / 1000} 0)"/>`;
      at += width;
      return drawn;
    });
    const halo = hasHalo ? ' stroke="#fff" stroke-width="0.18" stroke-linejoin="round" paint-order="stroke"' : '';
    return `<g fill="${colour}"${halo} transform="translate(${coordinate(x)} ${coordinate(y)}) scale(${coordinate(size)})">${glyphs.join('')}</g>`;
  }

  #badgeWidth(number: number): number {
    return this.#width(String(number)) + 2 * PADDING;
  }

  #width(text: string): number {
    return [...text].reduce((sum, character) => sum + this.#outlineOf(character).width, 0);
  }

  /** The text, or as much of it as is no wider than `limit` font sizes. */
  #fit(text: string, limit: number): string {
    if (this.#width(text) <= limit) return text;
    const signs = [...text];
    while (signs.length > 1 && this.#width(`${signs.join('')}…`) > limit) signs.pop();
    return `${signs.join('').trimEnd()}…`;
  }

  #outlineOf(character: string): Outline {
    return this.#outlines.get(character) ?? { path: '', width: 0.5 };
  }
}
