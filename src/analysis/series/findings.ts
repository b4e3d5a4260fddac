/** The findings of a run as rows, in their order. */
import type { TrendRow } from '../../rows/trend.js';
import { changeRow, obstacleRow } from './change-rows.js';
import { effectRow, pooledRow } from './effect-rows.js';
import { explanationRows } from './explanation-rows.js';
import type { FindingOrigin } from './finding-row.js';
import type { SeriesForecast } from './forecast-answer.js';
import { forecastRows } from './forecast-rows.js';
import type { PooledEffect } from './pooled-effects.js';
import type { Study } from './study.js';

/** Series of one file and column. */
export interface StudyGroup extends FindingOrigin {
  readonly studies: readonly Study[];
  readonly pooled: readonly PooledEffect[];
  readonly forecasts: readonly SeriesForecast[];
}

/** Changes first, then effects, explanations and forecasts. */
export function* seriesFindings(groups: readonly StudyGroup[]): Generator<TrendRow> {
  for (const group of groups) {
    for (const study of group.studies) {
      if (study.obstacle !== null) yield obstacleRow(study, group);
      for (const { change } of study.changes) yield changeRow(study, change, group);
    }
  }
  for (const group of groups) {
    for (const study of group.studies) for (const finding of study.effects) yield effectRow(study, finding, group);
    for (const effect of group.pooled) yield pooledRow(effect, group);
  }
  for (const group of groups) {
    for (const study of group.studies) for (const change of study.changes) yield* explanationRows(study, change, group);
  }
  for (const group of groups) {
    for (const { series, forecast } of group.forecasts) yield* forecastRows(series, forecast, group);
  }
}
