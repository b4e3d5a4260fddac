/** The report of `uxd trend`: one page that needs nothing besides itself. */

import { shareOf } from '../../analysis/series/change-rows.js';
import { eventDate, namesOf } from '../../analysis/series/event-words.js';
import type { StudyGroup } from '../../analysis/series/findings.js';
import type { Study } from '../../analysis/series/study.js';
import type { Told } from '../../analysis/series/summary.js';
import {
  capital,
  dayInWords,
  inWords,
  percent,
  percentRange,
  percentSigned,
  periodNoun,
  probability,
  signed,
} from '../../analysis/series/words.js';
import type { TrendRow } from '../../rows/trend.js';
import { escapeXml } from '../svg.js';
import { bandInWords, type ChartSpec, drawChart } from './chart.js';
import { findingsTable } from './findings-table.js';
import { PAGE_SCRIPT, PAGE_STYLE } from './page-style.js';
import { FONT } from './palette.js';
import { drawPlacebos } from './placebos.js';
import { inOrder, jointView, type SeriesView, type ViewScene, viewOf } from './series-view.js';

export interface TrendReport extends ViewScene {
  readonly rows: readonly TrendRow[];
  /** The series of the table, then those of documents. */
  readonly groups: readonly StudyGroup[];
  readonly by: readonly string[];
  /** What the reader should know of the data. */
  readonly notes: readonly string[];
  /** The first is the headline. */
  readonly answers: readonly string[];
}

/** Each chart is drawn for wide screens and for narrow ones: text that is scaled down cannot be read. */
const SIZES = [
  { className: 'wide-drawing', width: 940, height: 330 },
  { className: 'narrow', width: 400, height: 300 },
] as const;
const MOST_CHARTS = 12;

/** Text is escaped, equal input gives equal bytes; the script only adds a value beside the pointer. */
export function renderTrendPage(report: TrendReport): string {
  const summary = report.rows.find(({ finding }) => finding === 'summary');
  const [headline = 'Nothing was found.'] = report.answers;
  const views = report.groups.flatMap((group, i) => {
    const joint = i === 0 ? jointView(report, group) : null;
    const shown = shownOf(group.studies, i === 0, report.told).map((study) => viewOf(study, report, group));
    return joint === null ? shown : [joint, ...shown];
  });
  return [
    '<!DOCTYPE html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeXml(headline)}</title>`,
    `<style>${PAGE_STYLE}</style></head><body><main>`,
    header(headline, summary, report),
    ...views.map((view, i) => section(view, i === 0)),
    ...report.groups.slice(0, 1).map(({ studies }) => leftOut(studies)),
    findingsTable(report.rows, report.by),
    '<footer>Made by uxd trend. What the words mean, and how it is worked out: docs/trend.md of uxd.</footer>',
    `</main><script>${PAGE_SCRIPT}</script></body></html>`,
    '',
  ].join('\n');
}

/** Of the documents only what changed. */
function shownOf(studies: readonly Study[], isTable: boolean, told: Told | null): readonly Study[] {
  const shown = isTable ? studies : studies.filter(({ changes }) => changes.length > 0);
  return inOrder(shown, told).slice(0, MOST_CHARTS);
}

function leftOut(studies: readonly Study[]): string {
  const left = studies.length - MOST_CHARTS;
  if (left <= 0) return '';
  const changed = studies.filter(({ changes }) => changes.length > 0).length;
  return `<p class="note">${left} more series are not drawn; ${changed} of all ${studies.length} changed. The most changed are shown first.</p>`;
}

