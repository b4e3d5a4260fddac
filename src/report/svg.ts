/** Text that goes into SVG. */

/** As content or attribute of XML 1.0: characters that it does not allow become a space. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/[\u0000-\u0020\u007F-\u009F\uFFFE\uFFFF]+/g, ' ')
      // halves of surrogate pairs, which cannot be written
      .replace(/\p{Cs}/gu, '\uFFFD')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;')
  );
}

/** A coordinate, with one decimal. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Blue is good, orange is bad, grey is between: told apart with any kind of colour vision, dark enough for white. */
const GOOD = [33, 102, 172] as const;
const BAD = [179, 88, 6] as const;
const BETWEEN = [112, 112, 112] as const;

/** Scores at and beyond this have the full colour. */
export const FULL_COLOUR_SCORE = 0.6;

/** The colour of a sentiment from -1 to 1; null is grey. */
export function sentimentColour(score: number | null): string {
  const share = Math.min(1, Math.abs(score ?? 0) / FULL_COLOUR_SCORE);
  const end = (score ?? 0) < 0 ? BAD : GOOD;
  const parts = BETWEEN.map((from, i) => Math.round(from + ((end[i] ?? from) - from) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
