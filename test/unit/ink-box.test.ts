import { describe, expect, it } from 'vitest';
import type { Bitmap } from '../../src/io/bitmap.js';
import { grownToInk } from '../../src/io/ink-box.js';

/** White, with black bars: left, top, width, height. */
function pictureOf(bars: readonly (readonly [number, number, number, number])[], width = 200, height = 60): Bitmap {
  const data = new Uint8Array(width * height * 3).fill(255);
  for (const [left, top, wide, tall] of bars) {
    for (let y = top; y < top + tall; y++) data.fill(0, (y * width + left) * 3, (y * width + left + wide) * 3);
  }
  return { width, height, channels: 3, data };
}

describe('boxes grown to their ink', () => {
  const digits = [
    [50, 22, 8, 16],
    [62, 22, 8, 16],
    [74, 22, 8, 16],
  ] as const;
  it('hold the letters that their sides cut', () => {
    expect(grownToInk(pictureOf(digits), [53, 20, 26, 20], 1)).toEqual([50, 20, 32, 20]);
    expect(grownToInk(pictureOf(digits), [106, 40, 52, 40], 2)).toEqual([100, 40, 64, 40]);
  });
  it('stay where they cut none, and stop before gaps and edges', () => {
    expect(grownToInk(pictureOf(digits), [49, 20, 34, 20], 1)).toEqual([49, 20, 34, 20]);
    const next = pictureOf([...digits, [90, 22, 8, 16]]);
    expect(grownToInk(next, [50, 20, 28, 20], 1)).toEqual([50, 20, 32, 20]);
    const plate = pictureOf([...digits, [83, 0, 60, 60]]);
    expect(grownToInk(plate, [50, 20, 28, 20], 1)).toEqual([50, 20, 32, 20]);
  });
  it('stay where there is too little to see', () => {
    expect(grownToInk(pictureOf(digits), [53, 20, 26, 3], 1)).toEqual([53, 20, 26, 3]);
    expect(grownToInk(pictureOf(digits), [190, 20, 30, 20], 1)).toEqual([190, 20, 30, 20]);
  });
});
