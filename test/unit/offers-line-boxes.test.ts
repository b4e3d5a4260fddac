import { describe, expect, it } from 'vitest';
import { withLineBoxes } from '../../src/analysis/offers/line-boxes.js';
import type { OfferPage, PageWord } from '../../src/analysis/offers/page.js';

const TEXT = 'Yogur griego con azúcar de caña pack de cuatro con nueces en su envase más grande 2,49'.split(' ');
const LOW = /^[aceimnorsuvwxzñ]+$/;

/** A line of words of one font size: as high as the line, or as their ink. */
function line(y: number, size: number, isTight: boolean): PageWord[] {
  return TEXT.map((text, at) => {
    const top = isTight && LOW.test(text.normalize('NFD')) && !/i/.test(text) ? 0.19 : 0;
    const foot = isTight && !/[gypq]/.test(text) ? (text.includes(',') ? 0.83 : 0.72) : 0.93;
    return { text, confidence: 1, box: [at * 6 * size, y + top * size, 5.5 * size, (foot - top) * size] };
  });
}

const page = (words: readonly PageWord[]): OfferPage => ({ width: 2000, height: 2000, language: 'es', words });

describe('boxes as high as their line', () => {
  it('of ink are made: words of one size are of one height and at one place', () => {
    const { words } = withLineBoxes(page([...line(100, 20, true), ...line(300, 60, true)]));
    const heights = words.map(({ box }) => box[3]);
    const [small, big] = [heights.slice(0, TEXT.length), heights.slice(TEXT.length)];
    expect(Math.max(...small) / Math.min(...small)).toBeLessThan(1.05);
    expect(Math.max(...big) / Math.min(...big)).toBeLessThan(1.05);
    expect(Math.min(...big) / Math.max(...small)).toBeGreaterThan(2.8);
    const tops = words.slice(0, TEXT.length).map(({ box }) => box[1]);
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(1.5);
  });

  it('that are so already stay as they are', () => {
    const given = page([...line(100, 20, false), ...line(300, 60, false)]);
    expect(withLineBoxes(given)).toBe(given);
  });

  it('signs keep their boxes', () => {
    const dash: PageWord = { text: '–', confidence: 1, box: [5, 5, 9, 2] };
    expect(withLineBoxes(page([...line(100, 20, true), dash])).words.at(-1)).toBe(dash);
  });

  it('pages of few words tell nothing', () => {
    const given = page(line(0, 20, true).slice(0, 3));
    expect(withLineBoxes(given)).toBe(given);
  });
});
