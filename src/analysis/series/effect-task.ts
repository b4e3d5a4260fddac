import type { Effect, Series } from './series.js';

/** What the estimators share: series divided by `scale`, so that nothing overflows. */
export interface EffectTask {
  readonly treated: Series;
  readonly values: Float64Array;
  readonly scale: number;
  readonly at: number;
  readonly counted: readonly boolean[];
  readonly controls: readonly { readonly name: string; readonly values: Float64Array }[];
  readonly seasons: readonly number[];
  readonly smallest: number;
  readonly reasons: readonly string[];
}

/** An estimate in units of the scaled series, and what led to it. */
export interface ScaledEffect {
  readonly method: string;
  readonly absolute: number;
  readonly lower: number;
  readonly upper: number;
  readonly p: number;
  /** 90 % interval. */
  readonly inner: readonly [number, number];
  readonly detectable: number;
  readonly counterfactual: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Root mean square error of predictions before the event; null where it is too short to tell. */
  readonly heldOutError: number | null;
  readonly placebos: Effect['placebos'];
  readonly leaveOneOut: Effect['leaveOneOut'];
  readonly weights: Effect['weights'];
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** An effect without figures. */
export function cannotTell(reasons: readonly string[]): Effect {
  const none = new Float64Array(0);
  return {
    method: 'none',
    absolute: null,
    relative: null,
    cumulative: null,
    lower: null,
    upper: null,
    p: null,
    verdict: 'cannot tell',
    smallestDetectable: null,
    limit: null,
    counterfactual: none,
    low: none,
    high: none,
    preFit: null,
    placebos: [],
    leaveOneOut: [],
    weights: [],
    reasons,
  };
}

/** Deviation of the values before the event, NaN left out. */
function deviationBefore({ values, at }: EffectTask): number {
  const known = values.subarray(0, at).filter((value) => !Number.isNaN(value));
  const centre = known.reduce((sum, value) => sum + value, 0) / known.length;
  return Math.sqrt(known.reduce((sum, value) => sum + (value - centre) ** 2, 0) / Math.max(1, known.length - 1));
}

/** Back in units of the series, with a verdict in words. */
export function effectOf(task: EffectTask, found: ScaledEffect): Effect {
  const { at, scale, counted } = task;
  const after = found.counterfactual.subarray(at).filter((_, h) => counted[h]);
  const expected = after.reduce((sum, value) => sum + value, 0) / after.length;
  const spread = deviationBefore(task);
  const preFit = found.heldOutError === null ? null : finite(found.heldOutError / spread);
  const isPositive = task.values.every((value) => !(value < 0)) && expected > 0;
  // without a natural zero, half a deviation counts as a tenth of the level would
  const interest = task.smallest * (isPositive ? expected : 5 * spread);
  const farthest = Math.max(...found.inner.map(Math.abs));
  const isEffect = found.p <= 0.05;
  const verdict = isEffect ? 'effect' : farthest <= interest ? 'no effect' : 'cannot tell';
  const reasons = [...task.reasons];
  if (verdict === 'cannot tell') {
    reasons.push('the interval holds 0, but also effects larger than the smallest of interest');
  }
  if (preFit !== null && preFit > 1) reasons.push('the time before the event is predicted no better than by its mean');
  const unscaled = (values: Float64Array) => values.map((value) => value * scale);
  const bands = [found.counterfactual, found.low, found.high].map(unscaled);
  if (bands.some((band) => band.some((value) => !Number.isFinite(value)))) {
    return cannotTell([...reasons, 'the values are too large to calculate with']);
  }
  return {
    method: found.method,
    absolute: finite(found.absolute * scale),
    relative: isPositive ? finite(found.absolute / expected) : null,
    cumulative: finite(found.absolute * after.length * scale),
    lower: finite(found.lower * scale),
    upper: finite(found.upper * scale),
    p: finite(found.p),
    verdict,
    smallestDetectable: finite(found.detectable * scale),
    limit: finite(farthest * scale),
    counterfactual: bands[0] as Float64Array,
    low: bands[1] as Float64Array,
    high: bands[2] as Float64Array,
    preFit,
    placebos: found.placebos.map((placebo) => ({ ...placebo, absolute: placebo.absolute * scale })),
    leaveOneOut: found.leaveOneOut.map((left) => ({ ...left, absolute: left.absolute * scale })),
    weights: found.weights,
    reasons,
  };
}

const LEAST_WEIGHT = 0.001;

/** Untreated series with a weight, the heaviest first. */
export function heaviest(names: readonly string[], weights: Float64Array): Effect['weights'] {
  return names
    .map((name, i) => ({ name, weight: weights[i] ?? 0 }))
    .filter(({ weight }) => Math.abs(weight) > LEAST_WEIGHT)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}
