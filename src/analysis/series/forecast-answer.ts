/** What comes next, in one sentence. */
import { subjectOf } from './finding-row.js';
import type { Forecast } from './forecast.js';
import { nameOf } from './regular.js';
import type { Frequency, Series } from './series.js';
import { seasonOf } from './table-calendar.js';
import { capital, inPeriod, inWords, percent, periodInWords, periodNoun, periodsInWords } from './words.js';

/** A series that is foretold. */
export interface SeriesForecast {
  readonly series: Series;
  readonly forecast: Forecast;
  /** The plan tells of this series. */
  readonly isPlanned: boolean;
}

/** What comes next, in one sentence; null where nothing is foretold. With a plan, of the series that it tells of. */
export function forecastSentence(all: readonly SeriesForecast[], value: string): string | null {
  const isPlan = all.some(({ isPlanned }) => isPlanned);
  const asked = isPlan ? all.filter(({ isPlanned }) => isPlanned) : all;
  const told = asked.filter(({ forecast }) => forecast.mean.length > 0);
  const [first] = asked;
  if (first === undefined) return null;
  const [only] = told;
  if (only === undefined) return `${capital(value)} cannot be foretold: ${first.forecast.warnings.join('; ')}.`;
  const plan = isPlan ? ' with the plan' : '';
  if (asked.length === 1) return `Forecast of ${subjectOf(value, only.series)}${plan}: ${outlook(only)}.`;
  return `Forecast of ${value}${plan}, ${comparison(told, asked.length)}.`;
}

/** First and last value, and their mean beside that of the past. */
function outlook({ series, forecast }: SeriesForecast): string {
  const { dates, mean, lower, upper } = forecast;
  const at = (i: number): string =>
    `${inWords(mean[i] ?? 0)} (${inWords(lower[i] ?? 0)} to ${inWords(upper[i] ?? 0)}) ${inPeriod(dates[i] ?? '', series.frequency)}`;
  const last = dates.length - 1;
  const ends = last === 0 ? at(0) : `${at(0)}, ${at(last)}`;
  const past = pastOf(series, forecast);
  if (past === null) return ends;
  const average = last === 0 ? '' : `on average ${inWords(past.mean)} a ${periodNoun(series.frequency)}, `;
  return `${ends}; ${average}${differenceOf(past)} than ${past.when}`;
}

/** How many of several series are higher and lower than before, and which differs most. */
function comparison(told: readonly SeriesForecast[], asked: number): string {
  const pasts = told.flatMap(({ series, forecast }) => {
    const past = pastOf(series, forecast);
    return past === null ? [] : [{ series, forecast, past }];
  });
  const [first] = told;
  const { dates, frequency } = { dates: first?.forecast.dates ?? [], frequency: first?.series.frequency ?? 'index' };
  const span = `${periodsInWords(dates.length, frequency)} from ${periodInWords(dates[0] ?? '', frequency)}`;
  const most = pasts.reduce<(typeof pasts)[number] | null>(
    (best, one) => (best === null || distanceOf(one.past) > distanceOf(best.past) ? one : best),
    null,
  );
  if (most === null) return `${span}: ${told.length} of ${asked} series are foretold`;
  const higher = pasts.filter(({ past }) => past.mean > past.before).length;
  const counts = `higher than ${most.past.when} in ${higher} of ${asked} series, lower in ${pasts.length - higher}`;
  const average = `${inWords(most.past.mean)} a ${periodNoun(frequency)}`;
  return `${span}: ${counts}; most different is ${nameOf(most.series)} with ${average}, ${differenceOf(most.past)}`;
}

interface PastMeans {
  /** Of the forecast, and of the periods that it is compared with. */
  readonly mean: number;
  readonly before: number;
  /** Which periods those are. */
  readonly when: string;
}

/** The same periods a year before, or weekdays, where they are known, else the last ones; null where they have no values. */
function pastOf({ values, frequency }: Series, { mean }: Forecast): PastMeans | null {
  const season = seasonOf(frequency) ?? 1;
  const cycle = frequency === 'day' ? season * Math.ceil(mean.length / season) : season;
  const isSeasonal = cycle > 1 && mean.length <= cycle && values.length >= cycle;
  const lag = isSeasonal ? cycle : Math.min(mean.length, values.length);
  let [sum, before, count] = [0, 0, 0];
  mean.forEach((value, i) => {
    const past = values[values.length - lag + (isSeasonal ? i : i % lag)] ?? Number.NaN;
    if (!Number.isFinite(past)) return;
    count += 1;
    sum += value;
    before += past;
  });
  if (count === 0) return null;
  const dayCycle = mean.length <= season ? 'a week before' : 'on the same weekdays before';
  const seasonal = frequency === 'day' ? dayCycle : 'a year before';
  const when = isSeasonal ? seasonal : `in the ${lag === 1 ? '' : `${lag} `}${nounOf(lag, frequency)} before`;
  return { mean: sum / count, before: before / count, when };
}

function nounOf(count: number, frequency: Frequency): string {
  return count === 1 ? periodNoun(frequency) : `${periodNoun(frequency)}s`;
}

function distanceOf({ mean, before }: PastMeans): number {
  return before > 0 ? Math.abs(mean / before - 1) : 0;
}

function differenceOf({ mean, before }: PastMeans): string {
  const size =
    before > 0 && mean >= 0 ? percent(distanceOf({ mean, before, when: '' })) : inWords(Math.abs(mean - before));
  return `${size} ${mean < before ? 'less' : 'more'}`;
}
