/** Which of the asked languages a text is in. */

/** Shorter texts say too little. */
const MIN_LETTERS = 20;

/** The BCP 47 code of the likeliest of `tags`, or null where the text is too short or unlike all of them. */
export async function guessLanguage(text: string, tags: readonly string[]): Promise<string | null> {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < MIN_LETTERS) return null;
  const { eld } = await import('eld/extrasmall');
  const scores = eld.detect(text).getScores();
  const likeliest = tags
    .map((tag) => ({ tag, score: scores[tag] ?? 0 }))
    .reduce((best, entry) => (entry.score > best.score ? entry : best), { tag: '', score: 0 });
  return likeliest.score > 0 ? likeliest.tag : null;
}
