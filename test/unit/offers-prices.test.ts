import { beforeAll, describe, expect, it } from 'vitest';
import { findFigures } from '../../src/analysis/offers/figures.js';
import { findOffers } from '../../src/analysis/offers/offers.js';
import type { PageOffers, PageWord } from '../../src/analysis/offers/page.js';
import { readPrint } from '../../src/analysis/offers/price-print.js';
import { partSign, printedCurrency, signOf } from '../../src/analysis/offers/price-signs.js';
import { type Sense, toSense } from '../../src/analysis/offers/sense.js';
import type { OfferContext } from '../../src/analysis/offers/text-parts.js';
import { makeVocabulary } from '../../src/analysis/offers/vocabulary.js';
import { loadOfferWords } from '../../src/io/offer-data.js';
import type { Box } from '../../src/model.js';
import { NO_RETAILER, type OfferWords } from '../../src/text/offer-words.js';

let context: OfferContext;

beforeAll(async () => {
  const words = (await Promise.all(['es', 'en', 'de'].map(loadOfferWords))) as OfferWords[];
  context = { vocabulary: makeVocabulary(words), retailer: NO_RETAILER, date: '2025-11-10' };
});

const BODY = 22;
const BIG = 60;
const COLUMN = 330;
const ROW = 260;

/** Words of a line: letters about half as wide as the line is high, a space of 0.3 heights. */
function line(text: string, x: number, y: number, height: number, confidence = 0.97): PageWord[] {
  let left = x;
  return text.split(' ').map((word) => {
    const box: Box = [left, y, Math.round(word.length * height * 0.55), height];
    left += box[2] + Math.round(height * 0.3);
    return { text: word, confidence, box };
  });
}

/** Cells of a page, three beside each other: a name above a big price, and small lines below. */
function cells(all: readonly (readonly [name: string, price: string, ...small: string[]])[], confidence?: number) {
  return all.flatMap(([name, price, ...small], i) => {
    const [x, y] = [30 + (i % 3) * COLUMN, 60 + Math.floor(i / 3) * ROW];
    return [
      ...line(name, x, y, BODY, confidence),
      ...line(price, x, y + 28, BIG, confidence),
      ...small.flatMap((text, at) => line(text, x, y + 106 + 28 * at, BODY, confidence)),
    ];
  });
}

function read(words: readonly PageWord[], currency: string | null = null): PageOffers {
  const retailer = { ...NO_RETAILER, currency };
  return findOffers({ width: 1000, height: 1400, language: 'es', words }, { ...context, retailer });
}

const pricesOf = ({ offers }: PageOffers) => offers.map(({ price, currency }) => [price, currency]);
const discardsOf = ({ discards }: PageOffers) => discards.map(({ amount, currency }) => [amount, currency]);
const senseOf = (currency: string | null): Sense => toSense(context, { language: 'es', body: BODY, currency });

describe('words as prices', () => {
  it.each([
    ['1.99', 1.99],
    ['19,99€', 19.99],
    ['£l.75', 1.75],
    ['2.691', 2.69],
    ['111', 1.11],
    ['$119', 119],
    ['1.299€', 1299],
    ['£1,299', 1299],
    ['1.299,00', 1299],
    ['1,299.00€', 1299],
    ['12.345,67', 12345.67],
    ["CHF1'299.00", 1299],
    ['1.299,-', 1299],
    ['49:-', 49],
    ['7.-', 7],
    ['95p', 0.95],
    ['¢44', 0.44],
    ['35€99', 35.99],
    ["1'19", 1.19],
    ['$2..59', 2.59],
    ['…10,49€', 10.49],
    ['12,99zł', 12.99],
    ['R$19,90', 19.9],
  ])('reads %s', (text, amount) => {
    expect(readPrint(text, senseOf(null))?.readings[0]?.amount).toBe(amount);
  });
  it.each(['100-tlg.', '50%', 'Stück', '24x', '10.11.', '3P', '5C', '3p'])('takes %s for no price', (text) => {
    expect(readPrint(text, senseOf(null))).toBeNull();
  });
  it('reads thousands beside a sign in a word of its own, else the mark of a footnote', () => {
    const amounts = (isSigned: boolean) => readPrint('1.299', senseOf('EUR'), isSigned)?.readings.map((r) => r.amount);
    expect(amounts(true)).toEqual([1299, 1.29]);
    expect(amounts(false)).toEqual([1.29, 1299]);
  });
  it('takes the names of hundredths that the page may use', () => {
    const isPrice = (text: string, currency: string) => readPrint(text, senseOf(currency)) !== null;
    expect([isPrice('8p', 'GBP'), isPrice('85p', 'EUR'), isPrice('85p', 'USD')]).toEqual([true, false, false]);
    expect([isPrice('99c', 'USD'), isPrice('99c', 'EUR'), isPrice('99ct', 'EUR')]).toEqual([true, false, true]);
  });
});

