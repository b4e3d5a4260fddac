import { type Candidate, candidatesFor } from './event-time.js';
import type { ChangePoint, Series, TimeEvent } from './series.js';

/** What events of each kind were followed by. */

/** The changes of one series. */
export interface SeriesChanges {
  readonly series: Series;
  readonly changes: readonly ChangePoint[];
}

/** Periods after an event in which its change may begin. */
export const LAG_WINDOW = 3;

export interface KindRecord {
  /** Events of the kind, and how many of them were followed by a change upwards or downwards. */
  readonly events: number;
  readonly up: number;
  readonly down: number;
}

export function kindOf({ event, phase, relation }: Candidate): string {
  return `${event.kind ?? event.name}\u0000${relation === 'other' ? 'other' : 'own'}\u0000${phase}`;
}

/** An event in one of the series, and which way a change within the lag window followed; 0 for none. */
export interface Outcome {
  readonly kind: string;
  /** The first period that may be different. */
  readonly date: string;
  readonly way: number;
}

/**
 * What events were followed by within the lag window, in all series. The change that is to be explained does not count for
 * its own explanation: `besides` is left out, and with it the events around it.
 */
export function outcomesOf(
  events: readonly TimeEvent[],
  history: readonly SeriesChanges[],
  besides: { readonly series: Series; readonly change: ChangePoint },
): readonly Outcome[] {
  return history.flatMap(({ series, changes }) => {
    const isOwn =
      series.key === besides.series.key || JSON.stringify(series.key) === JSON.stringify(besides.series.key);
    return candidatesFor(events, series).flatMap((candidate): Outcome[] => {
      const isAround = candidate.index <= besides.change.to && candidate.index >= besides.change.from - LAG_WINDOW;
      if (isOwn && isAround) return [];
      const next = changes.find(({ from, to, index }) => {
        return (
          to >= candidate.index &&
          from <= candidate.index + LAG_WINDOW &&
          Math.abs(index - candidate.index) <= LAG_WINDOW + 1
        );
      });
      const date = series.dates[candidate.index] ?? '';
      return [{ kind: kindOf(candidate), date, way: Math.sign(next?.absolute ?? 0) }];
    });
  });
}

/** How events of the candidate's kind went in periods before its own: what came later, or at the same time, is no record. */
export function recordOf(candidate: Candidate, { dates, frequency }: Series, outcomes: readonly Outcome[]): KindRecord {
  const [kind, date] = [kindOf(candidate), dates[candidate.index] ?? ''];
  const isBefore = (other: string) => (frequency === 'index' ? Number(other) < Number(date) : other < date);
  const before = outcomes.filter((outcome) => outcome.kind === kind && isBefore(outcome.date));
  return {
    events: before.length,
    up: before.filter(({ way }) => way > 0).length,
    down: before.filter(({ way }) => way < 0).length,
  };
}

/** Changes a period with no event near them, shrunken towards one in a hundred periods. */
export function unexplainedRate(events: readonly TimeEvent[], history: readonly SeriesChanges[]): number {
  let [periods, alone] = [0, 0];
  for (const { series, changes } of history) {
    const starts = candidatesFor(events, series).map(({ index }) => index);
    periods += series.dates.length;
    alone += changes.filter(({ from, to }) => !starts.some((s) => s <= to && s >= from - LAG_WINDOW)).length;
  }
  return (alone + 2) / (periods + 200);
}
