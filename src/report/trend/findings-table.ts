/** The findings as a table of the page. */
import { inWords, percentSigned, probability, signed } from '../../analysis/series/words.js';
import type { TrendRow } from '../../rows/trend.js';
import { escapeXml } from '../svg.js';

const MOST_ROWS = 300;

/** @param value what the column is sorted by, where it is not the text */
function cell(text: string, value: number | null = null, style = ''): string {
  return `<td${style}${value === null ? '' : ` data-v="${value}"`}>${escapeXml(text)}</td>`;
}

/** At most {@link MOST_ROWS}, of each kind of finding the first. */
function shownRows(rows: readonly TrendRow[]): readonly TrendRow[] {
  const places = new Map<TrendRow['finding'], number>();
  const ranked = rows.map((row, at) => {
    const place = (places.get(row.finding) ?? 0) + 1;
    places.set(row.finding, place);
    return { row, at, place };
  });
  const first = ranked.sort((one, other) => one.place - other.place || one.at - other.at).slice(0, MOST_ROWS);
  return first.sort((one, other) => one.at - other.at).map(({ row }) => row);
}

/** What is foretold is a value, not a difference. */
function sizeInUnits({ finding, absoluteEffect }: TrendRow): string {
  return finding === 'forecast' ? inWords(absoluteEffect ?? 0) : signed(absoluteEffect ?? 0);
}

/** All findings, or the first of each kind, with what there is beyond them. */
export function findingsTable(rows: readonly TrendRow[], by: readonly string[]): string {
  const told = rows.filter(({ finding }) => finding !== null && finding !== 'summary');
  const shown = shownRows(told);
  if (shown.length === 0) return '';
  const body = shown.map((row) => {
    const carried = row as unknown as Readonly<Record<string, unknown>>;
    const series = by
      .map((name) => carried[name] ?? '')
      .filter((value) => value !== '')
      .join(', ');
    const size =
      row.relativeEffect === null || row.finding === 'term' || row.kind === 'slope'
        ? row.absoluteEffect === null
          ? ''
          : sizeInUnits(row)
        : percentSigned(row.relativeEffect);
    const cells = [
      cell(row.finding ?? ''),
      `<td><bdi>${escapeXml(series)}</bdi></td>`,
      cell(row.date ?? ''),
      cell(size, row.relativeEffect ?? row.absoluteEffect, ' class="figure"'),
      cell(row.p === null ? '' : probability(row.p), row.p),
      cell(row.verdict ?? ''),
      cell(row.message ?? ''),
    ];
    return `<tr>${cells.join('')}</tr>`;
  });
  const more =
    told.length > shown.length
      ? `<p class="note">${told.length - shown.length} more findings are in the rows of the command.</p>`
      : '';
  const head = ['finding', 'series', 'date', 'size', 'chance', 'verdict', 'in words']
    .map((name) => `<th>${name}</th>`)
    .join('');
  return `<section><h2>All findings</h2><div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>${more}</section>`;
}