describe('signs', () => {
  it.each([
    ['€', 'EUR'],
    ['CHF', 'CHF'],
    ['kr', 'SEK'],
    ['zł', 'PLN'],
    ['Kč', 'CZK'],
    ['Ft', 'HUF'],
    ['C$', 'CAD'],
    ['NZ$', 'NZD'],
    ['₺', 'TRY'],
  ])('%s is %s', (text, code) => {
    expect(signOf(text, null)).toBe(code);
  });
  it.each(['ft', 'Fr.', 'pounds', 'le', 'all', 'R', 'kg', 'Milch', '%'])('%s is none', (text) => {
    expect(signOf(text, null)).toBeNull();
  });
  it('heeds the hint', () => {
    expect([signOf('$', 'MXN'), signOf('kr', 'NOK'), signOf('Fr.', 'CHF')]).toEqual(['MXN', 'NOK', 'CHF']);
  });
  it('parts words', () => {
    expect(partSign('R$19,90', null)).toEqual({ text: '19,90', currency: 'BRL' });
    expect(partSign('500g', null)).toEqual({ text: '500g', currency: null });
  });
  it('counts what the page prints', () => {
    expect(printedCurrency(line('2,99 € 1,99 € £3.50 Milch', 0, 0, 20), null)).toBe('EUR');
    expect(printedCurrency(line('Milch 500 g', 0, 0, 20), null)).toBeNull();
  });
});

describe('pages of whole prices', () => {
  it('in euros, the sign apart or not', () => {
    const page = read(
      cells([
        ['Televisor LED', '299 €'],
        ['Lavadora blanca', '1.299 €'],
        ['Microondas', '89 €'],
        ['Silla roja', '25€'],
        ['Mesa pino', '499€'],
        ['Moto', '12.999 €'],
      ]),
    );
    expect(pricesOf(page)).toEqual([299, 1299, 89, 25, 499, 12999].map((price) => [price, 'EUR']));
    expect(page.offers.flatMap(({ flags }) => flags)).toEqual([]);
    expect(page.discards).toEqual([]);
  });
  it('in pounds', () => {
    const page = read(
      cells([
        ['Garden sofa', '£1,299'],
        ['Coffee machine', '£299'],
        ['Oak table', '£ 45'],
      ]),
    );
    expect(pricesOf(page)).toEqual([1299, 299, 45].map((price) => [price, 'GBP']));
  });
  it('in forints', () => {
    const page = read(
      cells([
        ['Tej', '399 Ft'],
        ['Vaj', '1.299 Ft'],
        ['Robot', '12 999 Ft'],
      ]),
    );
    expect(pricesOf(page)).toEqual([399, 1299, 12999].map((price) => [price, 'HUF']));
  });
  it('among prices with cents', () => {
    const page = read(
      cells([
        ['Televisor LED', '299 €'],
        ['Yogur griego', '1,99 €'],
        ['Leche entera', '0,89€'],
      ]),
    );
    expect(pricesOf(page).map(([price]) => price)).toEqual([299, 1.99, 0.89]);
  });
  it('of a text layer, without signs', () => {
    const words = cells(
      [
        ['Televisor LED', '299'],
        ['Sofá gris', '1299'],
      ],
      1,
    );
    expect(pricesOf(read(words, 'EUR')).map(([price]) => price)).toEqual([299, 1299]);
  });
});

describe('prices without a point', () => {
  /** `2` in big print with `49` half as high at its top. */
  const raised = (x: number, y: number): PageWord[] => [
    ...line('2', x, y, BIG),
    { text: '49', confidence: 0.97, box: [x + 36, y, 32, 30] },
  ];
  it('are of hundredths where the others have raised cents, and say so', () => {
    const words = [
      ...cells([
        ['Yogur griego', '249 €', '500 g'],
        ['Leche entera', '1,00'],
      ]).filter(({ text }) => text !== '1,00'),
      ...raised(360, 88),
      ...line('Queso tierno', 690, 60, BODY),
      ...raised(690, 88),
    ];
    const { offers } = read(words);
    expect(offers.map(({ price, flags }) => [price, flags])).toEqual([
      [2.49, ['completed-price']],
      [2.49, []],
      [2.49, []],
    ]);
    const [whole] = read(cells([['Yogur griego', '249 €', '500 g']])).offers;
    expect(whole?.price).toBe(249);
  });
  it('are told by the unit price', () => {
    const beside = read(cells([['Yogur griego', '249 €', '500 g (1 kg = 4,98 €)']])).offers;
    const above = read(cells([['Yogur 500 g (1 kg = 4,98 €)', '249 €']])).offers;
    for (const [offer] of [beside, above]) expect([offer?.price, offer?.flags]).toEqual([2.49, ['completed-price']]);
  });
  it('are cents alone beside a small sign only', () => {
    const [units] = findFigures(
      [...line('49', 0, 0, BIG), { text: '€', confidence: 0.97, box: [70, 0, 15, 24] }],
      senseOf('EUR'),
    ).figures;
    expect(units?.readings[0]).toMatchObject({ amount: 0.49, isWhole: false });
  });
});

