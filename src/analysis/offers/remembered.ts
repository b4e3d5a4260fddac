/** Remembers what was found in texts: the steps of a page ask the same of the same block several times. */

/** More texts than a crowded page has; then all is forgotten. */
const MOST = 4000;
/** In characters; longer ones, which are lines of files, are not kept. */
const LONGEST = 1000;

/** The function, which must depend on its arguments alone, with its answers by text for each vocabulary and retailer. */
export function remembered<V extends object, R extends object, T>(
  find: (text: string, vocabulary: V, retailer: R) => readonly T[],
): (text: string, vocabulary: V, retailer: R) => T[] {
  const known = new WeakMap<V, WeakMap<R, Map<string, readonly T[]>>>();
  return (text, vocabulary, retailer) => {
    const byRetailer = known.get(vocabulary) ?? new WeakMap<R, Map<string, readonly T[]>>();
    known.set(vocabulary, byRetailer);
    const answers = byRetailer.get(retailer) ?? new Map<string, readonly T[]>();
    byRetailer.set(retailer, answers);
    if (text.length > LONGEST) return [...find(text, vocabulary, retailer)];
    if (answers.size >= MOST) answers.clear();
    const answer = answers.get(text) ?? find(text, vocabulary, retailer);
    answers.set(text, answer);
    return [...answer];
  };
}
