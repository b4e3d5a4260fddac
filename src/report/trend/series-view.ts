/** What of a series is shown: its chart, the events beside it, the effect that is drawn. */

import { mainCauses } from '../../analysis/series/causes.js';
import { changeSentence } from '../../analysis/series/change-rows.js';
import type { EffectFinding } from '../../analysis/series/event-effects.js';
import { isAsked, periodOf, relationOf } from '../../analysis/series/event-time.js';
import { subjectOf } from '../../analysis/series/finding-row.js';
import type { StudyGroup } from '../../analysis/series/findings.js';
import type { Forecast } from '../../analysis/series/forecast.js';
import type { ChangePoint, Series, TimeEvent } from '../../analysis/series/series.js';
import type { Study } from '../../analysis/series/study.js';
import { byChange, largestChange } from '../../analysis/series/summary.js';
import { dayInWords, inWords, percent } from '../../analysis/series/words.js';
import type { TrendRow } from '../../rows/trend.js';
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
  readonly chart: ChartSpec;
  readonly events: readonly NumberedEvent[];
  /** The effect whose counterfactual is drawn. */
  readonly effect: EffectFinding | null;
}

const MOST_NUMBERED = 9;

/** Studies in the order in which they are shown: that of the answer, then the most changed. */
export function inOrder(studies: readonly Study[], answer: TrendRow | undefined): readonly Study[] {
  const told = answer as unknown as Readonly<Record<string, unknown>> | undefined;
  const isAnswer = ({ series }: Study): boolean =>
    studies.length > 1 && Object.entries(series.key).every(([column, value]) => told?.[column] === value);
  const ordered = byChange(studies);
  return [...ordered.filter(isAnswer), ...ordered.filter((study) => !isAnswer(study))];
}

/** @param events all events of the run */
export function viewOf(study: Study, events: readonly TimeEvent[], { value, forecasts }: StudyGroup): SeriesView {
  const { series } = study;
  const headline = largestChange(study);
  const first = new Set((headline === null ? [] : mainCauses(headline.explanations)).map(({ event }) => event));
  const main = study.changes.flatMap(({ explanations }) => mainCauses(explanations));
  const causes = new Set(main.map(({ event }) => event));
  const likely = new Set(main.filter(({ verdict }) => verdict === 'likely').map(({ event }) => event));
  const causeOf = (event: TimeEvent): NumberedEvent['cause'] =>
    likely.has(event) ? 'likely cause' : causes.has(event) ? 'possible cause' : null;
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
  const effect = drawnEffect(study, first);
  const foretold = forecasts.find((one) => one.series === series)?.forecast;
  return {
    study,
    title: subjectOf(value, series),
    events: numbered,
    effect,
    chart: {
      label: subjectOf(value, series),
      frequency: series.frequency,
      dates: [...series.dates, ...(foretold === undefined || foretold.mean.length === 0 ? [] : foretold.dates)],
      values: series.values,
      expected: effect === null ? null : bandOf(effect),
      forecast: foretold === undefined ? null : forecastBand(foretold, series),
      changes: study.changes.map(({ change }) => chartChange(series, change, value)),
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

/** That of a cause of the largest change, or the one that was asked for, else the surest; null where none has a counterfactual. */
function drawnEffect({ effects }: Study, causes: ReadonlySet<TimeEvent | null>): EffectFinding | null {
  const drawable = effects.filter(({ effect }) => effect.counterfactual.length > 0);
  const rank = ({ event, effect }: EffectFinding): number =>
    causes.has(event) || isAsked(event) ? -1 : (effect.p ?? 1);
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

function chartChange(series: Series, change: ChangePoint, value: string): ChartChange {
  const { kind, absolute, relative, index, from, to } = change;
  const sign = absolute < 0 ? '\u2212' : '+';
  const size = relative === null || kind === 'slope' ? inWords(Math.abs(absolute)) : percent(Math.abs(relative));
  const label = kind === 'slope' ? `bend ${sign}${size}` : `${sign}${size}`;
  return { index, from, to, label, isSpike: kind === 'spike', hint: changeSentence(series, change, value) };
}

function eventHint({ name, date, dateTo, quote, source, page }: TimeEvent): string {
  const until = dateTo === null ? '' : ` to ${dayInWords(dateTo)}`;
  const said = quote === null ? '' : ` \u201c${quote}\u201d`;
  return `${name}, ${dayInWords(date)}${until}.${said} (${source}${page === null ? '' : `, page ${page}`})`;
}
