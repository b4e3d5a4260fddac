import type { Terminal } from './terminal.js';

/** A bar for what is being fetched: one line of the terminal, nothing elsewhere. */
export interface Meter {
  show(received: number, total: number): void;
  /** Takes the bar away; it comes back with the next figure. */
  clear(): void;
}

const WIDEST_BAR = 40;

/** The bar as text, no wider than the columns. */
export function meterText(received: number, total: number, columns: number): string {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  const isHere = received >= total;
  const figures = `${megabytes(received)} of ${megabytes(total)} MB${isHere ? ', unpacking' : ''}`;
  const width = Math.min(WIDEST_BAR, columns - figures.length - 4);
  if (width < 4) return figures.slice(0, Math.max(0, columns - 1));
  const filled = Math.round(width * Math.min(1, received / total));
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${figures}`;
}

export function createMeter({ stderr, env }: Terminal, isQuiet = false): Meter {
  const isShown = stderr.isTTY === true && (stderr.columns ?? 0) > 0 && env.TERM !== 'dumb' && !isQuiet;
  let drawn = '';
  return {
    show: (received, total) => {
      if (!isShown || total <= 0) return;
      const text = meterText(received, total, stderr.columns ?? 80);
      if (text !== drawn) stderr.write(`\r\u001b[K${text}`);
      drawn = text;
    },
    clear: () => {
      if (drawn !== '') stderr.write('\r\u001b[K');
      drawn = '';
    },
  };
}
