import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AspectReading } from '../../src/model.js';
import { createTextReader, type TextReader } from '../../src/providers/local/language/read-text.js';

let reader: TextReader;
beforeAll(async () => {
  reader = await createTextReader({ features: ['aspects'], language: null, brands: [], modelDirectory: null });
});
const read = (text: string): readonly AspectReading[] => reader({ text, format: 'plain' }).aspects ?? [];
const find = (text: string, name: string) => read(text).find(({ aspect }) => aspect === name);
const labels = (text: string) =>
  Object.fromEntries(read(text).map(({ aspect, mentions }) => [aspect, mentions[0]?.label]));

describe('what is judged', () => {
  test('by the adjective behind the verb, before the noun and behind it', () => {
    expect(labels('The food was great but the service was terrible.')).toMatchObject({
      food: 'positive',
      service: 'negative',
    });
    expect(labels('Great food, terrible service.')).toMatchObject({ food: 'positive', service: 'negative' });
    expect(labels('Comida excelente y servicio pésimo.')).toMatchObject({ comida: 'positive', servicio: 'negative' });
  });

  test('named together, judged together', () => {
    expect(labels('The food, service and atmosphere were great.')).toMatchObject({
      food: 'positive',
      service: 'positive',
      atmosphere: 'positive',
    });
    expect(labels('El sabor y la textura son malísimos.')).toMatchObject({ sabor: 'negative', textura: 'negative' });
  });

  test('denied', () => {
    expect(labels('The screen is not good.')).toMatchObject({ screen: 'negative' });
    expect(labels('El precio no es malo.')).toMatchObject({ precio: 'positive' });
  });

  test('names of several words, with their category', () => {
    const battery = find('The battery life is amazing.', 'battery life');
    expect(battery).toMatchObject({ category: 'battery' });
    expect(battery?.mentions[0]).toMatchObject({ label: 'positive', opinion: 'amazing' });
  });

  test('inflections are one aspect, mentions in text order', () => {
    const yogurt = find('Los yogures de fresa están ricos. El yogur de limón es horrible.', 'yogur');
    expect(yogurt?.mentions.map(({ label }) => label)).toEqual(['positive', 'negative']);
  });

  test('what nothing judges is given too', () => {
    const price = find('El precio aparece en la etiqueta.', 'precio');
    expect(price?.mentions[0]).toMatchObject({ label: 'neutral', opinion: null });
  });
});

describe('quotes', () => {
  test('are the clause that judges', () => {
    const text = 'The room was dirty, but the staff was very friendly.';
    const mention = find(text, 'staff')?.mentions[0];
    expect(text.slice(mention?.start, mention?.end)).toBe('but the staff was very friendly.');
    expect(mention?.opinion).toBe('very friendly');
  });

  test('property: index the text as it was given', () => {
    const parts = fc.constantFrom(
      'the ',
      'food ',
      'service ',
      'is ',
      'great ',
      'not ',
      'bad ',
      'comida ',
      'buena ',
      ', ',
      '. ',
      '&amp; ',
      '<b>',
      '\ud800',
      '😀 ',
    );
    fc.assert(
      fc.property(fc.array(parts), (all) => {
        const text = all.join('');
        for (const { mentions } of read(text)) {
          expect(mentions.length).toBeGreaterThan(0);
          for (const { start, end } of mentions) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
