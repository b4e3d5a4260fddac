/** Where Spanish words are stressed, and how the stress is written. */

const PLAIN: Readonly<Record<string, string>> = { á: 'a', é: 'e', í: 'i', ó: 'o', ú: 'u' };
const ACUTE: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú' };

const VOWELS = 'aeiouáéíóúü';
const WEAK = 'iuü';
const ANY_ACUTE = /[áéíóú]/;

/** The text without acute accents; ñ and ü stay. */
export function withoutAcute(text: string): string {
  return ANY_ACUTE.test(text) ? text.replace(/[áéíóú]/g, (vowel) => PLAIN[vowel] as string) : text;
}

/** The word with its one acute accent on this vowel. */
export function accentAt(word: string, at: number): string {
  const flat = withoutAcute(word);
  const vowel = flat[at] ?? '';
  return flat.slice(0, at) + (ACUTE[vowel] ?? vowel) + flat.slice(at + 1);
}

/** Places of the vowels that carry the syllables of a word. */
export function nucleiOf(word: string): readonly number[] {
  const nuclei: number[] = [];
  let previous = '';
  for (let at = 0; at < word.length; at++) {
    const letter = word[at] as string;
    if (!VOWELS.includes(letter)) {
      previous = '';
      continue;
    }
    // The u of que and gui is silent.
    if (letter === 'u' && 'gq'.includes(word[at - 1] ?? '-') && 'eiéí'.includes(word[at + 1] ?? '-')) continue;
    if (previous === '') nuclei.push(at);
    else if (WEAK.includes(previous)) nuclei[nuclei.length - 1] = at;
    else if (!WEAK.includes(letter)) nuclei.push(at);
    previous = letter;
  }
  return nuclei;
}

/** The stressed vowel of a word, and whether it is in its last syllable. */
export function stressOf(word: string): { readonly at: number; readonly isLast: boolean } {
  const nuclei = nucleiOf(word);
  const written = word.search(/[áéíóú]/);
  const last = nuclei.at(-1) ?? word.length - 1;
  if (written >= 0) return { at: written, isLast: written === last };
  if (nuclei.length < 2 || !/[aeiouns]$/.test(word)) return { at: last, isLast: true };
  return { at: nuclei.at(-2) as number, isLast: false };
}
