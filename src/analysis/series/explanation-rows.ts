/** Causes of changes as rows and sentences. */
import type { TrendRow } from '../../rows/trend.js';
import { betweenInWords, isBefore, shareOf } from './change-rows.js';
import { eventDate, sentenceName } from './event-words.js';
import type { Explanation } from './explain.js';
import { type FindingOrigin, findingRow, subjectOf } from './finding-row.js';
import type { ChangePoint, Series } from './series.js';
import type { ExplainedChange, Study } from './study.js';
import { capital, inPeriod, percent } from './words.js';

/** Rows of what may have caused a change: the likely causes, those that cannot be told apart, or that there is none. */
export function explanationRows(
  { series }: Pick<Study, 'series'>,
  { change, explanations }: ExplainedChange,
  { source, value }: FindingOrigin,
): TrendRow[] {
  const [first] = explanations;
  if (first === undefined) return [];
  return explanations.slice(0, MOST_EXPLANATIONS).map((explanation) => {
    const { event, verdict, chance } = explanation;
    return findingRow({
      source: event?.source ?? source,
      finding: 'explanation',
      ...series.key,
      kind: change.kind,
      date: series.dates[change.index] ?? null,
      dateFrom: event?.date ?? null,
      dateTo: event?.dateTo ?? null,
      absoluteEffect: change.absolute,
      relativeEffect: shareOf(change),
      lower: change.lower,
      upper: change.upper,
      p: chance,
      verdict,
      method: 'event-ranking',
      event: event?.name ?? null,
      page: event?.page ?? null,
      quote: event?.quote ?? null,
      message: explanationSentence(series, change, explanation, value),
    });
  });
}

const MOST_EXPLANATIONS = 5;

function explanationSentence(
  series: Series,
  change: ChangePoint,
  { event, verdict, share, before }: Explanation,
  value: string,
): string {
  const when = isBefore(change, series, event)
    ? betweenInWords(series, change)
    : inPeriod(series.dates[change.index] ?? '', series.frequency);
  const what = `the change of ${subjectOf(value, series)} ${when}`;
  if (event === null) return `No recorded event explains ${what}.`;
  const past =
    before.events === 0
      ? ''
      : ` Of ${before.events} such ${before.events === 1 ? 'event' : 'events'} before, ${before.followed} ${before.followed === 1 ? 'was' : 'were'} followed by the like.`;
  const name = `${sentenceName(event)} (${eventDate(event, series.frequency)})`;
  const cause = {
    likely: `is likely due to ${name}`,
    possible: `is possibly due to ${name}`,
    confounded: `is possibly due to ${name}, or to what came with it`,
    unexplained: `may be due to ${name}`,
  }[verdict];
  return `${capital(what)} ${cause}: ${share > 0.99 ? 'more than 99%' : percent(share)} probable among all that was tried.${past}`;
}
