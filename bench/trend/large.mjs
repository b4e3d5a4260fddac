// Large tables: time and memory of `uxd trend` for many weekly series, and for a table of many rows.
//   node bench/trend/large.mjs [--series 10000] [--rows 500000] [--write]

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { withFolder } from '../support/inputs.mjs';
import { measureUxd } from '../support/measure.mjs';
import { report, round } from '../support/report.mjs';
import { normalOf, randomOf } from './random.mjs';

const { values } = parseArgs({
  options: {
    series: { type: 'string', default: '10000' },
    rows: { type: 'string', default: '500000' },
    write: { type: 'boolean' },
  },
});

const WEEKS = 156;
const DAY = 86_400_000;
const weekOf = (i) => new Date(Date.UTC(2018, 0, 1) + 7 * DAY * i).toISOString().slice(0, 10);

/** Sales of `count` shops: a season, noise, and in every fourth shop a step. */
async function writeSeries(path, count, weeks) {
  const out = createWriteStream(path);
  const dates = Array.from({ length: weeks }, (_, i) => weekOf(i));
  const normal = normalOf(randomOf(count));
  out.write('week,shop,units\n');
  for (let shop = 0; shop < count; shop += 1) {
    const lines = dates.map((date, i) => {
      const season = 60 * Math.sin((2 * Math.PI * i) / 52);
      const step = shop % 4 === 0 && i >= weeks / 2 ? 120 : 0;
      return `${date},shop ${shop},${Math.round(400 + season + step + 25 * normal())}\n`;
    });
    if (!out.write(lines.join(''))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

async function trend(path, out) {
  const flags = ['--date', 'week', '--value', 'units', '--by', 'shop', '-o', out];
  const run = await measureUxd(['trend', path, ...flags]);
  if (run.code !== 0) throw new Error(`uxd ended with ${run.code}: ${run.stderr}`);
  return run;
}

await withFolder('uxd-trend', async (folder) => {
  const [many, rows] = [Number(values.series), Number(values.rows)];
  const few = Math.ceil(many / 10);
  const tables = [
    [`${few} series of ${WEEKS} weeks`, few, WEEKS],
    [`${many} series of ${WEEKS} weeks`, many, WEEKS],
    [`${rows} rows, ${Math.ceil(rows / 520)} series`, Math.ceil(rows / 520), 520],
  ];
  const figures = {};
  const lines = [];
  for (const [name, count, weeks] of tables) {
    const path = `${folder}/table.csv`;
    await writeSeries(path, count, weeks);
    const { seconds, cpuSeconds, peakMb } = await trend(path, `${folder}/findings.jsonl`);
    figures[name] = { seconds: round(seconds, 1), cpuSeconds: round(cpuSeconds, 1), peakMb: round(peakMb, 0) };
    lines.push(`| ${name} | ${seconds.toFixed(1)} s | ${cpuSeconds.toFixed(1)} s | ${peakMb.toFixed(0)} MB |`);
  }
  report(
    'trend-large',
    figures,
    ['| table | time | processor time | peak memory |', '|---|---|---|---|', ...lines].join('\n'),
  );
});
