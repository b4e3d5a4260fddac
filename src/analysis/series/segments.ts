/** The best ways to cut a series into segments that are flat, straight or bent. */

/** Values that are there, with the periods they belong to. */
export interface Observations {
  /** Ascending whole numbers. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** How large the errors are, 1 in the geometric mean; null where they are alike. */
  readonly scales?: Float64Array | null;
}

/** Observations `start` to `end` (exclusive), and the degree of the polynomial that describes them. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly degree: number;
}

/** Fewest observations of a segment of degree 0, 1 and 2. */
export const SHORTEST = [3, 5, 12] as const;
/** Bent segments are no shorter than this share of the series: the sums are not exact enough below. */
const BENT_SHARE = 0.2;
/** Longer series are cut at places of a grid first, and then exactly. */
const MOST_PLACES = 260;

/** Weighted sums of t, t2, t3, t4, y, ty, t2y, y2 and 1 over all observations before each one. */
type Sums = readonly [
  t: Float64Array,
  t2: Float64Array,
  t3: Float64Array,
  t4: Float64Array,
  y: Float64Array,
  ty: Float64Array,
  t2y: Float64Array,
  y2: Float64Array,
  weights: Float64Array,
];

function sumsOf({ times, values, scales }: Observations): Sums {
  const count = times.length;
  const first = times[0] ?? 0;
  const half = Math.max(1, ((times[count - 1] ?? 0) - first) / 2);
  const sums = Array.from({ length: 9 }, () => new Float64Array(count + 1));
  for (let i = 0; i < count; i += 1) {
    const t = ((times[i] as number) - first) / half - 1;
    const y = values[i] as number;
    const terms = [t, t * t, t * t * t, t * t * t * t, y, t * y, t * t * y, y * y, 1];
    const weight = scales == null ? 1 : (scales[i] as number) ** -2;
    for (let k = 0; k < 9; k += 1) {
      const row = sums[k] as Float64Array;
      row[i + 1] = (row[i] as number) + weight * (terms[k] as number);
    }
  }
  return sums as unknown as Sums;
}

/** Sums of squares about the best polynomials of any segment, in a few operations each. */
class SegmentCosts {
  readonly #sums: Sums;
  readonly #bent: number;
  /** Of the last segment: flat, straight, bent; infinite where it is too short. */
  readonly squares = new Float64Array(3);

  constructor(observations: Observations) {
    this.#sums = sumsOf(observations);
    this.#bent = Math.max(SHORTEST[2], BENT_SHARE * observations.times.length);
  }

  read(start: number, end: number): void {
    const [s1, s2, , , y, ty, , y2, weights] = this.#sums;
    const n = end - start;
    const squares = this.squares;
    squares[0] = squares[1] = squares[2] = Number.POSITIVE_INFINITY;
    if (n < SHORTEST[0]) return;
    const weight = (weights[end] as number) - (weights[start] as number);
    const sumT = (s1[end] as number) - (s1[start] as number);
    const sumY = (y[end] as number) - (y[start] as number);
    const flat = (y2[end] as number) - (y2[start] as number) - (sumY * sumY) / weight;
    squares[0] = Math.max(0, flat);
    if (n < SHORTEST[1]) return;
    const mean = sumT / weight;
    const spread = (s2[end] as number) - (s2[start] as number) - mean * sumT;
    const product = (ty[end] as number) - (ty[start] as number) - mean * sumY;
    const straight = flat - (product * product) / spread;
    squares[1] = Math.max(0, straight);
    if (n >= this.#bent) squares[2] = Math.max(0, straight - this.#bend(start, end, mean, spread, product));
  }

  /** What a square of t explains beyond the straight line. */
  #bend(start: number, end: number, mean: number, spread: number, product: number): number {
    const [s1, s2, s3, s4, y, ty, t2y, , weights] = this.#sums;
    const between = (row: Float64Array): number => (row[end] as number) - (row[start] as number);
    const n = between(weights);
    const t = between(s1);
    const t2 = between(s2);
    const t3 = between(s3);
    const t4 = between(s4);
    const cube = t3 - 3 * mean * t2 + 2 * mean * mean * t;
    const fourth = t4 - 4 * mean * t3 + 6 * mean * mean * t2 - 3 * mean * mean * mean * t;
    const own = fourth - (spread * spread) / n - (cube * cube) / spread;
    const centred = between(t2y) - 2 * mean * between(ty) + mean * mean * between(y);
    const along = centred - (spread / n) * between(y) - (cube / spread) * product;
    return (along * along) / own;
  }
}

