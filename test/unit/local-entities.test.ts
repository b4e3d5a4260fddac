import { describe, expect, it } from 'vitest';
import type { TextOptions } from '../../src/model.js';
import type { ReadableText } from '../../src/providers/local/language/readable.js';
import { createTermReader } from '../../src/providers/local/language/terms.js';
import { plainView } from '../../src/text/plain-view.js';
import { splitSentences } from '../../src/text/sentences.js';
import { tokenize } from '../../src/text/tokens.js';

const OPTIONS: TextOptions = { features: ['terms'], language: null, brands: [], modelDirectory: null };

function readable(text: string, language: string): ReadableText {
  const view = plainView(text, 'plain');
  const tokens = tokenize(view.text);
  const sentences = splitSentences(view.text).map((span) => ({
    ...span,
    language,
    tokens: tokens.filter(({ start, end }) => start >= span.start && end <= span.end),
  }));
  return { view, language, sentences };
}

/** Names as `name/type`, in text order. */
async function namesOf(text: string, language: 'en' | 'es', brands: readonly string[] = []): Promise<string[]> {
  const read = await createTermReader({ ...OPTIONS, brands });
  return read(readable(text, language), () => null)
    .filter(({ kind }) => kind === 'entity')
    .flatMap(({ entityType, mentions }) => mentions.map(({ start, end }) => ({ entityType, start, end })))
    .sort((left, right) => left.start - right.start)
    .map(({ entityType, start, end }) => `${text.slice(start, end)}/${entityType}`);
}

describe('names in English', () => {
  it.each([
    [
      'Angela Whitcombe met officials of the World Bank in Nairobi.',
      ['Angela Whitcombe/person', 'World Bank/organization', 'Nairobi/location'],
    ],
    ['However, the minister did not travel.', []],
    ['Russian President Boris Yeltsin arrived.', ['Russian/other', 'Boris Yeltsin/person']],
    ['First Harlow Financial Corp said profit fell.', ['First Harlow Financial Corp/organization']],
    [
      'The University of Iowa and the Bank of Scotland agreed.',
      ['University of Iowa/organization', 'Bank of Scotland/organization'],
    ],
    ["Madrid's mayor spoke to The Washington Post.", ['Madrid/location', 'The Washington Post/organization']],
    ['She won the Zeeland Cup in Mount Barker.', ['Zeeland Cup/event', 'Mount Barker/location']],
    ['Write to ana@example.com about it.', []],
  ])('%s', async (text, names) => {
    expect(await namesOf(text, 'en')).toEqual(names);
  });

  it('takes a city that plays for its club, a country for itself', async () => {
    expect(await namesOf('Leeds 1 Coventry 0', 'en')).toEqual(['Leeds/organization', 'Coventry/organization']);
    expect(await namesOf('The talks in Leeds ended.', 'en')).toEqual(['Leeds/location']);
  });

  it('knows the place of a date line', async () => {
    expect(await namesOf('LONDON 1996-08-30', 'en')).toEqual(['LONDON/location', '1996-08-30/date']);
  });

  it('reads capitals of a heading by known names alone', async () => {
    expect(await namesOf('GOLF - SWEDEN TAKE LEAD BEFORE LAST ROUND', 'en')).toEqual(['SWEDEN/location']);
  });

  it('knows a person again by the family name', async () => {
    const names = await namesOf('Tomas Wexford resigned. Analysts said Wexford had no choice.', 'en');
    expect(names).toEqual(['Tomas Wexford/person', 'Wexford/person']);
  });
});

describe('names in Spanish', () => {
  it.each([
    [
      'El Banco de España y la Universidad de Salamanca firmaron.',
      ['Banco de España/organization', 'Universidad de Salamanca/organization'],
    ],
    [
      'El Valencia ganó al Barcelona en Mestalla.',
      ['Valencia/organization', 'Barcelona/organization', 'Mestalla/location'],
    ],
    ['Vive en Valencia desde niña.', ['Valencia/location']],
    [
      'El ministro de Defensa, Julio Marchena, viajó a La Habana.',
      ['Defensa/organization', 'Julio Marchena/person', 'La Habana/location'],
    ],
    ['El Frente Cívico Andino (FCA) perdió las elecciones.', ['Frente Cívico Andino/organization', 'FCA/organization']],
    ['Fernando de la Rúa renunció.', ['Fernando de la Rúa/person']],
    ['Según los vecinos, nadie avisó.', []],
    ['La Copa del Rey y el Premio Nobel de la Paz.', ['Copa del Rey/event', 'Premio Nobel de la Paz/event']],
  ])('%s', async (text, names) => {
    expect(await namesOf(text, 'es')).toEqual(names);
  });
});

describe('brands and figures', () => {
  it('takes the brands that are given for products', async () => {
    expect(await namesOf('Compré un Trébola de fresa.', 'es', ['trébola'])).toEqual(['Trébola/product']);
  });

  it('finds dates, prices and telephone numbers', async () => {
    const text = 'El 12 de mayo de 2024 pagué 3,50 € y llamé al 912 345 678.';
    expect(await namesOf(text, 'es')).toEqual(['12 de mayo de 2024/date', '3,50 €/price', '912 345 678/phone']);
    expect(await namesOf('It cost $1,299.99 on March 3, 2021.', 'en')).toEqual([
      '$1,299.99/price',
      'March 3, 2021/date',
    ]);
  });
});
