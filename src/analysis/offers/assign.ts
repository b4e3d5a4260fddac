/** Which block of text a price tag belongs to: all pairs at once, at the least cost. */
import type { Box } from '../../model.js';
import { bottom, centreX, centreY, distance, gapX, gapY, liesBetween, right } from './boxes.js';
import type { Goods } from './goods.js';
import { agreement } from './goods.js';
import { isMeasured } from './sizes.js';
import type { Tag } from './tags.js';
import { isForeign, type SharedPrices } from './tiles.js';

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
/** Figures of which only the cents were seen are often none. */
const UNMATCHED_CENTS = 2;
const UNUSUAL_SIDE = 6;
const AGREEMENT = 14;
/** Blocks that surely describe goods should not be left over; those with this much doubt may be. */
const SURE_GOODS = 12;
const UNSURE = 10;
/** A printed unit price that the price does not agree with. */
const CONTRADICTION = 4;
const OBSTRUCTION = 8;
const UNUSUAL_PLACE = 0.35;
/** On pages that are set in a strict grid. */
const UNUSUAL_IN_GRID = 0.9;
const GRID_SPREAD = 1.2;
const MAX_UNUSUAL = 20;
const SMALL_CARD = 0.8;
const SECOND_PLACE = 3;
/** Goods and a price in different tiles. */
const OTHER_TILE = 30;
const NEVER = 1000;

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

/** From a block to its price: between lefts, rights, tops and feet. */
const OFFSETS = [
  (block: Box, figure: Box) => figure[0] - block[0],
  (block: Box, figure: Box) => right(figure) - right(block),
  (block: Box, figure: Box) => figure[1] - block[1],
  (block: Box, figure: Box) => bottom(figure) - bottom(block),
] as const;

interface Habit {
  readonly offset: (block: Box, figure: Box) => number;
  readonly median: number;
  /** Median distance from the median: how regular the page is. */
  readonly spread: number;
}

function habitsOf(sure: readonly Pair[]): Habit[] {
  if (sure.length < 3) return [];
  const middle = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
  const all = OFFSETS.map((offset): Habit => {
    const values = sure.map(({ goods, tag }) => offset(goods.block.box, tag.figure.box));
    const median = middle(values);
    return { offset, median, spread: middle(values.map((value) => Math.abs(value - median))) };
  });
  // The more regular of each direction.
  const better = (a: Habit | undefined, b: Habit | undefined) =>
    a !== undefined && b !== undefined && a.spread <= b.spread ? a : b;
  return [better(all[0], all[1]), better(all[2], all[3])].filter((habit) => habit !== undefined);
}

type Side = 'right' | 'left' | 'below' | 'above';

/** Where a price lies, seen from its block. */
function sideOf(block: Box, figure: Box): Side {
  if (gapX(block, figure) > gapY(block, figure)) return centreX(figure) > centreX(block) ? 'right' : 'left';
  return centreY(figure) > centreY(block) ? 'below' : 'above';
}

/** The share of the pairs whose price is on each side. */
function sidesOf(sure: readonly Pair[]): (block: Box, figure: Box) => number {
  const sides = sure.map(({ goods, tag }) => sideOf(goods.block.box, tag.figure.box));
  return (block, figure) => {
    const side = sideOf(block, figure);
    return sides.filter((other) => other === side).length / Math.max(1, sides.length);
  };
}

/** From here on nothing that speaks for a pair makes it cheaper than a tag without goods. */
const HOPELESS = UNMATCHED + AGREEMENT + SURE_GOODS;

function costOf(goods: Goods, tag: Tag, everything: { goods: readonly Goods[]; tags: readonly Tag[] }, body: number) {
  const { box } = goods.block;
  let cost = distance(box, tag.box) / body + goods.doubt;
  for (const other of everything.tags) {
    if (cost > HOPELESS) return cost;
    if (other !== tag && liesBetween(other.box, box, tag.box)) cost += OBSTRUCTION;
  }
  for (const other of everything.goods) {
    if (cost > HOPELESS) return cost;
    if (other !== goods && other.doubt < 5 && liesBetween(other.block.box, box, tag.box)) cost += OBSTRUCTION / 2;
  }
  const isWhole = tag.readings.some((reading) => reading.isWhole);
  if (agreement(tag, goods) !== null) cost -= AGREEMENT;
  else if (!isWhole) return UNMATCHED;
  else if (goods.unitPrices.length > 0 && goods.sizes.some(isMeasured)) cost += CONTRADICTION;
  cost -= SURE_GOODS * Math.max(0, 1 - Math.max(0, goods.doubt) / UNSURE);
  return cost;
}

