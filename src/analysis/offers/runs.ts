/** Words become runs: neighbours on one baseline, of one size, on one ground. */
import type { Box, Rgb } from '../../model.js';
import { around, bottom, centreY, gapX, gapY, right } from './boxes.js';
import type { PageWord } from './page.js';
import type { TilesApart } from './tiles.js';

/** Words of one line, from left to right. */
export interface Run {
  readonly words: readonly PageWord[];
  readonly text: string;
  readonly box: Box;
}

/** A gap between words is below this share of their height; columns are farther apart. */
const MAX_WORD_GAP = 0.95;
/** Where the engine read both in one line. Boxes of wide type that are drawn tight stand this far apart. */
const MAX_LINE_GAP = 1.3;
/** Words that begin where others do: in heights of the line. */
const SAME_LEFT = 0.35;
/** From the middle of a line to the middle of its neighbours, in heights. */
const NEIGHBOUR = 2;
const MIN_OVERLAP = 0.5;
const MAX_HEIGHT_RATIO = 1.7;
/** Colours of grounds that differ more (of 441) belong to different things. */
const MAX_GROUND_DIFFERENCE = 100;

/** Inks that differ less are one. */
const SAME_INK = 60;

export function colourDifference(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Words so short that their ink may fill more of their box than their ground does, which turns the two about. */
const SHORT = 2;

function isInverted(a: PageWord, b: PageWord): boolean {
  if (a.look === undefined || b.look === undefined || Math.min(a.text.length, b.text.length) > SHORT) return false;
  const [one, other] = [colourDifference(a.look.ground, b.look.ink), colourDifference(a.look.ink, b.look.ground)];
  return one < SAME_INK && other < SAME_INK;
}

/** True where a picture shows two words on grounds of different colours. */
export function onDifferentGrounds(a: PageWord, b: PageWord, most = MAX_GROUND_DIFFERENCE): boolean {
  if (a.look === undefined || b.look === undefined) return false;
  if (isInverted(a, b)) return false;
  const difference = colourDifference(a.look.ground, b.look.ground);
  // Over a photograph the ground changes from word to word, the ink does not.
  return difference > most && (colourDifference(a.look.ink, b.look.ink) > SAME_INK || difference > 2 * most);
}

/** Words that stand on their side, which is print on packages and margins, not of offers. */
export function isUpright({ text, box }: PageWord): boolean {
  return text.length < 3 || box[3] <= box[2] * (text.length < 5 ? 2.2 : 1.2);
}

/**
 * The height of the page's running text: the most frequent height of its words, letters counted, neighbours within a
 * tenth taken together.
 */
export function bodyHeight(words: readonly PageWord[]): number {
  const votes = new Map<number, number>();
  for (const word of words) {
    const letters = word.text.match(/\p{L}/gu)?.length ?? 0;
    if (letters < 3 || word.confidence < 0.8 || !isUpright(word)) continue;
    votes.set(Math.round(word.box[3]), (votes.get(Math.round(word.box[3])) ?? 0) + letters);
  }
  let best = { height: 0, votes: 0 };
  for (const height of votes.keys()) {
    let sum = 0;
    for (const [other, count] of votes) if (Math.abs(other - height) <= Math.max(1, height * 0.1)) sum += count;
    if (sum > best.votes) best = { height, votes: sum };
  }
  if (best.height > 0) return best.height;
  const heights = words.map((word) => word.box[3]).sort((a, b) => a - b);
  return Math.max(1, heights[heights.length >> 1] ?? 1);
}

/** Gaps of one line differ by less than this factor. */
const EVEN = 1.5;

/** A line above or below begins where the word does, or goes on there behind a gap as wide. */
function isGutter(last: PageWord, word: PageWord, words: readonly PageWord[]): boolean {
  const [from, height] = [right(last.box), Math.max(last.box[3], word.box[3])];
  const near = words.filter(({ box, line }) => {
    const away = Math.abs(centreY(box) - centreY(word.box));
    return line !== word.line && away > height * MIN_OVERLAP && away < height * NEIGHBOUR;
  });
  const isColumn = (one: PageWord) =>
    near.every(({ box, line }) => {
      if (box === one.box || box[0] >= one.box[0]) return true;
      return right(box) <= from && (line !== one.line || one.box[0] - right(box) >= one.box[3] * MAX_WORD_GAP);
    });
  return near.some((one) => Math.abs(one.box[0] - word.box[0]) < height * SAME_LEFT && isColumn(one));
}

/** The engine read two words in one line, with a gap like the line's others, which goes on in no line above or below. */
function isOneLine(last: PageWord, word: PageWord, words: readonly PageWord[]): boolean {
  if (last.line === undefined || last.line !== word.line || /\d[.,]\d\d/u.test(last.text + word.text)) return false;
  const gap = word.box[0] - right(last.box);
  if (gap >= Math.max(last.box[3], word.box[3]) * MAX_LINE_GAP) return false;
  const line = words.filter((other) => other.line === word.line).sort((a, b) => a.box[0] - b.box[0]);
  const gaps = line.slice(1).map(({ box }, at) => box[0] - right(line[at]?.box ?? box));
  const usual = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? gap;
  return gap <= usual * EVEN && !isGutter(last, word, words);
}

/** What tells of a page which words are neighbours. */
interface Neighbourhood {
  readonly words: readonly PageWord[];
  readonly isApart: TilesApart;
}

function continues(last: PageWord, word: PageWord, { words, isApart }: Neighbourhood): boolean {
  const [low, high] = last.box[3] < word.box[3] ? [last.box[3], word.box[3]] : [word.box[3], last.box[3]];
  if (high > low * MAX_HEIGHT_RATIO) return false;
  if (-gapY(last.box, word.box) < low * MIN_OVERLAP) return false;
  // Boxes that hug their letters have their feet on one line, whatever their heights.
  const misfit = Math.min(Math.abs(bottom(last.box) - bottom(word.box)), Math.abs(last.box[1] - word.box[1]));
  if (misfit > high * 0.35) return false;
  const gap = word.box[0] - right(last.box);
  if (gap <= -high * 0.6 || onDifferentGrounds(last, word) || isApart(last.box, word.box)) return false;
  return gap < high * MAX_WORD_GAP || isOneLine(last, word, words);
}

export function toRun(words: readonly PageWord[]): Run {
  return { words, text: words.map((word) => word.text).join(' '), box: around(words.map((word) => word.box)) };
}

/** Where columns begin under a line and under one of its gaps, in heights of the line. */
const COLUMN_PITCH = 1.8;
const LEAST_COLUMN_GAP = 0.55;
/** In gaps of the line. */
const WIDER = 1.2;

/** The word that begins the next column of a line, where two lines below stand under its two parts. */
function columnIn({ words, box }: Run, below: readonly Run[]): number | null {
  const isUnder = (run: Run, left: number) => Math.abs(run.box[0] - left) < box[3] * SAME_LEFT;
  const [first] = below.filter((run) => isUnder(run, box[0]));
  if (first === undefined) return null;
  const gaps = words.slice(1).map((word, at) => word.box[0] - right(words[at]?.box ?? word.box));
  const usual = [...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
  const least = Math.max(box[3] * LEAST_COLUMN_GAP, usual * WIDER);
  for (let at = 1; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || (gaps[at - 1] ?? 0) < least) continue;
    if (right(first.box) < word.box[0] && below.some((run) => run !== first && isUnder(run, word.box[0]))) return at;
  }
  return null;
}

/** Lines of neighbouring columns that stand so near that they were one. */
function withColumns(runs: readonly Run[]): Run[] {
  return runs.flatMap((run) => {
    const foot = bottom(run.box);
    const below = runs.filter(
      ({ box }) =>
        box !== run.box &&
        box[1] > run.box[1] + run.box[3] / 2 &&
        box[1] < foot + run.box[3] * COLUMN_PITCH - box[3] / 2,
    );
    const at = columnIn(run, below);
    return at === null ? [run] : [toRun(run.words.slice(0, at)), toRun(run.words.slice(at))];
  });
}

/** All words that stand upright, as runs, from the top. None goes on from one tile to the next. */
export function findRuns(words: readonly PageWord[], isApart: TilesApart = () => false): Run[] {
  const open: PageWord[][] = [];
  const page = { words, isApart };
  for (const word of words.filter(isUpright).sort((a, b) => a.box[0] - b.box[0])) {
    let nearest: { run: PageWord[]; gap: number } | null = null;
    for (const run of open) {
      const last = run.at(-1);
      if (last === undefined || !continues(last, word, page)) continue;
      const gap = Math.abs(gapX(last.box, word.box)) + Math.abs(last.box[1] - word.box[1]);
      if (nearest === null || gap < nearest.gap) nearest = { run, gap };
    }
    if (nearest === null) open.push([word]);
    else nearest.run.push(word);
  }
  return withColumns(open.map(toRun)).sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0]);
}
