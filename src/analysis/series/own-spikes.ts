import { interpolated } from './controls.js';
import { findSpikes } from './spikes.js';

/**
 * Spikes of single series, such as their own promotions, tell nothing about what would have been: they are set aside.
 * Those that many series share, such as holidays, stay.
 */

const FEWEST_SERIES = 5;
/** A period in which more of the series stand out than this is not a series' own. */
const SHARED = 1 / 3;
/** Where more of the periods than this stand out, that is how the series is. */
const MOST_SPIKES = 0.05;

/** The treated series with its own spikes before `at` missing, and the untreated ones with theirs filled. */
export function withoutOwnSpikes<T extends { readonly values: Float64Array }>(
  treated: Float64Array,
  controls: readonly T[],
  at: number,
): { readonly treated: Float64Array; readonly controls: readonly T[] } {
  if (controls.length + 1 < FEWEST_SERIES) return { treated, controls };
  const marks = [interpolated(treated).subarray(0, at), ...controls.map(({ values }) => values)].map(spikesOf);
  const counts = Float64Array.from(treated, (_, t) => marks.filter((marked) => marked.has(t)).length);
  const isOwn = (marked: ReadonlySet<number> | undefined, t: number) =>
    marked?.has(t) === true && (counts[t] as number) <= SHARED * (controls.length + 1);
  return {
    treated: treated.map((value, t) => (isOwn(marks[0], t) ? Number.NaN : value)),
    controls: controls.map((control, i) => ({
      ...control,
      values: interpolated(control.values.map((value, t) => (isOwn(marks[i + 1], t) ? Number.NaN : value))),
    })),
  };
}

/** Periods that stand out; none where there are many. */
function spikesOf(values: Float64Array): ReadonlySet<number> {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const found = new Set<number>();
  if (!(high > low)) return found;
  const scaled = values.map((value) => (value - low) / (high - low));
  for (const { start, end } of findSpikes({ values: scaled, times: scaled.map((_, t) => t) })) {
    for (let t = start; t < end; t += 1) found.add(t);
  }
  return found.size <= MOST_SPIKES * values.length ? found : new Set();
}
