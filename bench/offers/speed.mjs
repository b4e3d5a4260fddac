/**
 * What `uxd offers` adds to the time that reading pages takes, in CPU seconds of all processes.
 *
 *   node bench/offers/speed.mjs [--runs 3] [--language es,en] [--write] PICTURE...
 *
 * In turn, so that what else the machine does falls on all alike: `uxd ocr`, `uxd offers` on the same pictures, `uxd offers`
 * on the words that were read (which looks at the pictures, too), and on one empty page (the start alone). What finding
 * offers takes is the difference of the last two; that of the first two is the same with the noise of reading.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withFolder } from '../support/inputs.mjs';
import { measureUxd, median } from '../support/measure.mjs';
import { report, round } from '../support/report.mjs';

const { values, positionals: pictures } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '3' },
    language: { type: 'string', default: 'es,en' },
    write: { type: 'boolean' },
  },
});

async function run(args) {
  const { code, cpuSeconds, stdout, stderr } = await measureUxd([...args, '--quiet', '-l', values.language], {
    sampleMs: 500,
  });
  if (code !== 0) throw new Error(`uxd ${args[0]} ended with code ${code}: ${stderr}`);
  return { cpuSeconds, stdout };
}

await withFolder('uxd-offers-speed', async (folder) => {
  const [words, empty] = ['words.jsonl', 'empty.jsonl'].map((name) => join(folder, name));
  const page = {
    schema: 'uxd.ocr/1',
    source: 'none.png',
    status: 'ok',
    page: 1,
    level: 'word',
    text: '',
    width: 9,
    height: 9,
  };
  writeFileSync(empty, `${JSON.stringify(page)}\n`);
  const times = { ocr: [], offers: [], words: [], start: [] };
  for (let round = 0; round < Number(values.runs); round++) {
    const read = await run(['ocr', '--no-cache', '--level', 'word', ...pictures]);
    writeFileSync(words, read.stdout);
    times.ocr.push(read.cpuSeconds);
    times.offers.push((await run(['offers', '--no-cache', ...pictures])).cpuSeconds);
    times.words.push((await run(['offers', words])).cpuSeconds);
    times.start.push((await run(['offers', empty])).cpuSeconds);
  }
  const [ocr, offers, given, start] = Object.values(times).map(median);
  const share = (100 * (given - start)) / ocr;
  const whole = 100 * (offers / ocr - 1);
  const perPage = (1000 * (given - start)) / pictures.length;
  report(
    'offers-speed',
    {
      pages: pictures.length,
      ocr: round(ocr),
      offers: round(offers),
      words: round(given),
      start: round(start),
      share: round(share),
    },
    `${pictures.length} pages: reading ${ocr.toFixed(1)} CPU s; finding offers adds ${(given - start).toFixed(2)} CPU s (${perPage.toFixed(0)} ms a page), ${share.toFixed(1)} % of it (whole runs: ${whole.toFixed(1)} %). Medians of ${values.runs}, in turn.`,
  );
});
