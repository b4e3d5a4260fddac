/** Where a series changes, or that it does not. */
import { twoSided } from '../probability.js';
import { measureChange } from './change-sizes.js';
import { describe, keptOf, type Model, spread } from './description.js';
import { standardized } from './segmentation.js';
import type { Observations } from './segments.js';
import type { ChangePoint } from './series.js';
import { measureSpikes } from './spikes.js';
import { studentTwoSided } from './student.js';

export interface ChangeSettings {
  /** Periods after which a season repeats, such as 52, 12, 4 or 7; null for none. */
  readonly season: number | null;
}

/** Series with fewer values have no changes. */
const FEWEST = 8;
/** p of a lasting change that is reported, over all periods of the series. */
const LARGEST_P = 0.05;
const Z_95 = 1.959963984540054;

/**
 * The changes of a series, in order; none is the usual answer. Missing periods are NaN.
 *
 * What stands out for one or two periods is set aside, a season is taken off where there is one, and the rest is cut into
 * segments that are flat, straight or bent. How many there are is judged with errors that may be alike from period to
 * period, and the changes count only where they describe the series much better than none do.
 */
export function findChanges(values: Float64Array, { season }: ChangeSettings): readonly ChangePoint[] {
  const scaled = scale(values);
  if (scaled === null) return [];
  const model = describe(scaled.observations, season);
  const spikes = spikeChanges(model, season);
  return [...lastingChanges(model, spikes), ...spikes]
    .sort((one, other) => one.index - other.index)
    .map(({ base, ...change }) => inUnits(change, base, scaled));
}

type ScaledChange = Omit<ChangePoint, 'relative'> & { /** Level before. */ readonly base: number };

interface Scale {
  readonly observations: Observations;
  /** Of the lowest value, and of the range, both halved so that they never overflow. */
  readonly half: { readonly low: number; readonly range: number };
}

/** Values that are there, from 0 to 1; null where nothing can change. */
function scale(values: Float64Array): Scale | null {
  const times: number[] = [];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    times.push(i);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const range = high / 2 - low / 2;
  if (times.length < FEWEST || !(range > 0)) return null;
  const scaled = Float64Array.from(times, (i) => ((values[i] as number) / 2 - low / 2) / range);
  return { observations: { times: Float64Array.from(times), values: scaled }, half: { low: low / 2, range } };
}

function lastingChanges({ kept, all, spikes, fit }: Model, found: readonly ScaledChange[]): ScaledChange[] {
  const level = spread(fit.fitted, keptOf(spikes, all.times.length));
  const isFound = (time: number): boolean =>
    found.some(({ index, length }) => time >= index && time < index + (length ?? 0));
  const excess = excessKurtosis(
    standardized(
      all.values.map((value, i) => value - (level[i] as number)),
      all.scales ?? null,
    ).filter((_, i) => !isFound(all.times[i] as number)),
  );
  const changes = fit.segments.slice(1).map((after, k): ScaledChange => {
    const before = fit.segments[k] ?? after;
    const { error, ...size } = measureChange(kept, before, after, fit.noise);
    const { absolute } = size;
    const half = Z_95 * error;
    const shorter = Math.min(before.end - before.start, after.end - after.start);
    const p = Math.min(1, kept.times.length * chanceOfMean(absolute / error, shorter, excess));
    const base = fit.fitted[after.start - 1] as number;
    return { ...size, length: null, lower: absolute - half, upper: absolute + half, p, base };
  });
  return changes.filter(({ p }) => p <= LARGEST_P);
}

/**
 * Two-sided p of a difference of so many standard errors that rests on the mean of `count` errors with an excess kurtosis:
 * that of the mean is a part of it, and Student's distribution of unit variance with that kurtosis is taken.
 */
function chanceOfMean(z: number, count: number, excess: number): number {
  if (!(excess > 0)) return twoSided(z);
  const degrees = 4 + (6 * count) / excess;
  return degrees > 200 ? twoSided(z) : studentTwoSided(z * Math.sqrt(degrees / (degrees - 2)), degrees);
}

/** How much heavier the tails are than those of a normal distribution, less what chance makes of them. */
function excessKurtosis(errors: Float64Array): number {
  let [squares, fourths] = [0, 0];
  for (const error of errors) {
    squares += error ** 2;
    fourths += error ** 4;
  }
  const n = errors.length;
  return squares > 0 ? (n * fourths) / squares ** 2 - 3 - Math.sqrt(24 / n) : 0;
}

function spikeChanges({ kept, all, spikes, fit }: Model, season: number | null): ScaledChange[] {
  const errors = standardized(
    kept.values.map((value, i) => value - (fit.fitted[i] as number)),
    kept.scales ?? null,
  );
  const base = { times: kept.times, values: fit.fitted };
  return measureSpikes(all, spikes, { base, errors, deviation: fit.marginal }, season).map(
    ({ index, length, absolute, error, p, level }) => ({
      kind: 'spike',
      index,
      from: index,
      to: index,
      length,
      absolute,
      lower: absolute - Z_95 * error,
      upper: absolute + Z_95 * error,
      p,
      base: level,
    }),
  );
}

/** In units of the series; figures beyond the largest number become that number. */
function inUnits(change: Omit<ChangePoint, 'relative'>, base: number, { half }: Scale): ChangePoint {
  const size = (value: number): number => finite(2 * (value * half.range));
  const level = half.low + base * half.range;
  const { absolute, lower, upper } = change;
  return {
    ...change,
    absolute: size(absolute),
    lower: size(lower),
    upper: size(upper),
    relative: level > 0 ? finite((absolute * half.range) / level) : null,
  };
}

function finite(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
}