function solve(costs: readonly (readonly number[])[], tags: readonly Tag[], goods: readonly Goods[]): Pair[] {
  const isWhole = (tag: Tag | undefined) => tag?.readings.some((reading) => reading.isWhole) ?? false;
  const isCard = tags.map((tag) => isSmallCard(tag, tags));
  const columns = costs.map((row, i) => {
    // Goods have a second place, for a small price with the card beside the price for all.
    const second = row.map((cost) => (isCard[i] === true ? cost + SECOND_PLACE : NEVER));
    return [...row, ...second, ...tags.map(() => (isWhole(tags[i]) ? UNMATCHED : UNMATCHED_CENTS))];
  });
  const pairs = new Map<Goods, Pair>();
  const found = cheapestColumns(columns).map((column, row) => ({ row, column, isSecond: column >= goods.length }));
  for (const { row, column, isSecond } of found.sort((a, b) => Number(a.isSecond) - Number(b.isSecond))) {
    const at = isSecond ? column - goods.length : column;
    const [tag, partner] = [tags[row], goods[at]];
    if (tag === undefined || partner === undefined) continue;
    const cost = costs[row]?.[at] ?? UNMATCHED;
    const next = Math.min(UNMATCHED, ...(costs[row]?.filter((_, other) => other !== at) ?? []));
    const main = pairs.get(partner);
    if (main === undefined) pairs.set(partner, { tag, goods: partner, cost, margin: next - cost });
    else pairs.set(partner, { ...main, tag: withCard(main.tag, tag) });
  }
  return [...pairs.values()];
}

/** Two tags of the same goods: the one for holders of the card goes to the other. */
function withCard(one: Tag, other: Tag): Tag {
  const [all, card] = one.needsLoyalty && !other.needsLoyalty ? [other, one] : [one, other];
  return all.loyalty === null ? { ...all, loyalty: card } : all;
}

/** A price with the card, printed smaller than the prices for all, belongs to goods that have one of those. */
function isSmallCard(tag: Tag, tags: readonly Tag[]): boolean {
  if (!tag.needsLoyalty) return false;
  const heights = tags.filter((other) => !other.needsLoyalty).map((other) => other.figure.box[3]);
  return tag.figure.box[3] < SMALL_CARD * ([...heights].sort((a, b) => a - b)[heights.length >> 1] ?? 0);
}

/** Pairs of tags and goods. Twice: the second time, pairs that lie as most of the page's pairs do are cheaper. */
export function assign(
  tags: readonly Tag[],
  goods: readonly Goods[],
  { body, shared }: { readonly body: number; readonly shared: SharedPrices },
): Pair[] {
  if (tags.length === 0 || goods.length === 0) return [];
  const apart = (one: Goods, tag: Tag) => (isForeign(one.block.box, tag.figure.box, shared) ? OTHER_TILE : 0);
  const costs = tags.map((tag) => goods.map((one) => costOf(one, tag, { goods, tags }, body) + apart(one, tag)));
  const first = solve(costs, tags, goods);
  const sure = first.filter((pair) => agreement(pair.tag, pair.goods) !== null || pair.margin > 6);
  const habits = habitsOf(sure).filter(({ spread }) => spread <= 3 * body);
  const shareOfSide = sidesOf(sure);
  const again = costs.map((row, i) =>
    row.map((cost, j) => {
      const [tag, one] = [tags[i], goods[j]];
      if (tag === undefined || one === undefined) return cost;
      const rare = sure.length < 3 ? 0 : UNUSUAL_SIDE * (1 - shareOfSide(one.block.box, tag.figure.box));
      return habits.reduce((sum, { offset, median, spread }) => {
        const away = Math.abs(offset(one.block.box, tag.figure.box) - median) / body;
        return sum + Math.min(MAX_UNUSUAL, away) * (spread < GRID_SPREAD * body ? UNUSUAL_IN_GRID : UNUSUAL_PLACE);
      }, cost + rare);
    }),
  );
  return solve(again, tags, goods);
}
