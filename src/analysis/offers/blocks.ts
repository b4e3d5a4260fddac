/** Runs become blocks: lines under each other that share an edge or the middle, a size and a ground. */
import type { Box } from '../../model.js';
import { around, bottom, centreX, centreY, gapX, right } from './boxes.js';
import { onDifferentGrounds, type Run } from './runs.js';
import type { TilesApart } from './tiles.js';

/** Lines that belong together, from the top. */
export interface Block {
  readonly lines: readonly Run[];
  /** The lines' texts, one a line. */
  readonly text: string;
  readonly box: Box;
}

/** From the middle of a line to the middle of the next, as a share of the higher one's height. */
const MAX_PITCH = 1.7;
const MIN_PITCH = 0.3;
const MAX_HEIGHT_RATIO = 1.75;
const MAX_GROUND_DIFFERENCE = 80;
/** A line in type this much bigger begins something new below a gap of this many heights of the line above. */
const BIGGER = 1.25;
const MAX_GAP_TO_BIGGER = 0.6;

/** Footnotes run across the columns above them. */
const LONG_LINE = 60;
const MUCH_WIDER = 1.8;

function isAligned(a: Box, b: Box, height: number): boolean {
  if (gapX(a, b) > 0) return false;
  return (
    Math.abs(a[0] - b[0]) < height * 0.8 ||
    Math.abs(centreX(a) - centreX(b)) < height * 0.7 ||
    Math.abs(right(a) - right(b)) < height * 0.5
  );
}

/** How well a run goes on a block: pixels from its foot, null where it does not. */
function follows(lines: readonly Run[], run: Run): number | null {
  const last = lines.at(-1);
  const word = run.words[0];
  if (last === undefined || word === undefined) return null;
  const [low, high] = last.box[3] < run.box[3] ? [last.box[3], run.box[3]] : [run.box[3], last.box[3]];
  if (high > low * MAX_HEIGHT_RATIO) return null;
  const pitch = centreY(run.box) - centreY(last.box);
  if (pitch < low * MIN_PITCH || pitch > high * MAX_PITCH) return null;
  if (run.box[3] > last.box[3] * BIGGER && run.box[1] - bottom(last.box) > last.box[3] * MAX_GAP_TO_BIGGER) return null;
  const width = Math.max(...lines.map(({ box }) => box[2]));
  if (run.text.length > LONG_LINE && run.box[2] > width * MUCH_WIDER) return null;
  const sharesEdge = isAligned(last.box, run.box, low) || isAligned(around(lines.map(({ box }) => box)), run.box, low);
  if (!sharesEdge) return null;
  const above = last.words[0];
  if (above !== undefined && onDifferentGrounds(above, word, MAX_GROUND_DIFFERENCE)) return null;
  return Math.max(0, run.box[1] - bottom(last.box)) + Math.abs(run.box[0] - last.box[0]) / 4;
}

export function toBlock(lines: readonly Run[]): Block {
  return { lines, text: lines.map((line) => line.text).join('\n'), box: around(lines.map((line) => line.box)) };
}

/** What else parts lines that could follow each other. */
export interface Partings {
  /** Runs that begin a block. */
  readonly starts?: ReadonlySet<Run>;
  readonly isApart?: TilesApart;
  /** Lines such as `with card` under a price, which no name below them goes on. */
  readonly isLabel?: (text: string) => boolean;
}

const goesOnLabel = ({ text }: Run): boolean => !/^\p{Lu}/u.test(text);

/** Every run, in a block. Runs come from the top; those on another tile begin a block. */
export function findBlocks(
  runs: readonly Run[],
  { starts = new Set(), isApart = () => false, isLabel = () => false }: Partings = {},
): Block[] {
  const open: Run[][] = [];
  for (const run of runs) {
    let best: { lines: Run[]; cost: number } | null = null;
    for (const lines of starts.has(run) ? [] : open) {
      const cost = follows(lines, run);
      const isParted =
        lines.some(({ box }) => isApart(box, run.box)) ||
        (lines.length === 1 && !goesOnLabel(run) && isLabel(lines[0]?.text ?? ''));
      if (cost !== null && !isParted && (best === null || cost < best.cost)) best = { lines, cost };
    }
    if (best === null) open.push([run]);
    else best.lines.push(run);
  }
  return open.map(toBlock);
}
