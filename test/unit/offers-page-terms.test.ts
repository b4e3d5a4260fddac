/** What pages say of an offer beside its name and price: with a card, for a few days, of several. */
import { beforeAll, describe, expect, it } from 'vitest';
import { findOffers } from '../../src/analysis/offers/offers.js';
import type { OfferPage, PageOffers, PageWord } from '../../src/analysis/offers/page.js';
import { makeVocabulary } from '../../src/analysis/offers/vocabulary.js';
import { loadOfferWords } from '../../src/io/offer-data.js';
import { NO_RETAILER, type OfferWords } from '../../src/text/offer-words.js';
import { line } from '../support/page-words.js';

const words = new Map<string, OfferWords>();

beforeAll(async () => {
  for (const language of ['de', 'en', 'es']) words.set(language, (await loadOfferWords(language)) as OfferWords);
});

function read(language: string, date: string | null, lines: readonly (readonly PageWord[])[]): PageOffers {
  const page: OfferPage = { width: 800, height: 1000, language, words: lines.flat() };
  const vocabulary = makeVocabulary([words.get(language), words.get('en')] as OfferWords[]);
  return findOffers(page, { vocabulary, retailer: NO_RETAILER, date });
}

describe('prices with the card on pages', () => {
  it('have the discount in them that leads to them', () => {
    const { offers } = read('de', null, [
      line('LUMO Soßenbinder', 40, 100),
      line('275-g-Packung', 40, 126),
      line('UVP 1.79', 300, 130),
      line('-27 %', 420, 130, 30),
      line('Nur mit der App', 300, 156),
      line('1.29', 300, 190, 60),
    ]);
    expect(offers).toEqual([
      expect.objectContaining({ price: 1.29, regularPrice: 1.79, effectiveUnitPrice: 1.29, loyaltyRequired: true }),
    ]);
  });

  it('are told from those for all where a coupon leads from one to the other', () => {
    const { offers } = read('en', null, [
      line('Lumo Shampoo', 40, 100),
      line('12 fl oz', 40, 126),
      line('$5.00', 300, 130, 60),
      line('$2 off with digital coupon', 40, 216),
      line('Final price $3.00', 40, 242),
    ]);
    expect(offers).toEqual([
      expect.objectContaining({ price: 5, loyaltyPrice: 3, loyaltyRequired: false, effectiveUnitPrice: 3 }),
    ]);
  });
});

describe('days on pages', () => {
  it('that are fewer than those of the page are of the offer beside them', () => {
    const { offers } = read('en', '2026-05-08', [
      line('Prices valid May 6 - May 12, 2026', 40, 20, 30),
      line('Lumo Strawberries', 40, 200),
      line('16 oz', 40, 226),
      line('$1.99', 300, 200, 60),
      line('3 DAYS ONLY! May 9-11', 40, 262),
      line('Lumo Oat Drink', 40, 600),
      line('32 fl oz', 40, 626),
      line('$2.99', 300, 600, 60),
    ]);
    expect(offers.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      ['2026-05-09', '2026-05-11'],
      ['2026-05-06', '2026-05-12'],
    ]);
  });

  it('may stand apart from the word before them', () => {
    const { offers } = read('de', '2025-11-10', [
      line('ab', 340, 20, 34),
      line('Mo. 10.11.', 440, 20, 34),
      line('Lumo Haferdrink', 40, 200),
      line('1-l-Packung', 40, 226),
      line('1.29', 300, 200, 60),
    ]);
    expect(offers.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([['2025-11-10', null]]);
  });
});

describe('prices for a kilo on pages', () => {
  it('stay what is printed, whatever a piece weighs', () => {
    const { offers } = read('es', null, [
      line('Merluza del Cantábrico', 40, 100),
      line('pieza de 1,5 a 2 kg', 40, 126),
      line('12,95 €/kg', 40, 152),
      line('12,95€', 300, 130, 60),
    ]);
    expect(offers).toEqual([expect.objectContaining({ price: 12.95, pricePerBaseUnit: 12.95, baseUnit: 'kg' })]);
  });
});

describe('prices of several on pages', () => {
  it('are compared with what one costs regularly', () => {
    const { offers } = read('en', null, [
      line('Lumo Toothpaste', 40, 100),
      line('4.6 oz', 40, 126),
      line('2 for', 300, 110, 26),
      line('$9', 300, 146, 60),
      line('Reg. $5.49 each', 40, 156),
    ]);
    expect(offers).toEqual([
      expect.objectContaining({ price: 9, promotion: 'bundle-price', effectiveUnitPrice: 4.5, regularPrice: 5.49 }),
    ]);
  });

  it('tell what each costs where so many are bought', () => {
    const { offers } = read('es', null, [
      line('Lumo Crema de cacao', 40, 100),
      line('380 g', 40, 126),
      line('1,67€', 300, 130, 60),
      line('Comprando 2, la unidad sale a 1,25€', 40, 216),
    ]);
    expect(offers).toEqual([
      expect.objectContaining({ product: 'Lumo Crema de cacao', price: 1.67, effectiveUnitPrice: 1.25 }),
    ]);
  });
});
