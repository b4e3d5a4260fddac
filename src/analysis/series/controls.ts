import { mean } from './panel.js';
import type { Series } from './series.js';
import { median } from './spikes.js';
import { studentQuantile } from './student.js';

/** Which untreated series can stand for what would have been. */

export interface Screened {
  readonly usable: readonly { readonly name: string; readonly values: Float64Array }[];
  /** Why the others cannot, in words. */
  readonly refused: readonly string[];
}

const MOST_MISSING = 0.3;
/**
 * How probable it may be that one of the series is refused by chance. Refusing more of them takes away the placebos that
 * are farthest off, and intervals come out too narrow.
 */
const CHANCE = 0.05;
const FEWEST_TO_COMPARE = 6;

/** The values of a series' key, or its place. */
export function seriesName({ key }: Series, index: number): string {
  const name = Object.values(key).join(' / ');
  return name === '' ? `series ${index + 1}` : name;
}

/** Fills missing values on the line between their neighbours; at the ends with the nearest. */
export function interpolated(values: Float64Array): Float64Array {
  const filled = values.slice();
  let last = -1;
  for (let t = 0; t <= filled.length; t += 1) {
    if (t < filled.length && Number.isNaN(filled[t])) continue;
    const right = t < filled.length ? (filled[t] as number) : (filled[last] ?? Number.NaN);
    const left = last < 0 ? right : (filled[last] as number);
    for (let gap = last + 1; gap < t; gap += 1) {
      filled[gap] = left + ((right - left) * (gap - last)) / (t - last);
    }
    last = t;
  }
  return filled;
}

function share(values: Float64Array, test: (value: number) => boolean): number {
  return values.length === 0 ? 1 : values.reduce((count, value) => count + (test(value) ? 1 : 0), 0) / values.length;
}

/** Why a series cannot be used by itself; null where it can. */
function fault(control: Series, treated: Series, at: number, scaled: Float64Array): string | null {
  if (control.frequency !== treated.frequency || control.dates.length !== treated.dates.length) {
    return 'covers other periods';
  }
  if (control.dates[0] !== treated.dates[0]) return 'covers other periods';
  if (scaled.some((value) => Math.abs(value) > 1e12)) return 'is of another order of size';
  const before = scaled.subarray(0, at);
  if (share(before, Number.isNaN) > MOST_MISSING || share(scaled.subarray(at), Number.isNaN) > MOST_MISSING) {
    return 'has too many missing periods';
  }
  const known = before.filter((value) => !Number.isNaN(value));
  const steps = known.subarray(1).map((value, i) => value - (known[i] as number));
  if (share(steps, (step) => step === 0) > 0.8) return 'hardly ever changes';
  return null;
}

/** Change at the event against the series' usual change between stretches of that length. */
function relativeShift(values: Float64Array, at: number, length: number): number {
  let [squares, count] = [0, 0];
  for (let t = length; t + length <= at; t += 1) {
    squares += (mean(values, t, t + length) - mean(values, t - length, t)) ** 2;
    count += 1;
  }
  const usual = Math.sqrt(squares / Math.max(1, count));
  const shift = mean(values, at, at + length) - mean(values, at - length, at);
  return usual > 0 ? shift / usual : 0;
}

/** Of at least six series, those that change at the event while the others do not. */
export function changedAlone(controls: readonly Float64Array[], at: number): ReadonlySet<number> {
  const length = Math.min((controls[0]?.length ?? 0) - at, Math.floor(at / 3), 12);
  if (controls.length < FEWEST_TO_COMPARE || length < 1) return new Set();
  // against the middle of all series, so that what happens to all is nobody's change
  const level = controls.map((control) => standard(control, at));
  const middle = Float64Array.from(level[0] ?? [], (_, t) => median(level.map((values) => values[t] as number)));
  const shifts = level.map((values) =>
    relativeShift(
      values.map((value, t) => value - (middle[t] as number)),
      at,
      length,
    ),
  );
  const centre = median(shifts);
  const spread = Math.max(1, 1.4826 * median(shifts.map((shift) => Math.abs(shift - centre))));
  // a shift is measured against as many others of the series as fit into the time before
  const farthest = studentQuantile(1 - CHANCE / (2 * shifts.length), Math.max(2, Math.floor(at / length) - 1));
  return new Set(shifts.flatMap((shift, i) => (Math.abs(shift - centre) > farthest * spread ? [i] : [])));
}

/** The values less their mean before `at`, in units of their deviation there. */
function standard(values: Float64Array, at: number): Float64Array {
  const centre = mean(values, 0, at);
  const unit = Math.sqrt(
    mean(
      values.map((value) => (value - centre) ** 2),
      0,
      at,
    ),
  );
  return values.map((value) => (value - centre) / (unit > 0 ? unit : 1));
}

/** The `most` series that went most like `treated` before `at`, in the order given. */
export function nearest<T extends { readonly values: Float64Array }>(
  treated: Float64Array,
  controls: readonly T[],
  at: number,
  most: number,
): readonly T[] {
  if (controls.length <= most) return controls;
  const target = standard(interpolated(treated), at);
  const distances = controls.map(({ values }, index) => {
    const own = standard(values, at);
    return {
      index,
      distance: mean(
        own.map((value, t) => (value - (target[t] as number)) ** 2),
        0,
        at,
      ),
    };
  });
  const kept = distances.sort((a, b) => a.distance - b.distance || a.index - b.index).slice(0, most);
  return kept.sort((a, b) => a.index - b.index).map(({ index }) => controls[index] as T);
}

/** Untreated series with their gaps filled, divided by `scale`, and why the others are refused. */
export function screenControls(treated: Series, controls: readonly Series[], at: number, scale: number): Screened {
  const refused: string[] = [];
  const usable: { name: string; values: Float64Array }[] = [];
  controls.forEach((control, index) => {
    const name = seriesName(control, index);
    const scaled = control.values.map((value) => value / scale);
    const reason = fault(control, treated, at, scaled);
    if (reason === null) usable.push({ name, values: interpolated(scaled) });
    else refused.push(`${name} ${reason}`);
  });
  const changed = changedAlone(
    usable.map(({ values }) => values),
    at,
  );
  return {
    usable: usable.filter((_, i) => !changed.has(i)),
    refused: [...refused, ...[...changed].map((i) => `${usable[i]?.name} itself changes at the event`)],
  };
}
