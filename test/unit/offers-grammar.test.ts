/** What must hold for any text: nothing throws, what is printed is read back, and no pattern is slow. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveUnitPrice } from '../../src/analysis/offers/effective-price.js';
import { findAmounts, parseMoney } from '../../src/analysis/offers/money.js';
import { minus, over, plus, roundDecimal, times, toFraction } from '../../src/analysis/offers/numbers.js';
import { findPromotions } from '../../src/analysis/offers/promotions.js';
import { agreesWithUnitPrice, findSizes, pricePerBaseUnit } from '../../src/analysis/offers/sizes.js';
import { readTextOffer } from '../../src/analysis/offers/text-offer.js';
import { findUnitPrices } from '../../src/analysis/offers/unit-prices.js';
import { findValidity } from '../../src/analysis/offers/validity.js';
import { makeVocabulary } from '../../src/analysis/offers/vocabulary.js';
import { listOfferLanguages, loadOfferWords } from '../../src/io/offer-data.js';
import { levelText } from '../../src/text/level.js';
import { NO_RETAILER, type OfferWords, type RetailerSettings } from '../../src/text/offer-words.js';

const languages = await Promise.all((await listOfferLanguages()).map(loadOfferWords));
const vocabulary = makeVocabulary(languages as OfferWords[]);
const context = { vocabulary, retailer: NO_RETAILER, date: '2020-04-09' };

/** Groups of three digits from the right. */
function grouped(whole: number, separator: string): string {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/g, separator);
}

const amounts = fc.tuple(fc.integer({ min: 0, max: 9_999_999 }), fc.integer({ min: 0, max: 99 }));
const pieces = [
  '2ª unidad',
  ' al ',
  '50%',
  '-70 %',
  '3x2',
  '6x1L',
  '1,99 €',
  '$',
  '€',
  ' ',
  '12',
  '.',
  ',',
  "'",
  'kg',
  'g ',
];
const wordy = [
  'del 9 al 22 de abril',
  'hasta',
  '31/02',
  'antes',
  'con tu tarjeta',
  'Pfand',
  'İ',
  '½',
  '\n',
  '😀',
  'ß',
  '١٢',
];
const flyerText = fc.array(fc.constantFrom(...pieces, ...wordy), { maxLength: 12 }).map((parts) => parts.join(''));
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  flyerText,
);

describe('amounts', () => {
  const ways: readonly (readonly [string, (whole: number, cents: string) => string, string])[] = [
    ['1.249,50 €', (whole, cents) => `${grouped(whole, '.')},${cents} €`, 'EUR'],
    ['€ 1 249,50', (whole, cents) => `€ ${grouped(whole, '\u202f')},${cents}`, 'EUR'],
    ['$1,249.50', (whole, cents) => `$${grouped(whole, ',')}.${cents}`, 'USD'],
    ["CHF 1'249.50", (whole, cents) => `CHF ${grouped(whole, "'")}.${cents}`, 'CHF'],
    ['1249,50 kr', (whole, cents) => `${whole},${cents} kr`, 'SEK'],
    ['1249€50', (whole, cents) => `${whole}€${cents}`, 'EUR'],
    ['£1249.50 each', (whole, cents) => `£${whole}.${cents} each`, 'GBP'],
  ];

  it.each(ways)('are read back from %s', (_, print, currency) => {
    fc.assert(
      fc.property(amounts, ([whole, hundredths]) => {
        const text = print(whole, String(hundredths).padStart(2, '0'));
        const amount = Number(`${whole}.${String(hundredths).padStart(2, '0')}`);
        expect(parseMoney(text)).toEqual({ amount, currency });
        expect(findAmounts(`Queso curado ${text}`)).toMatchObject([{ amount, currency }]);
      }),
    );
  });

  it('stand where they say', () => {
    const text = 'antes 3,49 € ahora 2,49 €/kg';
    const found = findAmounts(text).map(({ start, end, per }) => [text.slice(start, end), per]);
    expect(found).toEqual([
      ['3,49 €', null],
      ['2,49 €', 'kg'],
    ]);
  });

  it('are not seen in measures, dates, percentages and bare numbers', () => {
    for (const text of ['0,75 l', '12.50 kg', '10.11. - 15.11.2025', '25,50 %', '12', '1.5.2020', '12.30 Uhr', '3x2'])
      expect(findAmounts(text)).toEqual([]);
  });

  it('have raised cents only where it is said', () => {
    expect(parseMoney('2 49')).toEqual({ amount: 2, currency: null });
    expect(parseMoney('2 49', { hasRaisedCents: true })).toEqual({ amount: 2.49, currency: null });
  });

  it('are in the currency of the hint where the sign is shared', () => {
    expect(parseMoney('$ 45', { currency: 'MXN' })).toEqual({ amount: 45, currency: 'MXN' });
    expect(parseMoney('129 kr', { currency: 'NOK' })).toEqual({ amount: 129, currency: 'NOK' });
    expect(parseMoney('129 kr', { currency: 'EUR' })).toEqual({ amount: 129, currency: 'SEK' });
    expect(parseMoney('99 cts', { currency: 'EUR' })).toEqual({ amount: 0.99, currency: 'EUR' });
  });
});

