/** Colours of the charts: told apart with any kind of colour vision, and dark enough for their ground. */
export interface Palette {
  readonly ground: string;
  readonly text: string;
  readonly faint: string;
  readonly grid: string;
  readonly line: string;
  readonly expected: string;
  readonly band: string;
  readonly change: string;
  readonly event: string;
  readonly forecast: string;
}

export const LIGHT: Palette = {
  ground: '#ffffff',
  text: '#1d2733',
  faint: '#5b6775',
  grid: '#e3e7ec',
  line: '#1b5e9e',
  expected: '#5b6775',
  band: '#9aa6b2',
  change: '#c2410c',
  event: '#5b21b6',
  forecast: '#0f766e',
};

export const DARK: Palette = {
  ground: '#14191f',
  text: '#e6ebf0',
  faint: '#9aa7b4',
  grid: '#2b333c',
  line: '#6fb1f0',
  expected: '#a5b0bb',
  band: '#7d8894',
  change: '#fb923c',
  event: '#b79cf5',
  forecast: '#4fd1c5',
};

/** Rules for the classes of the charts. */
export function chartStyle(colours: Palette): string {
  const { ground, text, faint, grid, line, expected, band, change, event, forecast } = colours;
  return [
    `.c-ground{fill:${ground}}.c-text{fill:${text}}.c-faint{fill:${faint}}.c-grid{stroke:${grid};fill:none}`,
    `.c-axis{stroke:${faint};fill:none}`,
    `.c-line{stroke:${line};fill:none;stroke-width:1.8;stroke-linejoin:round}.c-dot{fill:${line}}`,
    `.c-expected{stroke:${expected};fill:none;stroke-width:1.6;stroke-dasharray:5 4}`,
    `.c-band{fill:${band};fill-opacity:.28;stroke:none}.c-placebo{fill:${expected};fill-opacity:.45}`,
    `.c-window{fill:${change};fill-opacity:.16}.c-change{stroke:${change};stroke-width:1.6;fill:none}.c-change-text{fill:${change};stroke:${ground};stroke-width:3;paint-order:stroke;stroke-linejoin:round}`,
    `.c-change-dot{fill:${change};stroke:${ground};stroke-width:1}`,
    `.c-event{stroke:${event};stroke-width:1;stroke-dasharray:2 3;fill:none}.c-event-mark{fill:${event}}.c-event-text{fill:${ground}}`,
    `.c-event-span{fill:${event};fill-opacity:.09}`,
    `.c-forecast{stroke:${forecast};fill:none;stroke-width:1.8}.c-forecast-band{fill:${forecast};fill-opacity:.18;stroke:none}`,
  ].join('');
}

export const FONT = "Arial,'Liberation Sans',Helvetica,'DejaVu Sans','Noto Sans',sans-serif";
