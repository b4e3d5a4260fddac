import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SentimentLabel, TextReading } from '../../src/model.js';
import { createTextReader, type TextReader } from '../../src/providers/local/language/read-text.js';

let reader: TextReader;
beforeAll(async () => {
  reader = await createTextReader({ features: ['sentiment'], language: null, brands: [], modelDirectory: null });
});
const read = (text: string): TextReading => reader({ text, format: 'plain' });
const label = (text: string) => read(text).sentiment?.label;
const score = (text: string) => read(text).sentiment?.score ?? 0;

const labelled = (rows: readonly (readonly [string, SentimentLabel])[]) =>
  test.each(rows)('%s: %s', (text, expected) => expect(label(text)).toBe(expected));

describe('Spanish', () => {
  labelled([
    ['El yogur está buenísimo.', 'positive'],
    ['Me encanta, lo recomiendo.', 'positive'],
    ['No me gusta nada.', 'negative'],
    ['No está mal.', 'positive'],
    ['Es carísimo y encima sabe fatal.', 'negative'],
    ['No volveré a comprarlo.', 'negative'],
    ['Demasiado dulce para mí.', 'negative'],
    ['El museo está junto a la estación.', 'neutral'],
    ['La textura es buena, pero el sabor es horrible.', 'negative'],
    ['El sabor es horrible, pero me encanta la textura y lo recomiendo.', 'positive'],
    ['Buenísimooooo', 'positive'],
    ['Un día perfecto 😍', 'positive'],
    ['😡😡', 'negative'],
  ]);
});

describe('English', () => {
  labelled([
    ['I love it, great taste.', 'positive'],
    ['This is not good.', 'negative'],
    ["It isn't bad at all.", 'positive'],
    ['No problem at all, works well.', 'positive'],
    ['Terrible. It broke after two days.', 'negative'],
    ['Too sweet and far too expensive.', 'negative'],
    ['The store opens at nine.', 'neutral'],
    ['The staff could not have been more helpful.', 'positive'],
    ['soooo gooood', 'positive'],
    ['What a waste of money :(', 'negative'],
  ]);
});

describe('rules', () => {
  test('negation ends at its clause', () => {
    expect(score('I was not hungry, the food was great.')).toBeGreaterThan(0.3);
    expect(score('No tenía hambre, pero la comida era excelente.')).toBeGreaterThan(0.3);
  });

  test('intensifiers, capitals and marks strengthen, diminishers weaken', () => {
    expect(score('very good')).toBeGreaterThan(score('good'));
    expect(score('The food was GOOD today')).toBeGreaterThan(score('The food was good today'));
    expect(score('muy bueno!!!')).toBeGreaterThan(score('muy bueno'));
    expect(score('un poco malo')).toBeGreaterThan(score('muy malo'));
  });

  test('a denial of strong praise blames less than its opposite', () => {
    expect(score('It is not excellent.')).toBeLessThan(0);
    expect(score('It is not excellent.')).toBeGreaterThan(score('It is terrible.'));
  });

  test('what it is said of decides', () => {
    expect(score('The wait was long.')).toBeLessThan(0);
    expect(score('The battery life is long.')).toBeGreaterThan(0);
  });

  test('both sides strong make a text mixed', () => {
    expect(label('The food was absolutely wonderful. The service was horrible and the waiter was rude.')).toBe('mixed');
  });

  test('accents may be missing', () => {
    expect(score('pesimo')).toBe(score('pésimo'));
  });
});

describe('languages', () => {
  test.each([
    ['es', 'La habitación estaba sucia y el desayuno era malo.'],
    ['en', 'The room was dirty and the breakfast was bad.'],
    ['fr', 'La chambre était sale et le petit déjeuner froid.'],
    ['pt', 'O quarto estava sujo e o pequeno-almoço era péssimo.'],
    ['it', 'La camera era sporca e la colazione pessima.'],
    ['de', 'Das Zimmer war schmutzig und das Frühstück kalt.'],
    ['ca', "L'habitació estava bruta i l'esmorzar era molt dolent."],
  ])('%s is recognised', (language, text) => expect(read(text).language).toBe(language));

  test('each sentence has its own', () => {
    const { language, sentences } = read(
      'El hotel está muy bien y el desayuno es rico. The staff was very friendly with us.',
    );
    expect(language).toBe('es');
    expect(sentences?.map((sentence) => sentence.language)).toEqual(['es', 'en']);
  });

  test('a language without a lexicon is read by its signs alone, and is little trusted', () => {
    const { sentiment } = read('La chambre était sale et le petit déjeuner froid.');
    expect(sentiment).toMatchObject({ label: 'neutral', score: 0 });
    expect(sentiment?.confidence).toBeLessThan(0.5);
  });
});

describe('any text', () => {
  test('property: spans index the text; numbers are in range; nothing throws', () => {
    const parts = fc.constantFrom(
      'no',
      'bueno',
      'good',
      ' ',
      '.',
      ',',
      '😀',
      '\ud800',
      '&amp;',
      '<br>',
      'pero',
      '!',
      '\n',
      'very',
      '"',
    );
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(parts).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const { sentiment, sentences = [] } = read(text);
        let last = 0;
        for (const { start, end, sentiment: own } of sentences) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(Math.abs(own.score)).toBeLessThanOrEqual(1);
          last = end;
        }
        if (sentiment) {
          expect(sentiment.magnitude).toBeGreaterThanOrEqual(0);
          expect(sentiment.confidence).toBeGreaterThan(0);
          expect(sentiment.confidence).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a text without words or signs has no sentiment', () => {
    expect(read('\u200b').sentiment?.score ?? 0).toBe(0);
    expect(reader({ text: '<br><br>', format: 'html' }).sentiment).toBeNull();
  });

  test.each([
    ['one word', 'a'.repeat(1_000_000)],
    ['praise', 'good bad '.repeat(100_000)],
    ['negators', 'no '.repeat(300_000)],
    ['emoji', '😀'.repeat(100_000)],
    ['quotes', '"'.repeat(500_000)],
  ])('a megabyte of %s takes linear time', (_, text) => {
    // Processor time: the clock of a machine with other work to do tells nothing. Alone it takes under 3 s.
    const before = process.cpuUsage();
    read(text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(10);
  });
});
