import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TermReading, TextOptions } from '../../src/model.js';
import { englishKey, spanishKey } from '../../src/providers/local/language/lemma.js';
import type { ReadableText } from '../../src/providers/local/language/readable.js';
import { createTermReader } from '../../src/providers/local/language/terms.js';
import { plainView } from '../../src/text/plain-view.js';
import { splitSentences } from '../../src/text/sentences.js';
import { tokenize } from '../../src/text/tokens.js';

const OPTIONS: TextOptions = { features: ['terms'], language: null, brands: [], modelDirectory: null };
const read = await createTermReader(OPTIONS);

function readable(text: string, language: string | null): ReadableText {
  const view = plainView(text, 'plain');
  const tokens = tokenize(view.text);
  let next = 0;
  const sentences = splitSentences(view.text).map((span) => {
    const own: (typeof tokens)[number][] = [];
    while (next < tokens.length && tokens[next]!.start < span.end) {
      if (tokens[next]!.start >= span.start) own.push(tokens[next]!);
      next += 1;
    }
    return { ...span, language, tokens: own };
  });
  return { view, language, sentences };
}

const termsOf = (text: string, language: 'en' | 'es'): TermReading[] => read(readable(text, language), () => null);
const phrasesOf = (text: string, language: 'en' | 'es'): string[] =>
  termsOf(text, language).flatMap(({ kind, term }) => (kind === 'phrase' ? [term] : []));

const ABSTRACT =
  'We present a new routing protocol for wireless sensor networks that saves battery power. The routing protocol was ' +
  'tested in several greenhouses, and packet loss stayed below two percent. Results show that real-time scheduling of ' +
  'the radio helps.';

describe('key phrases in English', () => {
  it('finds the noun phrases that a paper is about, without general words', () => {
    const phrases = phrasesOf(ABSTRACT, 'en');
    for (const phrase of [
      'routing protocol',
      'wireless sensor networks',
      'battery power',
      'packet loss',
      'real-time scheduling',
    ]) {
      expect(phrases).toContain(phrase);
    }
    for (const general of ['results', 'percent', 'new routing protocol', 'several greenhouses']) {
      expect(phrases).not.toContain(general);
    }
  });

  it('counts every place of a phrase', () => {
    const term = termsOf(ABSTRACT, 'en').find(({ term }) => term === 'routing protocol');
    expect(term?.mentions.map(({ start, end }) => ABSTRACT.slice(start, end))).toEqual([
      'routing protocol',
      'routing protocol',
    ]);
  });

  it('reads what reviews speak of', () => {
    const phrases = phrasesOf('Creamy texture and great taste, but the lid is flimsy.', 'en');
    expect(phrases).toEqual(expect.arrayContaining(['creamy texture', 'taste', 'lid', 'flimsy']));
  });
});

describe('key phrases in Spanish', () => {
  it('joins nouns by de and keeps their adjectives', () => {
    const phrases = phrasesOf('La textura cremosa y el sabor a fresa, pero la tapa del envase se rompe.', 'es');
    expect(phrases).toEqual(expect.arrayContaining(['textura cremosa', 'sabor a fresa', 'tapa del envase']));
  });

  it('takes no verbs for nouns', () => {
    const phrases = phrasesOf('Se estudia el riego por goteo. Lo compré ayer y no lo recomiendo.', 'es');
    expect(phrases).toContain('riego por goteo');
    expect(phrases.join(' ')).not.toMatch(/estudia|compré|recomiendo/);
  });
});

describe('keys', () => {
  it('merges number, gender of adjectives and accents', () => {
    expect(spanishKey('yogures', false)).toBe(spanishKey('yogur', false));
    expect(spanishKey('sabores', false)).toBe(spanishKey('sabor', false));
    expect(spanishKey('cremosas', true)).toBe(spanishKey('cremoso', true));
    expect(spanishKey('envío', false)).toBe(spanishKey('envio', false));
    expect(spanishKey('plata', false)).not.toBe(spanishKey('plato', false));
    expect(spanishKey('año', false)).not.toBe(spanishKey('ano', false));
  });

  it('merges English plurals, and adjectives in -y with their noun', () => {
    expect(englishKey('tasty', true)).toBe(englishKey('tastes', false));
    expect(englishKey('batteries', false)).toBe(englishKey('battery', false));
    expect(englishKey('boxes', false)).toBe(englishKey('box', false));
    expect(englishKey('party', false)).not.toBe(englishKey('part', false));
    expect(englishKey('gas', false)).toBe('gas');
  });

  it('counts variants of a term as one', () => {
    const terms = termsOf('Los yogures son buenos. Un yogur al día. Cada YOGUR cuesta poco.', 'es');
    expect(terms.find(({ key }) => key === 'yogur')?.mentions).toHaveLength(3);
  });
});

describe('hashtags', () => {
  it('are terms of their own, whatever their case', () => {
    const tags = termsOf('Love it #YogurtLover and again #yogurtlover!', 'en').filter(({ kind }) => kind === 'hashtag');
    expect(tags).toHaveLength(1);
    expect(tags[0]).toMatchObject({ key: '#yogurtlover', term: '#YogurtLover', entityType: null });
    expect(tags[0]?.mentions).toHaveLength(2);
  });
});

/** What holds for every text. */
function expectSound(text: string, terms: readonly TermReading[]): void {
  for (const [at, { term, kind, entityType, score, mentions }] of terms.entries()) {
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(terms[at - 1]?.score ?? 1);
    expect(entityType === null).toBe(kind !== 'entity');
    expect(mentions.length).toBeGreaterThan(0);
    const forms = mentions.map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ' ').toLowerCase());
    expect(forms).toContain(term.toLowerCase());
    for (const { start, end } of mentions) {
      expect(end).toBeGreaterThan(start);
      expect(text.slice(start, end)).toMatch(/^\S[\s\S]*$/);
    }
  }
}

const WORDS =
  "Madrid yogur yogures de la La creamy texture U.S. don't Clinton's Real-Time A.B. 3,50 € #tag 😀 (EFE) - 49ers AT&T Banco España del New York 1996-08-30 \n \t said . , 2 1 RÍO Ñandú e\u0301l \ud800 \u200b مرحبا 日本語".split(
    ' ',
  );

describe('any text', () => {
  it('gives terms whose spans hold them', () => {
    const piece = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    const language = fc.constantFrom('en', 'es', null);
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.constantFrom(' ', '', '\n'),
        language,
        (pieces, gap, spoken) => {
          const text = readable(pieces.join(gap), spoken);
          expectSound(
            text.view.text,
            read(text, () => null),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['one word', 'x'.repeat(300_000)],
    ['emoji', '😀'.repeat(30_000)],
    ['lone surrogates', '\ud800'.repeat(100_000)],
    ['capitals', 'Xy '.repeat(50_000)],
    ['hyphens', 'A-'.repeat(100_000)],
    ['figures', '12-'.repeat(100_000)],
  ])(
    'is read in linear time: %s',
    (_, text) => {
      for (const language of ['en', 'es'] as const) {
        const terms = termsOf(text, language);
        expect(terms.length).toBeLessThanOrEqual(1500);
      }
    },
    20_000,
  );
});
