/** Words of pages that are written down in tests. */
import type { PageWord } from '../../src/analysis/offers/page.js';
import type { Box } from '../../src/model.js';

/** A line of words, each letter half as wide as the line is high. */
export function line(text: string, x: number, y: number, height = 20): PageWord[] {
  let left = x;
  return text.split(' ').map((word) => {
    const box: Box = [left, y, Math.round(word.length * height * 0.5), height];
    left += box[2] + Math.round(height * 0.4);
    return { text: word, confidence: 0.99, box };
  });
}
