/** Finds places for the labels of a picture: near what they are of, over nothing that matters. */
import type { Box } from '../model.js';

/** A label to be placed, in pixels. */
export interface WantedLabel {
  /** What it is of. */
  readonly anchor: Box;
  readonly width: number;
  readonly height: number;
  /** Labels of others keep off what it is of. */
  readonly isGuarded: boolean;
}

export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** It covers no words, prices or labels. */
  readonly isFree: boolean;
}

export interface LabelPage {
  readonly width: number;
  readonly height: number;
  /** Not to be covered, if it can be avoided at all. */
  readonly prices: readonly Box[];
  /** Rather not to be covered. */
  readonly words: readonly Box[];
  /** Between a label and its anchor where it stands outside. */
  readonly margin: number;
}

/** What covering a pixel costs. */
const PRICE_COST = 30;
const LABEL_COST = 60;
const WORD_COST = 15;
/** A label over another offer looks as if it were of that one. */
const FOREIGN_COST = 1.5;
/** Standing apart from the anchor costs, in areas of the label, a label height. */
const DISTANCE_COST = 0.6;
/** Standing beside the anchor rather than over or under it, and over or under it rather than on it. */
const BESIDE_COST = 1.4;
const OUTSIDE_COST = 0.1;
/** Boxes of prices are tight, and often begin at the cents: in heights of the box, to the sides and up and down. */
const PRICE_PADDING = { left: 0.7, right: 0.4, upright: 0.15 } as const;
const STEPS = 8;

/** A place for each label, in their order: earlier ones have the choice. */
export function placeLabels(labels: readonly WantedLabel[], page: LabelPage): LabelPlace[] {
  const placed: Box[] = [];
  const prices = page.prices.map(padded);
  const anchors = labels.filter(({ isGuarded }) => isGuarded).map(({ anchor }) => anchor);
  return labels.map((label) => {
    let best: { place: LabelPlace; cost: number } | null = null;
    for (const { place, cost: own } of candidates(label, page)) {
      const box: Box = [place.x, place.y, place.width, place.height];
      let [covered, foreign] = [0, 0];
      for (const other of placed) covered += LABEL_COST * shared(box, other);
      for (const price of prices) covered += PRICE_COST * shared(box, price);
      for (const anchor of anchors) if (anchor !== label.anchor) foreign += FOREIGN_COST * shared(box, anchor);
      if (best !== null && own + covered + foreign >= best.cost) continue;
      for (const word of page.words) covered += WORD_COST * shared(box, word);
      const cost = own + covered + foreign;
      if (best === null || cost < best.cost) best = { place: { ...place, isFree: covered === 0 }, cost };
    }
    const place = best?.place ?? { x: 0, y: 0, width: label.width, height: label.height, isFree: false };
    placed.push([place.x, place.y, place.width, place.height]);
    return place;
  });
}

/** Places in a grid over the anchor and around it, kept on the page, with what each costs by itself. */
function* candidates(
  { anchor, width, height }: WantedLabel,
  page: LabelPage,
): Generator<{ place: Omit<LabelPlace, 'isFree'>; cost: number }> {
  const [left, top, wide, tall] = anchor;
  const xs = [left - width - page.margin, left + wide + page.margin];
  const ys = [top - height - page.margin, top + tall + page.margin];
  for (let step = 0; step <= STEPS; step++) {
    xs.push(left + ((wide - width) * step) / STEPS);
    ys.push(top + ((tall - height) * step) / STEPS);
  }
  const area = width * height;
  for (const y of ys) {
    for (const x of xs) {
      const place = { x: clamp(x, page.width - width), y: clamp(y, page.height - height), width, height };
      const gapX = Math.max(0, left - (place.x + width), place.x - (left + wide));
      const gapY = Math.max(0, top - (place.y + height), place.y - (top + tall));
      const beside = 1 - overlap(place.x, width, left, wide) / Math.min(width, wide);
      const outside = 1 - overlap(place.y, height, top, tall) / Math.min(height, tall);
      const distance = Math.hypot(gapX, gapY) / height;
      // The start of the offer is where the eye looks first.
      const fromStart = Math.hypot(place.x - left, place.y - top) / Math.hypot(page.width, page.height);
      const own = DISTANCE_COST * distance + BESIDE_COST * beside + OUTSIDE_COST * outside + fromStart;
      yield { place, cost: area * own };
    }
  }
}

function padded([x, y, width, height]: Box): Box {
  const { left, right, upright } = PRICE_PADDING;
  return [x - left * height, y - upright * height, width + (left + right) * height, height * (1 + 2 * upright)];
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}

/** The area that two boxes have in common. */
function shared(a: Box, b: Box): number {
  return overlap(a[0], a[2], b[0], b[2]) * overlap(a[1], a[3], b[1], b[3]);
}

/** The length that two stretches have in common. */
function overlap(from: number, length: number, otherFrom: number, otherLength: number): number {
  return Math.max(0, Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom));
}
