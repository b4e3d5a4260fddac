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
  it('have a high box before those that are stacked beside it', () => {
    const boxes: Box[] = [
      [290, 470, 230, 266],
      [290, 225, 220, 213],
      [50, 234, 200, 502],
      [290, 760, 230, 264],
      [50, 757, 200, 554],
    ];
    expect(inRows(boxes, (box) => box).map(([x, y]) => [x, y])).toEqual([
      [50, 234],
      [290, 225],
      [290, 470],
      [50, 757],
      [290, 760],
    ]);
  });
  it('hold boxes of different heights from one top', () => {
    const boxes: Box[] = [
      [700, 100, 200, 105],
      [0, 98, 200, 183],
      [350, 102, 200, 184],
    ];
    expect(inRows(boxes, (box) => box).map(([x]) => x)).toEqual([0, 350, 700]);
  });
});
