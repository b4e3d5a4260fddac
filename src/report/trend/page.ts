/** The report of `uxd trend`: one page that needs nothing besides itself. */

import type { StudyGroup } from '../../analysis/series/findings.js';
import type { Effect, TimeEvent } from '../../analysis/series/series.js';
import type { Study } from '../../analysis/series/study.js';
import { byChange } from '../../analysis/series/summary.js';
import { capital, dayInWords, inWords, percent, percentRange, probability } from '../../analysis/series/words.js';
import type { TrendRow } from '../../rows/trend.js';
import { escapeXml } from '../svg.js';
import { drawChart } from './chart.js';
import { chartStyle, DARK, FONT, LIGHT } from './palette.js';
import { drawPlacebos } from './placebos.js';
import { type NumberedEvent, type SeriesView, viewOf } from './series-view.js';

export interface TrendReport {
  readonly rows: readonly TrendRow[];
  /** The series of the table, then those of documents. */
  readonly groups: readonly StudyGroup[];
  readonly events: readonly TimeEvent[];
  readonly by: readonly string[];
  /** What the reader should know of the data. */
  readonly notes: readonly string[];
  /** The first is the headline. */
  readonly answers: readonly string[];
}

const WIDTH = 940;
const HEIGHT = 330;
const MOST_CHARTS = 12;
const MOST_ROWS = 300;

/** Text is escaped, equal input gives equal bytes; the script only adds a value beside the pointer. */
export function renderTrendPage(report: TrendReport): string {
  const summary = report.rows.find(({ finding }) => finding === 'summary');
  const [headline = 'Nothing was found.'] = report.answers;
  const views = report.groups.flatMap((group, i) =>
    shownOf(group.studies, i === 0).map((study) => viewOf(study, report.events, group)),
  );
  return [
    '<!DOCTYPE html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeXml(headline)}</title>`,
    `<style>${STYLE}</style></head><body><main>`,
    header(headline, summary, report),
    ...views.map((view, i) => section(view, i === 0)),
    ...report.groups.slice(0, 1).map(({ studies }) => leftOut(studies)),
    findings(report),
    '<footer>Made by uxd trend. What the words mean, and how it is worked out: docs/trend.md of uxd.</footer>',
    `</main><script>${SCRIPT}</script></body></html>`,
    '',
  ].join('\n');
}

/** Of the documents only what changed. */
function shownOf(studies: readonly Study[], isTable: boolean): readonly Study[] {
  const shown = isTable ? studies : studies.filter(({ changes }) => changes.length > 0);
  return byChange(shown).slice(0, MOST_CHARTS);
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
    const found = changed === 0 ? 'none changed' : `${changed} changed`;
    return `${value} in ${source}: ${series}, ${found}`;
  });
  const more = answers.slice(1).map((answer) => `<p class="answer">${escapeXml(answer)}</p>`);
  return `<header><h1>${escapeXml(headline)}</h1>${more.join('')}${quote}<p class="note">${[...facts, ...notes].map(escapeXml).join('<br>')}</p></header>`;
}

function placeOf({ source, page }: Pick<TrendRow, 'source' | 'page'>): string {
  return `${source}${page === null ? '' : `, page ${page}`}`;
}

function section(view: SeriesView, isFirst: boolean): string {
  const drawing = drawChart(view.chart, { width: WIDTH, height: HEIGHT });
  const { dates, values } = view.chart;
  const data = escapeXml(
    JSON.stringify({
      d: dates,
      v: Array.from(values, (value) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null)),
    }),
  );
  const chart =
    drawing === null
      ? `<p class="note">${escapeXml(view.study.obstacle ?? 'the values cannot be drawn')}</p>`
      : `<div class="chart" data-series="${data}"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeXml(view.chart.label)}" font-family="${FONT}">${drawing}<g class="pointer"></g></svg></div>`;
  return [
    `<section><h2>${escapeXml(capital(view.title))}</h2>`,
    chart,
    drawing === null ? '' : legend(view),
    eventList(view.events),
    view.effect === null ? '' : effectPanel(view.effect.effect, view.effect.event, isFirst),
    '</section>',
  ].join('\n');
}