describe('decimal arithmetic', () => {
  it('rounds half up', () => {
    expect(roundDecimal(toFraction(1.005), 2)).toBe(1.01);
    expect(roundDecimal(toFraction(0.00005), 4)).toBe(0.0001);
    expect(roundDecimal(over(toFraction(2), toFraction(3)), 4)).toBe(0.6667);
    expect(roundDecimal(toFraction(1e-7), 4)).toBe(0);
    expect(roundDecimal(toFraction(1e21), 4)).toBe(1e21);
  });

  it('loses nothing', () => {
    expect(roundDecimal(plus(toFraction(0.1), toFraction(0.2)), 4)).toBe(0.3);
    expect(roundDecimal(times(toFraction(1.1), toFraction(1.1)), 4)).toBe(1.21);
    expect(roundDecimal(minus(toFraction(1), toFraction(2)), 4)).toBe(0);
    expect(() => over(toFraction(1), toFraction(0))).toThrow(RangeError);
  });
});

describe('promotions', () => {
  it('never make a unit dearer than its price, nor cheaper than nothing', () => {
    fc.assert(
      fc.property(flyerText, fc.integer({ min: 0, max: 100_000 }), (text, hundredths) => {
        const price = hundredths / 100;
        for (const promotion of findPromotions(text, vocabulary, NO_RETAILER)) {
          if (promotion.bundlePrice !== undefined) continue;
          const effective = effectiveUnitPrice(price, promotion);
          expect(effective).toBeGreaterThanOrEqual(0);
          expect(effective).toBeLessThanOrEqual(price);
        }
      }),
    );
  });

  it('ask the retailer what a percentage of the second unit means', () => {
    const retailer: RetailerSettings = { ...NO_RETAILER, nthUnitPercentMeans: 'pay' };
    const [promotion] = findPromotions('2ª unidad al 70%', vocabulary, retailer);
    expect(promotion).toMatchObject({ kind: 'nth-unit', nth: 2, nthShare: 0.7, isAmbiguous: true });
    expect(effectiveUnitPrice(2, promotion!)).toBe(1.7);
    expect(findPromotions('2ª unidad -70%', vocabulary, retailer)).toMatchObject([{ nthShare: 0.3 }]);
  });

  it('know the names of cards of the retailer', () => {
    const retailer: RetailerSettings = { ...NO_RETAILER, loyaltyWords: ['Fidaty'] };
    expect(findPromotions('2,49 Fidaty', vocabulary, retailer)).toMatchObject([
      { kind: 'loyalty', needsLoyalty: true },
    ]);
  });
});

