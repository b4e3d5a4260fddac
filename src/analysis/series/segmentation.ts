/** How many segments a series has: cheap proposals by optimal partitioning, judged with the autocorrelation of what they leave. */
import { combine, leastSquares } from './least-squares.js';
import { type Observations, Partitions, type Segment, SHORTEST } from './segments.js';

/** A way to cut a series, and what it leaves. */
export interface Segmentation {
  readonly segments: readonly Segment[];
  readonly fitted: Float64Array;
  /** Sum of the squares of the errors. */
  readonly squares: number;
  /** Long-run variance of the errors: that of the mean of many, times their number. */
  readonly noise: number;
  /** Standard deviation of the errors, alike or not. */
  readonly marginal: number;
  /** Twice the negative log likelihood, plus the penalty for what was fitted. */
  readonly criterion: number;
}

/** Largest lag-one autocorrelation of errors; those that wander more are taken for movements of the series. */
export const MOST_AUTOCORRELATION = 0.95;
/** Logarithms of n that each level, slope and change costs. */
const PENALTY = 1;
/** Variance that a series is never without, after its scale was taken off: rounding of the figures. */
const ROUNDING = 1e-7;
const PROPOSALS = 14;
/** Growth or decay, as powers of e over the whole series, that is no change. */
const RATES = [-2, -1, 1, 2] as const;
/** Factors by which the best rate is moved, in turn. */
const FINER_RATES = [1.25, 1.12, 1.06] as const;
/** Series that never rest have no changes: more segments than these, that are shorter than that on average. */
const RESTLESS = { segments: 7, length: 14 } as const;

/** Columns of the polynomials of all segments. */
export function segmentColumns(times: Float64Array, segments: readonly Segment[]): Float64Array[] {
  return segments.flatMap(({ start, end, degree }) => {
    const first = times[start] as number;
    const half = Math.max(1, ((times[end - 1] as number) - first) / 2);
    const columns = Array.from({ length: degree + 1 }, () => new Float64Array(times.length));
    for (let i = start; i < end; i += 1) {
      let power = 1;
      for (const column of columns) {
        column[i] = power;
        power *= ((times[i] as number) - first) / half - 1;
      }
    }
    return columns;
  });
}

/**
 * The best way to describe the series without any change, and the best with as many as it takes. `swings` are what may
 * look like changes: columns of a season that has not been seen twice.
 */
export function segment(
  observations: Observations,
  swings: readonly Float64Array[] = [],
): { readonly whole: Segmentation; readonly cut: Segmentation } {
  const n = observations.times.length;
  const partitions = new Partitions(observations);
  const whole = uncut(observations, swings);
  let cut = whole;
  let seen = '';
  let unit = whole.squares / 4;
  const least = ROUNDING * Math.log(n);
  for (let step = 0; step < PROPOSALS && unit > least; step += 1, unit /= 2) {
    const segments = partitions.best(unit);
    if (segments.length > Math.max(2, n / 6)) break;
    const name = JSON.stringify(segments);
    if (name === seen || segments.length === 1) continue;
    seen = name;
    const candidate = judge(observations, segments);
    if (candidate.criterion < cut.criterion) cut = candidate;
  }
  const isRestless = cut.segments.length > RESTLESS.segments && n < RESTLESS.length * cut.segments.length;
  return { whole, cut: isRestless ? whole : cut };
}

/** The best description without any change: flat, straight, bent or exponential, or with the swings. */
export function uncut(observations: Observations, swings: readonly Float64Array[]): Segmentation {
  const n = observations.times.length;
  const one = (degree: number): readonly Segment[] => [{ start: 0, end: n, degree }];
  const candidates = [judge(observations, one(0)), judge(observations, one(1))];
  if (n >= SHORTEST[2]) candidates.push(judge(observations, one(2)), exponential(observations, []));
  if (swings.length > 0) candidates.push(judge(observations, one(1), swings), exponential(observations, swings));
  return candidates.reduce((best, candidate) => (candidate.criterion < best.criterion ? candidate : best));
}

