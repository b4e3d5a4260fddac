import { beforeAll, describe, expect, it } from 'vitest';
import { randomSource } from '../../scripts/random.mjs';
import { assign, cheapestColumns } from '../../src/analysis/offers/assign.js';
import { findBlocks } from '../../src/analysis/offers/blocks.js';
import { around, distance, gapX, gapY, liesBetween } from '../../src/analysis/offers/boxes.js';
import { findFigures } from '../../src/analysis/offers/figures.js';
import { agreement, toGoods } from '../../src/analysis/offers/goods.js';
import { joinWords } from '../../src/analysis/offers/names.js';
import { findOffers } from '../../src/analysis/offers/offers.js';
import type { OfferPage, PageWord } from '../../src/analysis/offers/page.js';
import { bodyHeight, findRuns } from '../../src/analysis/offers/runs.js';
import { type Sense, toSense } from '../../src/analysis/offers/sense.js';
import { findBadges, findTags } from '../../src/analysis/offers/tags.js';
import type { OfferContext } from '../../src/analysis/offers/text-parts.js';
import { tilesApart } from '../../src/analysis/offers/tiles.js';
import { makeVocabulary } from '../../src/analysis/offers/vocabulary.js';
import { loadOfferWords } from '../../src/io/offer-data.js';
import type { Box, WordLook } from '../../src/model.js';
import { NO_RETAILER, type OfferWords } from '../../src/text/offer-words.js';

const contexts = new Map<string, OfferContext>();

beforeAll(async () => {
  for (const language of ['de', 'es', 'en']) {
    const words = (await loadOfferWords(language)) as OfferWords;
    contexts.set(language, { vocabulary: makeVocabulary([words]), retailer: NO_RETAILER, date: '2025-11-10' });
  }
});

const contextOf = (language: string): OfferContext => contexts.get(language) as OfferContext;
const senseOf = (language: string, body = 20): Sense => toSense(contextOf(language), { language, body });

const PLAIN: WordLook = { ink: [20, 20, 20], ground: [255, 255, 255], weight: 0.1, isStruck: false, glyphHeight: 14 };
const BOLD: WordLook = { ...PLAIN, weight: 0.17 };

/** A line of words, each letter half as wide as the line is high, a fifth of the height between words. */
function line(text: string, x: number, y: number, height = 20, look?: WordLook): PageWord[] {
  let left = x;
  return text.split(' ').map((word) => {
    const box: Box = [left, y, Math.round(word.length * height * 0.5), height];
    left += box[2] + Math.round(height * 0.4);
    return { text: word, confidence: 0.99, box, ...(look === undefined ? {} : { look }) };
  });
}

function pageOf(words: readonly PageWord[], language = 'de'): OfferPage {
  return { width: 1000, height: 1000, language, words };
}

describe('boxes', () => {
  const a: Box = [0, 0, 10, 10];
  it('measures gaps, distances and hulls', () => {
    expect(gapX(a, [14, 0, 5, 5])).toBe(4);
    expect(gapY(a, [0, 5, 5, 5])).toBe(-5);
    expect(distance(a, [13, 14, 1, 1])).toBe(5);
    expect(around([a, [20, 5, 5, 30]])).toEqual([0, 0, 25, 35]);
    expect(around([])).toEqual([0, 0, 0, 0]);
  });
  it('tells what lies between', () => {
    expect(liesBetween([50, 0, 10, 10], a, [100, 0, 10, 10])).toBe(true);
    expect(liesBetween([50, 30, 10, 10], a, [100, 0, 10, 10])).toBe(false);
    expect(liesBetween([0, 50, 10, 10], a, [0, 100, 10, 10])).toBe(true);
  });
});

