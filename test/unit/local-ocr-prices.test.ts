import { describe, expect, test } from 'vitest';
import { type ReadLine, readBigPrices } from '../../src/providers/local/ocr/big-prices.js';
import type { ReadCharacter } from '../../src/providers/local/ocr/ctc.js';
import {
  type Bounds,
  boundsOfPoints,
  heightOf,
  quadOfBounds,
  widthOf,
} from '../../src/providers/local/ocr/geometry.js';
import { inkOfPrice, unitsAndCents } from '../../src/providers/local/ocr/price-ink.js';
import { joinSplitPrices } from '../../src/providers/local/ocr/price-join.js';
import { restoreDecimalPoint } from '../../src/providers/local/ocr/price-layout.js';
import type { LineReading, LineRecogniser } from '../../src/providers/local/ocr/recognition.js';
import { toTextLine } from '../../src/providers/local/ocr/text-line.js';

const reading = (text: string, confidence = 0.99): LineReading => {
  const letters = Array.from(text);
  const characters = letters.map(
    (letter, index): ReadCharacter => ({
      text: letter,
      confidence,
      from: index / letters.length,
      to: (index + 1) / letters.length,
    }),
  );
  return { text, confidence, characters };
};

const box = (left: number, top: number, right: number, bottom: number): Bounds => ({ left, top, right, bottom });
const line = (text: string, bounds: Bounds, confidence?: number): ReadLine => ({
  quad: quadOfBounds(bounds),
  reading: reading(text, confidence),
});

/** A white page with bars of ink, as high and as wide as digits are. */
function draw(width: number, height: number, bars: readonly Bounds[]) {
  const data = new Uint8Array(width * height * 3).fill(255);
  for (const { left, top, right, bottom } of bars) {
    for (let y = top; y < bottom; y++) data.fill(0, (y * width + left) * 3, (y * width + right) * 3);
  }
  return { width, height, data };
}

/** Body text 20 high, and a price: a digit 70 high with two raised ones of 35 to its right. */
const UNITS = box(60, 100, 95, 170);
const CENTS = [box(105, 100, 125, 135), box(130, 100, 150, 135)] as const;
const page = draw(400, 300, [UNITS, ...CENTS]);
const body = [box(10, 10, 200, 30), box(10, 40, 200, 60), box(10, 220, 200, 240)].map((bounds) =>
  line('Leche', bounds),
);
const CENTS_BOX = box(102, 97, 153, 138);

/** Reads what holds all the ink as `whole`, and anything else as `part`; remembers the crops. */
function recogniserOf(whole: string, part = '99', confidence = 0.99): LineRecogniser & { crops: Bounds[] } {
  const crops: Bounds[] = [];
  return {
    crops,
    async read(_, quads) {
      return quads.map((quad) => {
        const bounds = boundsOfPoints(quad);
        crops.push(bounds);
        const isWhole = bounds.left <= UNITS.left && bounds.right >= 150 && bounds.bottom >= UNITS.bottom;
        const isUnitsAlone = bounds.right < CENTS[0].right;
        return reading(isWhole ? whole : isUnitsAlone ? 'x' : part, confidence);
      });
    },
  };
}

const textsOf = (lines: readonly ReadLine[]): string[] => lines.map((each) => each.reading.text);

