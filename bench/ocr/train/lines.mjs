// The text of the lines, by kind.
import { months, smallPrint, spanishPhrases, units } from './phrases.mjs';
import { amount, plainPrice, raisedPrice, tightPrice } from './prices.mjs';
import { receiptLine } from './receipts.mjs';
import { phrase } from './words.mjs';

const signs = [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789áéíóúüñÁÉÍÓÚÜÑçÇàèìòùÀÈÒâêîôûäöÄÖßëïãõ',
  ...'¡¿€ªº%&@#$£+-/.,:;!?()[]"\'’“”«»–—*°·…²³½¼®™©=<>_|',
];

/** Kind -> (source of random and dictionaries) -> a text, or a price whose parts are drawn in several sizes. */
export const kinds = { plain, flyer, cents, print };

/** Upper bound of the random number -> what a plain line is. */
const plainKinds = [
  [0.32, (source) => phrase(source, 'es', source.random.integer(1, 5))],
  [0.4, spanishPhrase],
  [0.47, (source) => phrase(source, 'de', source.random.integer(1, 4))],
  [0.53, (source) => phrase(source, source.random.pick(['fr', 'it', 'pt', 'ca']), source.random.integer(1, 4))],
  [0.61, (source) => phrase(source, 'en', source.random.integer(1, 5))],
  [0.77, prices],
  [0.85, receiptLine],
  [0.91, (source) => `${phrase(source, 'es', source.random.integer(1, 2))} ${source.random.pick(units)}`],
  [0.93, ({ random }) => random.pick(units)],
  [0.955, discount],
  [0.965, ({ random }) => `${random.integer(2, 4)}x${random.integer(1, 3)}`],
  [0.98, period],
  [1, ({ random }) => Array.from({ length: random.integer(3, 12) }, () => random.pick(signs)).join('')],
];

/** Words, prices, receipts' lines and random signs; at most 46 characters. */
function plain(source) {
  const choice = source.random.next();
  const [, write] = plainKinds.find(([bound]) => choice < bound);
  const text = write(source).replace(/\s+/g, ' ').trim();
  return { text: text.slice(0, 46).trim() };
}

/** Raised cents, small print, receipts' lines and some plain ones. */
function flyer(source) {
  const choice = source.random.next();
  if (choice < 0.34) return raisedPrice(source.random);
  if (choice < 0.66) return { text: smallPrintLine(source) };
  return choice < 0.84 ? { text: receiptLine(source) } : plain(source);
}

/** Mostly raised cents that stand above their separator. */
function cents(source) {
  return source.random.happens(0.2) ? flyer(source) : tightPrice(source.random);
}

/** What tills and needle printers print. */
function print(source) {
  const { random } = source;
  const choice = random.next();
  if (choice < 0.5) return { text: receiptLine(source) };
  if (choice < 0.75) return { text: phrase(source, 'en', random.integer(1, 5)).toUpperCase() };
  if (choice < 0.85) return { text: phrase(source, 'en', random.integer(1, 5)) };
  if (choice < 0.93) return { text: phrase(source, 'es', random.integer(1, 3)).toUpperCase() };
  return { text: amount(random).join('.') + random.pick(['', ' SR', ' S', ' Z']) };
}

function spanishPhrase(source) {
  const { random } = source;
  const start = random.pick(spanishPhrases);
  if (!random.happens(0.6)) return start;
  return `${start} ${random.happens(0.4) ? plainPrice(random) : phrase(source, 'es', random.integer(1, 3))}`;
}

function prices(source) {
  const { random } = source;
  if (random.happens(0.25)) return `${plainPrice(random)} ${plainPrice(random)}`;
  return random.happens(0.3) ? `${phrase(source, 'es', 1)} ${plainPrice(random)}` : plainPrice(random);
}

function discount({ random }) {
  const number = (random.happens(0.5) ? '-' : '') + random.integer(1, 90);
  return `${number + (random.happens(0.5) ? ' ' : '')}%${random.pick(['', ' dto.', ' de descuento', ''])}`;
}

function period({ random }) {
  const days = `Del ${random.integer(1, 15)} al ${random.integer(16, 31)} de ${random.pick(months)}`;
  return random.happens(0.5) ? `${days} de 20${random.integer(23, 27)}` : days;
}

/** Headings, products and prices one after another, 20 to 78 characters. */
function smallPrintLine(source) {
  const { random } = source;
  let text = '';
  do {
    if (text !== '') text += random.pick([' ', ' ', ', ', '. ', ' ', ' - ']);
    text += smallPrintPiece(source);
  } while (text.length < 8 || random.happens(0.62));
  if (random.happens(0.5) && text.length < 60) text += random.pick(['.', '', ` ${plainPrice(random)}`, '*', ':']);
  return text.slice(0, random.integer(20, 78)).trim();
}

function smallPrintPiece(source) {
  const { random } = source;
  if (random.happens(0.7)) return random.pick(smallPrint);
  if (random.happens(0.4)) return plainPrice(random);
  const language = random.happens(0.6) ? 'es' : random.pick(['de', 'en', 'fr']);
  return phrase(source, language, random.integer(1, 3));
}