function legend({ chart, effect, events }: SeriesView): string {
  const key = (style: string, shape: string, label: string): string =>
    `<span class="key"><svg width="26" height="14" viewBox="0 0 26 14">${shape.replace('STYLE', style)}</svg>${escapeXml(label)}</span>`;
  const line = '<path class="STYLE" d="M1 7H25"/>';
  const keys = [key('c-line', line, 'as it was')];
  if (effect !== null) {
    const shape = `<rect class="c-band" y="1" width="26" height="12"/>${line}`;
    keys.push(key('c-expected', shape, `expected without ${effect.event.name} (95% band)`));
  }
  if (chart.forecast !== null) {
    keys.push(
      key('c-forecast', `<rect class="c-forecast-band" y="1" width="26" height="12"/>${line}`, 'foretold (95% band)'),
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

function eventList(events: readonly NumberedEvent[]): string {
  if (events.length === 0) return '';
  const items = events.map(({ number, event, isCause }) => {
    const until = event.dateTo === null ? '' : ` to ${dayInWords(event.dateTo)}`;
    const quote = event.quote === null ? '' : ` <q>${escapeXml(event.quote)}</q>`;
    const cause = isCause ? ' <strong class="tag">cause</strong>' : '';
    return `<li><span class="number">${number}</span><span><b>${escapeXml(event.name)}</b>${cause}, ${escapeXml(dayInWords(event.date) + until)}.${quote} <span class="note">${escapeXml(placeOf(event))}</span></span></li>`;
  });
  return `<ol class="events">${items.join('\n')}</ol>`;
}

function effectPanel(effect: Effect, event: TimeEvent, isOpen: boolean): string {
  const { absolute, lower, upper, relative, p, method, preFit, smallestDetectable, cumulative } = effect;
  if (absolute === null || lower === null || upper === null) return '';
  const unit = relative === null || absolute === 0 ? null : relative / absolute;
  const facts = [
    ['effect a period', `${inWords(absolute)} (${inWords(lower)} to ${inWords(upper)})`],
    ...(unit === null
      ? []
      : [['as a share', `${percentSigned(absolute * unit)} (${percentRange(lower * unit, upper * unit)}%)`]]),
    ...(cumulative === null ? [] : [['in all', inWords(cumulative)]]),
    ...(p === null ? [] : [['chance', probability(p)]]),
    ['verdict', effect.verdict],
    ['method', method.replaceAll('-', ' ')],
    ...(preFit === null ? [] : [['error before, 0 is perfect', inWords(preFit)]]),
    ...(smallestDetectable === null ? [] : [['smallest effect that would show', inWords(smallestDetectable)]]),
  ];
  const placebos = drawPlacebos(effect, WIDTH);
  const strip =
    placebos === null
      ? ''
      : `<h3>The effect beside effects measured where nothing happened</h3><svg viewBox="0 0 ${WIDTH} ${placebos.height}" role="img" aria-label="placebos" font-family="${FONT}">${placebos.svg}</svg>`;
  const weights = effect.weights.slice(0, 6).map(({ name, weight }) => `${name} ${percent(weight)}`);
  const lists = [
    weights.length > 0 ? `Compared with ${weights.join(', ')}.` : '',
    ...effect.leaveOneOut.slice(0, 4).map(({ left, absolute: other }) => `Without ${left}: ${inWords(other)}.`),
    ...effect.reasons.slice(0, 6).map((reason) => `${capital(reason)}.`),
  ].filter((line) => line !== '');
  return `<details${isOpen ? ' open' : ''}><summary>How sure: the effect of ${escapeXml(event.name)}</summary><dl>${facts.map(([name = '', text = '']) => `<div><dt>${escapeXml(name)}</dt><dd>${escapeXml(text)}</dd></div>`).join('')}</dl>${strip}<p class="note">${lists.map(escapeXml).join('<br>')}</p></details>`;
}

function percentSigned(share: number): string {
  return `${share < 0 ? '\u2212' : '+'}${percent(Math.abs(share))}`;
}

function findings({ rows, by }: TrendReport): string {
  const told = rows.filter(({ finding }) => finding !== null && finding !== 'summary');
  const shown = told.slice(0, MOST_ROWS);
  if (shown.length === 0) return '';
  const body = shown.map((row) => {
    const carried = row as unknown as Readonly<Record<string, unknown>>;
    const series = by
      .map((name) => carried[name] ?? '')
      .filter((value) => value !== '')
      .join(', ');
    const size =
      row.relativeEffect === null || row.finding === 'term'
        ? row.absoluteEffect === null
          ? ''
          : inWords(row.absoluteEffect)
        : percentSigned(row.relativeEffect);
    const cells = [
      row.finding ?? '',
      series,
      row.date ?? '',
      size,
      row.p === null ? '' : probability(row.p),
      row.verdict ?? '',
      row.message ?? '',
    ];
    return `<tr>${cells.map((cell, i) => `<td${i === 3 ? ' class="figure"' : ''}>${escapeXml(cell)}</td>`).join('')}</tr>`;
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

const STYLE = [
  `:root{color-scheme:light dark;--ground:${LIGHT.ground};--text:${LIGHT.text};--faint:${LIGHT.faint};--grid:${LIGHT.grid};--event:${LIGHT.event};--change:${LIGHT.change}}`,
  chartStyle(LIGHT),
  `@media(prefers-color-scheme:dark){:root{--ground:${DARK.ground};--text:${DARK.text};--faint:${DARK.faint};--grid:${DARK.grid};--event:${DARK.event};--change:${DARK.change}}${chartStyle(DARK)}}`,
  `body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 ${FONT}}main{max-width:980px;margin:0 auto;padding:24px 20px 60px}`,
  'h1{font-size:clamp(21px,3.4vw,30px);line-height:1.25;margin:8px 0 12px}h2{font-size:19px;margin:40px 0 6px}h3{font-size:14px;margin:14px 0 0;font-weight:600}',
  '.note,footer,cite{color:var(--faint);font-size:14px}blockquote{margin:12px 0;padding:2px 0 2px 14px;border-left:3px solid var(--event)}cite{display:block;font-style:normal}',
  'svg{display:block;width:100%;height:auto}.chart{position:relative;overflow-x:auto}.chart svg{min-width:640px}.keys{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:13px;color:var(--faint);margin:4px 0 10px}.key{display:inline-flex;align-items:center;gap:6px}.key svg{width:26px;flex:none}',
  '.events{list-style:none;padding:0;margin:8px 0;display:grid;gap:5px}.events li{display:flex;gap:10px;font-size:15px}.number{flex:none;width:21px;height:21px;margin-top:2px;border-radius:50%;background:var(--event);color:var(--ground);font-size:12px;font-weight:700;text-align:center;line-height:21px}',
  '.tag{font-size:12px;color:var(--change);border:1px solid var(--change);border-radius:3px;padding:0 5px;margin-left:4px}',
  'details{border:1px solid var(--grid);border-radius:6px;padding:8px 14px;margin:10px 0}summary{cursor:pointer;font-weight:600}dl{display:flex;flex-wrap:wrap;gap:10px 28px;margin:10px 0}dt{font-size:13px;color:var(--faint)}dd{margin:0;font-weight:600}',
  '.wide{overflow-x:auto}table{border-collapse:collapse;font-size:13.5px;width:100%}th,td{text-align:left;padding:5px 10px 5px 0;border-bottom:1px solid var(--grid);vertical-align:top}td:not(:last-child){white-space:nowrap}td:last-child{min-width:280px}.figure{font-weight:700}',
  '.tip{position:absolute;top:0;pointer-events:none;background:var(--text);color:var(--ground);font-size:13px;padding:2px 8px;border-radius:4px;white-space:nowrap}footer{margin-top:40px}@media print{details{break-inside:avoid}section{break-inside:avoid}}',
].join('\n');

/** Date and value beside the pointer; the page is whole without it. */
const SCRIPT = `for(const c of document.querySelectorAll('.chart')){const{d,v}=JSON.parse(c.dataset.series),s=c.querySelector('svg'),g=c.querySelector('.pointer');let t=null;
const off=()=>{g.replaceChildren();if(t)t.remove();t=null};
c.addEventListener('pointermove',e=>{const b=s.getBoundingClientRect(),k=${WIDTH}/b.width,x=(e.clientX-b.left)*k,i=Math.round((x-58)/(${WIDTH}-76)*Math.max(1,d.length-1));
if(i<0||i>=d.length)return off();const l=document.createElementNS('http://www.w3.org/2000/svg','path'),p=58+(${WIDTH}-76)*i/Math.max(1,d.length-1);
l.setAttribute('class','c-axis');l.setAttribute('d','M'+p+' 20V${HEIGHT - 30}');g.replaceChildren(l);
if(!t){t=document.createElement('div');t.className='tip';c.append(t)}t.textContent=d[i]+': '+(v[i]===null||v[i]===undefined?'missing':v[i].toLocaleString('en'));
const q=p/k;t.style.left=(q>b.width-150?q-t.offsetWidth-8:q+8)+'px'});c.addEventListener('pointerleave',off)}`;
