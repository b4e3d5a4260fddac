/**
 * Puts characters with known places (as a PDF has them) together to words, lines and blocks in reading order. Works in
 * the order of the content as far as geometry agrees with it: producers mostly write text in the order it is read.
 */
import type { Box, OcrBlock, OcrLine, OcrText, OcrWord } from '../model.js';
import { xyOrder } from './reading-order.js';

/** One character on the upright page, in pixels. */
export interface Glyph {
  /** One character, or a few where one sign stands for them (ligatures). */
  readonly text: string;
  /** `[left, top, right, bottom]`. */
  readonly edges: Edges;
  /** Direction that the text runs in, in quarter turns clockwise: 0 is upright. */
  readonly turn: 0 | 1 | 2 | 3;
  /** 0 for text along the edges of the page; slanted characters of one string (a watermark) share another number. */
  readonly slant: number;
  /** The producer wrote a space or line break here, or PDFium saw one. */
  readonly breaksBefore: boolean;
}

export type Edges = readonly [left: number, top: number, right: number, bottom: number];

/** A run of text in the frame of its own reading direction: `u` along the text, `v` down across it. */
interface Run {
  text: string;
  u0: number;
  u1: number;
  v0: number;
  v1: number;
  readonly turn: Glyph['turn'];
  readonly slant: number;
  readonly isRightToLeft: boolean;
}

interface GlyphRun extends Run {
  readonly breaksBefore: boolean;
}

interface Line extends Run {
  readonly words: Run[];
}

