/** What kind of change it is, how large, and when at the earliest and latest. */
import { leastSquares } from './least-squares.js';
import { standardized } from './segmentation.js';
import type { Observations, Segment } from './segments.js';

/** A change between two segments, in the units of the observations. */
export interface ChangeSize {
  readonly kind: 'level' | 'slope';
  /** First period that is different, and its 95 % interval, both ends inclusive. */
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly absolute: number;
  /** Standard error of `absolute`. */
  readonly error: number;
}

/** Observations on each side that are looked at. */
const REACH = 150;
/** 95 % points of the likelihood ratio of a place: of a step (Hansen 2000, "Sample splitting and threshold estimation"), of a bend. */
const PLACE = { level: 7.35, slope: 3.84 } as const;
/** Observations on each side of the border among which the best place is looked for. */
const NEAR = 15;
/** What a second term has to explain, in variances of the noise, to be taken for real. */
const MATERIAL = 9;

/**
 * Measures the change where `after` follows `before`: as a step or as a bend, whichever explains more; `noise` is the
 * long-run variance of the errors, so that neighbouring errors that are alike do not make it look more certain.
 */
export function measureChange(observations: Observations, before: Segment, after: Segment, noise: number): ChangeSize {
  const around = new Surroundings(observations, before, after);
  const stepped = around.best('level');
  const bent = around.isFlat ? stepped : around.best('slope');
  const kind = stepped.squares <= bent.squares ? 'level' : 'slope';
  const single = kind === 'level' ? stepped : bent;
  const both = around.squares(around.border, ['level', 'slope']);
  const isBoth = !around.isFlat && single.squares - both > MATERIAL * noise;
  const terms: readonly Term[] = isBoth ? [kind === 'level' ? 'slope' : 'level', kind] : [kind];
  const place = isBoth ? around.border : single.place;
  const limit = (isBoth ? both : single.squares) + PLACE[kind] * noise;
  const [from, to] = reachOf(place, around.length, (k) => around.squares(k, terms) <= limit);
  const { coefficient, own } = around.last(place, terms);
  return {
    kind,
    index: around.timeOf(place),
    // where no value tells, it may have begun
    from: around.timeOf(from - 1) + 1,
    to: around.timeOf(to),
    absolute: coefficient,
    error: Math.sqrt(noise / Math.max(own, 1e-12)),
  };
}

type Term = 'level' | 'slope';

/** The values around a border between two segments, explained by a trend and by a step or bend at any place. */
class Surroundings {
  readonly border: number;
  readonly length: number;
  /** Without slopes on either side. */
  readonly isFlat: boolean;
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  readonly #scales: Float64Array | null;
  readonly #trend: readonly Float64Array[];
  /** Places nearer to this border than to the next ones. */
  readonly #near: readonly [lowest: number, highest: number];

  constructor({ times, values, scales = null }: Observations, before: Segment, after: Segment) {
    const start = Math.max(before.start, after.start - REACH);
    const end = Math.min(after.end, after.start + REACH);
    this.border = after.start - start;
    this.length = end - start;
    this.isFlat = before.degree + after.degree === 0;
    this.#times = times.subarray(start, end);
    this.#scales = scales?.subarray(start, end) ?? null;
    this.#values = standardized(values.subarray(start, end), this.#scales);
    const middle = times[after.start] as number;
    const ones = this.#times.map(() => 1);
    this.#trend = this.isFlat ? [ones] : [ones, this.#times.map((time) => time - middle)];
    const lowest = Math.ceil((before.start + after.start) / 2) - start;
    const highest = Math.ceil((after.start + after.end) / 2) - 1 - start;
    this.#near = [Math.max(1, this.border - NEAR, lowest), Math.min(this.length - 1, this.border + NEAR, highest)];
  }

  timeOf(place: number): number {
    return this.#times[place] as number;
  }

  /** What is left beside a step, a bend, or both at a place. */
  squares(place: number, terms: readonly Term[]): number {
    return leastSquares(this.#columns(place, terms), this.#values).squares.at(-1) ?? 0;
  }

  best(term: Term): { readonly place: number; readonly squares: number } {
    let best = { place: this.border, squares: this.squares(this.border, [term]) };
    for (let place = this.#near[0]; place <= this.#near[1]; place += 1) {
      const squares = this.squares(place, [term]);
      if (squares < best.squares) best = { place, squares };
    }
    return best;
  }

  /** Size of the last term, and what of its square the others do not say. */
  last(place: number, terms: readonly Term[]): { readonly coefficient: number; readonly own: number } {
    const columns = this.#columns(place, terms);
    const coefficient = leastSquares(columns, this.#values).coefficients.at(-1) ?? 0;
    const column = columns.pop() as Float64Array;
    return { coefficient, own: leastSquares(columns, column).squares.at(-1) ?? 0 };
  }

  /** A line that bends is different for the first time one period after the bend. */
  #columns(place: number, terms: readonly Term[]): Float64Array[] {
    const time = this.timeOf(place);
    const of = (term: Term): Float64Array =>
      this.#times.map((t) => (term === 'slope' ? Math.max(0, t - time + 1) : t >= time ? 1 : 0));
    return [...this.#trend, ...terms.map(of)].map((column) => standardized(column, this.#scales));
  }
}

/** The furthest places on both sides that are still as likely; a few that are not may lie between. */
function reachOf(place: number, length: number, isLikely: (k: number) => boolean): readonly [number, number] {
  const furthest = (direction: 1 | -1): number => {
    let last = place;
    for (let k = place + direction; k > 0 && k < length && Math.abs(k - last) <= 5; k += direction) {
      if (isLikely(k)) last = k;
    }
    return last;
  };
  return [furthest(-1), furthest(1)];
}
