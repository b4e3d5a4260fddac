/** Tiles of pages: found in pictures, and what they tell of stickers, names and prices. */
import { beforeAll, describe, expect, it } from 'vitest';
import { findOffers } from '../../src/analysis/offers/offers.js';
import type { OfferPage, PageWord } from '../../src/analysis/offers/page.js';
import type { OfferContext } from '../../src/analysis/offers/text-parts.js';
import { withWantingTiles } from '../../src/analysis/offers/tile-grid.js';
import { isForeign, isOwn, sharedPrices } from '../../src/analysis/offers/tiles.js';
import { makeVocabulary } from '../../src/analysis/offers/vocabulary.js';
import type { Bitmap } from '../../src/io/bitmap.js';
import { loadOfferWords } from '../../src/io/offer-data.js';
import { findTiles } from '../../src/io/page-tiles.js';
import type { Box, Rgb } from '../../src/model.js';
import { NO_RETAILER, type OfferWords } from '../../src/text/offer-words.js';
import { line } from '../support/page-words.js';

function page(width: number, height: number, ground: Rgb = [255, 255, 255]): Bitmap {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) data[i] = ground[(i % 3) as 0 | 1 | 2];
  return { width, height, channels: 3, data };
}

function fill({ width, data }: Bitmap, [x, y, w, h]: Box, colour: (x: number, y: number) => Rgb): void {
  for (let row = y; row < y + h; row++)
    for (let column = x; column < x + w; column++) data.set(colour(column, row), (row * width + column) * 3);
}

/** Whether a tile is where one was drawn, as far as the low resolution tells. */
const near =
  (wanted: Box, step = 6) =>
  (tile: Box) =>
    wanted.every((side, at) => Math.abs(side - (tile[at] ?? 0)) <= step);

describe('tiles in pictures', () => {
  it('are areas of one ground with a gap of another around them', () => {
    const bitmap = page(640, 480);
    const wanted: Box[] = [
      [10, 10, 300, 220],
      [320, 10, 310, 220],
      [10, 240, 300, 230],
    ];
    fill(bitmap, wanted[0] as Box, () => [251, 242, 220]);
    fill(bitmap, wanted[1] as Box, (x) => [255, 122 + Math.round((x - 320) / 6), 20]);
    fill(bitmap, wanted[2] as Box, (x, y) => [(217 + ((x * 7 + y * 13) % 5)) as number, 240, 226]);
    const tiles = findTiles(bitmap);
    for (const box of wanted) expect(tiles.some(near(box))).toBe(true);
  });

  it('hold a price tag, which is none', () => {
    const bitmap = page(600, 600);
    fill(bitmap, [50, 50, 300, 300], () => [20, 110, 60]);
    fill(bitmap, [220, 260, 60, 40], () => [255, 255, 255]);
    const tiles = findTiles(bitmap);
    expect(tiles.some(near([50, 50, 300, 300]))).toBe(true);
    expect(tiles.some(near([220, 260, 60, 40]))).toBe(false);
  });

  it('adjoin without a gap', () => {
    const bitmap = page(600, 300, [217, 240, 226]);
    fill(bitmap, [300, 0, 300, 300], () => [106, 44, 145]);
    expect(findTiles(bitmap)).toHaveLength(2);
  });

  it('are told apart by a thin line', () => {
    const bitmap = page(640, 640);
    fill(bitmap, [320, 0, 1, 640], () => [204, 204, 204]);
    expect(findTiles(bitmap).map(([, , width]) => width < 330)).toEqual([true, true]);
  });

  it('are told in the pixels of the words', () => {
    const bitmap = page(300, 300);
    fill(bitmap, [100, 100, 100, 100], () => [0, 0, 0]);
    expect(findTiles(bitmap, 2).some(near([200, 200, 200, 200], 10))).toBe(true);
  });

  it('a page of one ground is one, the smallest picture none that fails', () => {
    expect(findTiles(page(200, 100))).toEqual([[0, 0, 200, 100]]);
    expect(() => findTiles(page(1, 1))).not.toThrow();
  });
});

describe('prices that share a tile with a box', () => {
  const [left, right]: Box[] = [
    [60, 200, 40, 20],
    [260, 200, 40, 20],
  ] as [Box, Box];
  const shared = sharedPrices(
    [
      [0, 0, 400, 300],
      [10, 50, 180, 200],
      [200, 50, 180, 200],
    ],
    [left as Box, right as Box],
  );
  it('are those of the tile that it overlaps most', () => {
    const sticker: Box = [150, 40, 60, 30];
    expect(isOwn(sticker, left as Box, shared)).toBe(true);
    expect(isForeign(sticker, right as Box, shared)).toBe(true);
  });
  it('are all of the page where it lies in no tile, and without tiles', () => {
    expect(shared([20, 260, 60, 30])).toBeNull();
    expect(sharedPrices([], [left as Box])([0, 0, 9, 9])).toBeNull();
  });
});

