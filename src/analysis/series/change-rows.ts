/** Changes as rows and sentences. */
import type { TrendRow } from '../../rows/trend.js';
import { periodOf } from './event-time.js';
import { type FindingOrigin, findingRow, subjectOf } from './finding-row.js';
import type { ChangePoint, Series, TimeEvent } from './series.js';
import type { Study } from './study.js';
import {
  capital,
  inPeriod,
  inWords,
  percent,
  percentRange,
  periodInWords,
  periodNoun,
  periodsInWords,
} from './words.js';

export function changeRow(
  { series }: Pick<Study, 'series'>,
  change: ChangePoint,
  { source, value }: FindingOrigin,
): TrendRow {
  const { dates, key } = series;
  return findingRow({
    source,
    finding: 'change',
    ...key,
    kind: change.kind,
    date: dates[change.index] ?? null,
    dateFrom: dates[change.from] ?? null,
    dateTo: dates[change.to] ?? null,
    absoluteEffect: change.absolute,
    relativeEffect: shareOf(change),
    lower: change.lower,
    upper: change.upper,
    p: change.p,
    verdict: 'effect',
    method: 'segmentation',
    message: changeSentence(series, change, value),
  });
}

type Sized = Pick<ChangePoint, 'absolute' | 'relative'>;

/** The change as a share; null where there is none, or where it would go beyond zero, as scores and balances do. */
export function shareOf<T extends { readonly relative: number | null }>({ relative }: T): number | null {
  return relative === null || relative < -1 ? null : relative;
}

/** `rose 18% (12 to 24)`, or in units where there is no share. */
export function moved({ lower, upper, ...size }: Sized & Pick<ChangePoint, 'lower' | 'upper'>): string {
  const { absolute } = size;
  const relative = shareOf(size);
  const verb = absolute < 0 ? 'fell' : 'rose';
  if (relative === null || absolute === 0) {
    return `${verb} by ${inWords(Math.abs(absolute))} (${inWords(lower)} to ${inWords(upper)})`;
  }
  // in this order the smallest numbers there are do not divide to infinity
  const share = (end: number): number => (end / absolute) * relative;
  return `${verb} ${percent(Math.abs(relative))} (${percentRange(share(lower), share(upper))})`;
}

/** Whether the change is told to be before the event that explains it: its interval reaches to the event or beyond. */
export function isBefore({ index }: ChangePoint, series: Series, event: TimeEvent | null): boolean {
  return event !== null && (periodOf(series, event.date) ?? 0) > index;
}

/** `between the week of 6 March 2023 and the week of 20 March 2023`: when a change may have begun. */
export function betweenInWords({ dates, frequency }: Series, { from, to }: ChangePoint): string {
  const [first = '', last = ''] = [dates[from], dates[to]];
  return `between ${periodInWords(first, frequency)} and ${periodInWords(last, frequency)}`;
}

/** @param beginning `between`: the event that explains it is not at the likeliest period, but in the interval */
export function changeSentence(
  series: Series,
  change: ChangePoint,
  value: string,
  beginning: 'at' | 'between' = 'at',
): string {
  const { key, dates, frequency } = series;
  const subject = subjectOf(value, { key });
  const date = dates[change.index] ?? '';
  const when = periodInWords(date, frequency);
  if (change.kind === 'spike') {
    const duration = periodsInWords(change.length ?? 1, frequency);
    return `${capital(subject)} ${moved(change)} for ${duration}, ${inPeriod(date, frequency)}, and went back.`;
  }
  if (change.kind === 'slope') {
    const more = change.absolute < 0 ? 'downwards' : 'upwards';
    return `The trend of ${subject} bent ${more} from ${when}: by ${inWords(change.absolute)} a ${periodNoun(frequency)} (${inWords(change.lower)} to ${inWords(change.upper)}).`;
  }
  if (beginning === 'between') {
    return `${capital(subject)} ${moved(change)}; the change began ${betweenInWords(series, change)}.`;
  }
  return `${capital(subject)} ${moved(change)} from ${when}.`;
}

export function obstacleRow({ series, obstacle }: Study, { source, value }: FindingOrigin): TrendRow {
  return findingRow({
    source,
    finding: 'change',
    ...series.key,
    verdict: 'cannot tell',
    method: 'none',
    message: `Nothing can be said of ${subjectOf(value, series)}: ${obstacle}.`,
  });
}
