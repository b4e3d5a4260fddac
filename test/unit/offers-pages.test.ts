/** What must hold of any page of words, sensible or not: prices are counted once, and rows hold numbers. */
import { beforeAll, describe, expect, it } from 'vitest';
import { gapX, gapY } from '../../src/analysis/offers/boxes.js';
import { partsOf } from '../../src/analysis/offers/crowded.js';
import { discardRow, offerRow } from '../../src/analysis/offers/offer-rows.js';
import { findOffers } from '../../src/analysis/offers/offers.js';
import type { OfferPage, PageOffers, PageWord } from '../../src/analysis/offers/page.js';
import type { OfferContext } from '../../src/analysis/offers/text-parts.js';
import { makeVocabulary } from '../../src/analysis/offers/vocabulary.js';
import { loadOfferWords } from '../../src/io/offer-data.js';
import type { Box } from '../../src/model.js';
import { NO_RETAILER, type OfferWords } from '../../src/text/offer-words.js';

let context: OfferContext;
beforeAll(async () => {
  const words = await Promise.all(['es', 'en', 'de'].map((language) => loadOfferWords(language)));
  context = { vocabulary: makeVocabulary(words as OfferWords[]), retailer: NO_RETAILER, date: '2025-11-10' };
});

/** Random numbers from 0 to 1 that are the same on every run (Lehmer 1951). */
function random(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const PRINTED =
  'yogur leche 2,49 € 1.99€ £2.50 500g 4x125g -25% 2x1 pan Nuvela 99 3 con la tarjeta antes 4,59 Pfand 0,25 (1kg=4,69) ahorra 1,00 statt 9,99 $4 2.ª unidad 70% teléfono 900 123 456 9999999999999999999999 0,00'.split(
    ' ',
  );

function randomPage(seed: number, count: number): OfferPage {
  const next = random(seed);
  const [width, height] = [1000, 1400];
  const words = Array.from({ length: count }, (): PageWord => {
    const tall = 8 + next() ** 3 * 60;
    const text = PRINTED[Math.floor(next() * PRINTED.length)] ?? '';
    // On lines, mostly, so that words make texts.
    const box: Box = [next() * width, Math.round((next() * height) / 20) * 20, 0.5 * tall * text.length, tall];
    return { text, confidence: next(), box };
  });
  return { width, height, language: 'es', words };
}

/** Without words that lie over others, as engines read pages. */
function withoutOverlaps(page: OfferPage): OfferPage {
  const words: PageWord[] = [];
  for (const word of page.words) {
    if (words.every(({ box }) => gapX(box, word.box) > 0 || gapY(box, word.box) > 0)) words.push(word);
  }
  return { ...page, words };
}

/** The boxes of all prices, in offers and discarded. */
const boxesOf = ({ offers, discards }: PageOffers): Box[] => [
  ...offers.flatMap(({ prices }) => prices.map(({ box }) => box)),
  ...discards.map(({ box }) => box),
];

function expectWhole(found: PageOffers): void {
  const boxes = boxesOf(found);
  expect(found.priceCount).toBe(boxes.length);
  expect(new Set(boxes).size).toBe(boxes.length);
  const origin = { source: 'x', page: 1, retailer: null, provider: null, model: null };
  for (const offer of found.offers) {
    const printed = offer.prices.map(({ amount }) => amount);
    for (const amount of [offer.price, offer.regularPrice, offer.loyaltyPrice]) {
      if (amount !== null) expect(printed, offer.quote).toContain(amount);
    }
  }
  for (const row of [
    ...found.offers.map((offer) => offerRow(offer, origin, null)),
    ...found.discards.map((discard) => discardRow(discard, 1, origin)),
  ]) {
    const numbers = Object.values(row)
      .flat()
      .filter((value) => typeof value === 'number');
    expect(numbers.every(Number.isFinite), JSON.stringify(row)).toBe(true);
  }
}

describe('prices are in one offer, or discarded', () => {
  it.each(Array.from({ length: 25 }, (_, seed) => seed))('random page %i', (seed) => {
    const page = withoutOverlaps(randomPage(seed, 20 + seed * 12));
    const found = findOffers(page, context);
    expectWhole(found);
    expect(found.priceCount).toBeGreaterThan(0);
    // Every word that is plainly a price is in one of them.
    const boxes = boxesOf(found);
    const isIn = (word: PageWord, box: Box) =>
      word.box[0] >= box[0] - 1 && word.box[1] >= box[1] - 1 && word.box[0] <= box[0] + box[2];
    const lost = page.words
      .filter(({ text }) => /^(?:2,49|1\.99€|£2\.50)$/.test(text))
      .filter((word) => !boxes.some((box) => isIn(word, box)));
    expect(lost.map(({ text, box }) => `${text} ${box.map(Math.round)}`)).toEqual([]);
  });
});

describe('crowded pages', () => {
  it('are read in parts, each word in one', () => {
    const page = randomPage(7, 6_000);
    const parts = partsOf(page);
    expect(Math.max(...parts.map(({ words }) => words.length))).toBeLessThanOrEqual(1200);
    expect(new Set(parts.flatMap(({ words }) => words)).size).toBe(6_000);
    expectWhole(findOffers(page, context));
  });

  it('words in one place are cut too', () => {
    const words = Array.from({ length: 5000 }, (): PageWord => ({ text: 'pan', confidence: 1, box: [5, 5, 9, 9] }));
    const parts = partsOf({ width: 20, height: 20, language: null, words });
    expect(parts.map((part) => part.words.length).reduce((a, b) => a + b)).toBe(5000);
    expect(Math.max(...parts.map((part) => part.words.length))).toBeLessThanOrEqual(1200);
  });

  it('are cut between columns, not through them', () => {
    const column = (left: number): PageWord[] =>
      Array.from({ length: 800 }, (_, i) => ({ text: 'pan', confidence: 1, box: [left, i * 20, 90, 18] }));
    const parts = partsOf({ width: 1000, height: 16_000, language: null, words: [...column(0), ...column(500)] });
    expect(parts.map((part) => new Set(part.words.map(({ box }) => box[0])).size)).toEqual([1, 1]);
  });
});
