/** Keys that the variants of a word share: number and gender taken off, without accents. */
import { normalizeWord, withoutAccents } from '../../../text/fold.js';

/** Words whose spellings differ by more than an ending. */
const SAME: ReadonlyMap<string, string> = new Map([
  ['yogurt', 'yogur'],
  ['yoghurt', 'yogur'],
  ['yogourt', 'yogur'],
  ['flavour', 'flavor'],
  ['colour', 'color'],
  ['child', 'child'],
  ['children', 'child'],
  ['men', 'man'],
  ['women', 'woman'],
  ['people', 'people'],
  ['feet', 'foot'],
  ['teeth', 'tooth'],
  ['mice', 'mouse'],
  ['analyses', 'analysis'],
  ['matrices', 'matrix'],
  ['indices', 'index'],
  ['vertices', 'vertex'],
  ['criteria', 'criterion'],
  ['phenomena', 'phenomenon'],
]);

function englishSingular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** `isAdjective` lets `tasty` meet `taste`. */
export function englishKey(word: string, isAdjective: boolean): string {
  const lower = withoutAccents(normalizeWord(word)).replace(/'s?$/, '');
  const known = SAME.get(lower);
  if (known !== undefined) return known;
  const single = englishSingular(lower);
  const same = SAME.get(single) ?? single;
  if (same.length > 4 && isAdjective && same.endsWith('y') && !/(?:ly|ry|[aeiou]y)$/.test(same))
    return same.slice(0, -1);
  return same.length > 4 && same.endsWith('e') ? same.slice(0, -1) : same;
}

/** `isAdjective` takes the gender off too: `cremosa` meets `cremoso`, while `plata` and `plato` stay apart. */
export function spanishKey(word: string, isAdjective: boolean): string {
  const lower = withoutAccents(normalizeWord(word));
  const known = SAME.get(lower);
  if (known !== undefined) return known;
  let stem = lower;
  if (stem.length > 3 && /ces$/.test(stem)) stem = `${stem.slice(0, -3)}z`;
  else if (stem.length > 4 && /[^aeiou]es$/.test(stem)) stem = stem.slice(0, -2);
  else if (stem.length > 3 && /[aeiou]s$/.test(stem)) stem = stem.slice(0, -1);
  stem = SAME.get(stem) ?? SAME.get(stem.replace(/s$/, '')) ?? stem;
  if (isAdjective && stem.length > 3) return stem.replace(/[oa]$/, '');
  return stem.length > 4 && stem.endsWith('e') ? stem.slice(0, -1) : stem;
}
