/** How likely an offer is right: what was read how well, what agrees, and how clearly price and goods belong together. */
import type { Pair } from './assign.js';
import type { Reading } from './price-print.js';

export interface Support {
  readonly reading: Reading;
  /** Price / size is the unit price that is printed. */
  readonly agreesWithUnit: boolean;
  /** Price, regular price and percentage agree. */
  readonly agreesWithRegular: boolean;
  /** A unit price is printed that does not agree. */
  readonly differs: boolean;
}

/** Margins above this (in heights of the running text) say no more. */
const CLEAR = 12;

/** From the sum of the weights to the logit of how many are right, fitted on sets of bench/offers (Platt 1999). */
const SLOPE = 0.76;
const OFFSET = 1.98;

/**
 * 0 to 1: the share of such offers that have the right name and price (see `bench/offers/calibration.mjs`). The weights
 * were set by hand, with pages of bench/offers in view.
 */
export function confidenceOf({ tag, goods, margin }: Pair, support: Support): number {
  const words = goods.block.lines.flatMap((line) => line.words);
  const read = words.reduce((sum, word) => sum + word.confidence, 0) / Math.max(1, words.length);
  const score =
    -0.4 +
    1.6 * (Math.max(0, Math.min(CLEAR, margin)) / CLEAR) +
    (support.agreesWithUnit ? 2 : 0) +
    (support.agreesWithRegular ? 1.2 : 0) -
    (support.differs ? 1.5 : 0) -
    Math.min(2, Math.max(0, goods.doubt) / 10) +
    2 * (support.reading.likelihood - 0.5) +
    4 * (Math.min(tag.figure.confidence, read) - 0.9);
  return Math.round(1000 / (1 + Math.exp(-SLOPE * score - OFFSET))) / 1000;
}
