import { describe, expect, it } from 'vitest';
import { type WatchEntry, WatchList } from '../../src/analysis/offers/watch-list.js';

function entry(product: string, more: Partial<WatchEntry> = {}): WatchEntry {
  return { product, brand: null, id: null, keywords: [], isRival: null, ...more };
}

/** The name of the entry that an offer matches, or null. */
function matched(entries: readonly WatchEntry[], product: string, quote = product, brand: string | null = null) {
  return new WatchList(entries).match({ product, brand, quote })?.entry.product ?? null;
}

describe('names that are written in other ways', () => {
  const list = [entry('Nuvela yogur griego natural'), entry('Queso tierno Dulzama'), entry('Café molido Tostalba')];

  it.each([
    ['case and accents', 'CAFE MOLIDO TOSTALBA', 'Café molido Tostalba'],
    ['order of words', 'Griego natural yogur Nuvela', 'Nuvela yogur griego natural'],
    ['plural', 'Nuvela yogures griegos naturales', 'Nuvela yogur griego natural'],
    ['a missing word', 'Nuvela griego natural', 'Nuvela yogur griego natural'],
    ['fillers and sizes', 'Queso tierno de Dulzama, pieza de 500 g', 'Queso tierno Dulzama'],
    ['letters misread', 'Nuve1a yogur grlego natural', 'Nuvela yogur griego natural'],
    ['a letter dropped', 'Queso tiero Dulzama', 'Queso tierno Dulzama'],
    ['a word cut in two', 'Café molido Tost alba', 'Café molido Tostalba'],
    ['words run together', 'Café molidoTostalba', 'Café molido Tostalba'],
  ])('%s', (_, product, expected) => {
    expect(matched(list, product)).toBe(expected);
  });

  it.each(['Yogur natural', 'Jamón serrano en lonchas', 'Queso curado García', 'Pan molido'])(
    '%s is none of them',
    (product) => {
      expect(matched(list, product)).toBeNull();
    },
  );

  it('finds parts of German compounds and ß as ss', () => {
    expect(matched([entry('Joghurt Almighurt')], 'Almighurt Fruchtjoghurt')).toBe('Joghurt Almighurt');
    expect(matched([entry('Soßenbinder')], 'SOSSENBINDER')).toBe('Soßenbinder');
  });

  it('short words must be the same', () => {
    expect(matched([entry('Pera')], 'Para')).toBeNull();
  });
});

describe('which entry', () => {
  it('takes the one that matches best', () => {
    const list = [entry('Nuvela yogur griego natural'), entry('Nuvela yogur griego fresa')];
    expect(matched(list, 'Yogur griego fresa Nuvela')).toBe('Nuvela yogur griego fresa');
  });

  it('takes the first of equals', () => {
    const list = [entry('Nuvela', { id: 'a' }), entry('Nuvela', { id: 'b' })];
    expect(new WatchList(list).match({ product: 'Nuvela', brand: null, quote: '' })?.entry.id).toBe('a');
  });

  it('scores a whole name higher than a part of it', () => {
    const score = (product: string) =>
      new WatchList([entry('Nuvela yogur griego')]).match({ product, brand: null, quote: product })?.score ?? 0;
    expect(score('Nuvela yogur griego')).toBe(1);
    expect(score('Nuvela griego')).toBeLessThan(1);
    expect(score('Nuvela yogur griego con fruta')).toBeLessThan(1);
  });
});

describe('brands', () => {
  it('a brand that is given must be there', () => {
    const list = [entry('Yogur griego', { brand: 'Nuvela' })];
    expect(matched(list, 'Yogur griego Dulzama')).toBeNull();
    expect(matched(list, 'Yogur griego Nuvela')).toBe('Yogur griego');
  });

  it('a brand may stand beside the name', () => {
    expect(matched([entry('Yogur griego', { brand: 'Nuvela' })], 'Yogur griego', 'NUVELA\nYogur griego\n1,59')).toBe(
      'Yogur griego',
    );
  });

  it("another maker's product of nearly the same name is another product", () => {
    const list = [entry('Danone yogur griego natural')];
    expect(matched(list, 'Nuvela yogur griego natural', 'x', 'Nuvela')).toBeNull();
    expect(matched(list, 'Danone griego natural', 'x', 'Danone')).toBe('Danone yogur griego natural');
  });
});

describe('keywords', () => {
  const list = [entry('Yogur con fruta entera', { keywords: ['nuvela', 'cremoso fruta'] })];

  it('all words of one of them are enough', () => {
    expect(matched(list, 'Pack Nuvela')).toBe('Yogur con fruta entera');
    expect(matched(list, 'Cremoso de frutas')).toBe('Yogur con fruta entera');
    expect(matched(list, 'Queso cremoso')).toBeNull();
  });
});

it('names of signs alone match nothing', () => {
  expect(matched([entry('—'), entry('4x125 g')], '4x125 g')).toBeNull();
});