/** Growth or decay at the rate that describes the series best. */
function exponential(observations: Observations, swings: readonly Float64Array[]): Segmentation {
  const { times } = observations;
  const [first, last] = [times[0] as number, times.at(-1) as number];
  const whole: readonly Segment[] = [{ start: 0, end: times.length, degree: 0 }];
  const at = (rate: number): Segmentation => {
    const growth = times.map((time) => Math.exp((rate * (time - first)) / (last - first) - Math.max(0, rate)));
    // the rate is a number that was fitted too
    return judge(observations, whole, [growth, ...swings], 1);
  };
  let best = RATES.map((rate: number) => ({ rate, fit: at(rate) })).reduce((one, other) =>
    other.fit.criterion < one.fit.criterion ? other : one,
  );
  for (const factor of FINER_RATES) {
    for (const rate of [best.rate / factor, best.rate * factor]) {
      const fit = at(rate);
      if (fit.criterion < best.fit.criterion) best = { rate, fit };
    }
  }
  return best.fit;
}

/** Fits the segments, and errors that follow an autoregression of order one (exact likelihood but for the gaps). */
function judge(
  { times, values, scales = null }: Observations,
  segments: readonly Segment[],
  more: readonly Float64Array[] = [],
  hidden = 0,
): Segmentation {
  const n = times.length;
  const fitted = new Float64Array(n);
  let parameters = segments.length - 1 + more.length + hidden;
  for (const { start, end, degree } of segments) {
    const own = times.subarray(start, end);
    const columns = [...segmentColumns(own, [{ start: 0, end: end - start, degree }]), ...more];
    const size = scales?.subarray(start, end) ?? null;
    const { coefficients } = leastSquares(
      columns.map((column) => standardized(column, size)),
      standardized(values.subarray(start, end), size),
    );
    fitted.set(combine(columns, coefficients, end - start), start);
    parameters += degree + 1;
  }
  const { phi, fresh, all } = autoregress(
    times,
    standardized(
      values.map((value, i) => value - (fitted[i] as number)),
      scales,
    ),
  );
  const squares = fresh + n * ROUNDING;
  const free = Math.max(1, n - parameters - 1);
  // fitting takes a part of the autocorrelation away: about (1 + 2 phi) / n a parameter
  const fittedParameters = parameters - segments.length + 1;
  const longRun = Math.min(MOST_AUTOCORRELATION, phi + (fittedParameters * (1 + 2 * phi)) / n);
  const criterion =
    n * Math.log(squares / n) - Math.log(1 - phi * phi) + (PENALTY * parameters * Math.log(n) * n) / free;
  return {
    segments,
    fitted,
    squares: all,
    noise: squares / free / (1 - longRun) ** 2,
    marginal: Math.sqrt(all / free),
    criterion,
  };
}

/** Divided by how large errors are. */
export function standardized(values: Float64Array, scales: Float64Array | null): Float64Array {
  return scales === null ? values : values.map((value, i) => value / (scales[i] as number));
}

interface Autoregression {
  /** Autocorrelation of neighbouring errors, from 0 to {@link MOST_AUTOCORRELATION}. */
  readonly phi: number;
  /** Sum of the squares of what is new in each error. */
  readonly fresh: number;
  /** Sum of the squares of the errors. */
  readonly all: number;
}

function autoregress(times: Float64Array, errors: Float64Array): Autoregression {
  const isNext = (i: number): boolean => i > 0 && (times[i] as number) - (times[i - 1] as number) === 1;
  let pairs = 0;
  let before = 0;
  for (let i = 1; i < errors.length; i += 1) {
    if (!isNext(i)) continue;
    pairs += (errors[i - 1] as number) * (errors[i] as number);
    before += (errors[i - 1] as number) ** 2;
  }
  const phi = before > 0 ? Math.min(MOST_AUTOCORRELATION, Math.max(0, pairs / before)) : 0;
  let fresh = 0;
  let all = 0;
  for (let i = 0; i < errors.length; i += 1) {
    const error = errors[i] as number;
    fresh += isNext(i) ? (error - phi * (errors[i - 1] as number)) ** 2 : (1 - phi * phi) * error * error;
    all += error * error;
  }
  return { phi, fresh, all };
}
