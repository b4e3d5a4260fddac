/** Findings as rows, each with its sentence. */
import type { TrendRow } from '../../rows/trend.js';
import type { EffectFinding } from './event-effects.js';
import type { Explanation } from './explain.js';
import type { Forecast } from './forecast.js';
import type { PooledEffect } from './pooled-effects.js';
import { nameOf } from './regular.js';
import type { ChangePoint, Series } from './series.js';
import type { ExplainedChange, Study } from './study.js';
import type { TermBurst, TermTrend } from './terms.js';
import { dayInWords, inWords, percent, percentRange, periodInWords, periodNoun, probability } from './words.js';

/** What all rows of a run share. */
export interface FindingOrigin {
  readonly source: string;
  /** Name of the column of values. */
  readonly value: string;
}

type Row = Omit<TrendRow, 'schema' | 'status'> & Readonly<Record<string, unknown>>;

const EMPTY = {
  kind: null,
  date: null,
  dateFrom: null,
  dateTo: null,
  absoluteEffect: null,
  relativeEffect: null,
  cumulativeEffect: null,
  lower: null,
  upper: null,
  p: null,
  verdict: null,
  method: null,
  event: null,
  page: null,
  quote: null,
  message: null,
} as const;

/** A row with what is given, the rest null; figures that are not finite are null as well. */
export function findingRow(fields: Partial<Row> & Pick<Row, 'source' | 'finding'>): TrendRow {
  const row: Record<string, unknown> = { schema: 'uxd.trend/1', status: 'ok', ...EMPTY, ...fields };
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'number') row[name] = Number.isFinite(value) ? rounded(value) : null;
  }
  return row as unknown as TrendRow;
}

/** Twelve digits: what is beyond them differs between machines. */
function rounded(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(12));
}

