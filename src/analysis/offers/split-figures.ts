/** Prices whose figures are split, raised or mistaken for letters, as they are meant. */

/** What is not seen: marks of direction and width, and control characters that end no line and part no cells. */
const UNSEEN = String.raw`[\u00ad\u200b-\u200f\u2060\ufeff\0-\x08\x0e-\x1f]`;
const SIGN_AFTER = String.raw`(?=\s?(?:[€$£]|eur(?!\p{L}))(?!\s?\d))`;

const UNSEEN_IN_NUMBER = new RegExp(String.raw`(?<=\d)${UNSEEN}{0,4}([.,])${UNSEEN}{0,4}(?=\d)`, 'gu');
const RAISED_DIGITS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

const MENDS: readonly (readonly [cue: RegExp, split: RegExp, meant: string])[] = [
  // `O,89` and `l,89`, but not the litre of `1 l,89 g`
  [/[Oo][.,·]\d/, /(?<![\p{L}\d.,])[Oo](?=[.,·]\d\d(?![\d.,]))/gu, '0'],
  [
    /[lI|][.,]\d/,
    new RegExp(
      String.raw`(?<![\p{L}\d.,]|\d\s)[lI|](?=[.,]\d\d(?!\d)${SIGN_AFTER})|(?<=[€$£]\s?)[lI|](?=[.,]\d\d(?!\d))`,
      'gu',
    ),
    '1',
  ],
  // `0·89`
  [/[·‧∙⋅•]/u, /(?<![\d.,·])(\d{1,4})[·‧∙⋅•](?=\d\d(?![\d·]))/gu, '$1.'],
  // `0:89 €`, `1..50 €`, `2,4 9 €`, `0 ,89 €`
  [/\d:\d/, new RegExp(String.raw`(?<![\d:.,])(\d{1,4}):(?=\d\d(?!\d)${SIGN_AFTER})`, 'giu'), '$1.'],
  [/\d[.,]{2}\d/, new RegExp(String.raw`(?<=(?<![\d.,])\d{1,4})([.,])[.,](?=\d\d(?!\d)${SIGN_AFTER})`, 'giu'), '$1'],
  [/[.,]\d /, new RegExp(String.raw`(?<=(?<![\d.,])\d{1,4}[.,]\d) (?=\d${SIGN_AFTER})`, 'giu'), ''],
  [/\d [.,]\d/, new RegExp(String.raw`(?<=(?<![\d.,])\d{1,4}) (?=[.,]\d\d(?!\d)${SIGN_AFTER})`, 'giu'), ''],
  // `19<sup>99</sup>`
  [/<sup>/i, /(?<=\d)[.,']?<sup>\s?(\d\d)\s?<\/sup>/gi, '.$1'],
];

/**
 * A text with the decimals of its prices as they are printed elsewhere: `0·89 €`, `O,89 €`, `1..50 €`, `2,4 9 €`, `2⁴⁹ €`
 * and `19<sup>99</sup>` have a point or comma before two digits. Places are not kept.
 */
export function withWholeFigures(text: string): string {
  let mended = text.replace(UNSEEN_IN_NUMBER, '$1').replace(RAISED, (_, digits: string) => `.${plainDigits(digits)}`);
  for (const [cue, split, meant] of MENDS) if (cue.test(mended)) mended = mended.replace(split, meant);
  return mended;
}

/** Two raised digits behind a number: `2⁴⁹`, not `12 m²` nor `1,99¹²`. */
const RAISED = new RegExp(
  String.raw`(?<=(?<![.,]\d{0,4})\d)[.,']?([${RAISED_DIGITS}]{2})(?![${RAISED_DIGITS}\d])`,
  'gu',
);

function plainDigits(raised: string): string {
  return Array.from(raised, (digit) => RAISED_DIGITS.indexOf(digit)).join('');
}