describe('sizes and prices for base units', () => {
  it('are checked against each other', () => {
    const size = { count: 1, amount: 300, unit: 'g' };
    expect(agreesWithUnitPrice(1.99, size, { amount: 6.63, unit: 'kg' })).toBe(true);
    expect(agreesWithUnitPrice(1.99, size, { amount: 6.64, unit: 'kg' })).toBe(true);
    expect(agreesWithUnitPrice(1.99, size, { amount: 6.93, unit: 'kg' })).toBe(false);
    expect(agreesWithUnitPrice(1.99, size, { amount: 6.63, unit: 'l' })).toBe(false);
  });

  it('give the size back that was printed', () => {
    const sizes = fc.record({
      count: fc.integer({ min: 2, max: 99 }),
      amount: fc.integer({ min: 1, max: 999 }),
      unit: fc.constantFrom('g', 'kg', 'ml', 'cl', 'l'),
    });
    fc.assert(
      fc.property(sizes, (size) => {
        const [found] = findSizes(`${size.count} x ${size.amount} ${size.unit}`, vocabulary);
        expect(found).toMatchObject(size);
        expect(pricePerBaseUnit(0, size)?.amount).toBe(0);
      }),
    );
  });
});

describe('any text', () => {
  it('is read without an error, and its places are places of the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(levelText(text).length).toBe(text.length);
        const found = [
          ...findAmounts(text),
          ...findSizes(text, vocabulary),
          ...findUnitPrices(text, vocabulary),
          ...findPromotions(text, vocabulary, NO_RETAILER),
          ...findValidity(text, vocabulary, '2020-04-09'),
        ];
        for (const { start, end } of found) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        const offer = readTextOffer(text, context);
        expect(offer.price === null || offer.price >= 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('ten thousand characters of junk', () => {
  const LENGTH = 10_000;
  const seeds = [
    '9',
    '1 ',
    '9.',
    '9,9 ',
    '1/',
    '1.1.',
    '2x',
    '12 x ',
    '10 - ',
    '- ',
    '€',
    '€ 1',
    'x',
    'a',
    'é',
    '{[(',
    "' ",
  ];
  const phrases = [
    '2ª unidad ',
    '3 por ',
    'lleva 3 ',
    'buy 1 get ',
    '50% ',
    'con tu ',
    'de ',
    'free ',
    'kg ',
    '1 kg = ',
  ];
  const dates = ['del 9 al ', 'hasta el ', 'lunes ', '9 de ', 'abril 9 ', 'spend 5 € a ', 'segunda '];
  const junk = [...seeds, ...phrases, ...dates].map((seed) =>
    levelText(seed.repeat(Math.ceil(LENGTH / seed.length)).slice(0, LENGTH)),
  );

  function cpuMilliseconds(read: () => unknown): number {
    const before = process.cpuUsage();
    read();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }

  /** Whether a text takes that long, of five times: the first compiles the pattern, and other threads count too. */
  function isSlow(read: (text: string) => unknown, milliseconds: number): boolean {
    return junk.some((text) => [1, 2, 3, 4, 5].every(() => cpuMilliseconds(() => read(text)) >= milliseconds));
  }

  const patterns: [string, RegExp][] = [
    ...vocabulary.promotions.map(({ phrase, pattern }): [string, RegExp] => [phrase, pattern]),
    ...vocabulary.unitPrices.map(({ phrase, pattern }): [string, RegExp] => [phrase, pattern]),
    ...Object.entries(vocabulary.markers),
  ];

  it('takes no phrase 5 ms', () => {
    const slow = patterns.filter(([, pattern]) => isSlow((text) => Array.from(text.matchAll(pattern)), 5));
    expect(slow.map(([phrase]) => phrase)).toEqual([]);
  });

  // each of these runs several patterns on every number that it finds
  it.each([
    ['amounts', (text: string) => findAmounts(text)],
    ['one amount', (text: string) => parseMoney(text)],
    ['sizes', (text: string) => findSizes(text, vocabulary)],
    ['dates', (text: string) => findValidity(text, vocabulary, '2020-04-09')],
  ])('takes all patterns for %s together less than 50 ms', (_, read) => {
    expect(isSlow(read, 50)).toBe(false);
  });
});
