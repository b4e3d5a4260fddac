/** Figures whose signs were misread, told by the others of the page, and those that were read twice. */
import { gapX, gapY } from './boxes.js';
import type { Figure } from './figures.js';
import type { PageWord } from './page.js';
import type { Reading } from './price-print.js';
import type { Sense } from './sense.js';

const whole = (amount: number, likelihood: number): Reading => ({ amount, likelihood, isWhole: true });

/** Fewer signs do not tell what a page is in. */
const LEAST_DOLLARS = 2;

function asHundredths(figure: Figure): Figure {
  const digits = /^(\d{1,2})€$/u.exec(figure.text)?.[1];
  if (digits === undefined) return figure;
  return { ...figure, currency: null, readings: [whole(Number(digits) / 100, 0.8)] };
}

/** Where the other prices begin with their sign, one that does not may have a digit for it: `52.99` of `$2.99`. */
function withLostSigns(figures: readonly Figure[]): Figure[] {
  const signed = figures.filter(({ text }) => /[$£¢]|\dp$/u.test(text));
  if (signed.length < 3 || signed.length < figures.length * 0.7) return [...figures];
  return figures.map((figure) => {
    const rest = /^[568](\d{1,2}[.,]\d{2})$/u.exec(figure.text)?.[1]?.replace(',', '.');
    if (rest === undefined) return figure;
    const { currency } = signed[0] ?? figure;
    return { ...figure, currency, readings: [whole(Number(rest), 0.7), ...figure.readings] };
  });
}

/** Without what was read twice. */
function withoutTwins(figures: readonly Figure[]): Figure[] {
  const amountOf = (figure: Figure) => figure.readings[0]?.amount;
  return figures.filter((figure, at) =>
    figures.every((other, before) => {
      if (before >= at || amountOf(other) !== amountOf(figure)) return true;
      const [width, height] = [-gapX(figure.box, other.box), -gapY(figure.box, other.box)];
      const least = Math.min(figure.box[2] * figure.box[3], other.box[2] * other.box[3]);
      return width <= 0 || height <= 0 || width * height < least / 2;
    }),
  );
}

/** The figures of a page as the others tell them. */
export function mendFigures(figures: readonly Figure[], words: readonly PageWord[], { isExact }: Sense): Figure[] {
  if (isExact) return withoutTwins(figures);
  const count = (sign: RegExp) => words.filter(({ text }) => sign.test(text)).length;
  const euros = count(/\d[.,]\d\d\s?€|€\s?\d/u);
  // Among dollars a euro sign behind two figures is a misread sign of cents.
  const isInDollars = count(/\$/u) > Math.max(LEAST_DOLLARS, 2 * euros) && count(/£/u) === 0;
  const mended = isInDollars ? figures.map(asHundredths) : figures;
  return withoutTwins(withLostSigns(mended));
}
