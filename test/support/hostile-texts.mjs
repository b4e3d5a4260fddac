// Spoiled tables and texts that nobody writes, made with a seed: what a fuzzer would find in exports and forms.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomSource } from '../../scripts/random.mjs';

const reviews = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'samples', 'reviews', 'reviews.csv');

/** Whole numbers below a limit. */
const seeded = (seed) => randomSource(seed * 2_654_435_761).below;

/** First and last code points of stretches of Unicode, halves of surrogates and unassigned ones among them. */
const STRETCHES = [
  [0x20, 0x7e],
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x0, 0x1f],
  [0x300, 0x36f],
  [0x370, 0x52f],
  [0x590, 0x6ff],
  [0x900, 0xdff],
  [0x200b, 0x200f],
  [0x2028, 0x202f],
  [0x2060, 0x206f],
  [0x3040, 0x30ff],
  [0x4e00, 0x9fff],
  [0xd800, 0xdfff],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfff0, 0xffff],
  [0x1f1e6, 0x1f1ff],
  [0x1f300, 0x1faff],
  [0x1d400, 0x1d7ff],
  [0xe0001, 0xe007f],
  [0x10fff0, 0x10ffff],
];
const SNIPPETS = [
  ' not ',
  ' no ',
  ' very ',
  ' muy ',
  '!!!',
  '...',
  ' :) ',
  ' :-(',
  '#tag',
  '@name',
  'http://x.y/z?a=b',
  'a@b.cd',
  '<br>',
  '<b',
  '<!--',
  '-->',
  '&amp;',
  '&#x1F600;',
  '&',
  '<script>',
  ' but ',
  ' pero ',
  '¿',
  '¡',
  ' good',
  ' malo',
  '12,50 €',
  '$',
  '"',
  "'",
  '…',
  '👍🏽',
  '👨‍👩‍👧‍👦',
  '\u202e',
  'ﬁ',
  'ß',
  'İ',
  'ǆ',
  '_',
  '*',
  '`',
  '[x](y)',
  '\\',
  '\n',
  '\r',
  '\t',
  '\0',
];

/** A text of random characters and pieces of language. */
export function randomText(seed, maxPieces = 40) {
  const below = seeded(seed);
  let text = '';
  for (let pieces = below(maxPieces); pieces > 0; pieces--) {
    if (below(3) === 0) text += SNIPPETS[below(SNIPPETS.length)];
    const [first, last] = STRETCHES[below(STRETCHES.length)];
    for (let count = below(6); count > 0; count--) text += String.fromCodePoint(first + below(last - first + 1));
  }
  return text;
}

/** Ways to spoil a line of a table. */
const ways = [
  (line, below) => cut(line, below, below(3) + 1, ''),
  (line, below) => cut(line, below, 0, '"'),
  (line, below) => cut(line, below, 0, ['""', '",', ',"', '\n', '\r', '"\n', ';', '\t', '\\"', '\0'][below(10)]),
  (line, below) => cut(line, below, 0, ','.repeat(below(4) + 1)),
  (line, below) => cut(line, below, below(5), randomText(below(1e9), 6)),
  (line, below) => line.slice(0, below(line.length + 1)),
  (line, below) => line.slice(below(line.length + 1)),
  (line, below) => line + line.slice(below(line.length + 1)),
  (line) => line.replaceAll(',', ';'),
  (line) => line.replaceAll('"', ''),
  () => '',
];

function cut(line, below, length, inserted) {
  const at = below(line.length + 1);
  return line.slice(0, at) + inserted + line.slice(at + length);
}

/**
 * A table of reviews whose records are spoiled, most of them; the header is sound.
 * @param {number} lines
 * @param {number} seed
 * @returns {Buffer}
 */
export function spoiledTable(lines, seed) {
  const below = seeded(seed);
  const [header, ...sound] = readFileSync(reviews, 'utf8').trimEnd().split('\n');
  const spoiled = [header];
  for (let at = 0; at < lines; at++) {
    let line = sound[at % sound.length];
    for (let count = below(4); count > 0; count--) line = ways[below(ways.length)](line, below);
    spoiled.push(line);
  }
  const bytes = Buffer.from(`${spoiled.join('\n')}\n`);
  // A few bytes that are no UTF-8.
  for (let count = below(lines / 100 + 1); count > 0; count--)
    bytes[header.length + 1 + below(bytes.length / 2)] = 0x80;
  return bytes;
}

/** Random texts as JSON Lines, where halves of surrogates survive. */
export function randomJsonLines(count, seed) {
  const lines = [];
  for (let at = 0; at < count; at++) lines.push(JSON.stringify({ text: randomText(seed * 1_000_003 + at) }));
  return `${lines.join('\n')}\n`;
}

