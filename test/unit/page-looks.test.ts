import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Bitmap } from '../../src/io/bitmap.js';
import { withLooks } from '../../src/io/page-looks.js';
import type { Box } from '../../src/model.js';

async function draw(shapes: string, ground = '#fff'): Promise<Bitmap> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><rect width="200" height="60" fill="${ground}"/>${shapes}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

/** Upright strokes of a width, 20 apart, between rows 20 and 40. */
function strokes(width: number, colour = '#000'): string {
  return [30, 50, 70, 90].map((x) => `<rect x="${x}" y="20" width="${width}" height="20" fill="${colour}"/>`).join('');
}

const BOX: Box = [20, 15, 90, 30];
const lookOf = async (bitmap: Bitmap, text = '1234', box = BOX) => withLooks([{ text, box }], bitmap)[0]?.look;

describe('looks of words', () => {
  it('tells ink, ground and the height of the glyphs', async () => {
    const look = await lookOf(await draw(strokes(4, '#ff0000'), '#ffff00'));
    expect(look?.ink).toEqual([255, 0, 0]);
    expect(look?.ground).toEqual([255, 255, 0]);
    expect(look?.glyphHeight).toBe(20);
  });
  it('tells bold from light', async () => {
    const light = await lookOf(await draw(strokes(2)));
    const bold = await lookOf(await draw(strokes(6)));
    expect((bold?.weight ?? 0) / (light?.weight ?? 1)).toBeGreaterThan(2);
  });
  it('sees a line through figures, level or slanting, and none where there is none', async () => {
    const level = '<rect x="24" y="29" width="80" height="2"/>';
    const slanting = '<line x1="24" y1="34" x2="104" y2="25" stroke="#000" stroke-width="2"/>';
    expect((await lookOf(await draw(strokes(4))))?.isStruck).toBe(false);
    const box: Box = [26, 15, 72, 30];
    expect((await lookOf(await draw(strokes(4) + level), '3.49', box))?.isStruck).toBe(true);
    expect((await lookOf(await draw(strokes(4) + slanting), '3.49', box))?.isStruck).toBe(true);
    expect((await lookOf(await draw(strokes(4) + level), 'word', box))?.isStruck).toBe(false);
  });
  it('has no look for blank or tiny boxes and boxes outside', async () => {
    const blank = await draw('');
    expect(await lookOf(blank)).toBeUndefined();
    expect(await lookOf(blank, 'a', [0, 0, 1, 1])).toBeUndefined();
    expect(await lookOf(blank, 'a', [500, 500, 20, 20])).toBeUndefined();
  });
  it('takes words of a page that the bitmap shows smaller', async () => {
    const bitmap = await draw(strokes(4));
    const [word] = withLooks([{ text: '1', box: [40, 30, 180, 60] as Box }], bitmap, 2);
    expect(word?.look?.glyphHeight).toBe(40);
  });
});
