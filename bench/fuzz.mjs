// 500 spoiled pictures and PDFs through `uxd ocr --quality fast`: no crash, no hang, rows for every file.
//   node bench/fuzz.mjs [--files 500] [--seed 1] [--batch 50] [--limit 600] [--keep DIR] [--write]
// PDFs are read in both ways, by their text layer and as pictures. --keep leaves the files for a second look.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultsOfRows, writeMutants } from '../test/support/mutate.mjs';
import { withFolder } from './support/inputs.mjs';
import { measure, uxd } from './support/measure.mjs';
import { report, round } from './support/report.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    batch: { type: 'string', default: '50' },
    limit: { type: 'string', default: '600' },
    keep: { type: 'string' },
    write: { type: 'boolean' },
  },
});

/** One run of uxd over some files; answers what went wrong, and its error codes. */
async function runBatch(files, pdfText) {
  const paths = files.map((file) => file.path);
  const flags = [
    'ocr',
    '--quality',
    'fast',
    '--pdf-text',
    pdfText,
    '--dpi',
    '72',
    '--no-cache',
    '--quiet',
    '--files-from',
    '-',
    '-0',
  ];
  const run = await measure('timeout', ['--signal=KILL', values.limit, process.execPath, uxd, ...flags], {
    input: paths.join('\0'),
  });
  const faults = [];
  if (run.code === 137) faults.push(`killed after ${values.limit} s`);
  else if (run.code !== 0 && run.code !== 3) faults.push(`exit ${run.code}: ${run.stderr.slice(0, 500)}`);
  if (/bug in uxd|unhandled/i.test(run.stderr)) faults.push(run.stderr.slice(0, 500));
  faults.push(...faultsOfRows(run.stdout, paths));
  const codes = [...run.stdout.matchAll(/"errorCode":"([^"]+)"/g)].map((match) => match[1]);
  return {
    faults: faults.map((fault) => `${paths[0]} ... (--pdf-text ${pdfText}): ${fault}`),
    codes,
    seconds: run.seconds,
    peakMb: run.peakMb,
  };
}

async function fuzz(folder) {
  const files = await writeMutants(join(folder, 'mutants'), Number(values.files), Number(values.seed));
  const pdfs = files.filter((file) => file.path.endsWith('.pdf'));
  const size = Number(values.batch);
  const runs = [];
  for (let at = 0; at < files.length; at += size) runs.push(await runBatch(files.slice(at, at + size), 'auto'));
  for (let at = 0; at < pdfs.length; at += size) runs.push(await runBatch(pdfs.slice(at, at + size), 'never'));
  const faults = runs.flatMap((run) => run.faults);
  const codes = {};
  for (const code of runs.flatMap((run) => run.codes)) codes[code] = (codes[code] ?? 0) + 1;
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  for (const fault of faults) console.error(fault);
  report(
    'fuzz',
    {
      files: files.length,
      pdfsTwice: pdfs.length,
      faults: faults.length,
      codes,
      seconds: round(seconds, 0),
      peakMb: round(Math.max(...runs.map((run) => run.peakMb)), 0),
    },
    `${files.length} spoiled files (${pdfs.length} PDFs read twice), seed ${values.seed}: ${faults.length} faults (crash, hang, missing or doubled row) in ${seconds.toFixed(0)} s. Error rows: ${Object.entries(
      codes,
    )
      .map(([code, count]) => `${code} ${count}`)
      .join(', ')}.`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (values.keep) await fuzz(values.keep);
else await withFolder('uxd-fuzz', fuzz);