const fill = (piece, length) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** Texts of about 1 MB that take long where something grows with the square of their length. */
export const EXTREMES = {
  'no-space': fill('a', 1 << 20),
  'no-space-mixed': fill('aB9é_', 1 << 20),
  'emoji-100000': '😀'.repeat(100_000),
  'emoji-joined': '👩‍'.repeat(100_000),
  flags: '🇪'.repeat(100_000),
  'right-to-left': fill('مرحبا بالعالم ', 1 << 20),
  'zero-width': fill('a\u200b\u200d\ufeff', 1 << 20),
  combining: fill('e\u0301\u0302\u0303', 1 << 20),
  'half-surrogates': fill('\ud800a\udc00', 1 << 20),
  spaces: `${fill(' ', 1 << 20)}x`,
  'line-ends': `${fill('\n', 1 << 20)}x`,
  dots: fill('.', 1 << 20),
  'dotted-letters': fill('a.', 1 << 20),
  exclamations: fill('!?', 1 << 20),
  quotes: fill('"\'', 1 << 20),
  'opening-brackets': fill('([{', 1 << 20),
  hyphens: fill('a-', 1 << 20),
  apostrophes: fill("a'", 1 << 20),
  digits: fill('1234567890', 1 << 20),
  'digits-and-commas': fill('1,', 1 << 20),
  hashtags: fill('#a', 1 << 20),
  mentions: fill('@a', 1 << 20),
  addresses: fill('a@a.', 1 << 20),
  'at-dots': fill('a.a@', 1 << 20),
  links: fill('http://', 1 << 20),
  not: fill('not ', 1 << 20),
  'not-good': fill('not very good ', 1 << 20),
  'no-me-gusta': fill('no me gusta nada ', 1 << 20),
  'good-but': fill('good but bad, ', 1 << 20),
  'words-one-sentence': fill('the texture of the creamy yogurt is nice and ', 1 << 20),
  capitals: fill('New York City Of The ', 1 << 20),
  'all-caps': fill('THE GREAT TASTE ', 1 << 20),
  elongated: `${fill('bue', 3)}${fill('o', 1 << 20)}`,
  emoticons: fill(':-) :( ', 1 << 20),
  carets: fill('^_', 1 << 20),
  entities: fill('&amp;', 1 << 20),
  tags: fill('<b>', 1 << 20),
  'open-tags': fill('<a ', 1 << 20),
  chinese: fill('这个酸奶很好吃', 350_000),
};

/** The beginning of an extreme text as a record of JSON Lines. */
export function extremeLine(name, length) {
  return `${JSON.stringify({ id: name, text: EXTREMES[name].slice(0, length) })}\n`;
}

/**
 * What is wrong with the rows of a run: nothing, if the texts read have their rows in their order, and all offsets cut
 * the quotes out of the texts.
 * @param {Record<string, any>[]} rows
 * @param {any[]} items  what `readTexts` gives for the same input
 * @param {boolean} isEvery  each text has a row (keywords: a text without terms has none)
 * @returns {string[]} one line a fault
 */
export function faultsOfTextRows(rows, items, isEvery) {
  const faults = [];
  let at = -1;
  const seen = new Set();
  const isOf = (row, item) =>
    'error' in item
      ? row.status === 'error' && row.errorMessage === item.error.message
      : row.status === 'ok' && row.id === item.payload.id;
  for (const row of rows) {
    let next = Math.max(at, 0);
    while (next < items.length && !isOf(row, items[next])) next++;
    if (next === items.length) {
      faults.push(`a row without its text, or out of order: ${JSON.stringify(row).slice(0, 300)}`);
      continue;
    }
    at = next;
    seen.add(at);
    if (row.status === 'ok') faults.push(...faultsOfSpans(row, items[at].payload.text));
  }
  if (isEvery && seen.size < items.length) faults.push(`${items.length - seen.size} texts have no row`);
  return faults;
}

function faultsOfSpans(row, text) {
  // Rows are sound UTF-8: half a surrogate is written as U+FFFD, which is as long.
  const isCut = (start, end, quote) => text.slice(start, end).replace(/\p{Surrogate}/gu, '\ufffd') === quote;
  const shown = JSON.stringify(row).slice(0, 300);
  const faults = [];
  const quote = row.quote ?? row.text;
  if (
    typeof quote === 'string' &&
    typeof row.startOffset === 'number' &&
    !isCut(row.startOffset, row.endOffset, quote)
  ) {
    faults.push(`offsets do not cut the quote: ${shown}`);
  }
  for (const { startOffset, endOffset } of row.mentions ?? []) {
    if (!(startOffset >= 0 && endOffset > startOffset && endOffset <= text.length))
      faults.push(`a mention outside of the text: ${shown}`);
  }
  return faults;
}
