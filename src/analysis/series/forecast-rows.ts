/** Forecasts as rows and sentences. */
import type { TrendRow } from '../../rows/trend.js';
import { type FindingOrigin, findingRow, subjectOf } from './finding-row.js';
import type { Forecast } from './forecast.js';
import type { Series } from './series.js';
import { capital, inPeriod, inWords, percent } from './words.js';

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
    const sentence = `${capital(subject)} ${inPeriod(date, frequency)}: ${inWords(middle)} (${inWords(low)} to ${inWords(high)}).`;
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
          `Tried on the past ${origins === 1 ? 'once' : `${origins} times`}, such forecasts were off by ${inWords(error)} on average (naive: ${inWords(naiveError)}), and ${percent(coverage)} of the values were within the interval.`,
        ];
  return [...past, ...warnings.map((warning) => `${capital(warning)}.`)];
}
