/** Which block of text a price tag belongs to: all pairs at once, at the least cost. */
import { bottom, distance, liesBetween } from './boxes.js';
import type { Goods } from './goods.js';
import { agreement } from './goods.js';
import type { Tag } from './tags.js';

export interface Pair {
  readonly tag: Tag;
  readonly goods: Goods;
  /** In heights of the running text; pairs that agree on the unit price may cost less than nothing. */
  readonly cost: number;
  /** How much more the tag's next best block would cost. */
  readonly margin: number;
}

/** Costs in heights of the page's running text. */
const UNMATCHED = 34;
const AGREEMENT = 14;
/** Blocks that surely describe goods should not be left over. */
const SURE = 0.5;
const SURE_GOODS = 12;
const OBSTRUCTION = 8;
const UNUSUAL_PLACE = 0.35;
/** On pages that are set in a strict grid. */
const UNUSUAL_IN_GRID = 0.9;
const GRID_SPREAD = 1.2;
const MAX_UNUSUAL = 20;

/**
 * The columns that rows get at the least total cost (Kuhn 1955, in the O(n²m) form with potentials), with at least as
 * many columns as rows.
 */
export function cheapestColumns(costs: readonly (readonly number[])[]): number[] {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const previous = new Int32Array(columns + 1);
    const done = new Uint8Array(columns + 1);
    rowOf[0] = row;
    let column = 0;
    while ((rowOf[column] ?? 0) !== 0) {
      done[column] = 1;
      const at = rowOf[column] ?? 0;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let j = 1; j <= columns; j++) {
        if (done[j] === 1) continue;
        const reduced = (costs[at - 1]?.[j - 1] ?? 0) - (rowPotential[at] ?? 0) - (columnPotential[j] ?? 0);
        if (reduced < (least[j] ?? 0)) {
          least[j] = reduced;
          previous[j] = column;
        }
        if ((least[j] ?? 0) < step) {
          step = least[j] ?? 0;
          next = j;
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (done[j] === 1) {
          rowPotential[rowOf[j] ?? 0] = (rowPotential[rowOf[j] ?? 0] ?? 0) + step;
          columnPotential[j] = (columnPotential[j] ?? 0) - step;
        } else least[j] = (least[j] ?? 0) - step;
      }
      column = next;
    }
    while (column !== 0) {
      const from = previous[column] ?? 0;
      rowOf[column] = rowOf[from] ?? 0;
      column = from;
    }
  }
  const result = new Array<number>(rows).fill(-1);
  for (let j = 1; j <= columns; j++) if ((rowOf[j] ?? 0) > 0) result[(rowOf[j] ?? 0) - 1] = j - 1;
  return result;
}

/** From a block to its price: corner to corner, lower left. */
type Offset = readonly [x: number, y: number];
const offsetOf = ({ goods, tag }: { goods: Goods; tag: Tag }): Offset => [
  tag.figure.box[0] - goods.block.box[0],
  bottom(tag.figure.box) - bottom(goods.block.box),
];

interface Habit {
  readonly median: number;
  /** Median distance from the median: how regular the page is. */
  readonly spread: number;
}

function habitOf(values: number[]): Habit | null {
  if (values.length < 3) return null;
  const middle = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1] ?? 0;
  const median = middle([...values]);
  return { median, spread: middle(values.map((value) => Math.abs(value - median))) };
}

function costOf(goods: Goods, tag: Tag, everything: { goods: readonly Goods[]; tags: readonly Tag[] }, body: number) {
  const { box } = goods.block;
  let cost = distance(box, tag.box) / body + goods.doubt;
  for (const other of everything.tags) {
    if (other !== tag && liesBetween(other.box, box, tag.box)) cost += OBSTRUCTION;
  }
  for (const other of everything.goods) {
    if (other !== goods && other.doubt < 5 && liesBetween(other.block.box, box, tag.box)) cost += OBSTRUCTION / 2;
  }
  const isWhole = tag.readings.some((reading) => reading.isWhole);
  if (agreement(tag, goods) !== null) cost -= AGREEMENT;
  else if (!isWhole) return UNMATCHED;
  if (goods.doubt <= SURE) cost -= SURE_GOODS;
  return cost;
}

function solve(costs: readonly (readonly number[])[], tags: readonly Tag[], goods: readonly Goods[]): Pair[] {
  const withNone = costs.map((row) => [...row, ...tags.map(() => UNMATCHED)]);
  const pairs: Pair[] = [];
  for (const [row, column] of cheapestColumns(withNone).entries()) {
    const [tag, partner] = [tags[row], goods[column]];
    if (tag === undefined || partner === undefined) continue;
    const cost = costs[row]?.[column] ?? UNMATCHED;
    const next = Math.min(UNMATCHED, ...(costs[row]?.filter((_, other) => other !== column) ?? []));
    pairs.push({ tag, goods: partner, cost, margin: next - cost });
  }
  return pairs;
}

/** Pairs of tags and goods. Twice: the second time, pairs that lie as most of the page's pairs do are cheaper. */
export function assign(tags: readonly Tag[], goods: readonly Goods[], body: number): Pair[] {
  if (tags.length === 0 || goods.length === 0) return [];
  const costs = tags.map((tag) => goods.map((one) => costOf(one, tag, { goods, tags }, body)));
  const first = solve(costs, tags, goods);
  const sure = first.filter((pair) => agreement(pair.tag, pair.goods) !== null || pair.margin > 6);
  const habits = ([0, 1] as const).map((axis) => habitOf(sure.map((pair) => offsetOf(pair)[axis])));
  const again = costs.map((row, i) =>
    row.map((cost, j) => {
      const [tag, one] = [tags[i], goods[j]];
      if (tag === undefined || one === undefined) return cost;
      const offset = offsetOf({ tag, goods: one });
      return ([0, 1] as const).reduce((sum, axis) => {
        const habit = habits[axis];
        if (habit == null || habit.spread > 3 * body) return sum;
        const unusual = Math.min(MAX_UNUSUAL, Math.abs(offset[axis] - habit.median) / body);
        return sum + unusual * (habit.spread < GRID_SPREAD * body ? UNUSUAL_IN_GRID : UNUSUAL_PLACE);
      }, cost);
    }),
  );
  return solve(again, tags, goods);
}
