import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linesOfProbabilityMap } from '../../src/providers/local/ocr/db-postprocess.js';
import {
  convexHull,
  minAreaRect,
  quadOfBounds,
  quadOfRect,
  quadSize,
  turnQuad,
} from '../../src/providers/local/ocr/geometry.js';
import { toReadLanguages } from '../../src/providers/local/ocr/languages.js';
import { arrangeLines } from '../../src/providers/local/ocr/layout.js';
import { toOcrText } from '../../src/providers/local/ocr/page-text.js';
import { cutQuad } from '../../src/providers/local/ocr/raster.js';
import type { TextLine } from '../../src/providers/local/ocr/text-line.js';
import { decodeFields, encodeFields, type Field } from '../../src/providers/local/protobuf.js';

describe('geometry', () => {
  test('the smallest rectangle around the corners of a turned one is that rectangle', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.7, max: 0.7, noNaN: true }),
        fc.integer({ min: 20, max: 300 }),
        fc.integer({ min: 5, max: 15 }),
        (angle, width, height) => {
          const along = { x: Math.cos(angle), y: Math.sin(angle) };
          const corners = quadOfRect({ center: { x: 400, y: 300 }, along, width, height });
          const found = quadSize(quadOfRect(minAreaRect(convexHull(corners))));
          expect(found.width).toBeCloseTo(width, 6);
          expect(found.height).toBeCloseTo(height, 6);
        },
      ),
    );
  });

  test('four quarter turns give the same quad', () => {
    const quad = quadOfBounds({ left: 1, top: 2, right: 30, bottom: 9 });
    const turned = [1, 2, 3, 4].reduce((current) => turnQuad(current, 'clockwise'), quad);
    expect(turned).toEqual(quad);
    expect(turnQuad(turnQuad(quad, 'clockwise'), 'counter')).toEqual(quad);
  });

  test('a cut of the same size gives the same pixels', () => {
    const data = Uint8Array.from({ length: 4 * 3 * 3 }, (_, index) => index * 7);
    const page = { width: 4, height: 3, data };
    const cut = cutQuad(page, quadOfBounds({ left: 1, top: 1, right: 3, bottom: 3 }), 2, 2);
    expect([...cut.data]).toEqual([...data.subarray(15, 21), ...data.subarray(27, 33)]);
  });
});

describe('detected lines', () => {
  const settings = { pixelThreshold: 0.3, boxThreshold: 0.5, unclipRatio: 1.6, minSide: 3 };

  test('an area becomes a rectangle grown by its area over its perimeter', () => {
    const map = new Float32Array(100 * 60);
    for (let y = 20; y < 30; y++) map.fill(0.9, y * 100 + 20, y * 100 + 80);
    const [line, ...others] = linesOfProbabilityMap(map, 100, 60, settings);
    const grown = (60 * 10 * 1.6) / (2 * 70);
    expect(others).toEqual([]);
    expect(line?.score).toBeCloseTo(0.9);
    expect(line?.quad[0].x).toBeCloseTo(20 - grown);
    expect(line?.quad[2].y).toBeCloseTo(30 + grown);
  });

  test('weak and tiny areas are no lines', () => {
    const map = new Float32Array(100 * 60);
    for (let y = 20; y < 30; y++) map.fill(0.4, y * 100 + 20, y * 100 + 80);
    map[5] = 1;
    expect(linesOfProbabilityMap(map, 100, 60, settings)).toEqual([]);
  });
});

describe('reading order', () => {
  const line = (text: string, left: number, top: number, width = 100, height = 20): TextLine => {
    const bounds = { left, top, right: left + width, bottom: top + height };
    return { text, confidence: 0.9, bounds, words: [{ text, confidence: 0.9, bounds }] };
  };
  const order = (lines: TextLine[]): string[] =>
    arrangeLines(lines).flatMap((block) => block.lines.map(({ text }) => text));

  test('columns of text are read one after the other, below their heading', () => {
    const lines = [
      line('heading', 0, 0, 320),
      ...['ala', 'oso', 'uva'].map((text, row) => line(text, 0, 60 + row * 24)),
      ...['pan', 'sal', 'té'].map((text, row) => line(text, 200, 60 + row * 24)),
    ];
    expect(order(lines.toReversed())).toEqual(['heading', 'ala', 'oso', 'uva', 'pan', 'sal', 'té']);
  });

  test('the rows of a receipt stay together', () => {
    const rows = ['Pan', 'Leche', 'Total'].flatMap((text, row) => [
      line(text, 0, row * 24),
      line(`${row}.50`, 250, row * 24, 40),
    ]);
    expect(order(rows)).toEqual(['Pan 0.50', 'Leche 1.50', 'Total 2.50']);
  });

  test('every line is kept exactly once', () => {
    const place = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 900 }) });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 40 }), (places) => {
        const lines = places.map(({ x, y }, index) => line(`w${index}`, x, y));
        const words = order(lines).flatMap((text) => text.split(' '));
        expect(words.sort()).toEqual(lines.map(({ text }) => text).sort());
      }),
    );
  });

  test('boxes are in pixels of the whole page, and an empty page has no confidence', () => {
    const text = toOcrText(arrangeLines([line('uno', 10, 20)]), 2, 'es');
    expect(text).toMatchObject({ text: 'uno', confidence: 0.9, language: 'es' });
    expect(text.blocks[0]?.lines[0]?.words[0]?.box).toEqual([20, 40, 200, 40]);
    expect(toOcrText([], 1, null)).toEqual({ text: '', confidence: null, language: null, blocks: [] });
  });
});

describe('languages', () => {
  test('codes of two and three letters and regions become data names, each once', () => {
    expect(toReadLanguages(['es', 'en-US', 'spa', 'deu'])).toEqual([
      { code: 'spa', tag: 'es' },
      { code: 'eng', tag: 'en' },
      { code: 'deu', tag: 'de' },
    ]);
    expect(() => toReadLanguages(['english!'])).toThrow(/not a language code/);
  });
});

describe('protocol buffers', () => {
  test('fields survive a round trip', () => {
    const number = fc.integer({ min: 1, max: 5000 });
    const field = fc.oneof(
      fc.record({ number, wire: fc.constant(0), value: fc.maxSafeNat() }),
      fc.record({ number, wire: fc.constant(2), value: fc.uint8Array({ maxLength: 300 }) }),
      fc.record({ number, wire: fc.constant(5), value: fc.uint8Array({ minLength: 4, maxLength: 4 }) }),
    );
    fc.assert(
      fc.property(fc.array(field), (fields) => {
        const decoded = decodeFields(encodeFields(fields as Field[]));
        const plain = (all: readonly Field[]) =>
          all.map(({ value, ...rest }) => ({ ...rest, value: typeof value === 'number' ? value : [...value] }));
        expect(plain(decoded)).toEqual(plain(fields as Field[]));
      }),
    );
  });

  test('cut off bytes are an error', () => {
    expect(() => decodeFields(Uint8Array.of(0x0a, 5, 1))).toThrow(/cut off/);
  });
});
