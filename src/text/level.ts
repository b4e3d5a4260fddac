/** Texts in which what prints alike is alike, so that one pattern finds all of it. */

/**
 * Letters of levelled texts, for a class of a pattern. `\p{L}` says the same and more, but takes a hundred times as long
 * to compile, and there are hundreds of patterns.
 */
export const LETTER = 'a-zß-ɏͰ-῿';

const SPECIAL: Readonly<Record<string, string>> = {
  ...each('\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d', '-'),
  ...each('×✕✖⨯', 'x'),
  ...each('\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000', ' '),
  ...each('\u200b\u200c\u200d\u200e\u200f\u2060\ufeff', ' '),
  ...each('’‘´`′ʼ＇', "'"),
  ...each('“”„«»″', '"'),
  ...each('％', '%'),
  ...each('，٬', ','),
  ...each('．٫', '.'),
  ...each('：', ':'),
  ...each('＄﹩', '$'),
  ...each('￡', '£'),
  ...each('￥', '¥'),
  ª: 'a',
  º: 'o',
};

/** The zeros of the decimal digits that prices are printed in: Arabic, Persian, Indian, Thai, full width. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xff10];

const UNCOMMON = /[^\0-\x7f]/g;

const levelled = new Map<string, string>();

function each(characters: string, as: string): Record<string, string> {
  return Object.fromEntries(Array.from(characters, (character) => [character, as]));
}

/**
 * Lower case, without accents, with plain digits, hyphens, spaces, apostrophes and quotes; `×` is `x`. The text keeps its
 * length in UTF-16 code units, so that places found in it are places of the text itself.
 */
export function levelText(text: string): string {
  if (text === lastText) return lastLevel;
  const lower = text.toLowerCase();
  lastLevel =
    lower.length === text.length
      ? lower.replace(UNCOMMON, levelCharacter)
      : Array.from(text, (character) => (character.length === 1 ? levelCharacter(character) : character)).join('');
  lastText = text;
  return lastLevel;
}

/** A text is looked through for many things in a row. */
let [lastText, lastLevel] = ['', ''];

function levelCharacter(character: string): string {
  const known = levelled.get(character);
  if (known !== undefined) return known;
  const level = SPECIAL[character] ?? digitOf(character) ?? bareLetter(character);
  levelled.set(character, level);
  return level;
}

function digitOf(character: string): string | undefined {
  const code = character.charCodeAt(0);
  const zero = ZEROS.find((first) => code >= first && code <= first + 9);
  return zero === undefined ? undefined : String(code - zero);
}

function bareLetter(character: string): string {
  const lower = character.toLowerCase();
  const bare = lower.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  if (bare.length === 1) return bare;
  return lower.length === 1 ? lower : character;
}