describe('the grid of tiles', () => {
  const grid: Box[] = [
    [0, 0, 290, 290],
    [300, 0, 290, 290],
    [0, 300, 290, 300],
  ];
  it('has a cell where a tile is wanting', () => {
    expect(withWantingTiles(grid, 700 * 700).slice(3)).toEqual([[300, 300, 290, 300]]);
  });
  it('has none where tiles lie as they like', () => {
    const loose: Box[] = [grid[0] as Box, [400, 60, 120, 200], [80, 420, 200, 120]];
    expect(withWantingTiles(loose, 700 * 700)).toEqual(loose);
  });
});

let context: OfferContext;
beforeAll(async () => {
  const vocabulary = makeVocabulary([
    (await loadOfferWords('es')) as OfferWords,
    (await loadOfferWords('en')) as OfferWords,
  ]);
  context = { vocabulary, retailer: NO_RETAILER, date: '2022-03-15' };
});

const said = (lines: readonly PageWord[][], tiles?: readonly Box[], language = 'es') => {
  const words: OfferPage = { width: 1000, height: 1000, language, words: lines.flat(), ...(tiles && { tiles }) };
  return findOffers(words, context);
};

/** Two tiles under each other; the sticker of the lower one is nearer to the price of the upper one. */
const stacked = (sticker: string): PageWord[][] => [
  line('Queso tierno Lumo', 40, 150),
  line('pieza de 500 g', 40, 176),
  line('3,45€', 250, 220, 50),
  line(sticker, 250, 296, 26),
  line('Jabón de manos Brisa', 40, 480),
  line('frasco de 500 ml', 40, 506),
  line('1,25€', 250, 540, 50),
];

describe('stickers', () => {
  const tiles: Box[] = [
    [0, 0, 1000, 1000],
    [20, 20, 360, 260],
    [20, 290, 360, 320],
  ];
  it('go to the offer of their tile', () => {
    const { offers } = said(stacked('2x1'), tiles);
    expect(offers.map(({ product, promotion }) => [product, promotion])).toEqual([
      ['Queso tierno Lumo', 'none'],
      ['Jabón de manos Brisa', 'multi-buy'],
    ]);
  });
  it('over the corner of a tile are in the one that they overlap most', () => {
    const { offers } = said(stacked('2x1'), [...tiles.slice(0, 2), [20, 308, 360, 302]]);
    expect(offers.map(({ promotion }) => promotion)).toEqual(['none', 'multi-buy']);
  });
});

describe('headlines', () => {
  const hero = [
    line('¡Ya está aquí!', 40, 20, 26),
    line('Nuvela', 40, 60, 70),
    line('El yogur cremoso con fruta entera y', 40, 150),
    line('leche de pequeñas granjas. Fresa.', 40, 176),
    line('1,59€', 60, 230, 76),
    line('2ª unidad al 50%', 300, 250, 24),
    line('Pack 4 x 115 g. El kilo sale a 3,46 €', 40, 328, 18),
  ];
  it('in big type name what the sentence below them says, with the size below the price', () => {
    const { offers, discards } = said(hero);
    expect(offers).toEqual([
      expect.objectContaining({
        product: 'Nuvela yogur cremoso con fruta entera',
        size: { count: 4, amount: 115, unit: 'g' },
        price: 1.59,
        promotion: 'nth-unit',
        pricePerBaseUnit: 3.4565,
      }),
    ]);
    expect(discards.map(({ amount, reason }) => [amount, reason])).toEqual([[3.46, 'unit price']]);
  });
  it('above several prices of one size are headings', () => {
    const list = [
      line('Lácteos', 40, 20, 60),
      line('Yogur natural cremoso de la granja', 40, 110),
      line('1,10€', 500, 100, 44),
      line('Leche entera de la granja Lumo', 40, 210),
      line('0,80€', 500, 200, 44),
      line('Queso tierno de la granja Lumo', 40, 310),
      line('3,10€', 500, 300, 44),
    ];
    for (const { product } of said(list).offers) expect(product).not.toMatch(/Lácteos/);
  });
});

