// Words of seven languages, put together as flyers do.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionWords } from './phrases.mjs';

/** Language -> file in the folder of word lists, as the Debian packages name them. */
const files = {
  es: 'spanish',
  de: 'ngerman',
  fr: 'french',
  it: 'italian',
  pt: 'portuguese',
  ca: 'catalan',
  en: 'american-english',
};
const accented = /[áéíóúñüÁÉÍÓÚÑÜäöüßàèìòùâêîôûçëïãõ]/;

/** Language -> its words in Latin script of 2 to 14 letters, and those of them with accents. */
export function readDictionaries(folder) {
  return Object.fromEntries(
    Object.entries(files).map(([language, file]) => {
      const words = readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .map((word) => word.trim().normalize('NFC'))
        .filter((word) => word.length >= 2 && word.length <= 14 && /^[\p{Script=Latin}'’·-]+$/u.test(word));
      return [language, { words, accented: words.filter((word) => accented.test(word)) }];
    }),
  );
}

/** `count` random words in one of the usual cases, some of them with punctuation. */
export function phrase({ random, dictionaries }, language, count) {
  const words = Array.from({ length: count }, () => word(random, dictionaries[language], functionWords[language]));
  const cased = inCase(random, words);
  const joined = random.happens(0.12)
    ? cased.replace(/ /, random.pick([', ', '. ', ' - ', ' / ', ': ', ' & ', ' + ', '; ']))
    : cased;
  return punctuated(random, joined);
}

function word(random, dictionary, small) {
  if (random.happens(0.22)) return random.pick(small);
  return random.pick(random.happens(0.45) ? dictionary.accented : dictionary.words);
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

function inCase(random, words) {
  const choice = random.next();
  if (choice < 0.3) return words.join(' ').toUpperCase();
  if (choice < 0.65) return capital(words.join(' '));
  if (choice < 0.8) return words.map(capital).join(' ');
  return words.map((text, index) => (index > 0 && random.happens(0.1) ? inAnyCase(random, text) : text)).join(' ');
}

function inAnyCase(random, text) {
  const choice = random.next();
  if (choice < 0.55) return text;
  return choice < 0.8 ? capital(text) : text.toUpperCase();
}

function punctuated(random, text) {
  const choice = random.next();
  if (choice < 0.07) return `¡${text}!`;
  if (choice < 0.11) return `¿${text}?`;
  if (choice < 0.15) return `(${text})`;
  if (choice < 0.18) return `«${text}»`;
  if (choice < 0.24) return text + random.pick(['.', ',', ':', ';', '*', '...', '…']);
  if (choice < 0.26) return `“${text}”`;
  if (choice < 0.28) return `"${text}"`;
  return choice < 0.3 ? `• ${text}` : text;
}