/** `units of Nuvela, north`. */
export function subjectOf(value: string, series: Pick<Series, 'key'>): string {
  return Object.keys(series.key).length === 0 ? value : `${value} of ${nameOf(series)}`;
}

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
  const when = periodInWords(dates[change.index] ?? '', frequency);
  if (change.kind === 'spike') {
    const length = change.length ?? 1;
    const noun = periodNoun(frequency);
    const duration = length === 1 ? `one ${noun}` : `${length} ${noun}s`;
    return `${capital(subject)} ${moved(change)} for ${duration}, in ${when}, and went back.`;
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

/** What rows of an effect, and a summary of one, tell of it. */
export function effectColumns({ effect, event }: Pick<EffectFinding, 'effect' | 'event'>) {
  return {
    absoluteEffect: effect.absolute,
    relativeEffect: effect.relative,
    cumulativeEffect: effect.cumulative,
    lower: effect.lower,
    upper: effect.upper,
    p: effect.p,
    verdict: effect.verdict,
    method: effect.method,
    event: event.name,
    page: event.page,
    quote: event.quote,
  };
}

export function effectRow(
  { series }: Pick<Study, 'series'>,
  finding: EffectFinding,
  { value }: FindingOrigin,
): TrendRow {
  const { event, at, end } = finding;
  return findingRow({
    source: event.source,
    finding: 'effect',
    ...series.key,
    date: event.date,
    dateFrom: series.dates[at] ?? null,
    dateTo: series.dates[end - 1] ?? null,
    ...effectColumns(finding),
    message: effectSentence(series, finding, value),
  });
}

export function effectSentence(series: Series, finding: Omit<EffectFinding, 'at' | 'end'>, value: string): string {
  return sentenceOf(subjectOf(value, series), finding);
}

function sentenceOf(subject: string, { event, effect, beside }: Omit<EffectFinding, 'at' | 'end'>, more = ''): string {
  const others = beside.slice(0, 3).join(' and ');
  const together = others === '' ? event.name : `${event.name} with ${others}`;
  const name = `${together} (${dayInWords(event.date)})`;
  const { absolute, lower, upper, relative, p, verdict, weights, method } = effect;
  const reasons = effect.reasons.length === 0 ? '' : `: ${effect.reasons.join('; ')}`;
  if (absolute === null || lower === null || upper === null)
    return `What ${name} did to ${subject} cannot be told${reasons}.`;
  const chance = p === null ? '' : `, ${probability(p)}`;
  const basis = weights.length > 0 && method !== 'structural-model' ? 'untreated series' : 'its own past';
  const size = `${capital(subject)} ${moved({ absolute, relative, lower, upper })}`;
  if (verdict === 'effect') return `${size} through ${name}, compared with ${basis}${chance}${more}.`;
  if (verdict === 'confounded') {
    return `${size} when ${event.name} and ${others} came (${dayInWords(event.date)}), compared with ${basis}${chance}: which of them did it cannot be told.`;
  }
  const largest = Math.max(Math.abs(lower), Math.abs(upper));
  const unit = relative === null || absolute === 0 ? null : relative / absolute;
  const limit = unit === null ? inWords(largest) : percent(Math.abs(largest * unit));
  if (verdict === 'no effect') return `${capital(name)} had no effect on ${subject} larger than ${limit}.`;
  return `Whether ${name} had an effect on ${subject} cannot be told: anything up to ${limit} is possible.`;
}

/** The effect on several series together. */
export function pooledRow({ series, members, finding }: PooledEffect, { value }: FindingOrigin): TrendRow {
  const { event, at, end } = finding;
  return findingRow({
    source: event.source,
    finding: 'effect',
    ...series.key,
    date: event.date,
    dateFrom: series.dates[at] ?? null,
    dateTo: series.dates[end - 1] ?? null,
    ...effectColumns(finding),
    message: pooledSentence({ series, members, finding }, value),
  });
}

export function pooledSentence({ series, members, finding }: PooledEffect, value: string): string {
  const names = members.length > 3 ? `${members.length} series` : members.map(nameOf).join(' and ');
  const { absolute, cumulative } = finding.effect;
  const sizes =
    absolute === null || cumulative === null
      ? ''
      : `: by ${inWords(Math.abs(absolute))} a ${periodNoun(series.frequency)} in each, ${inWords(Math.abs(cumulative))} in all`;
  return sentenceOf(`${value} of ${names} together`, finding, sizes);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

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
  const what = `the change of ${subjectOf(value, series)} in ${periodInWords(series.dates[change.index] ?? '', series.frequency)}`;
  if (event === null) return `No recorded event explains ${what}.`;
  const past =
    before.events === 0 ? '' : ` Of ${before.events} such events before, ${before.followed} were followed by the like.`;
  const name = `${event.name} (${dayInWords(event.date)})`;
  const adverb = {
    likely: 'likely',
    possible: 'possibly',
    confounded: 'possibly, with others at the same time,',
    unexplained: '',
  }[verdict];
  return `${capital(what)} was ${adverb} caused by ${name}: ${share > 0.99 ? 'more than 99%' : percent(share)} of the belief.${past}`;
}

/** A row a period; the first also tells how well such forecasts did, and what limits this one. */
export function forecastRows(
  { key, frequency }: Series,
  found: Forecast,
  { source, value }: FindingOrigin,
): TrendRow[] {
  const { dates, mean, lower, upper, method } = found;
  const subject = subjectOf(value, { key });
  if (mean.length === 0) {
    const message = `${capital(subject)} cannot be foretold: ${found.warnings.join('; ')}.`;
    return [findingRow({ source, finding: 'forecast', ...key, verdict: 'cannot tell', method, message })];
  }
  return dates.map((date, i) => {
    const [low = 0, high = 0, middle = 0] = [lower[i], upper[i], mean[i]];
    const sentence = `${capital(subject)} in ${periodInWords(date, frequency)}: ${inWords(middle)} (${inWords(low)} to ${inWords(high)}).`;
    return findingRow({
      source,
      finding: 'forecast',
      ...key,
      date,
      absoluteEffect: middle,
      lower: low,
      upper: high,
      method,
      message: i === 0 ? [sentence, ...forecastRemarks(found)].join(' ') : sentence,
    });
  });
}

function forecastRemarks({ backtest, warnings }: Forecast): string[] {
  const { error, naiveError, coverage, origins } = backtest;
  const past =
    error === null || naiveError === null || coverage === null
      ? []
      : [
          `Tried on the past ${origins} times, such forecasts were off by ${inWords(error)} on average (naive: ${inWords(naiveError)}), and ${percent(coverage)} of the values were within the interval.`,
        ];
  return [...past, ...warnings.map((warning) => `${capital(warning)}.`)];
}

/** A term that is said more and more, or less and less. */
export function termTrendRow(source: string, group: string | null, trend: TermTrend): TrendRow {
  const { term, kind, slope, before, after, lift, p, q } = trend;
  const where = group === null ? '' : ` of ${group}`;
  return findingRow({
    source,
    finding: 'term',
    ...(group !== null && { group }),
    kind,
    absoluteEffect: slope,
    relativeEffect: lift - 1,
    p,
    verdict: q <= TERM_FDR ? 'effect' : 'cannot tell',
    method: 'logit-trend',
    event: term,
    message: `"${term}"${where} is ${kind}: ${percent(before)} of the texts earlier, ${percent(after)} later (${rate(q)}).`,
  });
}

/** A stretch in which a term is said more than usual. */
export function termBurstRow(source: string, group: string | null, burst: TermBurst): TrendRow {
  const { term, from, to, weight, documents, documentsInPeriods, p, q } = burst;
  const where = group === null ? '' : ` of ${group}`;
  return findingRow({
    source,
    finding: 'term',
    ...(group !== null && { group }),
    kind: 'burst',
    date: from,
    dateFrom: from,
    dateTo: to,
    absoluteEffect: weight,
    p,
    verdict: q <= TERM_FDR ? 'effect' : 'cannot tell',
    method: 'kleinberg',
    event: term,
    message: `"${term}"${where} bursts from ${dayInWords(from)} to ${dayInWords(to)}: in ${documents} of ${documentsInPeriods} texts (${rate(q)}).`,
  });
}

/** False discoveries that are tolerated among terms. */
export const TERM_FDR = 0.05;

function rate(q: number): string {
  return `false-discovery rate ${q < 0.001 ? 'below 0.001' : q.toFixed(3)}`;
}
