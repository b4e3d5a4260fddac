import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeWords } from '../../src/report/cloud-layout.js';
import { widthOf } from '../../src/report/glyph-widths.js';
import { escapeXml, sentimentColour } from '../../src/report/svg.js';
import { type CloudTerm, renderTermCloud } from '../../src/report/term-cloud.js';

const SETTINGS = { title: 'Terms of <reviews> & "co"', weightName: 'texts with the term' };

function terms(count: number): CloudTerm[] {
  return Array.from({ length: count }, (_, i) => ({
    term: `${'abcdefghij'.slice(0, 3 + (i % 7))} ${i}`,
    weight: 100 / (i + 1),
    sentiment: i % 5 === 0 ? null : Math.sin(i),
    remark: `${i} texts`,
  }));
}

/** Elements that are opened and closed, each in the other. */
function isWellFormed(svg: string): boolean {
  const open: string[] = [];
  for (const [, closing, name = '', selfClosing] of svg.matchAll(/<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>/gi)) {
    if (selfClosing) continue;
    if (!closing) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0 && !/&(?!amp;|lt;|gt;|quot;|#39;)/.test(svg);
}

describe('words of a cloud', () => {
  it('never overlap, and stay inside', () => {
    const area = { x: 10, y: 20, width: 900, height: 500 };
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            text: fc.string({ minLength: 1, maxLength: 30 }),
            weight: fc.double({ min: 0.01, max: 1000, noNaN: true }),
          }),
          {
            maxLength: 60,
          },
        ),
        (words) => {
          const placed = placeWords(words, area);
          for (const [i, { box }] of placed.entries()) {
            expect(box.x).toBeGreaterThanOrEqual(area.x);
            expect(box.y).toBeGreaterThanOrEqual(area.y);
            expect(box.x + box.width).toBeLessThanOrEqual(area.x + area.width);
            expect(box.y + box.height).toBeLessThanOrEqual(area.y + area.height);
            for (const { box: other } of placed.slice(0, i)) {
              const isApart =
                box.x + box.width <= other.x ||
                other.x + other.width <= box.x ||
                box.y + box.height <= other.y ||
                other.y + other.height <= box.y;
              expect(isApart).toBe(true);
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are all placed where there is room, the heaviest largest', () => {
    const words = terms(80).map(({ term, weight }) => ({ text: term, weight }));
    const placed = placeWords(words, { x: 0, y: 0, width: 1152, height: 680 });
    expect(placed.length).toBe(80);
    expect(placed[0]?.word.text).toBe('abc 0');
    expect(Math.max(...placed.map(({ fontSize }) => fontSize))).toBe(placed[0]?.fontSize);
    expect(placed[0]?.fontSize).toBeGreaterThan(40);
  });

  it('of one weight are of a middle size', () => {
    const area = { x: 0, y: 0, width: 1100, height: 700 };
    const sizes = (words: readonly { text: string; weight: number }[]) =>
      placeWords(words, area).map(({ fontSize }) => fontSize);
    const equal = ['lid', 'spoon', 'box'].map((text) => ({ text, weight: 1 }));
    expect(sizes(equal)).toEqual([40, 40, 40]);
    expect(Math.max(...sizes([...equal, { text: 'price', weight: 3 }]))).toBeGreaterThan(60);
  });

  it('are measured rather too wide than too narrow', () => {
    // Liberation Sans Bold: 722 + 611 + 556 thousandths
    expect(widthOf('Año')).toBeGreaterThanOrEqual(0.722 + 0.611 + 0.611);
    expect(widthOf('Año')).toBe(widthOf('An\u0303o'));
    expect(widthOf('日本')).toBeGreaterThanOrEqual(2);
    expect(widthOf('')).toBe(0);
  });
});

describe('term cloud', () => {
  it('is the same for the same terms, well formed, and tells what is what', () => {
    const svg = renderTermCloud([{ title: null, terms: terms(100) }], SETTINGS);
    expect(svg).toBe(renderTermCloud([{ title: null, terms: terms(100) }], SETTINGS));
    expect(isWellFormed(svg)).toBe(true);
    expect(svg).toContain('width="1200" height="800"');
    expect(svg).toContain('Terms of &lt;reviews&gt; &amp; &quot;co&quot;');
    expect(svg).toContain('size: texts with the term');
    expect(svg).toContain('<title>abcd 1: 1 texts, sentiment +0.84</title>');
    expect(svg.match(/font-weight="bold" text-anchor="middle"/g)?.length).toBe(80);
  });

  it('has a panel for each group, twelve at most, and says so', () => {
    const panels = Array.from({ length: 14 }, (_, i) => ({ title: `group ${i}`, terms: i === 3 ? [] : terms(30) }));
    const svg = renderTermCloud(panels, SETTINGS);
    expect(isWellFormed(svg)).toBe(true);
    expect(svg).toContain('group 11');
    expect(svg).not.toContain('>group 12<');
    expect(svg).toContain('2 more groups not shown');
    expect(svg).toContain('no term of its own');
  });

  it('is drawn of nothing', () => {
    for (const panels of [[], [{ title: null, terms: [] }]])
      expect(isWellFormed(renderTermCloud(panels, SETTINGS))).toBe(true);
  });

  it('is well formed whatever the terms are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 8 }),
        fc.string(),
        (names, title) => {
          const all = names.map((term, i) => ({ term: `${term}\uD800`, weight: i + 1, sentiment: 0, remark: term }));
          const svg = renderTermCloud([{ title, terms: all }], { title, weightName: title });
          expect(isWellFormed(svg)).toBe(true);
          expect(svg.isWellFormed()).toBe(true);
          expect(svg).not.toMatch(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('escapes', () => {
    expect(escapeXml('<a href="x">\u0000&\u001b\'')).toBe('&lt;a href=&quot;x&quot;&gt; &amp; &#39;');
  });
});

/** WCAG 2.2, contrast with white. */
function contrast(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

describe('colours', () => {
  it('are read on white at any score', () => {
    for (const score of [null, -1, -0.6, -0.3, -0.1, 0, 0.1, 0.3, 0.6, 1]) {
      expect(contrast(sentimentColour(score))).toBeGreaterThanOrEqual(4.5);
    }
    expect(sentimentColour(1)).toBe('#2166ac');
    expect(sentimentColour(-1)).toBe('#b35806');
    expect(sentimentColour(null)).toBe(sentimentColour(0));
  });
});
