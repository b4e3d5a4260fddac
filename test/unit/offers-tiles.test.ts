import { beforeAll, describe, expect, it } from 'vitest';
import { likeliestLanguage } from '../../src/analysis/offers/flyer-language.js';
import { findOffers } from '../../src/analysis/offers/offers.js';
import type { OfferPage, PageWord } from '../../src/analysis/offers/page.js';
import type { OfferContext } from '../../src/analysis/offers/text-parts.js';
import { makeVocabulary } from '../../src/analysis/offers/vocabulary.js';
import { listOfferLanguages, loadOfferWords } from '../../src/io/offer-data.js';
import { NO_RETAILER, type OfferWords } from '../../src/text/offer-words.js';
import { line } from '../support/page-words.js';

const words = new Map<string, OfferWords>();
let context: OfferContext;

beforeAll(async () => {
  for (const language of await listOfferLanguages())
    words.set(language, (await loadOfferWords(language)) as OfferWords);
  const vocabulary = makeVocabulary([words.get('es') as OfferWords]);
  context = { vocabulary, retailer: NO_RETAILER, date: '2022-03-15' };
});

const pageOf = (lines: readonly PageWord[][]): OfferPage => ({
  width: 1000,
  height: 1000,
  language: 'es',
  words: lines.flat(),
});

/** Sticker, picture, name, size and price from the top; the next tile begins right below. */
const tile = (y: number, { sticker, name, size, regular, price }: Record<string, string>): PageWord[][] => [
  ...(sticker ? [line(sticker, 40, y + 10, 26)] : []),
  line(name ?? '', 40, y + 170),
  line(size ?? '', 40, y + 196),
  ...(regular ? [line(regular, 250, y + 226)] : []),
  line(price ?? '', 250, y + 260, 50),
];

describe('stickers of tiles under each other', () => {
  it('go to their own tile, where the one above is nearer', () => {
    const page = pageOf([
      ...tile(0, { name: 'Aceite de oliva Lumo', size: 'botella 750 ml', regular: 'Antes 8,00€', price: '7,00€' }),
      ...tile(320, {
        sticker: '-15%',
        name: 'Tomate frito Brisa',
        size: '400 g',
        regular: 'Antes 2,00€',
        price: '1,70€',
      }),
      ...tile(640, { sticker: '3x2', name: 'Arroz redondo Nube', size: '1 kg', price: '1,50€' }),
    ]);
    const { offers } = findOffers(page, context);
    const said = offers.map(({ product, promotion, effectiveUnitPrice }) => [product, promotion, effectiveUnitPrice]);
    expect(said).toEqual(
      expect.arrayContaining([
        ['Aceite de oliva Lumo', 'none', 7],
        ['Tomate frito Brisa', 'percent-off', 1.7],
        ['Arroz redondo Nube', 'multi-buy', 1],
      ]),
    );
    expect(offers).toHaveLength(3);
  });
});

describe('what several cost', () => {
  it('is a price of several where words beside the figure say so', () => {
    const page = pageOf([
      line('Queso curado de oveja', 40, 100),
      line('pieza 400 g', 40, 126),
      line('2 por', 40, 170, 40),
      line('10,00€', 150, 160, 50),
    ]);
    const [offer] = findOffers(page, context).offers;
    expect(offer).toMatchObject({
      promotion: 'bundle-price',
      price: 10,
      effectiveUnitPrice: 5,
      pricePerBaseUnit: 12.5,
    });
  });
});

describe('dates', () => {
  it('of one offer are not those of the page', () => {
    const page = pageOf([
      line('Del 14 al 20 de marzo', 500, 20, 30),
      line('Aceite de oliva Lumo', 40, 300),
      line('botella 750 ml', 40, 326),
      line('7,00€', 40, 360, 50),
      line('Tomate frito Brisa', 540, 300),
      line('400 g', 540, 326),
      line('Solo viernes 18 y sábado 19 de marzo', 540, 352),
      line('1,70€', 540, 390, 50),
    ]);
    const { offers } = findOffers(page, context);
    const dates = new Map(offers.map(({ product, validFrom, validTo }) => [product, [validFrom, validTo]]));
    expect(dates.get('Aceite de oliva Lumo')).toEqual(['2022-03-14', '2022-03-20']);
    expect(dates.get('Tomate frito Brisa')).toEqual(['2022-03-18', '2022-03-19']);
  });
});

describe('sizes', () => {
  it('have their litres back where they were read as figures', () => {
    const page = pageOf([
      line('Agua mineral Lumo', 40, 100),
      line('botella 1,51', 40, 126),
      line('0,60 €/l', 40, 152),
      line('0,90€', 40, 190, 50),
    ]);
    const [offer] = findOffers(page, context).offers;
    expect(offer).toMatchObject({ size: { count: 1, amount: 1.5, unit: 'l' }, pricePerBaseUnit: 0.6 });
  });
});

describe('the language of a flyer', () => {
  it('is that whose words it has most of', () => {
    expect(likeliestLanguage('Valable du 18 au 24 avril. Bouteille 75 cl, le litre, avec la carte', words)).toBe('fr');
    expect(likeliestLanguage('Válido de 18 a 24 de abril. Garrafa, com cartão, desconto', words)).toBe('pt');
    expect(likeliestLanguage('Gültig bis Samstag, je Packung, versch. Sorten', words)).toBe('de');
  });
  it('is none where no words tell', () => {
    expect(likeliestLanguage('Lumo 3 12,00', words)).toBeNull();
  });
});
