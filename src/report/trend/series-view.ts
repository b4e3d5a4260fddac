/** What of a series is shown: its chart, the events beside it, the effect that is drawn. */

import { mainCauses } from '../../analysis/series/causes.js';
import { changeSentence, shareOf } from '../../analysis/series/change-rows.js';
import { pooledSubject } from '../../analysis/series/effect-rows.js';
import type { EffectFinding } from '../../analysis/series/event-effects.js';
import { isAsked, periodOf, relationOf } from '../../analysis/series/event-time.js';
import { subjectOf } from '../../analysis/series/finding-row.js';
import type { StudyGroup } from '../../analysis/series/findings.js';
import type { Forecast } from '../../analysis/series/forecast.js';
import type { ChangePoint, Series, TimeEvent } from '../../analysis/series/series.js';
import type { ExplainedChange, Study } from '../../analysis/series/study.js';
import { byChange, changeOfEffect, largestChange, type Told } from '../../analysis/series/summary.js';
import { dayInWords, percentSigned, periodNoun, signed } from '../../analysis/series/words.js';
import type { ChartBand, ChartChange, ChartSpec } from './chart.js';
import type { ChartEvent } from './chart-events.js';

export interface NumberedEvent {
  readonly number: number;
  readonly event: TimeEvent;
  /** How sure it is a main cause of a change; null where it is none. */
  readonly cause: 'likely cause' | 'possible cause' | null;
}

export interface SeriesView {
  readonly study: Study;
  readonly title: string;
  /** Of the mean of several series. */
  readonly isJoint: boolean;
  readonly chart: ChartSpec;
  readonly events: readonly NumberedEvent[];
  /** The effect whose counterfactual is drawn. */
  readonly effect: EffectFinding | null;
  /** What the figures at the change are compared with; null where there is one figure only. */
  readonly comparison: string | null;
}

const MOST_NUMBERED = 9;

/** Studies in the order in which they are shown: those of the answer, then the most changed. */
export function inOrder(studies: readonly Study[], told: Told | null): readonly Study[] {
  const first = told?.studies.filter((study) => studies.includes(study)) ?? [];
  return [...first, ...byChange(studies).filter((study) => !first.includes(study))];
}

/** What is shown of a run. */
export interface ViewScene {
  /** All of the run. */
  readonly events: readonly TimeEvent[];
  /** What the answer tells of; null without a table. */
  readonly told: Told | null;
}

/** The series of the answer together, whose mean is drawn; null where it tells of one. */
export function jointView({ events, told }: ViewScene, group: StudyGroup): SeriesView | null {
  const pooled = told?.pooled;
  if (!pooled) return null;
  const { series, members, finding } = pooled;
  const study: Study = { series, obstacle: null, changes: [], effects: [finding] };
  const common = events.filter((event) => {
    return event === finding.event || members.every((member) => relationOf(event, member) !== 'other');
  });
  const title = `${pooledSubject(pooled, group.value)}, mean of ${members.length} series`;
  return { ...viewOf(study, { events: common, told }, group), title, isJoint: true };
}

export function viewOf(study: Study, { events, told }: ViewScene, { value, forecasts }: StudyGroup): SeriesView {
  const { series } = study;
  const headline = largestChange(study);
  const first = new Set((headline === null ? [] : mainCauses(headline.explanations)).map(({ event }) => event));
  const main = study.changes.flatMap(({ explanations }) => mainCauses(explanations));
  const causes = new Set(main.map(({ event }) => event));
  const likely = new Set(main.filter(({ verdict }) => verdict === 'likely').map(({ event }) => event));
  const effect = drawnEffect(study, first, told);
  const isBeside = ({ name }: TimeEvent): boolean =>
    effect?.effect.verdict === 'confounded' && causes.has(effect.event) && effect.beside.includes(name);
  const causeOf = (event: TimeEvent): NumberedEvent['cause'] =>
    likely.has(event) ? 'likely cause' : causes.has(event) || isBeside(event) ? 'possible cause' : null;
  const concerning = events
    .filter((event) => {
      // of other series' events only those that may have taken something away
      return relationOf(event, series) !== 'other' || event.kind === 'rival offer' || causes.has(event);
    })
    .flatMap((event) => {
      const index = periodOf(series, event.date);
      return index === null ? [] : [{ event, index }];
    })
    .sort((one, other) => one.index - other.index);
  const chosen = [...concerning]
    .sort((one, other) => rank(other.event) - rank(one.event) || other.index - one.index)
    .slice(0, MOST_NUMBERED)
    .sort((one, other) => one.index - other.index);
  function rank(event: TimeEvent): number {
    return (
      Number(isAsked(event)) * 8 +
      Number(first.has(event)) * 4 +
      Number(causes.has(event)) * 2 +
      Number(event.dateTo === null)
    );
  }
  const numbered = chosen.map(({ event }, i): NumberedEvent => ({ number: i + 1, event, cause: causeOf(event) }));
  const numbers = new Map(numbered.map(({ event, number }) => [event, number]));
  const foretold = forecasts.find((one) => one.series === series)?.forecast;
  return {
    study,
    title: subjectOf(value, series),
    isJoint: false,
    events: numbered,
    effect,
    comparison: effect === null ? null : comparisonOf(study, effect),
    chart: {
      label: subjectOf(value, series),
      frequency: series.frequency,
      dates: [...series.dates, ...(foretold === undefined || foretold.mean.length === 0 ? [] : foretold.dates)],
      values: series.values,
      expected: effect === null ? null : bandOf(effect),
      forecast: foretold === undefined ? null : forecastBand(foretold, series),
      changes: study.changes.map((explained) => chartChange(series, explained, effect, value)),
      events: concerning.map(({ event, index }): ChartEvent => {
        const last = event.dateTo === null ? null : periodOf(series, event.dateTo);
        return {
          number: numbers.get(event) ?? null,
          index,
          end: last === null ? null : last + 1,
          hint: eventHint(event),
        };
      }),
    },
  };
}

