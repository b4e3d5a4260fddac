/** Causes of changes as rows and sentences. */
import type { TrendRow } from '../../rows/trend.js';
import type { Explanation } from './explain.js';
import { type FindingOrigin, findingRow, subjectOf } from './finding-row.js';
import type { ChangePoint, Series } from './series.js';
import type { ExplainedChange, Study } from './study.js';
import { capital, dayInWords, inPeriod, percent } from './words.js';

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
      relativeEffect: change.relative,
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
  const what = `the change of ${subjectOf(value, series)} ${inPeriod(series.dates[change.index] ?? '', series.frequency)}`;
  if (event === null) return `No recorded event explains ${what}.`;
  const past =
    before.events === 0
      ? ''
      : ` Of ${before.events} such ${before.events === 1 ? 'event' : 'events'} before, ${before.followed} ${before.followed === 1 ? 'was' : 'were'} followed by the like.`;
  const name = `${event.name} (${dayInWords(event.date)})`;
  const adverb = {
    likely: 'likely',
    possible: 'possibly',
    confounded: 'possibly, with others at the same time,',
    unexplained: '',
  }[verdict];
  return `${capital(what)} was ${adverb} caused by ${name}: ${share > 0.99 ? 'more than 99%' : percent(share)} of the belief.${past}`;
}
