/** Terms as a picture: size is weight, colour is sentiment. */
import { type Area, type CloudWord, type PlacedWord, placeWords } from './cloud-layout.js';
import { widthOf } from './glyph-widths.js';
import { coordinate, escapeXml, FULL_COLOUR_SCORE, sentimentColour } from './svg.js';

export interface CloudTerm {
  readonly term: string;
  /** More than 0. */
  readonly weight: number;
  /** -1 to 1, or null where unknown. */
  readonly sentiment: number | null;
  /** What is told of the term when it is pointed at, such as `12 texts`. */
  readonly remark: string;
}

/** The terms of one group. */
export interface CloudPanel {
  /** Null where there is one panel without a name. */
  readonly title: string | null;
  /** Heaviest first. */
  readonly terms: readonly CloudTerm[];
}

export interface CloudSettings {
  readonly title: string;
  /** What the weight is, such as `texts with the term`. */
  readonly weightName: string;
}

const WIDTH = 1200;
const HEIGHT = 800;
const MARGIN = 24;
const TITLE_HEIGHT = 64;
const LEGEND_HEIGHT = 56;
const PANEL_TITLE_HEIGHT = 34;
const PANEL_GAP = 16;
/** Lower panels than this get a longer picture. */
const MIN_PANEL_HEIGHT = 300;
/** Panels that are drawn. */
export const MAX_PANELS = 12;
const MAX_TERMS = 80;
/** Terms in a panel where there are 1, 2 or 3 beside each other: more would be too small to read. */
const TERMS_BY_COLUMNS = [MAX_TERMS, 45, 25] as const;
const MAX_TERM_LENGTH = 40;
const FONT = "Arial, 'Liberation Sans', Helvetica, 'DejaVu Sans', 'Noto Sans', sans-serif";

/**
 * Draws up to 80 terms as SVG, 1200 by 800 pixels; with several panels (12 at most) a part of the picture for each, which
 * then may be higher. Self-contained, no scripts, all text escaped; equal input gives equal bytes.
 */
export function renderTermCloud(panels: readonly CloudPanel[], settings: CloudSettings): string {
  const shown = panels.slice(0, MAX_PANELS);
  const columns = Math.max(1, shown.length <= 2 ? shown.length : shown.length <= 4 ? 2 : 3);
  const rows = Math.max(1, Math.ceil(shown.length / columns));
  const room = HEIGHT - TITLE_HEIGHT - LEGEND_HEIGHT;
  const panelHeight = Math.max(MIN_PANEL_HEIGHT, (room - (rows - 1) * PANEL_GAP) / rows);
  const panelWidth = (WIDTH - 2 * MARGIN - (columns - 1) * PANEL_GAP) / columns;
  const height = Math.round(TITLE_HEIGHT + rows * panelHeight + (rows - 1) * PANEL_GAP + LEGEND_HEIGHT);
  const termsEach = TERMS_BY_COLUMNS[columns - 1] ?? MAX_TERMS;
  const bodies = shown.map((panel, i) => {
    const x = MARGIN + (i % columns) * (panelWidth + PANEL_GAP);
    const y = TITLE_HEIGHT + Math.floor(i / columns) * (panelHeight + PANEL_GAP);
    return panelOf(panel, { x, y, width: panelWidth, height: panelHeight }, termsEach);
  });
  const title = escapeXml(settings.title);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}" font-family="${FONT}">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    label(fitted(settings.title, 26, WIDTH - 2 * MARGIN), MARGIN, 42, 26, 'start', '#222222', true),
    ...bodies,
    legend(height - 22, settings.weightName, panels.length - shown.length),
    '</svg>',
    '',
  ].join('\n');
}

interface Word extends CloudWord {
  readonly term: CloudTerm;
}

