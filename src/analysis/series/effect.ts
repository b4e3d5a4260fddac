import { bestPanel, byPanel } from './by-panel.js';
import { byStructure, structuralTask } from './by-structure.js';
import { SEASONS } from './calendar.js';
import { nearest, screenControls } from './controls.js';
import { cannotTell, type EffectTask, effectOf } from './effect-task.js';
import { FEWEST_PERIODS } from './held-out.js';
import { inferenceOf } from './inference.js';
import { withoutOwnSpikes } from './own-spikes.js';
import type { Effect, Series } from './series.js';
import { bestRecipe, structuralEffect } from './structural-effect.js';

export interface EffectSettings {
  /** Periods a season may have; where not given, those usual for the frequency. */
  readonly seasons?: readonly number[];
  /** The smallest effect of interest, as a share of the counterfactual; 0.1 where not given. */
  readonly smallestOfInterest?: number;
}

/** Untreated series from which effects without an event tell the standard error. */
const FEWEST_PLACEBOS = 10;
/** From so many periods before the event on, the model may predict worse by this factor. */
const LONG_PAST = 40;
const MODEL_PREFERENCE = 1.1;
/** With untreated series and a short past the model of the series itself must predict better by this factor. */
const PREFERENCE = 0.5;
/** An untreated series whose own change has a smaller p-value (times their number) is refused. */
const CONTAMINATED = 0.005;
const MOST_MISSING = 0.3;
/** More than the nearest so many add time and little else. */
const MOST_CONTROLS = 50;
const MOST_REFUSALS = 10;

/**
 * The mean effect on `treated` of an event whose first period is `at`. `controls` are series that the event does not
 * concern. With ten or more that are usable the effect is measured against them, else (or where they predict the time
 * before the event badly) by a structural model. Never throws; what cannot be estimated is null, and `reasons` say why.
 */
export function estimateEffect(
  treated: Series,
  controls: readonly Series[],
  at: number,
  settings: EffectSettings = {},
): Effect {
  const largest = treated.values.reduce((most, value) => Math.max(most, Number.isNaN(value) ? 0 : Math.abs(value)), 0);
  const scale = largest > 0 && Number.isFinite(largest) ? largest : 1;
  const values = treated.values.map((value) => (Number.isFinite(value) ? value / scale : Number.NaN));
  const obstacle = obstacleTo(values, at);
  if (obstacle !== null) return cannotTell([obstacle]);
  const { usable, refused } = screenControls(treated, controls, at, scale);
  const seasons = (settings.seasons ?? SEASONS[treated.frequency]).filter((period) => period * 1.5 <= at);
  const near = nearest(values, usable, at, MOST_CONTROLS);
  const calm = withoutOwnSpikes(values, near, at);
  const task: EffectTask = {
    treated,
    values: calm.treated,
    scale,
    at,
    counted: Array.from(values.subarray(at), (value) => !Number.isNaN(value)),
    controls: calm.controls,
    seasons,
    smallest: settings.smallestOfInterest ?? 0.1,
    reasons: [
      ...summarised(refused),
      ...(near.length < usable.length
        ? [`of ${usable.length} untreated series the ${near.length} nearest are used`]
        : []),
    ],
  };
  return bySuitableMethod(task);
}

/** The first of many refusals, and how many more there are. */
function summarised(refused: readonly string[]): string[] {
  const named = refused.slice(0, MOST_REFUSALS).map((reason) => `refused as untreated: ${reason}`);
  const more = refused.length - named.length;
  return more > 0 ? [...named, `${more} more untreated series are refused`] : named;
}

/** Why nothing can be estimated; null where it can. */
function obstacleTo(values: Float64Array, at: number): string | null {
  if (!(at > 0 && at < values.length)) return 'the event is not within the series';
  const before = values.subarray(0, at).filter((value) => !Number.isNaN(value));
  if (before.length < FEWEST_PERIODS) {
    return `${before.length} periods before the event are too few: at least ${FEWEST_PERIODS} are needed`;
  }
  if (before.length < at * (1 - MOST_MISSING)) return 'too many periods before the event are missing';
  if (values.subarray(at).every(Number.isNaN)) return 'all periods after the event are missing';
  if (before.every((value) => value === before[0])) return 'the series does not change before the event';
  return null;
}

function bySuitableMethod(task: EffectTask): Effect {
  if (task.controls.length < FEWEST_PLACEBOS) return byModel(withoutChanged(task));
  const panel = bestPanel(task);
  // with a long past the model may lean on the untreated series too, and is preferred because its level may move on;
  // with a short one it would be fitted to chance
  const isLong = task.at >= LONG_PAST;
  const modelled = isLong ? task : { ...task, controls: [] };
  const own = bestRecipe(structuralTask(modelled));
  const isModelBetter = panel === null || own.error < panel.error * (isLong ? MODEL_PREFERENCE : PREFERENCE);
  if (!isModelBetter) return effectOf(task, byPanel(task, panel));
  if (own.recipe.controls !== 'none') return byModel(task, own.recipe);
  const reason = 'untreated series predict the time before the event worse than its own past';
  return byModel({ ...task, controls: [], reasons: [...task.reasons, reason] }, own.recipe);
}

function byModel(task: EffectTask, recipe = bestRecipe(structuralTask(task)).recipe): Effect {
  const found = byStructure(task, recipe);
  return found === null ? cannotTell(['too few periods before the event']) : effectOf(task, found);
}

/** Without the few untreated series that change at the event by themselves, unless most of them do. */
function withoutChanged(task: EffectTask): EffectTask {
  const changed = task.controls.map(({ values }) => {
    const alone = { ...structuralTask(task), treated: values, controls: [] };
    const estimate = structuralEffect(alone, bestRecipe(alone).recipe);
    if (estimate === null) return 0;
    const { difference, error, prediction } = estimate;
    const { p } = inferenceOf(difference, error, prediction.degrees);
    return p * task.controls.length < CONTAMINATED ? Math.sign(difference) : 0;
  });
  const ups = changed.filter((sign) => sign > 0).length;
  const downs = changed.filter((sign) => sign < 0).length;
  if (task.controls.length > 2 && Math.max(ups, downs) * 2 > task.controls.length) {
    const reason = 'most untreated series change at the event: what they share is not counted as its effect';
    return { ...task, reasons: [...task.reasons, reason] };
  }
  const refused = task.controls.filter((_, i) => changed[i] !== 0);
  const reasons = refused.map(({ name }) => `refused as untreated: ${name} itself changes at the event`);
  return {
    ...task,
    controls: task.controls.filter((_, i) => changed[i] === 0),
    reasons: [...task.reasons, ...reasons],
  };
}
