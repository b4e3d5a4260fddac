// What stands on receipts: totals, dates, numbers, addresses, amounts.
import { amount } from './prices.mjs';
import { phrase } from './words.mjs';

const totals = [
  ...['TOTAL', 'SUBTOTAL', 'CASH', 'CHANGE', 'TOTAL RM', 'GST 6%', 'Rounding Adj', 'IMPORTE', 'EFECTIVO', 'CAMBIO'],
  ...['TARJETA', 'BASE', 'IVA 21%', 'DESCUENTO', 'NET TOTAL', 'QTY', 'PRICE', 'AMOUNT'],
];
const numbered = [
  ...['TEL: ', 'TEL : ', 'Tel. ', 'FAX: ', 'GST ID: ', 'GST Reg No: ', 'Invoice No: ', 'DOC NO. : ', 'CASHIER: '],
  ...['Table: ', 'Bill No ', 'NIF: ', 'Co. Reg No. ', 'CARD ****'],
];
const streets = ['JALAN', 'TAMAN', 'LOT', 'C/', 'Avda.', 'PLAZA', 'Rua', 'Str.'];

/** Upper bound of the random number -> what is written. */
const kinds = [
  [0.15, total],
  [0.3, moment],
  [0.42, codeWithName],
  [0.55, address],
  [0.7, ({ random }) => digits(random, random.integer(4, 13))],
  [0.85, position],
  [1, product],
];

export function receiptLine(source) {
  const choice = source.random.next();
  const [, write] = kinds.find(([bound]) => choice < bound);
  return write(source);
}

function digits(random, count) {
  return Array.from({ length: count }, () => random.integer(0, 9)).join('');
}

function total({ random }) {
  const name = random.pick(totals) + random.pick([': ', ' ', ' : ', '  ']);
  return name + random.pick(['', 'RM ', 'RM', '$', '€ ']) + amount(random).join('.');
}

function moment({ random }) {
  const two = () => String(random.integer(1, 12)).padStart(2, '0');
  const separator = () => random.pick(['/', '-', '.']);
  const date = random.integer(1, 31) + separator() + two() + separator();
  const year = random.pick(['2018', '2017', '2025', '18', '25']);
  if (!random.happens(0.5)) return date + year;
  const minute = ` ${random.integer(0, 23)}:${digits(random, 2)}`;
  return date + year + minute + (random.happens(0.5) ? `:${digits(random, 2)}` : '') + random.pick(['', ' AM', ' PM']);
}

function codeWithName({ random }) {
  const start = random.pick(numbered) + digits(random, random.integer(2, 4)) + random.pick(['-', '', ' ']);
  const code = start + digits(random, random.integer(4, 8));
  return random.happens(0.3) ? code + random.pick(['-', '/']) + random.pick('ABCDEFGHKLMNPRSTUVWX') : code;
}

function address({ random, dictionaries }) {
  const street = `NO. ${random.integer(1, 99)}, ${random.pick(streets)}`;
  const name = random.pick(dictionaries.en.words).toUpperCase();
  return `${street} ${name} ${random.integer(1, 40)}/${random.integer(1, 20)},`;
}

function position({ random }) {
  const count = random.integer(1, 12) + random.pick([' x ', 'X', ' X ', ' @ ', ' pcs ']);
  const amounts = `${amount(random).join('.')}  ${amount(random).join('.')}`;
  return count + amounts + random.pick(['', ' S', ' SR', ' Z', '']);
}

function product(source) {
  const name = phrase(source, 'en', source.random.integer(1, 3)).toUpperCase();
  return `${name} ${amount(source.random).join('.')}`;
}
