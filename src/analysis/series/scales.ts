/** Whether a series is noisier where it is higher (or lower). */
import type { Observations } from './segments.js';

/** Deviations that are tried: a line over the range of the series that begins with this where it ends with 1 more. */
const BEGINS = [0.03, 0.06, 0.12, 0.25, 0.5, 1] as const;
/** What the likelihood has to gain, twice its logarithm; neighbouring differences tell nearly the same. */
const LEAST_GAIN = 8;
/** What the square of the logarithm of the ratio of the two ends costs: few values at one end tell little. */
const SHRINK = 1;
/** Variance that figures are never without. */
const ROUNDING = 1e-12;

/**
 * How large the errors are at each value, 1 in the geometric mean, as a line in `level` (0 to 1 over the range of the
 * series); null where they are alike. It is told by how far each value is off the line between its neighbours, which no
 * trend or change disturbs much: differences of those marked in `isKept` are taken.
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
  const line = likeliest(squares, levels);
  if (line === null) return null;
  const logarithms = level.map((value) => Math.log(line(value)));
  const mean = logarithms.reduce((sum, value) => sum + value, 0) / level.length;
  return logarithms.map((value) => Math.exp(value - mean));
}

/** The line that makes the squares likeliest; null where none is much likelier than that they are alike. */
function likeliest(squares: readonly number[], levels: readonly number[]): ((level: number) => number) | null {
  const n = squares.length;
  const cost = (line: (level: number) => number): number => {
    let [sum, logarithms] = [0, 0];
    for (let i = 0; i < n; i += 1) {
      const deviation = line(levels[i] as number);
      sum += (squares[i] as number) / deviation ** 2;
      logarithms += Math.log(deviation);
    }
    return n * Math.log(sum / n + ROUNDING) + 2 * logarithms;
  };
  let best: ((level: number) => number) | null = null;
  let lowest = cost(() => 1) - LEAST_GAIN;
  for (const begin of BEGINS) {
    for (const line of [
      (level: number) => begin + Math.min(1, Math.max(0, level)),
      (level: number) => begin + 1 - Math.min(1, Math.max(0, level)),
    ]) {
      const value = cost(line) + SHRINK * Math.log((begin + 1) / begin) ** 2;
      if (value >= lowest) continue;
      lowest = value;
      best = line;
    }
  }
  return best;
}
