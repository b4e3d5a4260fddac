/** Draws frames, badges and text as SVG, with outlines for letters. */
import type { Box } from '../model.js';
import { coordinate } from './svg.js';

/** A character at font size 1: path data of SVG, origin on the baseline. */
export interface Outline {
  readonly path: string;
  readonly width: number;
}

export interface Line {
  readonly colour: string;
  readonly isBroken: boolean;
  /** 1 is a tenth of the font size. */
  readonly weight: number;
}

/** In font sizes. */
const PADDING = 0.35;
const BADGE_HEIGHT = 1.35;

const placeOf = ([x, y, width, height]: Box): string =>
  `x="${coordinate(x)}" y="${coordinate(y)}" width="${coordinate(width)}" height="${coordinate(height)}"`;

/** Draws with one font size. */
export class Pen {
  /** Pixels. */
  readonly font: number;
  readonly #outlines: ReadonlyMap<string, Outline>;

  constructor(outlines: ReadonlyMap<string, Outline>, font: number) {
    this.#outlines = outlines;
    this.font = font;
  }

  /** With some air: boxes of words that were read end a little early, most of all on the right. */
  frameAround([x, y, width, height]: Box, line: Line): string {
    const air = this.font * 0.3;
    const left = Math.max(0, x - air);
    const top = Math.max(0, y - air / 2);
    return this.frame([left, top, x + width + air * 2 - left, y + height + air / 2 - top], line);
  }

  frame(box: Box, { colour, isBroken, weight }: Line): string {
    const stroke = (weight * this.font) / 10;
    const dash = isBroken ? ` stroke-dasharray="${coordinate(stroke * 3)} ${coordinate(stroke * 2)}"` : '';
    const rect = (ink: string, thick: number, more: string): string =>
      `<rect ${placeOf(box)} rx="${coordinate(this.font * 0.3)}" fill="none" stroke="${ink}" stroke-width="${coordinate(thick)}"${more}/>`;
    return rect('#fff', stroke * 2, ' stroke-opacity="0.85"') + rect(colour, stroke, dash);
  }

  /** Shows which price was taken. */
  underline([x, y, width, height]: Box, colour: string): string {
    const thick = this.font * 0.2;
    return `<rect ${placeOf([x, y + height, width, thick])} fill="${colour}" stroke="#fff" stroke-width="${coordinate(thick / 2)}" paint-order="stroke"/>`;
  }

  /** A dotted line under what is only mentioned, which hides nothing of the lines around it. */
  dots([x, y, width, height]: Box, colour: string): string {
    const thick = this.font * 0.09;
    const at = coordinate(y + height + thick);
    return `<line x1="${coordinate(x)}" y1="${at}" x2="${coordinate(x + width)}" y2="${at}" stroke="${colour}" stroke-width="${coordinate(thick)}" stroke-dasharray="${coordinate(thick * 1.5)} ${coordinate(thick)}"/>`;
  }

  badgeSize(text: string): readonly [width: number, height: number] {
    return [(this.width(text) + 2 * PADDING) * this.font, BADGE_HEIGHT * this.font];
  }

  /** White text on the colour; `size` may be wider than the text needs. */
  badge(text: string, [x, y]: readonly [x: number, y: number], width: number, colour: string): string {
    const [, height] = this.badgeSize(text);
    const start = x + (width - this.width(text) * this.font) / 2;
    const rect = `<rect ${placeOf([x, y, width, height])} rx="${coordinate(this.font * 0.25)}" fill="${colour}" stroke="#fff" stroke-width="${coordinate(this.font * 0.12)}"/>`;
    return rect + this.text(text, [start, y + height / 2 + this.font * 0.36], { size: 1, colour: '#fff' });
  }

  /** Text in the colour on a white plate, `size` font sizes high. */
  label(text: string, box: Box, size: number, colour: string): string {
    const plate = `<rect ${placeOf(box)} fill="#fff" fill-opacity="0.9" stroke="${colour}" stroke-width="${coordinate(this.font * 0.08)}"/>`;
    const start = [box[0] + PADDING * size * this.font, box[1] + size * this.font] as const;
    return plate + this.text(text, start, { size, colour });
  }

  labelSize(text: string, size: number): readonly [width: number, height: number] {
    return [(this.width(text) + 2 * PADDING) * size * this.font, BADGE_HEIGHT * size * this.font];
  }

  /** From the left end of the baseline. */
  text(
    text: string,
    [x, y]: readonly [x: number, y: number],
    { size, colour }: { readonly size: number; readonly colour: string },
  ): string {
    let at = 0;
    const glyphs = [...text].map((character) => {
      const { path, width } = this.#outlineOf(character);
      const drawn = path === '' ? '' : `<path d="${path}" transform="translate(${Math.round(at * 1000) / 1000} 0)"/>`;
      at += width;
      return drawn;
    });
    return `<g fill="${colour}" transform="translate(${coordinate(x)} ${coordinate(y)}) scale(${coordinate(size * this.font)})">${glyphs.join('')}</g>`;
  }

  /** In font sizes. */
  width(text: string): number {
    return [...text].reduce((sum, character) => sum + this.#outlineOf(character).width, 0);
  }

  /** The text in lines no wider than `limit` font sizes, at most `most`; the last ends in … where there is more. */
  wrap(text: string, limit: number, most: number): string[] {
    const lines: string[] = [];
    let rest = text.split(/\s+/u).filter((word) => word !== '');
    while (rest.length > 0) {
      if (lines.length === most - 1) return [...lines, this.fit(rest.join(' '), limit)];
      let count = 1;
      while (count < rest.length && this.width(rest.slice(0, count + 1).join(' ')) <= limit) count++;
      lines.push(this.fit(rest.slice(0, count).join(' '), limit));
      rest = rest.slice(count);
    }
    return lines;
  }

  /** The text, or as much of it as is no wider than `limit` font sizes. */
  fit(text: string, limit: number): string {
    if (this.width(text) <= limit) return text;
    const signs = [...text];
    while (signs.length > 1 && this.width(`${signs.join('')}…`) > limit) signs.pop();
    return `${signs.join('').trimEnd()}…`;
  }

  #outlineOf(character: string): Outline {
    return this.#outlines.get(character) ?? { path: '', width: 0.5 };
  }
}
