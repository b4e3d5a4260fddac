/** Whether a share rises or falls over periods. */
import { studentTwoSided, twoSided } from '../probability.js';
import type { PeriodCount } from './bursts.js';

export interface LogitTrend {
  /** Of the trend, corrected for shares that vary more than chance; above 0 where the share rises. */
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
  /** Change of the log-odds a period, with the prior. */
  readonly slope: number;
}

/** Documents that the prior weighs as much as, as for groups of texts. */
const PRIOR_DOCUMENTS = 100;
const STEPS = 25;

/**
 * The trend of the share of documents with a term, periods being the same time apart. The test is that of Cochran (1954)
 * and Armitage (1955), with the variance of drawing without replacement, which holds for few documents too; where the
 * shares vary about the trend more than chance would have them, its variance is multiplied by that much (Pearson's
 * statistic over its degrees of freedom) and Student's t takes the place of the normal distribution. Null where fewer
 * than three periods have documents, or all or none of the documents have the term.
 */
export function logitTrend(counts: readonly PeriodCount[]): LogitTrend | null {
  const periods = counts.map((count, t) => ({ ...count, t })).filter(({ documentsInPeriod }) => documentsInPeriod > 0);
  const all = periods.reduce((sum, { documentsInPeriod }) => sum + documentsInPeriod, 0);
  const having = periods.reduce((sum, { documents }) => sum + documents, 0);
  if (periods.length < 3 || having === 0 || having === all) return null;
  const mean = periods.reduce((sum, { t, documentsInPeriod }) => sum + t * documentsInPeriod, 0) / all;
  let along = 0;
  let spread = 0;
  for (const { t, documents, documentsInPeriod } of periods) {
    along += (t - mean) * documents;
    spread += (t - mean) ** 2 * documentsInPeriod;
  }
  const share = having / all;
  const z = along / Math.sqrt((share * (1 - share) * spread * all) / (all - 1));
  const slope = slopeOf(periods, share, all, mean);
  const degrees = periods.length - 2;
  const excess = dispersion(periods, slope, mean) / degrees;
  if (excess <= 1) return { z, p: twoSided(z), slope: slope.slope };
  const corrected = z / Math.sqrt(excess);
  return { z: corrected, p: studentTwoSided(corrected, degrees), slope: slope.slope };
}

type Timed = PeriodCount & { readonly t: number };

interface Line {
  readonly level: number;
  readonly slope: number;
}

/**
 * Logistic regression by Newton's method, with documents of the prior (Monroe, Colaresi and Quinn 2008) in every period
 * that have the share of the whole: it keeps the slope finite where a term is only said at one end.
 */
function slopeOf(periods: readonly Timed[], share: number, all: number, mean: number): Line {
  const prior = Math.min(PRIOR_DOCUMENTS, all / 2) / all;
  let level = Math.log(share / (1 - share));
  let slope = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const [gradient, curvature] = [[0, 0] as [number, number], [0, 0, 0] as [number, number, number]];
    for (const { t, documents, documentsInPeriod } of periods) {
      const x = t - mean;
      const trials = documentsInPeriod * (1 + prior);
      const fitted = 1 / (1 + Math.exp(-level - slope * x));
      const residual = documents + documentsInPeriod * prior * share - trials * fitted;
      const weight = trials * fitted * (1 - fitted);
      gradient[0] += residual;
      gradient[1] += residual * x;
      curvature[0] += weight;
      curvature[1] += weight * x;
      curvature[2] += weight * x * x;
    }
    const determinant = curvature[0] * curvature[2] - curvature[1] ** 2;
    if (!(determinant > 1e-12 * curvature[0] * curvature[2])) break;
    const rise = (curvature[0] * gradient[1] - curvature[1] * gradient[0]) / determinant;
    level += (curvature[2] * gradient[0] - curvature[1] * gradient[1]) / determinant;
    slope += rise;
    if (Math.abs(rise) < 1e-10) break;
  }
  return { level, slope };
}

/** Pearson's statistic of the shares about the line. */
function dispersion(periods: readonly Timed[], { level, slope }: Line, mean: number): number {
  return periods.reduce((sum, { t, documents, documentsInPeriod }) => {
    const fitted = 1 / (1 + Math.exp(-level - slope * (t - mean)));
    return sum + (documents - documentsInPeriod * fitted) ** 2 / (documentsInPeriod * fitted * (1 - fitted));
  }, 0);
}
