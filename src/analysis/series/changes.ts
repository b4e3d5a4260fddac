/** Where a series changes, or that it does not. */
import { twoSided } from '../probability.js';
import { measureChange } from './change-sizes.js';
import { combine, leastSquares } from './least-squares.js';
import { findScales } from './scales.js';
import { findSeason, type Season, seasonAt, seasonColumns } from './season.js';
import { type Segmentation, segment, segmentColumns, standardized, uncut } from './segmentation.js';
import type { Observations } from './segments.js';
import type { ChangePoint } from './series.js';
import { findSpikes, measureSpikes, type Spike } from './spikes.js';
import { studentTwoSided } from './student.js';

export interface ChangeSettings {
  /** Periods after which a season repeats, such as 52, 12, 4 or 7; null for none. */
  readonly season: number | null;
}

/** Series with fewer values have no changes. */
const FEWEST = 8;
/**
 * How much better, in the criterion of {@link segment}, the changes have to describe a series than none do: this, and so
 * much more over the number of values. Set by simulation of series without changes: see bench/README.md.
 */
const GATE = { always: 3, short: 160 } as const;
/** p of a lasting change that is reported, over all periods of the series. */
const LARGEST_P = 0.05;
/** How often season and changes are found again, each without the other. */
const ROUNDS = 2;
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

/** The series and its parts, in units of its range. */
interface Model {
  /** Without season and spikes. */
  readonly kept: Observations;
  /** Without season. */
  readonly all: Observations;
  readonly spikes: readonly Spike[];
  /** In one segment, unless many describe it much better. */
  readonly fit: Segmentation;
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

/** Takes off season and spikes and cuts the rest, in turn, because each is seen better without the others. */
function describe(observations: Observations, period: number | null): Model {
  const { times, values } = observations;
  let { season, level } = firstSeason(observations, period);
  let scales: Float64Array | null = null;
  let before = '';
  for (let round = 0; ; round += 1) {
    const swing = season === null ? new Float64Array(times.length) : seasonAt(season, times, level);
    const all: Observations = { times, values: values.map((value, i) => value - (swing[i] as number)), scales };
    const spikes = findSpikes(all);
    const isKept = keptOf(spikes, times.length);
    const kept = onlyKept(all, isKept);
    const { whole, cut } = segment(kept, season === null && period !== null ? onceSeen(kept.times, period) : []);
    const borders = cut.segments.map(({ start }) => start).join();
    const fitted = spread(cut.fitted, isKept);
    const found: Float64Array | null = findScales(
      all,
      isKept,
      fitted.map((value, i) => value + (swing[i] as number)),
    );
    // the series without changes has the season that suits it best
    const unchanged = (whole: Segmentation): number => {
      if (season === null || period === null) return whole.criterion;
      const seasonal = onlyKept(observations, isKept);
      const trend = [kept.times.map(() => 1), kept.times, kept.times.map((t) => t * t), whole.fitted];
      const own = findSeason(seasonal, trend, period, whole.fitted);
      if (own === null) return whole.criterion;
      const swing = seasonAt(own, kept.times, whole.fitted);
      const rest = { ...kept, values: seasonal.values.map((value, i) => value - (swing[i] as number)) };
      return Math.min(whole.criterion, uncut(rest, []).criterion);
    };
    if (round === ROUNDS || (found === scales && (season === null || borders === before))) {
      const isChanged = unchanged(whole) - cut.criterion >= GATE.always + GATE.short / kept.times.length;
      return { kept, all, spikes, fit: isChanged ? cut : whole };
    }
    before = borders;
    level = fitted;
    scales = found;
    if (season === null || period === null) continue;
    const seasonal = onlyKept(observations, isKept);
    // growth by a rate is no polynomial of its segment
    const trend = [...segmentColumns(kept.times, cut.segments), cut.fitted];
    season = findSeason(seasonal, trend, period, cut.fitted);
  }
}

/** A season, and the level that its swings may follow. */
interface Seasonal {
  readonly season: Season | null;
  readonly level: Float64Array | null;
}

/** A season beside a smooth trend, whose level its swings may follow. */
function firstSeason(observations: Observations, period: number | null): Seasonal {
  const { times, values } = observations;
  const none: Seasonal = { season: null, level: null };
  if (period === null) return none;
  const trend = trendColumns(times, period);
  const even = findSeason(observations, trend, period, null);
  if (even === null) return none;
  const swing = seasonAt(even, times, null);
  const rest = values.map((value, i) => value - (swing[i] as number));
  const level = combine(trend, leastSquares(trend, rest).coefficients, times.length);
  return { season: findSeason(observations, trend, period, level), level };
}

function onlyKept({ times, values, scales = null }: Observations, isKept: Uint8Array): Observations {
  const only = (list: Float64Array): Float64Array => list.filter((_, i) => isKept[i] === 1);
  return { times: only(times), values: only(values), scales: scales === null ? null : only(scales) };
}

/** Values of the kept places at all places: those between have the value before. */
function spread(values: Float64Array, isKept: Uint8Array): Float64Array {
  let next = 0;
  return Float64Array.from(isKept, (is) => values[Math.max(0, is === 1 ? next++ : next - 1)] as number);
}

/** One swing a period: with less than two periods of data a season and a change look the same. */
function onceSeen(times: Float64Array, period: number): Float64Array[] {
  const length = (times.at(-1) ?? 0) - (times[0] ?? 0) + 1;
  return length < 2 * period && length > period / 2 ? seasonColumns(times, period, 1) : [];
}

function keptOf(spikes: readonly Spike[], length: number): Uint8Array {
  const isKept = new Uint8Array(length).fill(1);
  for (const { start, end } of spikes) isKept.fill(0, start, end);
  return isKept;
}

/** A line that may bend once a period. */
function trendColumns(times: Float64Array, period: number): Float64Array[] {
  const last = times[times.length - 1] ?? 1;
  const columns = [times.map(() => 1), times.map((t) => t / last)];
  for (let knot = period; knot < last - period / 2; knot += period) {
    columns.push(times.map((t) => Math.max(0, t - knot) / last));
  }
  return columns;
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
