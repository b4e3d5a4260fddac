/**
 * Normalisation before words are compared, and the word error rate. Both texts go through the same rules:
 *
 * 1. lower case, Unicode NFC; typographic apostrophes become `'`
 * 2. English only: Mr, Mrs, Dr and St. are written out; commas between digits are dropped; numbers are written as words
 *    (up to 999,999, with "and" after the hundred); `%` is "percent"
 * 3. all that is no letter, digit or apostrophe becomes a space; apostrophes at the edge of a word are dropped
 * 4. words are what white space separates
 *
 * Accents count: "destacabanse" for "destacábanse" is an error. Numbers in Spanish are left as they are.
 */
const ONES = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ');
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function inWords(number) {
  if (number < 20) return ONES[number];
  if (number < 100) return TENS[Math.floor(number / 10)] + (number % 10 ? ` ${ONES[number % 10]}` : '');
  if (number < 1000) {
    return `${ONES[Math.floor(number / 100)]} hundred${number % 100 ? ` and ${inWords(number % 100)}` : ''}`;
  }
  if (number < 1e6) {
    return `${inWords(Math.floor(number / 1000))} thousand${number % 1000 ? ` ${inWords(number % 1000)}` : ''}`;
  }
  return String(number);
}

function inEnglish(text) {
  return text
    .replace(/\bmr\.?(?=\s|$)/g, 'mister')
    .replace(/\bmrs\.?(?=\s|$)/g, 'missus')
    .replace(/\bdr\.?(?=\s|$)/g, 'doctor')
    .replace(/\bst\.(?=\s|$)/g, 'saint')
    .replace(/(\d),(\d{3})/g, '$1$2')
    .replace(/\d+/g, (digits) => ` ${inWords(Number(digits))} `)
    .replace(/%/g, ' percent');
}

/** The words that are compared. */
export function wordsOf(text, language) {
  const plain = text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\u2019`]/g, "'");
  return (language === 'en' ? inEnglish(plain) : plain)
    .replace(/[^\p{L}\p{N}' ]/gu, ' ')
    .replace(/(^|\s)'+|'+(?=\s|$)/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
}

/** Fewest insertions, deletions and substitutions that make one list of words of the other. */
export function errorsBetween(truth, heard) {
  let row = Array.from({ length: heard.length + 1 }, (_, index) => index);
  for (const [index, word] of truth.entries()) {
    const next = [index + 1];
    for (const [other, candidate] of heard.entries()) {
      next.push(Math.min(row[other + 1] + 1, next[other] + 1, row[other] + (word === candidate ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1);
}
