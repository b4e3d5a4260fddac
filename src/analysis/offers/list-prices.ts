/** Prices in the size of the text, at the ends of lines: price lists, where nothing is set big. */

import { toBlock } from './blocks.js';
import { distance } from './boxes.js';
import { type Figure, toFigure } from './figures.js';
import type { PageWord } from './page.js';
import { type Reading, reading, readPrint, signHint } from './price-print.js';
import { signOf } from './price-signs.js';
import { type Run, toRun } from './runs.js';
import { endsWith, type Sense, saysLoyalty } from './sense.js';
import { type AmountRole, findTextAmounts } from './spans.js';

/** A page is a list where it has this many prices at line ends, and twice as many as big ones. */
const LEAST = 4;
const MUCH_BIGGER = 1.3;
/** From the end of a line to its price, in heights of the running text. */
const ROW_REACH = 30;
const ASKED: ReadonlySet<AmountRole> = new Set(['plain', 'without loyalty']);

interface LinePrice {
  readonly run: Run;
  readonly words: readonly PageWord[];
  readonly readings: readonly Reading[];
}

/** The price that ends a line, where it is one that is asked. */
function endOf(run: Run, sense: Sense): LinePrice | null {
  const last = run.words.at(-1);
  const isSign = last !== undefined && signOf(last.text, signHint(sense)) !== null;
  const words = isSign ? run.words.slice(-2) : run.words.slice(-1);
  const figure = words[0];
  if (figure === undefined || figure.box[3] < sense.body * 0.9 || figure.look?.isStruck === true) return null;
  const print = readPrint(figure.text, sense, isSign);
  if (print?.kind !== 'whole') return null;
  const before = run.text.slice(0, run.text.length - words.map(({ text }) => text).join(' ').length);
  if (endsWith(before, 'regularPrice', sense) || endsWith(before, 'saving', sense)) return null;
  const amount = findTextAmounts(toBlock([run]), sense).at(-1);
  if (amount === undefined || !ASKED.has(amount.role)) return null;
  if (!amount.words.includes(figure)) return null;
  const thousands = run.words[run.words.indexOf(figure) - 1];
  // `1 299,00 €`
  return thousands !== undefined && amount.words.includes(thousands) && /^\d{1,3}$/u.test(thousands.text)
    ? { run, words: [thousands, ...words], readings: [reading(amount.amount, 0.9)] }
    : { run, words, readings: print.readings };
}

/**
 * Prices at line ends as figures, and the lines without them; nothing where the page is no list. Lines that begin with a
 * price's own line begin something new: see `starts`.
 */
export function findListPrices(
  runs: readonly Run[],
  big: readonly Figure[],
  sense: Sense,
): { readonly figures: Figure[]; readonly runs: readonly Run[]; readonly starts: ReadonlySet<Run> } {
  const ends = runs.map((run) => endOf(run, sense)).filter((price): price is LinePrice => price !== null);
  const heights = ends.map(({ words }) => words[0]?.box[3] ?? 0).sort((a, b) => a - b);
  const isBigger = ({ box }: Figure) => box[3] > (heights[heights.length >> 1] ?? 0) * MUCH_BIGGER;
  const bigger = big.filter(isBigger);
  const found = ends.filter(({ run }) => bigger.every(({ box }) => distance(box, run.box) > box[3]));
  if (found.length < LEAST || found.length < bigger.length * 2) {
    return { figures: [], runs, starts: new Set() };
  }
  const left = new Map<Run, Run | null>();
  const starts = new Set<Run>();
  const figures: Figure[] = [];
  for (const { run, words, readings } of found) {
    figures.push(toFigure(words, readings, sense));
    const rest = run.words.slice(0, run.words.length - words.length).filter(({ text }) => /[\p{L}\d]/u.test(text));
    const remains = rest.length === 0 ? null : toRun(rest);
    left.set(run, remains);
    if (remains !== null && !saysLoyalty(remains.text, sense)) starts.add(remains);
  }
  const remaining = runs.map((run) => (left.has(run) ? left.get(run) : run)).filter((run): run is Run => run != null);
  // A line that stands beside a price which is a run of its own begins something too.
  for (const run of remaining) {
    const isBeside = [...figures, ...big].some(
      ({ box }) =>
        Math.abs(box[1] + box[3] / 2 - run.box[1] - run.box[3] / 2) < sense.body * 0.5 &&
        box[0] > run.box[0] &&
        box[0] - run.box[0] - run.box[2] < sense.body * ROW_REACH,
    );
    if (isBeside && /\p{L}{3}/u.test(run.text) && !saysLoyalty(run.text, sense)) starts.add(run);
  }
  return { figures, runs: remaining, starts };
}
