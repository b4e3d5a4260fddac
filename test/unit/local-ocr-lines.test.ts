import { describe, expect, test } from 'vitest';
import { alignCharacters } from '../../src/providers/local/ocr/align.js';
import { decodeCtc, type ReadCharacter } from '../../src/providers/local/ocr/ctc.js';
import { fuseReadings, isDoubtful, tidy } from '../../src/providers/local/ocr/fusion.js';
import { quadOfBounds } from '../../src/providers/local/ocr/geometry.js';
import { loadLineHead } from '../../src/providers/local/ocr/line-head.js';
import { joinSplitPrices } from '../../src/providers/local/ocr/price-join.js';
import { restoreDecimalPoint } from '../../src/providers/local/ocr/price-layout.js';
import type { LineReading } from '../../src/providers/local/ocr/recognition.js';
import { toTextLine } from '../../src/providers/local/ocr/text-line.js';
import { combineVotes, votersOf } from '../../src/providers/local/ocr/votes.js';

const reading = (text: string, confidence = 0.95, second?: Record<number, string>): LineReading => {
  const letters = Array.from(text);
  const characters = letters.map((letter, index): ReadCharacter => {
    const place = { text: letter, from: index / letters.length, to: (index + 1) / letters.length };
    const other = second?.[index];
    if (other === undefined) return { ...place, confidence };
    return { ...place, confidence: 0.55, second: { text: other, confidence: 0.4 } };
  });
  return { text, confidence, characters };
};

describe('decoding', () => {
  const characters = ['', 'a', 'b'];
  const steps = (...classes: number[]): Float32Array =>
    Float32Array.from(classes.flatMap((best) => characters.map((_, index) => (index === best ? 0.8 : 0.1))));

  test('drops blanks and repeats, and keeps a letter that comes twice', () => {
    const read = decodeCtc(steps(0, 1, 1, 0, 1, 2, 0), 7, characters);
    expect(read.map(({ text }) => text).join('')).toBe('aab');
    expect(read[0]).toMatchObject({ from: 1 / 7, to: 3 / 7 });
    expect(read[0]?.confidence).toBeCloseTo(0.8);
  });

  test('remembers what else a letter may be', () => {
    const [letter] = decodeCtc(Float32Array.from([0.1, 0.6, 0.3]), 1, characters);
    expect(letter?.second?.text).toBe('b');
    expect(letter?.second?.confidence).toBeCloseTo(0.3);
  });

  test('the votes of the second opinion move probabilities, and accents are voted for by their letters', () => {
    const voters = votersOf(['', 'n', 'ñ', 'u'], ['', 'n', 'u']);
    expect(voters).toEqual([[0], [1], [1], [2]]);
    const logits = (...values: number[]): Float32Array => Float32Array.from(values);
    const combined = combineVotes(logits(0, 1, 2, 2.5), logits(0, 5, 1), 1, voters);
    expect(combined.indexOf(Math.max(...combined))).toBe(2);
    expect(combined.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  });

  test('the head covers the signs of flyers', () => {
    const head = loadLineHead();
    expect(head.direct.weights).toHaveLength(head.characters.length * 120);
    expect(head.context.columns).toBe(360);
    for (const sign of ['ñ', '€', '¿', 'ß', ' ']) expect(head.characters).toContain(sign);
  });
});

describe('fusing two readings', () => {
  test('accents and case keep letters together', () => {
    expect(alignCharacters([...'jamon'], [...'Jamón']).distance).toBeCloseTo(0.4);
  });

  test('Tesseract decides between what the network holds for possible', () => {
    const shapes = reading('jamon', 0.95, { 3: 'ó' });
    expect(isDoubtful(shapes)).toBe(true);
    expect(fuseReadings(shapes, reading('jamón')).text).toBe('jamón');
  });

  test('a sure reading stands, and a digit does not become a letter', () => {
    expect(isDoubtful(reading('12,50 €'))).toBe(false);
    expect(fuseReadings(reading('1O,50', 0.95, { 1: '0' }), reading('10,50')).text).toBe('10,50');
    expect(fuseReadings(reading('10,50', 0.95, { 1: '5' }), reading('1o,50')).text).toBe('10,50');
  });

  test('a missing euro sign is put back', () => {
    expect(fuseReadings(reading('3,45 ', 0.8), reading('3,45 €')).text).toBe('3,45 €');
  });

  test('of unlike readings one is taken', () => {
    expect(fuseReadings(reading('Aceite de oliva', 0.9), reading('xx', 0.3)).text).toBe('Aceite de oliva');
    expect(fuseReadings(reading('', 0), reading('Leche', 0.9)).text).toBe('Leche');
    expect(fuseReadings(reading('zz', 0.2), reading('', 0)).text).toBe('');
  });

  test('spaces are single and never outside', () => {
    expect(tidy(reading('  a  b ').characters, 1).text).toBe('a b');
  });
});

describe('prices', () => {
  const line = (text: string, left: number, top: number, right: number, bottom: number) =>
    toTextLine(quadOfBounds({ left, top, right, bottom }), reading(text));

  test('cents that were found on their own are joined to their units', () => {
    const joined = joinSplitPrices([
      line('1', 0, 0, 40, 100),
      line('99€', 42, 5, 90, 55),
      line('Leche', 0, 200, 90, 220),
    ]);
    expect(joined.map(({ text }) => text)).toEqual(['1.99€', 'Leche']);
    expect(joined[0]?.bounds).toEqual({ left: 0, top: 0, right: 90, bottom: 100 });
  });

  test('a printed separator is kept as it is', () => {
    const joined = joinSplitPrices([line('1,', 0, 0, 40, 100), line('99', 42, 5, 90, 55)]);
    expect(joined.map(({ text }) => text)).toEqual(['1,99']);
  });

  test('a gap between units and cents before the euro sign is a lost separator', () => {
    const page = { width: 1, height: 1, data: new Uint8Array(3) };
    const quad = quadOfBounds({ left: 0, top: 0, right: 1, bottom: 1 });
    expect(restoreDecimalPoint(page, quad, reading('3 29 €')).text).toBe('3,29 €');
  });

  test('raised cents get a decimal point', () => {
    const width = 150;
    const height = 60;
    const data = new Uint8Array(width * height * 3).fill(255);
    const ink = (left: number, top: number, right: number, bottom: number): void => {
      for (let y = top; y < bottom; y++) data.fill(0, (y * width + left) * 3, (y * width + right) * 3);
    };
    ink(10, 6, 40, 54);
    ink(60, 6, 80, 30);
    ink(95, 6, 115, 30);
    const quad = quadOfBounds({ left: 0, top: 0, right: width, bottom: height });
    expect(restoreDecimalPoint({ width, height, data }, quad, reading('199')).text).toBe('1.99');
    for (const size of ['je 400 g', '175 g', '750 ml,']) {
      expect(restoreDecimalPoint({ width, height, data }, quad, reading(size)).text).toBe(size);
    }
    ink(60, 30, 80, 54);
    ink(95, 30, 115, 54);
    expect(restoreDecimalPoint({ width, height, data }, quad, reading('199')).text).toBe('199');
  });
});

describe('words', () => {
  test('are split at spaces and placed along the line', () => {
    const line = toTextLine(quadOfBounds({ left: 100, top: 10, right: 200, bottom: 30 }), reading('ab cd'));
    expect(line.words.map(({ text, bounds }) => [text, bounds.left, bounds.right])).toEqual([
      ['ab', 100, 140],
      ['cd', 160, 200],
    ]);
  });
});
