import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Frame, parseFeatures, parseText, sizeOf } from '../../src/providers/google/vision-parse.js';
import { fullTextOf } from '../support/vision-answers.mjs';

const FRAME: Frame = { width: 1000, height: 500, scale: 1 };

interface WordSpec {
  readonly text: string;
  readonly after?: string;
  readonly prefix?: string;
  readonly x?: number;
}

function word({ text, after, prefix, x = 0 }: WordSpec): object {
  const symbols: object[] = [...text].map((character) => ({ text: character, confidence: 0.5 }));
  if (after) Object.assign(symbols.at(-1) ?? {}, { property: { detectedBreak: { type: after } } });
  if (prefix) Object.assign(symbols[0] ?? {}, { property: { detectedBreak: { type: prefix, isPrefix: true } } });
  const vertices = [
    { x, y: 10 },
    { x: x + 10, y: 10 },
    { x: x + 10, y: 30 },
    { x, y: 30 },
  ];
  return { symbols, confidence: 0.8, boundingBox: { vertices } };
}

function textOfWords(...words: WordSpec[]) {
  const blocks = [{ paragraphs: [{ words: words.map(word) }] }];
  return parseText({ fullTextAnnotation: { pages: [{ blocks }] } }, FRAME);
}

function linesOf(...words: WordSpec[]): string[] {
  return textOfWords(...words).blocks.flatMap((block) => block.lines.map((line) => line.text));
}

describe('breaks', () => {
  it('SPACE and SURE_SPACE part words, the others end lines', () => {
    expect(
      linesOf(
        { text: 'a', after: 'SPACE' },
        { text: 'b', after: 'SURE_SPACE' },
        { text: 'c', after: 'EOL_SURE_SPACE' },
        { text: 'd', after: 'LINE_BREAK' },
        { text: 'e' },
      ),
    ).toEqual(['a b c', 'd', 'e']);
  });

  it('knows them by number too', () => {
    const numbered = linesOf({ text: 'a', after: 1 as never }, { text: 'b', after: 5 as never }, { text: 'c' });
    expect(numbered).toEqual(['a b', 'c']);
  });

  it('writes the hyphen that Google leaves out', () => {
    expect(linesOf({ text: 're', after: 'HYPHEN' }, { text: 'bajas' })).toEqual(['re-', 'bajas']);
    expect(linesOf({ text: 're-', after: 'HYPHEN' }, { text: 'bajas' })).toEqual(['re-', 'bajas']);
  });

  it('a break before a word parts it from the one before', () => {
    expect(linesOf({ text: 'a' }, { text: 'b', prefix: 'SPACE' })).toEqual(['a b']);
  });
});

describe('words', () => {
  it('joins punctuation to its word, with one box', () => {
    const text = textOfWords(
      { text: '1', x: 0 },
      { text: ',', x: 10 },
      { text: '99', x: 20, after: 'SPACE' },
      { text: '€', x: 40, after: 'LINE_BREAK' },
    );
    const [line] = text.blocks[0]?.lines ?? [];
    expect(line?.words).toEqual([
      { text: '1,99', confidence: 0.8, box: [0, 10, 30, 20] },
      { text: '€', confidence: 0.8, box: [40, 10, 10, 20] },
    ]);
    expect(line?.box).toEqual([0, 10, 50, 20]);
  });

  it('keeps words apart in scripts without spaces, and writes none between them', () => {
    const text = textOfWords({ text: '日本' }, { text: '語', after: 'LINE_BREAK' });
    expect(text.text).toBe('日本語');
    expect(text.blocks[0]?.lines[0]?.words.map((each) => each.text)).toEqual(['日本', '語']);
  });

  it('weighs confidence by characters', () => {
    const pages = [
      {
        blocks: [
          {
            paragraphs: [
              { words: [word({ text: 'abc', after: 'SPACE' }), { symbols: [{ text: 'd', confidence: 0.4 }] }] },
            ],
          },
        ],
      },
    ];
    expect(parseText({ fullTextAnnotation: { pages } }, FRAME).confidence).toBe(0.7);
  });
});

describe('boxes', () => {
  it('takes a missing coordinate for 0 and keeps within the page', () => {
    const boundingPoly = { vertices: [{}, { x: 1200 }, { x: 1200, y: 40 }, { y: 40 }] };
    const { logos } = parseFeatures({ logoAnnotations: [{ boundingPoly }] }, FRAME, ['logos']);
    expect(logos?.[0]?.box).toEqual([0, 0, 1000, 40]);
  });

  it('multiplies normalized vertices by the page, others by the scale', () => {
    const frame = { width: 2000, height: 1000, scale: 2 };
    const normalizedVertices = [
      { x: 0.25, y: 0.5 },
      { x: 0.5, y: 0.75 },
    ];
    const vertices = [
      { x: 10, y: 20 },
      { x: 20, y: 40 },
    ];
    const answer = {
      localizedObjectAnnotations: [{ name: 'Bottle', score: 0.5, boundingPoly: { normalizedVertices } }],
      logoAnnotations: [{ description: 'Logo', boundingPoly: { vertices } }, { description: 'Nowhere' }],
    };
    const { objects, logos } = parseFeatures(answer, frame, ['objects', 'logos']);
    expect(objects).toEqual([{ name: 'Bottle', score: 0.5, box: [500, 500, 500, 250], entityId: null }]);
    expect(logos?.map(({ box }) => box)).toEqual([[20, 40, 20, 40], null]);
  });
});

describe('a page', () => {
  it('without text has no confidence and no language', () => {
    expect(parseText({}, FRAME)).toEqual({ text: '', confidence: null, language: null, blocks: [] });
    expect(parseText({ fullTextAnnotation: null }, FRAME).blocks).toEqual([]);
    expect(sizeOf({ fullTextAnnotation: { pages: [{ width: 0, height: 0 }] } })).toBeNull();
  });

  it('has the surest language that has a name', () => {
    const detectedLanguages = [
      { languageCode: 'und', confidence: 0.99 },
      { languageCode: 'en', confidence: 0.2 },
      { languageCode: 'es', confidence: 0.7 },
    ];
    const pages = [{ property: { detectedLanguages } }];
    expect(parseText({ fullTextAnnotation: { pages } }, FRAME).language).toBe('es');
  });

  it('gives back any text that was laid out in blocks, lines and words', () => {
    const wordText = fc.stringMatching(/^[A-Za-zÀ-ÿ0-9€]{1,8}$/);
    const line = fc.array(wordText, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
    const block = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
    const page = fc.array(block, { minLength: 1, maxLength: 4 }).map((blocks) => blocks.join('\n\n'));
    fc.assert(
      fc.property(page, fc.boolean(), (text, isNormalized) => {
        const fullTextAnnotation = fullTextOf(text, { width: 1000, height: 500, isNormalized }) as object;
        const parsed = parseText({ fullTextAnnotation }, FRAME);
        expect(parsed.text).toBe(text);
        for (const { lines } of parsed.blocks) {
          for (const { text: lineText, words } of lines) {
            expect(words.map((each) => each.text).join(' ')).toBe(lineText);
          }
        }
      }),
    );
  });
});
