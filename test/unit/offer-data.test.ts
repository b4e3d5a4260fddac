import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { listOfferLanguages, listRetailers, loadOfferWords, loadRetailer } from '../../src/io/offer-data.js';
import type { PhraseGaps } from '../../src/text/phrases.js';
import { compilePhrase, cueOf, findPhrases, gapsOf, wordPattern } from '../../src/text/phrases.js';

const folder = mkdtempSync(join(tmpdir(), 'uxd-offers-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const file = join(folder, 'shop.yaml');
  writeFileSync(file, text);
  return file;
}

describe('words of languages', () => {
  it('are there and whole for seven languages', async () => {
    const languages = await listOfferLanguages();
    expect(languages).toEqual(['ca', 'de', 'en', 'es', 'fr', 'it', 'pt']);
    for (const language of languages) expect((await loadOfferWords(language))?.language).toBe(language);
  });

  it('are found by the first subtag', async () => {
    expect((await loadOfferWords('es-MX'))?.language).toBe('es');
    expect(await loadOfferWords('fi')).toBeNull();
  });
});

describe('retailers', () => {
  it('are all as they should be, in languages that there are words of', async () => {
    const languages = await listOfferLanguages();
    for (const name of await listRetailers()) {
      const retailer = await loadRetailer(name);
      expect(name.endsWith(`-${retailer.country?.toLowerCase()}`)).toBe(true);
      for (const language of retailer.languages) expect(languages).toContain(language);
    }
  });

  it('may be in a file of one’s own', async () => {
    const file = fileWith('name: Shop\ncountry: US\nlanguages: [en]\ncurrency: USD\nnthUnitPercentMeans: pay\n');
    expect(await loadRetailer(file)).toEqual({
      id: file,
      name: 'Shop',
      country: 'US',
      languages: ['en'],
      currency: 'USD',
      loyaltyWords: [],
      nthUnitPercentMeans: 'pay',
      dateOrder: 'mdy',
    });
  });

  it.each([
    ['name: Shop\ncountry: US\nlanguages: en\ncurrency: USD\n', /shop\.yaml: languages: expected a list of texts/],
    ['name: Shop\nlanguages: [en]\ncurrency: USD\n', /shop\.yaml: country: expected a text/],
    [
      'name: Shop\ncountry: US\nlanguages: [en]\ncurrency: USD\nnthUnitPercentMeans: half\n',
      /shop\.yaml: nthUnitPercentMeans: expected discount or pay/,
    ],
    ['name: Shop\ncountry: US\nlanguages: [en]\ncurrency: euro\n', /shop\.yaml: currency: expected a code such as EUR/],
    ['name: Shop\ncountry: US\nlanguages: []\ncurrency: USD\n', /shop\.yaml: languages: expected a list of codes/],
    [
      'name: Shop\ncountry: US\nlanguages: [en]\ncurrency: USD\nfoo: bar\n',
      /shop\.yaml: foo: expected one of the settings name, country/,
    ],
    ['name: [', /shop\.yaml: not valid YAML/],
    ['- one\n', /shop\.yaml: the file: expected names and values/],
  ])('tell what is wrong with %j', async (text, message) => {
    await expect(loadRetailer(fileWith(text))).rejects.toThrow(message);
  });

  it('that are not known are refused with those that are', async () => {
    await expect(loadRetailer('carrefour')).rejects.toThrow(/no retailer "carrefour": use one of carrefour-es/);
    await expect(loadRetailer('/nowhere/shop.yaml')).rejects.toThrow(/shop\.yaml: cannot be read \(ENOENT\)/);
  });
});

describe('phrases', () => {
  const gaps: PhraseGaps = {
    kept: new Map([['n', String.raw`\d{1,2}`]]),
    passed: new Map([['unit', '(?:pieces|pcs)']]),
    cues: new Map([['unit', ['pieces', 'pcs']]]),
  };
  const gapsIn = (phrase: string, text: string) =>
    Array.from(findPhrases(text, [compilePhrase(phrase, gaps)]), ({ match }) => gapsOf(match));

  it('have gaps, choices and parts that may be missing', () => {
    expect(gapsIn('(buy|take) {n} [of] {unit}', 'take 3 of pieces, buy 2 pcs')).toEqual([{ n: '3' }, { n: '2' }]);
    expect(gapsIn('(buy|take) {n} [of] {unit}', 'sell 3 pieces')).toEqual([]);
  });

  it('do not begin or end inside words and numbers', () => {
    expect(gapsIn('{n} {unit}', '13 pieces')).toEqual([{ n: '13' }]);
    for (const text of ['113 pieces', '1,3 pieces', '3 piecess', 'x3 pieces'])
      expect(gapsIn('{n} {unit}', text)).toEqual([]);
  });

  it('know what a text must hold', () => {
    const cuesOf = (phrase: string) => compilePhrase(phrase, gaps).cues.map(({ cues }) => cues.map(({ text }) => text));
    expect(cuesOf('(buy|take) {n} [of] {unit} today')).toEqual([['buy', 'take'], ['pieces', 'pcs'], ['today']]);
    expect(cuesOf('({n}|take) {n}')).toEqual([]);
    expect(cueOf('Al comprar')).toBe('comprar');
  });

  it.each([
    ['(buy {n}', /"\(" is not closed/],
    ['buy {n})', /"\)" closes nothing/],
    ['[buy {n})', /"\)" closes nothing/],
    ['buy {m}', /no gap \{m\}/],
    ['buy {n', /"\{" opens no gap/],
  ])('that are not whole are refused: %s', (phrase, message) => {
    expect(() => compilePhrase(phrase, gaps)).toThrow(message);
  });

  it('of no words are in no text', () => {
    expect('a b'.match(wordPattern([]))).toBeNull();
  });
});