describe('runs and blocks', () => {
  it('parts columns whatever the order of the words, and stacks lines', () => {
    const words = [
      ...line('Bio Avocados', 0, 0),
      ...line('Champignons weiss', 300, 2),
      ...line('aus Peru', 0, 24),
      ...line('300 g', 300, 26),
    ];
    const texts = findBlocks(findRuns([...words].reverse())).map((block) => block.text);
    expect(texts.sort()).toEqual(['Bio Avocados\naus Peru', 'Champignons weiss\n300 g']);
  });
  /** Words of one engine line with gaps as wide as their type is high. */
  const wide = (text: string, x: number, y: number, number: number): PageWord[] => {
    let left = x;
    return text.split(' ').map((word) => {
      const box: Box = [left, y, word.length * 10, 20];
      left += box[2] + 20;
      return { text: word, confidence: 0.99, box, line: number };
    });
  };
  it('keeps the words of one line of the engine together where their gaps are a little wide', () => {
    const words = [...wide('Cerveza MAHOU Cinco', 0, 0, 1), ...line('Estrellas', 0, 24)];
    expect(findRuns(words).map(({ text }) => text)).toEqual(['Cerveza MAHOU Cinco', 'Estrellas']);
    const unknown = words.map(({ text, confidence, box }) => ({ text, confidence, box }));
    expect(findRuns(unknown).map(({ text }) => text)).toEqual(['Cerveza', 'MAHOU', 'Cinco', 'Estrellas']);
  });
  it('parts a line of the engine at a gap that is wider than its others or goes on below', () => {
    const columns = [...wide('Salmon Queso', 0, 0, 1), ...wide('fresco tierno', 0, 24, 2)];
    expect(findRuns(columns).map(({ text }) => text)).toEqual(['Salmon', 'Queso', 'fresco', 'tierno']);
    const even = line('Yogur de fresa', 0, 0).map((word) => ({ ...word, line: 1 }));
    const other: PageWord = { text: 'Yogur', confidence: 0.99, box: [157, 0, 50, 20], line: 1 };
    expect(findRuns([...even, other]).map(({ text }) => text)).toEqual(['Yogur de fresa', 'Yogur']);
  });
  it('parts what stands on different tiles', () => {
    const words = [...line('1,93 €/kg', 10, 60), ...line('Melon piel', 10, 84), ...line('Pan', 104, 60)];
    const isApart = tilesApart([
      [0, 0, 100, 82],
      [0, 82, 200, 82],
      [101, 0, 100, 82],
    ]);
    const runs = findRuns(words, isApart);
    expect(runs.map(({ text }) => text)).toEqual(['1,93 €/kg', 'Pan', 'Melon piel']);
    expect(findBlocks(runs, { isApart })).toHaveLength(3);
  });
  it('begins a block with bigger type below a gap, as of the next card of a column', () => {
    const words = [...line('1,94 €/l', 0, 0), ...line('Melón piel de sapo', 0, 34, 28)];
    expect(findBlocks(findRuns(words))).toHaveLength(2);
  });
  it('does not take what a price says of itself into the name below', () => {
    const words = [
      ...line('with card', 40, 0),
      ...line('Lumo Extra Strength Caplets', 0, 24),
      ...line('100 ct', 0, 48),
    ];
    const isLabel = (text: string) => text === 'with card';
    expect(findBlocks(findRuns(words), { isLabel }).map(({ text }) => text)).toEqual([
      'with card',
      'Lumo Extra Strength Caplets\n100 ct',
    ]);
  });
  it('drops words on their side and parts words on other grounds', () => {
    const sign = line('NEU', 110, 0, 20, { ...PLAIN, ink: [255, 255, 255], ground: [200, 0, 0] });
    const side: PageWord = { text: 'Haushalt', confidence: 1, box: [200, 0, 15, 90] };
    const runs = findRuns([...line('Bio Milch', 0, 0, 20, PLAIN), ...sign, side]);
    expect(runs.map((run) => run.text)).toEqual(['Bio Milch', 'NEU']);
  });
  it('does not add a footnote to the column above it', () => {
    const note = 'Nur in teilnehmenden Filialen solange der Vorrat reicht und nur in kleinen Mengen';
    const blocks = findBlocks(findRuns([...line('Haferflocken', 0, 0), ...line('500 g', 0, 24), ...line(note, 0, 48)]));
    expect(blocks).toHaveLength(2);
  });
  it('finds the height of the running text', () => {
    expect(
      bodyHeight([
        ...line('Der Ort mit den Preisen', 0, 0, 60),
        ...line('aus Deutschland Klasse eins vorwiegend', 0, 90),
      ]),
    ).toBe(20);
    expect(bodyHeight([])).toBe(1);
  });
});