describe('big prices', () => {
  test('cents alone are read again with the units to their left', async () => {
    const recogniser = recogniserOf('1.99');
    const lines = await readBigPrices(recogniser, page, [...body, line('99', CENTS_BOX)], []);
    expect(textsOf(lines)).toEqual(['Leche', 'Leche', 'Leche', '1.99']);
    expect(recogniser.crops).toHaveLength(1);
    const [price] = lines.slice(-1).map(({ quad }) => boundsOfPoints(quad)) as [Bounds];
    expect(price.left).toBeGreaterThan(40);
    expect(price.left).toBeLessThan(60);
  });

  test('a price of which no line was found is read where big print was seen', async () => {
    const lines = await readBigPrices(recogniserOf('£1.99'), page, body, [box(55, 95, 155, 175)]);
    expect(textsOf(lines).at(-1)).toBe('£1.99');
    expect(textsOf(await readBigPrices(recogniserOf('£1.99'), page, body, []))).not.toContain('£1.99');
  });

  test('a reading that loses sure digits or is no price changes nothing', async () => {
    const lines = [...body, line('99', CENTS_BOX)];
    for (const text of ['1.49', '199 g', '1.9', '99', '£9', '25 %']) {
      expect(textsOf(await readBigPrices(recogniserOf(text), page, lines, []))).toEqual(textsOf(lines));
    }
  });

  test('a doubtful reading is not taken where the ink does not settle it', async () => {
    const lines = [...body, line('99', CENTS_BOX)];
    expect(textsOf(await readBigPrices(recogniserOf('1.99', '99', 0.5), page, lines, []))).toEqual(textsOf(lines));
  });

  test('whole prices, percentages, sizes and other text are not read again', async () => {
    for (const text of ['1.99', '1,99 €', '£1.99', '50%', '400 g', 'je 400 g', '2x1', '12/11', '1.627,12', 'Oferta']) {
      const recogniser = recogniserOf('7.77', '7.77');
      const lines = [...body, line(text, box(55, 95, 155, 175))];
      expect(textsOf(await readBigPrices(recogniser, page, lines, [box(55, 95, 155, 175)]))).toEqual(textsOf(lines));
      expect(recogniser.crops).toEqual([]);
    }
  });

  test('numbers of the size of body text are not read again', async () => {
    const recogniser = recogniserOf('7.77', '7.77');
    await readBigPrices(recogniser, page, [...body, line('99', box(102, 100, 130, 120))], [box(55, 95, 155, 115)]);
    expect(recogniser.crops).toEqual([]);
  });

  test('doubtful units and cents apart are read as one price, a struck price beside them stays', async () => {
    const lines = [
      ...body,
      line('99', CENTS_BOX),
      line('7', box(57, 97, 98, 173), 0.6),
      line('2.49', box(100, 150, 150, 170)),
    ];
    const read = textsOf(await readBigPrices(recogniserOf('1.99'), page, lines, [box(55, 95, 155, 175)]));
    expect(read.filter((text) => text !== 'Leche').sort()).toEqual(['1.99', '2.49']);
  });

  test('a page has a bounded number of places', async () => {
    const recogniser = recogniserOf('x', '5');
    const many = Array.from({ length: 60 }, (_, index) => box(10, 1000 + index * 100, 80, 1060 + index * 100));
    await readBigPrices(recogniser, page, body, many);
    expect(recogniser.crops.length).toBeLessThanOrEqual(12 * 7);
  });
});

describe('the ink of a price', () => {
  test('is what stands beside the cents, without what goes on beyond the window', () => {
    const framedPage = draw(400, 300, [UNITS, ...CENTS, box(0, 80, 400, 84), box(220, 100, 260, 170)]);
    const ink = inkOfPrice(framedPage, CENTS_BOX, box(20, 75, 200, 200));
    expect(ink).toHaveLength(3);
    const parts = unitsAndCents(ink);
    expect(parts?.units.left).toBeCloseTo(UNITS.left, -1);
    expect(widthOf(parts?.cents as Bounds)).toBeCloseTo(45, -1);
  });

  test('digits of one height are no units with cents', () => {
    expect(unitsAndCents([box(0, 0, 20, 60), box(30, 0, 50, 60)])).toBeUndefined();
    expect(unitsAndCents([])).toBeUndefined();
  });
});

describe('marks and colons', () => {
  const bars = [box(10, 10, 34, 60), box(46, 10, 70, 60), box(78, 10, 102, 60)];
  const whole = quadOfBounds(box(0, 0, 130, 70));

  test('the raised mark of a footnote is no digit', () => {
    const marked = draw(130, 70, [...bars, box(110, 10, 116, 32)]);
    expect(restoreDecimalPoint(marked, whole, reading('2.691')).text).toBe('2.69');
  });

  test('a third decimal of full height stays, and a raised nine', () => {
    const fuel = draw(130, 70, [...bars, box(108, 10, 126, 60)]);
    expect(restoreDecimalPoint(fuel, whole, reading('2.691')).text).toBe('2.691');
    const raised = draw(130, 70, [...bars, box(108, 10, 120, 36)]);
    expect(restoreDecimalPoint(raised, whole, reading('1.699')).text).toBe('1.699');
  });

  test('raised cents behind a currency sign get a decimal point', () => {
    const dollars = draw(160, 70, [box(8, 10, 24, 40), box(32, 10, 62, 62), box(72, 10, 92, 38), box(98, 10, 118, 38)]);
    expect(restoreDecimalPoint(dollars, quadOfBounds(box(0, 0, 160, 70)), reading('$279')).text).toBe('$2.79');
  });

  test('a colon before raised cents is the point', () => {
    const lines = [line('2:', box(0, 0, 40, 100)), line('49', box(42, 5, 90, 55))];
    const joined = joinSplitPrices(lines.map((each) => toTextLine(each.quad, each.reading)));
    expect(joined.map(({ text }) => text)).toEqual(['2.49']);
    expect(heightOf(joined[0]?.bounds as Bounds)).toBe(100);
  });
});
