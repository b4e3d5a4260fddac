/** A series taken apart: season, spikes, and segments, or one where nothing changes. */
import { findScales } from './scales.js';
import { findSeason, seasonAt, seasonColumns } from './season.js';
import { type Segmentation, segment, segmentColumns, uncut } from './segmentation.js';
import type { Observations } from './segments.js';
import { findSpikes, type Spike } from './spikes.js';

/**
 * How much better, in the criterion of {@link segment}, the changes have to describe a series than none do: this, and so
 * much more over the number of values. Set by simulation of series without changes: see bench/README.md.
 */
const GATE = { always: 3, short: 160 } as const;
/** Periods of data from which a season is known well enough to grow, or to ask what it would be without changes. */
const OFTEN = 3;
/** How often season and changes are found again, each without the other. */
const ROUNDS = 2;

/** The series and its parts, in units of its range. */
export interface Model {
  /** Without season and spikes. */
  readonly kept: Observations;
  /** Without season. */
  readonly all: Observations;
  readonly spikes: readonly Spike[];
  /** In one segment, unless many describe it much better. */
  readonly fit: Segmentation;
}

/** Takes off season and spikes and cuts the rest, in turn, because each is seen better without the others. */
export function describe(observations: Observations, period: number | null): Model {
  const { times, values } = observations;
  let season = period === null ? null : findSeason(observations, trendColumns(times, period), period, null);
  let level: Float64Array | null = null;
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
    if (round === ROUNDS || (found === scales && (season === null || borders === before))) {
      const limit = cut.criterion + GATE.always + GATE.short / kept.times.length;
      const isChanged =
        whole.criterion >= limit &&
        (season === null ||
          !isOftenSeen(times, season.period) ||
          beside(whole, onlyKept(observations, isKept), kept, season.period) >= limit);
      return { kept, all, spikes, fit: isChanged ? cut : whole };
    }
    before = borders;
    level = fitted;
    scales = found;
    if (season === null || period === null) continue;
    const seasonal = onlyKept(observations, isKept);
    // growth by a rate is no polynomial of its segment
    const trend = [...segmentColumns(kept.times, cut.segments), cut.fitted];
    season = findSeason(seasonal, trend, period, isOftenSeen(times, period) ? cut.fitted : null);
  }
}

/** The criterion of the series without changes, beside the season that suits it best and not one found beside changes. */
function beside(whole: Segmentation, seasonal: Observations, kept: Observations, period: number): number {
  const { times } = kept;
  const trend = [times.map(() => 1), times, times.map((t) => t * t), whole.fitted];
  const season = findSeason(seasonal, trend, period, whole.fitted);
  if (season === null) return whole.criterion;
  const swing = seasonAt(season, times, whole.fitted);
  const values = seasonal.values.map((value, i) => value - (swing[i] as number));
  return Math.min(whole.criterion, uncut({ ...kept, values }, []).criterion);
}

/** With fewer periods of data a season that grows explains a late step as well. */
function isOftenSeen(times: Float64Array, period: number): boolean {
  return (times.at(-1) ?? 0) - (times[0] ?? 0) + 1 >= OFTEN * period;
}

function onlyKept({ times, values, scales = null }: Observations, isKept: Uint8Array): Observations {
  const only = (list: Float64Array): Float64Array => list.filter((_, i) => isKept[i] === 1);
  return { times: only(times), values: only(values), scales: scales === null ? null : only(scales) };
}

/** Values of the kept places at all places: those between have the value before. */
export function spread(values: Float64Array, isKept: Uint8Array): Float64Array {
  let next = 0;
  return Float64Array.from(isKept, (is) => values[Math.max(0, is === 1 ? next++ : next - 1)] as number);
}

/** One swing a period: with less than two periods of data a season and a change look the same. */
function onceSeen(times: Float64Array, period: number): Float64Array[] {
  const length = (times.at(-1) ?? 0) - (times[0] ?? 0) + 1;
  return length < 2 * period && length > period / 2 ? seasonColumns(times, period, 1) : [];
}

export function keptOf(spikes: readonly Spike[], length: number): Uint8Array {
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
