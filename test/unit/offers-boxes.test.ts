import { describe, expect, it } from 'vitest';
import { inRows } from '../../src/analysis/offers/boxes.js';
import type { Box } from '../../src/model.js';

describe('rows of boxes', () => {
  it('go from left to right, also where the page is askew', () => {
    const boxes: Box[] = [
      [600, 90, 100, 40],
      [0, 100, 100, 40],
      [300, 95, 100, 40],
      [0, 300, 100, 40],
      [300, 290, 100, 40],
    ];
    expect(inRows(boxes, (box) => box).map(([x, y]) => [x, y])).toEqual([
      [0, 100],
      [300, 95],
      [600, 90],
      [0, 300],
      [300, 290],
    ]);
    expect(inRows([], (box: Box) => box)).toEqual([]);
  });
});
