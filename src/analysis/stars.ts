/** Stars that a reviewer gave. */

/** `4`, `4,5`, `4/5`, `8/10`, `★★★☆☆`, `4 stars`: the number given, or null. */
export function parseStars(text: string): number | null {
  const cell = text.trim();
  const signs = cell.replaceAll('\uFE0F', '');
  if (/^[★⭐][★⭐☆\s]*$/u.test(signs)) return [...signs].filter((sign) => sign === '★' || sign === '⭐').length;
  const match =
    /^(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:(?:\/|out of|de|of)\s*\d{1,3})?\s*(?:[★⭐*]|stars?|estrellas?|puntos?)?$/iu.exec(
      signs,
    );
  return match?.[1] === undefined ? null : Number(match[1].replace(',', '.'));
}
