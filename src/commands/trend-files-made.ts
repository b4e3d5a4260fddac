/** The report and the picture that `uxd trend` makes beside its rows. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { checkPlace } from '../cli/output.js';
import type { Terminal } from '../cli/terminal.js';
import { pngOf } from '../io/svg-picture.js';
import { writeWhole } from '../io/whole-file.js';
import { UsageError } from '../model.js';
import { renderTrendPage, type TrendReport } from '../report/trend/page.js';
import { renderTrendPicture } from '../report/trend/picture.js';

export interface MadeFiles {
  readonly report: string | null;
  readonly plot: string | null;
}

/** A file that cannot be written is better told before the run. Throws {@link UsageError}. */
export async function checkMadeFiles({ report, plot }: MadeFiles, terminal: Terminal): Promise<void> {
  checkEnding('--report', report, /\.html?$/i, '.html');
  checkEnding('--plot', plot, /\.(svg|png)$/i, '.svg or .png');
  for (const [flag, file] of Object.entries({ '--report': report, '--plot': plot })) {
    if (file === null) continue;
    const isDirectory = await stat(path.resolve(terminal.cwd, file)).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (isDirectory) throw new UsageError(`${flag} ${file}: this is a directory; name a file`);
    await checkPlace(flag, file, terminal);
  }
}

function checkEnding(flag: string, file: string | null, endings: RegExp, names: string): void {
  if (file !== null && !endings.test(file)) throw new UsageError(`${flag} ${file}: name a file that ends in ${names}`);
}

export async function makeFiles({ report, plot }: MadeFiles, content: TrendReport, { cwd }: Terminal): Promise<void> {
  if (report !== null) await writeWhole(path.resolve(cwd, report), Buffer.from(renderTrendPage(content)));
  if (plot === null) return;
  const [group] = content.groups;
  if (group === undefined) return;
  const svg = renderTrendPicture({
    group,
    events: content.events,
    answers: content.answers,
    told: content.told,
  });
  await writeWhole(path.resolve(cwd, plot), plot.toLowerCase().endsWith('.png') ? await pngOf(svg) : Buffer.from(svg));
}
