/** How wide texts are, without a font at hand. */

/**
 * Advances of U+0020 to U+007E in thousandths of the font size: of each character the wider one of Liberation Sans Bold
 * (as wide as Arial and Helvetica) and DejaVu Sans Bold, so that a text fits whichever of them it is drawn with.
 */
const ASCII_WIDTHS = [
  348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696,
  696, 696, 696, 400, 400, 838, 838, 838, 611, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 556, 775, 637, 995,
  837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 556, 500, 675, 716, 593, 716,
  678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712,
  365, 712, 838,
] as const;

/** Other scripts, and what stands for their characters; the first that matches counts. */
const SCRIPT_WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[\p{M}\p{Cf}]/u, 0],
  [/\p{Extended_Pictographic}|\p{Regional_Indicator}/u, 1400],
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60]/u, 1050],
  [/[ıłŀ]/u, 420],
  [/[æœÆŒĲĳ\u2014\u2026]/u, 1100],
  [/\p{Lu}/u, 1000],
  [/\p{Script=Latin}|\p{Script=Greek}|\p{Script=Hebrew}/u, 780],
  [/\p{Script=Cyrillic}|\p{Script=Arabic}/u, 860],
];

const OTHER_WIDTH = 1000;

/** Width of a text at font size 1 in a bold sans-serif font; rather too wide than too narrow. */
export function widthOf(text: string): number {
  let width = 0;
  // accents come off: they take no room of their own
  for (const sign of text.normalize('NFD')) width += widthOfSign(sign);
  return width / 1000;
}

function widthOfSign(sign: string): number {
  const known = ASCII_WIDTHS[(sign.codePointAt(0) ?? 0) - 0x20];
  if (known !== undefined) return known;
  return SCRIPT_WIDTHS.find(([pattern]) => pattern.test(sign))?.[1] ?? OTHER_WIDTH;
}