function panelOf({ title, terms }: CloudPanel, area: Area, termsEach: number): string {
  const hasTitle = title !== null;
  const frame = hasTitle
    ? `<rect x="${coordinate(area.x)}" y="${coordinate(area.y)}" width="${coordinate(area.width)}" height="${coordinate(area.height)}" rx="6" fill="none" stroke="#d0d0d0"/>`
    : null;
  const heading = hasTitle
    ? label(fitted(title, 18, area.width - 24), area.x + 12, area.y + 24, 18, 'start', '#222222', true)
    : null;
  const inset = hasTitle ? 8 : 0;
  const top = hasTitle ? PANEL_TITLE_HEIGHT : 0;
  const inner = {
    x: area.x + inset,
    y: area.y + top,
    width: area.width - 2 * inset,
    height: area.height - top - inset,
  };
  const words = terms
    .filter(({ weight }) => weight > 0)
    .slice(0, termsEach)
    .map((term): Word => ({ text: cut(term.term), weight: term.weight, term }));
  const empty = label(
    hasTitle ? 'no term of its own' : 'no terms',
    inner.x + inner.width / 2,
    inner.y + inner.height / 2,
    16,
    'middle',
    '#707070',
  );
  const body = words.length === 0 ? [empty] : placeWords(words, inner).map(wordOf);
  return [frame, heading, ...body].filter((part) => part !== null).join('\n');
}

function wordOf({ word, fontSize, x, baseline }: PlacedWord<Word>): string {
  const { sentiment, term, remark } = word.term;
  const felt = sentiment === null ? '' : `, sentiment ${sentiment > 0 ? '+' : ''}${sentiment.toFixed(2)}`;
  const hint = escapeXml(`${term}: ${remark}${felt}`);
  return `<text x="${coordinate(x)}" y="${coordinate(baseline)}" font-size="${fontSize}" font-weight="bold" text-anchor="middle" fill="${sentimentColour(sentiment)}">${escapeXml(word.text)}<title>${hint}</title></text>`;
}

function label(
  text: string,
  x: number,
  y: number,
  size: number,
  anchor: 'start' | 'middle' | 'end',
  colour: string,
  isBold = false,
): string {
  const weight = isBold ? ' font-weight="bold"' : '';
  return `<text x="${coordinate(x)}" y="${coordinate(y)}" font-size="${size}"${weight} text-anchor="${anchor}" fill="${colour}">${escapeXml(text)}</text>`;
}

/** The scale of colours, and what the size says. */
function legend(y: number, weightName: string, hiddenPanels: number): string {
  const left = 122;
  const step = 20;
  const scores = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].map((share) => share * FULL_COLOUR_SCORE);
  const swatches = scores.map(
    (score, i) =>
      `<rect x="${left + i * step}" y="${y - 12}" width="${step}" height="14" fill="${sentimentColour(score)}"/>`,
  );
  const right = left + scores.length * step;
  const more = hiddenPanels > 0 ? `; ${hiddenPanels} more group${hiddenPanels === 1 ? '' : 's'} not shown` : '';
  return [
    label('negative', left - 10, y, 15, 'end', '#444444'),
    ...swatches,
    label('positive (grey: neither, or unknown)', right + 10, y, 15, 'start', '#444444'),
    label(fitted(`size: ${weightName}${more}`, 15, 640), WIDTH - MARGIN, y, 15, 'end', '#444444'),
  ].join('\n');
}

/** Cuts a text so that it is no wider than so many pixels. */
function fitted(text: string, size: number, width: number): string {
  const signs = [...text.normalize('NFC').replace(/\s+/g, ' ').trim()];
  const whole = signs.join('');
  if (widthOf(whole) * size <= width) return whole;
  while (signs.length > 1 && (widthOf(signs.join('')) + 1.1) * size > width) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}

function cut(term: string): string {
  const signs = [...term.normalize('NFC').replace(/\s+/g, ' ').trim()];
  return signs.length <= MAX_TERM_LENGTH
    ? signs.join('')
    : `${signs
        .slice(0, MAX_TERM_LENGTH - 1)
        .join('')
        .trimEnd()}…`;
}
