/** What all findings share: an empty row, and how a series is called. */
import type { TrendRow } from '../../rows/trend.js';
import { nameOf } from './regular.js';
import type { Series } from './series.js';

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
