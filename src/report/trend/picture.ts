/** The charts of the most changed series as one SVG picture. */

import { eventDate, namesOf } from '../../analysis/series/event-words.js';
import type { StudyGroup } from '../../analysis/series/findings.js';
import type { Study } from '../../analysis/series/study.js';
import type { Told } from '../../analysis/series/summary.js';
import { capital } from '../../analysis/series/words.js';
import { widthOf } from '../glyph-widths.js';
import { coordinate, escapeXml } from '../svg.js';
import { bandInWords, drawChart } from './chart.js';
import { chartStyle, FONT, LIGHT } from './palette.js';
import { inOrder, jointView, type SeriesView, type ViewScene, viewOf } from './series-view.js';

export interface TrendPicture extends ViewScene {
  /** The first is the headline. */
  readonly answers: readonly string[];
  readonly group: StudyGroup;
}

const WIDTH = 1000;
const MARGIN = 24;
const MOST_CHARTS = 4;
/** Of the notes, as far as the axis of the charts. */
const INDENT = 58;
/** One chart is higher than each of several. */
const HEIGHTS = [0, 380, 300, 270, 250] as const;

/** At most four charts beneath the answer; self-contained, all text escaped, equal bytes for equal input. */
export function renderTrendPicture({ answers, group, ...scene }: TrendPicture): string {
  const [headline = 'Nothing was found.', ...further] = answers;
  const { studies } = group;
  const joint = jointView(scene, group);
  const shown = shownOf(studies, scene.told, MOST_CHARTS - (joint === null ? 0 : 1));
  const views = [...(joint === null ? [] : [joint]), ...shown.map((study) => viewOf(study, scene, group))];
  const title = wrapped(headline, 22, WIDTH - 2 * MARGIN);
  const parts = title.map((line, i) => label(line, MARGIN, 48 + 28 * i, 22, 'c-text', true));
  const more = further.flatMap((answer) => wrapped(answer, 16, WIDTH - 2 * MARGIN));
  const foot = 48 + 28 * title.length;
  parts.push(...more.map((line, i) => label(line, MARGIN, foot + 22 * i, 16, 'c-text')));
  let y = foot - 14 + 22 * more.length;
  for (const view of views) {
    const panel = panelOf(view, { top: y, height: HEIGHTS[views.length] ?? 250, isFirst: view === views[0] });
    parts.push(...panel.parts);
    y = panel.bottom;
  }
  const left = studies.length - shown.length;
  if (left > 0) parts.push(label(`${left} more series are not drawn`, MARGIN, y + 20, 13, 'c-faint'));
  if (left > 0) y += 20;
  const height = Math.round(y + 20);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(headline)}" font-family="${FONT}">`,
    `<title>${escapeXml(headline)}</title><style>${chartStyle(LIGHT)}</style>`,
    `<rect class="c-ground" width="${WIDTH}" height="${height}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

/** The most changed, or where nothing changed the first. */
function shownOf(studies: readonly Study[], told: Told | null, most: number): readonly Study[] {
  const drawable = inOrder(studies, told).filter(({ obstacle }) => obstacle === null);
  const changed = drawable.filter(({ changes, effects }) => changes.length > 0 || effects.length > 0);
  return (changed.length > 0 ? changed : drawable).slice(0, most);
}

/** A chart with its title and notes, from `top` on. */
function panelOf(
  view: SeriesView,
  { top, height, isFirst }: { readonly top: number; readonly height: number; readonly isFirst: boolean },
): { readonly parts: string[]; readonly bottom: number } {
  const width = WIDTH - 2 * MARGIN;
  const drawing = drawChart(view.chart, { width, height });
  if (drawing === null) return { parts: [], bottom: top };
  const foot = top + 32 + drawing.height;
  const notes = notesOf(view, isFirst).map((line, i) => {
    return label(fitted(line, 13, width - INDENT), MARGIN + INDENT, foot + 18 * (i + 1), 13, 'c-faint');
  });
  const parts = [
    label(fitted(capital(view.title), 16, width), MARGIN, top + 24, 15, 'c-text', true),
    `<g transform="translate(${MARGIN} ${top + 28})">${drawing.svg}</g>`,
    ...notes,
  ];
  return { parts, bottom: foot + 18 * notes.length + 12 };
}

/** The numbers of the events, and what colours and dashes are. */
function notesOf({ events, effect, comparison, chart }: SeriesView, isFirst: boolean): string[] {
  const lines = events.map(({ number, event, cause }) => {
    const quote = event.quote === null ? '' : ` \u201c${event.quote}\u201d`;
    return `${number}  ${event.name}, ${eventDate(event, chart.frequency)}${cause === null ? '' : ` (${cause})`}${quote}`;
  });
  const dashes =
    effect === null ? [] : [`Dashed: expected without ${namesOf(effect)} (${bandInWords(chart, 'expected')})`];
  const green = chart.forecast === null ? [] : [`Green: forecast (${bandInWords(chart, 'forecast')})`];
  const isChanged = isFirst && chart.changes.length > 0;
  const red = isChanged ? ['Red line: change, and when it may have begun; red dot: passing spike'] : [];
  return [...red, ...dashes, ...(comparison === null ? [] : [comparison]), ...green, ...lines];
}

function label(text: string, x: number, y: number, size: number, style: string, isBold = false): string {
  const weight = isBold ? ' font-weight="bold"' : '';
  return `<text class="${style}" x="${coordinate(x)}" y="${coordinate(y)}" font-size="${size}"${weight}>${escapeXml(text)}</text>`;
}

/** Lines of words that are no wider than so many pixels; four at most. */
function wrapped(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) * size > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return lines.slice(0, 4).map((each) => fitted(each, size, width));
}

function fitted(text: string, size: number, width: number): string {
  const signs = [...text];
  if (widthOf(text) * size <= width) return text;
  while (signs.length > 1 && (widthOf(signs.join('')) + 1.1) * size > width) signs.pop();
  return `${signs.join('').trimEnd()}\u2026`;
}
