// Three ways to read the same pages, one after another on the same machine: Debian's tesseract under xargs, and uxd's
// two qualities. Speed, CPU, memory and errors side by side.
//   node bench/ocr/compare.mjs [--set bench/ocr/work/set-1]... [--engines tesseract,fast,best] [--limit N] [--write]
// `tesseract` runs as it comes (each process uses several threads), `tesseract-1` with OMP_THREAD_LIMIT=1.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure, measureUxd } from '../support/measure.mjs';
import { report, round } from '../support/report.mjs';
import { readSet, scoreTexts, textsOf } from './score.mjs';

const { values } = parseArgs({
  options: {
    set: { type: 'string', multiple: true },
    engines: { type: 'string', default: 'tesseract,tesseract-1,fast,best' },
    limit: { type: 'string', default: '1000' },
    write: { type: 'boolean' },
  },
});
const folders = values.set ?? [join(dirname(fileURLToPath(import.meta.url)), 'work', 'set-1')];

/** Debian's tesseract, one process a page, as many at once as there are cores. */
async function runTesseract(paths, env) {
  const folder = mkdtempSync(join(tmpdir(), 'tesseract-'));
  try {
    const input = paths.map((path, index) => `${path}\0${join(folder, String(index))}\0`).join('');
    const run = await measure(
      'xargs',
      ['-0', '-n2', `-P${availableParallelism()}`, 'sh', '-c', 'tesseract "$0" "$1" -l spa+eng 2>/dev/null'],
      { input, env },
    );
    const texts = new Map(
      paths.map((path, index) => [resolve(path), readFileSync(join(folder, `${index}.txt`), 'utf8')]),
    );
    return { run, texts };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runUxd(paths, quality) {
  const run = await measureUxd(['ocr', '--quality', quality, '--no-cache', '--quiet', '--files-from', '-', '-0'], {
    input: paths.join('\0'),
  });
  if (run.code !== 0) console.error(`uxd --quality ${quality} ended with ${run.code}: ${run.stderr}`);
  return { run, texts: textsOf(run.stdout) };
}

const engines = {
  tesseract: { name: "Debian's tesseract, xargs -P", run: (paths) => runTesseract(paths, {}) },
  'tesseract-1': {
    name: 'the same, OMP_THREAD_LIMIT=1',
    run: (paths) => runTesseract(paths, { OMP_THREAD_LIMIT: '1' }),
  },
  fast: { name: 'uxd ocr --quality fast', run: (paths) => runUxd(paths, 'fast') },
  best: { name: 'uxd ocr (best)', run: (paths) => runUxd(paths, 'best') },
};

const taken = new Map();
const pages = folders
  .flatMap((folder) => readSet(folder))
  .filter(({ set }) => {
    taken.set(set, (taken.get(set) ?? 0) + 1);
    return taken.get(set) <= Number(values.limit);
  });
const paths = pages.map((page) => page.path);
const results = [];
for (const key of values.engines.split(',')) {
  const { run, texts } = await engines[key].run(paths);
  const { table } = scoreTexts(pages, texts);
  results.push({
    engine: key,
    name: engines[key].name,
    pagesPerMinute: round((paths.length * 60) / run.seconds, 1),
    cpuSecondsPerPage: round(run.cpuSeconds / paths.length),
    peakMb: round(run.peakMb, 0),
    scores: table.map(({ set, cer, words, prices, names }) => ({ set, cer, words, prices, names })),
  });
  console.error(`${engines[key].name}: ${run.seconds.toFixed(0)} s`);
}
const sets = results[0].scores.map(({ set }) => set);
const show = (value, digits = 1) => (value === null ? '-' : value.toFixed(digits));
const cell = ({ cer, words, prices, names }) =>
  cer === null ? `- / ${show(names)} / ${show(prices)}` : `${show(cer, 2)} / ${show(words)} / ${show(prices)}`;
const rows = results.map(
  (row) =>
    `| ${row.name} | ${row.pagesPerMinute} | ${row.cpuSecondsPerPage} | ${row.peakMb} | ${row.scores.map(cell).join(' | ')} |`,
);
report(
  'compare',
  { pages: paths.length, results },
  [
    `${paths.length} pages; each set: character error rate % / words % (product names on price pages) / prices %`,
    '',
    `| engine | pages/min | CPU s/page | peak MB | ${sets.join(' | ')} |`,
    `|---|---|---|---|${sets.map(() => '---').join('|')}|`,
    ...rows,
  ].join('\n'),
);