function header(headline: string, summary: TrendRow | undefined, { groups, by, notes, answers }: TrendReport): string {
  const quote = summary?.quote
    ? `<blockquote>\u201c${escapeXml(summary.quote)}\u201d<cite>${escapeXml(placeOf(summary))}</cite></blockquote>`
    : '';
  const facts = groups.map(({ source, value, studies }) => {
    const series = studies.length === 1 ? 'one series' : `${studies.length} series by ${by.join(' and ')}`;
    const changed = studies.filter(({ changes }) => changes.length > 0).length;
    const changes = studies.reduce((sum, { changes: own }) => sum + own.length, 0);
    const count = changes === 1 ? 'one change' : `${changes} changes`;
    const found = changed === 0 ? 'no change' : studies.length === 1 ? count : `${changed} changed (${count})`;
    return `${value} in ${source}: ${series}, ${found}`;
  });
  const more = answers.slice(1).map((answer) => `<p class="answer">${escapeXml(answer)}</p>`);
  return `<header><h1>${escapeXml(headline)}</h1>${more.join('')}${quote}<p class="note">${[...facts, ...notes].map(escapeXml).join('<br>')}</p></header>`;
}

function placeOf({ source, page }: Pick<TrendRow, 'source' | 'page'>): string {
  return `${source}${page === null ? '' : `, page ${page}`}`;
}

function section(view: SeriesView, isFirst: boolean): string {
  const drawings = SIZES.flatMap(({ className, ...size }) => {
    const drawing = drawChart(view.chart, size);
    if (drawing === null) return [];
    const { svg, height } = drawing;
    const settings = { className, width: size.width, height, label: view.chart.label };
    return [picture(`${svg}<g class="pointer"></g>`, settings)];
  });
  const data = escapeXml(pointerData(view.chart));
  const chart =
    drawings.length === 0
      ? `<p class="note">${escapeXml(view.study.obstacle ?? 'the values cannot be drawn')}</p>`
      : `<div class="chart" data-series="${data}">${drawings.join('')}</div>`;
  return [
    `<section><h2>${escapeXml(capital(view.title))}</h2>`,
    chart,
    drawings.length === 0 ? '' : legend(view),
    drawings.length === 0 || view.comparison === null ? '' : `<p class="note">${escapeXml(view.comparison)}</p>`,
    eventList(view),
    effectPanel(view, isFirst),
    '</section>',
  ].join('\n');
}

/** Dates and values for the pointer: those of the series, then those of the forecast. */
function pointerData({ dates, values, forecast }: ChartSpec): string {
  const told = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null);
  const foretold = Array.from(forecast?.mean ?? []).slice(values.length);
  return JSON.stringify({ d: dates, v: [...values, ...foretold].map(told), n: values.length });
}