describe('figures', () => {
  it('joins units, raised cents and the sign', () => {
    const words: PageWord[] = [
      ...line('2', 0, 0, 60),
      { text: '49', confidence: 0.99, box: [34, 2, 30, 32] },
      { text: '€', confidence: 0.99, box: [68, 2, 14, 24] },
      ...line('Tomaten im Netz', 0, 100),
    ];
    const { figures, rest } = findFigures(words, senseOf('es'));
    expect(figures.map(({ readings, currency }) => [readings[0]?.amount, currency])).toEqual([[2.49, 'EUR']]);
    expect(rest).toHaveLength(3);
  });
  it('leaves numbers in headlines and regular prices alone', () => {
    const words = [
      ...line('Statt 3.99', 0, 0, 40),
      ...line('20 Jahre', 0, 100, 40),
      ...line('Milch und Butter', 0, 200),
    ];
    expect(findFigures(words, senseOf('de')).figures).toEqual([]);
  });
});

describe('price tags', () => {
  function tagsOf(words: readonly PageWord[], language = 'de') {
    const sense = senseOf(language);
    const { figures, rest } = findFigures(words, sense);
    const goods = findBlocks(findRuns(rest)).map((block) => toGoods(block, sense));
    return findTags(figures, { badges: findBadges(goods, sense), goods, shared: () => null }, sense);
  }
  it('takes the percentage and the regular price beside the price', () => {
    const [tag] = tagsOf([...line('-44%', 20, 0, 30), ...line('1.49', 0, 40, 70), ...line('UVP 2.691', 60, 120)]);
    expect([tag?.badge?.percent, tag?.regular?.amount, tag?.readings[0]?.amount]).toEqual([44, 2.69, 1.49]);
  });
  it('completes cents from the regular price and the percentage', () => {
    const [tag] = tagsOf([...line('-47%', 20, 0, 30), ...line('99', 60, 40, 32), ...line('UVP 16.99', 20, 90)]);
    expect(tag?.readings).toEqual([expect.objectContaining({ amount: 8.99, isWhole: true })]);
  });
  it('does not complete cents that agree with nothing', () => {
    const [tag] = tagsOf([...line('99', 60, 40, 32), ...line('UVP 16.99', 20, 90)]);
    expect(tag?.readings.some((reading) => reading.isWhole)).toBe(false);
  });
  it('joins a price for all and one with the app', () => {
    const tags = tagsOf([...line('APP-PREIS1', 0, 0), ...line('1.99', 0, 30, 70), ...line('2.22', 0, 110, 70)]);
    expect(tags.map((tag) => [tag.readings[0]?.amount, tag.loyalty?.readings[0]?.amount])).toEqual([[2.22, 1.99]]);
  });
});

describe('goods', () => {
  const goodsOf = (lines: readonly string[], language = 'de') => {
    const words = lines.flatMap((text, i) => line(text, 0, i * 24));
    const [block] = findBlocks(findRuns(words));
    if (block === undefined) throw new Error('no block');
    return toGoods(block, senseOf(language));
  };
  const tagOf = (amount: number, isWhole = true) => ({
    readings: [{ amount, isWhole, likelihood: 1 }],
    unitPrices: [],
  });

  it('agrees with the price that size and unit price make', () => {
    const goods = goodsOf(['HARIBO', 'Fruchtgummi', 'je 650 g', '(1 kg = 5.37)']);
    expect(agreement(tagOf(3.49), goods)?.amount).toBe(3.49);
    expect(agreement(tagOf(2.49), goods)).toBeNull();
    expect(agreement(tagOf(0.49, false), goods)?.amount).toBe(3.49);
  });
  it('knows both ends of ranges', () => {
    const goods = goodsOf(['Palmolive Duschgel', 'versch. Sorten', '250 - 300 ml', '(3.30 - 3.96 / l)']);
    expect(agreement(tagOf(0.99), goods)?.amount).toBe(0.99);
  });
  it('doubts text that describes nothing', () => {
    expect(goodsOf(['Kaki', 'Spanien, Kl. I', '1 kg Schale']).doubt).toBeLessThan(2);
    expect(goodsOf(['beim Kauf von', 'zwei Artikeln']).doubt).toBeGreaterThan(10);
    expect(goodsOf(['(1 kg = 3,98)']).name).toBeNull();
  });
});

