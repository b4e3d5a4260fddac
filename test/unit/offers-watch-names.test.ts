/** How many names, spoiled as flyers and readers of text spoil them, are matched to the right product or to none. */
import { describe, expect, it } from 'vitest';
import { type WatchEntry, WatchList } from '../../src/analysis/offers/watch-list.js';

const of = (product: string, brand: string | null = null, keywords: string[] = []): WatchEntry => {
  return { product, brand, id: null, keywords, isRival: null };
};

const LIST = [
  of('Danone'),
  of('Oikos griego', 'Danone'),
  of('Activia natural', 'Danone'),
  of('Yogur natural Trébola', 'Trébola'),
  of('Yogur griego de fresa Nuvela', 'Nuvela'),
  of('Café molido natural Tostalba', 'Tostalba'),
  of('Leche semidesnatada Pradera'),
  of('Aceite de oliva virgen extra Olivar'),
  of('Detergente líquido Azulia'),
  of('Pan de molde sin corteza Trigal'),
  of('Mermelada de melocotón Frutana'),
  of('Horno'),
  of('Schokolade Vollmilch Alpina'),
  of('Red Kidney Beans Hearth'),
  of('Nata'),
  of('Pollo'),
  of('Patatas'),
  of('Cerveza'),
  of('Limpiacristales'),
];

/** Name in the offer -> the entry, or null. */
const PAIRS: readonly (readonly [string, string | null])[] = [
  // case, accents, order, plurals, sizes
  ['DANONE', 'Danone'],
  ['Danone bífidus coco', 'Danone'],
  ['OIKOS GRIEGO DANONE 4x110 g', 'Oikos griego'],
  ['Danone Oikos yogur griego azucarado', 'Oikos griego'],
  ['Activia Danone natural pack 4', 'Activia natural'],
  ['Yogures naturales TREBOLA', 'Yogur natural Trébola'],
  ['Trébola yogur natural', 'Yogur natural Trébola'],
  ['Nuvela griego fresa', 'Yogur griego de fresa Nuvela'],
  ['Cafe molido natural Tostalba 250 g', 'Café molido natural Tostalba'],
  ['Café Tostalba molido', 'Café molido natural Tostalba'],
  ['leche Pradera semidesnatada 1 L', 'Leche semidesnatada Pradera'],
  ['Olivar aceite de oliva virgen extra', 'Aceite de oliva virgen extra Olivar'],
  ['Azulia detergente liquido 40 lavados', 'Detergente líquido Azulia'],
  ['Pan de molde Trigal sin corteza', 'Pan de molde sin corteza Trigal'],
  // letters that readers of text mistake
  ['Dan0ne', 'Danone'],
  ['Danome bífidus', 'Danone'],
  ['0ikos griego Danone', 'Oikos griego'],
  ['Activia naturaI Danone', 'Activia natural'],
  ['Yogur naturai Trebo1a', 'Yogur natural Trébola'],
  ['Yogur griego de fresa Nuve1a', 'Yogur griego de fresa Nuvela'],
  ['Café rnolido natural Tostaiba', 'Café molido natural Tostalba'],
  ['Leche sernidesnatada Pradera', 'Leche semidesnatada Pradera'],
  ['Aceite de oliva v1rgen extra 0livar', 'Aceite de oliva virgen extra Olivar'],
  ['Merrnelada de melocoton Frutana', 'Mermelada de melocotón Frutana'],
  ['Homo', 'Horno'],
  // letters left out, doubled, swapped; words cut and run together
  ['Detergnte líquido Azulia', 'Detergente líquido Azulia'],
  ['Detergente liqudio Azulia', 'Detergente líquido Azulia'],
  ['Mermellada melocotón Frutana', 'Mermelada de melocotón Frutana'],
  ['Café molidonatural Tostalba', 'Café molido natural Tostalba'],
  ['Leche semi desnatada Pradera', 'Leche semidesnatada Pradera'],
  ['Alpina Vollmilchschokolade', 'Schokolade Vollmilch Alpina'],
  ['Hearth red kidney bean', 'Red Kidney Beans Hearth'],
  // other products
  ['Yogur natural', null],
  ['Yogur griego natural Dulzama', null],
  ['Café molido natural Auroral', null],
  ['Leche entera Montaña', null],
  ['Aceite de girasol Olivar', null],
  ['Pan integral de centeno', null],
  ['Mermelada de fresa Frutana', null],
  ['Detergente en polvo Blanquia', null],
  ['Rata de peluche', null],
  ['Pata de jamón', null],
  ['Black Beans Hearth', null],
  ['Schokolade Zartbitter Nordal', null],
  ['Danesa galletas de mantequilla', null],
  ['Oikos', null],
  ['Activa suavizante', null],
  ['Tostada Trigal', null],
  ['Yogur natural azucarado con fruta', null],
  ['Hornazo', null],
  ['Bollos rellenos de crema', null],
  ['Batatas asadas', null],
  ['Cerezas del Jerte', null],
  ['Leche de almendras Pradera', null],
  ['Muslos de pollo', 'Pollo'],
  ['Patata nueva malla 3 kg', 'Patatas'],
  ['Cervezas rubias lata', 'Cerveza'],
  ['Llmpiacrlstales pistola', 'Limpiacristales'],
];

const watchList = new WatchList(LIST);
const results = PAIRS.map(([name, wanted]) => {
  const found = watchList.match({ product: name, brand: null, quote: name })?.entry.product ?? null;
  return { name, wanted, found };
});

describe('spoiled names', () => {
  const wrong = results.filter(({ wanted, found }) => wanted !== found).map(({ name, found }) => `${name} -> ${found}`);

  it('precision: what is matched is the product', () => {
    const matched = results.filter(({ found }) => found !== null);
    const right = matched.filter(({ wanted, found }) => wanted === found);
    expect(matched.length).toBeGreaterThan(30);
    expect(right.length / matched.length, wrong.join(', ')).toBeGreaterThan(0.97);
  });

  it('recall: products are matched', () => {
    const asked = results.filter(({ wanted }) => wanted !== null);
    const right = asked.filter(({ wanted, found }) => wanted === found);
    expect(right.length / asked.length, wrong.join(', ')).toBeGreaterThan(0.97);
  });

  it('what is known to be wrong: words that a letter tells apart, and a short brand with one misread', () => {
    expect(wrong).toEqual(['Danome bífidus -> null', 'Cerezas del Jerte -> Cerveza']);
  });
});
