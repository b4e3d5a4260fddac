import { describe, expect, it } from 'vitest';
import type { Box } from '../../src/model.js';
import { offerOverlay, type ShownOffer, type ShownPage } from '../../src/report/offer-overlay.js';
import { COLOURS, LEFT_OUT } from '../../src/report/overlay-colours.js';
import { Pen } from '../../src/report/overlay-pen.js';

/** Every character is a bar half as wide as the font is high, told apart by its path. */
const outlines = new Map(
  [...'abcdefghijklmnopqrstuvwxyz0123456789():;,…? -€.'].map((character) => [
    character,
    { path: `M${character.codePointAt(0)} 0`, width: 0.5 },
  ]),
);

/** The texts that are drawn. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<g fill[^>]*>(.*?)<\/g>/g)].map(([, inner = '']) =>
    [...inner.matchAll(/d="M(\d+) 0"/g)].map(([, code]) => String.fromCodePoint(Number(code))).join(''),
  );
}

function offer(badge: string, box: Box, more: Partial<ShownOffer> = {}): ShownOffer {
  const [x, y, width, height] = box;
  const priceBoxes: Box[] = [[x + width - 60, y + height - 40, 60, 40]];
  const base = { tone: 'price', isUnsure: false, isLeftOut: false } as const;
  return { box, priceBoxes, badge, name: `name ${badge}`, facts: ['2.49 €'], ...base, ...more };
}

const PAGE: ShownPage = {
  width: 800,
  height: 1000,
  offers: [
    offer('1', [50, 50, 300, 200]),
    offer('2?', [450, 50, 300, 200], { isUnsure: true, tone: 'promotion' }),
    offer('3', [50, 400, 300, 200], { isLeftOut: true }),
  ],
  discards: [
    { box: [50, 700, 60, 20], reason: 'unit price', isUsual: true },
    { box: [450, 700, 60, 20], reason: 'no product', isUsual: false },
  ],
  words: [[50, 50, 200, 20]],
};

describe('offers drawn over a page', () => {
  const { svg, width, height } = offerOverlay(PAGE, outlines);
  const texts = textsOf(svg);

  it('names and prices stand beside the page, each number there and on the page', () => {
    expect(width).toBeGreaterThan(PAGE.width);
    expect(height).toBeGreaterThan(PAGE.height);
    for (const badge of ['1', '2?', '3']) {
      expect(texts.filter((text) => text === badge).length).toBe(2);
      expect(texts).toContain(`name${badge}`.replace('name', 'name '));
    }
  });

  it('what is not on the watch list is faint, and told', () => {
    expect(texts).toContain('not on the watch list (1):');
    expect(svg.split(LEFT_OUT).length).toBeGreaterThan(4);
    const without = offerOverlay({ ...PAGE, offers: PAGE.offers.slice(0, 2) }, outlines).svg;
    expect(without).not.toContain(LEFT_OUT);
    expect(without).toContain(COLOURS.promotion);
  });

  it('what is doubtful is told', () => {
    expect(texts).toContain('unsure');
    expect(texts).toContain('unsure: broken line (1)');
  });

  it('discards have their reason, usual ones in the list only', () => {
    expect(texts).toContain('no product');
    expect(texts).not.toContain('unit price');
    expect(texts).toContain('1 unit price, 1 no product');
  });

  it('numbers cover no prices and no words', () => {
    const badges = [
      ...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="[\d.]+" fill="#/g),
    ]
      .map(([, ...sides]) => sides.map(Number) as unknown as Box)
      .filter(([x]) => x < PAGE.width);
    expect(badges.length).toBe(3);
    const isOver = ([a, b, c, d]: Box, [x, y, w, h]: Box) => a < x + w && x < a + c && b < y + h && y < b + d;
    for (const badge of badges) {
      for (const box of [...PAGE.words, ...PAGE.offers.flatMap(({ priceBoxes }) => priceBoxes)])
        expect(isOver(badge, box)).toBe(false);
    }
  });

  it('numbers stand outside of a frame that is full of words', () => {
    const box: Box = [200, 200, 300, 60];
    const full = { ...PAGE, offers: [offer('1', box, { priceBoxes: [] })], discards: [], words: [box] };
    const [, x, y, wide, tall] =
      /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="[\d.]+" fill="#/.exec(
        offerOverlay(full, outlines).svg,
      ) ?? [];
    const isOver =
      Number(x) < 500 && Number(x) + Number(wide) > 200 && Number(y) < 260 && Number(y) + Number(tall) > 200;
    expect(isOver).toBe(false);
  });

  it('reasons that would lie on print are in the list only', () => {
    const crowded = { ...PAGE, words: [[0, 600, 800, 400] satisfies Box] };
    const said = textsOf(offerOverlay(crowded, outlines).svg);
    expect(said).not.toContain('no product');
    expect(said).toContain('1 unit price, 1 no product');
  });

  it('a page without offers says so', () => {
    const said = textsOf(offerOverlay({ ...PAGE, offers: [] }, outlines).svg);
    expect(said).toContain('no offers found');
    expect(said).toContain('price in no offer (1)');
    expect(said).not.toContain('price (0)');
    expect(texts).not.toContain('no offers found');
  });

  it('many offers get more columns, no higher than the page', () => {
    const many = Array.from({ length: 80 }, (_, at) => offer(String(at), [10, 10 * at, 90, 60]));
    const list = offerOverlay({ ...PAGE, offers: many, discards: [] }, outlines);
    expect(list.width - PAGE.width).toBeGreaterThan(2 * (width - PAGE.width - 20));
    expect(list.height).toBe(height);
  });
});

describe('wrapping', () => {
  const pen = new Pen(outlines, 10);
  it.each([
    ['one two three', 4, 3, ['one two', 'three']],
    ['one two three', 4, 1, ['one two…']],
    ['abcdefghijkl', 3, 2, ['abcde…']],
    ['', 3, 2, []],
  ])('%j in %d, at most %d lines', (text, limit, most, lines) => {
    expect(pen.wrap(text, limit, most)).toEqual(lines);
  });
});
