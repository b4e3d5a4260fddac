/** Changes as rows and sentences. */
import type { TrendRow } from '../../rows/trend.js';
import { type FindingOrigin, findingRow, subjectOf } from './finding-row.js';
import type { ChangePoint, Series } from './series.js';
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
    relativeEffect: change.relative,
    lower: change.lower,
    upper: change.upper,
    p: change.p,
    verdict: 'effect',
    method: 'segmentation',
    message: changeSentence(series, change, value),
  });
}

/** `rose 18% (12 to 24%)`, or in units where there is no share. */
export function moved({
  absolute,
  relative,
  lower,
  upper,
}: Pick<ChangePoint, 'absolute' | 'relative' | 'lower' | 'upper'>): string {
  const verb = absolute < 0 ? 'fell' : 'rose';
  if (relative === null || absolute === 0) {
    return `${verb} by ${inWords(Math.abs(absolute))} (${inWords(lower)} to ${inWords(upper)})`;
  }
  // in this order the smallest numbers there are do not divide to infinity
  const share = (end: number): number => (end / absolute) * relative;
  return `${verb} ${percent(Math.abs(relative))} (${percentRange(share(lower), share(upper))})`;
}

export function changeSentence({ key, dates, frequency }: Series, change: ChangePoint, value: string): string {
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