describe('assignment', () => {
  it('finds the cheapest columns', () => {
    expect(
      cheapestColumns([
        [1, 2],
        [1, 5],
      ]),
    ).toEqual([1, 0]);
    expect(
      cheapestColumns([
        [4, 1, 3],
        [2, 0, 5],
        [3, 2, 2],
      ]),
    ).toEqual([1, 0, 2]);
    expect(cheapestColumns([])).toEqual([]);
  });
  it('is never dearer than any other choice', () => {
    const random = randomSource(7).uniform;
    for (let round = 0; round < 50; round++) {
      const costs = Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => Math.floor(random() * 50)));
      const total = (columns: readonly number[]) =>
        columns.reduce((sum, column, row) => sum + (costs[row]?.[column] ?? 0), 0);
      const best = cheapestColumns(costs);
      expect(new Set(best).size).toBe(4);
      for (const other of choices(4, 5)) expect(total(best)).toBeLessThanOrEqual(total(other));
    }
  });
  it('pairs nothing with nothing', () => {
    expect(assign([], [], { body: 20, shared: () => null })).toEqual([]);
  });
});

describe('names', () => {
  it('undoes hyphens at line ends', () => {
    const words = (lines: readonly string[]) =>
      lines.flatMap((text, i) => text.split(' ').map((word) => ({ text: word, line: i })));
    expect(joinWords(words(['LED-Arbeits-', 'strahler']))).toBe('LED-Arbeitsstrahler');
    expect(joinWords(words(['Schweine-', 'Nacken']))).toBe('Schweine-Nacken');
    expect(joinWords(words(['Schraubendreher-', 'und Bit-Set*']))).toBe('Schraubendreher- und Bit-Set');
  });
});

