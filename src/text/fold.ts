/** Forms under which words are looked up. */

/** Lower case, composed, straight apostrophes. */
export function normalizeWord(word: string): string {
  return word.normalize('NFC').toLowerCase().replaceAll('’', "'");
}

/** Without accents, but with ñ: `pésimo` gives `pesimo`, `año` stays. */
export function withoutAccents(word: string): string {
  return word
    .normalize('NFD')
    .replace(/n\u0303/g, 'ñ')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}
