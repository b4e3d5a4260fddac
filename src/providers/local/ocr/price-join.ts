/** Joins the units of a price with cents that were found as a line of their own, raised to their right. */
import { heightOf } from './geometry.js';
import { joinLines, lineOfWords, type TextLine } from './text-line.js';

/** Units: up to three digits, with a currency sign before and a separator after (`:` is a point and the foot of a digit). */
const UNITS = /^[€$£]?\s?\d{1,3}[.,'’:]?$/;
/** Cents: two digits, with what may follow them (a currency sign, a unit). */
const CENTS = /^[.,'’]?\d{2}(?!\d)/;

/** The lines with split prices joined into one line each, at the place of their units. */
export function joinSplitPrices(lines: readonly TextLine[]): TextLine[] {
  const taken = new Set<TextLine>();
  const joined = new Map<TextLine, TextLine>();
  for (const units of lines) {
    if (taken.has(units) || !UNITS.test(units.text)) continue;
    const cents = nearestCents(units, lines, taken);
    if (cents === undefined) continue;
    taken.add(cents);
    taken.add(units);
    const hasSeparator = /[.,'’]$/.test(units.text) || /^[.,'’]/.test(cents.text);
    joined.set(units, joinLines(withoutColon(units), cents, hasSeparator ? '' : '.'));
  }
  return lines.flatMap((line) => {
    const whole = joined.get(line);
    if (whole !== undefined) return [whole];
    return taken.has(line) ? [] : [line];
  });
}

function withoutColon(units: TextLine): TextLine {
  const words = units.words.map((word) => ({ ...word, text: word.text.replace(/:$/, '') }));
  return lineOfWords(words, units.bounds, units.confidence);
}

function nearestCents(units: TextLine, lines: readonly TextLine[], taken: ReadonlySet<TextLine>): TextLine | undefined {
  const size = heightOf(units.bounds);
  let nearest: TextLine | undefined;
  let nearestGap = size * 0.35;
  for (const cents of lines) {
    if (cents === units || taken.has(cents) || !CENTS.test(cents.text)) continue;
    const height = heightOf(cents.bounds);
    if (height > size * 0.85 || height < size * 0.25) continue;
    if (cents.bounds.top > units.bounds.top + size * 0.4 || cents.bounds.top < units.bounds.top - size * 0.25) continue;
    const gap = Math.abs(cents.bounds.left - units.bounds.right);
    if (gap >= nearestGap) continue;
    nearest = cents;
    nearestGap = gap;
  }
  return nearest;
}