/**
 * The one that the answer tells, or that was asked for, or that of a cause of the largest change, else the surest; null
 * where none has a counterfactual.
 */
function drawnEffect(
  { effects }: Study,
  causes: ReadonlySet<TimeEvent | null>,
  told: Told | null,
): EffectFinding | null {
  const drawable = effects.filter(({ effect }) => effect.counterfactual.length > 0);
  const rank = (finding: EffectFinding): number => {
    if (finding === told?.effect) return -3;
    if (isAsked(finding.event)) return -2;
    return causes.has(finding.event) ? -1 : (finding.effect.p ?? 1);
  };
  return [...drawable].sort((one, other) => rank(one) - rank(other))[0] ?? null;
}

function bandOf({ at, effect }: EffectFinding): ChartBand {
  return { from: at, mean: effect.counterfactual, low: effect.low, high: effect.high };
}

/** As long as the dates of the chart; it starts at the last value that is known, so that it hangs on the series. */
function forecastBand({ mean, lower, upper }: Forecast, { values }: Series): ChartBand | null {
  if (mean.length === 0) return null;
  const from = values.findLastIndex((value) => Number.isFinite(value));
  const [middle, low, high] = [mean, lower, upper].map((line) => {
    const whole = new Float64Array(values.length + line.length).fill(Number.NaN);
    if (from !== -1) whole[from] = values[from] ?? Number.NaN;
    whole.set(line, values.length);
    return whole;
  });
  const none = new Float64Array(0);
  return { from: Math.max(0, from), mean: middle ?? none, low: low ?? none, high: high ?? none };
}

/** The change with the figures of the effect that is drawn, where it is what the event did. */
function measuredBy(
  { change, explanations }: ExplainedChange,
  { event, at, effect }: EffectFinding,
): ChangePoint | null {
  const { kind, from, to } = change;
  const isCause = mainCauses(explanations).some((cause) => cause.event === event && cause.phase === 'start');
  const isThen = kind === 'level' && at >= from && at <= to;
  const isFound = effect.verdict === 'effect' || effect.verdict === 'confounded';
  return kind !== 'slope' && (isCause || isThen) && isFound ? changeOfEffect(change, effect) : null;
}

function sizeOf(change: ChangePoint): string {
  const share = shareOf(change);
  return share === null ? signed(change.absolute) : percentSigned(share);
}

/** What the figure at the change and the one of the change itself are compared with; null where they are the same. */
function comparisonOf({ changes }: Study, effect: EffectFinding): string | null {
  for (const explained of changes) {
    const measured = measuredBy(explained, effect);
    if (measured === null) continue;
    const [figure, own] = [sizeOf(measured), sizeOf(explained.change)];
    if (figure === own) continue;
    return `${figure} compares with what was expected (dashed), not with the level before: that gives ${own}.`;
  }
  return null;
}

function chartChange(
  series: Series,
  explained: ExplainedChange,
  effect: EffectFinding | null,
  value: string,
): ChartChange {
  const { change } = explained;
  const { kind, absolute, index, from, to } = change;
  const measured = effect === null ? null : measuredBy(explained, effect);
  const label =
    kind === 'slope' ? `bend ${signed(absolute)} a ${periodNoun(series.frequency)}` : sizeOf(measured ?? change);
  const weight = Math.abs(shareOf(change) ?? absolute);
  return { index, from, to, label, weight, isSpike: kind === 'spike', hint: changeSentence(series, change, value) };
}

function eventHint({ name, date, dateTo, quote, source, page }: TimeEvent): string {
  const until = dateTo === null ? '' : ` to ${dayInWords(dateTo)}`;
  const said = quote === null ? '' : ` \u201c${quote}\u201d`;
  return `${name}, ${dayInWords(date)}${until}.${said} (${source}${page === null ? '' : `, page ${page}`})`;
}
