/** Texts of flyers with what they say, worked out by hand: test/fixtures/offers-gold. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { effectiveUnitPrice } from '../../src/analysis/offers/effective-price.js';
import { parseMoney } from '../../src/analysis/offers/money.js';
import { findPromotions } from '../../src/analysis/offers/promotions.js';
import { findSizes, pricePerBaseUnit } from '../../src/analysis/offers/sizes.js';
import { readTextOffer } from '../../src/analysis/offers/text-offer.js';
import { findUnitPrices } from '../../src/analysis/offers/unit-prices.js';
import { findValidity } from '../../src/analysis/offers/validity.js';
import { makeVocabulary, type OfferVocabulary } from '../../src/analysis/offers/vocabulary.js';
import { listOfferLanguages, loadOfferWords } from '../../src/io/offer-data.js';
import { NO_RETAILER, type OfferWords } from '../../src/text/offer-words.js';

const words = new Map<string, OfferWords>();
for (const language of await listOfferLanguages()) words.set(language, (await loadOfferWords(language))!);

const vocabularies = new Map<string, OfferVocabulary>();

/** A page's own language comes first, English stands beside it. Made once: patterns are compiled when first used. */
function vocabularyOf(...languages: string[]): OfferVocabulary {
  const order = [...new Set([...languages, 'en'])];
  const known = vocabularies.get(order.join());
  const vocabulary = known ?? makeVocabulary(order.map((language) => words.get(language)!));
  vocabularies.set(order.join(), vocabulary);
  return vocabulary;
}

function gold(name: string): string[][] {
  const file = new URL(`../fixtures/offers-gold/${name}.tsv`, import.meta.url);
  return readFileSync(file, 'utf8')
    .replace(/\n$/, '')
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
}

describe('money', () => {
  it.each(gold('money'))('%s', (text, amount, currency) => {
    const expected = amount === 'none' ? null : { amount: Number(amount), currency: currency || null };
    expect(parseMoney(text!)).toEqual(expected);
  });
});

describe('money in lines of any language', () => {
  const context = { vocabulary: vocabularyOf(...words.keys()), retailer: NO_RETAILER, date: null };

  it.each(gold('text-money'))('%s', (text, amount, currency) => {
    const { price, currency: found } = readTextOffer(text!, context);
    expect({ price, currency: found }).toEqual({
      price: amount === 'none' ? null : Number(amount),
      currency: currency || null,
    });
  });
});

describe('time', () => {
  const context = { vocabulary: vocabularyOf(...words.keys()), retailer: NO_RETAILER, date: '2024-01-01' };
  const timeOf = (text: string): number => {
    const start = process.cpuUsage();
    readTextOffer(text, context);
    return process.cpuUsage(start).user;
  };

  // ten times as long takes some ten times as long; what is quadratic takes a hundred times
  it.each(['1,99€/kg ', '2x1 ', '3x2 ', 'a- ', '1 ', ' ', 'con tu tarjeta ', 'save $5 ', '-'])(
    'of lines of "%s"',
    (part) => {
      timeOf(part.repeat(500));
      const long = part.repeat(40_000 / part.length);
      expect(timeOf(`x${long}x 1,99 €`)).toBeLessThan(2_000_000);
    },
  );
});

describe('sizes', () => {
  const vocabulary = vocabularyOf('es', 'de');

  it.each(gold('sizes'))('%s', (text, size, price, perBase, unit) => {
    const sizes = findSizes(text!, vocabulary);
    expect(sizes.map((found) => `${found.count} x ${found.amount} ${found.unit}`).join('; ')).toBe(size);
    if (sizes[0] !== undefined)
      expect(pricePerBaseUnit(Number(price), sizes[0])).toEqual({ amount: Number(perBase), unit });
  });
});

describe('prices for base units', () => {
  const vocabulary = vocabularyOf('es', 'de');

  it.each(gold('unit-prices'))('%s', (text, amount, unit) => {
    const found = findUnitPrices(text!, vocabulary).map((price) => [price.amount, price.unit]);
    expect(found).toEqual(amount === 'none' ? [] : [[Number(amount), unit]]);
  });
});

describe('promotions', () => {
  it.each(gold('promotions'))('%s: %s', (language, text, kind, figures, price, effective) => {
    const found = findPromotions(text!, vocabularyOf(language!), NO_RETAILER);
    expect(found.length).toBe(kind === 'none' ? 0 : 1);
    const [promotion] = found;
    if (promotion === undefined) return;
    const { kind: foundKind, text: _, start, end, ...rest } = promotion;
    expect(foundKind).toBe(kind);
    const told = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
    expect(told.sort().join(' ')).toBe(figures!.split(' ').sort().join(' '));
    expect(text!.slice(start, end)).toBe(promotion.text);
    expect(effectiveUnitPrice(price === '' ? null : Number(price), promotion)).toBe(Number(effective));
  });

  it.each(gold('promotions'))('%s: %s, in a line with a price and a size', (language, text, kind, figures) => {
    const found = findPromotions(`Queso 250 g 4,79 € ${text}`, vocabularyOf(language!), NO_RETAILER);
    expect(found.map((promotion) => promotion.kind)).toEqual(kind === 'none' ? [] : [kind]);
    expect(figures!.includes('needsLoyalty')).toBe(found[0]?.needsLoyalty === true);
  });
});

describe('promotions where all languages are read at once', () => {
  const rest = [...words.keys()];

  it.each(gold('promotions'))('%s: %s', (language, text, kind, _figures, price, effective) => {
    const found = findPromotions(text!, vocabularyOf(language!, 'en', ...rest), NO_RETAILER);
    expect(found.map((promotion) => promotion.kind)).toEqual(kind === 'none' ? [] : [kind]);
    const [promotion] = found;
    if (promotion !== undefined)
      expect(effectiveUnitPrice(price === '' ? null : Number(price), promotion)).toBe(Number(effective));
  });
});

describe('text offers', () => {
  const file = new URL('../fixtures/offers-gold/text-offers.jsonl', import.meta.url);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');

  it.each(lines.map((line) => JSON.parse(line)))('$language: $text', ({ language, date, text, says }) => {
    const languages = language === 'all' ? words.keys() : [language];
    const context = { vocabulary: vocabularyOf(...languages), retailer: NO_RETAILER, date };
    expect(readTextOffer(text, context)).toMatchObject(says);
  });
});

describe('validity', () => {
  it.each(gold('validity'))('%s, %s, %s: %s', (language, date, order, text, from, to) => {
    const reading = { date: date || null, dateOrder: order as 'dmy' | 'mdy' };
    const found = findValidity(text!, vocabularyOf(language!), reading);
    const expected = from || to ? [{ from: from || null, to: to || null }] : [];
    expect(found.map((validity) => ({ from: validity.from, to: validity.to }))).toEqual(expected);
  });
});
