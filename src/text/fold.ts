/** Forms under which words are looked up. */

/** What composition or apostrophes may change; most words have none of it. */
const UNCOMMON = /[^\0-\u02ff]/;
const SIMPLE = /^[\0-\x7fáéíóúüñ]*$/;
const PLAIN: Readonly<Record<string, string>> = { á: 'a', é: 'e', í: 'i', ó: 'o', ú: 'u', ü: 'u' };

/** Lower case, composed, straight apostrophes. */
export function normalizeWord(word: string): string {
  return UNCOMMON.test(word) ? word.normalize('NFC').toLowerCase().replaceAll('’', "'") : word.toLowerCase();
}

/** Without accents, but with ñ: `pésimo` gives `pesimo`, `año` stays. */
export function withoutAccents(word: string): string {
  if (SIMPLE.test(word)) return word.replace(/[áéíóúü]/g, (letter) => PLAIN[letter] as string);
  return word
    .normalize('NFD')
    .replace(/([nN])\u0303/g, (_, letter: string) => (letter === 'n' ? 'ñ' : 'Ñ'))
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}
