/** The report and the picture that `uxd trend` makes beside its rows. */
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkPlace } from '../cli/output.js';
import type { Terminal } from '../cli/terminal.js';
import { pngOf } from '../io/svg-picture.js';
import { RunError, UsageError } from '../model.js';
import { renderTrendPage, type TrendReport } from '../report/trend/page.js';
import { renderTrendPicture } from '../report/trend/picture.js';

export interface MadeFiles {
  readonly report: string | null;
  readonly plot: string | null;
}

/** A file that cannot be written is better told before the run. Throws {@link UsageError}. */
export async function checkMadeFiles({ report, plot }: MadeFiles, terminal: Terminal): Promise<void> {
  if (plot !== null && !/\.(svg|png)$/i.test(plot))
    throw new UsageError(`--plot ${plot}: name a file that ends in .svg or .png`);
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

export async function makeFiles({ report, plot }: MadeFiles, content: TrendReport, { cwd }: Terminal): Promise<void> {
  if (report !== null) await writeWhole(path.resolve(cwd, report), renderTrendPage(content));
  if (plot === null) return;
  const headline = content.rows.find(({ finding }) => finding === 'summary')?.message ?? '';
  const [group] = content.groups;
  if (group === undefined) return;
  const svg = renderTrendPicture({ group, events: content.events, headline });
  await writeWhole(path.resolve(cwd, plot), plot.toLowerCase().endsWith('.png') ? await pngOf(svg) : svg);
}

/** Takes its name when it is whole. */
async function writeWhole(file: string, content: string | Buffer): Promise<void> {
  const part = `${file}.part`;
  try {
    await writeFile(part, content);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw new RunError(`${file}: cannot be written (${(error as NodeJS.ErrnoException).code}); the rows are whole`);
  }
}
