/** Effects found where there was none, beside the one that was found. */
import type { Effect } from '../../analysis/series/series.js';
import { inWords } from '../../analysis/series/words.js';
import { coordinate, escapeXml } from '../svg.js';
import { domainOf, numberTicks } from './axes.js';

const LEFT = 110;
const RIGHT = 20;
const ROW = 34;
const KINDS = [
  ['space', 'other series'],
  ['time', 'earlier dates'],
] as const;

/** A strip of dots, as an SVG of its own; null where nothing was tried. */
export function drawPlacebos(
  { placebos, absolute, lower, upper }: Effect,
  width: number,
): { readonly svg: string; readonly height: number } | null {
  if (absolute === null || lower === null || upper === null || placebos.length === 0) return null;
  const rows = KINDS.map(([kind, label]) => ({
    label,
    dots: placebos.filter((placebo) => placebo.kind === kind),
  })).filter(({ dots }) => dots.length > 0);
  const all = [absolute, lower, upper, 0, ...placebos.map((placebo) => placebo.absolute)];
  const { low, high } = domainOf(Math.min(...all), Math.max(...all));
  const x = (value: number): number => LEFT + ((width - LEFT - RIGHT) * (value - low)) / (high - low);
  const bottom = 10 + ROW * (rows.length + 1);
  const label = (text: string, row: number): string =>
    `<text class="c-faint" x="${LEFT - 14}" y="${10 + ROW * (row + 0.5) + 4}" font-size="12" text-anchor="end">${text}</text>`;
  const centre = (row: number): number => 10 + ROW * (row + 0.5);
  const ticks = numberTicks(low, high, Math.floor((width - LEFT) / 90)).map(
    ({ value, label: name }) =>
      `<path class="c-grid" d="M${coordinate(x(value))} 10V${bottom}"/><text class="c-faint" x="${coordinate(x(value))}" y="${bottom + 16}" font-size="12" text-anchor="middle">${name}</text>`,
  );
  const dots = rows.flatMap(({ dots: each }, row) =>
    each.map(
      (dot) =>
        `<circle class="c-placebo" cx="${coordinate(x(dot.absolute))}" cy="${centre(row + 1)}" r="5"><title>${escapeXml(`${dot.name}: ${inWords(dot.absolute)}`)}</title></circle>`,
    ),
  );
  const found = `<path class="c-change" d="M${coordinate(x(lower))} ${centre(0)}H${coordinate(x(upper))}"/><circle class="c-change-dot" cx="${coordinate(x(absolute))}" cy="${centre(0)}" r="6"><title>${escapeXml(`found: ${inWords(absolute)}`)}</title></circle>`;
  const zero = `<path class="c-axis" d="M${coordinate(x(0))} 10V${bottom}"/>`;
  const labels = [label('the effect found', 0), ...rows.map((row, i) => label(row.label, i + 1))];
  return { svg: [...ticks, zero, ...labels, ...dots, found].join('\n'), height: bottom + 24 };
}