describe('offers of a page', () => {
  const tile = (x: number, y: number, lines: readonly string[], price: string): PageWord[] => [
    ...lines.flatMap((text, i) => line(text, x, y + i * 24, 20, i < 2 ? BOLD : PLAIN)),
    ...line(price, x + 200, y + 60, 60, PLAIN),
  ];
  const page = pageOf([
    ...tile(0, 0, ['HARIBO', 'Fruchtgummi*', 'Versch. Sorten,', 'je 650 g', '(1 kg = 5.37)'], '3.49'),
    ...tile(450, 0, ['FERRERO', 'Rocher', 'je 375 g', '(1 kg = 14.80)'], '5.55'),
    ...tile(0, 300, ['MILKA Riegel', 'Caramel oder', 'Nussini', 'je 5 x 37 g', '(1 kg = 10.76)'], '1.99'),
    ...line(
      'Druckfehler vorbehalten, solange der Vorrat reicht, Pfand 0.25 und andere Hinweise hier',
      0,
      900,
      14,
      PLAIN,
    ),
  ]);

  it('finds names, brands, prices and unit prices', () => {
    const { offers } = findOffers(page, contextOf('de'));
    const found = offers.map(({ product, brand, price, baseUnit }) => [product, brand, price, baseUnit]);
    expect(found).toContainEqual(['HARIBO Fruchtgummi', 'HARIBO', 3.49, 'kg']);
    expect(found).toContainEqual(['FERRERO Rocher', 'FERRERO', 5.55, 'kg']);
    expect(found.map(([, , price]) => price).sort()).toEqual([1.99, 3.49, 5.55]);
    for (const offer of offers) expect(offer.confidence).toBeGreaterThan(0.8);
  });
  it.each([
    ['ohne PENNY App 1.79', '1.29', { price: 1.79, loyaltyPrice: 1.29, loyaltyRequired: false, promotion: 'loyalty' }],
    ['mit PENNY App 0.89', '0.99', { price: 0.99, loyaltyPrice: 0.89, loyaltyRequired: false, promotion: 'loyalty' }],
  ])('takes both prices of %j beside %s', (told, big, expected) => {
    const words = [
      ...line('MONDAMIN Soßenbinder', 0, 0),
      ...line('Versch. Sorten, je 275 g', 0, 24),
      ...line(told, 0, 48),
      ...line(big, 300, 40, 60),
    ];
    const { offers, discards } = findOffers(pageOf(words), contextOf('de'));
    expect(offers).toEqual([expect.objectContaining(expected)]);
    expect(discards).toEqual([]);
  });
  it('has every price in an offer or among the discards, once', () => {
    const { offers, discards, priceCount } = findOffers(page, contextOf('de'));
    expect(priceCount).toBe(offers.flatMap(({ prices }) => prices.map(({ box }) => box)).length + discards.length);
    expect(discards.filter(({ reason }) => reason === 'unit price').map(({ amount }) => amount)).toEqual(
      expect.arrayContaining([5.37, 14.8, 10.76]),
    );
    expect(discards.find(({ amount }) => amount === 0.25)?.reason).toBe('legal text');
  });
  it('keeps a price without goods as a discard', () => {
    const { offers, discards } = findOffers(
      pageOf([...line('9.99', 0, 0, 70), ...line('Gutes', 0, 900)]),
      contextOf('de'),
    );
    expect(offers).toEqual([]);
    expect(discards.map(({ amount, reason }) => [amount, reason])).toEqual([[9.99, 'no product']]);
  });
  it('finds nothing on pages without prices', () => {
    const words = [
      ...line('Wöchentlich neue Angebote', 0, 0, 30),
      ...line('Große Marken zum kleinen Preis', 0, 60, 30),
    ];
    expect(findOffers(pageOf(words), contextOf('de')).offers).toEqual([]);
    expect(findOffers(pageOf([]), contextOf('de'))).toEqual({ offers: [], discards: [], priceCount: 0 });
  });
  it('reads lists with prices at line ends', () => {
    const rows = [
      'Aceite de oliva, botella 1 l',
      'Pechuga de pollo, 500 g',
      'Huevos camperos, 12 uds.',
      'Arroz redondo, 1 kg',
      'Miel de flores, 250 g',
    ];
    const prices = ['6,99€', '3,69€', '2,39€', '1,59€', '4,15€'];
    const words = rows.flatMap((row, i) => [
      ...line(row, 0, i * 30, 20, PLAIN),
      ...line(prices[i] ?? '', 500, i * 30 - 1, 22, BOLD),
    ]);
    const { offers } = findOffers(pageOf(words, 'es'), contextOf('es'));
    expect(offers.map(({ product, price }) => `${product} ${price}`).sort()).toEqual([
      'Aceite de oliva 6.99',
      'Arroz redondo 1.59',
      'Huevos camperos 2.39',
      'Miel de flores 4.15',
      'Pechuga de pollo 3.69',
    ]);
  });
  it('takes any words, and counts each price once', () => {
    const random = randomSource(3).uniform;
    const texts = [
      '1.99',
      '99',
      '€',
      '-20%',
      'je',
      '500',
      'g',
      'Milch',
      'oder',
      'UVP',
      '2.49*',
      '(1',
      'kg',
      '=',
      '3.98)',
      'App-Preis',
      '€5',
      '',
      '12.11.',
      '½',
    ];
    for (let round = 0; round < 60; round++) {
      const words = Array.from({ length: 60 }, (): PageWord => {
        const text = texts[Math.floor(random() * texts.length)] ?? '';
        const height = 10 + Math.floor(random() * 60);
        const box: Box = [
          Math.floor(random() * 900),
          Math.floor(random() * 900),
          1 + Math.floor(random() * 100),
          height,
        ];
        return { text, confidence: random(), box };
      });
      const { offers, discards, priceCount } = findOffers(pageOf(words), contextOf('de'));
      const boxes = offers.flatMap(({ prices }) => prices.map(({ box }) => box)).map(String);
      expect(new Set(boxes).size).toBe(boxes.length);
      expect(priceCount).toBe(boxes.length + discards.length);
      const printed = words.map(({ text }) => text.replace(/\D/gu, '')).join(' ');
      for (const { price, confidence } of offers) {
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        // The cents at least were printed.
        expect(printed).toContain(
          String(Math.round((price ?? 0) * 100))
            .slice(-2)
            .replace(/^0+(?=\d)/u, ''),
        );
      }
    }
  });
});

/** All ways to give `rows` rows columns of their own. */
function choices(rows: number, columns: number, used: readonly number[] = []): number[][] {
  if (used.length === rows) return [[...used]];
  return Array.from({ length: columns }, (_, column) => column)
    .filter((column) => !used.includes(column))
    .flatMap((column) => choices(rows, columns, [...used, column]));
}

describe('words before a figure', () => {
  it.each([
    ['6,50', 6.5, 3.25],
    ['5,49', 5.49, 2.745],
  ])('`2 por` above %s € make it the price of two', (printed, price, effectiveUnitPrice) => {
    const words = [
      ...line('Atún claro en aceite', 100, 100),
      ...line('de girasol Mar Azul', 100, 124),
      ...line('400 g', 100, 148),
      ...line('2 por', 110, 190, 38),
      ...line(`${printed} €`, 100, 235, 40),
    ];
    expect(findOffers(pageOf(words, 'es'), contextOf('es')).offers).toEqual([
      expect.objectContaining({ price, promotion: 'bundle-price', effectiveUnitPrice }),
    ]);
  });
});