describe('amounts', () => {
  it('of several in words are in the offer and no discards', () => {
    const { offers, discards } = said(
      [
        line('Whole milk Lumo', 40, 100),
        line('1 litre carton', 40, 126),
        line('€0.75', 250, 160, 50),
        line('6 cartons for €4.20', 40, 226, 18),
      ],
      [[20, 80, 400, 200]],
      'en',
    );
    expect(offers).toEqual([
      expect.objectContaining({ price: 0.75, promotion: 'bundle-price', effectiveUnitPrice: 0.7 }),
    ]);
    expect(discards).toEqual([]);
  });
  it('taken off in big print are no prices', () => {
    const { offers, discards } = said(
      [
        line('Dish soap Lumo', 40, 100),
        line('500 ml', 40, 126),
        line('£1 off', 250, 96, 34),
        line('£2.69', 250, 160, 50),
      ],
      undefined,
      'en',
    );
    expect(offers).toEqual([expect.objectContaining({ price: 2.69, promotion: 'amount-off' })]);
    expect(discards.map(({ reason }) => reason)).toEqual(['saving']);
  });
  it('with the card on a strip of their own belong to the price for all', () => {
    const { offers } = said(
      [
        line('Oat drink Lumo', 40, 100),
        line('500 ml', 40, 126),
        line('£3.40', 60, 160, 50),
        line('Members pay', 60, 236),
        [{ text: '£2.59', confidence: 0.99, box: [182, 222, 70, 36] }],
        line('Dish soap Lumo', 540, 100),
        line('500 ml', 540, 126),
        line('£2.69', 560, 160, 50),
      ],
      undefined,
      'en',
    );
    expect(offers[0]).toMatchObject({ price: 3.4, loyaltyPrice: 2.59, promotion: 'loyalty' });
    expect(offers[1]).toMatchObject({ price: 2.69, loyaltyPrice: null });
  });
  it('for a kilo that stand beside the price say what it is for', () => {
    const { offers } = said([
      line('Lubina de ración', 40, 100),
      line('pieza de 400 g aprox.', 40, 126),
      line('8,95', 250, 160, 50),
      line('€/kg', 360, 180, 26),
    ]);
    expect(offers).toEqual([expect.objectContaining({ price: 8.95, pricePerBaseUnit: 8.95, baseUnit: 'kg' })]);
  });
  it('have the reasons that are printed beside them, and days are no prices', () => {
    const { discards } = said(
      [
        line('Semillas Lumo', 40, 100),
        line('regular price $5.49 each', 40, 126),
        line('Save $2', 40, 700),
        line('valid 10.11. - 15.11.25', 400, 800),
        line('54', 500, 500, 30),
      ],
      undefined,
      'en',
    );
    expect(discards.map(({ amount, reason }) => [amount, reason])).toEqual([
      [5.49, 'regular price'],
      [2, 'saving'],
    ]);
  });
  it('take the sign that the engine read in their line, also behind a wide gap', () => {
    const price: PageWord = { text: '2,49', confidence: 0.99, box: [60, 160, 90, 60], line: 7 };
    const sign: PageWord = { text: '€', confidence: 0.99, box: [196, 160, 10, 60], line: 7 };
    const name = [line('Naranjas Lumo', 40, 100), line('malla de 3 kg', 40, 126)];
    const [near] = said([...name, [price, sign]]).offers;
    expect(near?.prices.map(({ box }) => box)).toEqual([[60, 160, 146, 60]]);
    const [apart] = said([...name, [price, { ...sign, line: 8 }]]).offers;
    expect(apart?.prices.map(({ box }) => box)).toEqual([price.box]);
  });
  it('of footnotes belong to no offer', () => {
    const { offers, discards } = said([
      line('Manzanas Lumo', 40, 100),
      line('2 kg', 40, 126),
      line('1,99€', 40, 160, 50),
      line('²Batido: 2,29 € (1 l = 9,16)', 200, 214),
    ]);
    expect(offers[0]?.quote).not.toContain('Batido');
    expect(discards.map(({ reason }) => reason)).toEqual(['legal text', 'legal text']);
  });
  it('with a gap before their cents are read whole, sign and all', () => {
    const { offers } = said([
      line('Vino tinto Lumo', 40, 100),
      line('75 cl', 40, 126),
      line('ANTES 3, 79 €', 40, 152),
      line('3,29€', 40, 190, 50),
    ]);
    expect(offers).toEqual([expect.objectContaining({ price: 3.29, regularPrice: 3.79 })]);
  });
  it('with a sign of their own leave the sign of a sticker to it', () => {
    const { offers } = said([
      line('Yogur natural Lumo', 40, 100),
      line('Pack 8 x 120 g', 40, 126),
      line('Llévate 2 por 3 €', 40, 160, 26),
      line('1,85€', 250, 190, 50),
    ]);
    expect(offers).toEqual([expect.objectContaining({ price: 1.85, promotion: 'bundle-price' })]);
    expect(offers[0]?.prices.map(({ amount }) => amount)).toEqual([1.85, 3]);
  });
  it('that are dearer than anybody takes off are not regular prices', () => {
    const { offers, discards } = said([
      line('Serum Lumo', 40, 100),
      line('je 30 ml', 40, 126),
      line('antes 533,00 €', 40, 152),
      line('15,99€', 250, 190, 50),
    ]);
    expect(offers).toEqual([expect.objectContaining({ price: 15.99, regularPrice: null, discountPercent: null })]);
    expect(discards.map(({ amount }) => amount)).toEqual([533]);
  });
  it('with a misread digit are mended where the unit price tells', () => {
    const { offers } = said([
      line('Galletas de avena Lumo', 40, 100),
      line('200 g', 40, 126),
      line('1 kg = 6,95 €', 40, 152),
      line('7,39€', 250, 190, 50),
    ]);
    expect(offers).toEqual([expect.objectContaining({ price: 1.39, flags: ['completed-price'] })]);
  });
});
