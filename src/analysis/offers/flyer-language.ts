/** Which language a flyer is in, by the words of flyers that it has. */
import { levelText } from '../../text/level.js';
import type { OfferWords } from '../../text/offer-words.js';

/** Fewer words than this tell nothing. */
const LEAST = 2;
const MIN_LETTERS = 2;

/** Single words that flyers of a language have: of dates, packs, prices and descriptions. */
function wordsOf({ dates, markers, packs, lists, units }: OfferWords): Set<string> {
  const phrases = [
    ...[...dates.months, ...dates.weekdays].flat(),
    ...[...dates.from, ...dates.to, ...dates.until, ...dates.of, ...dates.and, ...dates.only],
    ...Object.values(markers).flat(),
    ...Object.values(lists).flat(),
    ...Object.values(units).flat(),
    ...packs,
  ];
  const words = phrases.flatMap((phrase) => levelText(phrase).match(/[a-z]+/g) ?? []);
  return new Set(words.filter((word) => word.length >= MIN_LETTERS));
}

const known = new WeakMap<OfferWords, Set<string>>();

/** The language whose words the text has most of and the other languages have not, null where none stands out. */
export function likeliestLanguage(text: string, languages: ReadonlyMap<string, OfferWords>): string | null {
  const sets = [...languages].map(([language, words]): [string, Set<string>] => {
    const set = known.get(words) ?? wordsOf(words);
    known.set(words, set);
    return [language, set];
  });
  const scores = new Map(sets.map(([language]) => [language, 0]));
  for (const word of levelText(text).match(/[a-z]+/g) ?? []) {
    const having = sets.filter(([, set]) => set.has(word));
    for (const [language] of having) scores.set(language, (scores.get(language) ?? 0) + 1 / having.length ** 2);
  }
  const [best, second] = [...scores].sort((a, b) => b[1] - a[1]);
  if (best === undefined || best[1] < LEAST || best[1] <= (second?.[1] ?? 0) * 1.05) return null;
  return best[0];
}