interface PictureSettings {
  readonly className: string;
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

function picture(drawing: string, { className, width, height, label }: PictureSettings): string {
  return `<svg class="${className}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(label)}" font-family="${FONT}">${drawing}</svg>`;
}

function legend({ chart, effect, events }: SeriesView): string {
  const key = (style: string, shape: string, label: string): string =>
    `<span class="key"><svg width="26" height="14" viewBox="0 0 26 14">${shape.replace('STYLE', style)}</svg>${escapeXml(label)}</span>`;
  const line = '<path class="STYLE" d="M1 7H25"/>';
  const keys = [key('c-line', line, 'as it was')];
  if (effect !== null) {
    const shape = `<rect class="c-band" y="1" width="26" height="12"/>${line}`;
    keys.push(key('c-expected', shape, `expected without ${namesOf(effect)} (${bandInWords(chart, 'expected')})`));
  }
  if (chart.forecast !== null) {
    keys.push(
      key(
        'c-forecast',
        `<rect class="c-forecast-band" y="1" width="26" height="12"/>${line}`,
        `forecast (${bandInWords(chart, 'forecast')})`,
      ),
    );
  }
  if (chart.changes.some(({ isSpike }) => !isSpike))
    keys.push(
      key(
        'c-change',
        '<rect class="c-window" x="7" width="12" height="14"/><path class="STYLE" d="M13 0V14"/>',
        'change, and when it may have begun',
      ),
    );
  if (chart.changes.some(({ isSpike }) => isSpike))
    keys.push(key('c-change-dot', '<circle class="STYLE" cx="13" cy="7" r="4"/>', 'passing spike'));
  if (events.length > 0) keys.push(key('c-event-mark', '<circle class="STYLE" cx="13" cy="7" r="6"/>', 'event'));
  if (chart.events.some(({ number }) => number === null))
    keys.push(key('c-event-mark', '<path class="STYLE" d="M13 4l-4 7h8z"/>', 'other events (point at them)'));
  return `<p class="keys">${keys.join('')}</p>`;
}

function eventList({ events, chart: { frequency } }: SeriesView): string {
  if (events.length === 0) return '';
  const items = events.map(({ number, event, cause }) => {
    const until = event.dateTo === null ? '' : ` to ${dayInWords(event.dateTo)}`;
    const quote = event.quote === null ? '' : ` <q>${escapeXml(event.quote)}</q>`;
    const tag = cause === null ? '' : ` <strong class="tag">${cause}</strong>`;
    return `<li><span class="number">${number}</span><span><b><bdi>${escapeXml(event.name)}</bdi></b>${tag}, ${escapeXml(eventDate(event, frequency) + until)}.${quote} <span class="note">${escapeXml(placeOf(event))}</span></span></li>`;
  });
  return `<ol class="events">${items.join('\n')}</ol>`;
}

function effectPanel({ effect: finding, chart, isJoint }: SeriesView, isOpen: boolean): string {
  if (finding === null) return '';
  const { effect } = finding;
  const { absolute, lower, upper, p, method, preFit, smallestDetectable, cumulative } = effect;
  if (absolute === null || lower === null || upper === null) return '';
  const relative = shareOf(effect);
  const unit = relative === null || absolute === 0 ? null : relative / absolute;
  const noun = periodNoun(chart.frequency);
  const facts = [
    [
      isJoint ? `effect a ${noun} in each` : `effect a ${noun}`,
      `${signed(absolute)} (${inWords(lower)} to ${inWords(upper)})`,
    ],
    ...(unit === null
      ? []
      : [['as a share', `${percentSigned(absolute * unit)} (${percentRange(lower * unit, upper * unit)}%)`]]),
    ...(cumulative === null ? [] : [['in all', signed(cumulative)]]),
    ...(p === null ? [] : [['chance', probability(p)]]),
    ['verdict', effect.verdict],
    ['method', method.replaceAll('-', ' ')],
    ...(preFit === null ? [] : [['error before the event', `${percent(preFit)} of what the series varies`]]),
    ...(smallestDetectable === null
      ? []
      : [['smallest effect that would show', `${inWords(smallestDetectable)} a ${noun}`]]),
  ];
  const strips = SIZES.flatMap(({ className, width }) => {
    const placebos = drawPlacebos(effect, width);
    return placebos === null
      ? []
      : [picture(placebos.svg, { className, width, height: placebos.height, label: 'placebos' })];
  });
  const title = '<h3>The effect beside effects measured where nothing happened</h3>';
  const strip = strips.length === 0 ? '' : `${title}${strips.join('')}`;
  const weights = effect.weights.slice(0, 6).map(({ name, weight }) => `${isolated(name)} ${percent(weight)}`);
  const lists = [
    weights.length > 0 ? `Compared with ${weights.join(', ')}.` : '',
    ...effect.leaveOneOut
      .slice(0, 4)
      .map(({ left, absolute: other }) => `Without ${isolated(left)}: ${signed(other)} a ${noun}.`),
    ...effect.reasons.slice(0, 6).map((reason) => `${capital(reason)}.`),
  ].filter((line) => line !== '');
  return `<details${isOpen ? ' open' : ''}><summary>How sure: the effect of ${escapeXml(namesOf(finding))}</summary><dl>${facts.map(([name = '', text = '']) => `<div><dt>${escapeXml(name)}</dt><dd>${escapeXml(text)}</dd></div>`).join('')}</dl>${strip}<p class="note">${lists.map(escapeXml).join('<br>')}</p></details>`;
}

/** So that a name written from right to left turns nothing else round. */
function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
