import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AspectTable, shorten } from '../../src/analysis/aspect-table.js';
import { OpinionSummary, OTHER_GROUPS } from '../../src/analysis/opinion-summary.js';
import { contradictsStars, rankCorrelation, StarTable } from '../../src/analysis/star-agreement.js';
import type { Sentiment, SentimentLabel, TextReading } from '../../src/model.js';
import { opinionJson, opinionLines } from '../../src/report/opinion-text.js';

function feeling(score: number, label?: SentimentLabel): Sentiment {
  const found = score > 0.1 ? 'positive' : score < -0.1 ? 'negative' : 'neutral';
  return { label: label ?? found, score, magnitude: Math.abs(score), confidence: null };
}

function aspect(name: string, score: number, start = 0, end = 5): NonNullable<TextReading['aspects']>[number] {
  const { label } = feeling(score);
  return { aspect: name, category: null, mentions: [{ start, end, opinion: null, label, score }] };
}

function reading(score: number | null, aspects: TextReading['aspects'] = []): TextReading {
  return { language: 'en', model: 'rules', sentiment: score === null ? null : feeling(score), aspects };
}

describe('aspects of many texts', () => {
  it('are ranked by how many feel how strongly about them', () => {
    const table = new AspectTable();
    table.add('1', 'great texture', [aspect('texture', 0.5, 0, 13), aspect('price', -0.9)]);
    table.add('2', 'best texture!', [aspect('texture', 0.9, 0, 13), aspect('price', -0.3)]);
    table.add('3', 'meh', [aspect('texture', -0.2), aspect('lid', -1), aspect('spoon', 0)]);
    expect(table.praised(5).map(({ aspect: name }) => name)).toEqual(['texture']);
    const [texture] = table.praised(5);
    expect(texture).toMatchObject({
      documents: 3,
      praisedBy: 2,
      blamedBy: 1,
      examples: ['2', '1'],
      quote: 'best texture!',
    });
    expect(texture?.meanScore).toBeCloseTo(0.4, 12);
    // price: -1.2 in sum of two texts; lid: -1 of one
    expect(table.blamed(5).map(({ aspect: name }) => name)).toEqual(['price', 'lid']);
    expect(table.blamed(1).length).toBe(1);
  });

  it('take little room', () => {
    const table = new AspectTable(100);
    for (let i = 0; i < 5000; i += 1) table.add(String(i), 'x', [aspect('price', 0.5), aspect(`a${i}`, 0.5)]);
    const [price] = table.praised(200);
    expect(price).toMatchObject({ aspect: 'price', documents: 5000 });
    expect(table.praised(200).length).toBeLessThanOrEqual(100);
    expect(table.maxUndercount).toBeGreaterThan(0);
  });

  it('are quoted on one line, cut at a word', () => {
    const text = `a\nb ${'word '.repeat(40)}`;
    expect(shorten(text, { start: 0, end: 3 })).toBe('a b');
    expect(shorten(text, { start: 0, end: text.length }, 20)).toBe('a b word word word…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (any) => {
        const quote = shorten(any, { start: 0, end: any.length }, 30);
        expect(quote.length).toBeLessThanOrEqual(30);
        expect(quote.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('agreement with stars', () => {
  it('says what contradicts', () => {
    expect(contradictsStars(feeling(0.6), 1, 5)).toBe(true);
    expect(contradictsStars(feeling(0.6), 2, 5)).toBe(true);
    expect(contradictsStars(feeling(0.6), 3, 5)).toBe(false);
    expect(contradictsStars(feeling(0.2), 1, 5)).toBe(false);
    expect(contradictsStars(feeling(-0.6), 5, 5)).toBe(true);
    expect(contradictsStars(feeling(-0.6), 4, 10)).toBe(false);
    expect(contradictsStars(feeling(-0.6), 7, 10)).toBe(true);
    expect(contradictsStars(feeling(0.6, 'mixed'), 1, 5)).toBe(false);
  });

  it('gives the rank correlation with ties', () => {
    // SciPy: spearmanr([1,1,2,3,3,4,5,5,5], [-.8,-.2,-.2,.1,0,.5,.5,.9,-.6])
    const table = new StarTable(5);
    const scores = [-0.8, -0.2, -0.2, 0.1, 0, 0.5, 0.5, 0.9, -0.6];
    for (const [i, stars] of [1, 1, 2, 3, 3, 4, 5, 5, 5].entries())
      table.add(String(i), 't', feeling(scores[i] ?? 0), stars);
    table.add('9', 't', feeling(1), 17);
    const result = table.result();
    expect(result?.correlation).toBeCloseTo(0.5992270023099373, 10);
    expect(result).toMatchObject({ documents: 9, unreadable: 1, contradicting: 1 });
    // only the last one disagrees
    expect(result?.agreement).toBeCloseTo(8 / 9, 12);
    expect(result?.meanStars).toBeCloseTo(29 / 9, 12);
    expect(result?.contradictions).toEqual([{ id: '8', stars: 5, label: 'negative', score: -0.6, quote: 't' }]);
  });

  it('keeps the clearest contradictions and counts all', () => {
    const table = new StarTable(5);
    for (let i = 0; i < 50; i += 1) table.add(String(i), 't', feeling(-(0.3 + i / 100)), 5);
    const result = table.result();
    expect(result?.contradicting).toBe(50);
    expect(result?.contradictions.length).toBe(20);
    expect(result?.contradictions[0]?.id).toBe('49');
  });

  it('gives none where nothing varies', () => {
    expect(
      rankCorrelation(
        new Map([
          [
            5,
            new Map([
              [1, 3],
              [2, 4],
            ]),
          ],
        ]),
      ),
    ).toBeNull();
    expect(new StarTable(5).result()).toBeNull();
  });
});

describe('summary of opinions', () => {
  function summaryOfTwo(): OpinionSummary {
    const summary = new OpinionSummary({ starsMax: 5 });
    const add = (
      id: string,
      group: string,
      score: number | null,
      stars: number | null,
      aspects: TextReading['aspects'] = [],
    ) =>
      summary.add({
        id,
        text: 'the texture is lovely but the price is not',
        group,
        stars,
        reading: reading(score, aspects),
      });
    add('1', 'Nuvela', 0.8, 5, [aspect('texture', 0.8, 4, 21)]);
    add('2', 'Nuvela', 0.4, 1, [aspect('price', -0.7, 30, 42)]);
    add('3', 'Nuvela', -0.6, 2, []);
    add('4', 'Nuvela', null, 5);
    add('5', 'Cumbre', 0, 3);
    return summary;
  }

  it('counts by group, largest first', () => {
    const [nuvela, cumbre] = summaryOfTwo().groups();
    expect(nuvela).toMatchObject({
      group: 'Nuvela',
      documents: 4,
      emptyDocuments: 1,
      labels: { positive: 2, negative: 1, neutral: 0, mixed: 0 },
    });
    expect(nuvela?.meanScore).toBeCloseTo(0.2, 12);
    // 0.2 +- 4.3027 * sqrt(0.52 / 3), cut at -1 and 1
    expect(nuvela?.meanScoreInterval).toEqual([-1, 1]);
    expect(nuvela?.positiveShare).toBeCloseTo(2 / 3, 12);
    expect(nuvela?.praised.map(({ aspect: name, quote }) => [name, quote])).toEqual([['texture', 'texture is lovely']]);
    expect(nuvela?.blamed.map(({ aspect: name }) => name)).toEqual(['price']);
    expect(nuvela?.stars?.contradictions.map(({ id }) => id)).toEqual(['2']);
    expect(cumbre).toMatchObject({ group: 'Cumbre', documents: 1, meanScoreInterval: null });
  });

  it('takes groups beyond the limit together', () => {
    const summary = new OpinionSummary({ starsMax: 5, maxGroups: 2 });
    for (const group of ['a', 'b', 'c', 'd', 'a'])
      summary.add({ id: '1', text: '', group, stars: null, reading: reading(1) });
    expect(summary.groups().map(({ group, documents }) => [group, documents])).toEqual([
      [OTHER_GROUPS, 2],
      ['a', 2],
      ['b', 1],
    ]);
  });

  it('is told in lines that fit', () => {
    const groups = summaryOfTwo().groups();
    const lines = opinionLines(groups, 80);
    expect(lines).toEqual([
      'Nuvela: 4 texts (1 empty), mean score +0.20 (95%: -1.00 to +1.00)',
      '  positive  2, 67% (95%: 21 to 94)',
      '  negative  1, 33% (95%: 6 to 79)',
      '  neither   0 neutral, 0 mixed',
      '  praised   texture: by 1 of 1 text, mean +0.80; see 1',
      '            "texture is lovely"',
      '  blamed    price: by 1 of 1 text, mean -0.70; see 2',
      '            "price is not"',
      '  stars     mean 2.67; 67% of 3 agree with the text, rank correlation +0.50',
      '            1 text contradicts its stars:',
      '            2: 1 star, text +0.40',
      '            "the texture is lovely but the price is not"',
      '',
      'Cumbre: 1 text, mean score 0.00',
      '  positive  0, 0% (95%: 0 to 79)',
      '  negative  0, 0% (95%: 0 to 79)',
      '  neither   1 neutral, 0 mixed',
      '  stars     mean 3.00; 100% of 1 agree with the text',
    ]);
    for (const width of [40, 60, 80, 200]) {
      for (const line of opinionLines(groups, width)) expect(line.length).toBeLessThan(width + 2);
    }
    expect(JSON.stringify(opinionJson(groups))).not.toMatch(/\d\.\d{5}/);
  });

  it('never hands control characters to a terminal', () => {
    const summary = new OpinionSummary({ starsMax: 5 });
    const group = 'a\u001b[31mb\n\u202Ec';
    summary.add({
      id: 'x\u0007',
      text: 'bad\u001b]0;title\u0007',
      group,
      stars: 5,
      reading: reading(-0.8, [aspect('ba\u001bd', -1, 0, 15)]),
    });
    expect(opinionLines(summary.groups(), 80).join('')).not.toMatch(/[\p{Cc}\u202E]/u);
  });
});
