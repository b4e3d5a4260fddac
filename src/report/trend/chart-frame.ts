/** The place of a chart in its picture. */
import { coordinate, escapeXml } from '../svg.js';

/** Margins of the picture. */
export const LEFT = 58;
export const RIGHT = 18;
export const BOTTOM = 30;

/** Where periods and values are, in pixels. */
export interface Frame {
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
  x(index: number): number;
  y(value: number): number;
  readonly low: number;
  readonly high: number;
}

export function text(
  content: string,
  x: number,
  y: number,
  anchor: string,
  style: string,
  size = 12,
  weight = '',
): string {
  return `<text class="${style}" x="${coordinate(x)}" y="${coordinate(y)}" font-size="${size}" text-anchor="${anchor}"${weight}>${escapeXml(content)}</text>`;
}