describe('thousands that a space parts', () => {
  it('are one amount in big print', () => {
    const page = read(
      cells([
        ['Mesa pino', '1 299,00 €'],
        ['Silla roja', '45,00 €'],
        ['Armario', '1 299 €'],
      ]),
    );
    expect(pricesOf(page).map(([price]) => price)).toEqual([1299, 45, 1299]);
    expect(page.discards).toEqual([]);
  });
  it('are one amount at the ends of lines', () => {
    const names = ['Mesa pino', 'Silla roja', 'Armario blanco', 'Cama doble', 'Sofá gris'];
    const words = names.flatMap((name, i) => [
      ...line(name, 30, 60 + 60 * i, BODY),
      ...line(`${i + 1} 299,00 €`, 300, 60 + 60 * i, BODY),
    ]);
    expect(pricesOf(read(words)).map(([price]) => price)).toEqual([1299, 2299, 3299, 4299, 5299]);
  });
  it('are no more than a space apart', () => {
    const words = [...line('1', 0, 0, BIG), ...line('299,00 €', 80, 0, BIG)];
    expect(findFigures(words, senseOf('EUR')).figures.map(({ readings }) => readings[0]?.amount)).toEqual([299]);
  });
});

describe('currencies of a page', () => {
  it('are those beside the prices', () => {
    const page = read(
      cells([
        ['Milk', 'CHF 1.99'],
        ['Bread', '1,99 €'],
        ['Rice', '₹ 64.00'],
        ['Tea', '¥ 198'],
        ['Figs', '₺ 99,90'],
        ['Ost', '12,95 kr'],
        ['Cheese', 'C$ 4.99'],
        ['Wine', 'A$3.50'],
        ['Kiwi', 'NZ$ 9.99'],
        ['Ser', '12,99zł'],
        ['Arroz', 'R$19,90'],
        ['Sir', '49 Kč'],
      ]),
    );
    expect(pricesOf(page)).toEqual([
      [1.99, 'CHF'],
      [1.99, 'EUR'],
      [64, 'INR'],
      [198, 'JPY'],
      [99.9, 'TRY'],
      [12.95, 'SEK'],
      [4.99, 'CAD'],
      [3.5, 'AUD'],
      [9.99, 'NZD'],
      [12.99, 'PLN'],
      [19.9, 'BRL'],
      [49, 'CZK'],
    ]);
  });
  it('are not those of cents among pounds', () => {
    const words = cells([
      ['Kaffeemaschine', '89 €'],
      ['Kettle', '45.00 £'],
      ['Toaster', '12.00 £'],
    ]);
    expect(pricesOf(read(words))).toEqual([
      [89, 'EUR'],
      [45, 'GBP'],
      [12, 'GBP'],
    ]);
  });
  it('among dollars, a sign of euros behind two figures is one of cents', () => {
    const words = cells([
      ['Milk', '$2.99'],
      ['Bread', '$1.99'],
      ['Butter', '$4.49'],
      ['Limes', '89€'],
    ]);
    expect(pricesOf(read(words)).at(-1)).toEqual([0.89, 'USD']);
  });
});

describe('every price is in an offer or a discard', () => {
  it('the first of a range', () => {
    expect(discardsOf(read(cells([['Leche entera', '1,99 €', 'desde 12,50/95,50€']])))).toEqual([
      [12.5, 'EUR'],
      [95.5, 'EUR'],
    ]);
  });
  it('cents behind their sign and around it, and whole prices in the size of the text', () => {
    const small = ['¢44', '82€12', '77 €'];
    const page = read(cells([['Leche entera', '1,99 €', ...small]]));
    expect(discardsOf(page)).toHaveLength(3);
    expect(discardsOf(page)).toEqual(
      expect.arrayContaining([
        [0.44, 'EUR'],
        [82.12, 'EUR'],
        [77, 'EUR'],
      ]),
    );
  });
  it('counts are no prices', () => {
    const page = read(cells([['Leche entera', '1,99 €', '3P', '5C', '99 c/u']]));
    expect(page.priceCount).toBe(1);
  });
});
