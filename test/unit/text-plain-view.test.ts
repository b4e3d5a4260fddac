import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextFormat } from '../../src/model.js';
import { plainView } from '../../src/text/plain-view.js';
import { cpuMilliseconds } from '../support/cpu-time.js';

const view = (text: string, format: TextFormat = 'plain') => plainView(text, format).text;

describe('views of plain text', () => {
  it.each([
    ['Tom &amp; Jerry &lt;3 &#128512; &#x1F600;&eacute;', 'Tom & Jerry <3 😀 😀é'],
    ['a&nbsp;b', 'a b'],
    ['AT&T R&D; fish&chips &amp without &unknown; &', 'AT&T R&D; fish&chips &amp without &unknown; &'],
    ['good<br>bad<BR/>so <b>so</b> <a href="x>y" title=\'<i>\'>link</a>', 'good\nbad\nso so link'],
    ['I <3 it, x<y and y>z, a <b and c> d, <- here ->', 'I <3 it, x<y and y>z, a <b and c> d, <- here ->'],
    ['unknown <yogur> stays, <!-- a comment --> goes', 'unknown <yogur> stays,  goes'],
    ['<script>x<y</SCRIPT>a<style>p{}</style>b', 'ab'],
    ['open <!-- comment, <![CDATA[ data, <script> text, <b', 'open <!-- comment, <![CDATA[ data,  text, <b'],
    ['# not a heading, *not* emphasis', '# not a heading, *not* emphasis'],
    ['&#xD800; &#0; &#x80;', '\ufffd \ufffd €'],
    ['lone \ud800 half', 'lone \ud800 half'],
  ])('%j', (text, expected) => expect(view(text)).toBe(expected));
});

describe('views of HTML', () => {
  it.each([
    [
      '<html><head><title>T</title><style>p{}</style></head><body><p>The\n texture</p>ok',
      '\n\n\nT\n\n\n\nThe  texture\nok',
    ],
    ['caf&eacute &notit; &copy2020 &amp&amp;', 'café ¬it; ©2020 &&'],
    ['<pre>a\nb</pre>c\nd', '\na\nb\nc d'],
    ['<my-tag>x</my-tag><![CDATA[a]]><?php x ?><!doctype html>y', 'xay'],
    ['a<script>unclosed', 'a'],
    ['5 < 6 > 4', '5 < 6 > 4'],
    ['', ''],
  ])('%j', (text, expected) => expect(view(text, 'html')).toBe(expected));
});

describe('views of Markdown', () => {
  it.each([
    ['# Head\n## Sub\nText', 'Head\nSub\nText'],
    ['> quoted\n- item\n* item\n1. first\n- [x] done', 'quoted\nitem\nitem\nfirst\ndone'],
    ['**bold**, *it*, _em_, __strong__, ~~no~~, `code`', 'bold, it, em, strong, no, code'],
    ['snake_case_name, 2 * 3 * 4, a*b, ** alone', 'snake_case_name, 2 * 3 * 4, a*b, ** alone'],
    ['[the link](http://x.y/a_b_(c) "title") and ![alt](i.png) and [ref][1]', 'the link and alt and ref'],
    ['a\n```js\ncode();\n```\nb', 'a\n\nb'],
    ['a\n```\nunclosed', 'a\n```\nunclosed'],
    ['\\*not\\* &amp; <br> x', '*not* & \n x'],
    ['Title\n=====\n\n---\n[1]: http://u.v "t"\n|a|b|\n|---|---|', 'Title\n\n\n\n\n|a|b|\n'],
    ['#hashtag #1 [not a link] (x)', '#hashtag #1 [not a link] (x)'],
  ])('%j', (text, expected) => expect(view(text, 'markdown')).toBe(expected));
});

/** Pieces that are read by themselves as they are read beside others. */
const PIECES: readonly string[] = [
  'word',
  'árbol',
  '😀',
  ' ',
  ', ',
  '\n',
  '&amp;',
  '&eacute;',
  '&#x1F600;',
  '&nbsp;',
  '<b>',
  '</b>',
  '<br>',
  '<p class="a>b">',
  '<!-- x -->',
  '<script>var a = "<b>";</script>',
  '<3 ',
  '& ',
  '\u200d',
  '\ud800 ',
];

describe('offsets', () => {
  it('lead from every stretch of a view to what it was made of', () => {
    const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 });
    const format = fc.constantFrom<TextFormat>('plain', 'markdown', 'html');
    fc.assert(
      fc.property(pieces, format, fc.nat(), fc.nat(), (parts, kind, a, b) => {
        const text = parts.join('');
        const seen = plainView(text, kind);
        const characters = [...seen.text];
        // Stretches of whole characters: half of a decoded emoji has no place of its own.
        const [from, to] = [a % (characters.length + 1), b % (characters.length + 1)].sort((x, y) => x - y);
        const start = characters.slice(0, from).join('').length;
        const span = { start, end: start + characters.slice(from, to).join('').length };
        const original = seen.toOriginal(span);
        expect(original.start).toBeGreaterThanOrEqual(0);
        expect(original.end).toBeLessThanOrEqual(text.length);
        const slice = text.slice(original.start, original.end);
        expect(view(slice, kind)).toBe(seen.text.slice(span.start, span.end));
      }),
      { numRuns: 2000 },
    );
  });

  it('grow with those of the view and stay within the text, whatever it holds', () => {
    const signs = fc.constantFrom(
      ...[...'<>/!-[]&;#x="\'ab \n*_`~\\()|.1', '<!--', '-->', '<![CDATA[', '&lt', '<a href=', '</script', '```\n'],
    );
    const text = fc.string({ unit: signs, maxLength: 60 });
    const format = fc.constantFrom<TextFormat>('plain', 'markdown', 'html');
    fc.assert(
      fc.property(text, format, (source, kind) => {
        const seen = plainView(source, kind);
        let last = 0;
        for (let at = 0; at < seen.text.length; at++) {
          const { start, end } = seen.toOriginal({ start: at, end: at + 1 });
          expect(end).toBeGreaterThan(start);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(source.length);
          last = start;
        }
        expect(seen.toOriginal({ start: 0, end: 0 }).end).toBe(seen.toOriginal({ start: 0, end: 0 }).start);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('hostile texts', () => {
  const hostile = [
    '<',
    '&',
    '<a',
    '<a="',
    '<a=""="',
    '<x=""="',
    '<!--',
    '<![CDATA[',
    '<script>',
    "<a b='",
    '&#',
    '&amp;',
  ];
  const marks = [
    '[',
    '[](',
    '[a](',
    '*a',
    '**a ',
    '_a ',
    '`a',
    '~~a',
    '\\*',
    '> ',
    '- ',
    '---\n',
    '= ',
    '|---',
    '```\n',
  ];
  it.each([...hostile, ...marks, `<b ${'x'.repeat(210)}=""="`])('are viewed in time: 1 MB of %j', (piece) => {
    for (const format of ['plain', 'markdown', 'html'] as const) {
      const text = `${piece.repeat(Math.ceil((1 << 20) / piece.length))}">`;
      const spent = cpuMilliseconds(() => {
        const seen = plainView(text, format);
        seen.toOriginal({ start: 1, end: seen.text.length });
      });
      expect(spent).toBeLessThan(5000);
    }
  });
});
