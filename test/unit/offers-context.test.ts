import { describe, expect, it } from 'vitest';
import { dateInName, openContexts } from '../../src/commands/offer-context.js';

describe('the day in the name of a file', () => {
  it.each([
    ['flyers/2020-04-06-trebola.jpg', '2020-04-06'],
    ['flyer_2020-04-06.pdf', '2020-04-06'],
    ['2020-13-06 and 2020-05-07.png', '2020-05-07'],
    ['2020-02-30.png', null],
    ['12020-04-061.png', null],
    ['2020-04-06/flyer.png', null],
    ['-', null],
  ])('%s', (source, day) => {
    expect(dateInName(source)).toBe(day);
  });
});

describe('what is known of a page', () => {
  const flags = { retailer: null, date: null, currency: null, lang: ['es', 'en'] };

  it('--date goes before the name of the file', async () => {
    const named = await openContexts(flags, '/');
    const told = await openContexts({ ...flags, date: '2021-01-02' }, '/');
    expect(named.ofPage('2020-04-06.png', 'es').date).toBe('2020-04-06');
    expect(told.ofPage('2020-04-06.png', 'es').date).toBe('2021-01-02');
    expect(named.ofPage('flyer.png', 'es').date).toBeNull();
  });

  it('the language of the page goes before those of the retailer and of --lang', async () => {
    const contexts = await openContexts({ ...flags, retailer: 'lidl-de' }, '/');
    expect(contexts.retailer).toBe('lidl-de');
    expect(contexts.ofPage('a.png', 'en').vocabulary.languages).toEqual(['en', 'de', 'es']);
    expect(contexts.ofPage('a.png', null).vocabulary.languages).toEqual(['de', 'es', 'en']);
    expect(contexts.ofText().vocabulary.languages).toEqual(
      expect.arrayContaining(['de', 'es', 'en', 'fr', 'it', 'pt', 'ca']),
    );
  });

  it('--currency goes before that of the retailer', async () => {
    const contexts = await openContexts({ ...flags, retailer: 'lidl-de', currency: 'CHF' }, '/');
    expect(contexts.ofText().retailer).toMatchObject({ currency: 'CHF', country: 'DE' });
  });
});
