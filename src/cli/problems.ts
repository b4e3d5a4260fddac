import type { AnyRow } from '../rows/define.js';
import type { Log } from './log.js';
import { annotation } from './summary.js';
import type { Terminal } from './terminal.js';
import { plural } from './text.js';

/** How many error rows are also told on standard error, and annotated in GitHub Actions. */
const TOLD = 10;

/** Tells of the first error rows as they come: who redirects the rows should still see that some failed. */
export class ProblemReport {
  readonly #log: Log;
  readonly #terminal: Terminal;
  #count = 0;

  constructor(log: Log, terminal: Terminal) {
    this.#log = log;
    this.#terminal = terminal;
  }

  /** Error rows so far. */
  get count(): number {
    return this.#count;
  }

  add(row: AnyRow): void {
    this.#count += 1;
    if (this.#count > TOLD) return;
    const source = String(row.source);
    const page = typeof row.page === 'number' && row.page > 1 ? ` (page ${row.page})` : '';
    const message = `${row.errorCode}: ${row.errorMessage}`;
    this.#log.warn(`${source}${page}: ${message}`);
    if (this.#terminal.env.GITHUB_ACTIONS === 'true') {
      this.#terminal.stderr.write(`${annotation(source, `${source}${page}: ${message}`)}\n`);
    }
  }

  end(): void {
    const untold = this.#count - TOLD;
    if (untold > 0) this.#log.warn(`${plural(untold, 'further error row')}: look for "status":"error" in the output`);
  }
}