interface Block extends Run {
  readonly lines: Line[];
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;

/** Turns a box on the page into the frame of text that runs in this direction. */
function toFrame(
  [left, top, right, bottom]: Edges,
  turn: Glyph['turn'],
): { u0: number; u1: number; v0: number; v1: number } {
  const frames = [
    [left, right, top, bottom],
    [top, bottom, -right, -left],
    [-right, -left, -bottom, -top],
    [-bottom, -top, left, right],
  ] as const;
  const [u0, u1, v0, v1] = frames[turn];
  return { u0, u1, v0, v1 };
}

function toRun({ text, edges, turn, slant }: Glyph): Run {
  return { text, ...toFrame(edges, turn), turn, slant, isRightToLeft: RIGHT_TO_LEFT.test(text) };
}

function toBox({ u0, u1, v0, v1, turn }: Run): Box {
  const boxes = [
    [u0, v0, u1 - u0, v1 - v0],
    [-v1, u0, v1 - v0, u1 - u0],
    [-u1, -v1, u1 - u0, v1 - v0],
    [v0, -u1, v1 - v0, u1 - u0],
  ] as const;
  const [x, y, width, height] = boxes[turn];
  const round = (value: number): number => Math.round(value * 10) / 10 + 0;
  return [round(x), round(y), round(width), round(height)];
}

function grow(run: Run, other: Run): void {
  run.u0 = Math.min(run.u0, other.u0);
  run.u1 = Math.max(run.u1, other.u1);
  run.v0 = Math.min(run.v0, other.v0);
  run.v1 = Math.max(run.v1, other.v1);
}

/** White space between two runs in reading direction; negative where they overlap or run backwards. */
function gapBetween(before: Run, after: Run): number {
  if (before.slant !== 0 && before.slant === after.slant) return 0;
  return before.isRightToLeft && after.isRightToLeft ? before.u0 - after.u1 : after.u0 - before.u1;
}

function overlap(a0: number, a1: number, b0: number, b1: number): number {
  return Math.min(a1, b1) - Math.max(a0, b0);
}

/** Whether two runs stand on one line: they share most of the height of the lower one. */
function shareLine(a: Run, b: Run): boolean {
  if (a.slant !== 0 || b.slant !== 0) return a.slant === b.slant;
  const smaller = Math.min(a.v1 - a.v0, b.v1 - b.v0);
  return a.turn === b.turn && overlap(a.v0, a.v1, b.v0, b.v1) >= 0.5 * smaller;
}

function heightOf(run: Run): number {
  return run.v1 - run.v0;
}

/** Text that is shown upside down may come back to front; each line of it is put in its own order. */
function straighten(runs: readonly GlyphRun[]): GlyphRun[] {
  const straight: GlyphRun[] = [];
  let from = 0;
  for (let to = 1; to <= runs.length; to++) {
    const [before, after] = [runs[to - 1], runs[to]];
    if (before !== undefined && after !== undefined && shareLine(before, after)) continue;
    const line = runs.slice(from, to);
    const stepsBack = line.filter((run, i) => i > 0 && run.u1 <= (line[i - 1]?.u0 ?? 0) + 0.1 * heightOf(run)).length;
    const isReversed = stepsBack > 0.5 * (line.length - 1) && !line.some((run) => run.isRightToLeft);
    straight.push(...(isReversed ? line.toSorted((a, b) => a.u0 - b.u0) : line));
    from = to;
  }
  return straight;
}

/** Gap, as a share of the height, from which two characters belong to two words though no space is written. */
const WORD_GAP = 0.25;
/** The same where PDFium does not look for spaces itself. */
const TURNED_WORD_GAP = 0.13;

function toWords(glyphs: readonly Glyph[]): Run[] {
  const words: Run[] = [];
  let last: Run | undefined;
  for (const run of straighten(glyphs.map((glyph) => ({ ...toRun(glyph), breaksBefore: glyph.breaksBefore })))) {
    const { breaksBefore, ...letter } = run;
    const word = words.at(-1);
    const height = Math.max(heightOf(run), last === undefined ? 0 : heightOf(last));
    const gap = last === undefined ? 0 : gapBetween(last, run);
    const maxGap = (run.turn === 0 ? WORD_GAP : TURNED_WORD_GAP) * height;
    const joins = last !== undefined && !breaksBefore && shareLine(last, run);
    if (word !== undefined && joins && gap < maxGap && gap > -0.6 * height) {
      word.text += run.text;
      grow(word, run);
    } else {
      words.push(letter);
    }
    last = run;
  }
  return words;
}

/** Gap in heights up to which words that follow each other in the content are on one line: cells of a table row are. */
const CELL_GAP = 60;

function toLines(words: readonly Run[]): Line[] {
  const lines: Line[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    const last = line?.words.at(-1);
    if (line !== undefined && last !== undefined && shareLine(line, word)) {
      const gap = gapBetween(last, word);
      const height = Math.max(heightOf(last), heightOf(word));
      if (gap > -0.5 * height && gap < CELL_GAP * height) {
        line.words.push(word);
        grow(line, word);
        continue;
      }
    }
    lines.push({ ...word, words: [word] });
  }
  return joinPieces(lines);
}

/** Gap in heights up to which pieces written at different times make one line (a word set in bold later on). */
const PIECE_GAP = 0.45;
/** How many lines back a piece may find its other part. */
const PIECE_REACH = 40;

/** Whether a piece fits at an end of the line, or in a hole between its words. */
function fitsInto(line: Line, piece: Line): boolean {
  if (piece.slant !== 0 || !shareLine(line, piece)) return false;
  const height = Math.max(heightOf(line), heightOf(piece));
  const gaps = line.words.map((word) => Math.max(word.u0 - piece.u1, piece.u0 - word.u1));
  const nearest = Math.min(...gaps);
  return nearest < PIECE_GAP * height && nearest > -0.3 * height;
}

function joinPieces(lines: readonly Line[]): Line[] {
  const joined: Line[] = [];
  for (const piece of lines) {
    const line = joined.slice(-PIECE_REACH).findLast((other) => fitsInto(other, piece));
    if (line === undefined) {
      joined.push(piece);
      continue;
    }
    line.words.push(...piece.words);
    line.words.sort((a, b) => (line.isRightToLeft ? b.u1 - a.u1 : a.u0 - b.u0));
    grow(line, piece);
  }
  return joined;
}

/** Whether a line goes on the block: close below its last line, beside or under it, of a similar size. */
function continuesBlock(block: Block, line: Line): boolean {
  const last = block.lines.at(-1);
  if (last === undefined || last.turn !== line.turn || last.slant !== 0 || line.slant !== 0) return false;
  const [low, high] = [Math.min(heightOf(last), heightOf(line)), Math.max(heightOf(last), heightOf(line))];
  const gap = line.v0 - last.v1;
  const isBelow = gap < 0.9 * high && gap > -0.7 * low;
  const sharesWidth = overlap(block.u0, block.u1, line.u0, line.u1) > 0;
  return isBelow && sharesWidth && high < 1.6 * low;
}

function toBlocks(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  for (const line of lines) {
    const block = blocks.at(-1);
    if (block !== undefined && continuesBlock(block, line)) {
      block.lines.push(line);
      grow(block, line);
    } else {
      blocks.push({ ...line, lines: [line] });
    }
  }
  return blocks;
}

/** The direction of most lines. */
function mainTurn(lines: readonly Line[]): Glyph['turn'] {
  const counts = [0, 0, 0, 0];
  for (const { turn } of lines) counts[turn] = (counts[turn] ?? 0) + 1;
  return counts.indexOf(Math.max(...counts)) as Glyph['turn'];
}

/** Share of steps up the page, which are rare in content that is written in reading order. */
const MAX_STEPS_BACK = 0.34;

function inReadingOrder(lines: readonly Line[]): Line[] {
  const turn = mainTurn(lines);
  const placed = lines.map((line): { line: Line; box: Box } => {
    const [x, y, width, height] = toBox(line);
    const { u0, u1, v0, v1 } = toFrame([x, y, x + width, y + height], turn);
    return { line, box: [u0, v0, u1 - u0, v1 - v0] };
  });
  const stepsBack = placed.slice(1).filter(({ box }, i) => {
    const before = placed[i]?.box ?? box;
    return box[1] + box[3] / 2 < before[1] && box[0] < before[0] + before[2];
  });
  const isTrusted = stepsBack.length <= MAX_STEPS_BACK * (placed.length - 1);
  return isTrusted ? [...lines] : xyOrder(placed).map(({ line }) => line);
}

function toOcrLine(line: Line): OcrLine {
  const words: OcrWord[] = line.words.map((word) => ({ text: word.text, confidence: 1, box: toBox(word) }));
  return { text: words.map(({ text }) => text).join(' '), confidence: 1, box: toBox(line), words };
}

function toOcrBlock(block: Block): OcrBlock {
  const lines = block.lines.map(toOcrLine);
  return { text: lines.map(({ text }) => text).join('\n'), confidence: 1, box: toBox(block), lines };
}

/** The text of a page from its characters in the order of the content; confidence is 1, for nothing was guessed. */
export function layOutGlyphs(glyphs: readonly Glyph[]): OcrText {
  const blocks = toBlocks(inReadingOrder(toLines(toWords(glyphs)))).map(toOcrBlock);
  const text = blocks.map((block) => block.text).join('\n\n');
  return { text, confidence: blocks.length === 0 ? null : 1, language: null, blocks };
}
