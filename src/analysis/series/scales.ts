/** Whether a series is noisier where it is higher (or lower). */
import type { Observations } from './segments.js';

/** Logarithms of how much noisier the highest level is than the lowest; steps of a search. */
const MOST = Math.log(10);
const STEPS = 10;
/** What the likelihood has to gain, twice its logarithm; neighbouring differences tell nearly the same. */
const LEAST_GAIN = 8;

/**
 * How large the errors are at each value, 1 in the geometric mean, as an exponential function of `level` (0 to 1 over the
 * range of the series); null where they are alike. It is told by how far each value is off the line between its neighbours,
 * which no trend or change disturbs much: differences of those marked in `isKept` are taken.
 */
export function findScales(
  { times, values }: Observations,
  isKept: Uint8Array,
  level: Float64Array,
): Float64Array | null {
  const squares: number[] = [];
  const levels: number[] = [];
  for (let i = 1; i < values.length - 1; i += 1) {
    if (isKept[i - 1] === 0 || isKept[i] === 0 || isKept[i + 1] === 0) continue;
    if ((times[i + 1] as number) - (times[i - 1] as number) !== 2) continue;
    squares.push(((values[i] as number) - ((values[i - 1] as number) + (values[i + 1] as number)) / 2) ** 2);
    levels.push(level[i] as number);
  }
  const growth = growthOf(squares, levels);
  if (growth === 0) return null;
  const mean = level.reduce((sum, value) => sum + value, 0) / level.length;
  return level.map((value) => Math.exp(growth * (value - mean)));
}

/** The growth of the logarithm of the deviation with the level that makes the squares likeliest; 0 where none is much likelier. */
function growthOf(squares: readonly number[], levels: readonly number[]): number {
  const n = squares.length;
  const sum = levels.reduce((total, level) => total + level, 0);
  const cost = (growth: number): number => {
    const scaled = squares.reduce(
      (total, square, i) => total + square * Math.exp(-2 * growth * (levels[i] as number)),
      0,
    );
    return n * Math.log(scaled / n + 1e-12) + 2 * growth * sum;
  };
  let best = 0;
  let lowest = cost(0) - LEAST_GAIN;
  for (let k = -STEPS; k <= STEPS; k += 1) {
    const growth = (k * MOST) / STEPS;
    const value = cost(growth);
    if (value < lowest) {
      lowest = value;
      best = growth;
    }
  }
  return best;
}