/**
 * Cuts series where the sum of squares and penalties is smallest, a change costing twice `unit` (its place and a level)
 * and each degree of a segment once: optimal partitioning (Jackson et al. 2005, "An algorithm for optimal partitioning of
 * data on an interval"). All segments are measured once, so that many penalties can be tried.
 */
export class Partitions {
  readonly #costs: SegmentCosts;
  readonly #places: Int32Array;
  /** Of each pair of places (end, start): flat, straight, bent. */
  readonly #table: Float64Array;

  constructor(observations: Observations) {
    const count = observations.times.length;
    this.#costs = new SegmentCosts(observations);
    const cells = Math.min(count, MOST_PLACES);
    this.#places = Int32Array.from({ length: cells + 1 }, (_, k) => Math.round((k * count) / cells));
    this.#table = new Float64Array((3 * (cells + 1) * cells) / 2 + 3);
    let at = 0;
    for (let end = 1; end <= cells; end += 1) {
      for (let start = 0; start < end; start += 1) {
        this.#costs.read(this.#places[start] as number, this.#places[end] as number);
        for (let degree = 0; degree < 3; degree += 1) this.#table[at++] = this.#costs.squares[degree] as number;
      }
    }
  }

  /** Segments in order; at least one. */
  best(unit: number): readonly Segment[] {
    const cells = this.#places.length - 1;
    const least = new Float64Array(cells + 1).fill(Number.POSITIVE_INFINITY);
    const cameFrom = new Int32Array(cells + 1);
    least[0] = -2 * unit;
    let at = 0;
    for (let end = 1; end <= cells; end += 1) {
      let lowest = Number.POSITIVE_INFINITY;
      for (let start = 0; start < end; start += 1) {
        const straight = Math.min((this.#table[at + 1] as number) + unit, (this.#table[at + 2] as number) + 2 * unit);
        const sum = (least[start] as number) + Math.min(this.#table[at] as number, straight);
        at += 3;
        if (sum < lowest) {
          lowest = sum;
          cameFrom[end] = start;
        }
      }
      least[end] = lowest + 2 * unit;
    }
    const ends: number[] = [];
    for (let end = cells; end > 0; end = cameFrom[end] as number) ends.push(this.#places[end] as number);
    return this.#exact([0, ...ends.reverse()], unit);
  }

  /** Moves each border between two places of the grid to where it fits best, and names the degrees. */
  #exact(borders: number[], unit: number): readonly Segment[] {
    const reach = Math.ceil((this.#places[this.#places.length - 1] as number) / (this.#places.length - 1));
    for (let pass = 0; reach > 1 && pass < 2; pass += 1) {
      for (let k = 1; k < borders.length - 1; k += 1) {
        const [left, middle, right] = borders.slice(k - 1, k + 2) as [number, number, number];
        let lowest = Number.POSITIVE_INFINITY;
        for (let place = Math.max(left, middle - reach); place <= Math.min(right, middle + reach); place += 1) {
          const sum = this.#cheapest(left, place, unit)[0] + this.#cheapest(place, right, unit)[0];
          if (sum >= lowest) continue;
          lowest = sum;
          borders[k] = place;
        }
      }
    }
    return borders.slice(1).map((end, k) => {
      const start = borders[k] as number;
      return { start, end, degree: this.#cheapest(start, end, unit)[1] };
    });
  }

  #cheapest(start: number, end: number, unit: number): readonly [cost: number, degree: number] {
    this.#costs.read(start, end);
    const [flat, straight, bent] = this.#costs.squares as unknown as [number, number, number];
    if (bent + 2 * unit < Math.min(flat, straight + unit)) return [bent + 2 * unit, 2];
    return straight + unit < flat ? [straight + unit, 1] : [flat, 0];
  }
}
