// Does the embedded engine use the cores? The same pages with one worker and with two.
//   node bench/ocr/scaling.mjs [--set bench/ocr/work/set-1/flyers] [--pages 16] [--quality best] [--write]
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureUxd } from '../support/measure.mjs';
import { report, round } from '../support/report.mjs';
import { readSet } from './score.mjs';

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: join(dirname(fileURLToPath(import.meta.url)), 'work', 'set-1', 'flyers') },
    pages: { type: 'string', default: '16' },
    quality: { type: 'string', default: 'best' },
    write: { type: 'boolean' },
  },
});
const paths = readSet(values.set)
  .map((page) => page.path)
  .slice(0, Number(values.pages));

async function run(workers) {
  const flags = [
    '--quality',
    values.quality,
    '--concurrency',
    String(workers),
    '--no-cache',
    '--quiet',
    '--files-from',
    '-',
    '-0',
  ];
  const result = await measureUxd(['ocr', ...flags], { input: paths.join('\0') });
  if (result.code !== 0) throw new Error(`uxd ended with ${result.code}: ${result.stderr}`);
  return result;
}

const one = await run(1);
const two = await run(2);
const speedUp = one.seconds / two.seconds;
const same = one.stdout === two.stdout;
report(
  'scaling',
  {
    pages: paths.length,
    quality: values.quality,
    oneSeconds: round(one.seconds, 1),
    twoSeconds: round(two.seconds, 1),
    speedUp: round(speedUp),
    sameRows: same,
    oneMb: round(one.peakMb, 0),
    twoMb: round(two.peakMb, 0),
  },
  `${paths.length} pages, ${values.quality}: one worker ${one.seconds.toFixed(1)} s and ${one.peakMb.toFixed(0)} MB, two ${two.seconds.toFixed(1)} s and ${two.peakMb.toFixed(0)} MB: ${speedUp.toFixed(2)}x, rows ${same ? 'the same' : 'DIFFERENT'}.`,
);
