import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spellEnclitics } from '../../src/providers/local/speech/spanish-enclitics.js';
import type { WordTokens } from '../../src/providers/local/speech/vocabulary.js';

/** Words of two tokens each. */
const wordsIn = (text: string): WordTokens[] =>
  text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, index) => ({ text: word, first: 2 * index, last: 2 * index + 1 }));
const textOf = (words: readonly WordTokens[]): string => words.map(({ text }) => text).join(' ');
const spell = (text: string): string => textOf(spellEnclitics(wordsIn(text)));

describe('pronouns at the end of past tenses', () => {
  test.each([
    ['Los niños agrupabanse junto a la puerta.', 'Los niños agrupábanse junto a la puerta.'],
    ['Levantabase el sol', 'Levantábase el sol'],
    ['«Llamabanle el manco»', '«Llamábanle el manco»'],
    ['mirabanla todos', 'mirábanla todos'],
    ['Contabame mi abuelo', 'Contábame mi abuelo'],
    ['fueronse, acercaronse y dijeronle', 'fuéronse, acercáronse y dijéronle'],
    ['acabanse las fuerzas', 'acábanse las fuerzas'],
    ['lo QUEDABANSE', 'lo QUEDÁBANSE'],
  ])('have their accent: %s', (heard, written) => expect(spell(heard)).toBe(written));

  test.each([
    ['los camareros agrupaban se sobre una tarima', 'los camareros agrupábanse sobre una tarima'],
    ['Iban se al puerto y veían se, lejos', 'Íbanse al puerto y veíanse, lejos'],
    ['Sentía se cansado', 'Sentíase cansado'],
    ['acercó se al capitán', 'acercóse al capitán'],
    ['levantaron se los dos y fueron se en silencio', 'levantaron se los dos y fuéronse en silencio'],
    ['Era se una vez', 'Érase una vez'],
  ])('are joined to it: %s', (heard, written) => expect(spell(heard)).toBe(written));

  test.each([
    'dijo que se iba',
    'lo que pasa se sabe',
    'cuando llegan se sientan',
    'los que se marchaban se despedían',
    'el coche que frenaba se paró',
    'cuando comía se la llevó',
    'cerraban la perspectiva, miraba la barca y llamaban le',
    'lo que esperaba se ha hecho, y lo que pensaba se a hecho',
    'ya lo decía, se en qué piensa',
    'contestó se que no',
    'pensaba se',
    'si lo acabase, lo grabase o lo trabase',
    'grabame el disco en la database',
    'que cantase, cantasen o hablasen',
    'se acercaban, me miraba y nos fueron',
    'tiene que dárselo, mirándola y levantose',
  ])('are left where that may be right: %s', (text) => expect(spell(text)).toBe(text));

  test('joined words have the tokens of both', () => {
    expect(spellEnclitics(wordsIn('y agrupaban se en casa'))).toEqual([
      { text: 'y', first: 0, last: 1 },
      { text: 'agrupábanse', first: 2, last: 5 },
      { text: 'en', first: 6, last: 7 },
      { text: 'casa', first: 8, last: 9 },
    ]);
    expect(spellEnclitics([])).toEqual([]);
  });

  const part = fc.constantFrom(
    ...[
      'agrupaban',
      'Iban',
      'iba',
      'se',
      'se,',
      'se.',
      'la',
      'en',
      'cansado',
      'acercó',
      'fueronse',
      'Levantabase',
      '¿',
    ],
  );
  const texts = fc.array(fc.oneof(part, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 })), { maxLength: 8 });
  const letters = (text: string): string =>
    text
      .normalize('NFD')
      .replaceAll(/\s|\u0301/g, '')
      .normalize('NFC');

  test('letters and punctuation stay, tokens stay in order, and nothing is left to do', () => {
    fc.assert(
      fc.property(texts, (parts) => {
        const words = wordsIn(parts.join(' '));
        const spelled = spellEnclitics(words);
        expect(letters(textOf(spelled))).toBe(letters(textOf(words)));
        expect(spelled.map(({ first }) => first)).toEqual([...spelled.map(({ first }) => first)].sort((a, b) => a - b));
        for (const [index, { first, last }] of spelled.entries()) {
          expect(first).toBe(index === 0 ? 0 : (spelled[index - 1] as WordTokens).last + 1);
          expect(last).toBeGreaterThan(first);
        }
        expect(spelled.at(-1)?.last).toBe(words.at(-1)?.last);
        expect(spellEnclitics(spelled)).toEqual(spelled);
      }),
    );
  });
});
