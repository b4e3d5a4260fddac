import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinParts } from '../../src/providers/google/language-join.js';
import { labelOf } from '../../src/providers/google/language-labels.js';
import {
  type LanguageAnswer,
  MisplacedError,
  type PartReading,
  parseAnswer,
} from '../../src/providers/google/language-parse.js';
import { charactersOf, partsOf } from '../../src/providers/google/language-parts.js';

describe('labelOf', () => {
  it.each([
    // the examples of Google's guide
    [0.8, 3, 4, 'positive'],
    [-0.6, 4, 6, 'negative'],
    [0.1, 0, 1, 'neutral'],
    [0, 4, 5, 'mixed'],
    // one sentence that praises and blames
    [0.1, 0.9, 1, 'mixed'],
    [0.2, 0.2, 1, 'neutral'],
    // a long text of which every sentence is near nothing
    [0.05, 10, 100, 'neutral'],
    // all sentences a little positive
    [0.2, 2, 10, 'neutral'],
    [0.25, 0.25, 1, 'positive'],
    [-0.25, 9, 1, 'negative'],
  ] as const)('score %f with magnitude %f over %i sentences is %s', (score, magnitude, sentences, label) => {
    expect(labelOf({ score, magnitude }, sentences)).toBe(label);
  });
});

describe('partsOf', () => {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom('Sí. ', 'yogur ', '😀', '\n\n', 'ñ', '! ', ' ', '漢字'),
      fc.string({ maxLength: 12, unit: 'binary' }),
    ),
    { maxLength: 80 },
  );
  const texts = words.map((pieces) => pieces.join('').replace(/\p{Surrogate}/gu, '\ufffd'));

  it('leaves out nothing but white space, keeps to the limits and cuts no character in two', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 8, max: 60 }), fc.integer({ min: 3, max: 20 }), (text, bytes, tokens) => {
        const parts = partsOf(text, { bytes, tokens }).map(({ start, end }) => text.slice(start, end));
        expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const part of parts) {
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(bytes);
          expect(part).not.toMatch(/\p{Surrogate}/u);
          expect(part.trim()).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('cuts at sentences, else at white space, else between characters', () => {
    const cut = (text: string, bytes: number, tokens = 1000) =>
      partsOf(text, { bytes, tokens }).map(({ start, end }) => text.slice(start, end));
    expect(cut('Uno dos. Tres cuatro. Cinco seis.', 22)).toEqual(['Uno dos. Tres cuatro.', 'Cinco seis.']);
    expect(cut('uno dos tres cuatro cinco', 12)).toEqual(['uno dos tres', 'cuatro cinco']);
    expect(cut('😀😀😀😀', 9)).toEqual(['😀😀', '😀😀']);
    expect(cut('A b. C d. E f.', 1000, 6)).toEqual(['A b. C d.', 'E f.']);
    expect(cut('short', 1000)).toEqual(['short']);
    expect(cut(' \n', 1000)).toEqual([]);
  });

  it('takes time in proportion to the length', () => {
    const before = process.cpuUsage();
    const parts = partsOf('El yogur está rico y es bueno. '.repeat(100_000), { bytes: 1_000_000, tokens: 12_000 });
    expect(parts.length).toBeGreaterThan(50);
    // Processor time: other work on the machine does not count.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(5_000);
  });
});

describe('charactersOf', () => {
  it('counts code points', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(charactersOf(text)).toBe([...text].length);
      }),
    );
  });
});

describe('joinParts', () => {
  const part = (length: number, score: number, facts: Partial<PartReading> = {}): PartReading => ({
    length,
    language: 'es',
    feeling: { score, magnitude: 1.5 },
    sentences: [],
    entities: [],
    ...facts,
  });
  const entity = (name: string, salience: number, start: number) => ({
    name,
    type: 'OTHER',
    salience,
    mentions: [{ start, end: start + 3, text: name, type: 'COMMON', feeling: null }],
  });

  it('weighs scores by length, adds magnitudes and merges entities', () => {
    const joined = joinParts([
      part(300, 0.5, { entities: [entity('Pan', 0.8, 0), entity('sal', 0.2, 9)] }),
      part(100, -0.3, { language: 'en', entities: [entity('pan', 1, 310)] }),
    ]);
    expect(joined).toMatchObject({ length: 400, language: 'es', feeling: { score: 0.3, magnitude: 3 } });
    expect(joined.entities.map(({ name, salience, mentions }) => [name, salience, mentions.length])).toEqual([
      ['Pan', expect.closeTo(0.85, 10), 2],
      ['sal', expect.closeTo(0.15, 10), 1],
    ]);
  });
});

describe('parseAnswer', () => {
  const sent = 'Muy rico.\r\n  Lo  compro 😀 siempre. Trebola.';
  const parse = (answer: object, offset = 0) => parseAnswer(answer as LanguageAnswer, sent, offset, true);
  const sentence = (content: string, beginOffset: number, sentiment: object | null = null) => ({
    text: { content, beginOffset },
    sentiment,
  });

  it('gives places in the whole text, without white space around', () => {
    const { sentences } = parse({ sentences: [sentence('Muy rico.\r\n', 0), sentence(' Trebola.', 35)] }, 100);
    expect(sentences.map(({ start, end }) => sent.slice(start - 100, end - 100))).toEqual(['Muy rico.', 'Trebola.']);
  });

  it('takes white space that was changed', () => {
    const { sentences } = parse({ sentences: [sentence('Lo compro 😀 siempre.', 13)] });
    expect(sentences).toMatchObject([{ start: 13, end: 35 }]);
  });

  it.each([
    ['no offset', 'Muy rico.', -1],
    ['another place', 'Trebola', 37],
    ['text that is not there', 'Muy ricos.', 0],
    ['a place behind the end', 'Trebola.', 400],
  ])('refuses %s', (_, content, beginOffset) => {
    expect(() => parse({ sentences: [sentence(content, beginOffset)] })).toThrow(MisplacedError);
    const mentions = [{ text: { content, beginOffset }, type: 'PROPER' }];
    expect(() => parse({ entities: [{ name: 'x', mentions }] })).toThrow(MisplacedError);
  });

  it('rounds single-precision numbers, keeps to the ranges, and reads what is missing as nothing', () => {
    const answer = {
      documentSentiment: { score: 0.800000011920929, magnitude: 1.2000000476837158 },
      languageCode: 'zh-Hant',
      sentences: [sentence('Muy rico.', 0, { score: -1.0001, magnitude: -0 })],
      entities: [{ name: 'Trebola', salience: 1.2, mentions: [{ text: { content: 'Trebola', beginOffset: 36 } }, {}] }],
    };
    expect(parse(answer)).toEqual({
      length: sent.length,
      language: 'zh',
      feeling: { score: 0.8, magnitude: 1.2 },
      sentences: [{ start: 0, end: 9, language: 'zh', feeling: { score: -1, magnitude: 0 } }],
      entities: [
        {
          name: 'Trebola',
          type: 'UNKNOWN',
          salience: 1,
          mentions: [
            { start: 36, end: 43, text: 'Trebola', type: 'TYPE_UNKNOWN', feeling: { score: 0, magnitude: 0 } },
          ],
        },
      ],
    });
    expect(parse({ language: 'und' })).toEqual({
      length: sent.length,
      language: null,
      feeling: null,
      sentences: [],
      entities: [],
    });
  });
});
