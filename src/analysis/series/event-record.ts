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

/**
 * How often each kind of event was followed by a change within the lag window, in all series. The change that is to be
 * explained does not count for its own explanation: `besides` is left out, and with it the events around it.
 */
export function recordOf(
  events: readonly TimeEvent[],
  history: readonly SeriesChanges[],
  besides: { readonly series: Series; readonly change: ChangePoint },
): ReadonlyMap<string, KindRecord> {
  const records = new Map<string, KindRecord>();
  for (const { series, changes } of history) {
    const isOwn =
      series.key === besides.series.key || JSON.stringify(series.key) === JSON.stringify(besides.series.key);
    for (const candidate of candidatesFor(events, series)) {
      const isAround = candidate.index <= besides.change.to && candidate.index >= besides.change.from - LAG_WINDOW;
      if (isOwn && isAround) continue;
      const next = changes.find(({ from, to, index }) => {
        return (
          to >= candidate.index &&
          from <= candidate.index + LAG_WINDOW &&
          Math.abs(index - candidate.index) <= LAG_WINDOW + 1
        );
      });
      const old = records.get(kindOf(candidate)) ?? { events: 0, up: 0, down: 0 };
      records.set(kindOf(candidate), {
        events: old.events + 1,
        up: old.up + (next !== undefined && next.absolute > 0 ? 1 : 0),
        down: old.down + (next !== undefined && next.absolute < 0 ? 1 : 0),
      });
    }
  }
  return records;
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
